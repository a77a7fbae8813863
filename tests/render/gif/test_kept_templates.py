"""A template that was kept is the one that was compiled, or is not believed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from app.render.boxes import Area
from app.render.gif.keeping import dump, load
from app.render.gif.scene import Scene
from app.render.gif.ticking import Template, compiled
from tests.render.gif.scenes import small

AREAS = [Area(1, 2, 9, 8), Area(11, 2, 18, 8)]
SCENE = small(AREAS, [3, 4], size=(32, 12), band=Area(0, 3, 32, 9), frames=5, seed=1)
KEPT = dump(compiled(SCENE), SCENE)


def test_what_was_kept_comes_back_as_it_was(scene: Scene, template: Template) -> None:
    loaded = load(dump(template, scene), scene)
    assert loaded == template
    assert isinstance(loaded, Template) and loaded.gif(77_777, ["Fri "]) == template.gif(77_777, ["Fri "])


@given(at=st.integers(0, len(KEPT) - 1), other=st.integers(1, 255))
def test_a_damaged_file_is_not_believed(at: int, other: int) -> None:
    assert load(KEPT[:at], SCENE) is None
    assert load(KEPT[:at] + bytes((KEPT[at] ^ other,)) + KEPT[at + 1 :], SCENE) is None


def test_the_template_of_another_scene_is_not_believed() -> None:
    words = dict(SCENE.rest.words)
    others = (
        replace(SCENE, frames=6),
        replace(SCENE, plate=SCENE.ended),
        replace(SCENE, rest=replace(SCENE.rest, words={"Sat": words.pop("Fri"), **words})),
        replace(SCENE, cells=tuple(replace(cell, pictures=cell.pictures[::-1]) for cell in SCENE.cells)),
    )
    assert load(KEPT, SCENE) is not None
    assert [load(KEPT, other) for other in others] == [None] * 4
