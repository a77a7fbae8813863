"""Flat art as it comes from a drawing program: few colours, and soft shadows that make hundreds of them."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

FINER: Final = 2
"""Drawn so many times larger, for smooth edges."""
GROUND: Final = "#f4efe6"
SHADOW: Final = 90
"""How dark a shadow is at most, of 255."""
SOFT, FALLS = 0.03, 0.02
"""How far a shadow is blurred, and how far below its thing it lies; as shares of the height."""
THINGS: Final = (
    ("ellipse", (0.60, -0.15, 1.05, 0.75), "#ffd400"),
    ("rectangle", (0.66, 0.42, 0.94, 0.92), "#c8102e"),
    ("rectangle", (0.64, 0.34, 0.96, 0.48), "#e0243f"),
    ("rectangle", (0.78, 0.34, 0.82, 0.92), "#fff3c4"),
    ("ellipse", (0.70, 0.14, 0.80, 0.36), "#fff3c4"),
    ("ellipse", (0.80, 0.14, 0.90, 0.36), "#ffe89a"),
)
"""A parcel with a bow in front of the sun, from back to front; places as shares of width and height."""


def illustration(width: int, height: int) -> Image.Image:
    """The picture in that size (RGB)."""
    size = (width * FINER, height * FINER)
    image = Image.new("RGB", size, GROUND)
    for form, place, color in THINGS:
        thing = Image.new("L", size)
        left, top, right, bottom = (share * side for share, side in zip(place, (*size, *size), strict=True))
        getattr(ImageDraw.Draw(thing), form)((left, top, right, bottom), 255)
        shadow = ImageChops.offset(thing, 0, round(FALLS * size[1])).filter(ImageFilter.GaussianBlur(SOFT * size[1]))
        image.paste("#000000", mask=shadow.point([value * SHADOW // 255 for value in range(256)]))
        image.paste(color, mask=thing)
    return image.resize((width, height), Image.Resampling.BOX)
