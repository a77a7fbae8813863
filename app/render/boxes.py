"""Boxes: where a layer stands, in CSS pixels, and the device pixels that belong to it.

A box is `(x, y, width, height)` from the picture's upper left corner. It may reach over the edge; what lies outside
is not drawn. Edges are rounded to whole device pixels, so neighbours that share an edge neither overlap nor gape.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import floor, isfinite
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x, y, width, height in CSS pixels."""

FURTHEST = 10_000.0


class Area(NamedTuple):
    """Device pixels from `left`, `top` up to, not including, `right`, `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        return self.right - self.left, self.bottom - self.top

    @property
    def pixels(self) -> int:
        """How many there are."""
        return (self.right - self.left) * (self.bottom - self.top)

    def meets(self, other: Area) -> bool:
        """Whether the two share a pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def common(self, other: Area) -> Area:
        """What lies in both; nothing of it, at an edge of this one, where they do not meet."""
        left, top = min(max(self.left, other.left), self.right), min(max(self.top, other.top), self.bottom)
        return Area(left, top, max(min(self.right, other.right), left), max(min(self.bottom, other.bottom), top))

    def holds(self, other: Area) -> bool:
        """Whether all of the other lies in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def seen_from(self, other: Area) -> Area:
        """This area counted from the upper left corner of another."""
        left, top, right, bottom = self
        return Area(left - other.left, top - other.top, right - other.left, bottom - other.top)

    def grown(self, by: int) -> Area:
        """This area with a margin of `by` pixels all around."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)


@lru_cache(maxsize=4096)
def area(box: Box, scale: float) -> Area:
    """The device pixels of a box; never empty, so that a hairline stays visible."""
    x, y, width, height = box
    left, top = _round(x * scale), _round(y * scale)
    return Area(left, top, max(_round((x + width) * scale), left + 1), max(_round((y + height) * scale), top + 1))


def around(areas: Iterable[Area]) -> Area:
    """The least area that has all of these in it, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def apart(areas: Iterable[Area], spare: int = 0) -> list[Area]:
    """What these areas cover, in areas that share no pixel: those that would are one, with what lies between them.

    With pixels to `spare` so are two that have at most so many more together than each by itself; areas that touch have
    none more.
    """
    found: list[Area] = []
    for area in areas:
        if area.left < area.right and area.top < area.bottom:
            whole = area
            while met := [one for one in found if one.meets(whole) or (spare and _lost(one, whole) <= spare)]:
                found = [one for one in found if one not in met]
                whole = around((whole, *met))
            found.append(whole)
    return found


def _lost(one: Area, other: Area) -> int:
    """How many pixels lie in neither, but in the least area around both."""
    return around((one, other)).pixels - one.pixels - other.pixels


def moved(box: Box, offset: tuple[float, float]) -> Box:
    """The box so far to the right and down."""
    return box[0] + offset[0], box[1] + offset[1], box[2], box[3]


def check_box(box: Box, *, flat: bool = False) -> None:
    """Raise ValueError unless the box can hold something; `flat` lets one side be 0, as a line has it."""
    if not all(isfinite(number) and abs(number) <= FURTHEST for number in box):
        raise ValueError(f"box {written(box)} goes too far; write [x, y, width, height] in CSS pixels")
    width, height = box[2], box[3]
    if width < 0 or height < 0 or (width == 0 and height == 0) or (not flat and 0 in (width, height)):
        raise ValueError(
            f"box {written(box)} has a width of {width:g} and a height of {height:g}; "
            "write [x, y, width, height], both sides above 0"
        )


def check_radius(radius: float) -> None:
    """Raise ValueError unless corners can be rounded so."""
    if not (isfinite(radius) and radius >= 0):
        raise ValueError(f"radius {radius:g} cannot be; write 0 for sharp corners")


def misplaced(box: Box, size: tuple[int, int], scale: float, origin: tuple[float, float] = (0.0, 0.0)) -> str:
    """What is wrong with a box of which nothing is to be seen in a picture of that size; empty if something is.

    The box is counted, and told of, from `origin`.
    """
    (x, y, width, height), (right, down) = moved(box, origin), origin
    if area((x, y, width, height), scale).meets(area((0, 0, *size), scale)):
        return ""
    inside = (max(0, min(x, size[0] - width)) - right, max(0, min(y, size[1] - height)) - down, width, height)
    picture = f"{size[0]} × {size[1]}"
    return f"box {written(box)} lies outside the picture, which is {picture}; write {written(inside)}, for instance"


def written(box: Box) -> str:
    """The box as an editor writes it."""
    return f"[{', '.join(f'{number:g}' for number in box)}]"


def _round(number: float) -> int:
    return floor(number + 0.5)
