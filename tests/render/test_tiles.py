"""Tiles: the layers of a tile at every place, each with the item that comes there, and another layout for no items."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageChops

from app.engine.lists import Entry
from app.engine.words import Figure
from app.render.design import Design
from app.render.layers import Group, Layer, PictureLayer, ProgressLayer, ShapeLayer, TextLayer, Tiles
from app.render.paint import Painter
from tests.render.conftest import Drawn

GROUND = ShapeLayer(field="ground", box=(0, 0, 20, 20))
NOTHING = ShapeLayer(box=(0, 0, 100, 60), color="gold")


def tiles(**keys: Any) -> Tiles:
    return Tiles(**{"field": "products", "box": (0, 0, 100, 60), "tile": (), **keys})


def laid(made: Tiles, *layers: Any) -> list[Layer]:
    return [place.around(layer) for place in made.places() for layer in layers]


def items(*values: dict[str, Any]) -> dict[str, object]:
    entries = tuple(Entry(f"K{n}", tuple(value.items())) for n, value in enumerate(values))
    return {"products": entries} if entries else {}


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.mode == other.mode and ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize(
    ("keys", "offsets", "size"),
    [
        ({"columns": 3, "gap": 8}, [(0, 0), (36, 0), (72, 0)], (28, 60)),
        ({"columns": 2, "rows": 2, "gap": 10}, [(0, 0), (55, 0), (0, 35), (55, 35)], (45, 25)),
        ({"columns": 1, "rows": 2, "gap": 0, "box": (7, 5, 20, 50)}, [(7, 5), (7, 30)], (20, 25)),
        ({"columns": 3, "gap": 0, "box": (0, 0, 100, 9)}, [(0, 0), (33.33, 0), (66.67, 0)], (100 / 3, 9)),
    ],
)
def test_tiles_share_their_box(keys: dict[str, Any], offsets: list[Any], size: tuple[float, float]) -> None:
    made = tiles(**keys)
    assert [place.offset for place in made.places()] == offsets
    assert made.tile_size == size


def test_each_place_shows_its_item_and_no_item_shows_nothing(drawn: Drawn) -> None:
    two = drawn(*laid(tiles(columns=3, gap=20), GROUND), fields=items({"ground": "red"}, {"ground": "blue"}))
    alone = [ShapeLayer(box=(x, 0, 20, 20), color=color) for x, color in ((0, "red"), (40, "blue"))]
    assert same(two, drawn(*alone))


def test_an_item_that_lacks_a_field_leaves_its_layer_out(drawn: Drawn) -> None:
    layers = laid(tiles(columns=2, gap=0), NOTHING, PictureLayer(field="photo", box=(0, 0, 40, 20)))
    found = drawn(*layers, fields=items({"ground": "red"}, {"photo": "quarters.png"}))
    picture = PictureLayer(picture="quarters.png", box=(50, 0, 40, 20))
    assert same(found, drawn(NOTHING, ShapeLayer(box=(50, 0, 100, 60), color="gold"), picture))


def test_an_empty_list_has_a_layout_of_its_own(drawn: Drawn) -> None:
    made = tiles(columns=2)
    layers = [*laid(made, GROUND), made.nowhere().around(NOTHING)]
    assert same(drawn(*layers), drawn(NOTHING))
    assert same(drawn(*layers, fields=items({"ground": "red"})), drawn(ShapeLayer(box=(0, 0, 20, 20), color="red")))


def test_layers_that_draw_numbers_read_those_of_the_item(drawn: Drawn) -> None:
    bar: Any = ProgressLayer(field="stock", max=10, box=(0, 0, 40, 10), color="red")
    fields = items({"stock": Figure(5, "fünf")})
    alone = ProgressLayer(field="stock", max=10, box=(0, 0, 40, 10), color="red")
    assert same(drawn(*laid(tiles(), bar), fields=fields), drawn(alone, fields={"stock": 5}))


def test_a_group_in_a_tile_asks_the_item_and_one_around_tiles_the_picture(drawn: Drawn) -> None:
    sale: Any = Group(layers=(), show_if="sale", offset=(5, 0)).around(GROUND)
    layers = laid(tiles(columns=2, gap=0), sale)
    fields = items({"ground": "red"}, {"ground": "blue", "sale": "1"})
    assert same(drawn(*layers, fields=fields), drawn(ShapeLayer(box=(55, 0, 20, 20), color="blue")))
    around = [Group(layers=(), show_if="products", offset=(0, 10)).around(layer) for layer in layers]
    assert same(drawn(*around, fields=fields), drawn(ShapeLayer(box=(55, 10, 20, 20), color="blue")))


def test_the_words_of_a_tile_are_those_said_of_its_item(drawn: Drawn) -> None:
    words = TextLayer(text="{{ item.name }}", box=(0, 0, 50, 30), size=14)
    layers = laid(tiles(columns=2, gap=0), words)
    found = drawn(*layers, fields=items({"name": "A"}), captions={0: "A", 1: "B"})
    assert same(found, drawn(words, captions={0: "A"}))


def test_other_items_are_another_picture_and_the_same_the_same(painter: Painter) -> None:
    design = Design("test", (100, 60), layers=tuple(laid(tiles(columns=2), GROUND)))
    shown = [items(), items({"ground": "red"}), items({"ground": "blue"}), items({"ground": "red"}, {"ground": "red"})]
    keys = [painter.key(design, fields, {}, format="png") for fields in (*shown, *shown)]
    assert keys[:4] == keys[4:]
    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"columns": 0}, "columns 0 cannot be"),
        ({"columns": 6, "rows": 5}, "more than 24 tiles"),
        ({"columns": 4, "gap": 40}, "leaves no room"),
        ({"gap": -1}, "gap -1 cannot be"),
    ],
)
def test_tiles_that_cannot_be_say_why(keys: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        tiles(**keys)
