"""Spans: parts of one text that look different, set with the care of a whole one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageStat

from app.render.design import Design
from app.render.fonts import Fonts
from app.render.layers import Group, TextLayer
from app.render.layers.layer import fonts as named
from app.render.layers.styles import SpanStyle
from app.render.measure import missing, overflows
from app.render.paint import Painter
from app.render.rich import SWITCH
from app.render.typeset import ELLIPSIS, Row, Typesetter
from app.spans import BEGIN, END
from tests.render.conftest import Drawn
from tests.render.pictures import with_spans

BOLD, RED = SpanStyle(font="Noto Sans Bold"), SpanStyle(color="#ff0000")
STYLES = {"strong": BOLD, "red": RED, "big": SpanStyle(size=40), "small": SpanStyle(size=10)}
LAYER = TextLayer(field="words", box=(0, 0, 200, 120), size=20, min_size=10, styles=STYLES)


def rows(typesetter: Typesetter, text: str, layer: TextLayer = LAYER) -> list[Row]:
    """The rows of a text as they are drawn."""
    content = layer.content({"words": with_spans(text)}, None) or ""
    rich, _ = layer.worded(content)
    return typesetter.rows(rich, layer.style, layer.setting(content, typesetter, 2.0))


def plain(row: Row) -> str:
    return "|".join(part.text for part in row.parts)


def off_by(one: Image.Image, other: Image.Image) -> float:
    """Levels out of 255 by which two pictures differ on average."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def same(one: Image.Image, other: Image.Image) -> bool:
    return off_by(one, other) == 0


def shown(drawn: Drawn, text: str, **keys: object) -> Image.Image:
    layer = replace(LAYER, **keys)  # type: ignore[arg-type]
    return drawn(layer, fields={"words": text}, size=(200, 120))


@pytest.mark.parametrize("text", ["Guten Tag", "a < b und <3", "<nobody>Guten</nobody> Tag", "שלום 50% (heute)"])
def test_a_text_without_styles_looks_as_if_there_were_no_spans(drawn: Drawn, text: str) -> None:
    spans = with_spans(text)
    assert same(shown(drawn, spans), shown(drawn, str(spans), styles={}))


@pytest.mark.parametrize("text", ["Guten Tag", "Straßenbahn-Haltestelle am Markt", "שלום (heute) 50%", "مرحبا يا 50%"])
def test_a_text_that_is_one_span_looks_as_a_layer_of_that_style(drawn: Drawn, text: str) -> None:
    whole = shown(drawn, text, styles={}, font="Noto Sans Bold")
    off = off_by(shown(drawn, with_spans(f"<strong>{text}</strong>")), whole)
    assert off == 0 or (off < 2 and not text.isascii()), "runs of both directions each begin at a whole pixel"


def test_what_a_value_brings_in_is_never_a_span(drawn: Drawn) -> None:
    said = "<red>Jürgen</red>"
    for brought in (said, f"{BEGIN}red{END}Jürgen{BEGIN}/red{END}"):
        assert same(shown(drawn, brought), shown(drawn, brought, styles={}))
    assert not same(shown(drawn, with_spans(said)), shown(drawn, "Jürgen"))


def test_all_sizes_stand_on_one_baseline(typesetter: Typesetter) -> None:
    (row,) = rows(typesetter, "ab <big>cd</big> <small>ef</small>")
    assert [(part.text, part.size) for part in row.parts] == [("ab", 40), ("cd", 80), ("ef", 20)]
    offsets = [part.offset for part in row.parts]
    assert offsets == sorted(offsets) and row.width > offsets[-1]


def test_a_line_is_as_high_as_its_largest_letters(typesetter: Typesetter) -> None:
    assert [row.scale for row in rows(typesetter, "a\n<big>b</big> c\n<small>d</small>")] == [1.0, 2.0, 1.0]


def test_a_text_becomes_smaller_as_a_whole(typesetter: Typesetter) -> None:
    found = rows(typesetter, "eins <big>zwei drei vier</big> fünf sechs sieben <small>acht</small> neun zehn elf")
    sizes = {part.span: part.size for row in found for part in row.parts}
    assert 20 <= sizes[0] < 40 and abs(sizes[1] - 2 * sizes[0]) <= 1 and abs(sizes[2] - sizes[0] / 2) <= 1


def test_a_space_is_as_wide_as_where_it_is_written(typesetter: Typesetter) -> None:
    inside, outside = (rows(typesetter, text)[0] for text in ("<big>a b</big>", "<big>a</big> <big>b</big>"))
    assert inside.width - outside.width == pytest.approx(40 * typesetter.width(" ", LAYER.style))


def test_a_span_inside_another_has_what_both_say() -> None:
    assert LAYER.letters(("strong", "red", "big")) == ("Noto Sans Bold", 40, "#ff0000")
    assert LAYER.letters(("red", "nobody")) == (LAYER.font, LAYER.size, "#ff0000")


