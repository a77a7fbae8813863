"""Grounds of maps: below a sketch lies what is there, the server is named, and the picture gets another name."""

from __future__ import annotations

from math import atan, degrees, hypot, pi, sinh

import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageChops

from app.render.assets import Assets
from app.render.atlas import Atlas, is_tile
from app.render.design import Design
from app.render.fonts import Fonts
from app.render.layers import MapLayer
from app.render.layers.cartography import Margins, offset, view
from app.render.layers.mercator import Sheet, sheet_below, somewhere
from app.render.paint import Painter
from tests.support.reading import read
from tests.support.tiles import CREDIT, EAST, WEST, png, tile

BERLIN = (52.52, 13.405)
MARGINS = Margins(24, 32, 44)
LAYER = MapLayer(near=BERLIN, text="Shop", box=(0, 0, 300, 200), color="#c8102e", ink="#202020")
DESIGN = Design("map", (300, 200), "#ffffff", (LAYER,))
SKETCH = Painter(Assets([]), Fonts())


class Land:
    """Tiles with a border at the meridian of the place; every other row may be `lacking`."""

    def __init__(self, credit: str = CREDIT, *, lacking: bool = False) -> None:
        self.credit = credit
        self.lacking = lacking

    def get(self, zoom: int, x: int, y: int, /) -> bytes | None:
        return None if self.lacking and y % 2 else tile(zoom, x, meridian=BERLIN[1])


def painted(painter: Painter, caption: str = "Shop") -> Image.Image:
    return read(painter.paint(DESIGN, {}, {0: caption}, format="png")).convert("RGB")


def key(painter: Painter) -> str:
    return painter.key(DESIGN, {}, {0: "Shop"}, format="png")


def on_earth(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of a sheet, in tiles."""
    side = 2**sheet.zoom
    return degrees(atan(sinh(pi * (1 - 2 * (sheet.top + y) / side)))), (sheet.left + x) / side * 360 - 180


places = st.tuples(st.floats(-70, 70), st.floats(-180, 180))


@given(places, st.tuples(st.floats(-500, 500), st.floats(-500, 500)))
def test_somewhere_is_as_far_away_as_was_said(place: tuple[float, float], far: tuple[float, float]) -> None:
    there = somewhere(place, far)
    assert there is not None
    assert offset(place, there) == pytest.approx(far, abs=1e-4)


@given(places, st.floats(0.2, 100), st.sampled_from([1.0, 2.0]))
def test_a_sheet_holds_what_its_sketch_shows_where_the_sketch_shows_it(
    place: tuple[float, float], km: float, scale: float
) -> None:
    size = (round(300 * scale), round(200 * scale))
    shown = view(size, MARGINS, km, None)
    sheet = sheet_below(place, shown, size, scale)
    assert sheet is not None
    assert sheet.meshes[0][0][:2] == (0, 0)
    assert sheet.meshes[-1][0][2:] == size
    for (left, top, right, bottom), quad in sheet.meshes:
        for pixel, x, y in zip(
            ((left, top), (left, bottom), (right, bottom), (right, top)), quad[::2], quad[1::2], strict=True
        ):
            assert 0 <= x <= sheet.columns
            assert 0 <= y <= sheet.rows
            assert hypot(*map(float.__sub__, offset(place, on_earth(sheet, x, y)), shown.offset(pixel))) < 0.001 * km
    assert len(list(sheet.tiles())) <= 30  # a tile has about its own size


@pytest.mark.parametrize("place", [(88.0, 0.0), (84.9, 10.0)])
def test_a_pole_has_no_tiles(place: tuple[float, float]) -> None:
    assert sheet_below(place, view((400, 300), MARGINS, 100, None), (400, 300), 2) is None


def test_the_world_goes_on_behind_the_date_line() -> None:
    sheet = sheet_below((0, 179.99), view((600, 400), MARGINS, 5, None), (600, 400), 2)
    assert sheet is not None
    columns = {tile.x for tile in sheet.tiles()}
    assert {0, 2**sheet.zoom - 1} <= columns


def test_marks_stand_on_the_ground_that_is_there_and_the_server_is_named() -> None:
    sketch, shown = painted(SKETCH), painted(Painter(Assets([]), Fonts(), atlas=Atlas(Land())))
    assert (shown.getpixel((20, 200)), shown.getpixel((580, 200))) == (WEST, EAST)
    assert (shown.getpixel((294, 100)), shown.getpixel((306, 100))) == (WEST, EAST)  # the border is below the pin
    assert shown.getpixel((300, 202 - 20)) == sketch.getpixel((300, 188 - 20)) == (200, 16, 46)
    corner = shown.crop((420, 0, 600, 30)).convert("L")
    assert corner.getextrema()[0] < 40
    assert corner.getextrema()[1] > 235


def test_a_name_that_finds_no_room_is_no_map_but_a_sketch() -> None:
    endless = Land("© " + "Everybody who ever drew a line of this map, one by one, " * 12)
    sketch, shown = painted(SKETCH), painted(Painter(Assets([]), Fonts(), atlas=Atlas(endless)))
    assert ImageChops.difference(sketch, shown).getbbox() is None


def test_a_picture_is_a_sketch_until_every_tile_is_there_and_then_has_another_name() -> None:
    land = Land(lacking=True)
    painter = Painter(Assets([]), Fonts(), atlas=Atlas(land))
    before = key(painter)
    assert ImageChops.difference(painted(SKETCH), painted(painter)).getbbox() is None
    land.lacking = False
    assert key(painter) != before
    assert painted(painter).getpixel((20, 200)) == WEST


@pytest.mark.parametrize(
    ("body", "fine"),
    [
        (tile(3, 4, meridian=0), True),
        (png(Image.new("RGBA", (512, 512), (0, 0, 0, 0))), True),
        (tile(3, 4, meridian=0)[:-40], False),
        (png(Image.new("L", (256, 128))), False),
        (png(Image.new("1", (2048, 2048))), False),
        (b"<html>404</html>", False),
        (b"", False),
    ],
)
def test_a_tile_is_a_whole_square_picture_of_no_monstrous_size(body: bytes, fine: bool) -> None:
    assert is_tile(body) is fine
