"""Readings, names and the catalogue of signals."""

from __future__ import annotations

import pytest

from app.engine.readings import EMPTY, Name, Reading, Rung, Why, fold, unknown
from app.engine.signals import CATALOGUE, Catalogue, Edge, Kind, Purpose, Signal, attribute, param, split


def test_unknown_by_nature_is_an_ordinary_answer_and_by_failure_a_lesser_one() -> None:
    assert unknown("geo.city", Why.HIDDEN_BY_PROXY, as_of=1.0).rung is Rung.LIVE
    assert unknown("weather.condition", Why.UPSTREAM_LATE, as_of=1.0).rung is Rung.UNKNOWN
    assert Rung.UNKNOWN.word == "unknown"


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_its_own_sentence(why: Why) -> None:
    assert why.sentence
    assert [other for other in Why if other.sentence == why.sentence] == [why]


def test_an_empty_value_is_known_and_prints_as_nothing() -> None:
    assert Reading("param.code", EMPTY, 0.0).known
    assert str(EMPTY) == ""
    assert not unknown("param.code", Why.NOT_IN_URL, as_of=0.0).known


def test_a_name_is_a_text_with_spellings_in_other_languages() -> None:
    munich = Name("München", also=("Munich", " MONACO di Baviera "))
    assert munich == "München"
    assert f"{munich}!" == "München!"
    assert munich.keys == {"münchen", "munich", "monaco di baviera"}


def test_texts_are_compared_without_case_and_outer_blanks() -> None:
    assert fold("  STRASSE ") == fold("Straße")


def test_a_set_of_signals_is_one_bit_each_in_the_order_of_the_catalogue() -> None:
    small = Catalogue.of((Signal("b", Kind.TEXT, "B."), Signal("a", Kind.TEXT, "A.")))
    assert small.set_of(["a", "b"]) == 0b11
    assert small.names_in(0b11) == ("b", "a")
    assert small.get("c") is None


def test_what_a_site_declares_stands_behind_what_every_site_has() -> None:
    wider = CATALOGUE.plus([param("code", Kind.TEXT)])
    assert {name: wider.bits[name] for name in CATALOGUE} == CATALOGUE.bits
    assert list(wider)[-1] == "param.code"


@pytest.mark.parametrize("signal", CATALOGUE.signals.values(), ids=lambda signal: signal.name)
def test_every_signal_has_a_sentence_and_a_choice_its_choices(signal: Signal) -> None:
    assert signal.sentence.endswith(".")
    assert (signal.kind is Kind.CHOICE) == bool(signal.choices)


def test_what_a_cache_can_key_on_stands_first() -> None:
    names = list(CATALOGUE)
    assert names.index("geo.country") < names.index("device.class") < names.index("time.hour")
    assert names.index("time.hour") < names.index("weather.condition")


def test_declared_signals_say_whose_they_are() -> None:
    tier = attribute("tier", Kind.TEXT, Purpose.BEHAVIOUR)
    assert (tier.name, tier.edge, tier.purpose, tier.doubtful) == (
        "recipient.tier",
        Edge.PERSON,
        Purpose.BEHAVIOUR,
        True,
    )
    assert split("headline", ("a", "b")).choices == ("a", "b")
    assert param("code", Kind.TEXT).edge is Edge.URL
