"""The first frame: complete, since some clients show no other, and new every second.

The rows in which figures stand are cut between the cells, and through the middle of cells with two digits, since each
of them has few looks. What a part can show is encoded ahead, each row by itself; at an open the rows of all parts are
laid side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

from PIL import Image

from app.render.boxes import Area
from app.render.gif.blocks import opening
from app.render.gif.rows import ENDING, Column, Pieces, side_by_side
from app.render.gif.scene import Cell

TWO_DIGITS = 11
"""Values from which on a cell has two digits."""


class Figure(NamedTuple):
    """What one part of a cell shows, with the plate around it: a column for each value."""

    step: int
    columns: tuple[Column, ...]

    def at(self, left: int) -> Column:
        """What it shows so many seconds before the end."""
        return self.columns[left // self.step % len(self.columns)]


class Strip(NamedTuple):
    """Rows with figures, and the rows of the plate before them."""

    before: bytes
    figures: tuple[Figure, ...]


class Face(NamedTuple):
    """The plate with the figures of any second."""

    strips: tuple[Strip, ...]
    ending: bytes

    @classmethod
    def of(cls, ground: Image.Image, cells: Sequence[Cell], pieces: Pieces) -> Self:
        """The face of these cells, which are indices as the ground is. Raises ValueError where no column can be cut."""
        strips, top = [], 0
        begun = opening(ground.size)
        for row in _rows(cells):
            first, last = min(cell.area.top for cell in row), max(cell.area.bottom for cell in row)
            figures = tuple(_figure(ground, cell, area, pieces) for cell, area in _cut(row, ground.width, first, last))
            strips.append(Strip(begun + pieces.lines(ground, top, first), figures))
            begun, top = b"", last
        return cls(tuple(strips), pieces.lines(ground, top, ground.height) + ENDING)

    def parts(self, left: int) -> list[bytes]:
        """The frame of that second."""
        parts: list[bytes] = []
        for strip in self.strips:
            parts += (strip.before, *side_by_side([figure.at(left) for figure in strip.figures]))
        parts.append(self.ending)
        return parts


def _rows(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The cells by the rows of pixels they share, from above."""
    rows: list[list[Cell]] = []
    bottom = 0
    for cell in sorted(cells, key=lambda cell: cell.area.top):
        if cell.area.top < bottom:
            rows[-1].append(cell)
        else:
            rows.append([cell])
        bottom = max(bottom, cell.area.bottom)
    return rows


def _cut(row: list[Cell], width: int, top: int, bottom: int) -> Iterator[tuple[Cell, Area]]:
    """The parts of each cell with their share of the plate's width, which ends where the cell does."""
    row = sorted(row, key=lambda cell: cell.area.left)
    if any(one.area.right > other.area.left for one, other in pairwise(row)):
        raise ValueError("cells beside a taller one stand above each other: move them into rows, or side by side")
    edges = [0, *(cell.area.right for cell in row[:-1]), width]
    for cell, (left, right) in zip(row, pairwise(edges), strict=True):
        middle = (cell.area.left + right) // 2 if len(cell.pictures) >= TWO_DIGITS else left
        seams = (left, middle, right) if left < middle < right else (left, right)
        for start, end in pairwise(seams):
            yield cell, Area(start, top, end, bottom)


def _figure(ground: Image.Image, cell: Cell, area: Area, pieces: Pieces) -> Figure:
    face, columns = ground.copy(), list[Column]()
    known: dict[Column, Column] = {}
    for value in range(len(cell.pictures)):
        cell.show(value, face)
        column = pieces.column(face, area)
        columns.append(known.setdefault(column, column))
    return Figure(cell.step, tuple(columns))
