"""Fonts of a site's own: every format, the axes of variable ones, and what is wrong with those that cannot be used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from app.render.assets import Assets
from app.render.design import Design
from app.render.fonts import BUNDLED, FOLDER, Fonts
from app.render.inking import Inker, Style
from app.render.layers import Group, TextLayer
from app.render.paint import Painter
from tests.support.reading import read

BOLD = FOLDER / BUNDLED["Noto Serif Bold"]
STEM, GROWTH = 200, 400
"""Units of the letter I in the variable font below, and by how much the heaviest is wider."""


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """An assets folder with one font in every format, a variable one, and what is none."""
    fonts = tmp_path / "assets" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(BOLD, fonts / "house.ttf")
    for flavor in ("woff", "woff2"):
        font = TTFont(BOLD)
        font.flavor = flavor
        font.save(fonts / f"house.{flavor}")
    variable().save(fonts / "variable.ttf")
    (fonts / "broken.ttf").write_bytes(BOLD.read_bytes()[:400])
    (fonts / "notes.txt").write_text("no font", encoding="utf-8")
    return tmp_path / "assets"


def variable() -> FontBuilder:
    """A font with one letter, a bar, that becomes wider with its weight."""
    pen = TTGlyphPen(None)
    for place, point in enumerate([(0, 0), (0, 700), (STEM, 700), (STEM, 0)]):
        (pen.lineTo if place else pen.moveTo)(point)
    pen.closePath()
    bar, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "I"])
    builder.setupCharacterMap({ord("I"): "I"})
    builder.setupGlyf({".notdef": empty, "I": bar})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "I": (STEM + 100, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (GROWTH, 0), (GROWTH, 0), (0, 0), (GROWTH, 0), (0, 0), (0, 0)]
    builder.setupGvar({"I": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    return builder


@pytest.mark.parametrize("name", ["house.ttf", "house.woff", "house.woff2"])
def test_a_font_of_one_s_own_is_drawn_like_the_same_one_bundled(assets: Path, fonts: Fonts, name: str) -> None:
    own, text = fonts.with_own(assets), {"a": "Größe 21 \N{PARTY POPPER}"}

    def painted(by: Fonts, font: str) -> bytes:
        layer = TextLayer(field="a", box=(2, 2, 96, 56), size=20, font=font)
        return Painter(Assets([assets]), by).paint(Design("own", (100, 60), layers=(layer,)), text, {}, format="png")

    assert own.fault(f"fonts/{name}") == ""
    assert painted(own, f"fonts/{name}") == painted(fonts, "Noto Serif Bold")


def test_other_scripts_stand_in_with_the_weight_of_the_font(assets: Path, fonts: Fonts) -> None:
    own = fonts.with_own(assets)
    for font, bold in (("house.ttf", False), ("variable.ttf weight=700", True), ("variable.ttf weight=300", False)):
        assert {run.font.endswith("Bold") for run in own.runs("שלום", f"fonts/{font}")} == {bold}


def test_an_axis_makes_letters_heavier(assets: Path, fonts: Fonts) -> None:
    own = fonts.with_own(assets)
    widths = [
        Inker(own).width("I", Style(f"fonts/variable.ttf{axis}"))
        for axis in ("", " weight=400", " wght=650", " weight=900")
    ]
    plain = (STEM + 100) / 1000
    assert widths == pytest.approx([plain, plain, plain + GROWTH / 2000, plain + GROWTH / 1000], abs=0.002)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("fonts/hous.ttf", "there is no such file in assets/; did you mean fonts/house.ttf?"),
        ("fonts/../../secret.ttf", "it leads out of the assets folder"),
        ("fonts/broken.ttf", "this is no font that can be read; export it as TTF, OTF or WOFF2"),
        ("fonts/notes.txt", "this is no font file; fonts end in .otf, .ttf, .woff, .woff2"),
        ("fonts/house.ttf weight=700", "fonts/house.ttf is no variable font; leave the axes out"),
        ("fonts/variable.ttf width=90", "fonts/variable.ttf has no axis “width”; it has weight"),
        ("fonts/variable.ttf weight=950", "weight=950 is outside what fonts/variable.ttf has; write 100 to 900"),
        ("fonts/variable.ttf bold", "“bold” is no axis; write the file and its axes, as in fonts/house.ttf weight=700"),
        ("Noto Sanz Bold", "there is no font “Noto Sanz Bold”; did you mean Noto Sans Bold?"),
        ("Comic", "there is no font “Comic”; there are Noto Sans, "),
        ("House", "there is no font “House”; write fonts/house.ttf"),
        ("house.ttf", "there is no font “house.ttf”; write fonts/house.ttf"),
    ],
)
def test_what_is_wrong_with_a_font_is_said_with_a_remedy(assets: Path, fonts: Fonts, name: str, fault: str) -> None:
    assert fonts.with_own(assets).fault(name).startswith(fault)


@pytest.mark.parametrize("grouped", [False, True])
def test_other_bytes_under_the_same_name_make_another_picture(assets: Path, fonts: Fonts, grouped: bool) -> None:
    layer = TextLayer(field="a", box=(2, 2, 96, 56), font="fonts/house.ttf")
    design = Design("own", (100, 60), layers=(Group(layers=(), opacity=0.5).around(layer) if grouped else layer,))

    def key() -> str:
        return Painter(Assets([assets]), fonts.with_own(assets)).key(design, {"a": "Hut"}, {}, format="png")

    before = key()
    assert before == key()
    shutil.copy(FOLDER / BUNDLED["Noto Sans"], assets / "fonts" / "house.ttf")
    assert key() != before


def test_a_font_that_is_gone_costs_the_picture_and_nothing_else(assets: Path, fonts: Fonts) -> None:
    painter = Painter(Assets([assets]), fonts.with_own(assets))
    design = Design("own", (100, 60), layers=(TextLayer(field="a", box=(2, 2, 96, 56), font="fonts/gone.ttf"),))
    assert painter.key(design, {"a": "Hut"}, {}, format="png")
    assert read(painter.fallback(design, {"a": "Hut"}, {}, format="png")).size == (200, 120)


def test_a_site_without_fonts_uses_the_bundled_ones(tmp_path: Path, fonts: Fonts) -> None:
    assert fonts.with_own(tmp_path) is fonts
    assert fonts.fault("fonts/house.ttf").endswith("copy the font into assets/fonts/")
