"""Outlines of simple forms as polygons: circles, arcs and bands along them, lines with round ends and joins.

Angles are in degrees, 0 up and clockwise, as in gradients; y runs down. Curves are cut into pieces so short that no
corner is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, cos, hypot, radians, sin, sqrt

Point = tuple[float, float]
Outline = Sequence[Point]


def away(point: Point, far: float, angle: float) -> Point:
    """The point so far away in that direction."""
    return point[0] + far * sin(radians(angle)), point[1] - far * cos(radians(angle))


def arc(center: Point, radius: float, begin: float, end: float) -> list[Point]:
    """Points along a circle from one angle to the other."""
    pieces = max(2, ceil(abs(end - begin) / 360 * (16 + 8 * sqrt(radius))))
    return [away(center, radius, begin + (end - begin) * piece / pieces) for piece in range(pieces + 1)]


def circle(center: Point, radius: float) -> list[Point]:
    """A whole circle."""
    return arc(center, radius, 0, 360)[:-1]


def band(center: Point, radius: float, width: float, begin: float, end: float) -> list[Point]:
    """A piece of a ring, `radius` that of its outer edge; with flat ends."""
    return arc(center, radius, begin, end) + arc(center, max(radius - width, 0), end, begin)


def line(points: Sequence[Point], width: float) -> Iterator[Outline]:
    """A line through the points with round ends and joins, as outlines that overlap."""
    for point in points:
        yield circle(point, width / 2)
    for (x0, y0), (x1, y1) in pairwise(points):
        if length := hypot(x1 - x0, y1 - y0):
            dx, dy = (y0 - y1) / length * width / 2, (x1 - x0) / length * width / 2  # across, half the width
            yield [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
