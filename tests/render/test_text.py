"""Words in boxes: wrapped where a reader would, as large as they fit, cut only when nothing else helps."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops

from app.render.fonts import BUNDLED, Fonts
from app.render.inking import Style
from app.render.layers import TextLayer
from app.render.measure import missing, overflows
from app.render.runs import clusters
from app.render.typeset import ELLIPSIS, Room, Setting, Typesetter
from tests.render.conftest import Drawn

SANS = Style("Noto Sans")
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitän"
SOFT = 2  # device pixels by which a smooth edge may hang over
UNBUNDLED = "\U0001f9a9 \U0001f1e6\U0001f1f6"  # a flamingo, Antarctica


def room(width: int, height: int, size: int = 40, least: int | None = None, *, wrap: bool = True) -> Room:
    return Room(width, height, size, least or size, 1.2, wrap)


def rows(setting: Setting) -> list[str]:
    return [" ".join(word for word, _ in line.words) for line in setting.lines]


def inked(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of everything that is not white."""
    return ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()


def test_a_short_text_stands_in_one_line_at_its_full_size(typesetter: Typesetter) -> None:
    setting = typesetter.setting("Guten Morgen", SANS, room(600, 100))
    assert (setting.size, rows(setting), setting.whole) == (40, ["Guten Morgen"], True)


def test_lines_break_at_spaces(typesetter: Typesetter) -> None:
    assert rows(typesetter.setting("eins zwei drei vier", SANS, room(200, 500))) == ["eins zwei", "drei vier"]


def test_hard_line_breaks_and_empty_lines_are_kept(typesetter: Typesetter) -> None:
    assert rows(typesetter.setting("eins\n\nzwei\r\ndrei\n", SANS, room(400, 500))) == ["eins", "", "zwei", "drei"]


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t ", "\u200b", UNBUNDLED[:1]])
def test_a_text_without_letters_has_no_lines(typesetter: Typesetter, text: str) -> None:
    assert "".join(rows(typesetter.setting(text, SANS, room(400, 500)))) == ""


def test_the_largest_size_that_fits_is_taken(typesetter: Typesetter) -> None:
    text = "Filmabend in Köln, heute ab zwanzig Uhr"
    setting = typesetter.setting(text, SANS, room(300, 110, 60, 10))
    assert setting.whole and 10 < setting.size < 60
    larger = typesetter.setting(text, SANS, room(300, 110, setting.size + 1))
    assert not larger.whole, "one size more would not have fitted"


@given(text=st.text("abc äß-", min_size=1, max_size=60), width=st.integers(60, 500), height=st.integers(20, 200))
@settings(max_examples=60, deadline=None)
def test_halving_finds_the_same_size_as_trying_each(text: str, width: int, height: int) -> None:
    typesetter = Typesetter(SHARED)
    found = typesetter.setting(text, SANS, room(width, height, 40, 8))
    tried = (typesetter.setting(text, SANS, room(width, height, size)) for size in range(40, 7, -1))
    first = next((setting for setting in tried if setting.whole), None)
    assert found == first if first else not found.whole


@given(text=st.text(max_size=120), width=st.integers(1, 400), height=st.integers(1, 120))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_typesetter_and_no_line_is_wider_than_its_box(text: str, width: int, height: int) -> None:
    setting = Typesetter(SHARED).setting(text, SANS, room(width, height, 30, 12))
    for line in setting.lines:
        alone = len(line.words) == 1 and len(line.words[0][0].rstrip(ELLIPSIS)) <= 3  # nothing left to cut
        assert line.width * setting.size <= width + 0.01 or alone


def test_a_long_compound_becomes_smaller_before_it_is_broken(typesetter: Typesetter) -> None:
    setting = typesetter.setting(GERMAN, SANS, room(500, 200, 60, 10))
    assert setting.whole and rows(setting) == [GERMAN]


def test_a_compound_too_long_at_its_least_size_is_broken_and_nothing_is_lost(typesetter: Typesetter) -> None:
    setting = typesetter.setting(GERMAN, SANS, room(300, 400, 40, 30))
    assert not setting.whole
    assert "".join(rows(setting)) == GERMAN
    assert min(map(len, rows(setting))) >= 3


def test_a_word_of_200_letters_is_broken_and_cut(typesetter: Typesetter) -> None:
    setting = typesetter.setting("x" * 200, SANS, room(300, 100, 40, 20))
    assert len(setting.lines) == 4 and rows(setting)[-1].endswith("x" + ELLIPSIS)


def test_what_does_not_fit_is_cut_at_a_word_with_an_ellipsis(typesetter: Typesetter) -> None:
    setting = typesetter.setting("eins zwei drei vier fünf sechs", SANS, room(200, 100))
    assert rows(setting)[-1].endswith(ELLIPSIS) and not setting.whole
    assert set(" ".join(rows(setting)).rstrip(ELLIPSIS).split()) <= {"eins", "zwei", "drei", "vier", "fünf"}


