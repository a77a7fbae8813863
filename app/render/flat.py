"""Flat art that is painted on: a plate in a palette, chosen before anybody opens a mail.

The palette has the colours of the plate, the inks of what is painted later, and the shades between them. What an open
leaves as it was keeps its colour exactly; what it paints takes the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Self

from PIL import Image, ImageChops

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.colors import Color
from app.render.palettes import LETTERED, PALETTE, Rgb, covered, in_palette, near, shades, thinned

LEAST_SHADES: Final = 64
"""So many colours are left for shades at least, however many the plate has."""
PLAIN: Final = 4
"""What inks make of so many grounds, the most frequent of each area, is kept exactly: it may fill large parts."""
COMPARED: Final = 0xFC
"""Pillow looks for the nearest colour by the upper six bits of each band: two that are alike in these are one to it."""
SAMPLE: Final = 16
"""So many columns and rows of an area tell what lies below it."""
CHANGED: Final = [0] + [255] * 255

Stroke = tuple[Area, tuple[Color, ...]]
"""Where something will be painted, and the inks for it, the last on top."""


@dataclass(frozen=True, slots=True)
class Flat:
    """An opaque picture in a palette (`image`, P), beside the `plate` in true colours."""

    plate: Canvas
    image: Image.Image
    compared: Image.Image

    @classmethod
    def of(cls, plate: Canvas, strokes: Sequence[Stroke]) -> Self | None:
        """The plate, ready to be painted on with these strokes; None where it needs its true colours."""
        seen = [(_grounds(plate.image, area), inks) for area, inks in strokes]
        plain = list(dict.fromkeys(color for grounds, inks in seen for color in covered(grounds[:PLAIN], inks)))
        own = PALETTE - len(plain) - LEAST_SHADES
        few = in_palette(plate.image, own) if own >= LEAST_SHADES else None
        if few is None:
            return None
        image = _shifted(few, by=len(plain))
        palette = [*chain.from_iterable(plain), *(few.getpalette() or [])]
        mixed = [shade for grounds, inks in seen for shade in shades(grounds, inks)]
        palette += chain.from_iterable(thinned(mixed, PALETTE - len(palette) // 3))
        image.putpalette(palette)
        compared = Image.new("P", (1, 1))
        compared.putpalette([band & COMPARED for band in palette])
        return cls(plate, image, compared)

    def painted(self, canvases: Iterable[Canvas], top: int, bottom: int) -> Image.Image | None:
        """These rows in the palette (P), with what was painted on parts of them; None if that would look different."""
        rows = self.image.crop((0, top, self.image.width, bottom))
        return rows if all(self._paint(rows, canvas, top) for canvas in canvases) else None

    def _paint(self, rows: Image.Image, canvas: Canvas, top: int) -> bool:
        """Take over what is painted on that part of the rows, which begin at `top`; whether it looks the same."""
        changes = ImageChops.difference(canvas.image, self.plate.image.crop(canvas.area))
        within = changes.getbbox()
        if within is None:
            return True
        changed, meant = changes.crop(within).convert("L").point(CHANGED), canvas.image.crop(within)
        left, upper = canvas.left + within[0], canvas.top + within[1] - top
        rows.paste(meant.quantize(palette=self.compared, dither=Image.Dither.NONE), (left, upper), changed)
        taken = rows.crop((left, upper, left + meant.width, upper + meant.height))
        return near(taken.convert("RGB"), meant, LETTERED, changed)


def _grounds(image: Image.Image, area: Area) -> list[Rgb]:
    """The colours of a picture in this area, as far as a sample tells, the most frequent first."""
    sample = image.crop(area).resize((SAMPLE, SAMPLE), Image.Resampling.NEAREST)
    counted: list[tuple[int, Rgb]] = sample.getcolors(SAMPLE * SAMPLE)  # type: ignore[assignment]  # never too many
    return [color for _, color in sorted(counted, reverse=True)]


def _shifted(image: Image.Image, by: int) -> Image.Image:
    """The same indices, each so much higher."""
    table = bytes((index + by) % PALETTE for index in range(PALETTE))
    return Image.frombytes("P", image.size, image.tobytes().translate(table))
