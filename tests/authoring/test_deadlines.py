"""What a countdown says to whom: whose clock it means, what is known of the reader, and when it has passed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.authoring.deadlines import Countdown
from app.authoring.liquid import Conventions
from app.engine.deadlines import Deadline
from app.engine.moving import Moment
from app.engine.words import Figure, Passing

SITE = Conventions(("de", "en"), "Europe/Berlin")
MIDNIGHT = datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()


def countdown(**more: Any) -> Countdown:
    told: dict[str, Any] = {
        "until": Moment(MIDNIGHT),
        "field": None,
        "local": False,
        "readers": False,
        "hours": 0.0,
        "ticks": True,
        "conventions": SITE,
    }
    return Countdown(**{**told, **more})


def said(made: Countdown, **known: Any) -> Passing:
    found = made.said({name.replace("__", "."): value for name, value in known.items()})
    assert found is not None
    near = found.then  # what is said before has the year, and nothing else is another
    assert Deadline.read(found.value) == Deadline.read(near.value)._replace(dated=True)
    assert near.at - found.at == 183 * 86_400
    assert isinstance(near, Passing)
    return near


def test_one_instant_is_told_on_the_readers_clock() -> None:
    berlin, tokyo = said(countdown()), said(countdown(), geo__time_zone="Asia/Tokyo", open__language="en")
    assert berlin == ("until 2026-12-01T00:00:00+01:00 de Europe/Berlin", MIDNIGHT, "over de")
    assert tokyo == ("until 2026-12-01T08:00:00+09:00 en", MIDNIGHT, "over en")


def test_it_may_tick_only_where_the_moment_is_certain() -> None:
    answers = [said(countdown(), open__certain=certain).value.startswith("live ") for certain in (True, False, None)]
    assert answers == [True, False, False]


def test_local_midnight_comes_when_the_readers_clock_shows_it() -> None:
    tokyo = said(countdown(local=True), geo__time_zone="Asia/Tokyo")
    assert (tokyo.value, MIDNIGHT - tokyo.at) == ("until 2026-12-01T00:00:00+09:00 de", 8 * 3600)


def test_a_day_is_told_where_nobody_knows_the_readers_clock_until_it_is_over_everywhere() -> None:
    anywhere = said(countdown(local=True), open__certain=True)
    assert (anywhere.value, anywhere.at - MIDNIGHT) == ("until 2026-11-30 de", 13 * 3600)


@pytest.mark.parametrize("zone", ["America/New_York", None])
def test_where_times_are_the_readers_own_they_are_not_moved_again(zone: str | None) -> None:
    there = Moment(datetime(2026, 12, 1))
    found = said(countdown(until=there, local=True, readers=True), geo__time_zone=zone)
    assert found.value == ("until 2026-12-01T00:00:00-05:00 de" if zone else "until 2026-11-30 de")


@pytest.mark.parametrize("zone", ["America/New_York", None])
def test_an_end_with_an_offset_is_one_instant_also_where_times_are_the_readers_own(zone: str | None) -> None:
    found = said(countdown(local=True, readers=True), geo__time_zone=zone, open__certain=True)
    told = "2026-11-30T18:00:00-05:00 de" if zone else "2026-12-01T00:00:00+01:00 de Europe/Berlin"
    assert (found.value, found.at) == (f"live until {told}", MIDNIGHT)


def test_evergreen_is_so_many_hours_behind_a_field() -> None:
    made = countdown(until=None, field="began", hours=48.0)
    assert said(made, began=Figure(MIDNIGHT, "1. Dezember")).at == MIDNIGHT + 48 * 3600
    assert made.said({}) is None
    assert made.said({"began": "yesterday"}) is None


def test_what_lies_beyond_the_calendar_is_not_said() -> None:
    made = countdown(until=None, field="began")
    assert made.said({"began": Figure(1e18, "")}) is None
