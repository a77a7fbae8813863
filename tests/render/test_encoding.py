"""Bytes: every file can be read again, has its size and resolution, and is the same for the same pixels."""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from app.render.boxes import Area, apart
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import CONTENT_TYPES, FORMATS, Format, encode
from app.render.encoding import encoded
from app.render.jpeg import FAIR, LEAST, RESTARTS, STEP, cut, jpeg, within
from app.render.layers import CountdownLayer, Layer
from app.render.presses import CellPress
from tests.render.pictures import dusk
from tests.support import reading
from tests.support.reading import read


def flat() -> Image.Image:
    """Flat art with smooth edges: a few hundred colours, nearly all pixels of three."""
    image = Image.new("RGB", (400, 200), "#f4efe6")
    ImageDraw.Draw(image).ellipse((20, 20, 300, 180), fill="#c8102e")
    return image.filter(ImageFilter.GaussianBlur(1))


def off(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart on average, in levels of the worst band."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_file_has_its_type_size_and_resolution(format: Format, mode: str) -> None:
    image = read(encode(dusk(90, 50).convert(mode), format=format))
    assert Image.MIME[image.format or ""] == CONTENT_TYPES[format]
    assert image.size == (90, 50)
    assert getattr(image, "n_frames", 1) == 1
    if format != "gif":  # has no resolution
        assert tuple(round(value) for value in image.info["dpi"]) == (96, 96)
    assert not image.info.keys() & {"exif", "icc_profile", "comment", "xmp"}


def test_every_png_that_tests_read_is_looked_at_by_pngcheck_too() -> None:
    if reading.PNGCHECK is None:
        pytest.skip("NO PNG WAS CHECKED by anybody but Pillow: apt install pngcheck, as .ci/run does")
    sound = encode(flat(), format="png")
    assert reading.fault_of(sound) == ""
    with pytest.raises(AssertionError, match="additional data after IEND"):  # which Pillow does not mind
        read(sound + b"left over")


def test_a_jpeg_is_baseline_420_with_density_in_its_jfif_header() -> None:
    image = read(encode(dusk(90, 50), format="jpg"))
    assert image.info["jfif_density"] == (96, 96) and image.info["jfif_unit"] == 1
    assert "progressive" not in image.info
    assert [layer[1:3] for layer in image.layer] == [(2, 2), (1, 1), (1, 1)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_pixels_give_the_same_bytes(format: Format) -> None:
    assert encode(dusk(200, 100), format=format) == encode(dusk(200, 100), format=format)


def test_flat_art_becomes_a_palette_and_looks_the_same() -> None:
    image = read(encode(flat(), format="png"))
    assert image.mode == "P"
    assert off(image, flat()) < 0.5


def test_a_few_colours_are_kept_exactly() -> None:
    few = Image.new("RGB", (100, 100), "#c8102e")
    few.paste("#fffaf2", (10, 10, 50, 50))
    assert ImageChops.difference(read(encode(few, format="png")).convert("RGB"), few).getbbox() is None


def test_a_photograph_keeps_its_true_colours_in_png() -> None:
    image = read(encode(dusk(300, 200), format="png"))
    assert image.mode == "RGB"
    assert ImageChops.difference(image, dusk(300, 200)).getbbox() is None


def test_transparency_survives_in_png_and_becomes_the_ground_in_jpeg() -> None:
    image = Image.new("RGBA", (64, 64), (255, 255, 255, 0))
    ImageDraw.Draw(image).rectangle((16, 16, 47, 47), fill=(200, 16, 46, 255))
    png = read(encode(image, format="png")).convert("RGBA")
    assert png.getpixel((0, 0)) == (255, 255, 255, 0) and png.getpixel((30, 30)) == (200, 16, 46, 255)
    on_black = read(encode(image, format="jpg", ground=(0, 0, 0, 255)))
    assert max(on_black.getpixel((2, 2))) < 8  # type: ignore[arg-type]
    on_white = read(encode(image, format="jpg"))
    assert min(on_white.getpixel((2, 2))) > 247  # type: ignore[arg-type]


def test_a_gif_is_transparent_where_less_than_half_is_seen() -> None:
    image = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 31, 63), fill=(255, 0, 0, 200))
    gif = read(encode(image, format="gif")).convert("RGBA")
    assert [gif.getpixel((x, 9))[3] for x in (5, 60)] == [255, 0]  # type: ignore[index]


