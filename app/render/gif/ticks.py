"""Ticks: what changes from one second to the next, as one block each.

Time that runs down changes a cell by one, and all cells behind it from 0 to their highest value, so there are few
different ticks: one for each cell and value. A block covers the changed pixels' rectangle alone. It may not show what
it does not know: where another cell stands in its rectangle, it is transparent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, Self

from PIL import Image, ImageChops

from app.render.boxes import Area
from app.render.gif.blocks import TRANSPARENT, picture
from app.render.gif.scene import Cell


class Turn(NamedTuple):
    """The ticks at which one cell goes from value to value, and those behind it begin again; none for 0."""

    step: int
    blocks: tuple[bytes, ...]


class Ticks(NamedTuple):
    """Every tick of a scene; those of the last cell as one descent from its highest value to 0, cut where wanted."""

    turns: tuple[Turn, ...]
    descent: bytes
    starts: tuple[int, ...]

    @classmethod
    def of(cls, ground: Image.Image, cells: Sequence[Cell]) -> Self:
        """The ticks of these cells, which are indices as the ground is."""
        *slow, fast = (
            Turn(cell.step, tuple(_tick(ground, cells, place, value) for value in range(len(cell.pictures))))
            for place, cell in enumerate(cells)
        )
        descent = fast.blocks[::-1]
        starts = tuple(accumulate(map(len, descent), initial=0))
        return cls(tuple(reversed(slow)), b"".join(descent), tuple(reversed(starts[:-1])))

    def parts(self, left: int, number: int) -> Iterator[bytes | memoryview]:
        """So many ticks from that second on."""
        descent = memoryview(self.descent)
        while number:
            value = left % len(self.starts)
            if value:
                passed = min(value, number)
                yield descent[self.starts[value] : self.starts[value - passed]]
            else:
                passed = 1
                yield self._turn(left)
            left, number = left - passed, number - passed

    def _turn(self, left: int) -> bytes:
        """The tick of the fastest cell that is not at 0 yet."""
        return next(block for turn in self.turns if (block := turn.blocks[left // turn.step % len(turn.blocks)]))


def _tick(ground: Image.Image, cells: Sequence[Cell], place: int, value: int) -> bytes:
    """The tick at which the cell at that place leaves that value."""
    if value == 0:
        return b""
    turning = cells[place:]
    before = _shown(ground, turning, [value] + [0] * len(turning[1:]))
    after = _shown(ground, turning, [value - 1] + [len(cell.pictures) - 1 for cell in turning[1:]])
    changed = ImageChops.difference(before, after)
    area = Area(*(changed.getbbox() or (0, 0, 1, 1)))
    whole = after.crop(area)
    holes = Image.new("L", area.size, TRANSPARENT)
    holes.paste(whole, (0, 0), changed.crop(area).point([0] + [255] * 255))
    blocks = [picture(holes, area[:2], see_through=True)]
    if not any(area.meets(cell.area) for cell in cells[:place]):
        blocks.append(picture(whole, area[:2]))
    return min(blocks, key=len)


def _shown(ground: Image.Image, cells: Sequence[Cell], values: Sequence[int]) -> Image.Image:
    shown = ground.copy()
    for cell, value in zip(cells, values, strict=True):
        cell.show(value, shown)
    return shown
