"""Regions of facts: what must be the case for a condition to say yes, or no.

A *domain* holds what one signal may be: some values, perhaps empty, perhaps unknown. A *box* gives domains to some
signals and leaves the others free; a *region* is a union of boxes. Sides are taken as independent of each other, which
can only make regions larger than they are: an empty region is empty, and what lies within another does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeVar

from app.authoring.insight.spans import EVERY, NONE, Spans

Side = tuple[object, ...]
"""What a domain is about: a signal's name, and for some questions what is asked of it (`geo.city`, `spelt`, `köln`)."""

MOST: Final = 256
"""Boxes that one region may have."""


class TooMany(Exception):
    """A region has more boxes than anybody wants to wait for; whoever asked makes no claim."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What a signal may be: one of these values, or `empty`, or `unknown`."""

    values: Spans = NONE
    empty: bool = False
    unknown: bool = False

    def __and__(self, other: Domain) -> Domain:
        return Domain(self.values & other.values, self.empty and other.empty, self.unknown and other.unknown)

    def __sub__(self, other: Domain) -> Domain:
        return Domain(self.values - other.values, self.empty > other.empty, self.unknown > other.unknown)

    def __le__(self, other: Domain) -> bool:
        return self.empty <= other.empty and self.unknown <= other.unknown and self.values <= other.values

    def __bool__(self) -> bool:
        """Whether it can be anything at all."""
        return self.empty or self.unknown or bool(self.values)

    @property
    def corner(self) -> Domain:
        """A small part of it, that is hard to cover: the unknown before the empty before the least values."""
        if self.unknown:
            return Domain(unknown=True)
        return Domain(empty=True) if self.empty else Domain(self.values.first)


ANYTHING: Final = Domain(EVERY, empty=True, unknown=True)


@dataclass(frozen=True, slots=True)
class Box:
    """Facts that fit all of these sides; a side that is not here may be anything."""

    sides: Mapping[Side, Domain] = field(default_factory=dict)

    def meet(self, other: Box) -> Box | None:
        """What both have in common; None if that is nothing."""
        sides = dict(self.sides)
        for side, domain in other.sides.items():
            common = sides[side] & domain if side in sides else domain
            if not common:
                return None
            sides[side] = common
        return Box(sides)

    def touches_corner_of(self, other: Box) -> bool:
        """Whether it has anything of the other's corner, in which all that is left free is unknown."""
        return all(bool(other.sides.get(side, ANYTHING).corner & domain) for side, domain in self.sides.items())

    def within(self, other: Box) -> bool:
        """Whether all facts that fit this box fit the other."""
        return all(self.sides.get(side, ANYTHING) <= domain for side, domain in other.sides.items())

    def minus(self, other: Box) -> Region:
        """The facts that fit this box and not the other, in boxes that do not overlap."""
        left, rest = [], dict(self.sides)
        for side, domain in other.sides.items():
            mine = rest.get(side, ANYTHING)
            if outside := mine - domain:
                left.append(Box({**rest, side: outside}))
            rest[side] = mine & domain
            if not rest[side]:
                break
        return tuple(left)


Region = tuple[Box, ...]

NOWHERE: Final[Region] = ()
EVERYWHERE: Final[Region] = (Box(),)


def either(regions: Iterable[Region]) -> Region:
    """What fits one of them. Raises TooMany."""
    return _counted(tuple(box for region in regions for box in region))


def both(regions: Iterable[Region]) -> Region:
    """What fits all of them. Raises TooMany."""
    common: Region = EVERYWHERE
    for region in regions:
        pairs = _counted(tuple(product(common, region)))
        common = tuple(met for one, other in pairs if (met := one.meet(other)) is not None)
    return common


def without(region: Region, other: Region) -> Region:
    """What fits the first and not the second. Raises TooMany."""
    left = region
    for taken in other:
        left = _counted(tuple(part for box in left for part in (box.minus(taken) if box.meet(taken) else (box,))))
    return left


Item = TypeVar("Item")


def _counted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if len(items) > MOST:
        raise TooMany
    return items
