"""The bundled icons: all there, smooth, inside their box, and never a wrong one."""

from __future__ import annotations

from typing import get_args

import pytest

from app.engine.signals import CONDITIONS
from app.render.layers import IconLayer
from app.render.layers.drawings import DRAWINGS, Icon, drawing
from tests.render.conftest import Drawn
from tests.render.test_shapes_and_pictures import RED, WHITE, bounds

NOTHING = ((255, 255),) * 3


def test_every_icon_that_can_be_named_is_drawn_and_every_weather_has_one() -> None:
    assert tuple(DRAWINGS) == get_args(Icon)
    assert set(CONDITIONS) <= set(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("side", [1, 7, 24, 128])
def test_an_icon_keeps_inside_its_square_at_any_size_and_is_smooth(name: str, side: int) -> None:
    mask = drawing(name, side)
    assert mask.size == (side, side)
    assert mask.tobytes() == drawing(name, side).tobytes()
    if side >= 24:
        levels = len(mask.getcolors() or ())
        assert mask.getextrema()[1] == 255 and levels > 8
    assert all(0 <= x <= 24 and 0 <= y <= 24 for outline, solid in DRAWINGS[name] if solid for x, y in outline)


def test_icons_look_different_but_for_rain_that_freezes() -> None:
    looks = {drawing(name, 48).tobytes() for name in DRAWINGS}
    assert len(looks) == len(DRAWINGS) - 1


def test_an_icon_stands_in_the_middle_of_its_box_in_its_colour(drawn: Drawn) -> None:
    image = drawn(IconLayer(icon="clear", box=(10, 10, 80, 40), color="#ff0000"))
    left, top, right, bottom = bounds(image, RED) or (0,) * 4
    assert left >= 60 and right <= 140 and top >= 20 and bottom <= 100
    assert left + right == pytest.approx(200, abs=2) and top + bottom == pytest.approx(120, abs=2)
    assert image.getpixel((100, 60)) == RED and image.getpixel((30, 60)) == WHITE


@pytest.mark.parametrize(("word", "name"), [("rain", "rain"), (" Partly_Cloudy ", "partly_cloudy"), ("raining", None)])
def test_a_field_names_the_icon_and_a_word_nobody_knows_draws_nothing(
    drawn: Drawn, word: str, name: Icon | None
) -> None:
    image = drawn(IconLayer(field="weather", box=(10, 10, 40, 40)), fields={"weather": word})
    if name is None:
        assert image.getextrema() == NOTHING
    else:
        assert image.tobytes() == drawn(IconLayer(icon=name, box=(10, 10, 40, 40))).tobytes()
