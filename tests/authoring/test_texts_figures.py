"""Fields of type number, money and moment: constants and templates, with words for their reader."""

from __future__ import annotations

from typing import Any

import pytest

from app.authoring.liquid import Conventions, FigureKind, Text, TextTrouble, compile_figure
from app.engine.moving import Moment
from app.engine.words import Bound, Figure, Fixed
from tests.support.texts import NAMES, NBSP, PARTS, SITE

PHASES = {"live": Moment(1_795_734_000.0)}  # 2026-11-27 00:00 in Berlin


def compiled(kind: FigureKind, text: str, conventions: Conventions = SITE) -> Text:
    result = compile_figure(kind, text, names=NAMES, parts=PARTS, conventions=conventions, phases=PHASES)
    assert isinstance(result, Text), result
    return result


def figure(kind: FigureKind, text: str, known: dict[str, Any] | None = None, *, language: str = "de") -> Any:
    alternative = compiled(kind, text).alternative
    assert isinstance(alternative, Bound)
    return alternative.produce({"open.language": language, **(known or {})})


def trouble(kind: FigureKind, text: str, conventions: Conventions = SITE) -> TextTrouble:
    result = compile_figure(kind, text, names=NAMES, parts=PARTS, conventions=conventions, phases=PHASES)
    assert not isinstance(result, Text)
    return result[0]


@pytest.mark.parametrize(
    ("kind", "text", "value", "german", "english"),
    [
        ("number", "19.90", 19.9, "19,90", "19.90"),
        ("number", "1200", 1200, "1.200", "1,200"),
        ("number", " -3 ", -3, "-3", "-3"),
        ("money", "19.90", 19.9, f"19,90{NBSP}€", "€19.90"),
        ("money", "19.90 USD", 19.9, f"19,90{NBSP}$", "$19.90"),
        ("money", "15", 15, f"15,00{NBSP}€", "€15.00"),
        ("moment", "2026-11-27 18:00", 1_795_798_800.0, "27.11.2026, 18:00", f"Nov 27, 2026, 6:00{NBSP}PM"),
        ("moment", "2026-11-27T18:00+01:00", 1_795_798_800.0, "27.11.2026, 18:00", f"Nov 27, 2026, 6:00{NBSP}PM"),
        ("moment", "live", PHASES["live"].at, "27.11.2026, 00:00", f"Nov 27, 2026, 12:00{NBSP}AM"),
    ],
)
def test_a_constant_is_a_figure_in_the_readers_words(
    kind: FigureKind, text: str, value: float, german: str, english: str
) -> None:
    assert figure(kind, text) == Figure(value, german)
    assert figure(kind, text, language="en") == Figure(value, english)


def test_a_template_says_a_figure() -> None:
    known = {"param.price": 1219.9, "weather.as_of": 1_795_800_600.0, "weather.temperature": 17.3}
    assert figure("money", "{{ param.price }}", known) == Figure(1219.9, f"1.219,90{NBSP}€")
    assert figure("money", "{{ param.price }} USD", known) == Figure(1219.9, f"1.219,90{NBSP}$")
    assert figure("number", "{{ weather.temperature | round }}", known) == Figure(17, "17")
    assert figure("moment", "{{ weather.as_of }}", known) == Figure(1_795_800_600.0, "27.11.2026, 18:30")
    text = "{% if geo.country == 'DE' %}19.90{% else %}24.90{% endif %}"
    assert figure("money", text, {"geo.country": "DE"}) == Figure(19.9, f"19,90{NBSP}€")


def test_a_template_that_says_no_figure_gives_way() -> None:
    assert figure("money", "{{ param.price }}") is None
    assert figure("number", "{{ geo.city }}", {"geo.city": "Ulm"}) is None
    assert figure("number", "{{ param.first_name }}", {"param.first_name": ""}) is None
    assert figure("moment", "{{ param.first_name }}", {"param.first_name": "bald"}) is None


def test_a_moment_is_worded_in_the_readers_zone() -> None:
    known = {"geo.time_zone": "America/New_York"}
    assert figure("moment", "2026-11-27 18:00", known) == Figure(1_795_798_800.0, "27.11.2026, 12:00")


def test_a_constant_rests_on_nothing_where_everybody_reads_one_language() -> None:
    only = Conventions(("de",), "Europe/Berlin", "EUR")
    assert compiled("money", "19.90", only).alternative == Fixed(Figure(19.9, f"19,90{NBSP}€"))


def test_a_figure_rests_on_what_its_template_reads_and_on_the_language() -> None:
    text = compiled("money", "{{ param.price }}")
    assert isinstance(text.alternative, Bound)
    assert text.alternative.signals == ("open.language", "param.price")
    assert text.alternative.source == "{{ param.price }}"
    assert text.doubtful == ("param.price",)


@pytest.mark.parametrize(
    ("kind", "text", "code", "remedy"),
    [
        ("number", "19,90", "not-a-number", "19.90"),
        ("number", "viel", "not-a-number", "19.90"),
        ("number", "19.90 EUR", "not-a-number", "19.90"),
        ("money", "19,90 €", "not-a-number", "19.90 EUR"),
        ("money", "1.219,90 €", "not-a-number", "1219.90 EUR"),
        ("money", "19.90 XYX", "not-a-number", "19.90 EUR"),
        ("moment", "27.11.2026", "not-a-moment", "phase"),
        ("moment", "2026-02-30", "not-a-moment", "phase"),
        ("number", "{{ weather.tmp }}", "text-name", ""),
        ("number", "{{ 'a' }}", "not-a-number", ""),
        ("number", "", "not-a-number", ""),
    ],
)
def test_what_is_no_figure_is_told_how_to_write_one(kind: FigureKind, text: str, code: str, remedy: str) -> None:
    found = trouble(kind, text)
    assert found.code == code
    assert remedy in found.remedy


def test_an_amount_without_any_currency_is_a_mistake() -> None:
    assert "EUR" in trouble("money", "19.90", Conventions()).remedy
