"""Maps: distances and directions are true, whoever is on them is on them, and what is no place is not drawn."""

from __future__ import annotations

from math import hypot, isclose

import pytest
from hypothesis import given, strategies as st

from app.engine.geodesy import distance_km
from app.render.layers import MapLayer
from app.render.layers.cartography import Margins, offset, view
from tests.render.conftest import Drawn

BERLIN, POTSDAM = (52.52, 13.405), (52.4, 13.065)
MARGINS = Margins(24, 32, 44)
RED, INK = (200, 16, 46), (0, 0, 255)

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
places = st.tuples(latitudes, longitudes)
sizes = st.tuples(st.integers(120, 1200), st.integers(120, 1200))
offsets = st.tuples(st.floats(-20_000, 20_000), st.floats(-20_000, 20_000))


@given(places, places)
def test_a_reader_is_as_far_away_as_they_are(place: tuple[float, float], reader: tuple[float, float]) -> None:
    assert isclose(hypot(*offset(place, reader)), distance_km(*place, *reader), abs_tol=1e-9)


@pytest.mark.parametrize(
    ("place", "reader", "east", "north"),
    [
        (BERLIN, POTSDAM, -23.1, -13.3),
        ((0, 0), (0, 1), 111.2, 0),
        ((0, 179.5), (0, -179.5), 111.2, 0),
        ((89.5, 0), (89.5, 180), 0, 111.2),
    ],
)
def test_directions_are_true_also_over_the_pole_and_the_date_line(
    place: tuple[float, float], reader: tuple[float, float], east: float, north: float
) -> None:
    assert offset(place, reader) == pytest.approx((east, north), abs=0.1)


@given(sizes, offsets)
def test_the_place_and_its_reader_stand_inside_the_margins(size: tuple[int, int], reader: tuple[float, float]) -> None:
    shown = view(size, MARGINS, 5, reader)
    for x, y in (shown.place, shown.at(reader)):
        assert 24 - 1e-6 <= x <= size[0] - 24 + 1e-6
        assert 32 - 1e-6 <= y <= size[1] - 44 + 1e-6


@given(sizes, st.none() | offsets, st.floats(0.1, 5_000))
def test_rings_are_round_numbers_apart_and_can_be_told_apart(
    size: tuple[int, int], reader: tuple[float, float] | None, km: float
) -> None:
    shown = view(size, MARGINS, km, reader)
    assert f"{shown.step:.9e}".partition("e")[0].rstrip("0") in ("1.", "2.", "5.")
    assert 0.16 * min(size) - 1e-6 <= shown.step * shown.pixels <= 0.4 * min(size) + 1e-6
    assert len(shown.rings(size)) <= 12


FIELDS: dict[str, object] = {"lat": 52.4, "lon": "13.065"}


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        (FIELDS, "-23.1 -13.3\nShop"),
        ({}, "\nShop"),
        ({"lat": 52.4}, "\nShop"),
        ({"lat": 99, "lon": 13}, "\nShop"),
        ({"lat": "north", "lon": 13}, "\nShop"),
    ],
)
def test_a_reader_who_is_nowhere_on_earth_is_left_out(fields: dict[str, object], content: str) -> None:
    layer = MapLayer(near=BERLIN, reader_latitude="lat", reader_longitude="lon", text="Shop", box=(0, 0, 200, 150))
    assert layer.content(fields, "Shop") == content


def test_a_place_that_is_none_is_no_map() -> None:
    layer = MapLayer(latitude="lat", longitude="lon", field="name", box=(0, 0, 200, 150))
    assert layer.content({"lat": 91, "lon": 0}, None) is None
    assert layer.content({}, None) is None
    assert layer.content(FIELDS | {"name": " Shop "}, None) == "@52.40000 13.06500\nShop"


def test_everything_is_seen_at_its_place(drawn: Drawn) -> None:
    layer = MapLayer(
        near=(0, 0), reader_latitude="lat", reader_longitude="lon", box=(0, 0, 200, 150), color="#c8102e", ink="blue"
    )  # fmt: skip
    image = drawn(layer, fields={"lat": 0, "lon": 1}, size=(200, 150))
    pin, dot, bar, needle = (48, 128), (352, 138), (20, 283), (369, 268)
    assert [image.getpixel(at) for at in (pin, dot, bar, needle)] == [RED, INK, INK, INK]


def test_a_map_of_a_place_alone_has_it_in_its_middle_and_its_name_below(drawn: Drawn) -> None:
    layer = MapLayer(near=BERLIN, text="Shop", box=(0, 0, 200, 150), color="#c8102e", background="#fbf8f1")
    image = drawn(layer, captions={0: "Shop"}, size=(200, 150))
    assert image.getpixel((200, 138 - 10)) == RED
    assert min(image.crop((170, 138, 230, 168)).convert("L").getextrema()) == 0
    assert image.getpixel((0, 0)) == (251, 248, 241)