def test_a_number_is_never_cut_into_another_number(typesetter: Typesetter) -> None:
    for text in ("1299 EUR", "1299", "ab 1.299,00\u00a0€"):
        shown = "".join(rows(typesetter.setting(text, SANS, room(60, 40, wrap=False))))
        assert not any(character.isdigit() for character in shown) or "1299" in shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("129.999,00\u00a0€", ["129.999,00", "€"]),
        ("€12,999.00", ["€12,999.00"]),
        ("129\u202f999,00\u00a0€", ["129\u202f999,00", "€"]),
        ("nur\u00a019,90\u00a0€\u00a0heute", ["nur\u00a019,90", "€\u00a0heute"]),
    ],
)
def test_a_price_too_wide_for_its_box_is_broken_beside_its_number(
    typesetter: Typesetter, text: str, lines: list[str]
) -> None:
    assert rows(typesetter.setting(text, SANS, room(128, 200, 24))) == lines


def test_a_price_wider_than_any_line_is_not_shown_and_the_number_of_a_parcel_is_broken(typesetter: Typesetter) -> None:
    assert rows(typesetter.setting("129.999,00\u00a0€", SANS, room(90, 200, 24)))[0] == ELLIPSIS
    for number in ("00340434161094042557", "123456789012", "0034043382" * 3):
        assert "".join(rows(typesetter.setting(number, SANS, room(110, 300, 20)))) == number


@pytest.mark.parametrize("width", range(50, 120, 6))
def test_a_digit_in_a_key_is_no_number(typesetter: Typesetter, width: int) -> None:
    keys = "".join(f"{digit}\ufe0f\u20e3" for digit in range(1, 7))
    assert all(len(row) % 3 == 0 for row in rows(typesetter.setting(keys, SANS, room(width, 300, 20))))


def test_soft_hyphens_show_only_where_a_line_ends(typesetter: Typesetter) -> None:
    text = "Straßen\u00adbahn\u00adhalte\u00adstelle"
    assert rows(typesetter.setting(text, SANS, room(600, 200))) == ["Straßenbahnhaltestelle"]
    assert rows(typesetter.setting(text, SANS, room(330, 200))) == ["Straßenbahn-", "haltestelle"]


@pytest.mark.parametrize(
    ("text", "kept", "width"),
    [
        ("ab 10\u00a0000\u00a0Euro", "10\u00a0000\u00a0Euro", 150),
        ("ab 1\u202f234", "1\u202f234", 70),
        ("\u22125 10-12", "10-12", 80),
        ("minus -5", "-5", 80),
    ],
)
def test_numbers_and_no_break_spaces_hold_together(typesetter: Typesetter, text: str, kept: str, width: int) -> None:
    assert rows(typesetter.setting(text, SANS, room(width, 400, 24)))[-1] == kept


def test_a_line_may_end_after_a_hyphen_or_slash(typesetter: Typesetter) -> None:
    assert rows(typesetter.setting("Blu-ray", SANS, room(90, 200))) == ["Blu-", "ray"]
    assert rows(typesetter.setting("und/oder", SANS, room(110, 200))) == ["und/", "oder"]


def test_without_wrap_a_text_keeps_to_one_line(typesetter: Typesetter) -> None:
    assert rows(typesetter.setting("eins zwei drei vier", SANS, room(1000, 500, wrap=False))) == ["eins zwei drei vier"]
    short = typesetter.setting("eins zwei drei vier", SANS, room(200, 500, wrap=False))
    assert rows(short) == ["eins zwei" + ELLIPSIS] or rows(short) == ["eins" + ELLIPSIS]


def test_control_characters_and_lone_surrogates_do_no_harm(typesetter: Typesetter) -> None:
    setting = typesetter.setting("a\x00b\x1b[31m\ud800c\u202ed", SANS, room(600, 200))
    assert rows(setting) == ["a b [31mcd"]


def test_a_line_in_two_directions_is_one_word(typesetter: Typesetter) -> None:
    assert len(typesetter.setting("shalom שלום olam", SANS, room(900, 100)).lines[0].words) == 1


def test_the_same_text_is_set_alike_whatever_was_set_before(fonts: Fonts) -> None:
    one, two = Typesetter(fonts), Typesetter(fonts)
    two.setting("ganz andere Worte zuvor", SANS, room(200, 200))
    assert one.setting("Wort", SANS, room(90, 90, 50, 9)) == two.setting("Wort", SANS, room(90, 90, 50, 9))


