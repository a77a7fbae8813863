"""A picture from a file, of pixels or of shapes, as layers use it: a part of it, in the size in which it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Protocol

from PIL import Image

from app.render import intake, svg
from app.render.intake import Cut, Header, Size
from app.render.memory import weight

TRIED = 1000
"""The longer side, in pixels, of the picture that shows whether a drawing can be drawn."""


class Picture(Protocol):
    """What an asset is, once it was let in."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in its own pixels."""

    @property
    def weight(self) -> int:
        """Its bytes in memory."""

    def part(self, cut: Cut, size: Size) -> Image.Image:
        """What lies inside the cut, in that size; RGB or RGBA, never to be drawn on. May raise Refused."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture of pixels: the larger it is shown, the less sharp."""

    image: Image.Image

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return self.image.size

    @property
    def weight(self) -> int:
        """Its bytes in memory."""
        return weight(self.image)

    def part(self, cut: Cut, size: Size) -> Image.Image:
        """What lies inside the cut, in that size; the picture itself where nothing has to be done."""
        if cut == (0, 0, *self.image.size) and size == self.image.size:
            return self.image
        return self.image.resize(size, Image.Resampling.LANCZOS, box=cut, reducing_gap=3.0)


def let_in(blob: bytes) -> Picture:
    """The picture in a file; raises Refused."""
    return svg.read(blob) if svg.is_svg(blob) else Pixels(intake.decode(blob))


def examined(blob: bytes) -> Header:
    """What the picture in a file is; raises Refused where it could not be shown, too."""
    if not svg.is_svg(blob):
        return intake.examined(blob)
    drawing = svg.read(blob)
    width, height = drawing.size
    shown = TRIED / max(width, height)
    tried = drawing.part((0, 0, width, height), (ceil(width * shown), ceil(height * shown)))
    return Header("SVG", ceil(width), ceil(height), tried.mode, 1)
