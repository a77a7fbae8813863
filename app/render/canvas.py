"""The surface that layers draw on, in device pixels.

Opaque designs are drawn on RGB, where covering is one blend in C; only a design whose ground lets through pays for
RGBA, where colours are composited without dark fringes. Whatever leaves the surface is cut off.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from app.render.boxes import Area
from app.render.colors import Color

OPAQUE = 255


class Canvas:
    """A picture in the making, or the rows of one from `top` on; places are always those of the whole picture.

    `image` is RGB where everything is opaque, else RGBA, not premultiplied.
    """

    __slots__ = ("image", "top")

    def __init__(self, image: Image.Image, top: int = 0) -> None:
        self.image = image
        self.top = top

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.image.height

    @classmethod
    def blank(cls, size: tuple[int, int], ground: Color) -> Canvas:
        """A surface of that size in device pixels, filled with the ground."""
        if ground[3] == OPAQUE:
            return cls(Image.new("RGB", size, ground[:3]))
        return cls(Image.new("RGBA", size, ground))

    def copy(self) -> Canvas:
        """A second surface with the same pixels."""
        return Canvas(self.image.copy(), self.top)

    def rows(self, top: int, bottom: int) -> Canvas:
        """A second surface with the pixels of these rows alone."""
        return Canvas(self.image.crop((0, top - self.top, self.image.width, bottom - self.top)), top)

    def ink(self, color: Color, mask: Image.Image, at: tuple[int, int]) -> None:
        """Lay a colour on wherever the mask (L, 0 to 255) covers, its upper left corner at `at`."""
        if color[3] != OPAQUE:
            mask = mask.point(_thinned(color[3]))
        if self.image.mode == "RGB":
            self.image.paste(color[:3], self._box(at, mask.size), mask)
            return
        patch = Image.new("RGBA", mask.size, color[:3])
        patch.putalpha(mask)
        self._compose(patch, at)

    def fill(self, color: Color, where: Area) -> None:
        """Lay a colour on a whole rectangle."""
        if color[3] == OPAQUE:
            plain = color[:3] if self.image.mode == "RGB" else color
            self.image.paste(plain, self._box((where.left, where.top), where.size))
        else:
            self.ink(color, Image.new("L", where.size, OPAQUE), (where.left, where.top))

    def lay(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """Lay a picture on: RGB covers, RGBA shows what is below as far as it lets through."""
        if picture.mode == "RGB":
            self.image.paste(picture, self._box(at, picture.size))
        elif self.image.mode == "RGB":
            self.image.paste(picture, self._box(at, picture.size), picture)
        else:
            self._compose(picture, at)

    def through(self, draw: Callable[[Canvas], None], window: Area, opacity: float) -> None:
        """Draw as through a window: nothing outside of it, and only as solid as `opacity` (0 to 1) inside."""
        size = self.image.size
        left, top, right, bottom = window.common(Area(0, self.top, size[0], self.top + size[1]))
        if left >= right or top >= bottom:
            return
        drawn = self.rows(top, bottom)
        draw(drawn)
        part = drawn.image.crop((left, 0, right, bottom - top))
        box = self._box((left, top), part.size)
        self.image.paste(part if opacity == 1 else _mixed(self.image.crop(box), part, opacity), box)

    def _box(self, at: tuple[int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
        top = at[1] - self.top
        return at[0], top, at[0] + size[0], top + size[1]

    def _compose(self, patch: Image.Image, at: tuple[int, int]) -> None:
        box = self._box(at, patch.size)
        self.image.paste(Image.alpha_composite(self.image.crop(box), patch), box)


def _mixed(below: Image.Image, above: Image.Image, share: float) -> Image.Image:
    """The two mixed; premultiplied where they let through, so that what is clear gives no colour."""
    if below.mode == "RGB":
        return Image.blend(below, above, share)
    return Image.blend(below.convert("RGBa"), above.convert("RGBa"), share).convert("RGBA")


@lru_cache(maxsize=256)
def _thinned(opacity: int) -> list[int]:
    return [(value * opacity + 127) // 255 for value in range(256)]
