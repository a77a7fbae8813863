"""Which of a list of conditions can ever be the first to say yes: the contradictory and the shadowed are found.

It works on regions alone and knows no files. Whatever it claims is certain; of what has too many boxes to be sure it
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from typing import Final

from app.authoring.insight.boxes import Box, Region, Side, TooMany, both, without
from app.authoring.insight.regions import Map
from app.engine.clauses import Clause, MovingClause
from app.engine.conditions import All, Condition

TOGETHER: Final = 300
"""Boxes above a condition that are looked at together; more are looked at one by one."""

ALIKE: Final = 400
"""Boxes of one shape and the same single values that a box is compared with."""

POINTS: Final = 6
"""Sides with a single value by which boxes are found again."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One condition in its list. It `settles` what it fires for unless something may still send the search on."""

    name: str
    condition: Condition
    settles: bool = True


@dataclass(frozen=True, slots=True)
class Contradictory:
    """A condition that never says yes; `clash` are two clauses of it that cannot both hold, where two alone do it."""

    clash: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A condition for whose every yes one of those named `by`, above it, says yes first."""

    by: tuple[str, ...]


Fate = Contradictory | Shadowed


def fates(candidates: Sequence[Candidate], reader: Map) -> dict[str, Fate]:
    """The candidates that can never be the first to fire, by name."""
    above = _Above()
    found: dict[str, Fate] = {}
    for candidate in candidates:
        try:
            region = reader.yes(candidate.condition)
        except TooMany:
            continue
        possible = reader.possible(region)
        if not possible:
            found[candidate.name] = Contradictory(_clash(candidate.condition, reader))
        elif by := above.covering(possible):
            found[candidate.name] = Shadowed(by)
        if region and candidate.settles:
            above.add(candidate.name, region)
    return found


def _clash(condition: Condition, reader: Map) -> tuple[str, ...]:
    """The first two clauses that cannot both hold, or the one that never does."""
    clauses = condition.conditions if isinstance(condition, All) else (condition,)
    regions = [(clause.sentence, reader.possible(reader.yes(clause))) for clause in clauses]
    for sentence, region in regions:
        if not region:
            return (sentence,) if isinstance(condition, Clause | MovingClause) or len(regions) > 1 else ()
    for (one, here), (other, there) in combinations(regions, 2):
        if not reader.possible(both((here, there))):
            return one, other
    return ()


Points = frozenset[tuple[Side, object]]
Shape = frozenset[Side]


@dataclass(slots=True)
class _Above:
    """The regions above a candidate; boxes are found by single values and sides, so that long lists stay quick."""

    regions: list[tuple[str, Region]] = field(default_factory=list)
    count: int = 0
    boxes: dict[Points, dict[Shape, list[tuple[str, Box]]]] = field(default_factory=dict)

    def add(self, name: str, region: Region) -> None:
        self.regions.append((name, region))
        self.count += len(region)
        for box in region:
            shapes = self.boxes.setdefault(frozenset(_points(box)), {})
            shapes.setdefault(frozenset(box.sides), []).append((name, box))

    def covering(self, region: Region) -> tuple[str, ...]:
        """The names that cover the region, one for each box or all of them together; nothing if it is not covered."""
        names = [self._around(box) for box in region]
        if all(names):
            return tuple(dict.fromkeys(name for name in names if name))
        return self._together(region) if self.count <= TOGETHER else ()

    def _around(self, box: Box) -> str | None:
        """The first single box that has this one in it."""
        found = (
            name
            for chosen in _subsets(_points(box))
            for shape, there in self.boxes.get(frozenset(chosen), {}).items()
            if shape <= box.sides.keys()
            for name, other in there[:ALIKE]
            if box.within(other)
        )
        return next(found, None)

    def _together(self, region: Region) -> tuple[str, ...]:
        """The names that cover it between them; each corner must be touched by one, or there is no need to try."""
        if not all(any(one.touches_corner_of(box) for _, other in self.regions for one in other) for box in region):
            return ()
        taking: list[tuple[str, Region]] = []
        left = region
        for name, other in self.regions:
            rest = _rest(left, other)
            if rest != left:
                left = rest
                taking.append((name, other))
            if not left:
                return _needed(region, taking)
        return ()


def _rest(region: Region, other: Region) -> Region:
    """What is left of a region; all of it where that has too many boxes."""
    try:
        return without(region, other)
    except TooMany:
        return region


def _needed(region: Region, covering: Sequence[tuple[str, Region]]) -> tuple[str, ...]:
    """The names without which it would not be covered."""
    needed = list(covering)
    for one in covering:
        others = [other for other in needed if other is not one]
        if not reduce(_rest, (other for _, other in others), region):
            needed = others
    return tuple(name for name, _ in needed)


def _points(box: Box) -> list[tuple[Side, object]]:
    """The sides of a box that leave one value only, the first few in a steady order."""
    single = (
        (side, value)
        for side, domain in sorted(box.sides.items(), key=lambda item: repr(item[0]))
        if not domain.empty and not domain.unknown
        for value in domain.values.only
    )
    return list(single)[:POINTS]


def _subsets(items: Sequence[tuple[Side, object]]) -> Iterator[Iterable[tuple[Side, object]]]:
    """All choices of some of them, the largest first."""
    for size in range(len(items), -1, -1):
        yield from combinations(items, size)
