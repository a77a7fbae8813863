"""Pictures in 256 colours: whether they look the same so, and in which colours.

Flat art does: few colours, and the shades on edges and letters between them. Photographs and long gradients do not;
nobody should see steps in them, so they keep their true colours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import mul
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from app.render.canvas import OPAQUE
from app.render.colors import Color

Rgb = tuple[int, int, int]

FLAT_COLORS: Final = 4096
"""More colours than that are a photograph; counting stops there, so a photograph costs nothing."""
PALETTE: Final = 256
NEAR: Final = 24
"""A pixel further off than this in any band would be seen, if there were many of them."""
STEPS: Final = 8
"""How many shades lie between an ink that covers and what is below it: enough for the edges of letters."""


class Tolerance(NamedTuple):
    """By how many levels of a band all pixels may be off, in the mean, and what share of them may be far off."""

    mean: float
    far: float


SMOOTH: Final = Tolerance(1.0, 0.001)
"""Where smooth areas must not get steps."""
LETTERED: Final = Tolerance(2.5, 0.005)
"""Where there is hardly more than edges."""


def in_palette(image: Image.Image, colors: int = PALETTE) -> Image.Image | None:
    """An RGB or RGBA picture in at most so many colours (P), if nobody would see the difference."""
    counted = image.getcolors(FLAT_COLORS)
    if counted is None:
        return None
    if len(counted) == 1:
        return _of_one_color(image)
    few = quantized(image, min(len(counted), colors))
    return few if near(few.convert(image.mode), image) else None


def near(
    shown: Image.Image, meant: Image.Image, tolerance: Tolerance = SMOOTH, where: Image.Image | None = None
) -> bool:
    """Whether nobody would see the difference of two pictures of one mode and size; it is looked for in a mask."""
    differences = ImageChops.difference(shown, meant).histogram(where)
    pixels = meant.width * meant.height
    bands = [differences[start : start + 256] for start in range(0, len(differences), 256)]
    return all(
        sum(band[NEAR:]) <= tolerance.far * pixels and sum(map(mul, band, range(256))) <= tolerance.mean * pixels
        for band in bands
    )


def quantized(image: Image.Image, colors: int) -> Image.Image:
    """Flat art in at most so many colours, without dithering; what fills large parts of an opaque one stays exact.

    Maximum coverage bounds how far off any pixel is. Median cut spends its colours where many pixels are, and
    leaves the edges of small things 50 levels off.
    """
    if image.mode != "RGB":
        return image.quantize(colors, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few = image.quantize(colors, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    counted: list[tuple[int, tuple[int, int, int, int]]]
    counted = _beside(image, few).getcolors(FLAT_COLORS)  # type: ignore[assignment]  # it is flat
    clusters = defaultdict[int, list[tuple[int, Rgb]]](list)
    for count, (red, green, blue, index) in counted:
        clusters[index].append((count, (red, green, blue)))
    palette = few.getpalette() or []
    for index, cluster in clusters.items():
        palette[3 * index : 3 * index + 3] = standing_for(cluster)
    few.putpalette(palette)
    return few


def standing_for(cluster: Sequence[tuple[int, Rgb]]) -> Rgb:
    """Of colours with the number of their pixels the one that most pixels have, else the mean of all."""
    pixels, (count, color) = sum(count for count, _ in cluster), max(cluster)
    if 2 * count >= pixels:
        return color
    red, green, blue = (round(sum(count * color[band] for count, color in cluster) / pixels) for band in range(3))
    return red, green, blue


def dithered(image: Image.Image, colors: int) -> Image.Image:
    """A photograph in few colours, which are taken from a quarter of its size."""
    smaller = image.reduce(4) if min(image.size) >= 16 else image
    few = smaller.quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return image.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG)


def covered(grounds: Sequence[Rgb], inks: Iterable[Color]) -> list[Rgb]:
    """What is seen where these inks cover these grounds as far as they can."""
    return [_mixed(below, ink, ink[3] / OPAQUE) for ink in inks for below in grounds]


def shades(grounds: Iterable[Rgb], inks: Iterable[Color]) -> list[Rgb]:
    """What may be seen where inks cover these grounds more or less; the last lies on top, as letters on a shadow."""
    found = list(grounds)
    for ink in inks:
        shares = [ink[3] / OPAQUE * step / STEPS for step in range(STEPS + 1)]
        found = thinned([_mixed(below, ink, share) for share in shares for below in found], PALETTE)
    return found


def thinned(colors: Iterable[Rgb], most: int) -> list[Rgb]:
    """At most so many colours that stand for these: the mean in each cell of a grid, which is as fine as it can be."""
    cells: dict[Rgb, list[Rgb]] = {color: [color] for color in colors}
    while len(cells) > most:
        coarser = defaultdict[Rgb, list[Rgb]](list)
        for (red, green, blue), members in cells.items():
            coarser[red >> 1, green >> 1, blue >> 1] += members
        cells = coarser
    return [_mean(members) for members in cells.values()]


def _beside(image: Image.Image, few: Image.Image) -> Image.Image:
    """The picture with the indices that its pixels have in the palette as a fourth band."""
    return Image.merge("RGBA", (*image.split(), Image.frombytes("L", few.size, few.tobytes())))


def _mean(colors: list[Rgb]) -> Rgb:
    red, green, blue = (round(sum(band) / len(colors)) for band in zip(*colors, strict=True))
    return red, green, blue


def _mixed(below: Rgb, ink: Color, share: float) -> Rgb:
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(below, ink, strict=False))
    return red, green, blue


def _of_one_color(image: Image.Image) -> Image.Image:
    """Without looking at each pixel: pictures that show nothing stand in for others at every start."""
    plain = Image.new("P", image.size, 0)
    plain.putpalette(image.crop((0, 0, 1, 1)).tobytes(), image.mode)
    return plain
