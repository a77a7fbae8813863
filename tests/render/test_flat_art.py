"""Flat art as PNG: a palette chosen for the plate, bands of rows that are exchanged, and nobody sees either."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageDraw

from app.render.assets import Assets
from app.render.boxes import Area, apart
from app.render.canvas import Canvas
from app.render.colors import color
from app.render.design import Design
from app.render.flat import Flat
from app.render.fonts import Fonts
from app.render.layers import PictureLayer, ProgressLayer, ShapeLayer, TextLayer
from app.render.layers.group import Pane
from app.render.layers.layer import inks
from app.render.paint import Painter, contents
from app.render.palettes import near
from app.render.png import Bands, head, piece
from app.render.presses import BandPress, banded
from tests.render.pictures import dusk

BOLD = "Noto Sans Bold"
BANNER = Design(
    "banner",
    (600, 300),
    "#f4efe6",
    (
        ShapeLayer(box=(380, -60, 320, 320), form="ellipse", color="#c8102e"),
        TextLayer(field="headline", box=(34, 30, 370, 140), font=BOLD, size=36, min_size=20, color="#1d1d1b"),
        ProgressLayer(field="points", box=(34, 190, 300, 14), color="#2e7d32", track="#0000001a"),
        ShapeLayer(box=(34, 225, 200, 50), color="#c8102e", radius=25),
    ),
)


def printed(painter: Painter, design: Design = BANNER, **fields: object) -> tuple[bytes, Image.Image, Image.Image]:
    """The PNG, what is read from it, and what was meant."""
    file = painter.paint(design, fields, {}, format="png")
    read = Image.open(BytesIO(file))
    read.load()
    canvas = Canvas.blank(design.pixels, design.ground)
    for drawing in painter._prepared(design, contents(design, fields, {}), range(len(design.layers))):
        drawing.onto(canvas)
    return file, read, canvas.image


def test_flat_art_with_new_words_stays_in_its_palette_and_is_light(painter: Painter) -> None:
    files = []
    for headline in ("Anna, your order ships today", "Bartholomäus, yours ships on Monday"):
        file, read, meant = printed(painter, headline=headline, points=40)
        assert read.mode == "P"
        assert len(file) < 30_000
        assert near(read.convert("RGB"), meant)
        files.append(file)
    assert files[0][: files[0].index(b"IDAT")] == files[1][: files[1].index(b"IDAT")], "one palette for everybody"


CARD = Design(
    "card",
    (600, 300),
    "transparent",
    (
        ShapeLayer(box=(20, 90, 560, 190), color="#0b3d5c", radius=40),
        TextLayer(field="above", box=(34, 10, 500, 70), font=BOLD, size=40, color="#c8102e"),
        TextLayer(field="headline", box=(60, 110, 480, 90), font=BOLD, size=36, min_size=20, color="#ffffff"),
        TextLayer(field="over", box=(34, 60, 500, 60), font=BOLD, size=30, color="#ffd400"),
    ),
)


@pytest.mark.parametrize("field", ["above", "headline"])
def test_words_on_what_is_clear_and_on_a_card_stay_in_its_palette(painter: Painter, field: str) -> None:
    files = []
    for words in ("Anna, your order ships", "Bartholomäus, on Monday"):
        file, read, meant = printed(painter, CARD, **{field: words})
        assert read.mode == "P"
        assert near(read.convert("RGBA"), meant)
        assert read.convert("RGBA").getpixel((4, 4)) == (255, 255, 255, 0), "a mail's own ground is seen"
        files.append(file)
    assert files[0][: files[0].index(b"IDAT")] == files[1][: files[1].index(b"IDAT")], "one palette for everybody"
    assert b"tRNS" in files[0]


def test_words_over_an_edge_take_the_longer_way(painter: Painter) -> None:
    one, other = (printed(painter, CARD, over=words) for words in ("Anna", "Bartholomäus"))
    for _, read, meant in (one, other):
        assert near(read.convert("RGBA"), meant)
    assert one[0][: one[0].index(b"IDAT")] != other[0][: other[0].index(b"IDAT")], "a palette of each one's own"


def test_ink_that_was_not_named_finds_none_on_what_is_clear() -> None:
    plate = Canvas.blank((60, 40), color("transparent"))
    flat = Flat.of(plate, [(Area(0, 0, 60, 40), (color("#c8102e80"),))])
    assert flat is not None
    for ink, known in (("#c8102e80", True), ("#0050a080", False), ("#0050a0", False)):
        painted = plate.copy()
        painted.ink(color(ink), Image.new("L", (9, 9), 255), (4, 4))
        rows = flat.painted([painted], 0, 40)
        assert (rows is not None) is known
        assert rows is None or near(rows.convert("RGBA"), painted.image)


def test_what_fills_large_parts_has_exactly_its_colour(painter: Painter) -> None:
    _, read, meant = printed(painter, headline="Anna", points=50)
    for at in ((10, 10), (1000, 200), (200, 500), (100, 394), (600, 394)):  # ground, shapes, reached, track
        assert read.convert("RGB").getpixel(at) == meant.getpixel(at)


def test_colours_that_nobody_could_know_take_the_longer_way(painter: Painter) -> None:
    _, read, meant = printed(painter, headline="Für Anna: \U0001f389\U0001f308\U0001f381 und mehr", points=5)
    assert near(read.convert("RGB"), meant)


def test_a_photograph_keeps_its_true_colours_below_words(painter: Painter) -> None:
    design = replace(BANNER, layers=(PictureLayer(picture="dusk.jpg", box=(0, 0, 600, 300)), *BANNER.layers[1:]))
    _, read, meant = printed(painter, design, headline="Anna", points=5)
    assert (read.mode, ImageChops.difference(read, meant).getbbox()) == ("RGB", None)


def test_what_lets_through_has_a_palette_where_its_plate_has_one(painter: Painter, folder: Path) -> None:
    """With an opacity for each colour, also that of soft edges."""
    design = replace(BANNER, background="transparent")
    _, read, meant = printed(painter, design, headline="Anna", points=5)
    assert read.mode == "P"
    assert near(read.convert("RGBA").convert("RGBa"), meant.convert("RGBa"))
    Image.merge("RGBA", (*dusk(600, 300).split(), Image.linear_gradient("L").resize((600, 300)))).save(folder / "d.png")
    soft = replace(design, layers=(PictureLayer(picture="d.png", box=(0, 0, 600, 300)), *BANNER.layers[1:]))
    _, read, meant = printed(painter, soft, headline="Anna", points=5)
    assert (read.mode, read.tobytes()) == ("RGBA", meant.tobytes())


def test_a_layer_that_is_not_shown_leaves_the_plates_own_band() -> None:
    painter = Painter(Assets([]), Fonts())
    _, read, meant = printed(painter, headline="Anna")
    assert near(read.convert("RGB"), meant)


@pytest.mark.parametrize("reached", [{"a": 0, "b": 0}, {"a": 50, "b": 0}, {"a": 100, "b": 100}])
def test_what_touches_is_painted_in_both_bands(reached: dict[str, object]) -> None:
    """One bar below the other: where one ends the other begins, on each side of the edge of two bands."""
    bars = tuple(
        ProgressLayer(field=field, box=(10, top, 200, 20), color="#c8102e", track="#eeeeee", ends="flat")
        for field, top in (("a", 20), ("b", 40))
    )
    design = Design("bars", (300, 260), layers=bars)
    painter = Painter(Assets([]), Fonts())
    _, read, meant = printed(painter, design, **reached)
    assert ImageChops.difference(read.convert("RGB"), meant).getbbox() is None


def test_areas_are_apart_unless_they_share_a_pixel_or_are_worth_sparing() -> None:
    one, touching, over = Area(0, 0, 10, 10), Area(0, 10, 10, 20), Area(9, 9, 12, 12)
    assert apart([one, touching]) == [one, touching]
    assert apart([one, over]) == [Area(0, 0, 12, 12)]
    assert apart([one, touching, Area(5, 5, 5, 9)], 1) == [Area(0, 0, 10, 20)]
    assert apart([one, Area(12, 0, 20, 10)], 19) == [one, Area(12, 0, 20, 10)]
    assert apart([one, Area(12, 0, 20, 10)], 20) == [Area(0, 0, 20, 10)]


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Image.Image, list[int]]:
    """Something in a palette, and where it is cut."""
    width, height = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    image = dusk(120, 120).crop((30, 40, 30 + width, 40 + height)).quantize(draw(st.integers(2, 256)))
    return image, sorted({0, height, *draw(st.lists(st.integers(0, height), max_size=5))})


@given(pictures())
@settings(deadline=None)
def test_bands_in_a_row_are_one_picture(cut: tuple[Image.Image, list[int]]) -> None:
    """Read by Pillow, and by zlib, which compares the checksum too."""
    image, edges = cut
    pieces = [piece(image.crop((0, top, image.width, bottom))) for top, bottom in pairwise(edges)]
    file = Bands(head(image), tuple(pieces)).joined()
    read = Image.open(BytesIO(file))
    read.load()
    assert read.tobytes() == image.tobytes()
    assert (read.getpalette(), [round(value) for value in read.info["dpi"]]) == (image.getpalette(), [96, 96])
    rows = zlib.decompress(b"".join(_bodies(file, b"IDAT")))
    assert len(rows) == (image.width + 1) * image.height


def _bodies(file: bytes, kind: bytes) -> list[bytes]:
    """Of all chunks of that kind; their own checksums are right."""
    at, found = 8, []
    while at < len(file):
        length = int.from_bytes(file[at : at + 4])
        content = file[at + 4 : at + 8 + length]
        assert zlib.crc32(content) == int.from_bytes(file[at + 8 + length : at + 12 + length])
        if content[:4] == kind:
            found.append(content[4:])
        at += 12 + length
    return found


SPANS = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=6)


@given(SPANS, st.integers(1, 30))
def test_bands_are_all_rows_and_no_span_ends_inside_one(spans: list[tuple[int, int]], height: int) -> None:
    bands = banded(spans, height)
    assert [row for top, bottom in bands for row in range(top, bottom)] == list(range(height))
    for first, last in spans:
        for top, bottom in bands:
            apart = last <= top or bottom <= first or first >= last
            assert apart or (first <= top and bottom <= last) or any(_meet((first, last), one) for one in spans)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and one[0] < other[1] and other[0] < one[1]


def test_every_colour_key_of_a_layer_is_an_ink_and_what_is_on_top_comes_last() -> None:
    text = TextLayer(field="a", box=(0, 0, 9, 9), color="white", outline="red", shadow="#00000080")
    assert list(inks(text)) == [color("#00000080"), color("red"), color("white")]
    assert list(inks(Pane(text, None, 0.5, None))) == list(inks(text))
    assert set(inks(ShapeLayer(box=(0, 0, 9, 9), gradient=("red", "blue")))) == {color("red"), color("blue")}


def test_a_plate_with_too_many_inks_keeps_its_true_colours() -> None:
    plate = Canvas.blank((40, 40), color("white"))
    ImageDraw.Draw(plate.image).rectangle((0, 0, 20, 20), fill="red")
    many = tuple((number, 0, 0, 255) for number in range(200))
    assert Flat.of(plate, [(Area(0, 0, 40, 40), many)]) is None
    few = Flat.of(plate, [(Area(0, 0, 40, 40), many[:9])])
    assert few is not None
    assert few.image.convert("RGB").tobytes() == plate.image.tobytes()
    assert isinstance(BandPress.of(few, [(Area(0, 5, 40, 9), many[:9])]), BandPress)
