"""A template that was kept is the one that was compiled, or is not believed."""

from __future__ import annotations

from hypothesis import given, strategies as st

from app.render.boxes import Area
from app.render.gif.keeping import dump, load
from app.render.gif.ticking import Template, compiled
from tests.render.gif.scenes import small

AREAS = [Area(1, 2, 9, 8), Area(11, 2, 18, 8)]
SCENE = small(AREAS, [3, 4], size=(32, 12), band=Area(0, 3, 32, 9), frames=5, seed=1)
NAME = b"a countdown"
KEPT = dump(compiled(SCENE), NAME)


def test_what_was_kept_comes_back_as_it_was(template: Template) -> None:
    loaded = load(dump(template, NAME), NAME)
    assert loaded == template
    assert isinstance(loaded, Template) and loaded.gif(77_777, ["Fri "]) == template.gif(77_777, ["Fri "])


@given(at=st.integers(0, len(KEPT) - 1), other=st.integers(1, 255))
def test_a_damaged_file_is_not_believed(at: int, other: int) -> None:
    assert load(KEPT[:at], NAME) is None
    assert load(KEPT[:at] + bytes((KEPT[at] ^ other,)) + KEPT[at + 1 :], NAME) is None


def test_the_template_of_another_name_is_not_believed() -> None:
    assert load(KEPT, NAME) is not None
    assert load(KEPT, b"another countdown") is None


def test_equal_pieces_are_kept_once(template: Template) -> None:
    kept = dump(template, NAME)
    loaded = load(kept, NAME)
    assert loaded is not None
    rows = [
        row for strip in loaded.face.strips for figure in strip.figures for column in figure.columns for row in column
    ]
    assert len({id(row) for row in rows}) == len(set(rows))
