"""Drawings as assets: sharp in any size, and let in only where they are made of shapes and refer to nothing outside."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageChops

from app.render.assets import ABSENT, Assets
from app.render.fonts import Fonts
from app.render.intake import Refused
from app.render.layers import PictureLayer
from app.render.paint import Painter
from app.render.pictures import examined, let_in
from app.render.svg import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, read
from app.render.troubles import AssetTrouble
from tests.render.conftest import Drawn
from tests.render.files import RED

BLUE, CLEAR = (0, 0, 255), 0


def svg(body: str, head: str = 'width="60" height="30"') -> bytes:
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {namespaces} {head}>{body}</svg>".encode()


HALVES = svg('<rect width="30" height="30" fill="red"/><rect x="30" width="30" height="30" fill="blue"/>')


def whole(blob: bytes, size: tuple[int, int]) -> Image.Image:
    drawing = let_in(blob)
    return drawing.part((0, 0, *drawing.size), size)


@pytest.fixture
def halves(folder: Path) -> str:
    (folder / "halves.svg").write_bytes(HALVES)
    return "halves.svg"


def columns(image: Image.Image, y: int) -> list[object]:
    """The colours along a row, each once."""
    row = [image.convert("RGBA").getpixel((x, y)) for x in range(image.width)]
    return [one for before, one in zip([None, *row], row, strict=False) if one != before]


@pytest.mark.parametrize("fit", ["cover", "contain", "fill", "none"])
def test_a_drawing_is_sharp_in_every_fit(drawn: Drawn, halves: str, fit: str) -> None:
    image = drawn(PictureLayer(picture=halves, box=(0, 0, 90, 51), fit=fit))  # type: ignore[arg-type]
    assert [colour for colour in columns(image, 50) if colour != (255, 255, 255, 255)] == [(*RED, 255), (*BLUE, 255)]


def test_a_drawing_is_cut_as_a_picture_is(drawn: Drawn, halves: str) -> None:
    right = drawn(PictureLayer(picture=halves, box=(0, 0, 60, 60), focus=(1, 0.5)))
    assert right.getpixel((2, 60)) == BLUE
    round_ = drawn(PictureLayer(picture=halves, box=(0, 0, 60, 60), radius=30))
    assert round_.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="60" height="30"', (60, 30)),
        ('width="1in" height="72pt"', (96, 96)),
        ('viewBox="10, 10 24 12.5"', (24, 12.5)),
        ('width="100%" height="100%" viewBox="0 0 8 4"', (8, 4)),
        ('width="40px" height="20px" viewBox="0 0 4000 2000"', (40, 20)),
    ],
)
def test_its_size_is_what_it_says(head: str, size: tuple[float, float]) -> None:
    assert let_in(svg("", head)).size == size


def test_its_own_view_and_place_count_inside_and_none_around_it() -> None:
    blob = svg('<rect x="10" y="10" width="10" height="10" fill="red"/>', 'viewBox="10 10 10 10" x="500" y="500"')
    assert whole(blob, (40, 40)).getcolors() == [(1600, RED)]


def test_what_designers_use_is_drawn() -> None:
    body = """
        <title>A mark</title><metadata><x:work xmlns:x="urn:x"><x:anything/></x:work></metadata>
        <style>.a { fill: url(#g); clip-path: url( "#c" ) }</style>
        <defs><linearGradient id="g"><stop stop-color="red"/></linearGradient>
        <clipPath id="c"><rect width="30" height="30"/></clipPath><g id="u"><rect class="a" width="60" height="30"/></g>
        </defs><use xlink:href="#u"/>"""
    image = whole(b"\xef\xbb\xbf<?xml version='1.0'?><!-- by hand -->" + svg(body), (60, 30))
    assert (image.getpixel((10, 10)), image.getpixel((50, 10))) == ((*RED, 255), (0, 0, 0, CLEAR))


def test_examining_tells_what_it_is(folder: Path, halves: str) -> None:
    found = Assets([folder]).examine(halves)
    assert (found.ok, found.format, found.width, found.height, found.bytes) == (True, "SVG", 60, 30, len(HALVES))
    assert examined(svg("", 'viewBox="0 0 9000 9000"')).width == 9000


LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("blob", "told"),
    [
        (LAUGHS.encode() + svg("<desc>&b;</desc>"), "DOCTYPE"),
        (FILE.encode() + svg("<desc>&f;</desc>"), "DOCTYPE"),
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg("<foreignObject><p/></foreignObject>"), "<foreignObject>"),
        (svg('<image href="https://evil.example/a.png"/>'), "in a layer of its own"),
        (svg('<image xlink:href="/etc/passwd"/>'), "in a layer of its own"),
        (svg('<g><text y="20">Sale</text></g>'), "convert its texts to paths"),
        (svg('<set attributeName="x" to="1"/>'), "<set>"),
        (svg('<filter id="f"><feImage href="a.png"/></filter>'), "<feImage>"),
        (svg('<a href="https://evil.example/"/>'), "<a>"),
        (svg('<use href="other.svg#a"/>'), "outside of itself"),
        (svg('<use xlink:href="https://evil.example/a.svg#b"/>'), "outside of itself"),
        (svg('<rect fill="url(https://evil.example/a.svg#g)"/>'), "outside of itself"),
        (svg("<rect style=\"fill: URL( 'other.svg#g' )\"/>"), "outside of itself"),
        (svg("<style>@import 'https://evil.example/a.css';</style>"), "outside of itself"),
        (svg("<style>rect { fill: url(file:///a) }</style>"), "outside of itself"),
        (svg("<g/>" * MAX_ELEMENTS), "elements"),
        (svg("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH), "in each other"),
        (svg(" " * MAX_BYTES), "MB"),
        (svg("", ""), "how large it is"),
        (svg("", 'width="0" height="9"'), "how large it is"),
        (svg("", 'viewBox="0 0 nan inf"'), "how large it is"),
        (svg("", 'viewBox="0 0 a b"'), "how large it is"),
        (svg("", f'width="{"1" * 900_000}!" height="9"'), "how large it is"),
        (svg(f'<path d="url({" " * 900_000}"/>'), "outside of itself"),
        (svg("<g>"), "damaged"),
        (b"<?xml version='1.0' encoding='klingon'?>" + svg(""), "damaged"),
        (b"<svg width='10' height='10'/>", "no SVG file"),
        (b"<html><body>404</body></html>", "no SVG file"),
    ],
)
def test_what_might_do_harm_is_refused(blob: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        let_in(blob)
    assert caught.value.remedy


def test_a_drawing_that_copies_itself_without_end_is_given_up() -> None:
    levels = (f'<g id="a{number + 1}">' + f'<use href="#a{number}"/>' * 10 + "</g>" for number in range(8))
    with pytest.raises(Refused, match="cannot be drawn"):
        whole(svg(f'<defs><path id="a0" d="M0 0h9v9z"/>{"".join(levels)}</defs><use href="#a8"/>'), (60, 30))


@pytest.mark.parametrize(
    "body", ['<g opacity="0.9">' * 90 + "</g>" * 90, '<g opacity="0.9"></g>' * 500], ids=["memory", "time"]
)
def test_a_drawing_that_takes_too_much_is_ended(body: str) -> None:
    with pytest.raises(Refused, match="too much time or memory"):
        whole(svg(body.replace("></g>", '><rect width="60" height="30"/></g>')), (4000, 2000))


def test_a_broken_drawing_gives_way_to_the_fallback(folder: Path) -> None:
    (folder / "bad.svg").write_bytes(svg("<script/>"))
    with pytest.raises(AssetTrouble, match="script"):
        Assets([folder]).size("bad.svg")


class NotInstalled(MetaPathFinder):
    """An interpreter that lacks a package."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        """The empty specification of the package, which ends the search; nothing of any other."""
        return ModuleSpec(name, loader=None) if name == self._package else None


def test_without_the_extra_check_says_how_to_get_it_and_a_picture_of_pixels_is_shown(
    folder: Path, halves: str, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [NotInstalled("resvg_py"), *sys.meta_path])
    assets = Assets([folder])
    found = assets.examine(halves)
    assert not found.ok and "pip install 'onopen[svg]'" in found.remedy
    assert assets.digest(halves) != ABSENT
    with pytest.raises(AssetTrouble, match="extra"):
        Painter(assets, fonts).assets.part(halves, (0, 0, 60, 30), (60, 30))
    assert assets.part("quarters.png", (0, 0, 80, 40), (80, 40)).getpixel((0, 0)) == RED


@given(st.integers(0, len(HALVES) - 1), st.binary(max_size=6), st.integers(0, 9))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at: int, noise: bytes, length: int) -> None:
    try:
        drawing = read(HALVES[:at] + noise + HALVES[at + length :])
    except Refused:
        return
    assert drawing.weight and all(side > 0 for side in drawing.size)


def test_it_is_drawn_the_same_each_time() -> None:
    one, other = whole(HALVES, (61, 33)), whole(HALVES, (61, 33))
    assert ImageChops.difference(one, other).getbbox() is None
