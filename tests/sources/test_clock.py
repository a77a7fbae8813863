"""What the recipient's clock reads, and that every reading is true until its horizon."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st

from app.engine.calendar import find_zone
from app.engine.readings import FOREVER, Reading, Why
from app.engine.signals import MONTHS, SEASONS, TIME, WEEKDAYS
from app.sources.clock import Clockwork
from app.sources.geo.country import Countries
from app.sources.holidays import HolidayTable

ALL = frozenset(signal.name for signal in TIME)
STAYING = ALL - {"time.local", "time.clock"}
DAYPARTS = {"morning": "05:00", "noon": "11:00", "afternoon": "14:00", "evening": "18:00", "night": "22:00"}
COUNTRIES, HOLIDAYS = Countries(), HolidayTable()
ZONES = (
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
)


def clockwork(**site: Any) -> Clockwork:
    made = {
        "dayparts": DAYPARTS,
        "zone": "Europe/Berlin",
        "country": "DE",
        "lands": COUNTRIES,
        "holidays": HOLIDAYS,
        **site,
    }
    return Clockwork(**made)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def read(
    now: float, *, clock: Clockwork | None = None, wanted: frozenset[str] = ALL, **where: Any
) -> dict[str, Reading]:
    place = {"zone_name": None, "country": None, "region": None, "latitude": None, **where}
    return dict((clock or clockwork()).readings(now, wanted=wanted, **place))


def values(text: str, **how: Any) -> dict[str, Any]:
    return {name.removeprefix("time."): reading.value for name, reading in read(at(text), **how).items()}


def test_everything_the_clock_tells_of_an_autumn_evening() -> None:
    assert values("2026-11-21T20:00:09+01:00", country="DE", region="DE-BY") == {
        "local": at("2026-11-21T20:00:09+01:00"),
        "date": date(2026, 11, 21),
        "clock": 72_009,
        "hour": 20,
        "weekday": "saturday",
        "daypart": "evening",
        "month": "november",
        "season": "autumn",
        "is_weekend": True,
        "is_holiday": False,
    }


def test_each_reading_ends_when_its_value_changes() -> None:
    until = {name.removeprefix("time."): r.until for name, r in read(at("2026-11-21T20:10+01:00")).items()}
    assert until == {
        "local": FOREVER,
        "clock": FOREVER,
        "date": at("2026-11-22T00:00+01:00"),
        "hour": at("2026-11-21T21:00+01:00"),
        "weekday": at("2026-11-22T00:00+01:00"),
        "daypart": at("2026-11-21T22:00+01:00"),
        "month": at("2026-12-01T00:00+01:00"),
        "season": at("2026-12-01T00:00+01:00"),
        "is_weekend": at("2026-11-23T00:00+01:00"),
        "is_holiday": at("2026-11-22T00:00+01:00"),
    }


def test_only_what_is_wanted_is_answered() -> None:
    wanted = frozenset({"time.hour", "time.local", "geo.city"})
    assert set(read(at("2026-11-21T20:10+01:00"), wanted=wanted)) == {"time.hour", "time.local"}
    assert read(at("2026-11-21T20:10+01:00"), wanted=frozenset()) == {}


def test_an_hour_that_is_read_twice_ends_when_the_clock_goes_back() -> None:
    first = read(at("2026-10-25T02:40+02:00"), clock=clockwork(dayparts={"a": "02:30", "b": "03:00"}))
    assert first["time.hour"].until == at("2026-10-25T03:00+01:00"), "2 o'clock is read until the second three"
    assert first["time.daypart"].until == at("2026-10-25T02:00+01:00"), "02:00 belongs to the last part again"


def test_a_part_of_the_day_that_the_clock_jumps_over_is_never_read() -> None:
    clock = clockwork(dayparts={"early": "01:00", "gap": "02:10", "late": "03:00"})
    before = read(at("2026-03-29T01:50+01:00"), clock=clock)["time.daypart"]
    assert (before.value, before.until) == ("early", at("2026-03-29T03:00+02:00"))
    assert read(before.until, clock=clock)["time.daypart"].value == "late"


def test_the_last_part_of_the_day_lasts_over_midnight() -> None:
    late = read(at("2026-11-21T23:30+01:00"))["time.daypart"]
    assert (late.value, late.until) == ("night", at("2026-11-22T05:00+01:00"))
    assert values("2026-11-22T04:59:59+01:00")["daypart"] == "night"


@pytest.mark.parametrize(
    ("where", "zone"),
    [
        ({"zone_name": "Asia/Kathmandu", "country": "DE"}, "Asia/Kathmandu"),
        ({"zone_name": None, "country": "JP"}, "Asia/Tokyo"),
        ({"zone_name": None, "country": "US"}, "Europe/Berlin"),
        ({"zone_name": "Europe/Atlantis", "country": "JP"}, "Asia/Tokyo"),
        ({"zone_name": None, "country": None}, "Europe/Berlin"),
        ({"zone_name": None, "country": "XX"}, "Europe/Berlin"),
    ],
)
def test_the_zone_is_the_recipient_s_else_that_of_a_country_with_one_else_the_site_s(
    where: dict[str, Any], zone: str
) -> None:
    assert clockwork().zone_for(**where) is find_zone(zone)
    assert read(0.0, **where)["time.clock"].source == f"clock in {zone}"


@pytest.mark.parametrize(
    ("day", "north", "south"),
    [
        ("2026-01-15", "winter", "summer"),
        ("2026-02-28", "winter", "summer"),
        ("2026-03-01", "spring", "autumn"),
        ("2026-06-01", "summer", "winter"),
        ("2026-11-30", "autumn", "spring"),
        ("2026-12-01", "winter", "summer"),
    ],
)
def test_seasons_are_those_of_the_recipient_s_half_of_the_globe(day: str, north: str, south: str) -> None:
    noon = f"{day}T12:00+00:00"
    assert values(noon, latitude=48.0)["season"] == north
    assert values(noon, latitude=-33.0)["season"] == south
    assert values(noon, country="AU", zone_name="UTC")["season"] == south
    assert values(noon, clock=clockwork(country="ZA"))["season"] == south
    assert values(noon, country="AU", latitude=10.0, zone_name="UTC")["season"] == north


def test_a_season_that_spans_the_new_year_ends_in_march() -> None:
    for day in ("2026-12-31", "2027-01-01"):
        assert read(at(f"{day}T12:00+01:00"))["time.season"].until == at("2027-03-01T00:00+01:00")


@pytest.mark.parametrize(
    ("day", "country", "region", "answer"),
    [
        ("2026-10-03", "DE", None, True),
        ("2026-11-20", "DE", None, False),
        ("2026-11-01", "DE", None, Why.TOO_COARSE),
        ("2026-11-01", "DE", "DE-BY", True),
        ("2026-11-01", "DE", "DE-HH", False),
        ("2026-08-15", "DE", "DE-SL", True),
        ("2026-08-15", "DE", "DE-BY", Why.TOO_COARSE),  # only in Catholic towns
        ("2026-08-08", "DE", "DE-BY", Why.TOO_COARSE),  # only in Augsburg
        ("2026-08-08", "DE", "DE-SN", False),
        ("2026-08-07", "DE", "DE-BY", False),
        ("2026-06-04", "DE", "DE-BY", True),
        ("2026-11-13", "NZ", "NZ-CAN", Why.TOO_COARSE),  # not in the south of Canterbury
        ("2026-08-08", "DE", None, False),  # the town of Augsburg alone
        ("2026-10-26", "AT", None, True),
        ("2026-08-01", "CH", None, True),
        ("2026-12-26", "CH", None, Why.TOO_COARSE),
        ("2026-12-26", "FR", "FR-IDF", False),
        ("2026-12-26", "FR", "FR-GES", Why.TOO_COARSE),  # in Alsace and Moselle
        ("2026-12-07", "IT", "IT-25", False),  # Milan's patron saint
        ("2026-05-25", "IT", "IT-32", Why.TOO_COARSE),  # in South Tyrol
        ("2026-04-06", "GB", None, Why.TOO_COARSE),
        ("2026-04-06", "GB", "GB-ENG", True),
        ("2026-11-26", "US", "US-CA", True),
        ("2026-07-25", "US", None, False),  # Puerto Rico has a code of its own
        ("2026-10-03", "XX", None, Why.NOT_OFFERED),
        ("2026-10-03", "DE", "DE-XX", True),
    ],
)
def test_a_regional_holiday_is_unknown_where_the_region_is(
    day: str, country: str, region: str | None, answer: object
) -> None:
    reading = read(at(f"{day}T12:00+02:00"), zone_name="Europe/Berlin", country=country, region=region)[
        "time.is_holiday"
    ]
    assert (reading.value if reading.known else reading.why_unknown) == answer
    assert reading.until < at(f"{day}T12:00+02:00") + 86_400


def test_without_a_country_the_site_s_holidays_count_and_without_both_none_are_known() -> None:
    assert values("2026-10-03T12:00+02:00")["is_holiday"] is True
    nowhere = read(at("2026-10-03T12:00+02:00"), clock=clockwork(country=None))["time.is_holiday"]
    assert nowhere.why_unknown is Why.TOO_COARSE


def test_what_is_declared_certain_is_known_though_nothing_is_known_of_the_reader() -> None:
    found = read(at("2026-10-03T12:00+02:00"), clock=clockwork(country=None))
    assert all(found[signal.name].known for signal in TIME if signal.certain)


def test_holidays_can_be_worked_out_before_the_first_open() -> None:
    table = HolidayTable()
    table.warm(("DE", "AT", "XX"), (2026, 2027))
    assert table.status(date(2027, 12, 25), "AT", None) is True


def test_answers_are_kept_but_never_past_their_horizon_nor_into_another_second() -> None:
    clock = clockwork()
    evening = at("2026-11-21T21:59:59.25+01:00")
    first = clock.readings(evening, zone_name=None, country=None, region=None, latitude=None, wanted=ALL)
    assert read(evening + 0.5, clock=clock) == first
    later = read(evening + 1, clock=clock)
    assert (later["time.clock"].value, later["time.hour"].value, later["time.daypart"].value) == (79_200, 22, "night")
    assert read(evening, clock=clock) == first, "earlier instants are answered as truly"


def test_clocks_are_read_to_the_second() -> None:
    readings = read(at("2026-11-21T20:00:09+01:00") + 0.75)
    assert readings["time.local"].value == at("2026-11-21T20:00:09+01:00")
    assert readings["time.clock"].value == 72_009


@pytest.mark.parametrize(
    "site", [{"zone": "Mars/Olympus"}, {"zone": "localtime"}, {"dayparts": {"morning": "5 o'clock"}}]
)
def test_a_site_with_a_wrong_zone_or_part_of_the_day_is_refused(site: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="write"):
        clockwork(**site)


@pytest.mark.parametrize("now", [math.inf, -math.inf, math.nan, 1e18, -1e18, 0.0])
def test_no_instant_breaks_the_clock(now: float) -> None:
    assert set(read(now, country="DE")) == ALL


CLOCK = clockwork()


@settings(max_examples=60)
@given(
    name=st.sampled_from(ZONES),
    now=st.floats(datetime(2008, 1, 1).timestamp(), datetime(2030, 1, 1).timestamp()),
    hours=st.integers(-30, 30),
    country=st.sampled_from([None, "DE", "US", "AU"]),
)
@example(name="America/St_Johns", now=at("2009-11-01T00:00:30-02:30"), hours=0, country=None)
@example(name="Pacific/Apia", now=at("2011-12-29T12:00-10:00"), hours=0, country=None)
def test_a_reading_is_true_at_every_instant_before_its_horizon(
    name: str, now: float, hours: int, country: str | None
) -> None:
    zone = find_zone(name)
    assert zone is not None
    change = zone.next_change(now)
    now = (change if change < FOREVER else now) + hours * 3_600
    where = {"zone_name": name, "country": country, "latitude": None, "region": None}
    readings = read(now, clock=CLOCK, wanted=STAYING, **where)
    for signal, reading in readings.items():
        assert now < reading.until
        for probe in probes(now, reading.until):
            again = read(probe, clock=clockwork(), wanted=frozenset({signal}), **where)[signal]
            assert (again.value, again.why_unknown) == (reading.value, reading.why_unknown), (signal, probe)


def probes(now: float, until: float) -> list[float]:
    """Instants before a horizon: close to both ends, and spread in between."""
    spread = [now + (until - now) * part / 7 for part in range(1, 7)]
    near = [now, *spread, math.nextafter(until, 0.0), max(now, until - 1)]
    return [probe for probe in near if probe < until]  # rounding may carry the spread there


@given(st.floats(0, 4e9))
def test_values_are_words_of_the_catalogue(now: float) -> None:
    readings = read(now, clock=CLOCK, country="DE")
    assert readings["time.weekday"].value in WEEKDAYS
    assert readings["time.month"].value in MONTHS
    assert readings["time.season"].value in SEASONS
    assert readings["time.daypart"].value in DAYPARTS
    assert readings["time.hour"].value in range(24)
