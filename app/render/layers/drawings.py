"""The bundled icons, drawn for this project on a grid of 24 × 24: outlines one upon the other, solid or cut out.

Every word of `weather.condition` has one of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, pi, sin
from types import MappingProxyType
from typing import Literal

from PIL import Image

from app.render.layers.masks import filled
from app.render.layers.outlines import Outline, Point, arc, away, band, circle, line

Icon = Literal[
    "clear", "clear_night", "partly_cloudy", "cloudy", "fog", "drizzle", "rain", "freezing_rain", "sleet", "snow",
    "hail", "thunderstorm", "wind", "arrow_up", "arrow_down", "arrow_left", "arrow_right", "check", "cross", "clock",
    "calendar", "truck", "gift", "star", "heart", "pin", "phone", "cart",
]  # fmt: skip
Parts = tuple[tuple[Outline, bool], ...]

GRID = 24
MIDDLE = (12.0, 12.0)
LEFT, CENTER, RIGHT = (6.5, 19.5), (12.0, 20.0), (17.5, 19.5)
"""Where things fall from a cloud."""


def drawing(name: str, side: int) -> Image.Image:
    """The icon of that name as a square mask, in device pixels; the grid's lines are stretched to it."""
    step = side / GRID
    outlines = (([(x * step, y * step) for x, y in outline], solid) for outline, solid in DRAWINGS[name])
    return filled((side, side), outlines)


def _solid(*outlines: Outline) -> Parts:
    return tuple((outline, True) for outline in outlines)


def _cut(*outlines: Outline) -> Parts:
    return tuple((outline, False) for outline in outlines)


def _stroke(width: float, *points: Point) -> Parts:
    return _solid(*line(points, width))


def _panel(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Outline:
    """A rectangle with round corners."""
    corners = ((right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1), (left, top, 1, 1))
    return [
        point
        for turn, (x, y, inward, down) in enumerate(corners)
        for point in arc((x + inward * radius, y + down * radius), radius, 90 * turn, 90 * turn + 90)
    ]


def _sun(middle: Point, radius: float, *angles: float) -> Parts:
    """The sun with rays at these angles."""
    rays = (_stroke(radius * 0.4, *(away(middle, radius * far, angle) for far in (1.65, 2.15))) for angle in angles)
    return (*_solid(circle(middle, radius)), *(part for ray in rays for part in ray))


def _cloud(dx: float = 0, dy: float = 0, grown: float = 0) -> Iterable[Outline]:
    """A cloud, 20 wide and 13 high with its foot at 14.5; `grown` all around."""
    for x, y, radius in ((6.5, 10, 4.5), (11.5, 7, 5.5), (17.5, 10, 4.5)):
        yield circle((x + dx, y + dy), radius + grown)
    yield _panel(6.5 + dx - grown, 8 + dy, 17.5 + dx + grown, 14.5 + dy + grown)


def _falling(*drops: Parts) -> Parts:
    """What falls from a cloud."""
    return (*_solid(*_cloud()), *(part for drop in drops for part in drop))


def _drop(at: Point, long: float) -> Parts:
    return _stroke(1.9, (at[0] + long / 4, at[1] - long / 2), (at[0] - long / 4, at[1] + long / 2))


def _flake(at: Point) -> Parts:
    arms = (_stroke(1.1, away(at, 2, angle), away(at, 2, angle + 180)) for angle in (0, 60, 120))
    return tuple(part for arm in arms for part in arm)


def _arrow(angle: float) -> Parts:
    tip = away(MIDDLE, 9.5, angle)
    wings = (away(tip, 10, angle + turn) for turn in (-135, 135))
    ends = (away(MIDDLE, 9.5, angle + 180), *wings)
    return tuple(part for end in ends for part in _stroke(2.8, tip, end))


def _star() -> Parts:
    middle = (12.0, 12.9)
    points = [away(middle, (11.4, 5.3)[corner % 2], 36 * corner) for corner in range(10)]
    return (*_solid(points), *_stroke(1, *points, points[0]))


def _heart() -> Parts:
    turns = [2 * pi * step / 96 for step in range(96)]
    return _solid(
        [
            (12 + 11.5 * sin(t) ** 3, 11 - 0.72 * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)))
            for t in turns
        ]
    )


SLEET = _falling(_drop(LEFT, 4), _flake(CENTER), _drop(RIGHT, 4))