def test_overflow_is_what_check_reports(typesetter: Typesetter) -> None:
    layer = TextLayer(field="headline", box=(0, 0, 100, 20), size=16, min_size=12)
    assert not overflows(layer, "Guten Morgen", typesetter)
    assert overflows(layer, "Guten Morgen, liebe Leserin in Köln", typesetter)
    assert overflows(layer, GERMAN, typesetter)


def test_missing_characters_are_what_check_reports(typesetter: Typesetter) -> None:
    layer = TextLayer(field="headline", box=(0, 0, 100, 20))
    assert missing(layer, "Grüße → ☀️ 5\u202f€ \n ½", typesetter) == set()
    assert missing(layer, "Hi 李 \U0001f389 \U0001f9a9", typesetter) == {"李", "\U0001f9a9"}


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_font_can_write_the_languages_of_europe(fonts: Fonts, name: str) -> None:
    text = "ÄÖÜäöüß ẞ éèêëçœ ÅåØøÆæ ñ¿¡ ąćęłńóśźż čďěňřšťůž őű ğış țș ΑΩάώ Жжщё €£₺ „“‚‘»«›‹ – — … · • ° № ½ × − ‰ ™"
    assert fonts.missing(text, name) == set()


def test_emoji_that_no_font_has_vanish_and_never_break_a_picture(drawn: Drawn) -> None:
    layer = TextLayer(field="a", box=(2, 2, 96, 56), size=14)
    plain = drawn(layer, fields={"a": "Hallo du"})
    assert drawn(layer, fields={"a": "Hallo \U0001f9a9\u200d\ufe0f du"}) == plain
    assert drawn(layer, fields={"a": UNBUNDLED}) is not None


def test_emoji_keep_their_colours_and_stand_on_the_line_of_the_letters(drawn: Drawn) -> None:
    layer = TextLayer(field="a", box=(2, 2, 96, 56), size=24, color="#0000ff")
    image = drawn(layer, fields={"a": "HH\U0001f7e5"})  # a red square
    red, blue = (inked(_only(image, channel)) for channel in (0, 2))
    assert red is not None and blue is not None
    assert red[0] >= blue[2], "behind the letters"
    assert blue[1] > red[1] and blue[3] < red[3] < blue[3] + 16, "around them"


def _only(image: Image.Image, channel: int) -> Image.Image:
    """White, but black where this channel outshines the others by far."""
    bands = image.split()
    others = ImageChops.lighter(*(bands[one] for one in range(3) if one != channel))
    return ImageChops.subtract(bands[channel], others).point(lambda v: 0 if v > 120 else 255).convert("RGB")


def test_a_paragraph_that_runs_to_the_left_starts_at_the_right(drawn: Drawn) -> None:
    for text, align, right in (
        ("Hut", "start", False),
        ("בית", "start", True),
        ("בית", "end", False),
        ("בית", "left", False),
        ("Hut", "end", True),
        ("2 בית", "start", True),
    ):
        layer = TextLayer(field="a", box=(2, 2, 96, 56), size=14, align=align)  # type: ignore[arg-type]
        box = inked(drawn(layer, fields={"a": text}))
        assert box is not None
        assert ((box[0] + box[2]) / 2 > 100) == right, (text, align)


def test_words_of_thai_are_broken_where_they_end(typesetter: Typesetter) -> None:
    found = typesetter.setting("สวัสดีชาวโลกที่นี้", SANS, room(130, 500))
    assert rows(found) == ["สวัสดี", "ชาวโลก", "ที่นี้"]


def test_what_is_too_long_is_cut_between_what_readers_take_for_letters(typesetter: Typesetter) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    for text in (family * 40, "क्षि" * 40, "e\u0301" * 80, "שלום לכולם " * 12):
        (line,) = typesetter.setting(text, SANS, room(300, 50)).lines
        kept = line.words[0][0].strip("\u200e\u200f").removesuffix(ELLIPSIS)
        assert clusters(unicodedata.normalize("NFC", text))[: len(clusters(kept))] == clusters(kept)


@pytest.mark.parametrize("width", [1, 3])
def test_an_outline_reaches_as_far_as_it_should_around_the_same_letters(drawn: Drawn, width: float) -> None:
    plain = {"box": (10, 10, 80, 40), "size": 20, "color": "#0000ff"}
    letters = inked(drawn(TextLayer(field="a", **plain), fields={"a": "Ho"}))  # type: ignore[arg-type]
    image = drawn(TextLayer(field="a", outline="#ff0000", outline_width=width, **plain), fields={"a": "Ho"})  # type: ignore[arg-type]
    whole, inside = inked(image), inked(_only(image, 2))
    assert letters is not None and whole is not None and inside is not None
    assert all(abs(one - other) <= SOFT for one, other in zip(inside, letters, strict=True))
    reach = [letters[0] - whole[0], letters[1] - whole[1], whole[2] - letters[2], whole[3] - letters[3]]
    assert all(abs(one - 2 * width) <= 1 for one in reach)


