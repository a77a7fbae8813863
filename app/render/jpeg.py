"""JPEG in cells: a picture of which some can be exchanged without encoding the others again.

Every row of blocks is cut into equal cells, each behind a restart marker (ITU-T T.81, B.2.1 and E.1.4): a cell depends
on no other, so cells of one encoding may stand beside those of another with the same tables. The bytes are those that
encoding the whole picture would give; a personal line of words costs only the cells in which it stands.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from io import BytesIO
from itertools import cycle, islice, repeat
from typing import BinaryIO

from PIL import Image

from app.render.boxes import Area

FAIR, LEAST, STEP = 46, 40, 6
"""The quality below which blocks are seen even at 2×, that below which nothing goes, however heavy it is, and how far
apart those are that are tried.
"""
BLOCK = 16
"""The side of a block in pixels: 4:2:0 takes 16 by 16 at a time."""
NARROWEST, MOST_CELLS = 2, 400
"""Blocks in a cell at least, and cells in a picture at most: each costs two or three bytes, together a kilobyte. A row
is one cell at least.
"""
LARGE = 1 << 17
"""Pixels that take half a millisecond to encode, and more: beside that a file costs little."""
DPI = (96, 96)
START_OF_SCAN = 0xDA
END = b"\xff\xd9"
RESTART = re.compile(rb"\xff[\xd0-\xd7]")
RESTARTS = tuple(bytes((0xFF, 0xD0 + number)) for number in range(8))


@dataclass(frozen=True, slots=True)
class Cells:
    """A JPEG cut at its restart markers: everything before the first cell, then the cells, row by row.

    Each is `blocks` wide, and `across` of them make a row.
    """

    head: bytes
    cells: tuple[bytes, ...]
    blocks: int
    across: int

    def joined(self) -> bytes:
        """The whole file."""
        parts = [self.head, *repeat(b"", 2 * len(self.cells))]
        parts[1::2] = self.cells
        parts[2::2] = _ends(len(self.cells))
        return b"".join(parts)

    def around(self, area: Area) -> Area:
        """The pixels of all cells that an area touches, as far as the whole grid goes."""
        wide, rows = self.blocks * BLOCK, len(self.cells) // self.across
        left, right = max(area.left, 0) // wide, min(-(-area.right // wide), self.across)
        top, bottom = max(area.top, 0) // BLOCK, min(-(-area.bottom // BLOCK), rows)
        return Area(left * wide, top * BLOCK, right * wide, bottom * BLOCK)

    def exchanged(self, patch: Image.Image, quality: int, *, left: int, top: int) -> Cells:
        """The same with a patch (RGB) in that quality, whose corner is that of a cell and which ends where cells do."""
        encoded = jpeg(patch, quality, blocks=self.blocks)
        found = _cells(encoded, len(self.head))  # equal tables, so an equally long head
        wide = len(found) // -(-patch.height // BLOCK)
        cells, column = list(self.cells), left // (self.blocks * BLOCK)
        for number, row in enumerate(range(0, len(found), wide), top // BLOCK):
            start = number * self.across + column
            cells[start : start + wide] = found[row : row + wide]
        return replace(self, cells=tuple(cells))


def jpeg(image: Image.Image, quality: int, *, blocks: int | None = None) -> bytes:
    """An RGB picture as baseline JPEG, 4:2:0, at 96 dpi, in cells that are so many blocks wide.

    Pillow lets others have the interpreter only while it encodes into a file that the system knows: so a large picture
    goes into one in memory, where there are such.
    """
    blocks = blocks or cell(image.size)
    with _in_memory() if image.width * image.height >= LARGE else BytesIO() as out:
        image.save(out, "JPEG", quality=quality, subsampling="4:2:0", dpi=DPI, restart_marker_blocks=blocks)
        out.seek(0)
        return out.read()


def cell(size: tuple[int, int]) -> int:
    """How many blocks of a picture of that size in pixels make a cell: as few as divide a row, the whole at worst."""
    across, down = (-(-side // BLOCK) for side in size)
    least = max(NARROWEST, -(-across * down // MOST_CELLS))
    return next((blocks for blocks in range(least, across) if across % blocks == 0), across)


def within(image: Image.Image, quality: int, most: int, least: int = LEAST) -> tuple[bytes, int]:
    """The best JPEG of at most so many bytes, from that quality down, and its quality; else the `least` good one."""
    return best(partial(jpeg, image), quality, most, least)


def best(encoded: Callable[[int], bytes], quality: int, most: int, least: int = LEAST) -> tuple[bytes, int]:
    """The same of whatever is `encoded` in a quality."""
    qualities = range(quality, min(quality, least) - 1, -STEP)
    made: dict[int, bytes] = {}

    def fits(place: int) -> bool:
        made[place] = encoded(qualities[place])
        return len(made[place]) <= most

    # Mostly the first fits. Else by halving: a lesser quality is never larger by more than a trifle.
    found = 0 if len(qualities) < 2 or fits(0) else bisect_left(range(1, len(qualities) - 1), True, key=fits) + 1
    return made.get(found) or encoded(qualities[found]), qualities[found]


def cut(encoded: bytes, size: tuple[int, int]) -> Cells:
    """What `jpeg` wrote of a picture of that size in pixels, in cells."""
    at, blocks = 2, cell(size)  # behind the start-of-image marker stand segments: marker, length, content
    while True:
        marker, length = encoded[at + 1], int.from_bytes(encoded[at + 2 : at + 4])
        at += 2 + length
        if marker == START_OF_SCAN:
            return Cells(encoded[:at], _cells(encoded, at), blocks, -(-size[0] // BLOCK) // blocks)


def _in_memory() -> BinaryIO:
    """A file in memory that the system knows; one of Python's own where it makes none."""
    try:
        return os.fdopen(os.memfd_create("jpeg"), "w+b")  # type: ignore[attr-defined, unused-ignore]  # on Linux alone
    except (AttributeError, OSError):  # not in this build of Python, or there are no more files
        return BytesIO()


@lru_cache(maxsize=64)
def _ends(count: int) -> tuple[bytes, ...]:
    """What stands behind each of so many cells: eight markers in turn, and the end of the picture."""
    return (*islice(cycle(RESTARTS), count - 1), END)


def _cells(encoded: bytes, start: int) -> tuple[bytes, ...]:
    return tuple(RESTART.split(encoded[start : -len(END)]))
