"""The last frame: the deadline in words, which stays true as long as somebody looks.

Words and the ground beside them are encoded ahead, row by row, so a sentence that nobody has said before costs as
little as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, Self

from PIL import Image, ImageChops

from app.render.boxes import Area
from app.render.gif.blocks import opening
from app.render.gif.palette import Palette
from app.render.gif.rows import ENDING, Column, Pieces, side_by_side
from app.render.gif.scene import Rest


class Word(NamedTuple):
    """A word, or whatever else is said in one go."""

    width: int
    rows: Column


class Resting(NamedTuple):
    """What changes around the band, what can be said in it, and the band's colour in every width up to its own."""

    above: bytes
    before: Column
    words: dict[str, Word]
    flat: tuple[bytes, ...]
    behind: Column
    below: bytes

    @classmethod
    def of(cls, rest: Rest, where: Area, palette: Palette, pieces: Pieces) -> Self:
        """The rest of a scene, in the colours of that palette; nothing changes but `where`."""
        plate = palette.indices(rest.plate.crop(where))
        left, top, right, _ = rest.band.seen_from(where)
        color = plate.crop((left, top, left + 1, top + 1)).tobytes()
        words = {written: palette.indices(word) for written, word in rest.words.items()}
        first, last = _inked(words.values(), color[0])
        above, below = top + first, top + last
        return cls(
            above=opening(plate.size, where[:2]) + pieces.lines(plate, 0, above),
            before=pieces.column(plate, Area(0, above, left, below)),
            words={
                written: Word(word.width, pieces.column(word, Area(0, first, word.width, last)))
                for written, word in words.items()
            },
            flat=tuple(pieces.piece(color * width) for width in range(right - left + 1)),
            behind=pieces.column(plate, Area(right, above, plate.width, below)),
            below=pieces.lines(plate, below, plate.height) + ENDING,
        )

    def parts(self, sentence: Sequence[str]) -> list[bytes]:
        """The frame with these words. Raises KeyError for an unknown word, ValueError where they find no room."""
        words = [self.words[written] for written in sentence]
        free = len(self.flat) - 1 - sum(word.width for word in words)
        if free < 0:
            raise ValueError(f"{' '.join(sentence)!r} is {-free} pixels wider than its band: draw the words smaller")
        left, right = repeat(self.flat[free // 2]), repeat(self.flat[free - free // 2])
        columns = (self.before, left, *(word.rows for word in words), right, self.behind)
        return [self.above, *side_by_side(columns), self.below]


def _inked(words: Iterable[Image.Image], color: int) -> tuple[int, int]:
    """The first row in which one of them is not empty, and the one behind the last."""
    drawn = (ImageChops.difference(word, Image.new("L", word.size, color)).getbbox() for word in words)
    boxes = [box for box in drawn if box]
    return min((box[1] for box in boxes), default=0), max((box[3] for box in boxes), default=1)