def test_lines_break_as_if_nobody_had_drawn_a_boundary(typesetter: Typesetter) -> None:
    narrow = replace(LAYER, box=(0, 0, 110, 120), min_size=20)
    for text in (
        "Blu-<red>ray</red> und DVD-<red>Rohlinge</red>",
        "Straßen\u00ad<red>bahn\u00adhalte\u00adstelle</red>",
    ):
        words = [plain(row).replace("|", "") for row in rows(typesetter, text, narrow)]
        unspanned = [plain(row).replace("|", "") for row in rows(typesetter, str(with_spans(text)), narrow)]
        assert words == unspanned


@pytest.mark.parametrize(
    "text", ["Only <red>1.234.567,90</red> today", "<red>1.234.567,5</red><strong>7.654.321,5</strong> end"]
)
def test_no_line_is_empty_behind_a_number_that_is_too_wide(typesetter: Typesetter, text: str) -> None:
    narrow = replace(LAYER, box=(0, 0, 60, 300), min_size=20)
    found = rows(typesetter, text, narrow)
    assert all(plain(row).strip("|") for row in found)
    assert all(row.parts[0].offset == pytest.approx(0, abs=0.01) for row in found if row.parts)


def test_runs_of_both_directions_trade_places_across_spans(typesetter: Typesetter) -> None:
    (row,) = rows(typesetter, "שלום <red>50%</red> (<strong>ab</strong>)", replace(LAYER, box=(0, 0, 400, 60)))
    assert row.turned
    assert [part.text.strip("\u200f ") for part in row.parts if part.text.strip("\u200f ")] == [
        ")",
        "ab",
        "(",
        "50%",
        "שלום",
    ]


def test_joined_letters_stay_joined_across_a_boundary(drawn: Drawn) -> None:
    styles = {"same": SpanStyle(color=LAYER.color)}
    whole, cut, apart = (
        shown(drawn, with_spans(text), styles=styles)
        for text in ("محمد", "مح<same>مد</same>", "مح\u200c<same>مد</same>")
    )
    assert off_by(whole, cut) < off_by(whole, apart) / 4


def test_what_does_not_fit_ends_in_the_style_it_is_cut_in(typesetter: Typesetter) -> None:
    *_, last = rows(typesetter, "eins <big>" + "zwei drei vier fünf " * 9 + "</big>")
    assert last.parts[-1].text.endswith(ELLIPSIS) and last.parts[-1].span == 1
    assert overflows(LAYER, with_spans("<big>" + "zwei " * 40 + "</big>"), typesetter)
    assert not overflows(LAYER, with_spans("<small>" + "zwei " * 20 + "</small>"), typesetter)


def test_a_letter_is_looked_for_in_the_font_of_its_span(typesetter: Typesetter) -> None:
    assert missing(LAYER, with_spans("ab <strong>\U00012000</strong>"), typesetter) == {"\U00012000"}


SPANNED = st.lists(
    st.tuples(st.sampled_from(["", *STYLES]), st.text("abc äß-\u00ad\n5%()שלוםمرحبا🎉\u200b", max_size=20)), max_size=6
)


@given(spans=SPANNED, width=st.integers(1, 200), height=st.integers(1, 90), wrap=st.booleans())
@settings(max_examples=120, deadline=None)
def test_no_spans_break_the_typesetter_and_no_switch_is_ever_drawn(
    fonts: Fonts, spans: list[tuple[str, str]], width: int, height: int, wrap: bool
) -> None:
    text = "".join(f"<{name}>{words}</{name}>" if name else words for name, words in spans)
    layer = replace(LAYER, box=(0, 0, width, height), wrap=wrap)
    for row in rows(Typesetter(fonts), text, layer) if with_spans(text).strip() else ():
        assert not any(SWITCH.search(part.text) for part in row.parts)
        assert len(row.parts) <= 1 or row.width <= 2 * width + 1


@pytest.mark.parametrize("name", ["a b", "1", "größer", "/red"])
def test_a_style_has_a_name_that_can_stand_in_a_tag(name: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a tag"):
        replace(LAYER, styles={name: RED})


def test_a_style_says_something_that_can_be() -> None:
    for keys, told in (
        ({}, "says nothing"),
        ({"size": 1000}, "cannot be read"),
        ({"color": "reddish"}, "is no colour"),
    ):
        with pytest.raises(ValueError, match=told):
            SpanStyle(**keys)  # type: ignore[arg-type]


def test_other_spans_make_another_picture_and_fixed_ones_are_painted_ahead(painter: Painter) -> None:
    design = Design("spans", (200, 120), layers=(LAYER,))
    keys = {
        painter.key(design, {"words": with_spans(text)}, {}, format="png")
        for text in ("a b", "<red>a</red> b", "<red>a b</red>", "<strong>a</strong> b")
    }
    assert len(keys) == 4
    fixed = replace(LAYER, field=None, text="<red>a</red> b")
    assert fixed.steady(fixed.content({}, with_spans("<red>a</red> b")) or "")


def test_a_font_that_only_a_span_names_is_part_of_the_render_key() -> None:
    layer = replace(LAYER, styles={"own": SpanStyle(font="fonts/house.ttf")})
    pane = Group(layers=(), opacity=0.5).around(layer)
    assert named(layer) == named(pane) == {LAYER.font, "fonts/house.ttf"}
