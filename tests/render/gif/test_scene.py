"""What cannot become a countdown is refused when it is made, with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from app.render.boxes import Area
from app.render.gif.scene import Cell, Scene
from app.render.gif.ticking import compiled
from tests.render.gif.scenes import small

SCENE = small([Area(1, 2, 9, 8), Area(11, 2, 18, 8)], [3, 4], size=(32, 12), band=Area(0, 3, 32, 9), frames=5, seed=1)
HIGH, LOW = SCENE.cells


def _moved(cell: Cell, area: Area) -> Cell:
    return replace(cell, area=area, pictures=tuple(picture.resize(area.size) for picture in cell.pictures))


def _lettered() -> Scene:
    plate = SCENE.rest.plate.copy()
    plate.putpixel((5, 5), (255, 255, 255))
    return replace(SCENE, rest=replace(SCENE.rest, plate=plate))


MISTAKES: dict[str, Callable[[], Scene]] = {
    "a countdown is opaque": lambda: replace(SCENE, ended=SCENE.ended.convert("RGBA")),
    "every frame of a countdown has the same size": lambda: replace(SCENE, ended=SCENE.ended.resize((9, 9))),
    "a picture for each of its values": lambda: replace(SCENE, cells=(HIGH, replace(LOW, pictures=HIGH.pictures))),
    "leaves the plate: move it inside": lambda: replace(SCENE, cells=(HIGH, _moved(LOW, Area(30, 2, 37, 8)))),
    "from the longest step to a step of 1 s": lambda: replace(SCENE, cells=(LOW, HIGH)),
    "each step as long as": lambda: replace(SCENE, cells=(replace(HIGH, step=5), LOW)),
    "two cells share pixels": lambda: replace(SCENE, cells=(HIGH, _moved(LOW, Area(8, 2, 15, 8)))),
    "the band at": lambda: replace(SCENE, rest=replace(SCENE.rest, band=Area(0, 7, 32, 13))),
    "words stand on one colour": _lettered,
    "draw each as high as its band": lambda: replace(
        SCENE, rest=replace(SCENE.rest, words={"!": Image.new("RGB", (3, 5))})
    ),
    "at least one frame": lambda: replace(SCENE, frames=0),
}


@pytest.mark.parametrize("said", MISTAKES)
def test_a_scene_that_cannot_tick_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=said):
        MISTAKES[said]()


def test_cells_above_each_other_beside_a_taller_one_are_refused() -> None:
    areas = [Area(0, 0, 9, 12), Area(10, 0, 20, 5), Area(12, 6, 22, 12)]
    scene = small(areas, [2, 2, 2], size=(32, 12), band=Area(0, 3, 32, 9), frames=5, seed=1)
    with pytest.raises(ValueError, match="move them into rows, or side by side"):
        compiled(scene)
