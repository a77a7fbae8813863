"""One word in one style and size: how wide it is, and what it covers."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from app.render import inking
from app.render.fonts import BUNDLED, Fonts
from app.render.inking import Style
from app.render.runs import clusters

BLOCK = 16 << 20
"""Bytes in which Pillow keeps a picture in one piece."""


@pytest.mark.parametrize("word", ["I", "Straße", "gj,", "1984"])
@pytest.mark.parametrize("size", [13, 36, 77])
def test_a_word_covers_what_pillow_draws_of_it(fonts: Fonts, word: str, size: int) -> None:
    mask = inking.drawn(word, Style("Noto Sans Bold"), size, fonts)
    ours, theirs = (Image.new("L", (500, 200)) for _ in range(2))
    assert mask.image is not None
    ours.paste(mask.image, (100 + mask.left, 100 + mask.top))
    face = fonts.face("Noto Sans Bold", size)
    ImageDraw.Draw(theirs).text((100, 100), word, 255, face, anchor="ls", direction="ltr")
    assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("outline", [0.0, 0.02])
def test_a_word_may_be_larger_than_a_block_of_memory(fonts: Fonts, outline: float) -> None:
    mask = inking.drawn("WWWWWWW", Style("Noto Sans Bold", outline=outline), 2_000, fonts)
    assert mask.image is not None
    assert mask.image.width * mask.image.height > BLOCK
    assert mask.image.getbbox() is not None
    assert (mask.outlined is not None) == bool(outline)


def test_letters_stand_as_far_apart_as_they_should_and_joined_ones_stay_joined(fonts: Fonts) -> None:
    near, far = Style("Noto Sans"), Style("Noto Sans", spacing=0.25)
    for word, gaps in (("Hut", 3), ("e\u0301a", 2), ("\U0001f1e9\U0001f1ea\U0001f389", 2), ("مرحبا", 0), ("क्षत्रिय", 0)):
        kerned = sum(inking.width(letter, near, fonts) for letter in clusters(word)) if gaps else None
        alone = inking.width(word, near, fonts) if kerned is None else kerned
        assert inking.width(word, far, fonts) == pytest.approx(alone + 0.25 * gaps)


def test_tabular_digits_have_one_width(fonts: Fonts) -> None:
    for font in BUNDLED:
        widths = {round(inking.width(digit, Style(font, tabular=True), fonts), 3) for digit in "0123456789"}
        assert len(widths) == 1, font
