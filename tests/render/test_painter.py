"""The painter: the same input gives the same bytes, whatever was painted before, in whatever thread."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageStat

from app.render.assets import Assets
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import FORMATS, Format, encode
from app.render.fonts import Fonts
from app.render.layers import PictureLayer, ShapeLayer, TextLayer
from app.render.paint import Painter, contents, neutral
from app.render.palettes import near
from app.render.plates import SHORT_S, Plan
from app.render.troubles import AssetTrouble, RenderTrouble
from tests.render.pictures import Sample, samples
from tests.support.reading import read


def paint(painter: Painter, sample: Sample, format: Format, **fields: object) -> bytes:
    return painter.paint(sample.design, sample.fields | fields, sample.captions, format=format)


def in_order(
    painter: Painter, design: Design, fields: Mapping[str, object], captions: Mapping[int, str]
) -> Image.Image:
    """The picture painted layer after layer, as the editor wrote them, without any plate."""
    canvas = Canvas.blank(design.pixels, design.ground)
    shown = contents(design, fields, captions)
    for drawing in painter._prepared(design, shown, range(len(design.layers))):
        drawing.onto(canvas)
    return canvas.image


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", samples())
def test_a_picture_has_twice_the_size_of_its_design_in_every_format(
    painter: Painter, name: str, format: Format
) -> None:
    sample = samples()[name]
    image = read(paint(painter, sample, format))
    assert image.size == (sample.design.size[0] * 2, sample.design.size[1] * 2)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", samples())
def test_a_fresh_painter_and_a_busy_one_give_the_same_bytes(
    painter: Painter, folder: Path, fonts: Fonts, name: str, format: Format
) -> None:
    sample = samples()[name]
    busy = [
        paint(painter, sample, format, headline=words) for words in ("Anna", "Bartholomäus, wie geht es dir?", "Anna")
    ]
    fresh = Painter(Assets([folder]), fonts, plate_bytes=0, patch_bytes=0)
    assert busy[0] == busy[2] == paint(fresh, sample, format, headline="Anna")
    assert (busy[0] != busy[1]) == ("headline" in sample.fields)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", samples())
def test_plates_and_exchanged_rows_never_show(painter: Painter, name: str, format: Format) -> None:
    sample = samples()[name]
    design = replace(sample.design, most=1 << 30)  # of a plate alone another quality may be chosen than of the whole
    sample = replace(sample, design=design)
    plainly = in_order(painter, design, sample.fields, sample.captions)
    whole = encode(plainly, format=format, ground=design.ground, quality=design.quality)
    printed = paint(painter, sample, format)
    assert printed == whole or (format == "png" and near(read(printed).convert(plainly.mode), plainly))


def test_a_banner_with_a_photograph_weighs_no_more_than_a_phone_should_load(painter: Painter) -> None:
    sample = samples()["hero"]
    for words in ("Anna", "Bartholomäus, wie geht es dir heute Abend?"):
        assert len(paint(painter, sample, "jpg", headline=words)) <= sample.design.most == 60_000
    assert len(painter.fallback(sample.design, sample.fields, {}, format="jpg")) <= 60_000


@st.composite
def texts(draw: st.DrawFn) -> TextLayer:
    """Text layers of all sorts, also such as hang out of their boxes."""
    side = st.integers(5, 120)
    return TextLayer(
        field="a",
        box=(draw(st.integers(-20, 90)), draw(st.integers(-20, 90)), draw(side), draw(side)),
        size=draw(st.integers(6, 60)),
        line_height=draw(st.sampled_from([0.5, 0.8, 1, 1.2, 2, 5])),
        valign=draw(st.sampled_from(["top", "middle", "bottom"])),
        font=draw(st.sampled_from(["Noto Sans", "Noto Serif Italic"])),
        color="white",
    )


@given(layer=texts(), words=st.text(" abcÄpqy,!\n", min_size=1, max_size=80))
@settings(max_examples=120, deadline=None)
def test_a_text_never_leaves_the_rows_it_promises(layer: TextLayer, words: str) -> None:
    """Of an opaque JPEG only the rows that a drawing's extent names are painted: the bytes must not tell."""
    below = ShapeLayer(box=(0, 0, 100, 100), gradient=("#243b6b", "#f2a65a"))
    above = ShapeLayer(box=(10, 60, 30, 30), color="#c8102e80", radius=6)
    try:
        design = Design("test", (100, 100), layers=(below, layer, above))
    except ValueError:
        return  # a box outside the picture
    whole = encode(in_order(SHARED, design, {"a": words}, {}), format="jpg")
    assert SHARED.paint(design, {"a": words}, {}, format="jpg") == whole


