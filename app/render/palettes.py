"""Pictures in 256 colours: whether they look the same so, and in which colours.

Flat art does: few colours, and the shades on edges and letters between them. Photographs and long gradients do not;
nobody should see steps in them, so they keep their true colours.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import mul
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from app.render.canvas import OPAQUE
from app.render.colors import Color

Shade = tuple[int, ...]
"""Red, green, blue, and in pictures that let through the opacity; not premultiplied."""

FLAT_COLORS: Final = 4096
"""More colours than that are a photograph; counting stops there, so a photograph costs nothing."""
PALETTE: Final = 256
NEAR: Final = 24
"""A pixel further off than this in any band would be seen, if there were many of them."""
CAREFULLY: Final = 1 << 21
"""Pixels of a picture that is worth it: of a larger one no plate may be kept, so that each open would pay for it."""
STEP: Final = 1.6
"""By how many levels of a band pixels that are off may be so in the mean, before a smooth area shows steps."""
STEPS, STEPS_ON_CLEAR = 8, 32
"""How many shades lie between an ink that covers and what is below it: enough for the edges of letters."""


class Tolerance(NamedTuple):
    """By how many levels of a band all pixels may be off, in the mean, and what share of them may be far off."""

    mean: float
    far: float


SMOOTH: Final = Tolerance(1.0, 0.001)
"""Where smooth areas must not get steps."""
LETTERED: Final = Tolerance(2.5, 0.005)
"""Where there is hardly more than edges."""


def in_palette(image: Image.Image, colors: int = PALETTE, *, carefully: bool = False) -> Image.Image | None:
    """An RGB or RGBA picture in at most so many colours (P), if nobody would see the difference.

    What lets through is looked at `carefully` where it is worth ten times as long, which is once a plate.
    """
    counted = image.getcolors(FLAT_COLORS)
    if counted is None:
        return None
    if len(counted) == 1:
        return _of_one_color(image)
    if image.mode == "RGBA" and carefully and image.width * image.height <= CAREFULLY:
        few = _sheer(image, min(len(counted), colors))
        shown = few.convert("RGBA")
        return few if near(shown, image) and _even(shown, image) else None
    few = quantized(image, min(len(counted), colors))
    return few if near(few.convert(image.mode), image) else None


def near(
    shown: Image.Image, meant: Image.Image, tolerance: Tolerance = SMOOTH, where: Image.Image | None = None
) -> bool:
    """Whether nobody would see the difference of two pictures of one mode and size; it is looked for in a mask."""
    pixels = meant.width * meant.height
    return all(
        sum(band[NEAR:]) <= tolerance.far * pixels and _levels(band) <= tolerance.mean * pixels
        for band in _differences(shown, meant, where)
    )


def _even(shown: Image.Image, meant: Image.Image) -> bool:
    """Whether what is off is so by next to nothing: large grounds that are exact must not hide steps in a shadow."""
    return all(_levels(band) <= STEP * sum(band[1:]) for band in _differences(shown, meant))


def _differences(shown: Image.Image, meant: Image.Image, where: Image.Image | None = None) -> list[list[int]]:
    """For each band how many pixels are off by how many levels."""
    counted = ImageChops.difference(shown, meant).histogram(where)
    return [counted[start : start + 256] for start in range(0, len(counted), 256)]


def _levels(band: list[int]) -> int:
    return sum(map(mul, band, range(256)))


def quantized(image: Image.Image, colors: int) -> Image.Image:
    """Flat art in at most so many colours, without dithering; what fills large parts of an opaque one stays exact.

    Maximum coverage bounds how far off any pixel is, and may leave steps in what is smooth. Median cut spends its
    colours where many pixels are, and leaves the edges of small things 50 levels off.
    """
    if image.mode != "RGB":
        return image.quantize(colors, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few = _covering(image, colors)
    if _even(few.convert("RGB"), image):
        return few
    return image.quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def standing_for(cluster: Sequence[tuple[int, Shade]]) -> Shade:
    """Of colours with the number of their pixels the one that most pixels have, else the mean of all."""
    pixels, (count, color) = sum(count for count, _ in cluster), max(cluster)
    if 2 * count >= pixels:
        return color
    bands = range(len(color))
    return tuple(round(sum(count * color[band] for count, color in cluster) / pixels) for band in bands)


def dithered(image: Image.Image, colors: int) -> Image.Image:
    """A photograph in few colours, which are taken from a quarter of its size."""
    smaller = image.reduce(4) if min(image.size) >= 16 else image
    few = smaller.quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return image.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG)


def covered(grounds: Sequence[Shade], inks: Iterable[Color]) -> list[Shade]:
    """What is seen where these inks cover these grounds as far as they can."""
    return [_mixed(below, ink, ink[3] / OPAQUE) for ink in inks for below in grounds]


def shades(grounds: Iterable[Shade], inks: Iterable[Color]) -> list[Shade]:
    """What may be seen where inks cover these grounds more or less; the last lies on top, as letters on a shadow."""
    found = list(grounds)
    for ink in inks:
        found = thinned([_mixed(below, ink, share) for below in found for share in _shares(below, ink)], PALETTE)
    return found


def thinned(colors: Iterable[Shade], most: int) -> list[Shade]:
    """At most so many colours that stand for these: the mean in each cell of a grid, which is as fine as it can be."""
    return [_mean(members) for members in _cells(colors, most)]


def _covering(image: Image.Image, colors: int) -> Image.Image:
    """By maximum coverage; each colour is then the one that most of its pixels have."""
    few = image.quantize(colors, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    counted: list[tuple[int, tuple[int, int, int, int]]]
    counted = _beside(image, few).getcolors(FLAT_COLORS)  # type: ignore[assignment]  # it is flat
    clusters = defaultdict[int, list[tuple[int, Shade]]](list)
    for count, (*color, index) in counted:
        clusters[index].append((count, tuple(color)))
    palette = few.getpalette() or []
    for index, cluster in clusters.items():
        palette[3 * index : 3 * index + 3] = standing_for(cluster)
    few.putpalette(palette)
    return few


def _beside(image: Image.Image, few: Image.Image) -> Image.Image:
    """The picture with the indices that its pixels have in the palette as a fourth band."""
    return Image.merge("RGBA", (*image.split(), Image.frombytes("L", few.size, few.tobytes())))


def _sheer(image: Image.Image, colors: int) -> Image.Image:
    """By a grid over colour and opacity: of what lets through Pillow only makes an octree, 30 levels off at edges."""
    counts: dict[Shade, int]
    counts = {color: count for count, color in image.getcolors(FLAT_COLORS)}  # type: ignore[union-attr, misc]  # flat
    clusters = _cells(counts, colors)
    table = {_packed(color): index for index, cluster in enumerate(clusters) for color in cluster}
    pixels, width = memoryview(image.tobytes()).cast("I"), image.width
    rows = (pixels[start : start + width] for start in range(0, len(pixels), width))
    # Row by row: the interpreter is let go of between two, not within one.
    few = Image.frombytes("P", image.size, b"".join([bytes(map(table.__getitem__, row)) for row in rows]))
    standing = (standing_for([(counts[color], color) for color in cluster]) for cluster in clusters)
    few.putpalette(list(chain.from_iterable(standing)), "RGBA")
    return few


def _packed(color: Shade) -> int:
    """As its four bytes stand in a picture that is read four bytes at a time."""
    return int.from_bytes(bytes(color), sys.byteorder)


def _cells(colors: Iterable[Shade], most: int) -> list[list[Shade]]:
    """These colours, each once, in at most so many cells of a grid, which is as fine as it can be."""
    cells: dict[Shade, list[Shade]] = {color: [color] for color in colors}
    while len(cells) > most:
        coarser = defaultdict[Shade, list[Shade]](list)
        for color, members in cells.items():
            coarser[tuple(band >> 1 for band in color)] += members
        cells = coarser
    return list(cells.values())


def _mean(colors: list[Shade]) -> Shade:
    return tuple(round(sum(band) / len(colors)) for band in zip(*colors, strict=True))


def _is_clear(color: Shade) -> bool:
    """Whether nothing of it is seen."""
    return color[3:] == (0,)


def _shares(below: Shade, ink: Color) -> list[float]:
    """How far an ink may cover, more finely where it covers nothing that is seen."""
    steps = STEPS_ON_CLEAR if _is_clear(below) else STEPS
    return [ink[3] / OPAQUE * step / steps for step in range(steps + 1)]


def _mixed(below: Shade, ink: Color, share: float) -> Shade:
    """An ink over a colour (Porter and Duff's “over”)."""
    if len(below) == 3:
        return tuple(round(one + (other - one) * share) for one, other in zip(below, ink, strict=False))
    left = below[3] / OPAQUE * (1 - share)
    seen = left + share
    if not seen:
        return below
    bands = ((one * left + other * share) / seen for one, other in zip(below[:3], ink, strict=False))
    return (*map(round, bands), round(seen * OPAQUE))


def _of_one_color(image: Image.Image) -> Image.Image:
    """Without looking at each pixel: pictures that show nothing stand in for others at every start."""
    plain = Image.new("P", image.size, 0)
    plain.putpalette(image.crop((0, 0, 1, 1)).tobytes(), image.mode)
    return plain
