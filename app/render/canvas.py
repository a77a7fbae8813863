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
    """A picture in the making, or a part of one; places are always those of the whole picture.

    `image` is RGB where everything is opaque, else RGBA, not premultiplied; `left` and `top` are its corner's place.
    """

    __slots__ = ("image", "left", "top")

    def __init__(self, image: Image.Image, left: int = 0, top: int = 0) -> None:
        self.image = image
        self.left = left
        self.top = top

    @property
    def area(self) -> Area:
        """Where it lies in the whole picture."""
        return Area(self.left, self.top, self.left + self.image.width, self.top + self.image.height)

    @classmethod
    def blank(cls, size: tuple[int, int], ground: Color) -> Canvas:
        """A surface of that size in device pixels, filled with the ground."""
        if ground[3] == OPAQUE:
            return cls(Image.new("RGB", size, ground[:3]))
        return cls(Image.new("RGBA", size, ground))

    def copy(self) -> Canvas:
        """A second surface with the same pixels."""
        return Canvas(self.image.copy(), self.left, self.top)

    def part(self, area: Area) -> Canvas:
        """A second surface with as many of its pixels as lie in that area."""
        within = self.area.common(area)
        return Canvas(self.image.crop(within.seen_from(self.area)), within.left, within.top)

    def ink(self, color: Color, mask: Image.Image, at: tuple[int, int]) -> None:
        """Lay a colour on wherever the mask (L, 0 to 255) covers, its upper left corner at `at`."""
        if color[3] != OPAQUE:
            mask = mask.point(_thinned(color[3]))
        if self.image.mode == "RGB":
            # Pillow lays a picture on twice as fast as a colour, pixel by pixel the same; its core, without a wrapper
            # for each of the many words.
            solid = Image.core.fill("RGB", mask.size, color[:3])  # type: ignore[attr-defined]  # not in its type stubs
            self.image.im.paste(solid, self._box(at, mask.size), mask.im)
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
        seen = self.area.common(window)
        if not all(seen.size):
            return
        drawn = self.part(seen)
        draw(drawn)
        part, box = drawn.image, self._box((seen.left, seen.top), seen.size)
        self.image.paste(part if opacity == 1 else _mixed(self.image.crop(box), part, opacity), box)

    def _box(self, at: tuple[int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
        left, top = at[0] - self.left, at[1] - self.top
        return left, top, left + size[0], top + size[1]

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