def test_steady_layers_go_onto_the_plate_unless_they_cover_something_personal() -> None:
    words = TextLayer(field="a", box=(0, 0, 50, 20))
    apart, over = ShapeLayer(box=(60, 40, 10, 10), color="red"), ShapeLayer(box=(10, 10, 20, 20), color="red")
    design = Design("test", (100, 60), layers=(apart, words, over, replace(apart, color="blue")))
    assert Plan.of(design, (True, False, True, True)) == Plan((0, 3), (1, 2))


def test_threads_paint_the_same_bytes(painter: Painter) -> None:
    sample = samples()["hero"]
    names = ["Anna", "Jürgen", "Bartholomäus"] * 8
    alone = {name: paint(painter, sample, "jpg", headline=f"Guten Abend, {name}!") for name in set(names)}
    other = Painter(painter.assets, Fonts())
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda name: paint(other, sample, "jpg", headline=f"Guten Abend, {name}!"), names))
    assert together == [alone[name] for name in names]


def test_a_picture_is_short_once_its_plate_stands_and_the_last_ones_were(painter: Painter) -> None:
    layers = (TextLayer(field="a", box=(0, 0, 40, 20)), PictureLayer(field="logo", box=(50, 0, 9, 9)))
    design = Design("test", (60, 20), layers=layers)

    def short(**fields: object) -> bool:
        return painter.short(design, fields, {}, format="jpg")

    assert not short(a="Anna"), "its plate is not painted yet"
    for number in range(12):  # the first words of a font take longer
        painter.paint(design, {"a": f"Anna {number}"}, {}, format="jpg")
    [plate] = [plate for plate, _ in painter._plates._kept.values()]
    plate._costs["jpg"] = SHORT_S / 2  # whatever else this machine does
    assert short(a="Anna")
    assert not short(a="Anna", logo="logo.png"), "another plate"
    assert not painter.short(design, {"a": "Anna"}, {}, format="png"), "its press is not set up yet"
    assert not painter.short(design, {}, {}, format="jpg", nothing=True)
    plate.spent("jpg", 3 * SHORT_S)
    plate.spent("jpg", 0)
    assert not short(a="Anna"), "a long one is remembered"
    plate.spent("jpg", 0)
    assert short(a="Anna")


def test_what_may_have_to_be_decoded_is_never_short(painter: Painter) -> None:
    over = PictureLayer(field="logo", box=(0, 0, 9, 9))
    design = Design("test", (60, 20), layers=(TextLayer(field="a", box=(0, 0, 40, 20)), over))
    fields = {"a": "Anna", "logo": "logo.png"}
    painter.paint(design, fields, {}, format="jpg")
    [plate] = [plate for plate, _ in painter._plates._kept.values()]
    plate._costs["jpg"] = SHORT_S / 2
    assert not painter.short(design, fields, {}, format="jpg")


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_a_picture_of_the_same_size_that_shows_nothing(painter: Painter, format: Format) -> None:
    sample = samples()["hero"]
    design = replace(sample.design, background="#c8102e")
    image = read(painter.paint(design, sample.fields, {}, format=format, nothing=True))
    assert image.size == (1200, 600)
    if format == "jpg":
        ground = Image.new("RGB", image.size, "#c8102e")
        assert max(ImageStat.Stat(ImageChops.difference(image, ground)).mean) < 3
    else:
        assert image.convert("RGBA").getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("format", FORMATS)
