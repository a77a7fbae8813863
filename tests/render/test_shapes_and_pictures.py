"""Geometry, pixel by pixel: a layer stands exactly in its box, at two device pixels for a CSS pixel."""

from __future__ import annotations

import pytest
from PIL import Image

from app.render.layers import PictureLayer, ShapeLayer
from app.render.layers.fitting import Mode
from tests.render.conftest import Drawn

RED, LIME, BLUE, YELLOW, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 255, 255)


def bounds(image: Image.Image, ink: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The box of pixels that have exactly that colour."""
    other = [
        band.point(lambda value, want=want: 255 * (value == want))
        for band, want in zip(image.split(), ink, strict=False)
    ]
    hit = Image.merge("RGB", other[:3])
    return Image.eval(hit.convert("L"), lambda value: 255 * (value == 255)).getbbox()


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def test_a_red_rectangle_lands_exactly_on_twice_its_box(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 20, 30, 15), color="#ff0000"))
    assert image.size == (200, 120)
    assert bounds(image, RED) == (20, 40, 80, 70)
    assert image.getpixel((19, 40)) == WHITE and image.getpixel((80, 69)) == WHITE


def test_half_pixels_are_rounded_so_that_neighbours_neither_overlap_nor_gape(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(0, 0, 33.3, 10), color="red"), ShapeLayer(box=(33.3, 0, 33.3, 10), color="#00f"))
    assert bounds(image, RED) == (0, 0, 67, 20)
    assert bounds(image, BLUE) == (67, 0, 133, 20)


def test_what_leaves_the_picture_is_cut_off(drawn: Drawn) -> None:
    image = drawn(
        ShapeLayer(box=(-50, -50, 60, 60), color="red"), ShapeLayer(box=(90, 50, 100, 100), color="blue", radius=1)
    )
    assert bounds(image, RED) == (0, 0, 20, 20)
    assert image.size == (200, 120)
    assert image.getpixel((199, 119)) == BLUE


def test_rounded_corners_are_smooth_and_let_the_ground_through(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 10, 40, 40), color="red", radius=10))
    assert image.getpixel((20, 20)) == WHITE
    assert image.getpixel((60, 21)) == RED
    between = {image.getpixel((x, 24)) for x in range(20, 40)} - {WHITE, RED}
    assert between, "the edge has steps between red and white"


def test_a_radius_larger_than_the_box_makes_a_pill(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 10, 60, 20), color="red", radius=500))
    assert image.getpixel((21, 21)) == WHITE
    assert image.getpixel((21, 40)) != WHITE


def test_an_outline_stays_inside_the_box_and_leaves_the_middle_alone(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 10, 40, 30), stroke="red", width=2))
    assert bounds(image, RED) == (20, 20, 100, 80)
    assert image.getpixel((24, 24)) == WHITE
    assert image.getpixel((23, 23)) == RED


def test_no_fill_shines_through_at_the_edge_of_an_outline(drawn: Drawn) -> None:
    image = drawn(
        ShapeLayer(box=(10, 5, 50, 50), form="ellipse", color="yellow", stroke="#000000", width=4), background="#000000"
    )
    rim = [image.getpixel((x, 60)) for x in range(18, 26)]
    assert set(rim) == {(0, 0, 0)}


@pytest.mark.parametrize(
    ("box", "painted"), [((10, 20, 50, 0), (20, 38, 120, 42)), ((10, 20, 0, 30), (18, 40, 22, 100))]
)
def test_a_straight_line_is_as_wide_as_it_says(drawn: Drawn, box: tuple[float, ...], painted: tuple[int, ...]) -> None:
    assert bounds(drawn(ShapeLayer(box=box, form="line", color="red", width=2)), RED) == painted  # type: ignore[arg-type]


def test_a_slanting_line_runs_from_corner_to_corner(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 10, 40, 40), form="line", color="red", width=3))
    assert all(image.getpixel((at, at)) == RED for at in (22, 60, 97))
    assert image.getpixel((90, 30)) == WHITE


def test_a_gradient_runs_from_the_first_colour_to_the_second(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(0, 0, 100, 60), gradient=("#000000", "#ff0000")))
    reds = [pixel(image, 50, y)[0] for y in range(120)]
    assert reds == sorted(reds) and reds[0] <= 2 and reds[-1] >= 253
    across = drawn(ShapeLayer(box=(0, 0, 100, 60), gradient=("#000000", "#ff0000"), angle=90))
    assert pixel(across, 2, 5)[0] < 10
    assert pixel(across, 197, 115)[0] > 245


def test_a_gradient_into_transparency_leaves_no_grey(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(0, 0, 100, 60), gradient=("#00000000", "#ffffff")), background="#ffffff")
    assert image.getextrema() == ((255, 255),) * 3


def test_a_translucent_layer_mixes_with_what_is_below(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(0, 0, 50, 60), color="#00000080"))
    assert image.getpixel((10, 10)) == (127, 127, 127)


@pytest.mark.parametrize(
    ("fit", "focus", "corners"),
    [
        ("fill", (0.5, 0.5), (RED, LIME, BLUE, YELLOW)),
        ("cover", (0.5, 0.5), (RED, LIME, BLUE, YELLOW)),
        ("cover", (0.0, 0.5), (RED, RED, BLUE, BLUE)),
        ("cover", (1.0, 0.5), (LIME, LIME, YELLOW, YELLOW)),
        ("none", (0.0, 0.0), (RED, RED, RED, RED)),
    ],
)
def test_a_picture_is_fitted_around_its_focus(
    drawn: Drawn, fit: Mode, focus: tuple[float, float], corners: tuple[tuple[int, int, int], ...]
) -> None:
    box = (0, 0, 10, 10) if fit == "none" else (0, 0, 30, 30)
    image = drawn(PictureLayer(picture="quarters.png", box=box, fit=fit, focus=focus))
    edge = round(box[2] * 2) - 2
    assert tuple(image.getpixel(at) for at in ((1, 1), (edge, 1), (1, edge), (edge, edge))) == corners


def test_a_contained_picture_is_whole_and_stands_where_the_focus_says(drawn: Drawn) -> None:
    image = drawn(PictureLayer(picture="quarters.png", box=(0, 0, 60, 60), fit="contain", focus=(0.5, 1)))
    assert image.getpixel((60, 58)) == WHITE
    assert image.getpixel((2, 62)) == RED and image.getpixel((117, 117)) == YELLOW


def test_a_smaller_picture_is_not_stretched_by_none(drawn: Drawn) -> None:
    image = drawn(PictureLayer(picture="quarters.png", box=(0, 0, 100, 60), fit="none"))
    assert bounds(image, RED) == (60, 40, 100, 60)
    assert bounds(image, YELLOW) == (100, 60, 140, 80)


def test_rounded_and_faded_pictures_let_the_ground_through(drawn: Drawn) -> None:
    image = drawn(PictureLayer(picture="quarters.png", box=(0, 0, 60, 60), fit="fill", radius=30, opacity=0.5))
    assert image.getpixel((1, 1)) == WHITE
    assert image.getpixel((40, 40)) == (255, 127, 127) or image.getpixel((40, 40)) == (255, 128, 128)


def test_a_transparent_asset_shows_what_is_below(drawn: Drawn) -> None:
    image = drawn(
        ShapeLayer(box=(0, 0, 100, 60), color="blue"),
        PictureLayer(picture="logo.png", box=(2, 2, 96, 40), fit="contain"),
    )
    assert image.getpixel((5, 5)) == BLUE
    assert image.getpixel((100, 44)) == WHITE


def test_on_a_transparent_ground_colours_have_no_dark_fringe(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(box=(10, 10, 40, 40), color="red", radius=20), background="transparent")
    assert image.mode == "RGBA"
    assert pixel(image, 0, 0)[3] == 0
    everywhere = [pixel(image, x, y) for x in range(image.width) for y in range(image.height)]
    soft = [found for found in everywhere if 0 < found[3] < 255]
    assert soft and all(found[:3] == RED for found in soft)


def test_a_layer_whose_field_is_empty_is_not_drawn(drawn: Drawn) -> None:
    layers = (PictureLayer(field="photo", box=(0, 0, 50, 50)), ShapeLayer(field="accent", box=(0, 0, 50, 50)))
    for fields in ({}, {"photo": "", "accent": "  "}, {"photo": None}):
        assert drawn(*layers, fields=fields).getextrema() == ((255, 255),) * 3


def test_a_colour_field_fills_its_shape(drawn: Drawn) -> None:
    image = drawn(ShapeLayer(field="accent", box=(0, 0, 50, 50)), fields={"accent": "#ff0000"})
    assert bounds(image, RED) == (0, 0, 100, 100)
