"""Sets of ordered values: numbers, days, times of day, and texts in the order of their letters.

A set is kept as the cuts at which belonging turns, so that points, ranges and everything but them are one thing, and
joining two sets is one walk along both. All texts with one beginning stand together in their order, so a prefix is a
range like any other. Between two different values the walk supposes others; so a set is called empty only if it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

Cut = tuple[Any, int]
"""A value, and whether the cut is just before (0) or just behind it (1)."""

BEFORE: Final = 0
BEHIND: Final = 1
_LAST_LETTER: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Spans:
    """Some of the values of one order. `cuts` ascend; `begins_inside` says whether the very least values belong."""

    cuts: tuple[Cut, ...] = ()
    begins_inside: bool = False

    def __contains__(self, value: object) -> bool:
        passed = bisect_right(self.cuts, (value, BEFORE))
        return self.begins_inside ^ bool(passed % 2)

    def __invert__(self) -> Spans:
        return Spans(self.cuts, not self.begins_inside)

    def __and__(self, other: Spans) -> Spans:
        return self._joined(other, lambda mine, theirs: mine and theirs)

    def __or__(self, other: Spans) -> Spans:
        return self._joined(other, lambda mine, theirs: mine or theirs)

    def __sub__(self, other: Spans) -> Spans:
        return self._joined(other, lambda mine, theirs: mine and not theirs)

    def __le__(self, other: Spans) -> bool:
        """Whether every value of this set is one of the other."""
        if self._begins_before(other) or self._ends_behind(other):
            return False
        return self == other or not self - other

    def _begins_before(self, other: Spans) -> bool:
        if self.begins_inside or other.begins_inside:
            return self.begins_inside and not other.begins_inside
        return bool(self.cuts) and (not other.cuts or self.cuts[0] < other.cuts[0])

    def _ends_behind(self, other: Spans) -> bool:
        mine, theirs = self._ends_inside, other._ends_inside
        if mine or theirs:
            return mine and not theirs
        return bool(self.cuts) and (not other.cuts or self.cuts[-1] > other.cuts[-1])

    @property
    def _ends_inside(self) -> bool:
        return self.begins_inside ^ bool(len(self.cuts) % 2)

    def __bool__(self) -> bool:
        """Whether any value belongs."""
        return self.begins_inside or bool(self.cuts)

    @property
    def only(self) -> tuple[Any, ...]:
        """The one value of a set of one; nothing for any other set."""
        if self.begins_inside or len(self.cuts) != 2 or self.cuts[0][0] != self.cuts[1][0]:
            return ()
        return (self.cuts[0][0],)

    @property
    def ends(self) -> tuple[Any | None, Any | None]:
        """The values with which it begins and ends; None where it goes on without an end."""
        first = None if self.begins_inside or not self.cuts else self.cuts[0][0]
        return first, None if self._ends_inside or not self.cuts else self.cuts[-1][0]

    @property
    def first(self) -> Spans:
        """Its least values: the stretch with which it begins."""
        return Spans(self.cuts[:1], True) if self.begins_inside else Spans(self.cuts[:2])

    def _joined(self, other: Spans, keep: Callable[[bool, bool], bool]) -> Spans:
        mine, theirs = self.begins_inside, other.begins_inside
        own, others = set(self.cuts), set(other.cuts)
        begins = inside = keep(mine, theirs)
        cuts = []
        for cut in sorted(own | others):
            mine ^= cut in own
            theirs ^= cut in others
            if keep(mine, theirs) != inside:
                inside = not inside
                cuts.append(cut)
        return Spans(tuple(cuts), begins)


NONE: Final = Spans()
EVERY: Final = ~NONE


def points(values: Iterable[Any]) -> Spans:
    """These values and no others."""
    return Spans(tuple(cut for value in sorted(set(values)) for cut in ((value, BEFORE), (value, BEHIND))))


def at_least(value: Any) -> Spans:
    """This value and all greater ones."""
    return Spans(((value, BEFORE),))


def above(value: Any) -> Spans:
    """All greater values."""
    return Spans(((value, BEHIND),))


def below(value: Any) -> Spans:
    """All lesser values."""
    return ~at_least(value)


def at_most(value: Any) -> Spans:
    """This value and all lesser ones."""
    return ~above(value)


def starting(prefix: str) -> Spans:
    """All texts that begin with this."""
    head = prefix.rstrip(chr(_LAST_LETTER))
    if not head:
        return at_least(prefix)
    return at_least(prefix) & below(head[:-1] + chr(ord(head[-1]) + 1))
