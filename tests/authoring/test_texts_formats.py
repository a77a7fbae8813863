"""How numbers, amounts, days and hours are said to readers of several languages and zones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.authoring.liquid import Conventions
from app.authoring.liquid.formats import currency_of
from tests.support.texts import NBSP, bound, said

CHRISTMAS = date(2026, 12, 24)
AFTERNOON = 14 * 3600 + 30 * 60.0
NOVEMBER = 1_795_800_600.0  # 2026-11-27 17:30 UTC


@pytest.mark.parametrize(
    ("text", "known", "german", "english"),
    [
        ("{{ weather.temperature }}", 17.0, "17", "17"),
        ("{{ weather.temperature }}", 17.3, "17,3", "17.3"),
        ("{{ weather.temperature }}", -0.0, "0", "0"),
        ("{{ weather.temperature }}", 2026.0, "2026", "2026"),
        ("{{ weather.temperature }}", 0.1234567891, "0,123457", "0.123457"),
        ("{{ weather.temperature | append: '°' }}", 17.3, "17,3°", "17.3°"),
        ("{{ weather.temperature | round }}", 17.5, "18", "18"),
        ("{{ weather.temperature | round }}", 2.5, "3", "3"),
        ("{{ weather.temperature | round }}", -2.5, "-3", "-3"),
        ("{{ weather.temperature | round }}", -0.4, "0", "0"),
        ("{{ weather.temperature | round: 1 }}", 17.26, "17,3", "17.3"),
        ("{{ weather.temperature | floor }} {{ weather.temperature | ceil }}", 17.5, "17 18", "17 18"),
        ("{{ weather.temperature | abs }}", -3.5, "3,5", "3.5"),
        ("{{ weather.temperature | times: 1.8 | plus: 32 }}", 20.0, "68", "68"),
        ("{{ weather.temperature | minus: 0.1 }}", 0.3, "0,2", "0.2"),
        ("{{ weather.temperature | divided_by: 2 }}", 7, "3,5", "3.5"),
        ("{{ weather.temperature | number }}", 12345.678, "12.345,678", "12,345.678"),
        ("{{ weather.temperature | number: 1 }}", 17.25, "17,3", "17.3"),
        ("{{ weather.temperature | number: 0 }}", 1234.5, "1.235", "1,235"),
        ("{{ weather.temperature | money }}", 1219.9, f"1.219,90{NBSP}€", "€1,219.90"),
        ('{{ weather.temperature | money: "USD" }}', 15.0, f"15,00{NBSP}$", "$15.00"),
    ],
)
def test_numbers_follow_the_language(text: str, known: float, german: str, english: str) -> None:
    values = {"weather.temperature": known}
    assert said(text, values, language="de") == german
    assert said(text, values, language="en") == english


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("{{ time.date }}", "24.12.2026", "Dec 24, 2026"),
        ('{{ time.date | date: "short" }}', "24.12.26", "12/24/26"),
        ('{{ time.date | date: "long" }}', "24. Dezember 2026", "December 24, 2026"),
        ('{{ time.date | date: "full" }}', "Donnerstag, 24. Dezember 2026", "Thursday, December 24, 2026"),
        ('{{ time.date | date: "d. MMMM" }}', "24. Dezember", "24. December"),
        ('{{ time.date | date: "MMMMd" }}', "24. Dezember", "December 24"),
        ('{{ time.date | date: "%d.%m.%Y" }}', "24.12.2026", "24.12.2026"),
        ('{{ time.date | date: "%-d. %B" }}', "24. Dezember", "24. December"),
        ('{{ time.date | date: "%A, o\'clock %%" }}', "Donnerstag, o'clock %", "Thursday, o'clock %"),
        ("{{ time.date | weekday }}", "Donnerstag", "Thursday"),
        ('{{ time.weekday | weekday: "short" }}', "Do.", "Thu"),
        ("{{ time.clock }}", "14:30", f"2:30{NBSP}PM"),
        ("{{ time.clock | clock }}", "14:30", f"2:30{NBSP}PM"),
        ('{{ time.clock | clock: "HH.mm" }}', "14.30", "14.30"),
        ("{{ time.clock | plus: 3600 }}", "15:30", f"3:30{NBSP}PM"),
        ("{{ weather.as_of | clock }}", "18:30", f"6:30{NBSP}PM"),
        ("{{ weather.as_of }}", "27.11.2026, 18:30", f"Nov 27, 2026, 6:30{NBSP}PM"),
        ("{{ weather.as_of | minus: 3600 | clock }}", "17:30", f"5:30{NBSP}PM"),
        ("{{ weather.as_of | date: 'd.M. HH:mm' }}", "27.11. 18:30", "27.11. 18:30"),
        ("{{ weather.as_of | weekday }}", "Freitag", "Friday"),
        ("{{ weather.next_rain_in }}", "90 Minuten", "90 minutes"),
        ("{{ weather.next_rain_in | divided_by: 60 }}", "90", "90"),
    ],
)
def test_days_and_hours_follow_the_language(text: str, german: str, english: str) -> None:
    known: dict[str, Any] = {
        "time.date": CHRISTMAS,
        "time.weekday": "thursday",
        "time.clock": AFTERNOON,
        "weather.as_of": NOVEMBER,
        "weather.next_rain_in": 5400.0,
    }
    assert said(text, known, language="de") == german
    assert said(text, known, language="en") == english


def test_moments_are_shown_in_the_readers_zone_else_in_the_sites() -> None:
    produce = bound("{{ weather.as_of | clock }}").produce
    assert produce({"weather.as_of": NOVEMBER, "open.language": "de", "geo.time_zone": "America/New_York"}) == "12:30"
    assert produce({"weather.as_of": NOVEMBER, "open.language": "de"}) == "18:30"
    assert produce({"weather.as_of": NOVEMBER, "open.language": "de", "geo.time_zone": "localtime"}) == "18:30"


def test_a_moment_counts_in_whole_minutes_so_that_it_holds_as_long_as_the_decision() -> None:
    produce = bound('{{ time.local | date: "HH:mm:ss" }} {{ time.clock | clock: "HH:mm:ss" }}').produce
    minute = NOVEMBER
    for second in (0.0, 0.5, 59.999):
        assert produce({"time.local": minute + second, "time.clock": AFTERNOON + second}) == "18:30:00 14:30:00"


def test_only_the_languages_of_the_site_are_spoken() -> None:
    known = {"weather.temperature": 17.3}
    assert said("{{ weather.temperature }}", known, language="en-GB") == "17.3"
    assert said("{{ weather.temperature }}", known, language="fr-CA") == "17,3"
    assert said("{{ weather.temperature }}", known, language="sw") == "17,3", "the first language of the site"
    assert said("{{ weather.temperature }}", known, language="") == "17,3"


def test_a_text_under_a_language_of_its_own_keeps_its_formats() -> None:
    text = bound('{{ time.date | date: "long" }}', conventions=Conventions(("de", "en"), written_in="en"))
    assert text.signals == ("time.date",)
    assert text.produce({"time.date": CHRISTMAS, "open.language": "de"}) == "December 24, 2026"


def test_a_day_in_a_text_is_read_and_shown_as_it_stands_there() -> None:
    text = '{{ param.first_name | date: "d.M. HH:mm" }}'
    assert said(text, {"param.first_name": "2026-11-27T18:00"}) == "27.11. 18:00"
    assert said('{{ param.first_name | date: "long" }}', {"param.first_name": "2026-11-27"}) == "27. November 2026"
    assert said(text, {"param.first_name": "bald"}) is None


def test_a_country_has_a_currency() -> None:
    assert (currency_of("DE"), currency_of("CH"), currency_of("GB"), currency_of("XX")) == ("EUR", "CHF", "GBP", "")


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("{{ param.first_name | upcase }}", "größe", "GRÖSSE"),
        ("{{ param.first_name | downcase }}", "EVA", "eva"),
        ("{{ param.first_name | capitalize }}", "eva MARIA", "Eva maria"),
        ("{{ param.first_name | truncate: 5 }}", "Maximilian", "Maxi…"),
        ("{{ param.first_name | truncate: 10 }}", "Maximilian", "Maximilian"),
        ('{{ param.first_name | truncate: 7, "..." }}', "Maximilian", "Maxi..."),
        ("{{ param.first_name | escape }}", "<b>", "&lt;b&gt;"),
        ("{{ param.first_name | strip }}", "  Eva ", "Eva"),
        ('{{ param.first_name | replace: "a", "o" }}', "Eva", "Evo"),
        ('{{ param.first_name | prepend: "Hallo " }}', "Eva", "Hallo Eva"),
        ("{{ param.first_name | size }}", "Eva", "3"),
        ("{{ param.first_name | first }}.{{ param.first_name | last }}", "Eva", "E.a"),
        ('{{ param.first_name | split: " " | last }}', "Eva Maria", "Maria"),
        ('{{ param.first_name | split: "," | first }}', "", ""),
        ("{{ param.first_name | plus: 1 }}", "41", "42"),
    ],
)
def test_words_are_changed_as_liquid_changes_them(text: str, value: str, words: str) -> None:
    assert said(text, {"param.first_name": value}) == words
