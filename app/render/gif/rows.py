"""Rows of pictures as pieces of a GIF: what stands between two columns, encoded so that any row may stand beside it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PIL import Image

from app.render.boxes import Area
from app.render.gif import lzw
from app.render.gif.blocks import END_OF_PICTURE, sub_blocks

Column = tuple[bytes, ...]
"""One piece for each row, from above."""

ENDING = sub_blocks(bytes((lzw.END,))) + END_OF_PICTURE
"""What stands behind the last piece of a frame."""


class Pieces:
    """Makes pieces; equal ones are encoded once, and kept once in memory."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}

    def piece(self, pixels: bytes) -> bytes:
        """These pixels."""
        known = self._known.get(pixels)
        if known is None:
            known = self._known[pixels] = sub_blocks(lzw.runs(pixels))
        return known

    def lines(self, indices: Image.Image, top: int, bottom: int) -> bytes:
        """Whole rows from `top` to `bottom`, as one piece."""
        return self.piece(indices.crop((0, top, indices.width, bottom)).tobytes())

    def column(self, indices: Image.Image, area: Area) -> Column:
        """The rows of an area."""
        pixels, width = indices.crop(area).tobytes(), area.size[0]
        return tuple(self.piece(pixels[row * width : (row + 1) * width]) for row in range(area.size[1]))


def side_by_side(columns: Iterable[Iterable[bytes]]) -> Iterable[bytes]:
    """The pieces of columns in the order of a picture: row by row, from left to right."""
    return chain.from_iterable(zip(*columns, strict=False))
