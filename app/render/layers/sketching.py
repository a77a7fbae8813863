"""The signs of a schematic map, inked on a canvas; lengths are CSS pixels, `scale` of them a device pixel."""

from __future__ import annotations

from app.render.canvas import Canvas
from app.render.colors import Color
from app.render.layers.cartography import View
from app.render.layers.drawings import drawing
from app.render.layers.masks import filled
from app.render.layers.outlines import Outline, Point, circle

EDGE = 8.0
"""How far signs at the edge of a map stay away from it."""
LINE = 1.0
PIN, DOT, TICK = 28.0, 5.0, 4.0
NEEDLE = (12.0, 18.0)
FAINT = 0.25
"""How solid rings, half of the needle and what surrounds the dot are."""


def rings(canvas: Canvas, shown: View, ink: Color, scale: float) -> None:
    """Circles around the place, at equal distances."""
    size, half = canvas.image.size, LINE * scale / 2
    radii = reversed(shown.rings(size))
    edges = [(circle(shown.place, radius + side), side > 0) for radius in radii for side in (half, -half)]
    canvas.ink(_faint(ink), filled(size, edges), (0, 0))


def needle(canvas: Canvas, ink: Color, scale: float) -> None:
    """A needle to the north, in the lower right corner; its right half is faint."""
    width, height = NEEDLE[0] * scale, NEEDLE[1] * scale
    right, foot = canvas.image.width - EDGE * scale, canvas.image.height - EDGE * scale
    tip, notch = (right - width / 2, foot - height), (right - width / 2, foot - height / 4)
    for color, corner in ((ink, right - width), (_faint(ink), right)):
        _fill(canvas, color, [tip, (corner, foot), notch])


def bar(canvas: Canvas, shown: View, ink: Color, scale: float) -> Point:
    """A bar as long as two rings are apart, in the lower left corner; the answer is where it ends."""
    line, left, foot = LINE * scale, EDGE * scale, canvas.image.height - EDGE * scale
    right, top = left + shown.step * shown.pixels, foot - TICK * scale
    corners = [(left, top), (left + line, top), (left + line, foot - line), (right - line, foot - line)]
    _fill(canvas, ink, [*corners, (right - line, top), (right, top), (right, foot), (left, foot)])
    return right, foot


def pin(canvas: Canvas, at: Point, ink: Color, scale: float) -> None:
    """A pin whose point is there."""
    side = round(PIN * scale)
    canvas.ink(ink, drawing("pin", side), (round(at[0] - side / 2), round(at[1]) - side))


def dot(canvas: Canvas, at: Point, ink: Color, scale: float) -> None:
    """A dot in a faint halo: about there."""
    _fill(canvas, _faint(ink), circle(at, 2 * DOT * scale))
    _fill(canvas, ink, circle(at, DOT * scale))


def _fill(canvas: Canvas, ink: Color, outline: Outline) -> None:
    canvas.ink(ink, filled(canvas.image.size, [(outline, True)]), (0, 0))


def _faint(ink: Color) -> Color:
    return *ink[:3], round(ink[3] * FAINT)
