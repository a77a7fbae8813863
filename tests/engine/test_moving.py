"""Operators whose answer turns by itself: what they say now, and when they will say something else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.engine.moving import Age, Anniversary, InClockRange, InMomentRange, Moment
from app.engine.readings import FOREVER
from tests.support.engine_tables import NOON, instant, zone

HOUR = 3600
BERLIN = zone()
DAYTIME = InClockRange(9 * HOUR, 18 * HOUR)
NIGHT = InClockRange(22 * HOUR, 5 * HOUR)


def says(operator: Any, written: str) -> tuple[bool, float]:
    now = instant(written)
    found: tuple[bool, float] = operator.test_at(BERLIN.seconds_of_day(now), now, BERLIN)
    return found


@pytest.mark.parametrize(
    ("written", "inside", "turns"),
    [
        ("2026-11-26 08:59:59", False, "2026-11-26 09:00"),
        ("2026-11-26 09:00", True, "2026-11-26 18:00"),
        ("2026-11-26 17:59:59", True, "2026-11-26 18:00"),
        ("2026-11-26 18:00", False, "2026-11-27 09:00"),
    ],
)
def test_a_clock_range_includes_its_start_and_excludes_its_end(written: str, inside: bool, turns: str) -> None:
    assert says(DAYTIME, written) == (inside, instant(turns))


@pytest.mark.parametrize(
    ("written", "inside", "turns"),
    [
        ("2026-11-26 21:30", False, "2026-11-26 22:00"),
        ("2026-11-26 22:00", True, "2026-11-27 05:00"),
        ("2026-11-27 00:00", True, "2026-11-27 05:00"),
        ("2026-11-27 05:00", False, "2026-11-27 22:00"),
    ],
)
def test_a_clock_range_may_cross_midnight(written: str, inside: bool, turns: str) -> None:
    assert says(NIGHT, written) == (inside, instant(turns))


def test_in_the_night_clocks_go_back_the_change_itself_is_a_horizon() -> None:
    inside, turns = says(InClockRange(2 * HOUR, 3 * HOUR - 600), "2026-10-25 02:55")
    assert (inside, turns) == (False, instant("2026-10-25 03:00") - HOUR)


def test_an_edge_that_is_remembered_is_found_again_until_it_is_reached() -> None:
    early, late, next_day = (says(DAYTIME, f"2026-11-{day}") for day in ("26 10:00", "26 17:59", "27 10:00"))
    assert early[1] == late[1] == instant("2026-11-26 18:00")
    assert next_day[1] == instant("2026-11-27 18:00")
    assert says(DAYTIME, "2026-11-25 10:00")[1] == instant("2026-11-25 18:00")


def test_a_moment_range_on_the_clock_turns_at_its_next_edge() -> None:
    sale = InMomentRange(Moment(NOON), Moment(NOON + 60), runs=True)
    assert sale.test_at(NOON - 1, NOON - 1, BERLIN) == (False, NOON)
    assert sale.test_at(NOON, NOON, BERLIN) == (True, NOON + 60)
    assert sale.test_at(NOON + 60, NOON + 60, BERLIN) == (False, FOREVER)


def test_a_moment_range_may_be_open_on_either_side() -> None:
    assert InMomentRange(None, Moment(NOON), runs=True).test_at(NOON - 1, NOON - 1, BERLIN) == (True, NOON)
    assert InMomentRange(Moment(NOON), None, runs=True).test_at(NOON, NOON, BERLIN) == (True, FOREVER)


def test_a_moment_that_stands_still_never_turns() -> None:
    before_noon = InMomentRange(None, Moment(NOON), runs=False)
    assert before_noon.test_at(NOON - 1, NOON - 100, BERLIN) == (True, FOREVER)


def test_a_wall_clock_moment_comes_to_each_zone_in_its_turn() -> None:
    midnight = Moment(datetime(2026, 11, 27))
    assert midnight.instant(BERLIN) - midnight.instant(zone("Asia/Kathmandu")) == 4.75 * HOUR
    assert midnight.is_local
    assert not Moment(NOON).is_local


def test_only_a_wall_clock_edge_beside_a_still_moment_rests_on_the_zone() -> None:
    local = Moment(datetime(2026, 11, 27))
    assert InMomentRange(local, None, runs=False).reads_zone
    assert not InMomentRange(local, None, runs=True).reads_zone
    assert not InMomentRange(Moment(NOON), None, runs=False).reads_zone
    assert not DAYTIME.reads_zone
    assert not Age(True, 60).reads_zone
    assert Anniversary(0, 0).reads_zone


def test_an_age_turns_once() -> None:
    older, newer = Age(older=True, seconds=60), Age(older=False, seconds=60)
    assert older.test_at(NOON - 59, NOON, BERLIN) == (False, NOON + 1)
    assert newer.test_at(NOON - 59, NOON, BERLIN) == (True, NOON + 1)
    assert older.test_at(NOON - 60, NOON, BERLIN) == (True, FOREVER)
    assert newer.test_at(NOON - 60, NOON, BERLIN) == (False, FOREVER)


@pytest.mark.parametrize(
    ("day", "around", "expected"),
    [
        (date(1980, 11, 24), (0, 0), True),
        (date(1980, 11, 23), (0, 0), False),
        (date(1980, 11, 23), (1, 7), True),
        (date(1980, 11, 25), (-7, -1), True),
        (date(1980, 11, 16), (1, 7), False),
        (date(2026, 11, 24), (0, 6), False),
        (date(2027, 11, 24), (0, 6), False),
        (date(1, 1, 1), (0, 180), False),
    ],
)
def test_a_day_comes_round_every_year(day: date, around: tuple[int, int], expected: bool) -> None:
    now = instant("2026-11-24 12:00")
    assert Anniversary(*around).test_at(day, now, BERLIN) == (expected, instant("2026-11-25"))


def test_a_year_s_end_and_a_missing_29th_are_no_gaps() -> None:
    for day, around, today in (
        (date(1980, 12, 30), (0, 6), "2027-01-02 12:00"),
        (date(1980, 1, 5), (-6, 0), "2026-12-30 12:00"),
        (date(1980, 2, 29), (0, 0), "2027-02-28 12:00"),
        (date(1980, 2, 29), (0, 0), "2028-02-29 12:00"),
    ):
        assert Anniversary(*around).test_at(day, instant(today), BERLIN)[0], (day, today)
