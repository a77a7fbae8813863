"""One palette for everything that can be seen in a countdown.

Its colours are taken from a contact sheet of all pictures, so equal pixels have equal indices wherever they stand, and
frames can be put together from pieces. The same pictures give the same palette.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import dist
from typing import Self

from PIL import Image

from app.render.gif.blocks import COLORS, TRANSPARENT
from app.render.palettes import standing_for

RGB = tuple[int, int, int]

OPAQUE = COLORS - 1
BEHIND_TRANSPARENT = bytes(min(TRANSPARENT + 1 + index, 255) for index in range(256))
LONE = 8
"""So many go to colours that are far from all others, as a small red word is."""
MANY = 1 << 14
"""Hardly any countdown has more colours."""
COMPARED = 0xFC
"""Pillow compares colours by their upper six bits: two that are alike in these are one to it."""


class Palette:
    """At most 63 colours, the most frequent first, behind the transparent one."""

    def __init__(self, colors: Sequence[RGB]) -> None:
        self.colors = tuple(colors)
        self._compared = Image.new("P", (1, 1))
        self._compared.putpalette([band for color in colors for band in _compared(color)])

    @classmethod
    def of(cls, pictures: Iterable[Image.Image]) -> Self:
        """The palette for these RGB pictures."""
        colors: dict[RGB, RGB] = {}
        for color in _clustered(_contact_sheet(pictures)):
            colors.setdefault(_compared(color), color)
        return cls(tuple(colors.values()))

    @property
    def table(self) -> bytes:
        """The colours as they stand in the head of a file."""
        opaque = bytes(band for color in self.colors for band in color)
        return (bytes(3) + opaque).ljust(3 * COLORS, b"\0")

    def indices(self, picture: Image.Image) -> Image.Image:
        """An RGB picture as indices (L), each pixel by itself: the nearest colour, no dithering."""
        nearest = picture.quantize(palette=self._compared, dither=Image.Dither.NONE).tobytes()
        return Image.frombytes("L", picture.size, nearest.translate(BEHIND_TRANSPARENT))


def _contact_sheet(pictures: Iterable[Image.Image]) -> Image.Image:
    """Every pixel of them, in one row."""
    pixels = b"".join(picture.tobytes() for picture in pictures)
    return Image.frombytes("RGB", (len(pixels) // 3, 1), pixels)


def _clustered(sheet: Image.Image) -> Iterator[RGB]:
    """What stands for the colours of the sheet, the most frequent first: flat grounds stay exactly as they are."""
    few = sheet.quantize(OPAQUE - LONE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    counted, means = _counted(sheet), [color for _, color in _counted(few)]
    for _ in range(LONE):
        means.append(_farthest(counted, means))
    clusters: defaultdict[int, list[tuple[int, RGB]]] = defaultdict(list)
    for one, index in zip(counted, _nearest(counted, means), strict=True):
        clusters[index].append(one)
    for cluster in sorted(clusters.values(), key=_pixels, reverse=True):
        red, green, blue = standing_for(cluster)
        yield red, green, blue


def _nearest(counted: list[tuple[int, RGB]], means: list[RGB]) -> bytes:
    """For each colour the place of the mean that is nearest to it, as painted."""
    shades = Image.new("RGB", (len(counted), 1))
    shades.putdata([color for _, color in counted])
    return bytes(index - TRANSPARENT - 1 for index in Palette(means).indices(shades).tobytes())


def _farthest(counted: list[tuple[int, RGB]], means: list[RGB]) -> RGB:
    """The colour whose pixels would be painted most wrongly."""
    nearest = zip(counted, _nearest(counted, means), strict=True)
    wrong = (count * dist(_compared(color), _compared(means[at])) ** 2 for (count, color), at in nearest)
    return max(zip(wrong, counted, strict=True))[1][1]


def _counted(row: Image.Image) -> list[tuple[int, RGB]]:
    """Every colour with the number of its pixels."""
    most, counted = MANY, None
    while counted is None:  # Pillow makes room for as many as it may find: 67 MB, if every pixel had its own
        counted = row.getcolors(most)
        most *= 4
    return counted  # type: ignore[return-value]  # RGB


def _pixels(cluster: list[tuple[int, RGB]]) -> int:
    return sum(count for count, _ in cluster)


def _compared(color: RGB) -> RGB:
    red, green, blue = (band & COMPARED for band in color)
    return red, green, blue
