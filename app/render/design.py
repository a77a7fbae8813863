"""A design: the size, ground and layers of one placeholder's picture, checked and frozen.

It is what editors wrote, without the words and pictures that rules fill in. Its digest names everything in it that
shapes pixels, so that a changed design never meets a picture of the old one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from math import isfinite

from PIL import __version__ as pillow_version
from uharfbuzz import __version__ as shaper_version

from app.render.boxes import area, misplaced
from app.render.colors import Color, color
from app.render.encode import QUALITY
from app.render.layers import Layer

PAINTER = "6"
"""Raised whenever the same design is drawn differently, so that caches let go of the older picture."""
LARGEST_SIDE = 4000
SCALE = 2.0
"""Device pixels for one CSS pixel, so that pictures are sharp on the screens of phones."""
MAX_PIXELS = 8_000_000
PIXELS_A_BYTE = 12
"""A banner of 600 × 300 at 2× has at most 60 KB: so much is there at once on a phone."""
SMALL = 30_000
"""Bytes that are never too many."""


@dataclass(frozen=True, slots=True)
class Design:
    """One placeholder's picture; `size` in CSS pixels, drawn `scale` times as large.

    `quality` is that of JPEG; it is lowered where the picture would have more than `most` bytes.
    """

    name: str
    size: tuple[int, int]
    background: str = "#ffffff"
    layers: tuple[Layer, ...] = ()
    scale: float = SCALE
    quality: int = QUALITY
    most: int = 0
    digest: str = field(init=False, repr=False, compare=False, default="")
    ground: Color = field(init=False, repr=False, compare=False, default=(255, 255, 255, 255))

    def __post_init__(self) -> None:
        width, height = self.size
        if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
            raise ValueError(f"size [{width}, {height}]: each side must lie between 1 and {LARGEST_SIDE} CSS pixels")
        if not (isfinite(self.scale) and 0.5 <= self.scale <= 4):
            raise ValueError(f"scale {self.scale:g}: write a number between 0.5 and 4; 2 suits every mail client")
        if self.pixels[0] * self.pixels[1] > MAX_PIXELS:
            most = f"{MAX_PIXELS / self.scale**2:,.0f}"
            raise ValueError(
                f"size [{width}, {height}] at scale {self.scale:g} is more than {MAX_PIXELS / 1e6:g} Mpx; width times "
                f"height may be {most}"
            )
        if not 30 <= self.quality <= 95:
            raise ValueError(f"quality {self.quality}: write a number between 30 and 95, such as {QUALITY}")
        for layer in self.layers:
            if fault := misplaced(layer.box, self.size, self.scale):
                raise ValueError(fault)
        drawn_by = (PAINTER, pillow_version, shaper_version)
        shaped = repr((*drawn_by, self.size, self.background, self.layers, self.scale, self.quality, self.most))
        object.__setattr__(self, "digest", blake2b(shaped.encode(errors="replace"), digest_size=12).hexdigest())
        object.__setattr__(self, "ground", color(self.background))
        object.__setattr__(self, "most", self.most or max(SMALL, self.pixels[0] * self.pixels[1] // PIXELS_A_BYTE))

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        return area((0, 0, *self.size), self.scale).size
