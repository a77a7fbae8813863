"""Linear gradients: a ramp along an angle, and two colours blended along it.

Angles and premultiplied blending follow CSS Images Level 3, section 3.1 and 3.4: a colour that lets everything through
leaves no grey trace in the other.
"""

from __future__ import annotations

from math import cos, radians, sin

from PIL import Image

from app.render.colors import Color

STEPS = 256


def ramp(size: tuple[int, int], angle: float) -> Image.Image:
    """0 to 255 (L) along `angle` degrees, 0 up and clockwise; the corners farthest along it are the ends."""
    width, height = size
    right, down = sin(radians(angle)), -cos(radians(angle))
    length = abs(width * right) + abs(height * down)
    start = 0.5 - (width / 2 * right + height / 2 * down) / length
    rows = (right / length * STEPS, down / length * STEPS, start * STEPS)
    source = Image.linear_gradient("L")  # 256 x 256, 0 in the upper row, 255 in the lower
    return source.transform(size, Image.Transform.AFFINE, (0, 0, STEPS / 2, *rows), resample=Image.Resampling.BILINEAR)


def blended(along: Image.Image, start: Color, end: Color) -> Image.Image:
    """The two colours blended along a ramp; RGBA."""
    steps = [_between(start, end, step / (STEPS - 1)) for step in range(STEPS)]
    return Image.merge("RGBA", [along.point([step[band] for step in steps]) for band in range(4)])


def _between(start: Color, end: Color, part: float) -> Color:
    opacity = start[3] * (1 - part) + end[3] * part
    if not opacity:
        return *end[:3], 0
    red, green, blue = (
        round((a * start[3] * (1 - part) + b * end[3] * part) / opacity)
        for a, b in zip(start[:3], end[:3], strict=True)
    )
    return red, green, blue, round(opacity)
