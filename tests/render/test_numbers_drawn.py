"""Bars, rings, stars and charts, pixel by pixel; two device pixels for a CSS pixel."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from app.engine.words import Figure
from app.render.assets import Assets
from app.render.atlas import Atlas
from app.render.canvas import Canvas
from app.render.fonts import Fonts
from app.render.layers import ChartLayer, IconLayer, Layer, ProgressLayer, RatingLayer
from app.render.layers.chart import MOST
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
    ChartLayer(field="value", box=BOX),
    ChartLayer(field="value", box=BOX, form="bars", gap=0),
    ChartLayer(field="value", box=BOX, form="sparkline", dot=True, width=6),
    ChartLayer(field="value", box=BOX, form="donut", colors=("red", "#0000ff80")),
    IconLayer(field="value", box=BOX),
)


@pytest.fixture(scope="module")
def materials(fonts: Fonts) -> Materials:
    return Materials(Assets([]), Typesetter(fonts), Shelf(1 << 24, weight), Atlas(None), 1)


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


def test_a_ring_that_is_nearly_a_disc_ends_flat(drawn: Drawn) -> None:
    disc: dict[str, Any] = RING | {"width": 20}
    image = drawn(ProgressLayer(field="points", **disc), fields={"points": 30})
    assert image.tobytes() == drawn(ProgressLayer(field="points", **disc, ends="flat"), fields={"points": 30}).tobytes()


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


def test_columns_stand_on_zero_and_what_is_negative_hangs_below(drawn: Drawn) -> None:
    layer = ChartLayer(values="3, -1, 0, 1.5", box=BOX, color="red", gap=0)
    image = drawn(layer)
    assert [image.getpixel((x, 79)) for x in (40, 80, 120, 160)] == [RED, WHITE, WHITE, RED]
    assert [image.getpixel((x, 80)) for x in (40, 80, 120, 160)] == [WHITE, RED, WHITE, WHITE]
    assert [image.getpixel((160, y)) for y in (49, 50)] == [WHITE, RED]
    assert bounds(image, RED) == (20, 20, 180, 100)


def test_bars_lie_from_above_in_colours_taken_in_turn(drawn: Drawn) -> None:
    image = drawn(ChartLayer(values="4; 2; 1; -4", form="bars", box=BOX, colors=("red", "blue"), gap=0))
    assert [image.getpixel((101, y)) for y in (30, 50, 70)] == [RED, BLUE, RED]
    assert [image.getpixel((x, 50)) for x in (99, 139, 140)] == [WHITE, BLUE, WHITE]
    assert image.getpixel((99, 90)) == BLUE and image.getpixel((20, 90)) == BLUE


def test_a_value_that_is_missing_keeps_its_place(drawn: Drawn) -> None:
    layer = ChartLayer(field="week", box=BOX, color="red", gap=0)
    image = drawn(layer, fields={"week": "1, n/a, 1, 1"})
    assert [image.getpixel((x, 60)) for x in (40, 80, 120, 160)] == [RED, WHITE, RED, RED]


def test_a_sparkline_reaches_from_the_least_to_the_greatest_or_from_its_base(drawn: Drawn) -> None:
    chart: dict[str, Any] = {"values": "10 11 12", "form": "sparkline", "box": BOX, "color": "red", "width": 4}
    free, based = drawn(ChartLayer(**chart)), drawn(ChartLayer(**chart, base=0))
    assert free.getpixel((24, 96)) == RED and free.getpixel((176, 24)) == RED
    assert based.getpixel((24, 96)) == WHITE and based.getpixel((176, 24)) == RED
    assert is_smooth(free, RED)
    assert inked(drawn(ChartLayer(**chart, dot=True)), RED) > 0
    flat = drawn(ChartLayer(**chart | {"values": "7 7"}))
    assert bounds(flat, RED) and flat.getpixel((100, 60)) == RED


def test_the_last_value_of_a_sparkline_may_be_a_dot(drawn: Drawn) -> None:
    image = drawn(ChartLayer(values="5 5", form="sparkline", box=BOX, color="red", width=4, dot=True))
    thick = [sum(image.getpixel((x, y)) == RED for y in range(120)) for x in (28, 172)]
    assert 7 <= thick[0] <= 9 and 14 <= thick[1] <= 17


def test_a_donut_shows_shares_clockwise_from_above(drawn: Drawn) -> None:
    layer = ChartLayer(values="1, 1, 2, 0", form="donut", box=(30, 10, 40, 40), colors=("red", "blue", "lime"), width=8)
    image = drawn(layer)
    quarters = [image.getpixel(at) for at in ((122, 38), (122, 82), (78, 82), (78, 38))]
    assert quarters == [RED, BLUE, (0, 255, 0), (0, 255, 0)]
    assert image.getpixel((100, 60)) == WHITE and image.getpixel((62, 22)) == WHITE
    assert image.getpixel((100, 22)) == WHITE, "what lies between two shares is free"
    assert is_smooth(image, RED)


def test_what_is_below_none_is_no_share_of_a_whole() -> None:
    with pytest.raises(ValueError, match="-30 is no share of a whole"):
        ChartLayer(values="50, -30, 50", form="donut", box=BOX)
    donut = ChartLayer(field="week", form="donut", box=BOX)
    assert donut.content({"week": "50 30"}, None) == "50 30"
    assert donut.content({"week": "50 -30"}, None) is None


def test_what_cannot_be_told_apart_is_not_drawn(drawn: Drawn) -> None:
    chart = ChartLayer(field="week", box=BOX)
    assert chart.content({"week": "1 " * MOST}, None) is not None
    assert chart.content({"week": "1 " * (MOST + 1)}, None) is None


def test_a_number_field_is_one_number_whatever_words_a_reader_sees_for_it() -> None:
    assert ChartLayer(field="week", box=BOX).content({"week": Figure(8.5, "8,5")}, None) == "8.5"


def test_only_fixed_numbers_are_painted_ahead() -> None:
    fixed = ChartLayer(values="1 2", box=BOX)
    assert fixed.steady(fixed.content({}, None) or "")
    assert not ChartLayer(field="week", box=BOX).steady("1 2")
