"""JPEG in rows: a picture whose rows of blocks can be exchanged without encoding the others again.

Every row of 16 pixels ends in a restart marker (ITU-T T.81, B.2.1 and E.1.4): it depends on no other row, so rows of
one encoding may stand beside rows of another with the same tables. The bytes are those that encoding the whole picture
would give; a personal line of words costs only its own rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

LEAST, STEP = 46, 6
"""The quality below which blocks are seen even at 2×, and how far apart those are that are tried."""
ROW = 16
"""Pixels in a row of blocks: 4:2:0 takes 16 by 16 at a time."""
DPI = (96, 96)
START_OF_SCAN = 0xDA
END = b"\xff\xd9"
RESTART = re.compile(rb"\xff[\xd0-\xd7]")
RESTARTS = tuple(bytes((0xFF, 0xD0 + number)) for number in range(8))


@dataclass(frozen=True, slots=True)
class Rows:
    """A JPEG cut at its restart markers: everything before the first row, then the rows."""

    head: bytes
    rows: tuple[bytes, ...]

    def joined(self) -> bytes:
        """The whole file."""
        parts = [self.head, self.rows[0]]
        for number, row in enumerate(self.rows[1:]):
            parts += (RESTARTS[number % 8], row)
        parts.append(END)
        return b"".join(parts)

    def exchanged(self, strip: bytes, *, first: int) -> Rows:
        """The same with the rows of `strip` from `first` on: what `jpeg` wrote of them, in the same quality."""
        rows = _rows(strip, len(self.head))  # equal tables, so an equally long head
        return Rows(self.head, (*self.rows[:first], *rows, *self.rows[first + len(rows) :]))


def jpeg(image: Image.Image, quality: int) -> bytes:
    """An RGB picture as baseline JPEG, 4:2:0, at 96 dpi, with a restart marker after every row."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:0", dpi=DPI, restart_marker_rows=1)
    return out.getvalue()


def within(image: Image.Image, quality: int, most: int) -> tuple[bytes, int]:
    """The best JPEG of at most so many bytes, from that quality down, and its quality; else the least good one."""
    qualities = range(quality, LEAST - 1, -STEP)
    made: dict[int, bytes] = {}

    def fits(place: int) -> bool:
        made[place] = jpeg(image, qualities[place])
        return len(made[place]) <= most

    # Mostly the first fits. Else by halving: a lesser quality is never larger by more than a trifle.
    best = 0 if len(qualities) < 2 or fits(0) else bisect_left(range(1, len(qualities) - 1), True, key=fits) + 1
    return made.get(best) or jpeg(image, qualities[best]), qualities[best]


def cut(encoded: bytes) -> Rows:
    """What `jpeg` wrote, in rows."""
    at = 2  # behind the start-of-image marker stand segments: marker, length, content
    while True:
        marker, length = encoded[at + 1], int.from_bytes(encoded[at + 2 : at + 4])
        at += 2 + length
        if marker == START_OF_SCAN:
            return Rows(encoded[:at], _rows(encoded, at))


def _rows(encoded: bytes, start: int) -> tuple[bytes, ...]:
    return tuple(RESTART.split(encoded[start : -len(END)]))
