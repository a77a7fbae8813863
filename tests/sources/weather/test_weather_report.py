"""A report knows no clock: it is asked about an instant and says what it knows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from app.engine.readings import EMPTY, Rung, Why
from app.sources.weather.readings import SIGNALS, moved, nothing, seen
from app.sources.weather.report import HOUR, Day, Report, Step, days_of

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 21, 12, tzinfo=BERLIN).timestamp()
MIDNIGHT = NOON - 12 * HOUR


def hours(begin: float, words: list[str | None], **values: float) -> list[Step]:
    return [Step(at=begin + i * HOUR, lasts=HOUR, condition=word, **values) for i, word in enumerate(words)]


def value(report: Report, name: str, now: float = NOON) -> object:
    return seen(report, now=now, until=now + 900, source="s").readings[f"weather.{name}"].value


def test_every_signal_of_the_catalogue_has_a_reading_in_its_order() -> None:
    sight = seen(Report(), now=NOON, until=NOON + 900, source="s")
    assert tuple(sight.readings) == SIGNALS
    assert {reading.why_unknown for reading in sight.readings.values()} == {Why.NOT_OFFERED}


def test_a_reading_tells_when_it_was_true_and_holds_until_the_report_ends() -> None:
    report = Report.of(zone=UTC, observed=Step(at=NOON - 700, temperature=3.0))
    reading = seen(report, now=NOON, until=NOON + 900, source="s").readings["weather.temperature"]
    assert (reading.value, reading.as_of, reading.until, reading.source) == (3.0, NOON - 700, NOON + 900, "s")


def test_an_observation_is_completed_by_the_hour_that_holds_now() -> None:
    observed = Step(at=NOON - 300, temperature=3.0)
    report = Report.of(zone=UTC, observed=observed, hours=hours(NOON, ["rain"], temperature=9.0, uv_index=1.0))
    assert (value(report, "temperature"), value(report, "uv_index"), value(report, "condition")) == (3.0, 1.0, "rain")


def test_as_of_is_never_in_the_future() -> None:
    report = Report.of(zone=UTC, observed=Step(at=NOON + 300, temperature=3.0))
    assert value(report, "as_of") == NOON


def test_an_old_recording_is_read_as_it_stood_and_tells_its_age() -> None:
    report = Report.of(zone=BERLIN, observed=Step(at=NOON, condition="rain"), days={date(2026, 11, 21): Day(max=7.0)})
    later = NOON + 400 * 86400
    sight = seen(report, now=later, until=later + 900, source="s")
    assert value(report, "today.max", later) == 7.0
    assert sight.readings["weather.condition"].as_of == NOON
    assert sight.holds_until == later + 900


def test_an_old_series_is_read_from_its_beginning_and_one_just_over_at_its_end() -> None:
    report = Report.of(zone=BERLIN, hours=hours(NOON, ["rain", "snow", "fog"]))
    assert value(report, "condition", NOON + HOUR) == "snow"
    assert value(report, "condition", NOON + 4 * HOUR) == "fog"
    assert value(report, "condition", NOON + 86400) == "rain"
    assert value(report, "condition", NOON - 86400) == "rain"


def test_a_day_s_highest_is_known_only_from_the_whole_day() -> None:
    whole = [Step(at=MIDNIGHT + i * HOUR, lasts=HOUR, temperature=float(i)) for i in range(24)]
    day = date(2026, 11, 21)
    assert (days_of(whole, BERLIN)[day].max, days_of(whole, BERLIN)[day].min) == (23.0, 0.0)
    assert days_of(whole[6:], BERLIN)[day].max is None
    assert days_of(whole[:20], BERLIN)[day].max is None
    assert days_of(whole[:8] + whole[14:], BERLIN)[day].max is None


@pytest.mark.parametrize(("day", "length"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_23_or_25_hours_is_a_whole_day(day: date, length: int) -> None:
    begin = datetime(day.year, day.month, day.day, tzinfo=BERLIN).timestamp()
    steps = [Step(at=begin + i * HOUR, lasts=HOUR, temperature=float(i)) for i in range(length)]
    assert days_of(steps, BERLIN) == {day: Day(max=length - 1.0, min=0.0)}


def test_the_word_of_a_day_is_of_its_daylight_and_falling_weather_counts_more() -> None:
    day = date(2026, 11, 21)
    words: list[str | None] = ["snow"] * 6 + ["clear"] * 12 + ["rain"] * 2 + ["clear"] * 4
    assert days_of(hours(MIDNIGHT, words), BERLIN)[day].condition == "rain"
    words = ["snow"] * 6 + ["cloudy"] * 15 + ["rain"] + ["clear"] * 2
    assert days_of(hours(MIDNIGHT, words), BERLIN)[day].condition == "cloudy"
    assert days_of(hours(MIDNIGHT, [None] * 24), BERLIN)[day].condition is None


def test_next_rain_counts_down_by_the_minute() -> None:
    report = Report.of(zone=UTC, hours=hours(NOON, ["clear", "clear", "drizzle", "rain", "clear"]))
    sight = seen(report, now=NOON + 90, until=NOON + 900, source="s")
    reading = sight.readings["weather.next_rain_in"]
    assert (reading.value, reading.until) == (2 * HOUR - 90, NOON + 120)
    assert sight.holds_until == NOON + 120


def test_rain_now_is_rain_in_no_time_and_snow_is_no_rain() -> None:
    assert value(Report.of(zone=UTC, observed=Step(at=NOON, condition="drizzle")), "next_rain_in") == 0.0
    assert value(Report.of(zone=UTC, hours=hours(NOON, ["rain", "clear"])), "next_rain_in") == 0.0
    assert value(Report.of(zone=UTC, hours=hours(NOON, ["snow"] * 8)), "next_rain_in") is EMPTY


def test_no_rain_is_said_only_with_six_hours_of_foresight() -> None:
    assert value(Report.of(zone=UTC, hours=hours(NOON, ["clear"] * 6)), "next_rain_in") is EMPTY
    assert value(Report.of(zone=UTC, hours=hours(NOON, ["clear"] * 5)), "next_rain_in") is None


def test_day_and_night_follow_the_sun_and_turn_with_it() -> None:
    sun = {date(2026, 11, 21): Day(sunrise=NOON - 4 * HOUR, sunset=NOON + 4 * HOUR)}
    report = Report.of(zone=BERLIN, observed=Step(at=NOON, temperature=1.0, is_day=True), days=sun)
    dusk = NOON + 4 * HOUR - 60
    before = seen(report, now=dusk, until=dusk + 900, source="s").readings["weather.is_day"]
    assert (before.value, before.until) == (True, NOON + 4 * HOUR)
    assert value(report, "is_day", dusk + 61) is False


def test_today_ends_at_local_midnight() -> None:
    days = {date(2026, 11, 21): Day(max=1.0), date(2026, 11, 22): Day(max=2.0), date(2026, 11, 23): Day(max=3.0)}
    report = Report.of(zone=BERLIN, observed=Step(at=MIDNIGHT + 86000, temperature=1.0), days=days)
    late = MIDNIGHT + 86400 - 120
    reading = seen(report, now=late, until=late + 900, source="s").readings["weather.today.max"]
    assert (reading.value, reading.until) == (1.0, MIDNIGHT + 86400)
    assert (value(report, "today.max", late + 120), value(report, "tomorrow.max", late + 120)) == (2.0, 3.0)


def _hour(word: str | None, warmth: float | None, day: bool | None) -> Step:
    return Step(at=NOON, lasts=HOUR, condition=word, temperature=warmth, is_day=day)


TOLD = st.sampled_from([None, 1.0, 2.0])


@given(
    st.none() | st.builds(lambda warmth, humidity: Step(at=NOON, temperature=warmth, humidity=humidity), TOLD, TOLD),
    st.lists(
        st.none() | st.builds(_hour, st.sampled_from([None, "rain", "clear"]), TOLD, st.none() | st.booleans()),
        max_size=9,
    ),
    st.integers(0, 59),
    st.integers(1, 59),
)
def test_every_reading_known_or_not_holds_until_its_horizon(
    observed: Step | None, series: list[Step | None], minute: int, later: int
) -> None:
    gapped = [replace(step, at=NOON + place * HOUR) for place, step in enumerate(series) if step]
    first = Step(at=NOON - HOUR, lasts=HOUR, temperature=0.0)
    report, now = Report.of(zone=UTC, observed=observed, hours=[first, *gapped]), NOON + minute * 60
    before = seen(report, now=now, until=now + HOUR, source="s").readings
    after = seen(report, now=now + later * 60, until=now + HOUR, source="s").readings
    for name, reading in before.items():
        if reading.until > now + later * 60:
            assert (after[name].value, after[name].why_unknown) == (reading.value, reading.why_unknown)


def test_stale_readings_say_so() -> None:
    report = Report.of(zone=UTC, observed=Step(at=NOON, temperature=1.0))
    sight = seen(report, now=NOON, until=NOON + 30, source="s", rung=Rung.STALE)
    assert sight.readings["weather.temperature"].rung is Rung.STALE
    assert sight.readings["weather.humidity"].rung is Rung.LIVE


def test_refused_values_are_failures_and_absent_ones_are_not() -> None:
    report = Report.of(zone=UTC, observed=Step(at=NOON, humidity=1.0), refused=["temperature", "day.max"])
    readings = seen(report, now=NOON, until=NOON + 30, source="s").readings
    assert readings["weather.temperature"].why_unknown is Why.UPSTREAM_FAILED
    assert readings["weather.temperature"].rung is Rung.UNKNOWN
    assert readings["weather.tomorrow.max"].why_unknown is Why.UPSTREAM_FAILED
    assert readings["weather.wind_speed"].why_unknown is Why.NOT_OFFERED


def test_trimming_changes_no_answer_while_the_report_is_remembered() -> None:
    words: list[str | None] = ["clear"] * 30 + ["rain", "rain"] + ["clear"] * 40
    report = Report.of(zone=BERLIN, hours=hours(MIDNIGHT, words, temperature=1.0))
    small = report.trimmed(NOON)
    assert len(small.hours) < 10
    for minutes in range(0, 300, 20):
        now = NOON + minutes * 60
        assert seen(small, now=now, until=now + 9, source="s") == seen(report, now=now, until=now + 9, source="s")


def test_two_answers_complete_each_other_and_the_first_is_believed_first() -> None:
    day = date(2026, 11, 21)
    one = Report.of(zone=BERLIN, observed=Step(at=NOON, temperature=1.0), days={day: Day(max=1.0)}, refused=["x"])
    two = Report.of(zone=BERLIN, hours=hours(NOON, ["rain"]), days={day: Day(max=2.0, min=0.0)}, refused=["y"])
    both = one.plus(two)
    assert both.days[day] == Day(max=1.0, min=0.0)
    assert (both.observed, both.hours, both.refused) == (one.observed, two.hours, {"x", "y"})


def test_nothing_says_nothing() -> None:
    assert Report().says_nothing
    assert Report.of(zone=UTC, observed=Step(at=NOON), hours=[Step(at=NOON, lasts=HOUR)]).says_nothing
    assert not Report.of(zone=UTC, observed=Step(at=NOON, is_day=False)).says_nothing
    blank = nothing(Why.UPSTREAM_LATE, now=NOON, until=NOON + 5, source="s")
    assert {(reading.why_unknown, reading.until) for reading in blank.values()} == {(Why.UPSTREAM_LATE, NOON + 5)}


def test_readings_move_with_a_pretended_clock_and_go_on_telling_their_age() -> None:
    sight = seen(Report.of(zone=UTC, observed=Step(at=NOON, temperature=1.0)), now=NOON, until=NOON + 60, source="s")
    assert moved(sight.readings, NOON, NOON + 5) is sight.readings
    pretended = moved(sight.readings, NOON, NOON + 86400)["weather.temperature"]
    assert (pretended.as_of, pretended.until) == (NOON, NOON + 86460)


@pytest.mark.parametrize("now", [-1e12, 0.0, 1e12, 4e9, 1e18])
def test_no_instant_is_too_strange_to_ask_about(now: float) -> None:
    report = Report.of(zone=ZoneInfo("Pacific/Kiritimati"), hours=hours(NOON, ["rain"]))
    assert seen(report, now=now, until=now + 1, source="s").readings["weather.condition"].value == "rain"
    assert seen(Report(zone=BERLIN), now=now, until=now + 1, source="s").readings


def test_days_around_the_date_line_are_local() -> None:
    zone = ZoneInfo("Pacific/Kiritimati")  # UTC+14
    now = datetime(2026, 11, 21, 11, tzinfo=UTC).timestamp()
    today = datetime.fromtimestamp(now, zone).date()
    assert today == date(2026, 11, 22)
    days = {today: Day(max=30.0), today + timedelta(days=1): Day(max=31.0)}
    report = Report.of(zone=zone, observed=Step(at=now, temperature=28.0), days=days)
    assert (value(report, "today.max", now), value(report, "tomorrow.max", now)) == (30.0, 31.0)


def test_what_is_not_told_hides_the_rain() -> None:
    """Six unbroken hours are wanted before no rain, and all hours before it for a time of the next."""
    for words in (["clear", None, *["clear"] * 9], [None, "clear", *["clear"] * 9], ["clear", None, "rain", "clear"]):
        report = Report.of(zone=UTC, hours=[replace(one, temperature=1.0) for one in hours(NOON, words)])
        sight = seen(report, now=NOON, until=NOON + 900, source="s")
        assert sight.readings["weather.next_rain_in"].why_unknown is not None
    known = Report.of(zone=UTC, hours=hours(NOON, ["clear", "rain", None]))
    assert seen(known, now=NOON, until=NOON + 900, source="s").readings["weather.next_rain_in"].value == HOUR
