"""The template of a countdown, compiled once from its scene, and the GIF of any second and any deadline joined from it.

Nothing is drawn or encoded for an open. A GIF shows its frames once: the clock from the moment of the open on, never
beyond the second before the end, and then what stays true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

from PIL import ImageChops

from app.render.boxes import Area, around
from app.render.gif.blocks import TRAILER, head, picture
from app.render.gif.face import Face
from app.render.gif.palette import Palette
from app.render.gif.resting import Resting
from app.render.gif.rows import Pieces
from app.render.gif.scene import Cell, Scene
from app.render.gif.ticks import Ticks


class Template(NamedTuple):
    """Everything that a countdown can show, encoded."""

    head: bytes
    face: Face
    ticks: Ticks
    resting: Resting
    ended: bytes
    frames: int
    limit: int

    def gif(self, seconds_left: int, rest_words: Sequence[str]) -> bytes:
        """The GIF for an open so many seconds before the end; they must be below the `limit` of what cells can show.

        Raises KeyError for a word that the scene has not, ValueError where the words find no room.
        """
        if seconds_left <= 0:
            return b"".join((self.head, self.ended, TRAILER))
        if seconds_left >= self.limit:
            raise ValueError(f"{seconds_left} s are more than the cells can show, which is {self.limit - 1} s")
        parts: list[bytes | memoryview] = [self.head, *self.face.parts(seconds_left)]
        parts += self.ticks.parts(seconds_left, min(self.frames, seconds_left) - 1)
        if seconds_left <= self.frames:  # the last frame comes when time is up
            parts.append(self.ended)
        else:
            parts += self.resting.parts(rest_words)
        parts.append(TRAILER)
        return b"".join(parts)


def compiled(scene: Scene) -> Template:
    """The template of a scene. Raises ValueError with a remedy where its cells cannot be cut apart."""
    palette, pieces = Palette.of(scene.colors), Pieces()
    ground = palette.indices(scene.plate)
    cells = [replace(cell, pictures=tuple(map(palette.indices, cell.pictures))) for cell in scene.cells]
    for cell in cells:
        cell.show(0, ground)
    cells = [_cropped(cell) for cell in cells]
    return Template(
        head=head(scene.plate.size, palette.table),
        face=Face.of(ground, cells, pieces),
        ticks=Ticks.of(ground, cells),
        resting=Resting.of(scene.rest, _changing(scene), palette, pieces),
        ended=picture(palette.indices(scene.ended)),
        frames=scene.frames,
        limit=scene.limit,
    )


def _changing(scene: Scene) -> Area:
    """Where the last frame may differ from any of the clock."""
    changed = ImageChops.difference(scene.plate, scene.rest.plate).getbbox()
    areas = [scene.rest.band, *(cell.area for cell in scene.cells), *([Area(*changed)] if changed else [])]
    return around(areas)


def _cropped(cell: Cell) -> Cell:
    """The cell without the margins that all its pictures share: less to encode, more room between cells."""
    first, *others = cell.pictures
    changes = reduce(ImageChops.lighter, (ImageChops.difference(first, other) for other in others))
    box = changes.getbbox() or (0, 0, *first.size)
    left, top = cell.area[:2]
    area = Area(left + box[0], top + box[1], left + box[2], top + box[3])
    return replace(cell, area=area, pictures=tuple(drawn.crop(box) for drawn in cell.pictures))