def test_a_photograph_as_gif_is_dithered_and_near() -> None:
    photograph = dusk(400, 200)
    soft = ImageFilter.GaussianBlur(3)
    gif = read(encode(photograph, format="gif")).convert("RGB")
    assert off(gif.filter(soft), photograph.filter(soft)) < 4


def test_a_gradient_as_png_shows_no_bands() -> None:
    gradient = Image.linear_gradient("L").resize((300, 512)).convert("RGB")
    assert off(read(encode(gradient, format="png")), gradient) == 0


@pytest.mark.parametrize(
    ("size", "across"),
    [
        ((16, 16), 1),
        ((1, 1), 1),
        ((17, 33), 1),
        ((1200, 600), 5),
        ((600, 300), 19),
        ((600, 1200), 2),
        ((1184, 15), 37),
        ((592, 15), 1),
    ],
)
def test_a_jpeg_is_cut_into_its_cells_and_joined_again(size: tuple[int, int], across: int) -> None:
    whole = jpeg(dusk(max(size[0], 40), max(size[1], 40)).crop((0, 0, *size)), 82)
    cells = cut(whole, size)
    assert cells.across == across
    assert len(cells.cells) == across * -(-size[1] // 16)
    assert cells.joined() == whole
    assert all(marker not in cell for cell in cells.cells for marker in RESTARTS)


WIDE, HIGH = 3 * 256 - 5, 192
PHOTOGRAPH = dusk(WIDE, HIGH)
INSIDE = st.tuples(st.integers(-9, WIDE + 9), st.integers(-9, HIGH + 9))


@given(corners=st.tuples(INSIDE, INSIDE), height=st.integers(177, HIGH))
@settings(max_examples=40, deadline=None)
def test_exchanged_cells_give_the_bytes_of_the_whole_picture(
    corners: tuple[tuple[int, int], tuple[int, int]], height: int
) -> None:
    """Cells of one encoding may stand beside cells of another."""
    plain, drawn = PHOTOGRAPH.crop((0, 0, WIDE, height)), PHOTOGRAPH.crop((0, 0, WIDE, height))
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(*corners, strict=True))
    where = Area(left, top, right, bottom)
    drawn.paste("#c8102e", where)
    cells, whole = cut(jpeg(plain, 82), plain.size), Canvas(drawn)
    for place in apart([cells.around(where)]):
        part = whole.part(place)
        cells = cells.exchanged(part.image, 82, left=part.left, top=part.top)
    assert cells.joined() == jpeg(drawn, 82)


def test_a_jpeg_takes_the_best_quality_that_is_light_enough() -> None:
    photo = noisy(300, 200)
    sizes = [len(jpeg(photo, quality)) for quality in range(82, LEAST - 1, -STEP)]
    assert sizes == sorted(sizes, reverse=True)
    for most in (sizes[0], sizes[0] - 1, sizes[2], sizes[-1], sizes[-1] - 1, 1):
        encoded, quality = within(photo, 82, most)
        fitting = [place for place, size in enumerate(sizes) if size <= most]
        assert quality == 82 - STEP * (fitting[0] if fitting else len(sizes) - 1)
        assert encoded == jpeg(photo, quality)
        assert encode(photo, format="jpg", most=most) == encoded


