"""A symbol's modules in device pixels: what is dark of a code in its box, its caption, the cross of a void one.

A module is at least one CSS pixel wide, 0.26 mm, the least that GS1 takes at tills, and never a single device pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from PIL import Image

from app.render.boxes import Area
from app.render.inking import Style
from app.render.layers.lettering import Stamp
from app.render.layers.masks import SOLID, stroke
from app.render.symbols import Symbol
from app.render.typeset import Room, Typesetter

FINEST = 2
"""Device pixels of a module at the least: of modules of one pixel readers lose the grid."""
LOWEST, EDGE = 20, 2
"""Modules: how high bars are at the least, and what stays free above them, and below where there is no caption."""
CAPTION, LETTERS, GAP = 11, 9, 1
"""Modules: what a caption takes below the bars, its letters, and what stays free above them."""
DIGITS = 0.72
"""The height of digits as a share of the size."""
STYLE = Style("Noto Sans", tabular=True)
GUARDS, DESCENT = ((0, 3), (45, 50), (92, 95)), 5
"""The bars of an EAN-13 that stand between its digits, and how far they reach down between them."""
GROUPS = ((-10, 1), (3, 45), (50, 92))
"""Where its digits stand: one in front, six below either half."""
BAND, LINE = 0.2, 0.08
"""How wide the cross of a void code is, and the lines inside it, as a share of the shorter side.

Its arms run through what readers look for first (finders, the bull's eye, the guards), and together they take more
than any correction gives back."""


class Grid(NamedTuple):
    """Device pixels for one module, where the symbol stands in its box, and how far down its bars go."""

    module: int
    symbol: Area
    foot: int


def inked(
    symbol: Symbol, size: tuple[int, int], scale: float, type: Typesetter | None, *, void: bool = False
) -> Image.Image:
    """What is dark in a box of that size in device pixels (L); without a typesetter bars have no caption.

    Raises ValueError where modules would be too small.
    """
    captioned = symbol.make.bars and type is not None
    grid = _grid(symbol, size, scale, captioned=captioned)
    left, top, right, _ = grid.symbol
    mask = Image.new("L", size, 0)
    mask.paste(symbol.modules.resize((right - left, grid.foot - top), Image.Resampling.NEAREST), (left, top))
    if captioned and type is not None:
        for stamp in _captions(symbol, grid, type, mask):
            mask.paste(SOLID, stamp.extent, stamp.mask)
    if void:
        _cross_out(mask, grid.symbol)
    return mask


def _grid(symbol: Symbol, size: tuple[int, int], scale: float, *, captioned: bool) -> Grid:
    make, (wide, high) = symbol.make, symbol.modules.size
    below = CAPTION if captioned else EDGE
    across = make.left + wide + make.right
    down = EDGE + LOWEST + below if make.bars else make.left + high + make.right
    module, least = min(size[0] // across, size[1] // down), max(FINEST, ceil(scale))
    if module < least:
        needed = f"{ceil(across * least / scale)} × {ceil(down * least / scale)}"
        raise ValueError(
            f"the code would be too fine to be read; give its box {needed} CSS pixels, or shorten the text"
        )
    left = (size[0] - across * module) // 2 + make.left * module
    if make.bars:
        return Grid(module, Area(left, EDGE * module, left + wide * module, size[1]), size[1] - below * module)
    top = (size[1] - down * module) // 2 + make.left * module
    return Grid(module, Area(left, top, left + wide * module, top + high * module), top + high * module)


def _captions(symbol: Symbol, grid: Grid, type: Typesetter, mask: Image.Image) -> Iterator[Stamp]:
    """The caption; below an EAN-13 its digits in groups, with the guards reaching down between them."""
    left, foot, module = grid.symbol.left, grid.foot, grid.module
    if symbol.make.name != "EAN-13":
        yield from _line(symbol.text, Area(0, foot, mask.width, mask.height), module, type)
        return
    for start, end in GUARDS:
        guard = mask.crop((left + start * module, foot - 1, left + end * module, foot))
        mask.paste(guard.resize((guard.width, DESCENT * module)), (left + start * module, foot))
    for digits, (start, end) in zip((symbol.text[:1], symbol.text[1:7], symbol.text[7:]), GROUPS, strict=True):
        place = Area(left + start * module, foot, left + end * module, mask.height)
        yield from _line(digits, place, module, type)


def _line(text: str, place: Area, module: int, type: Typesetter) -> Iterator[Stamp]:
    """Letters in the middle of a place."""
    size = LETTERS * module
    setting = type.setting(text, STYLE, Room(*place.size, size, size // 2, 1.0, wrap=False))
    baseline = place.top + GAP * module + round(DIGITS * setting.size)
    for row in setting.lines:
        start = place.left + (place.size[0] - row.width * setting.size) / 2
        for word, offset in row.words:
            stamp = Stamp.of(type.mask(word, STYLE, setting.size), round(start + offset * setting.size), baseline)
            if stamp is not None:
                yield stamp


def _cross_out(mask: Image.Image, where: Area) -> None:
    """Take away what lies below the arms of a cross, and draw its lines."""
    (width, height), shorter = where.size, min(where.size)
    for ink, share in ((0, BAND), (SOLID, LINE)):
        for start, end in (((0, 0), (width, height)), ((0, height), (width, 0))):
            mask.paste(ink, where, stroke(where.size, start, end, share * shorter))
