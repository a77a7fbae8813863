"""Which tiles of a map lie below a sketch, and how they are bent to fit it; pure geometry.

A sketch is that of somebody who stands at its place (`cartography`), tiles are those of Web Mercator: the world as one
square, cut in two along both sides zoom by zoom. A net of points that are known in both carries one over to the other,
so that a street lies where the rings say it does, however far they go.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import asin, asinh, atan2, ceil, cos, degrees, floor, hypot, log2, pi, radians, sin, tan
from typing import Final, NamedTuple

from app.engine.geodesy import EARTH_RADIUS_KM
from app.render.layers.cartography import Coordinates, View
from app.render.layers.outlines import Point

TILE: Final = 256
"""CSS pixels that a side of a tile is drawn for."""
DEEPEST: Final = 19
MOST_TILES: Final = 64
"""More for one sketch are not asked for: it is of half the world, or of a pole."""
NORTHERNMOST: Final = 85.0
"""Degrees, to the south as well, beyond which there are no tiles."""
NET: Final = 8
"""Meshes along a side."""
HAIR: Final = 0.01
"""Of a tile: what is mixed at its edge lies in it or in its neighbour, and both are there."""

Quad = tuple[float, float, float, float, float, float, float, float]
"""Four corners: upper left, lower left, lower right, upper right."""


class Tile(NamedTuple):
    """A piece of the map of the world, of 2^zoom in each direction, counted from the upper left."""

    zoom: int
    x: int
    y: int


class Sheet(NamedTuple):
    """The tiles below a sketch, from `left`, `top` on so many to the right and down, and its meshes.

    Of each mesh its box in the sketch is told, in device pixels, and its corners, in tiles from the upper left one.
    """

    zoom: int
    left: int
    top: int
    columns: int
    rows: int
    meshes: tuple[tuple[tuple[int, int, int, int], Quad], ...]

    def tiles(self) -> Iterator[Tile]:
        """Row by row; the world goes on behind its right edge."""
        for down, right in product(range(self.rows), range(self.columns)):
            yield Tile(self.zoom, (self.left + right) % 2**self.zoom, self.top + down)


def sheet_below(place: Coordinates, shown: View, size: tuple[int, int], scale: float) -> Sheet | None:
    """The tiles below the sketch of a place, of that size in device pixels; None where there are none, or too many."""
    if abs(place[0]) > NORTHERNMOST:
        return None
    zoom = _zoom(place[0], shown.pixels / scale)
    across, down = ([round(side * step / NET) for step in range(NET + 1)] for side in size)
    net = {(x, y): _at(place, shown, (x, y), zoom) for x in across for y in down}
    found = [point for point in net.values() if point is not None]
    if len(found) < len(net):
        return None
    left, right = (edge([x for x, _ in found]) for edge in (_first, _last))
    top, bottom = (edge([y for _, y in found]) for edge in (_first, _last))
    if top < 0 or bottom > 2**zoom or (right - left) * (bottom - top) > MOST_TILES:
        return None
    meshes = tuple(
        ((x0, y0, x1, y1), _quad(net, (x0, y0, x1, y1), left, top))
        for (x0, x1), (y0, y1) in product(pairwise(across), pairwise(down))
    )
    return Sheet(zoom, left, top, right - left, bottom - top, meshes)


def somewhere(place: Coordinates, far: Point) -> Coordinates | None:
    """What lies so many kilometres to the east and to the north; its longitude goes on beyond 180°.

    None where that is further than the other side of the earth.
    """
    way, bearing, north = hypot(*far) / EARTH_RADIUS_KM, atan2(*far), radians(place[0])
    if way > pi:
        return None
    there = asin(max(-1.0, min(1.0, sin(north) * cos(way) + cos(north) * sin(way) * cos(bearing))))
    turn = atan2(sin(bearing) * sin(way) * cos(north), cos(way) - sin(north) * sin(there))
    return degrees(there), place[1] + degrees(turn)


def _zoom(latitude: float, pixels: float) -> int:
    """The zoom at which a tile has about its own size, where a kilometre has so many CSS pixels."""
    around = 2 * pi * EARTH_RADIUS_KM * cos(radians(latitude))
    return max(0, min(DEEPEST, round(log2(around * pixels / TILE))))


def _at(place: Coordinates, shown: View, pixel: Point, zoom: int) -> Point | None:
    """Where in the world, counted in tiles, a pixel of the sketch lies; None beyond the map."""
    found = somewhere(place, shown.offset(pixel))
    if found is None or abs(found[0]) > NORTHERNMOST:
        return None
    north, side = radians(found[0]), 2**zoom
    return (found[1] + 180) / 360 * side, (1 - asinh(tan(north)) / pi) / 2 * side


def _first(places: list[float]) -> int:
    return floor(min(places) - HAIR)


def _last(places: list[float]) -> int:
    return ceil(max(places) + HAIR)


def _quad(net: dict[tuple[int, int], Point | None], box: tuple[int, int, int, int], left: int, top: int) -> Quad:
    x0, y0, x1, y1 = box
    corners = (net[at] for at in ((x0, y0), (x0, y1), (x1, y1), (x1, y0)))
    (a, b, c, d) = ((x - left, y - top) for x, y in filter(None, corners))
    return *a, *b, *c, *d
