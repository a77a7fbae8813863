"""Where things stand on a schematic map, in device pixels; pure geometry, nothing here touches an image.

The map is that of somebody who stands at the place: distances and directions from there are true, however far it goes
(the azimuthal equidistant projection), so its rings are circles. North is up.
"""

from __future__ import annotations

from itertools import takewhile
from math import atan2, cos, floor, hypot, log10, radians, sin
from typing import NamedTuple

from app.engine.geodesy import distance_km
from app.render.layers.outlines import Point

Coordinates = tuple[float, float]
"""Latitude and longitude in degrees."""

NEAREST = 0.1
"""Kilometres that a map shows at least: nobody's place is known better."""
SPACING = 0.4
"""How far rings lie from each other at most, as a share of the shorter side."""
MOST_RINGS = 12
HALFWAY_ROUND = 20_000
"""Kilometres to the other side of the earth, beyond which there is nothing."""


class Margins(NamedTuple):
    """Where no place stands, so that there is room for what belongs to one."""

    sides: float
    top: float
    bottom: float


class View(NamedTuple):
    """A map: where its place is, how many pixels a kilometre has, and how many kilometres lie between two rings."""

    place: Point
    pixels: float
    step: float

    def at(self, offset: Point) -> Point:
        """Where something stands that lies so many kilometres east and north of the place."""
        return self.place[0] + offset[0] * self.pixels, self.place[1] - offset[1] * self.pixels

    def offset(self, at: Point) -> Point:
        """How many kilometres east and north of the place that lies: `at` turned round."""
        return (at[0] - self.place[0]) / self.pixels, (self.place[1] - at[1]) / self.pixels

    def rings(self, size: tuple[int, int]) -> list[float]:
        """The radii of the rings of which something may be seen, from the inside out."""
        corner = hypot(*(max(at, side - at) for at, side in zip(self.place, size, strict=True)))
        furthest = min(corner, HALFWAY_ROUND * self.pixels)
        radii = (number * self.step * self.pixels for number in range(1, MOST_RINGS + 1))
        return list(takewhile(lambda radius: radius < furthest, radii))


def offset(place: Coordinates, other: Coordinates) -> Point:
    """How many kilometres the other lies to the east and to the north of the place."""
    far = distance_km(*place, *other)
    north, there, turn = radians(place[0]), radians(other[0]), radians(other[1] - place[1])
    bearing = atan2(sin(turn) * cos(there), cos(north) * sin(there) - sin(north) * cos(there) * cos(turn))
    return far * sin(bearing), far * cos(bearing)


def view(size: tuple[int, int], margins: Margins, reach: float, reader: Point | None) -> View:
    """The map of that size: around the place as far as `reach`, or just so far that the reader is on it, too."""
    width, height = size[0] - 2 * margins.sides, size[1] - margins.top - margins.bottom
    middle = margins.sides + width / 2, margins.top + height / 2
    east, north = reader or (0.0, 0.0)
    if reader is None:
        pixels = min(width, height) / 2 / reach
    else:
        pixels = min(width / max(abs(east), NEAREST), height / max(abs(north), NEAREST))
    place = middle[0] - east * pixels / 2, middle[1] + north * pixels / 2
    return View(place, pixels, _round(min(size) * SPACING / pixels))


def _round(most: float) -> float:
    """The largest round number up to that one: 1, 2 or 5, and so many zeros."""
    power = 10.0 ** floor(log10(most))
    return power * max(digit for digit in (0.5, 1, 2, 5) if digit * power <= most)  # 0.5: a logarithm is rounded, too
