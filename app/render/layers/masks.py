"""Smooth masks of forms: rounded rectangles, ellipses, lines, whatever has an outline; L, 0 to 255, in device pixels.

Drawn `FINE` times as large and reduced, since Pillow draws hard edges. Of a rounded rectangle only one corner is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

from PIL import Image, ImageChops, ImageDraw

from app.render.colors import Color
from app.render.layers.outlines import Outline

FINE = 8
LARGE = 600  # device pixels; beyond, half as fine is fine enough
LARGEST = 8_000  # device pixels of what is drawn; what would be larger is drawn less fine
SOLID = 255

Size = tuple[int, int]


def rounded(size: Size, radius: float) -> Image.Image:
    """A rectangle of that size whose corners are quarters of a circle; the radius is cut to half the shorter side."""
    mask = Image.new("L", size, SOLID)
    edge = round(min(radius, min(size) / 2))
    if edge <= 0:
        return mask
    corner = Image.new("L", (edge * FINE, edge * FINE), 0)
    ImageDraw.Draw(corner).ellipse((0, 0, 2 * edge * FINE - 1, 2 * edge * FINE - 1), fill=SOLID)
    corner = corner.reduce(FINE)
    mirrored = corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    right, bottom = size[0] - edge, size[1] - edge
    mask.paste(corner, (0, 0))
    mask.paste(mirrored, (right, 0))
    mask.paste(corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, bottom))
    mask.paste(mirrored.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (right, bottom))
    return mask


def ellipse(size: Size) -> Image.Image:
    """The ellipse that touches all four sides."""
    fine = _fineness(size)
    large = Image.new("L", (size[0] * fine, size[1] * fine), 0)
    ImageDraw.Draw(large).ellipse((0, 0, size[0] * fine - 1, size[1] * fine - 1), fill=SOLID)
    return large.reduce(fine)


def stroke(size: Size, start: tuple[float, float], end: tuple[float, float], width: float) -> Image.Image:
    """A straight line with flat ends inside a mask of that size."""
    fine = _fineness(size)
    large = Image.new("L", (size[0] * fine, size[1] * fine), 0)
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (y0 - y1) / length * width / 2, (x1 - x0) / length * width / 2  # across the line, half its width
    corners = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
    ImageDraw.Draw(large).polygon([(x * fine, y * fine) for x, y in corners], fill=SOLID)
    return large.reduce(fine)


def filled(size: Size, outlines: Iterable[tuple[Outline, bool]]) -> Image.Image:
    """Outlines one upon the other: those that are solid cover, the others cut out what is there already."""
    inks = ((outline, SOLID if solid else 0) for outline, solid in outlines)
    return _drawn("L", size, inks, _fineness(size))


def painted(size: Size, outlines: Iterable[tuple[Outline, Color]]) -> Image.Image:
    """Outlines in colours, each covering what is below it; RGBA, and half as fine for what that weighs."""
    return _drawn("RGBA", size, outlines, max(_fineness(size) // 2, 1))


def divided(form: Image.Image, part: Image.Image, inks: tuple[Color, Color]) -> Image.Image:
    """A form in the first colour as far as the part covers it, in the second beyond; RGBA.

    Both are painted up to the edge and cut with the form, so that the second does not shine through at the edge of the
    first.
    """
    ink, beyond = inks
    ground = Image.new("RGBA", form.size, beyond if beyond[3] else (*ink[:3], 0))
    patch = Image.composite(Image.new("RGBA", form.size, ink), ground, part)
    patch.putalpha(ImageChops.multiply(patch.getchannel("A"), form))
    return patch


def _fineness(size: Size) -> int:
    """How many times as large a mask is drawn."""
    return FINE if max(size) <= LARGE else max(1, min(FINE // 2, LARGEST // max(size)))


def _drawn(mode: str, size: Size, inks: Iterable[tuple[Outline, int | Color]], fine: int) -> Image.Image:
    large = Image.new(mode, (size[0] * fine, size[1] * fine))
    draw = ImageDraw.Draw(large)
    for outline, ink in inks:
        draw.polygon([(x * fine, y * fine) for x, y in outline], fill=ink)
    return large.reduce(fine)
