"""Bars, rings and stars, pixel by pixel; two device pixels for a CSS pixel."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from app.render.assets import Assets
from app.render.canvas import Canvas
from app.render.fonts import Fonts
from app.render.layers import IconLayer, Layer, ProgressLayer, RatingLayer
from app.render.layers.layer import Materials
from app.render.memory import Shelf, weight
from app.render.paint import Painter
from app.render.typeset import Typesetter
from tests.render.conftest import Drawn
from tests.render.test_shapes_and_pictures import BLUE, RED, WHITE, bounds, pixel

BOX = (10.0, 10.0, 80.0, 40.0)
RING: dict[str, Any] = {"form": "ring", "box": (30, 10, 40, 40), "color": "red", "track": "blue", "width": 10}
LAYERS: tuple[Layer, ...] = (
    ProgressLayer(field="value", box=BOX, color="red"),
    ProgressLayer(field="value", **RING),
    ProgressLayer(field="value", max_field="value", box=BOX, ends="flat"),
    RatingLayer(field="value", box=BOX, max=3),
    RatingLayer(field="value", box=BOX, form="heart"),
    IconLayer(field="value", box=BOX),
)


@pytest.fixture(scope="module")
def materials(fonts: Fonts) -> Materials:
    return Materials(Assets([]), Typesetter(fonts), Shelf(1 << 24, weight), 1)


def inked(image: Image.Image, ink: tuple[int, int, int]) -> int:
    """How many pixels have exactly that colour."""
    return sum(image.getpixel((x, y)) == ink for x in range(image.width) for y in range(image.height))


def is_smooth(image: Image.Image, ink: tuple[int, int, int]) -> bool:
    """Whether there is anything between the colour and the white ground."""
    return len(image.getcolors(1 << 20) or ()) > 2 and inked(image, ink) > 0


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("value", [2, 50, "3, -5, 8.5", "1 0 0 1e9 2 2", "star", "truck"])
def test_nothing_is_drawn_outside_the_box_and_twice_the_same_is_drawn(
    painter: Painter, drawn: Drawn, layer: Layer, value: object
) -> None:
    first = drawn(layer, fields={"value": value})
    assert first.tobytes() == drawn(layer, fields={"value": value}).tobytes()
    first.paste(WHITE, (20, 20, 180, 100))
    assert first.getextrema() == ((255, 255),) * 3


@given(
    st.integers(0, len(LAYERS) - 1),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("0123456789.,; -+e"),
)
def test_whatever_a_field_holds_the_layer_can_be_drawn(materials: Materials, which: int, value: object) -> None:
    content = LAYERS[which].content({"value": value}, None)
    if content is not None:
        drawing = LAYERS[which].prepare(content, materials)
        drawing.onto(Canvas.blank((100, 60), (255, 255, 255, 255)))
        assert drawing.extent == LAYERS[which].reach(1)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("value", [None, "", "  ", "much", nan])
def test_what_is_no_number_is_not_drawn(drawn: Drawn, layer: Layer, value: object) -> None:
    assert drawn(layer, fields={"value": value}).getextrema() == ((255, 255),) * 3


def test_a_bar_is_filled_from_the_left_up_to_its_share(drawn: Drawn) -> None:
    layer = ProgressLayer(field="points", max=200, box=BOX, color="red", track="blue", ends="flat")
    image = drawn(layer, fields={"points": 50})
    assert bounds(image, RED) == (20, 20, 60, 100)
    assert bounds(image, BLUE) == (60, 20, 180, 100)


def test_a_second_field_says_what_is_all(drawn: Drawn) -> None:
    layer = ProgressLayer(field="points", max_field="goal", box=BOX, color="red", ends="flat")
    assert bounds(drawn(layer, fields={"points": 30, "goal": 40}), RED) == (20, 20, 140, 100)
    for goal in (None, 0, -1, "soon"):
        assert layer.content({"points": 30, "goal": goal}, None) is None


@pytest.mark.parametrize("form", [{"box": BOX, "color": "red", "track": "blue"}, RING])
def test_progress_grows_with_its_number_from_empty_to_full_and_not_beyond(drawn: Drawn, form: dict[str, Any]) -> None:
    layer = ProgressLayer(field="points", **form)
    found = [
        inked(drawn(layer, fields={"points": points}), RED) for points in (-inf, 0, 2, 5, 20, 50, 90, 98, 100, inf)
    ]
    assert found[0] == found[1] == 0
    assert found[1:-1] == sorted(set(found)) and found[-2] == found[-1]
    assert inked(drawn(layer, fields={"points": 98}), BLUE), "nearly full never looks full"
    assert not inked(drawn(layer, fields={"points": 100}), BLUE)


def test_round_ends_let_the_ground_through_and_are_smooth(drawn: Drawn) -> None:
    image = drawn(ProgressLayer(field="points", box=BOX, color="red"), fields={"points": 100})
    assert image.getpixel((21, 21)) == WHITE and image.getpixel((20, 60)) != WHITE
    assert is_smooth(image, RED)


def test_a_ring_begins_where_it_says_and_runs_clockwise(drawn: Drawn) -> None:
    above = drawn(ProgressLayer(field="points", **RING), fields={"points": 25})
    assert pixel(above, 121, 30) != WHITE and bounds(above, RED)
    assert above.getpixel((128, 48)) == RED and above.getpixel((72, 48)) == BLUE
    assert above.getpixel((100, 60)) == WHITE, "the middle of a ring is free"
    right = drawn(ProgressLayer(field="points", **RING, angle=90), fields={"points": 25})
    assert right.getpixel((128, 72)) == RED and right.getpixel((128, 48)) == BLUE


def test_the_size_of_a_ring_is_that_of_its_box_or_smaller(drawn: Drawn) -> None:
    for radius, reached in ((None, (60, 20, 140, 100)), (10, (80, 40, 120, 80)), (1000, (60, 20, 140, 100))):
        image = drawn(ProgressLayer(field="points", **RING, radius=radius), fields={"points": 100})
        assert Image.eval(image.convert("L"), lambda value: 255 * (value < 200)).getbbox() == reached


@pytest.mark.parametrize("form", ["star", "heart"])
def test_a_rating_fills_the_whole_ones_and_a_part_of_the_next(drawn: Drawn, form: Any) -> None:
    layer = RatingLayer(field="stars", form=form, max=4, gap=0, box=(10, 10, 80, 20), color="red", empty="blue")
    image = drawn(layer, fields={"stars": 2.5})
    middles = [image.getpixel((20 + 40 * index + 20, 40)) for index in range(4)]
    assert middles[:2] == [RED, RED] and middles[3] == BLUE
    assert image.getpixel((20 + 80 + 17, 40)) == RED and image.getpixel((20 + 80 + 23, 40)) == BLUE
    found = [inked(drawn(layer, fields={"stars": stars}), RED) for stars in (-1, 0, 1, 1.5, 2, 3.9, 4, 11)]
    assert found[0] == found[1] == 0 and found[1:-1] == sorted(set(found)) and found[-2] == found[-1]
    assert inked(drawn(layer, fields={"stars": 4}), BLUE) == 0


def test_stars_are_apart_by_their_gap_and_stand_in_the_middle_of_the_height(drawn: Drawn) -> None:
    layer = RatingLayer(field="stars", max=2, gap=20, box=(10, 10, 60, 40), color="red")
    image = drawn(layer, fields={"stars": 2})
    columns = [x for x in range(200) if any(image.getpixel((x, y)) != WHITE for y in range(120))]
    between = [x for x in range(columns[0], columns[-1]) if x not in columns]
    assert 40 <= len(between) <= 46
    top, bottom = (bounds(image, RED) or (0,) * 4)[1::2]
    assert abs((top + bottom) / 2 - 60) <= 2
