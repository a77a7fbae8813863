"""Wall clocks on ordinary days, on the nights clocks jump, and where a whole day was skipped.

The property tests walk the clock minute by minute through real zones and compare with Python's own `zoneinfo`, which
the calendar uses for single instants only, never for boundaries.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from app.engine.calendar import DAY, Zone, clock_boundary, find_zone, in_clock_range
from app.engine.readings import FOREVER

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Beirut",
    "America/Havana",
)
FIRST = datetime(1995, 1, 1, tzinfo=UTC).timestamp()
LAST = datetime(2037, 1, 1, tzinfo=UTC).timestamp()

zones = st.sampled_from(ZONES)
instants = st.floats(FIRST, LAST)
clocks = st.integers(0, DAY)


def zone(name: str) -> Zone:
    found = find_zone(name)
    assert found is not None
    return found


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


BERLIN = zone("Europe/Berlin")


def near_changes(name: str, around: float) -> float:
    """The change of offset next to an instant, so that examples meet the nights that matter."""
    change = zone(name).next_change(around)
    return around if change == FOREVER else change


def wall(name: str, instant: float) -> datetime:
    return datetime.fromtimestamp(math.floor(instant), ZoneInfo(name)).replace(tzinfo=None)


@given(zones, instants)
def test_the_wall_clock_reads_what_zoneinfo_reads(name: str, instant: float) -> None:
    assert zone(name).wall(instant) == wall(name, instant).replace(fold=0)
    assert zone(name).day(instant) == wall(name, instant).date()


@given(zones, instants, st.integers(-90, 90))
def test_offsets_are_right_to_the_second_around_changes(name: str, around: float, seconds: int) -> None:
    instant = near_changes(name, around) + seconds
    offset = datetime.fromtimestamp(math.floor(instant), ZoneInfo(name)).utcoffset()
    assert offset is not None
    assert zone(name).offset(instant) == offset.total_seconds()


@settings(max_examples=60)
@given(zones, instants)
def test_between_an_instant_and_the_next_change_the_offset_stays(name: str, instant: float) -> None:
    here = zone(name)
    change = here.next_change(instant)
    until = min(change, instant + 40 * DAY)
    probe = instant
    while probe < until:
        assert here.offset(probe) == here.offset(instant)
        probe += 3_600
    if change < FOREVER:
        assert here.offset(change) != here.offset(math.nextafter(change, 0.0))


@settings(max_examples=80)
@given(zones, instants, st.integers(-26, 26), st.lists(clocks, min_size=1, max_size=4))
def test_an_answer_about_the_clock_is_true_at_every_minute_before_its_boundary(
    name: str, around: float, hours: int, edges: list[int]
) -> None:
    here, instant = zone(name), near_changes(name, around) + hours * 3_600
    start, end = edges[0], edges[-1]
    boundary = clock_boundary(here, instant, edges)
    assert instant < boundary
    answer = in_clock_range(here.seconds_of_day(instant), start, end)
    probe = instant
    while probe < min(boundary, instant + 2 * DAY):
        assert in_clock_range(here.seconds_of_day(probe), start, end) == answer
        probe += 60
    if boundary < FOREVER:
        assert in_clock_range(here.seconds_of_day(math.nextafter(boundary, 0.0)), start, end) == answer


@settings(max_examples=80)
@given(zones, instants, st.integers(-26, 26))
def test_the_local_date_stays_until_the_next_midnight_and_is_another_there(
    name: str, around: float, hours: int
) -> None:
    here, instant = zone(name), near_changes(name, around) + hours * 3_600
    midnight, today = here.next_midnight(instant), wall(name, instant).date()
    probe = instant
    while probe < midnight:
        assert wall(name, probe).date() == today
        probe += 60
    assert wall(name, math.nextafter(midnight, 0.0)).date() == today
    assert wall(name, midnight).date() != today


@settings(max_examples=80)
@given(zones, instants, st.integers(-26 * 60, 26 * 60))
def test_a_wall_clock_time_is_reached_first_at_its_instant(name: str, around: float, minutes: int) -> None:
    here = zone(name)
    local = here.wall(near_changes(name, around)) + timedelta(minutes=minutes)
    instant = here.instant_of(local)
    probe = instant - 30 * 3_600
    while probe < instant:
        assert wall(name, probe) < local
        probe += 60
    assert wall(name, instant) >= local
    if wall(name, instant) > local:
        assert here.offset(instant) > here.offset(instant - 1), "only a gap may be left out"


def test_a_range_that_clocks_going_back_cut_in_two_holds_only_until_they_do() -> None:
    first_0240, back = at("2026-10-25T02:40+02:00"), at("2026-10-25T02:00+01:00")
    assert in_clock_range(BERLIN.seconds_of_day(first_0240), 9_000, 10_800)
    assert clock_boundary(BERLIN, first_0240, (9_000, 10_800)) == back
    assert not in_clock_range(BERLIN.seconds_of_day(back), 9_000, 10_800)
    assert clock_boundary(BERLIN, back, (9_000, 10_800)) == at("2026-10-25T02:30+01:00")


def test_a_range_that_clocks_going_forward_jump_over_ends_at_the_jump() -> None:
    jump = at("2026-03-29T03:00+02:00")
    assert clock_boundary(BERLIN, at("2026-03-29T01:50+01:00"), (9_000, 9_900)) == jump
    assert not in_clock_range(BERLIN.seconds_of_day(jump), 9_000, 9_900)


def test_a_time_in_a_gap_is_reached_at_its_end_and_an_ambiguous_one_the_first_time() -> None:
    assert BERLIN.instant_of(datetime(2026, 3, 29, 2, 30)) == at("2026-03-29T03:00+02:00")
    assert BERLIN.instant_of(datetime(2026, 10, 25, 2, 30)) == at("2026-10-25T02:30+02:00")


def test_the_day_samoa_skipped_is_over_when_it_begins() -> None:
    apia = zone("Pacific/Apia")
    assert apia.instant_of(datetime(2011, 12, 30, 12)) == at("2011-12-31T00:00+14:00")
    assert apia.next_midnight(at("2011-12-29T20:00-10:00")) == at("2011-12-31T00:00+14:00")


def test_a_date_can_be_left_backwards() -> None:
    johns = zone("America/St_Johns")
    after_midnight = at("2009-11-01T00:00:30-02:30")
    assert johns.day(after_midnight) == date(2009, 11, 1)
    assert johns.next_midnight(after_midnight) == at("2009-10-31T23:01-03:30")
    assert johns.leaves(at("2009-10-31T23:30-03:30"), date(2009, 10, 1), date(2009, 11, 1)) == at(
        "2009-11-01T00:00-03:30"
    )


def test_half_an_hour_of_daylight_saving_moves_the_clock_by_half_an_hour() -> None:
    howe = zone("Australia/Lord_Howe")
    change = howe.next_change(at("2026-04-01T00:00Z"))
    assert howe.offset(change) - howe.offset(change - 1) == -1_800
    assert howe.wall(change) == datetime(2026, 4, 5, 1, 30)


def test_a_zone_without_changes_has_none_ahead() -> None:
    assert zone("Asia/Kathmandu").next_change(at("2026-06-01T00:00Z")) == FOREVER
    assert clock_boundary(zone("Asia/Kathmandu"), at("2026-06-01T00:00Z"), ()) == FOREVER


def test_the_next_reading_of_a_clock_is_never_now() -> None:
    noon = at("2026-06-01T12:00+02:00")
    assert clock_boundary(BERLIN, noon, (12 * 3_600,)) == at("2026-06-02T12:00+02:00")
    midnight = at("2026-06-02T00:00+02:00")
    assert clock_boundary(BERLIN, noon, (0,)) == clock_boundary(BERLIN, noon, (DAY,)) == midnight


def test_ranges_include_their_start_exclude_their_end_and_may_cross_midnight() -> None:
    assert in_clock_range(61_200, 61_200, 64_800)
    assert not in_clock_range(64_800, 61_200, 64_800)
    assert in_clock_range(0, 79_200, 18_000)
    assert not in_clock_range(18_000, 79_200, 18_000)
    assert in_clock_range(86_399, 72_000, DAY)
    assert in_clock_range(5, 3_600, 3_600), "from and to alike are the whole day"


@pytest.mark.parametrize(
    "name", ["localtime", "Factory", "", "Europe/Atlantis", "../etc/passwd", "/etc/hosts", "\0", "Ä"]
)
def test_names_that_are_no_zone_are_none(name: str) -> None:
    assert find_zone(name) is None


@pytest.mark.parametrize(
    "instant", [math.inf, -math.inf, math.nan, 1e300, -1e300, 253_402_300_800.0, -62_135_596_800.0]
)
def test_no_instant_overflows(instant: float) -> None:
    for name in ZONES:
        here = zone(name)
        assert here.wall(instant).year in range(1, 10_000)
        assert 0 <= here.seconds_of_day(instant) < DAY
        assert not math.isnan(here.next_midnight(instant))
        assert not math.isnan(clock_boundary(here, instant, (0, 3_600)))


@pytest.mark.parametrize("local", [datetime.min, datetime.max])
def test_no_wall_clock_time_overflows(local: datetime) -> None:
    for name in ZONES:
        assert math.isfinite(zone(name).instant_of(local))
