"""Words from letters: they look as Pillow draws them in one go, in every script, and reach as far."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageFilter
from PIL.ImageFont import Layout, truetype

from app.render.fonts import BUNDLED, FOLDER, STAND_INS, Fonts
from app.render.inking import Inker, Style
from app.render.runs import Run
from app.render.shaping import Letter, Shaper

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
    core, (left, top) = face.getmask2(
        one.text, "L", one.direction, stroke_width=stroke, anchor="ls", stroke_filled=True
    )
    drawn = Image.new("L", core.size)
    drawn.im.paste(core, (0, 0, *core.size))
    image = Image.new("L", ROOM)
    image.paste(drawn, (PEN[0] + left, PEN[1] + top))
    return image


def ours(one: Run, size: int, fonts: Fonts, stroke: float = 0) -> Image.Image:
    """The run put together from its letters."""
    mask = Inker(fonts).drawn(one.text, Style(one.font, outline=stroke / size), size)
    drawn = mask.outlined if stroke else mask.image
    assert drawn is not None
    image = Image.new("L", ROOM)
    image.paste(drawn, (PEN[0] + mask.left, PEN[1] + mask.top))
    return image


@pytest.mark.parametrize(("font", "word"), CASES)
@pytest.mark.parametrize("size", [13, 36, 72])
def test_a_word_looks_as_if_drawn_in_one_go(fonts: Fonts, font: str, word: str, size: int) -> None:
    """Each letter stands on a whole pixel, rounded by itself: what one has inked, the other has within a pixel."""
    assert alike(ours(run(font, word), size, fonts), by_pillow(run(font, word), size))


@pytest.mark.parametrize("word", ["Bartholomew,", "office"])
def test_an_outline_looks_as_if_drawn_in_one_go(fonts: Fonts, word: str) -> None:
    one = run("Noto Sans Bold", word)
    assert alike(ours(one, 36, fonts, stroke=2), by_pillow(one, 36, stroke=2))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether what is inked in one of them has ink within a pixel in the other, both ways."""
    inked = ((one, other), (other, one))
    return all(
        ImageChops.subtract(mine, theirs.filter(ImageFilter.MaxFilter(3))).getextrema()[1] <= 1
        for mine, theirs in inked
    )


class Lifted(Fonts):
    """Fonts whose every letter stands half an em higher, and one em to the right."""

    def letters(self, run: Run, *, tabular: bool = False) -> tuple[Letter, ...]:
        """So moved."""
        return tuple(
            letter._replace(x=letter.x + 1, y=letter.y + 0.5) for letter in super().letters(run, tabular=tabular)
        )


def test_a_letter_stands_where_the_shaper_puts_it() -> None:
    one = run("Noto Sans Bold", "AVa")
    assert ours(one, 40, Lifted()).getbbox() == moved(ours(one, 40, Fonts()).getbbox(), 40, -20)


def moved(box: tuple[int, int, int, int] | None, right: int, down: int) -> tuple[int, int, int, int]:
    """The box so far to the right and down."""
    assert box is not None
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


@pytest.mark.parametrize(
    ("font", "text"), [("Noto Sans", "\u0301a"), ("Noto Sans Devanagari", "\u094d"), ("Noto Sans", "Αб")]
)
def test_marks_without_a_letter_and_several_scripts_are_as_pillow_has_them(fonts: Fonts, font: str, text: str) -> None:
    face = truetype(FOLDER / FILES[font], 1000, layout_engine=Layout.RAQM)
    assert fonts.advance(Run(font, text)) == pytest.approx(face.getlength(text, language="und") / 1000, abs=0.002)
    assert alike(ours(Run(font, text), 36, fonts), by_pillow(Run(font, text), 36))


def test_a_font_of_several_scripts_shapes_each_by_its_own_rules(fonts: Fonts, tmp_path: Path) -> None:
    """Latin letters, which are drawn as Devanagari here, do not take conjuncts apart that stand behind them."""
    (tmp_path / "fonts").mkdir()
    both = TTFont(FOLDER / FILES["Noto Sans Devanagari"])
    for table in both["cmap"].tables:
        table.cmap[ord("H")] = table.cmap[0x915]
    both.save(tmp_path / "fonts" / "both.ttf")
    own = fonts.with_own(tmp_path)
    together, alone = (own.advance(Run("fonts/both.ttf", text)) for text in ("Hक्षत्रिय", "क्षत्रिय"))
    assert together == pytest.approx(own.advance(Run("fonts/both.ttf", "H")) + alone, abs=0.002)
    assert own.letters(Run("fonts/both.ttf", "Hक्षत्रिय")) == (Letter("Hक्षत्रिय"),)


def test_a_letter_with_marks_without_end_is_drawn_and_not_kept(fonts: Fonts) -> None:
    endless = Run("Noto Sans", "a" + "\u0301" * 40)
    assert fonts.letters(endless) == (Letter(endless.text),)
    assert ours(endless, 20, fonts).getbbox() is not None


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
        ("Noto Sans", "Αб", ["Αб"]),
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