def test_a_neutral_picture_stands_for_what_nobody_knows(format: Format) -> None:
    assert read(neutral(format)).size == (1, 1)
    assert read(neutral(format, (600, 300))).size == (600, 300)
    assert len(neutral(format)) < 1000


def test_an_asset_that_cannot_be_loaded_is_named_with_its_layer(painter: Painter, folder: Path) -> None:
    (folder / "broken.jpg").write_bytes((folder / "dusk.jpg").read_bytes()[:3000])
    layers = (ShapeLayer(box=(0, 0, 9, 9), color="red"), PictureLayer(field="photo", box=(0, 0, 50, 50)))
    design = Design("test", (100, 60), layers=layers)
    for path, told in (("broken.jpg", "damaged"), ("gone.jpg", "no such file"), ("../gone.jpg", "leads out")):
        with pytest.raises(AssetTrouble, match=f"layer 2: .*{told}") as caught:
            painter.paint(design, {"photo": path}, {}, format="png")
        assert (caught.value.layer, caught.value.asset) == (1, path)


def test_a_wrong_colour_at_an_open_is_a_trouble_and_not_a_crash(painter: Painter) -> None:
    design = Design("test", (100, 60), layers=(ShapeLayer(field="accent", box=(0, 0, 9, 9)),))
    with pytest.raises(RenderTrouble, match=r"layer 1: .*no colour"):
        painter.paint(design, {"accent": "blurple"}, {}, format="png")


@pytest.mark.parametrize("format", FORMATS)
def test_a_fallback_leaves_out_what_cannot_be_painted(painter: Painter, format: Format) -> None:
    layers = (PictureLayer(field="photo", box=(0, 0, 100, 60)), ShapeLayer(box=(0, 0, 50, 60), color="#ff0000"))
    design = Design("test", (100, 60), layers=layers)
    image = read(painter.fallback(design, {"photo": "gone.jpg"}, {}, format=format)).convert("RGB")
    whole = read(painter.fallback(design, {"photo": ""}, {}, format=format)).convert("RGB")
    assert image.size == (200, 120)
    assert ImageChops.difference(image, whole).getbbox() is None


def test_the_render_key_names_what_is_seen_and_nothing_else(painter: Painter) -> None:
    sample = samples()["hero"]

    def key(format: Format = "jpg", nothing: bool = False, **fields: object) -> str:
        return painter.key(sample.design, sample.fields | fields, sample.captions, format=format, nothing=nothing)

    assert key() == key(unused="x")
    assert (
        len({key(), key("png"), key(nothing=True), key(headline="x"), key(photo="quarters.png"), key(photo="gone")})
        == 6
    )
    assert key(nothing=True) == key(nothing=True, headline="x")


def test_a_new_file_under_an_old_name_has_a_new_key_and_is_painted(folder: Path) -> None:
    design = Design("test", (100, 60), layers=(PictureLayer(picture="quarters.png", box=(0, 0, 100, 60)),))
    before = Painter(Assets([folder]), Fonts()).key(design, {}, {}, format="png")
    Image.new("RGB", (8, 8), "lime").save(folder / "quarters.png")
    painter = Painter(Assets([folder]), Fonts())
    assert painter.key(design, {}, {}, format="png") != before
    assert read(painter.paint(design, {}, {}, format="png")).convert("RGB").getpixel((5, 5)) == (0, 255, 0)


def test_a_fixed_picture_may_depend_on_the_language(painter: Painter) -> None:
    layer = PictureLayer(picture={"de": "quarters.png", "en": "dusk.jpg"}, box=(0, 0, 100, 60))
    design = Design("test", (100, 60), layers=(layer,))
    german = painter.paint(design, {}, {0: "quarters.png"}, format="png")
    assert german != painter.paint(design, {}, {0: "dusk.jpg"}, format="png")
    assert german == painter.paint(
        replace(design, layers=(replace(layer, picture="quarters.png"),)), {}, {}, format="png"
    )


SHARED = Painter(Assets([Path(__file__).parent]), Fonts())
