"""Layers as editors write them: what is checked when they are read, and what they are told."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from app.render.colors import color
from app.render.design import Design
from app.render.layers import LAYERS, PictureLayer, ShapeLayer, TextLayer

BOX = [0, 0, 100, 50]


def read(word: str, written: dict[str, Any]) -> Any:
    """The layer as the loader reads it."""
    return TypeAdapter(LAYERS[word]).validate_python(written)


@pytest.mark.parametrize("word", LAYERS)
def test_every_layer_explains_itself_and_its_example_can_be_read(word: str) -> None:
    layer = LAYERS[word]
    assert layer.sentence.endswith(".")
    ((key, written),) = yaml.safe_load(f"- {layer.example}")[0].items()
    assert key == word
    assert isinstance(read(word, written), layer)
    assert all(field.metadata["sentence"].endswith(".") for field in fields(layer))  # type: ignore[arg-type]


def test_numbers_may_arrive_as_text() -> None:
    layer = read("text", {"field": "headline", "box": ["1", "2.5", "30", "40"], "size": "20", "wrap": "false"})
    assert layer == TextLayer(field="headline", box=(1, 2.5, 30, 40), size=20, wrap=False)


@pytest.mark.parametrize(
    ("word", "written", "told"),
    [
        ("text", {"field": "a", "box": BOX, "color": "#12"}, "#rrggbb"),
        ("text", {"field": "a", "box": BOX, "color": "wite"}, "did you mean white"),
        ("text", {"field": "a", "box": BOX, "size": 20, "min_size": 30}, "write min_size: 20 to keep the size"),
        ("text", {"field": "a", "box": BOX, "size": 1}, "between 4 and 400"),
        ("text", {"field": "a", "box": BOX, "line_height": 30}, "multiple of the size"),
        ("text", {"box": BOX}, "either field: "),
        ("text", {"field": "a", "text": "b", "box": BOX}, "either field: "),
        ("text", {"field": "a", "box": BOX, "align": "middle"}, "'start', 'center', 'end', 'left' or 'right'"),
        ("text", {"field": "a", "box": BOX, "colour": "red"}, "Unexpected keyword"),
        ("text", {"field": "a", "box": [0, 0, 100]}, "Field required"),
        ("text", {"field": "a", "box": [0, 0, -100, 20]}, "both sides above 0"),
        ("text", {"field": "a", "box": [0, 0, "nan", 20]}, "goes too far"),
        ("shape", {"box": BOX}, "needs color:"),
        ("shape", {"box": BOX, "color": "red", "gradient": ["red", "blue"]}, "not with several"),
        ("shape", {"box": BOX, "gradient": ["red", "#ggg"]}, "no colour"),
        ("shape", {"box": [0, 0, 10, 0], "color": "red"}, "both sides above 0"),
        ("shape", {"box": BOX, "form": "line", "stroke": "red"}, "a line takes color:"),
        ("shape", {"box": BOX, "color": "red", "radius": -1}, "write 0 for sharp corners"),
        ("shape", {"box": BOX, "stroke": "red", "width": 0}, "width in CSS pixels"),
        ("picture", {"box": BOX}, "either field: "),
        ("picture", {"field": "a", "box": BOX, "focus": [0.5, 3]}, "write [0.5, 0.5] for its middle"),
        ("picture", {"field": "a", "box": BOX, "opacity": 50}, "from 0 (invisible) to 1 (solid)"),
        ("progress", {"field": "a", "box": BOX, "max": -1}, "write what a full bar stands for"),
        ("progress", {"field": "a", "box": BOX, "form": "ring", "angle": "inf"}, "more than a turn"),
        ("progress", {"field": "a", "box": BOX, "form": "ring", "width": 0}, "write CSS pixels"),
        ("rating", {"field": "a", "box": BOX, "gap": "inf"}, "write CSS pixels"),
        ("chart", {"box": BOX}, "either field: "),
        ("chart", {"values": "1 " * 61, "box": BOX}, "at most 60"),
        ("chart", {"values": "1", "box": BOX, "color": "red", "colors": ["red"]}, "keep one"),
        ("chart", {"values": "1", "box": BOX, "colors": []}, "write at least one"),
        ("chart", {"values": "1", "box": BOX, "width": 3}, "less the gap"),
        ("chart", {"values": "1", "box": BOX, "dot": True}, "belongs to a sparkline"),
        ("chart", {"values": "1", "box": BOX, "form": "donut", "base": 0}, "a donut has none"),
        ("chart", {"values": "1", "box": BOX, "form": "sparkline", "base": "nan"}, "write 0, for instance"),
        ("icon", {"box": BOX}, "either field: "),
        ("map", {"near": [52, 13], "box": [0, 0, 300, 90]}, "at least 120"),
        ("map", {"near": [99, 13], "box": [0, 0, 300, 200]}, "write [latitude, longitude] in degrees"),
        ("map", {"box": [0, 0, 300, 200]}, "either near: "),
        ("map", {"latitude": "a", "box": [0, 0, 300, 200]}, "write both"),
        ("map", {"near": [52, 13], "reader_latitude": "a", "box": [0, 0, 300, 200]}, "write both"),
        ("map", {"near": [52, 13], "field": "a", "text": "b", "box": [0, 0, 300, 200]}, "keep one"),
        ("map", {"near": [52, 13], "km": 0, "box": [0, 0, 300, 200]}, "kilometres from 0.1"),
        ("picture", {"field": "a", "box": BOX, "fit": "stretch"}, "'cover', 'contain', 'fill' or 'none'"),
        ("code", {"kind": "qr", "box": BOX}, "either field: "),
        ("code", {"kind": "qr", "field": "a", "box": BOX, "color": "#0008"}, "write it without opacity"),
        ("code", {"kind": "qr", "field": "a", "box": BOX, "background": "transparent"}, "lets through"),
        ("code", {"kind": "qr", "field": "a", "box": BOX, "color": "white", "background": "black"}, "a darker color"),
        ("code", {"kind": "ean13", "field": "a", "box": BOX, "color": "red"}, "by the red light of a till"),
    ],
)
def test_a_mistake_is_refused_with_what_would_be_right(word: str, written: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(word, written)
    assert told in str(caught.value)


def test_a_line_may_be_flat_but_not_a_point() -> None:
    assert ShapeLayer(box=(0, 5, 100, 0), form="line", color="red")
    with pytest.raises(ValueError, match="both sides above 0"):
        ShapeLayer(box=(0, 5, 0, 0), form="line", color="red")


@pytest.mark.parametrize(
    ("text", "rgba"),
    [
        ("#f00", (255, 0, 0, 255)),
        ("#F008", (255, 0, 0, 136)),
        ("#c8102e", (200, 16, 46, 255)),
        ("#000000aa", (0, 0, 0, 170)),
        (" White ", (255, 255, 255, 255)),
        ("transparent", (255, 255, 255, 0)),
    ],
)
def test_colours_are_read_as_css_reads_them(text: str, rgba: tuple[int, ...]) -> None:
    assert color(text) == rgba


@pytest.mark.parametrize("text", ["", "#", "#12345", "red;", "rgb(1,2,3)", "#gggggg", "12345"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        color(text)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"size": (0, 10)}, "each side"),
        ({"size": (4000, 4000)}, "Mpx"),
        ({"scale": 0}, "2 suits every mail client"),
        ({"quality": 100}, "between 30 and 95"),
        ({"background": "blurple"}, "no colour"),
        ({"layers": (ShapeLayer(box=(200, 0, 10, 10), color="red"),)}, "lies outside the picture"),
    ],
)
def test_a_design_that_cannot_be_drawn_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Design(**({"name": "test", "size": (100, 60)} | wrong))


def test_the_digest_changes_with_everything_that_shapes_pixels_and_with_nothing_else() -> None:
    layer = PictureLayer(field="a", box=(0, 0, 50, 50))
    plain = Design("one", (100, 60), layers=(layer,))
    assert Design("two", (100, 60), layers=(layer,)).digest == plain.digest
    others = [
        Design("one", (101, 60), layers=(layer,)),
        Design("one", (100, 60), "#fffffe", layers=(layer,)),
        Design("one", (100, 60), layers=()),
        Design("one", (100, 60), layers=(PictureLayer(field="a", box=(0, 0, 50, 50), focus=(0.5, 0.4)),)),
        Design("one", (100, 60), layers=(layer,), scale=1),
        Design("one", (100, 60), layers=(layer,), quality=70),
    ]
    assert len({plain.digest, *(other.digest for other in others)}) == 7