DRAWINGS: Mapping[str, Parts] = MappingProxyType[str, Parts](
    {
        "clear": _sun(MIDDLE, 5, *range(0, 360, 45)),
        "clear_night": (*_solid(circle((11.5, 12.5), 10)), *_cut(circle((16.5, 9), 8.5))),
        "partly_cloudy": (
            *_sun((9, 9), 3.8, 270, 315, 0, 45),
            *_cut(*_cloud(1.5, 7, grown=1.3)),
            *_solid(*_cloud(1.5, 7)),
        ),
        "cloudy": _solid(*_cloud(0, 4)),
        "fog": _falling(_stroke(1.9, (3, 18), (21, 18)), _stroke(1.9, (5.5, 22), (18.5, 22))),
        "drizzle": _falling(_drop(LEFT, 1.4), _drop(CENTER, 1.4), _drop(RIGHT, 1.4)),
        "rain": _falling(_drop(LEFT, 4), _drop(CENTER, 4), _drop(RIGHT, 4)),
        "freezing_rain": SLEET,
        "sleet": SLEET,
        "snow": _falling(_flake(LEFT), _flake(CENTER), _flake(RIGHT)),
        "hail": _falling(*(_solid(circle(at, 1.7)) for at in (LEFT, CENTER, RIGHT))),
        "thunderstorm": _falling(
            _cut([(11.5, 9.5), (16.5, 9.5), (14.3, 13.2), (18.6, 13.2), (9.5, 24), (11.3, 16.6), (7.8, 16.6)]),
            _solid([(12.2, 11), (14.8, 11), (12.3, 14.7), (16, 14.7), (10.4, 22.6), (12, 16.8), (9.6, 16.8)]),
        ),
        "wind": (
            *_stroke(2.2, (2, 8.5), (9.5, 8.5), *arc((9.5, 5.7), 2.8, 180, -90)),
            *_stroke(2.2, (2, 13), (18.5, 13), *arc((18.5, 9.8), 3.2, 180, -80)),
            *_stroke(2.2, (4.5, 17.5), (14, 17.5), *arc((14, 20), 2.5, 0, 250)),
        ),
        "arrow_up": _arrow(0),
        "arrow_down": _arrow(180),
        "arrow_left": _arrow(270),
        "arrow_right": _arrow(90),
        "check": _stroke(3.2, (3.5, 12.5), (9.5, 18.5), (20.5, 5.5)),
        "cross": (*_stroke(3.2, (5, 5), (19, 19)), *_stroke(3.2, (19, 5), (5, 19))),
        "clock": (
            *_solid(circle(MIDDLE, 11)),
            *_cut(circle(MIDDLE, 8.7)),
            *_stroke(2.3, (12, 6.5), (12, 12.3), (16, 14.8)),
        ),
        "calendar": (
            *_solid(_panel(2, 3.5, 22, 22.5, 2.5)),
            *_cut(_panel(4.2, 9.5, 19.8, 20.3, 0.8)),
            *_cut(*line(((7.5, 2.5), (7.5, 5.5)), 3.4), *line(((16.5, 2.5), (16.5, 5.5)), 3.4)),
            *_stroke(1.8, (7.5, 2.2), (7.5, 5.5)),
            *_stroke(1.8, (16.5, 2.2), (16.5, 5.5)),
            *_solid(*(_panel(x, y, x + 2.6, y + 2.6, 0.4) for x in (6.2, 10.7, 15.2) for y in (11.3, 15.7))),
        ),
        "truck": (
            *_solid(_panel(1, 4.5, 14, 18, 1.2)),
            *_solid([(15, 8.5), (19.3, 8.5), (23, 12.6), (23, 18), (15, 18)]),
            *_cut([(16.8, 10.2), (18.6, 10.2), (20.9, 12.9), (16.8, 12.9)]),
            *_cut(circle((6.5, 18), 3.3), circle((18, 18), 3.3)),
            *_solid(circle((6.5, 18), 2.3), circle((18, 18), 2.3)),
        ),
        "gift": (
            *_stroke(2, (12, 7), *arc((8.7, 4.7), 2.6, 90, 360), (12, 7)),
            *_stroke(2, (12, 7), *arc((15.3, 4.7), 2.6, 270, 0), (12, 7)),
            *_solid(_panel(1.5, 7.3, 22.5, 12, 1), _panel(3, 13.2, 21, 23, 1.2)),
            *_cut(_panel(11.3, 7.3, 12.7, 23)),
        ),
        "star": _star(),
        "heart": _heart(),
        "pin": (
            *_solid(circle((12, 9), 8)),
            *_solid([(4.4, 11.5), (19.6, 11.5), (12, 23.5)]),
            *_cut(circle((12, 9), 3)),
        ),
        "phone": (
            *_solid(band((22.5, 1.5), 21, 4.4, 193, 257)),
            *_stroke(4.2, away((22.5, 1.5), 18.9, 194), away((22.5, 1.5), 14.6, 197)),
            *_stroke(4.2, away((22.5, 1.5), 18.9, 256), away((22.5, 1.5), 14.6, 253)),
        ),
        "cart": (
            *_stroke(2, (1.2, 3), (4.3, 3), (7.3, 16.7), (19.5, 16.7)),
            *_solid([(5.3, 5.5), (23, 5.5), (20.6, 14.2), (7.2, 14.2)]),
            *_solid(circle((9, 20.8), 1.9), circle((17.8, 20.8), 1.9)),
        ),
    }
)
