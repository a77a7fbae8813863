"""Where letters stand on a map, in CSS pixels, and what its scale says."""

from __future__ import annotations

from typing import Final, Literal

from app.render.boxes import Box
from app.render.layers.masks import Size
from app.render.layers.outlines import Point
from app.render.layers.sketching import EDGE, PIN

Align = Literal["left", "center", "right"]

ROW: Final = 16.0
GAP: Final = 6.0
"""The height of a line of letters, and what lies between the bar and its number."""


def below(place: Point, size: Size, scale: float) -> tuple[Box, Align]:
    """A box for letters below the place, and into the map where it stands at a side of it."""
    x, y = (part / scale for part in place)
    width = size[0] / scale
    left, right = x - PIN / 2, x + PIN / 2
    if x < width / 3:
        return (left, y, width - EDGE - left, ROW), "left"
    if x > width * 2 / 3:
        return (EDGE, y, right - EDGE, ROW), "right"
    half = min(x, width - x) - EDGE
    return (x - half, y, 2 * half, ROW), "center"


def beside(end: Point, size: Size, scale: float) -> Box:
    """A box for letters that stand at the end of the bar, and as low."""
    left = end[0] / scale + GAP
    return left, end[1] / scale - ROW + 3, size[0] / scale - EDGE - left, ROW


def distance(kilometres: float) -> str:
    """A round distance, in whole kilometres or metres."""
    return f"{kilometres:.0f}\u00a0km" if kilometres >= 1 else f"{kilometres * 1000:.0f}\u00a0m"
