"""Smooth masks of simple forms: rounded rectangles, ellipses, lines; L, 0 to 255, in device pixels.

Drawn `FINE` times as large and reduced, since Pillow draws hard edges. Of a rounded rectangle only one corner is drawn.
"""

from __future__ import annotations

from math import hypot

from PIL import Image, ImageDraw

FINE = 8
LARGE = 600  # device pixels; beyond, half as fine is fine enough
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
    fine = FINE if max(size) <= LARGE else FINE // 2
    large = Image.new("L", (size[0] * fine, size[1] * fine), 0)
    ImageDraw.Draw(large).ellipse((0, 0, size[0] * fine - 1, size[1] * fine - 1), fill=SOLID)
    return large.reduce(fine)


def stroke(size: Size, start: tuple[float, float], end: tuple[float, float], width: float) -> Image.Image:
    """A straight line with flat ends inside a mask of that size."""
    fine = FINE if max(size) <= LARGE else FINE // 2
    large = Image.new("L", (size[0] * fine, size[1] * fine), 0)
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (y0 - y1) / length * width / 2, (x1 - x0) / length * width / 2  # across the line, half its width
    corners = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
    ImageDraw.Draw(large).polygon([(x * fine, y * fine) for x, y in corners], fill=SOLID)
    return large.reduce(fine)
