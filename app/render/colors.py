"""Colours as editors write them, read once into red, green, blue and opacity.

Accepted are `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, the names of CSS and `transparent`; anything else is refused with
a remedy.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from PIL import ImageColor

Color = tuple[int, int, int, int]
"""Red, green, blue, opacity, each 0 to 255; not premultiplied."""

CLEAR: Color = (255, 255, 255, 0)
HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


@lru_cache(maxsize=1024)
def color(text: str) -> Color:
    """The colour that `text` names; raises ValueError with a remedy if it names none."""
    name = text.strip().lower()
    if name == "transparent":
        return CLEAR
    if name in ImageColor.colormap or HEX.fullmatch(name):
        red, green, blue, *rest = ImageColor.getrgb(name)
        return red, green, blue, rest[0] if rest else 255
    close = get_close_matches(name, ImageColor.colormap, 1)
    hint = f"did you mean {close[0]}?" if close else 'write "#rrggbb", "#rrggbbaa" or a CSS name such as white'
    raise ValueError(f"{text!r} is no colour; {hint}")


def opposite(text: str) -> str:
    """White for a dark colour, black for a light one, by how bright it looks (Rec. 601)."""
    red, green, blue, _ = color(text)
    return "#ffffff" if 299 * red + 587 * green + 114 * blue < 128_000 else "#000000"


def check_color(text: str) -> None:
    """Raise ValueError with a remedy unless the text is a colour."""
    color(text)
