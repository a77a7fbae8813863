"""One palette: few colours, chosen well, and the same for a pixel wherever it stands."""

from __future__ import annotations

from hypothesis import given, strategies as st
from PIL import Image, ImageChops, ImageStat

from app.render.gif.blocks import TRANSPARENT
from app.render.gif.palette import Palette
from tests.render.gif.scenes import in_palette
from tests.render.pictures import dusk

apart = st.tuples(*[st.integers(0, 63).map(lambda level: 4 * level + 3)] * 3)
"""Colours that Pillow can tell apart, each at the far end of what is one to it."""


@given(st.lists(apart, min_size=1, max_size=40, unique=True))
def test_a_few_colours_stay_exactly_as_they_are(colors: list[tuple[int, int, int]]) -> None:
    picture = Image.new("RGB", (len(colors), 1))
    picture.putdata(colors)
    assert ImageChops.difference(in_palette(Palette.of([picture]), picture), picture).getbbox() is None


def test_a_flat_ground_stays_exactly_as_it_is_beside_a_photograph() -> None:
    ground = Image.new("RGB", (200, 100), "#121826")
    soiled = ground.copy()
    soiled.paste("#161c2a", (0, 0, 200, 40))
    palette = Palette.of([dusk(200, 100), soiled])
    assert in_palette(palette, ground).getcolors() == [(20_000, (0x12, 0x18, 0x26))]


def test_a_small_red_word_stays_red_beside_large_figures() -> None:
    figures, edges, word = Image.new("RGB", (400, 200)), Image.linear_gradient("L"), Image.new("RGB", (5, 4), "#c8102e")
    figures.paste("white", (0, 0, 200, 100))
    assert in_palette(Palette.of([figures, edges.convert("RGB"), word]), word).getcolors() == [(20, (0xC8, 0x10, 0x2E))]


def test_a_photograph_stays_near() -> None:
    picture = dusk(400, 100)
    off = ImageStat.Stat(ImageChops.difference(in_palette(Palette.of([picture]), picture), picture))
    assert max(off.mean) < 6


def test_there_are_at_most_63_colours_and_no_pixel_is_transparent() -> None:
    palette = Palette.of([dusk(400, 100)])
    assert 40 < len(palette.colors) <= 63 and len(palette.table) == 3 * 64
    assert palette.indices(dusk(400, 100)).getextrema()[0] > TRANSPARENT


def test_a_piece_has_the_indices_that_it_has_in_the_whole() -> None:
    palette, area = Palette.of([dusk(400, 100)]), (31, 17, 333, 78)
    assert palette.indices(dusk(400, 100).crop(area)) == palette.indices(dusk(400, 100)).crop(area)