def noisy(width: int, height: int) -> Image.Image:
    """As hard to compress as a photograph."""
    return Image.frombytes("RGB", (width // 4, height // 4), Random(3).randbytes(3 * width * height // 16)).resize(
        (width, height), Image.Resampling.BICUBIC
    )


def test_only_cells_that_are_painted_on_are_encoded_anew_and_the_bytes_are_those_of_the_whole() -> None:
    plate, design = Canvas(dusk(1200, 240)), Design("d", (600, 120), most=1 << 20)  # cells of three blocks, 48 pixels
    press = CellPress(plate, design)
    drawn = [Area(20, 10, 90, 30), Area(30, 180, 500, 200), Area(-9, 20, 20, 40), Area(900, 200, 1300, 300)]
    surfaces, whole = press.surfaces(drawn), plate.copy()
    assert [surface.area for surface in surfaces] == [
        Area(0, 176, 528, 208),
        Area(0, 0, 96, 48),
        Area(864, 192, 1200, 240),
    ]
    for canvas in (*surfaces, whole):
        for area in drawn:
            canvas.fill((200, 16, 46, 255), area)
    assert press.printed(surfaces) == jpeg(whole.image, press.quality)


def test_a_picture_whose_personal_part_weighs_too_much_takes_lesser_quality() -> None:
    plate, photo = Canvas(dusk(600, 300)), noisy(600, 300)
    design = Design("d", (300, 150))
    press = CellPress(plate, design)
    surfaces = press.surfaces([Area(0, 0, 600, 190)])
    for canvas in surfaces:
        canvas.lay(photo.crop((0, 0, 600, 190)), (0, 0))
    printed = press.printed(surfaces)
    assert len(printed) <= design.most < len(jpeg(photo.crop((0, 0, 600, 190)), press.quality))


def test_a_heavy_plate_keeps_a_fair_quality_and_only_what_is_too_heavy_with_it_takes_the_least() -> None:
    photo, band = noisy(600, 300), Area(0, 0, 600, 96)
    fair, least = len(jpeg(photo, FAIR)), len(jpeg(photo, LEAST))
    press = CellPress(Canvas(photo), Design("d", (300, 150), most=(fair + least) // 2))
    assert press.quality == FAIR
    assert press.printed(()) == jpeg(photo, LEAST)
    for canvas in (lighter := press.surfaces([band])):
        canvas.fill((0, 0, 0, 255), band)
    assert press.printed(lighter).startswith(press.cells.head)  # in the plate's own quality


@pytest.mark.parametrize("fault", [AttributeError, OSError])
def test_a_large_picture_is_the_same_where_the_system_makes_no_file_in_memory(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: str) -> int:
        raise fault

    photo = noisy(600, 300)
    before = jpeg(photo, 82)
    monkeypatch.setattr(os, "memfd_create", refused, raising=False)
    assert jpeg(photo, 82) == before


def test_a_design_of_lower_quality_than_any_that_is_tried_keeps_it() -> None:
    assert within(dusk(160, 80), LEAST - 4, 1) == (jpeg(dusk(160, 80), LEAST - 4), LEAST - 4)


CLEAR = Image.new("RGBA", (400, 200), (200, 16, 46, 90))
COUNTDOWN = CountdownLayer(until="2026-12-01", box=(0, 0, 200, 100))


@pytest.mark.parametrize(
    ("image", "layers", "format", "said"),
    [
        (dusk(400, 200), (), "jpg", "jpg at quality 82, "),
        (dusk(400, 200), (), "png", "png in true colours, "),
        (flat(), (), "png", "png in a palette of "),
        (flat(), (COUNTDOWN,), "gif", "gif that ticks in 63 colours, its still picture, "),
    ],
)
def test_check_says_how_a_picture_is_encoded(
    image: Image.Image, layers: tuple[Layer, ...], format: Format, said: str
) -> None:
    found = encoded(image, Design("d", (200, 100), layers=layers), format)
    assert found.line().startswith(said)
    assert f"{found.bytes / 1000:.0f}" in found.line()
    assert "of 30 KB" in found.line()


@pytest.mark.parametrize(
    ("image", "layers", "suits"),
    [
        (dusk(400, 200), (), "jpg"),
        (flat(), (), "png"),
        (CLEAR, (), "png"),
        (dusk(400, 200), (COUNTDOWN,), "gif"),
    ],
)
@pytest.mark.parametrize("format", FORMATS)
def test_photographs_suit_jpeg_flat_and_clear_art_png_and_what_moves_gif(
    image: Image.Image, layers: tuple[Layer, ...], suits: Format, format: Format
) -> None:
    found = encoded(image, Design("d", (200, 100), layers=layers), format)
    assert found.suits == suits
    assert ("suits it better" in found.line()) is (format != suits)
