"""What a countdown is made of, as its caller has drawn it: RGB pictures, in device pixels.

A cell shows one figure of the time that is left, and may be a whole unit (minutes, 60 pictures) or one digit of it. A
scene that cannot become a GIF is refused when it is made, with a remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from PIL import Image

from app.render.boxes import Area

FRAMES = 60
DIGITS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the clock: `step` seconds make it one lower, and `pictures` has its look for each value from 0 on."""

    area: Area
    step: int
    pictures: tuple[Image.Image, ...]

    def show(self, value: int, on: Image.Image) -> None:
        """Lay its picture for that value onto a plate."""
        on.paste(self.pictures[value], self.area[:2])

    @property
    def round(self) -> int:
        """The seconds after which it shows the same again."""
        return self.step * len(self.pictures)


@dataclass(frozen=True, slots=True)
class Rest:
    """The last frame: no clock, but words, centred in a band of the plate that has one colour.

    A word is a picture as high as the band, on the band's colour, with the space that belongs behind it.
    """

    plate: Image.Image
    band: Area
    words: Mapping[str, Image.Image]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole countdown: the plate without figures, its cells from the longest step to the second, and how it ends."""

    plate: Image.Image
    cells: tuple[Cell, ...]
    rest: Rest
    ended: Image.Image
    frames: int = FRAMES

    def __post_init__(self) -> None:
        _check_pictures(self)
        _check_cells(self.plate.size, self.cells)
        _check_rest(self.rest)
        if self.frames < 1:
            raise ValueError("a countdown has at least one frame")

    @property
    def limit(self) -> int:
        """With so many seconds left the cells would have to begin again."""
        return self.cells[0].round

    @property
    def pictures(self) -> Iterator[Image.Image]:
        """Everything that can be seen."""
        yield from (self.plate, self.rest.plate, self.ended)
        for cell in self.cells:
            yield from cell.pictures
        yield from self.rest.words.values()

    @property
    def colors(self) -> Iterator[Image.Image]:
        """Where its colours are found: of cells the first values alone, among which every digit is."""
        yield from (self.plate, self.rest.plate, self.ended, *self.rest.words.values())
        for cell in self.cells:
            yield from cell.pictures[:DIGITS]


def _check_pictures(scene: Scene) -> None:
    if any(picture.mode != "RGB" for picture in scene.pictures):
        raise ValueError("a countdown is opaque: lay its pictures on their ground, as RGB")
    if not scene.plate.size == scene.rest.plate.size == scene.ended.size:
        raise ValueError("every frame of a countdown has the same size: plate, rest and end differ")


def _check_cells(size: tuple[int, int], cells: tuple[Cell, ...]) -> None:
    whole = Area(0, 0, *size)
    for cell in cells:
        if len(cell.pictures) < 2 or any(picture.size != cell.area.size for picture in cell.pictures):
            raise ValueError("a cell has a picture for each of its values, two at least, as large as its area")
        if not _inside(cell.area, whole):
            raise ValueError(f"the cell at {tuple(cell.area)} leaves the plate: move it inside")
    if not cells or cells[-1].step != 1 or any(longer.step != shorter.round for longer, shorter in pairwise(cells)):
        raise ValueError("cells go from the longest step to a step of 1 s, each step as long as the next cell's round")
    if any(one.area.meets(other.area) for one, other in combinations(cells, 2)):
        raise ValueError("two cells share pixels: move them apart")


def _check_rest(rest: Rest) -> None:
    if not _inside(rest.band, Area(0, 0, *rest.plate.size)):
        raise ValueError(f"the band at {tuple(rest.band)} leaves the plate: move it inside")
    if not rest.plate.crop(rest.band).getcolors(1):
        raise ValueError("words stand on one colour: leave their band of the plate flat")
    if any(word.height != rest.band.size[1] for word in rest.words.values()):
        raise ValueError("words are joined row by row: draw each as high as its band")


def _inside(area: Area, whole: Area) -> bool:
    return (
        whole.left <= area.left and whole.top <= area.top and area.right <= whole.right and area.bottom <= whole.bottom
    )
