"""One word in one style and size: how wide it is, and what it covers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.render.fonts import BUNDLED, FOLDER, Fonts
from app.render.inking import Inker, Style
from app.render.runs import clusters

BLOCK = 16 << 20
"""Bytes in which Pillow keeps a picture in one piece."""


@pytest.mark.parametrize("word", ["I", "Straße", "gj,", "1984"])
@pytest.mark.parametrize("size", [13, 36, 77])
def test_a_word_covers_what_pillow_draws_of_it(fonts: Fonts, word: str, size: int) -> None:
    mask = Inker(fonts).drawn(word, Style("Noto Sans Bold"), size)
    ours, theirs = (Image.new("L", (500, 200)) for _ in range(2))
    assert mask.image is not None
    ours.paste(mask.image, (100 + mask.left, 100 + mask.top))
    face = fonts.face("Noto Sans Bold", size)
    ImageDraw.Draw(theirs).text((100, 100), word, 255, face, anchor="ls", direction="ltr")
    assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("outline", [0.0, 0.02])
def test_a_word_may_be_larger_than_a_block_of_memory(fonts: Fonts, outline: float) -> None:
    mask = Inker(fonts).drawn("WWWWWWW", Style("Noto Sans Bold", outline=outline), 2_000)
    assert mask.image is not None
    assert mask.image.width * mask.image.height > BLOCK
    assert mask.image.getbbox() is not None
    assert (mask.outlined is not None) == bool(outline)


def test_letters_stand_as_far_apart_as_they_should_and_joined_ones_stay_joined(fonts: Fonts) -> None:
    near, far = Style("Noto Sans"), Style("Noto Sans", spacing=0.25)
    for word, gaps in (("Hut", 3), ("e\u0301a", 2), ("\U0001f1e9\U0001f1ea\U0001f389", 2), ("مرحبا", 0), ("क्षत्रिय", 0)):
        kerned = sum(Inker(fonts).width(letter, near) for letter in clusters(word)) if gaps else None
        alone = Inker(fonts).width(word, near) if kerned is None else kerned
        assert Inker(fonts).width(word, far) == pytest.approx(alone + 0.25 * gaps)


def test_in_a_font_of_the_site_s_own_joined_letters_stay_joined_too(fonts: Fonts, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    shutil.copy(FOLDER / "NotoSansArabic-Regular.ttf", tmp_path / "fonts" / "own.ttf")
    own = Inker(fonts.with_own(tmp_path))
    widths = [own.width("سلام", Style("fonts/own.ttf", spacing=spacing)) for spacing in (0.0, 0.25)]
    assert widths[0] == widths[1]


def test_tabular_digits_have_one_width(fonts: Fonts) -> None:
    for font in BUNDLED:
        widths = {round(Inker(fonts).width(digit, Style(font, tabular=True)), 3) for digit in "0123456789"}
        assert len(widths) == 1, font
