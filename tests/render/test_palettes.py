"""Flat art in 256 colours: its grounds stay exact, nothing in it is far off, soft shadows included."""

from __future__ import annotations

from random import Random

from hypothesis import given, strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.render.palettes import FLAT_COLORS, PALETTE, in_palette, quantized, standing_for
from tests.render.pictures import dusk

GROUND = (0xF4, 0xEF, 0xE6)


def shadowed() -> Image.Image:
    """Discs in five colours, each with a soft shadow on a ground that most of the picture shows."""
    image = Image.new("RGB", (600, 300), GROUND)
    for place, color in enumerate(("#ffd400", "#c8102e", "#fff3c4", "#0050a0", "#1d1d1b")):
        disc = Image.new("L", image.size)
        ImageDraw.Draw(disc).ellipse((60 + 90 * place, 80, 160 + 90 * place, 180), 255)
        shadow = ImageChops.offset(disc, 0, 6).filter(ImageFilter.GaussianBlur(9))
        image.paste("#000000", mask=shadow.point([value // 3 for value in range(256)]))
        image.paste(color, mask=disc.filter(ImageFilter.GaussianBlur(0.6)))
    return image


def farthest(few: Image.Image, meant: Image.Image) -> int:
    """By how many levels the worst pixel is off in its worst band."""
    extremes = ImageChops.difference(few.convert("RGB"), meant).getextrema()
    return max(high for _, high in extremes)  # type: ignore[misc]  # a pair for each band


def test_soft_shadows_are_near_everywhere() -> None:
    image = shadowed()
    assert len(image.getcolors(FLAT_COLORS) or []) > PALETTE, "they are more colours than a palette has"
    few = in_palette(image)
    assert few is not None
    assert farthest(few, image) <= 8
    assert few.convert("RGB").getpixel((3, 3)) == GROUND, "a mail's own ground may join it"


def test_no_shadow_gets_steps_because_its_ground_is_exact() -> None:
    assert in_palette(shadowed(), PALETTE // 2) is None
    sheer = Image.new("RGBA", (600, 300), "#00000000")
    sheer.putalpha(Image.linear_gradient("L").resize((600, 300)))
    assert in_palette(sheer, 24, carefully=True) is None
    few = in_palette(sheer, carefully=True)
    assert few is not None
    assert few.convert("RGBA").tobytes() == sheer.tobytes()


def test_a_gradient_on_a_large_ground_keeps_all_its_colors() -> None:
    image = Image.new("RGB", (600, 120), "#243b6b")
    image.paste(Image.linear_gradient("L").resize((200, 60)).convert("RGB"), (200, 30))
    few = in_palette(image)
    assert few is not None
    assert farthest(few, image) <= 2


def test_colors_that_all_find_room_stay_as_they_are() -> None:
    image = Image.new("RGB", (16, 16))
    image.putdata([(x, 16 * y, 255 - x) for x in range(16) for y in range(16)])
    assert farthest(quantized(image, PALETTE), image) == 0


def test_a_photograph_is_not_flat() -> None:
    assert in_palette(dusk(400, 200)) is None


@given(st.integers(2, PALETTE), st.integers(0, 2**32))
def test_any_flat_picture_has_few_colors(colors: int, seed: int) -> None:
    image = Image.frombytes("RGB", (24, 24), Random(seed).randbytes(3 * 24 * 24))
    few = quantized(image, colors)
    assert few.mode == "P"
    assert few.size == image.size
    assert len(few.getcolors() or []) <= colors


def test_most_pixels_decide_else_the_mean() -> None:
    assert standing_for([(5, (10, 0, 0)), (5, (20, 0, 0))]) == (20, 0, 0)
    assert standing_for([(2, (10, 0, 0)), (2, (20, 0, 0)), (2, (60, 9, 0))]) == (30, 3, 0)
