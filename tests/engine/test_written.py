"""Times as editors write them, and what they are told when they cannot be meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from app.engine.calendar import parse_clock, parse_date, parse_duration, parse_moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("17:00", 61_200), ("7:05", 25_500), ("17:00:30", 61_230), ("00:00", 0), ("24:00", 86_400), (" 9:30 ", 34_200)],
)
def test_a_time_of_day_is_seconds_since_midnight(text: str, seconds: int) -> None:
    assert parse_clock(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "17", "17.00", "25:00", "24:01", "12:60", "12:00:60", "5 pm", "-1:00", "\uff11\uff12:\uff10\uff10"]
)
def test_what_is_no_time_of_day_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like 17:00|hours go from 0 to 23"):
        parse_clock(text)


def test_a_date_that_does_not_exist_names_the_last_day_of_its_month() -> None:
    with pytest.raises(ValueError, match=r"the last day of February 2026 is the 28"):
        parse_date("2026-02-30")
    assert parse_date("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["27.11.2026", "2026/11/27", "2026-13-01", "0026-11-27", "9999-01-01", "tomorrow", ""])
def test_what_is_no_date_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueError, match=r"2026-11-27|years go from"):
        parse_date(text)


def test_a_moment_without_offset_stays_a_wall_clock_time() -> None:
    assert parse_moment("2026-11-27 00:00").at == datetime(2026, 11, 27)
    assert parse_moment("2026-11-27T18:30").at == datetime(2026, 11, 27, 18, 30)
    assert parse_moment("2026-11-27 24:00").at == datetime(2026, 11, 28)


@pytest.mark.parametrize(
    "text", ["2026-11-27T00:00+01:00", "2026-11-26T23:00Z", "2026-11-26 23:00:00z", "2026-11-27 00:00+01"]
)
def test_a_moment_with_an_offset_is_an_instant(text: str) -> None:
    assert parse_moment(text).at == 1_795_734_000.0


def test_a_bare_date_begins_at_midnight_and_ends_with_its_day() -> None:
    bare = parse_moment("2026-11-30")
    assert bare.whole_day
    assert bare.at == datetime(2026, 11, 30)
    assert bare.end == datetime(2026, 12, 1)
    timed = parse_moment("2026-11-30 00:00")
    assert not timed.whole_day
    assert timed.end == timed.at == datetime(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27 18",
        "18:00",
        "2026-11-27T18:00+1",
        "2026-02-30 10:00",
        "2026-11-27 18:00 Berlin",
        "2026-11-27T00:00+19:00",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like|last day"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45m", 2_700),
        ("24h", 86_400),
        ("30d", 2_592_000),
        ("1h30m", 5_400),
        ("90s", 90),
        ("2w", 1_209_600),
        ("1.5h", 5_400),
        ("1h 30min", 5_400),
    ],
)
def test_a_length_of_time_is_seconds(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "45", "m", "0m", "45 minutes", "-5m", "1y", "999999w", "5m x"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"length of time"):
        parse_duration(text)


@given(st.text(max_size=30))
def test_any_text_is_either_understood_or_refused_with_words(text: str) -> None:
    for parse in (parse_clock, parse_date, parse_moment, parse_duration):
        try:
            parse(text)
        except ValueError as refusal:
            assert repr(text.strip())[:10] in str(refusal) or len(str(refusal)) > 20
