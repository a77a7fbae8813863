"""Codes: what the painter draws is read back by a reader that knows nothing of it, and what is void is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings, strategies as st
from PIL import Image

from app.render.design import Design
from app.render.encode import Format
from app.render.layers import CodeLayer
from app.render.paint import Painter
from app.render.symbols import Kind, encoded
from app.render.troubles import RenderTrouble
from tests.render.conftest import Drawn
from tests.support import reading

VALUES: dict[Kind, str] = {
    "qr": "https://shop.example/v?c=Größe-日本",
    "ean13": "4006381333931",
    "code128": "Cart-15 gy",
    "aztec": "CART15-ABCDEF",
    "datamatrix": "CART15-ABCDEF",
}
FORMATS: dict[Kind, Any] = {
    "qr": zxingcpp.BarcodeFormat.QRCode,
    "ean13": zxingcpp.BarcodeFormat.EAN13,
    "code128": zxingcpp.BarcodeFormat.Code128,
    "aztec": zxingcpp.BarcodeFormat.Aztec,
    "datamatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
INKS = [("#000000", "#ffffff"), ("#0b3d91", "#ffd400"), ("#003300", "#cccccc")]
ASCII = "".join(map(chr, range(0x21, 0x7F)))
IN_A_TEST = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def painted(painter: Painter, layer: CodeLayer, *, format: Format = "png", scale: float = 2.0, **fields: object) -> Any:
    """A picture with the code on it, on a ground of mid-grey blue, decoded again."""
    x, y, width, height = layer.box
    size = (round(x + width) + 9, round(y + height) + 9)
    design = Design("test", size, "#8899aa", (layer,), scale)
    return reading.read(painter.paint(design, fields, {}, format=format)).convert("RGB")


def read(image: Image.Image) -> list[tuple[Any, str]]:
    return [(found.format, found.text) for found in zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)]


def sides(kind: Kind, scale: float) -> Iterator[tuple[float, float]]:
    """Boxes from the smallest that is drawn to a large one."""
    bars = kind in ("ean13", "code128")
    module = max(2, scale) / scale
    symbol = encoded(kind, VALUES[kind])
    across = symbol.make.left + symbol.modules.width + symbol.make.right
    least = (across * module, 33 * module) if bars else (across * module, across * module)
    yield from (least, (least[0] * 1.7 + 3, least[1] * 1.7 + 1), (340, 150 if bars else 340))


@pytest.mark.parametrize("format", ["png", "jpg", "gif"])
@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("kind", VALUES)
def test_a_code_is_read_back_on_every_ground_in_every_size_unless_it_is_void(
    painter: Painter, kind: Kind, scale: float, format: Format
) -> None:
    for color, background in INKS:
        for side in sides(kind, scale):
            layer = CodeLayer(
                kind=kind, field="a", box=(7.5, 5, *side), color=color, background=background, redeemed="used"
            )
            image = painted(painter, layer, format=format, scale=scale, a=VALUES[kind])
            assert read(image) == [(FORMATS[kind], VALUES[kind])], side
            assert read(painted(painter, layer, format=format, scale=scale, a=VALUES[kind], used="yes")) == [], side


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_void_code_is_not_read_from_any_side_nor_with_the_most_correction(
    painter: Painter, kind: Kind, turn: int
) -> None:
    for side in (70, 150, 330):
        layer = CodeLayer(kind=kind, field="a", box=(5, 5, side + 200, side), correction="H", redeemed="used")
        image = painted(painter, layer, a=VALUES[kind], used=1).rotate(turn, expand=True)
        assert read(image) == read(image.reduce(2)) == []


@pytest.mark.parametrize(("used", "seen"), [("", True), ("false", True), ("False", True), (None, True), ("no", False)])
def test_a_code_is_redeemed_where_its_field_says_anything_but_false(painter: Painter, used: object, seen: bool) -> None:
    layer = CodeLayer(kind="qr", field="a", box=(0, 0, 100, 100), redeemed="used")
    assert bool(read(painted(painter, layer, a="CART15", used=used))) is seen


@IN_A_TEST
@given(text=st.text(min_size=1, max_size=40).filter(lambda text: text.strip() == text and text[0] != "\x18"))
def test_any_text_comes_back_from_a_square(painter: Painter, text: str) -> None:
    for kind in ("qr", "aztec", "datamatrix"):
        layer = CodeLayer(kind=kind, field="a", box=(0, 0, 150, 150))
        assert read(painted(painter, layer, a=text)) == [(FORMATS[kind], text)]


@IN_A_TEST
@given(text=st.text(ASCII, min_size=1, max_size=16), format=st.sampled_from(["png", "jpg"]))
def test_what_a_keyboard_has_comes_back_from_code_128(painter: Painter, text: str, format: Format) -> None:
    layer = CodeLayer(kind="code128", field="a", box=(0, 0, 420, 60))
    assert read(painted(painter, layer, format=format, a=text)) == [(FORMATS["code128"], text)]


@IN_A_TEST
@given(number=st.integers(0, 10**12 - 1).map("{:012}".format))
def test_twelve_digits_get_the_one_that_checks_them(painter: Painter, number: str) -> None:
    layer = CodeLayer(kind="ean13", field="a", box=(0, 0, 120, 60))
    ((format, text),) = read(painted(painter, layer, a=number))
    assert (format, text[:12]) == (FORMATS["ean13"], number)
    assert read(painted(painter, layer, a=text)) == [(format, text)]
    for wrong in {str(digit) for digit in range(10)} - {text[12]}:
        with pytest.raises(ValueError, match=f"write {text}"):
            encoded("ean13", number + wrong)


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("scale", [0.75, 1, 1.5, 2, 3.3])
def test_modules_stand_on_whole_pixels_in_two_colours_alone(painter: Painter, kind: Kind, scale: float) -> None:
    side = (500.3, 150.7) if kind in ("ean13", "code128") else (151.3, 190.9)
    layer = CodeLayer(kind=kind, field="a", box=(3.3, 4.7, *side), caption=False)
    image = painted(painter, layer, scale=scale, a=VALUES[kind])
    assert image.getcolors() is not None
    assert {ink for _, ink in image.getcolors()} == {(0, 0, 0), (255, 255, 255), (0x88, 0x99, 0xAA)}


def test_a_code_stands_in_the_middle_of_its_box_with_its_quiet_zone(drawn: Drawn) -> None:
    image = drawn(CodeLayer(kind="qr", field="a", box=(0, 0, 90, 60)), fields={"a": "A"}, background="#c8102e")
    dark = image.convert("L").point([255 * (value < 40) for value in range(256)]).getbbox()
    assert dark == (48, 18, 132, 102)  # 21 modules of 4 pixels, and at the least 4 modules around
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert image.getpixel((181, 0)) == (200, 16, 46)


def test_the_caption_may_be_left_out(drawn: Drawn) -> None:
    with_it, without = (
        drawn(
            CodeLayer(kind="ean13", field="a", box=(0, 0, 120, 60), caption=caption),
            fields={"a": "4006381333931"},
            size=(120, 60),
        )
        for caption in (True, False)
    )
    assert len(set(without.crop((0, 4, 240, 5)).tobytes())) == len(set(without.crop((0, 115, 240, 116)).tobytes())) == 2
    assert without.crop((0, 10, 240, 11)).tobytes() == without.crop((0, 110, 240, 111)).tobytes()
    assert with_it.crop((0, 10, 240, 11)).tobytes() != with_it.crop((0, 110, 240, 111)).tobytes()


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("ean13", "ABC", "its 13 digits"),
        ("ean13", "123", "its 13 digits"),
        ("ean13", "٤٠٠٦٣٨١٣٣٣٩٣", "its 13 digits"),
        ("ean13", "4006381333932", "write 4006381333931"),
        ("code128", "Größe", "take kind: qr"),
        ("code128", "a\nb", "take kind: qr"),
        ("code128", "a" * 300, "shorten or change it"),
        ("qr", "ß" * 3000, "shorten or change it"),
        ("qr", "half a letter: \ud800", "shorten or change it"),
        ("aztec", "x" * 5000, "shorten or change it"),
        ("datamatrix", "x" * 5000, "shorten or change it"),
        ("qr", "x" * 300, "give its box 77 × 77 CSS pixels"),
    ],
)
def test_what_cannot_be_such_a_code_is_no_picture(painter: Painter, kind: Kind, text: str, told: str) -> None:
    layer = CodeLayer(kind=kind, field="a", box=(0, 0, 50, 50))
    with pytest.raises(RenderTrouble, match="layer 1") as caught:
        painted(painter, layer, a=text)
    assert told in str(caught.value)


def test_without_a_text_there_is_no_code(drawn: Drawn) -> None:
    assert drawn(CodeLayer(kind="qr", field="a", box=(0, 0, 50, 50)), fields={"a": "  "}).getcolors() == [
        (200 * 120, (255, 255, 255))
    ]
