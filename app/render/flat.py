"""Flat art that is painted on: a plate in a palette, chosen before anybody opens a mail.

The palette has the colours of the plate, the inks of what is painted later, and the shades between them. What an open
leaves as it was keeps its colour exactly; what it paints takes the nearest. Where a picture lets through that is the
nearest opaque colour, or on what was clear the nearest opacity of the ink; over edges and soft shadows there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from typing import Final, Self

from PIL import Image, ImageChops

from app.render.boxes import Area
from app.render.canvas import OPAQUE, Canvas
from app.render.colors import Color
from app.render.palettes import LETTERED, PALETTE, Shade, covered, in_palette, near, shades, thinned

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
    """A picture in a palette (`image`, P), beside the `plate` in true colours, RGB or RGBA.

    Nearest colours are looked for among those of `compared`, which are opaque, and have these `indices` in `image`. For
    each ink on what is clear, `opacities` has the index that is nearest to it in each opacity.
    """

    plate: Canvas
    image: Image.Image
    compared: Image.Image
    indices: bytes
    opacities: Mapping[Shade, bytes]

    @classmethod
    def of(cls, plate: Canvas, strokes: Sequence[Stroke]) -> Self | None:
        """The plate, ready to be painted on with these strokes; None where it needs its true colours."""
        seen = [(_grounds(plate.image, area), inks) for area, inks in strokes]
        plain = list(dict.fromkeys(color for grounds, inks in seen for color in covered(grounds[:PLAIN], inks)))
        own = PALETTE - len(plain) - LEAST_SHADES
        few = in_palette(plate.image, own, carefully=True) if own >= LEAST_SHADES else None
        if few is None:
            return None
        image, mode = _shifted(few, by=len(plain)), plate.image.mode
        colors = [*plain, *_colors(few, mode)]
        mixed = [shade for grounds, inks in seen for shade in shades(grounds, inks)]
        colors += thinned(mixed, PALETTE - len(colors))
        image.putpalette(list(chain.from_iterable(colors)), mode)
        opaque = [index for index, color in enumerate(colors) if color[3:] in ((), (OPAQUE,))]
        compared = Image.new("P", (1, 1))
        compared.putpalette([band & COMPARED for index in opaque or [0] for band in colors[index][:3]])
        inks: set[Shade] = {ink[:3] for _, several in strokes for ink in several} if mode == "RGBA" else set()
        opacities = {ink: _in_each_opacity(ink, colors) for ink in inks}
        return cls(plate, image, compared, bytes(opaque).ljust(PALETTE, b"\0"), opacities)

    def painted(self, canvases: Iterable[Canvas], top: int, bottom: int) -> Image.Image | None:
        """These rows in the palette (P), with what was painted on parts of them; None if that would look different."""
        rows = self.image.crop((0, top, self.image.width, bottom))
        return rows if all(self._paint(rows, canvas, top) for canvas in canvases) else None

    def _paint(self, rows: Image.Image, canvas: Canvas, top: int) -> bool:
        """Take over what is painted on that part of the rows, which begin at `top`; whether it looks the same."""
        below = self.plate.image.crop(canvas.area)
        changes = ImageChops.difference(canvas.image, below)
        within = changes.getbbox(alpha_only=False)
        if within is None:
            return True
        changed, meant = _any_band(changes.crop(within)).point(CHANGED), canvas.image.crop(within)
        nearest = self._nearest(meant, below.crop(within), changed)
        if nearest is None:
            return False
        left, upper = canvas.left + within[0], canvas.top + within[1] - top
        rows.paste(nearest, (left, upper), changed)
        taken = rows.crop((left, upper, left + meant.width, upper + meant.height))
        return near(taken.convert(meant.mode), meant, LETTERED, changed)

    def _nearest(self, meant: Image.Image, below: Image.Image, changed: Image.Image) -> Image.Image | None:
        """The nearest indices (P) for what is meant, as far as it is changed; None if there are none."""
        if meant.mode == "RGB":
            return meant.quantize(palette=self.compared, dither=Image.Dither.NONE)
        if not any(meant.getchannel("A").histogram(changed)[:OPAQUE]):
            nearest = meant.convert("RGB").quantize(palette=self.compared, dither=Image.Dither.NONE).tobytes()
            return Image.frombytes("P", meant.size, nearest.translate(self.indices))
        opacities = self.opacities.get(_only_ink(meant, changed) or ())
        if opacities is None or any(below.getchannel("A").histogram(changed)[1:]):
            return None
        return Image.frombytes("P", meant.size, meant.getchannel("A").tobytes().translate(opacities))


def _grounds(image: Image.Image, area: Area) -> list[Shade]:
    """The colours of a picture in this area, as far as a sample tells, the most frequent first."""
    sample = image.crop(area).resize((SAMPLE, SAMPLE), Image.Resampling.NEAREST)
    counted: list[tuple[int, Shade]] = sample.getcolors(SAMPLE * SAMPLE)  # type: ignore[assignment]  # never too many
    return [color for _, color in sorted(counted, reverse=True)]


def _shifted(image: Image.Image, by: int) -> Image.Image:
    """The same indices, each so much higher."""
    table = bytes((index + by) % PALETTE for index in range(PALETTE))
    return Image.frombytes("P", image.size, image.tobytes().translate(table))


def _colors(image: Image.Image, mode: str) -> list[Shade]:
    """The colours of a palette in that mode, RGB or RGBA."""
    bands = iter(image.getpalette(mode) or [])
    return list(zip(*[bands] * len(mode), strict=True))


def _in_each_opacity(ink: Shade, colors: Sequence[Shade]) -> bytes:
    """For each opacity the index of this ink in the nearest one; any index where it lies on nothing that is clear."""
    known = [(color[3], index) for index, color in enumerate(colors) if color[:3] == ink] or [(0, 0)]
    return bytes(min(known, key=lambda one: abs(one[0] - opacity))[1] for opacity in range(OPAQUE + 1))


def _any_band(changes: Image.Image) -> Image.Image:
    """How far any band has changed (L)."""
    return changes.convert("L") if changes.mode == "RGB" else reduce(ImageChops.lighter, changes.split())


def _only_ink(meant: Image.Image, changed: Image.Image) -> Shade | None:
    """The one colour, in whatever opacity, that everything has which is changed; None if there are several."""
    seen = meant.convert("RGB").histogram(changed)
    bands = [[level for level in range(OPAQUE + 1) if seen[start + level]] for start in (0, 256, 512)]
    return tuple(levels[0] for levels in bands) if all(len(levels) == 1 for levels in bands) else None