@pytest.mark.parametrize("spacing", [0, 2])
@pytest.mark.parametrize("text", ["49,90 €", "49,90 €\n59,90 €", "שלום", "של ום", "سلام عليكم"])
def test_a_line_runs_through_each_line_of_struck_letters_from_end_to_end(
    drawn: Drawn, text: str, spacing: float
) -> None:
    plain, struck = (
        drawn(
            TextLayer(field="words", box=(4, 4, 92, 52), size=16, strike=strike, letter_spacing=spacing),
            fields={"words": text},
        )
        for strike in (False, True)
    )
    letters, line = inked(plain), ImageChops.difference(plain, struck).getbbox()
    assert letters is not None
    assert line is not None
    assert abs(line[0] - letters[0]) <= 4 + 2 * spacing, "what stands behind the last letter is below it as well"
    assert abs(line[2] - letters[2]) <= 4 + 2 * spacing
    assert letters[1] < line[1] < line[3] < letters[3]


def test_a_shadow_lies_where_it_is_cast_and_letters_on_it(drawn: Drawn) -> None:
    plain = {"box": (10, 10, 80, 40), "size": 20, "color": "#0000ff"}
    letters = inked(drawn(TextLayer(field="a", **plain), fields={"a": "Ho"}))  # type: ignore[arg-type]
    cast = TextLayer(field="a", shadow="#ff0000", shadow_offset=(5, 3), shadow_blur=0, **plain)  # type: ignore[arg-type]
    image = drawn(cast, fields={"a": "Ho"})
    assert letters is not None
    assert inked(_only(image, 2)) == inked(_only(drawn(TextLayer(field="a", **plain), fields={"a": "Ho"}), 2))  # type: ignore[arg-type]
    assert inked(image) == (letters[0], letters[1], letters[2] + 10, letters[3] + 6)
    soft = inked(drawn(dataclasses.replace(cast, shadow_blur=4), fields={"a": "Ho"}))
    assert soft is not None
    assert soft[2] > letters[2] + 12 and soft[3] > letters[3] + 8


def test_text_stays_in_its_box_at_every_alignment(drawn: Drawn) -> None:
    for align, valign in (("left", "top"), ("right", "bottom"), ("center", "middle")):
        layer = TextLayer(field="a", box=(10, 10, 80, 40), size=12, align=align, valign=valign)  # type: ignore[arg-type]
        box = inked(drawn(layer, fields={"a": "Hut"}))
        assert box is not None
        assert box[0] >= 20 - SOFT and box[1] >= 20 - SOFT and box[2] <= 180 + SOFT and box[3] <= 100 + SOFT
        across, down = (box[0] + box[2]) / 2 - 100, (box[1] + box[3]) / 2 - 60
        assert {"left": across < -40, "right": across > 40, "center": abs(across) < 3}[align]
        assert {"top": down < -15, "bottom": down > 15, "middle": abs(down) < 4}[valign]


@pytest.mark.parametrize("line_height", [0.8, 1.0, 1.2, 1.5])
@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
def test_accents_and_descenders_of_a_text_that_fits_are_not_cut(drawn: Drawn, line_height: float, valign: str) -> None:
    heights = set()
    for box in ((10, 20, 80, 20), (10, 10, 80, 40)):
        layer = TextLayer(field="a", box=box, size=18, line_height=line_height, valign=valign)  # type: ignore[arg-type]
        found = inked(drawn(layer, fields={"a": "\u1ea4\u00c7gj|"}))
        assert found is not None
        heights.add(found[3] - found[1])
    assert len(heights) == 1


def test_a_number_field_is_written_without_a_needless_fraction(drawn: Drawn) -> None:
    layer = TextLayer(field="a", box=(2, 2, 96, 56), size=14)
    assert drawn(layer, fields={"a": 5.0}) == drawn(layer, fields={"a": "5"}) == drawn(layer, fields={"a": 5})
    assert drawn(layer, fields={"a": 2.5}) == drawn(layer, fields={"a": "2.5"})


def test_a_fixed_text_is_drawn_from_its_caption(drawn: Drawn) -> None:
    layer = TextLayer(text="Stand {{ time.clock }}", box=(2, 2, 96, 56), size=14)
    assert inked(drawn(layer)) is None, "no caption, no words"
    assert inked(drawn(layer, captions={0: "Stand 20:15"})) is not None


def test_translucent_words_mix_with_the_ground(drawn: Drawn) -> None:
    image = drawn(TextLayer(field="a", box=(2, 2, 96, 56), size=40, color="#00000080"), fields={"a": "I"})
    assert image.convert("L").getextrema()[0] == 127


SHARED = Fonts()
