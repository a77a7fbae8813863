"""Reading picture files: the usual becomes plain pixels, the rest is refused with a reason and a remedy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageCms

from app.render.intake import MAX_FILE_BYTES, Header, Refused, decode, examined
from tests.render.files import (
    RED,
    SOUND,
    bomb,
    deep,
    encoded,
    misfit_profile,
    moving,
    palette_with_hole,
    striped,
    swapped_profile,
    turned,
    webp_bomb,
)


def same(header: Header, image: Image.Image) -> bool:
    """Whether a glance told what decoding makes."""
    return (header.width, header.height, header.mode) == (*image.size, image.mode)


@pytest.mark.parametrize(
    ("make", "mode", "at", "pixel"),
    [
        (lambda: encoded(striped()), "RGB", (0, 0), RED),
        (lambda: encoded(striped(), "GIF"), "RGB", (0, 0), RED),
        (lambda: encoded(striped(), "WEBP", lossless=True), "RGB", (0, 0), RED),
        (lambda: encoded(Image.new("1", (4, 4), 1)), "RGB", (0, 0), (255, 255, 255)),
        (lambda: encoded(Image.new("L", (4, 4), 77)), "RGB", (0, 0), (77, 77, 77)),
        (lambda: encoded(Image.new("LA", (4, 4), (77, 10))), "RGBA", (0, 0), (77, 77, 77, 10)),
        (lambda: encoded(Image.new("RGBA", (4, 4), (9, 8, 7, 6))), "RGBA", (0, 0), (9, 8, 7, 6)),
        (lambda: encoded(Image.new("RGBA", (4, 4), (9, 8, 7, 255))), "RGB", (0, 0), (9, 8, 7)),
        (palette_with_hole, "RGBA", (0, 0), (0, 0, 0, 0)),
        (palette_with_hole, "RGBA", (1, 1), (255, 0, 0, 255)),
        (lambda: encoded(striped(), transparency=(0, 0, 255)), "RGBA", (59, 0), (0, 0, 255, 0)),
        (deep, "RGB", (1, 0), (128, 128, 128)),
        (deep, "RGB", (2, 0), (255, 255, 255)),
        (lambda: moving("GIF"), "RGB", (0, 0), RED),
        (lambda: moving("PNG"), "RGB", (0, 0), RED),
        (misfit_profile, "RGB", (0, 0), RED),
    ],
)
def test_every_kind_of_picture_becomes_plain(
    make: Callable[[], bytes], mode: str, at: tuple[int, int], pixel: tuple[int, ...]
) -> None:
    image = decode(make())
    assert (image.mode, image.getpixel(at)) == (mode, pixel)
    assert same(examined(make()), image)
    assert not image.info and not image.getexif()


def test_a_print_jpeg_has_its_colours_on_the_screen() -> None:
    image = decode(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=95))
    assert image.mode == "RGB"
    assert image.getpixel((4, 4)) == RED


def test_a_profile_is_converted_and_dropped() -> None:
    assert decode(swapped_profile()).getpixel((0, 0)) == (0, 255, 0)


def test_a_picture_in_srgb_keeps_its_numbers_and_a_broken_profile_is_ignored() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert decode(encoded(Image.new("RGB", (8, 8), (200, 16, 46)), icc_profile=profile)).getpixel((0, 0)) == (
        200,
        16,
        46,
    )
    assert decode(encoded(striped(), icc_profile=b"no profile at all")).getpixel((0, 0)) == RED


@pytest.mark.parametrize(
    ("orientation", "size", "upper_left"),
    [(1, (60, 30), "red"), (3, (60, 30), "blue"), (6, (30, 60), "red"), (8, (30, 60), "blue")],
)
def test_a_turned_photograph_stands_upright(orientation: int, size: tuple[int, int], upper_left: str) -> None:
    image = decode(turned(orientation))
    assert image.size == size
    assert same(examined(turned(orientation)), image)
    assert image.getpixel((0, 0)) == {"red": RED, "blue": (0, 0, 255)}[upper_left]


@pytest.mark.parametrize(
    ("blob", "told"),
    [
        (b"", "no PNG, JPEG, GIF, WebP or SVG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG, JPEG, GIF, WebP or SVG"),
        (encoded(striped(), "BMP"), "no PNG, JPEG, GIF, WebP or SVG"),
        (encoded(striped(), "TIFF"), "no PNG, JPEG, GIF, WebP or SVG"),
        (encoded(striped(400, 400), "JPEG")[:-200], "damaged"),
        (encoded(striped())[:60], "damaged"),
        (bomb(3000, 3000), "3000 × 3000 pixels are too many"),
        (bomb(13000, 13000), "too many"),
        (bomb(30000, 30000), "too many"),
        (webp_bomb(), "too many"),
        (bytes(MAX_FILE_BYTES + 1), "MB"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_costs_anything(blob: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        decode(blob)
    assert caught.value.remedy
    with pytest.raises(Refused, match=told):
        examined(blob)


def test_all_frames_of_an_animation_count_and_the_first_is_used() -> None:
    small = moving("WEBP", 3)
    assert examined(small).frames == 3
    assert decode(small).size == (20, 20)
    frames = [Image.new("L", (1200, 1200), shade) for shade in range(9)]
    many = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    with pytest.raises(Refused, match="9 frames of 1200 × 1200 pixels are too many"):
        decode(many)


def test_a_phones_double_picture_counts_as_one() -> None:
    blob = encoded(striped(), "MPO", save_all=True, append_images=[striped()])
    assert (examined(blob).format, examined(blob).frames) == ("JPEG", 1)
    assert decode(blob).size == (60, 30)
    assert same(examined(blob), decode(blob))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")  # Pillow says so, and goes on
def test_notes_of_the_camera_that_cannot_be_read_turn_nothing() -> None:
    blob = encoded(striped(), "JPEG", quality=95, exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff broken")
    assert decode(blob).size == (60, 30)
    assert same(examined(blob), decode(blob))


@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.integers(0, 2000), st.integers(0, 255), st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_decoded_or_refused_and_nothing_else(kind: str, at: int, byte: int, length: int) -> None:
    blob = bytearray(SOUND[kind])
    at %= len(blob)
    blob[at : at + length] = bytes([byte]) * length
    with contextlib.suppress(Refused):
        assert decode(bytes(blob)).mode in ("RGB", "RGBA")
