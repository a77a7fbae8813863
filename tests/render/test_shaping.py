"""Words from letters: they look as Pillow draws them in one go, in every script, and reach as far."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter
from PIL.ImageFont import Layout, truetype

from app.render.fonts import BUNDLED, FOLDER, STAND_INS, Fonts
from app.render.inking import Inker, Style
from app.render.runs import Run
from app.render.shaping import Shaper

FILES = BUNDLED | STAND_INS
WORDS = {
    "Noto Sans Bold": [
        "4711",
        "1.299,00",
        "Bartholomew,",
        "AVATAR",
        "Straße",
        "office",
        "e\u0301a\u0308",
        "Ωμέγα",
        "Привіт",
    ],
    "Noto Serif Italic": ["fjord", "Type", "ﬁx", "L’été", "12\u202f%"],
    "Noto Sans Hebrew": ["שלום", "שָׁלוֹם"],
    "Noto Sans Arabic": ["مرحبا", "طلبك", "للهدايا", "بيتك", "١٢٣"],
    "Noto Sans Devanagari Bold": ["नमस्ते", "क्षत्रिय", "आर्डर", "हिन्दी"],
    "Noto Sans Thai": ["สวัสดี", "ที่นี้", "น้ำ"],
}
CASES = [(font, word) for font, words in WORDS.items() for word in words]
ROOM, PEN = (700, 200), (100, 120)


def run(font: str, word: str) -> Run:
    """The word as one run, leftward where its script does."""
    return Run(font, word, "rtl" if font.endswith(("Hebrew", "Arabic")) and word != "١٢٣" else "ltr")


def by_pillow(one: Run, size: int, stroke: float = 0) -> Image.Image:
    """The run drawn in one go."""
    face = truetype(FOLDER / FILES[one.font], size, layout_engine=Layout.RAQM)
    core, (left, top) = face.getmask2(one.text, "L", one.direction, stroke_width=stroke, anchor="ls")
    drawn = Image.new("L", core.size)
    drawn.im.paste(core, (0, 0, *core.size))
    image = Image.new("L", ROOM)
    image.paste(drawn, (PEN[0] + left, PEN[1] + top))
    return image


def ours(one: Run, size: int, fonts: Fonts) -> Image.Image:
    """The run put together from its letters."""
    mask = Inker(fonts).drawn(one.text, Style(one.font), size)
    assert mask.image is not None
    image = Image.new("L", ROOM)
    image.paste(mask.image, (PEN[0] + mask.left, PEN[1] + mask.top))
    return image


@pytest.mark.parametrize(("font", "word"), CASES)
@pytest.mark.parametrize("size", [13, 36, 72])
def test_a_word_looks_as_if_drawn_in_one_go(fonts: Fonts, font: str, word: str, size: int) -> None:
    """Each letter stands on a whole pixel, rounded by itself: what one has inked, the other has within a pixel."""
    mine, theirs = ours(run(font, word), size, fonts), by_pillow(run(font, word), size)
    for one, other in ((mine, theirs), (theirs, mine)):
        assert max(ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3))).getextrema()) <= 1  # type: ignore[type-var]


@pytest.mark.parametrize(("font", "word"), CASES)
def test_a_word_reaches_as_far_as_it_does_for_pillow(fonts: Fonts, font: str, word: str) -> None:
    one = run(font, word)
    face = truetype(FOLDER / FILES[font], 1000, layout_engine=Layout.RAQM)
    assert fonts.advance(one) == pytest.approx(face.getlength(word, direction=one.direction) / 1000, abs=0.002)


@pytest.mark.parametrize(
    ("font", "word", "letters"),
    [
        ("Noto Sans Bold", "4711", ["4", "7", "1", "1"]),
        ("Noto Sans Bold", "office", ["o", "ffi", "c", "e"]),
        ("Noto Sans Hebrew", "של", ["ל", "ש"]),
        ("Noto Sans Arabic", "بيت", ["\u200dت", "\u200dي\u200d", "ب\u200d"]),
        ("Noto Sans Devanagari Bold", "हिन्दी", ["हि", "न्\u200d", "दी"]),
        ("Noto Sans Thai", "ที่นี้", ["ที่", "นี้"]),
        ("Noto Color Emoji", "\U0001f469\u200d\U0001f680", ["\U0001f469\u200d\U0001f680"]),
    ],
)
def test_letters_are_what_looks_the_same_alone_or_with_joints(
    fonts: Fonts, font: str, word: str, letters: list[str]
) -> None:
    assert [letter.text for letter in fonts.letters(run(font, word))] == letters


def test_what_cannot_be_read_or_has_nothing_in_it_is_no_trouble(fonts: Fonts) -> None:
    assert fonts.letters(Run("Noto Sans", "")) == () and fonts.advance(Run("Noto Sans", "")) == 0
    assert Shaper.of(b"wOF2 and what is packed") is None and Shaper.of(b"no font") is None


def test_a_letter_that_is_kept_for_others_stays_as_it_was(fonts: Fonts) -> None:
    inker, style = Inker(fonts), Style("Noto Sans Bold")
    before = inker.drawn("I", style, 40)
    assert before.image is not None
    kept = before.image.tobytes()
    inker.drawn("III", style, 40)
    after = inker.drawn("I", style, 40)
    assert after.image is not None and after.image.tobytes() == kept
