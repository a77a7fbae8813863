"""Declared parameters: what a text from a URL is read as, and which patterns editors may write."""

import re
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from app.engine.params import TYPES, Param, pattern_fault, tidy
from app.engine.signals import Kind
from app.engine.unsigned import Limits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        (" 12.5 ", 12.5),
        ("-3", -3.0),
        ("−3", -3.0),
        ("19,90", 19.9),
        ("1,234", None),
        ("1.234", 1.234),
        ("1.234,50", None),
        ("12€", None),
        ("1e9", None),
        ("inf", None),
        ("nan", None),
        ("٣", None),
        ("9" * 400, None),
    ],
)
def test_a_number_is_read_or_refused_but_never_guessed(text, value):
    assert Param("n", Kind.NUMBER).read(text) == value


def test_a_choice_is_read_without_case_and_answers_as_the_editor_spelt_it():
    param = Param("lang", Kind.CHOICE, ("de-AT", "en"))
    assert param.read("DE-at") == "de-AT"
    assert param.read("fr") is None


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("0", False), ("ON", True), ("maybe", None)])
def test_a_boolean_has_a_few_words(text, value):
    assert Param("b", Kind.BOOLEAN).read(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21T20:00:00+01:00", date(2026, 11, 21)),
        ("2026-02-30", None),
        ("21.11.2026", None),
        ("2026-11-21; drop", None),
    ],
)
def test_a_date_is_iso_8601_or_nothing(text, value):
    assert Param("d", Kind.DATE).read(text) == value


def test_text_is_composed_and_without_outer_blanks():
    assert Param("t").read(" Zu\u0308rich ") == "Zürich"


@pytest.mark.parametrize("letter", ["\n", "\r", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\u00ad"])
def test_text_with_something_invisible_in_it_is_refused(letter):
    assert tidy(f"a{letter}b") is None
    assert Param("t").read(f"a{letter}b") is None


def test_joiners_belong_to_spelling():
    assert Param("t").read("می\u200cخواهم") == "می\u200cخواهم"
    assert Param("t").read("👩\u200d👧") == "👩\u200d👧"


def test_length_and_pattern_are_kept():
    param = Param("zip", max_length=5, pattern=re.compile("[0-9]{5}"))
    assert param.read("20095") == "20095"
    assert param.read("2009") is None
    assert param.read("200955") is None
    assert param.read("2009a") is None


@pytest.mark.parametrize(
    "source", ["[0-9]{5}", r"[A-Z]{2}-\d{4,6}", "(?:de|en)", r"\d{5}(-\d{4})?", "[a-z+*?]+", r"\(\d+\)"]
)
def test_an_ordinary_pattern_is_fine(source):
    assert pattern_fault(source) == ""


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+",
        "(a|aa)*",
        r"(\w*)*x",
        "(?=a)",
        r"(a)\1",
        "a*a*a*a*b",
        "(?i)x",
        "(",
        "a?" * 9,
        "(?P<n>a)",
        "((a){1,9}){1,9}",
    ],
)
def test_a_pattern_that_could_take_long_is_refused_with_a_remedy(source):
    assert pattern_fault(source)


def test_the_slowest_allowed_pattern_is_quick():
    source = ".*.*.*x"
    assert pattern_fault(source) == ""
    started = time.process_time()
    Param("t", pattern=re.compile(source)).read("a" * 200)
    Param("t", pattern=re.compile(source)).read("a" * 100)
    assert time.process_time() - started < 0.05


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=300))
def test_any_text_is_read_or_refused(kind, text):
    value = Param("p", TYPES[kind], ("a", "b")).read(text)
    assert value is None or isinstance(value, str | float | bool | date)


def test_a_parameter_is_a_signal():
    signal = Param("lang", Kind.CHOICE, ("de", "en")).signal
    assert (signal.name, signal.kind, signal.choices) == ("param.lang", Kind.CHOICE, ("de", "en"))


READERS = Limits(frozenset({"LATIN"}), frozenset({"EUR", "euro", "dollars"}))
SAID = {
    "addresses": "evil.example  a@b  @ada  x.com  //x  evil．example  evil .com  St.Gallen  mailto:a@b.example",
    "phones": "+49 170 1234567  0800/123456  (030) 901-820-1  ٠١٢٣٤٥٦  4711 000 0000",
    "amounts": "5 €  €5  50 Euro  EUR 12,50  100 dollars  20 %  20%  １００€  5,- €",
    "scripts": "Иван  Αθήνα  Аda  東京  דוד",
}
"""What no stranger may say, by what an editor allows it with."""


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, all in SAID.items() for text in all.split("  ")])
def test_what_nobody_signed_leads_nowhere_and_promises_nothing_unless_an_editor_allows_it(word, text):
    careful = Param("t", limits=READERS)
    assert careful.read(text) is None
    assert careful.read(text, signed=True) is not None
    allowed = {word, "phones", "addresses"} if "@" in text else {word}
    assert replace(careful, allowed=frozenset(allowed)).read(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Ada", "Jürgen & Söhne", "O'Neill", "St. Gallen", "Ph.D.", "J.R. Ewing", "20095", "Straße 5", "24 h", "Top 10",
        "Euro", "50+", "👩\u200d👧", "Hi…Ada", "2026-11-27", "2026-11-27T20:00+01:00",
    ],
)  # fmt: skip
def test_ordinary_words_need_no_signature(text):
    assert Param("t", limits=READERS).read(text) is not None


def test_limits_are_those_of_texts_alone():
    assert Param("n", Kind.NUMBER, limits=READERS).read("12345678") == 12345678
    assert Param("c", Kind.CHOICE, ("shop.example",), limits=READERS).read("shop.example") == "shop.example"


def test_what_is_signed_is_typed_and_seen_all_the_same():
    assert Param("t", max_length=3).read("Adaa", signed=True) is None
    assert Param("t").read("A\u202eda", signed=True) is None
    assert Param("n", Kind.NUMBER).read("many", signed=True) is None
