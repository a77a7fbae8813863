"""Groups: layers moved, cut off, made fainter or left out together, and otherwise drawn as they are alone."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageChops

from app.render.design import Design
from app.render.layers import CodeLayer, Group, Layer, PictureLayer, ShapeLayer, TextLayer
from app.render.paint import Painter
from tests.render.conftest import Drawn

RED = (255, 0, 0)
SQUARE = ShapeLayer(box=(0, 0, 20, 10), color="red")
EVERYTHING: list[Any] = [
    SQUARE,
    ShapeLayer(box=(3, 2, 40, 30), form="ellipse", gradient=("#00f8", "lime")),
    PictureLayer(picture="logo.png", box=(0, 0, 60, 25)),
    TextLayer(field="words", box=(2, 2, 60, 40), size=14, shadow="#0008"),
    CodeLayer(kind="qr", field="words", box=(0, 0, 50, 50)),
]


def group(**keys: Any) -> Group:
    return Group(layers=(), **keys)


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.mode == other.mode and ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize("layer", EVERYTHING)
@pytest.mark.parametrize("background", ["#ffffff", "transparent"])
def test_a_group_that_only_moves_draws_what_stands_elsewhere(drawn: Drawn, layer: Layer, background: str) -> None:
    inside = group(offset=(10, 5)).around(group(offset=(20, -2), clip=(-99, -99, 300, 300)).around(layer))
    x, y, width, height = layer.box
    alone = type(layer)(
        **{key: getattr(layer, key) for key in layer.__slots__} | {"box": (x + 30, y + 3, width, height)}
    )  # type: ignore[attr-defined]
    one, other = (drawn(each, fields={"words": "Guten Tag"}, background=background) for each in (inside, alone))
    assert same(one, other)
    assert inside.box == alone.box


@pytest.mark.parametrize("background", ["#ffffff", "transparent"])
@pytest.mark.parametrize("format", ["png", "gif"])
def test_what_leaves_the_clip_is_cut_off(drawn: Drawn, background: str, format: Any) -> None:
    seen = group(offset=(10, 10), clip=(5, 0, 10, 100)).around(SQUARE)
    image = drawn(seen, background=background, format=format).convert("RGBA")
    inside = [(x, y) for x in range(200) for y in range(120) if image.getpixel((x, y)) == (*RED, 255)]
    assert (min(inside), max(inside)) == ((30, 20), (49, 39))


def test_nothing_is_drawn_outside_of_a_clip_that_lies_elsewhere(drawn: Drawn) -> None:
    assert same(drawn(group(clip=(50, 40, 10, 10)).around(SQUARE)), drawn())
    assert same(drawn(group(clip=(500, 400, 10, 10)).around(SQUARE)), drawn())


def test_clips_of_groups_in_each_other_both_cut(drawn: Drawn) -> None:
    inner = group(offset=(10, 0), clip=(0, 0, 10, 10)).around(SQUARE)
    image = drawn(group(clip=(15, 5, 50, 50)).around(inner), background="#ffffff")
    assert ImageChops.difference(image, drawn()).getbbox() == (30, 10, 40, 20)


def test_a_fainter_layer_lets_through_what_is_below(drawn: Drawn) -> None:
    faint = group(opacity=0.5).around(SQUARE)
    assert drawn(faint, background="#0000ff").getpixel((5, 5)) in ((127, 0, 128), (127, 0, 127), (128, 0, 127))
    red, green, blue, opacity = drawn(faint, background="transparent").getpixel((5, 5))  # type: ignore[misc]
    assert (green, blue) == (0, 0)
    assert red >= 253
    assert opacity in (127, 128)
    assert same(drawn(group(opacity=0).around(SQUARE)), drawn())


@pytest.mark.parametrize(("value", "shown"), [("yes", True), ("0", True), ("", False), (None, False), ("false", False)])
def test_a_group_is_shown_where_its_field_says_something(drawn: Drawn, value: object, shown: bool) -> None:
    image = drawn(group(show_if="badge").around(SQUARE), fields={"badge": value})
    assert same(image, drawn(SQUARE) if shown else drawn())


def test_what_is_in_a_group_is_painted_again_where_its_group_changes(painter: Painter) -> None:
    layers = [
        SQUARE,
        *(group(**keys).around(SQUARE) for keys in ({"opacity": 0.5}, {"clip": (0, 0, 5, 5)}, {"offset": (1, 0)})),
    ]
    assert len({Design("test", (100, 60), layers=(layer,)).digest for layer in layers}) == 4
    design = Design("test", (100, 60), layers=(group(show_if="badge").around(SQUARE),))
    assert painter.key(design, {}, {}, format="png") != painter.key(design, {"badge": 1}, {}, format="png")


def test_a_personal_layer_of_a_group_is_painted_into_its_rows_of_a_jpeg(drawn: Drawn) -> None:
    words = TextLayer(field="words", box=(0, 0, 90, 20), size=16)
    seen = group(offset=(5, 30), clip=(0, 0, 60, 12), opacity=0.8).around(words)
    below = ShapeLayer(box=(0, 0, 100, 60), gradient=("#ffffff", "#ffd400"))
    whole = drawn(below, seen, fields={"words": "Guten Tag"}, format="png").convert("RGB")
    rows = drawn(below, seen, fields={"words": "Guten Tag"}, format="jpg").convert("RGB")
    difference = ImageChops.difference(whole, rows).convert("L")
    assert sum(difference.histogram()[60:]) < 40
