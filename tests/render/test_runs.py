"""Runs: what a reader takes for one character stays together, and lines that turn stand as Unicode orders them."""

from __future__ import annotations

import unicodedata

import bidi
import pytest
from hypothesis import example, given, settings, strategies as st

from app.render.fonts import EMOJI, SCRIPTS, Fonts
from app.render.runs import LEFT_MARK, RIGHT_MARK, Run, base, clusters, in_sight, is_emoji, turns

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WAVING = "\U0001f44b\U0001f3fd"
FLAG = "\U0001f1e9\U0001f1ea"
KEYCAP = "1\ufe0f\u20e3"
SUN = "\u2600"
MIRRORED = str.maketrans("()[]<>", ")(][><")


def seen(text: str, mark: str, mirrored: dict[int, int] = MIRRORED) -> str:
    """The characters of a line from left to right, brackets turned as they look."""
    runs = in_sight([Run("any", mark + text)], mark + text)
    shown = (run.text if run.direction == "ltr" else run.text[::-1].translate(mirrored) for run in runs)
    return "".join(shown).replace(mark, "")


@pytest.mark.parametrize(
    ("text", "rightward", "leftward"),
    [
        ("abc אבג", "abc גבא", "גבא abc"),
        ("אבג 123", "123 גבא", "123 גבא"),
        ("אבג (abc) דה", "הד (abc) גבא", "הד (abc) גבא"),
        ("אבג Köln 50% (heute) דה", "הד Köln 50% (heute) גבא", "הד Köln 50% (heute) גבא"),
        ("2026, Köln", "2026, Köln", "Köln ,2026"),
    ],
)
def test_a_line_is_seen_as_unicode_orders_it(text: str, rightward: str, leftward: str) -> None:
    """Written from left to right here, as it looks; the marks say how its paragraph runs."""
    assert seen(text, RIGHT_MARK) == leftward
    if text[0] == "a" or text[0].isdigit():
        assert seen(text, LEFT_MARK) == rightward


@given(text=st.text("ab אב مر 12 .,-+%:()[]", max_size=24), mark=st.sampled_from([LEFT_MARK, RIGHT_MARK]))
@settings(max_examples=400)
def test_an_independent_reading_of_the_algorithm_agrees(text: str, mark: str) -> None:
    """It turns no brackets, so they are not turned here either."""
    assert seen(text, mark, {}) == bidi.get_display(text, base_dir="R" if mark == RIGHT_MARK else "L")


@example(text="\u2066")
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_text_can_be_put_in_order_and_nothing_is_lost(text: str) -> None:
    assert sorted("".join(run.text for run in in_sight([Run("any", text)], text))) == sorted(text)


@pytest.mark.parametrize(
    ("paragraph", "mark"),
    [("Guten Tag", ""), ("Guten Tag, אבג", LEFT_MARK), ("אבג abc", RIGHT_MARK), ("12 (אבג", RIGHT_MARK), ("", "")],
)
def test_the_first_letter_decides_how_a_paragraph_runs(paragraph: str, mark: str) -> None:
    assert base(paragraph) == mark
    assert turns(paragraph) == bool(mark)


@pytest.mark.parametrize("cluster", [FAMILY, WAVING, FLAG, KEYCAP, SUN + "\ufe0f", "\U0001f389"])
def test_what_is_one_emoji_to_a_reader_stays_one(fonts: Fonts, cluster: str) -> None:
    assert clusters(f"a{cluster}b") == ["a", cluster, "b"]
    assert is_emoji(cluster)
    assert fonts.runs(f"a{cluster}b", "Noto Sans") == (
        Run("Noto Sans", "a"),
        Run(EMOJI, cluster),
        Run("Noto Sans", "b"),
    )
    assert fonts.missing(cluster, "Noto Sans") == set()


@pytest.mark.parametrize("cluster", [SUN, SUN + "\ufe0e", "1", "\N{COPYRIGHT SIGN}", "\N{BLACK STAR}"])
def test_signs_that_do_not_ask_for_colour_are_drawn_in_the_text_s(fonts: Fonts, cluster: str) -> None:
    assert not is_emoji(cluster)
    assert EMOJI not in {run.font for run in fonts.runs(cluster, "Noto Sans")}


@pytest.mark.parametrize("text", ["☎\u00a0030", "∑ → ≠", "مرحبا ∑ → ≠"])
def test_white_space_beside_a_sign_is_drawn_by_a_font_that_has_it(fonts: Fonts, text: str) -> None:
    """Fonts of signs have no blank: in its place they would show an empty box."""
    spaces = [
        (run.font, letter)
        for run in fonts.runs(base(text) + text, "Noto Sans")
        for letter in run.text
        if letter.isspace()
    ]
    assert spaces
    assert all(fonts.face(font, 40).getmask(space, "L").getbbox() is None for font, space in spaces)


def test_a_combination_that_is_not_bundled_is_told_and_drawn_as_its_first_part(fonts: Fonts) -> None:
    firefighter = "\U0001f469\u200d\U0001f692"
    assert fonts.runs(firefighter, "Noto Sans") == (Run(EMOJI, "\U0001f469"),)
    assert fonts.missing(firefighter, "Noto Sans") == {firefighter}


SAMPLES = {"Arabic": "مرحبا بكم ١٢٣", "Hebrew": "שלום לכולם", "Devanagari": "नमस्ते क्षत्रिय ज्ञान ₹", "Thai": "สวัสดีที่นี้"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_scripts_are_drawn_by_stand_ins_of_the_same_weight(fonts: Fonts, script: str) -> None:
    word = SAMPLES[script].split()[0]
    assert {run.font for run in fonts.runs(word, "Noto Sans")} == {f"Noto Sans {script}"}
    assert {run.font for run in fonts.runs(word, "Noto Serif Bold")} == {f"Noto Sans {script} Bold"}
    assert fonts.missing(SAMPLES[script], "Noto Sans") == set()


def test_letters_join_and_marks_stand_on_their_letters(fonts: Fonts) -> None:
    """Shaping is at work: joined and stacked letters are narrower than the same letters alone."""
    for word in ("بيت", "क्ष", "ที่"):
        (run,) = fonts.runs(word, "Noto Sans")
        alone = sum(fonts.advance(one) for letter in word for one in fonts.runs(letter, "Noto Sans"))
        assert fonts.advance(run) < 0.95 * alone
        assert unicodedata.normalize("NFC", run.text) == word


def test_a_font_with_letters_that_run_leftward_is_asked_for_them_in_their_direction(fonts: Fonts) -> None:
    for _ in range(2):  # the second time, everything about the font is known
        (run,) = fonts.runs("שלום", "Noto Sans Hebrew")
        assert run.direction == "rtl"
