"""A tiny honest clock: what `time.*` reads in a zone at an instant, and until when, found by plain stepping.

It shares no arithmetic with `app.engine.calendar`, so that the two can be held against each other: local time comes
from `zoneinfo`, and a horizon is found by stepping in quarters of an hour, at which all offsets of this century change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.engine.readings import FOREVER, Reading
from app.engine.signals import WEEKDAYS

QUARTER = 900
FURTHEST = 100
"""Quarters to look ahead; a horizon further away is cut there, which is honest too."""

DAYPARTS = (("night", 0), ("morning", 5), ("noon", 11), ("afternoon", 14), ("evening", 18), ("night", 22))

STEADY: dict[str, Callable[[datetime], Any]] = {
    "time.date": lambda local: local.date(),
    "time.hour": lambda local: local.hour,
    "time.weekday": lambda local: WEEKDAYS[local.weekday()],
    "time.daypart": lambda local: next(name for name, hour in reversed(DAYPARTS) if local.hour >= hour),
    "time.is_weekend": lambda local: local.weekday() >= 5,
}
"""Signals that stand still and then jump."""

RUNNING = ("time.local", "time.clock")
"""Signals that move with the clock; their readings end only with the zone they are read in."""

TIMES = (*RUNNING, *STEADY)


def read_clock(zone: str, now: float, zone_until: float = FOREVER) -> dict[str, Reading]:
    """All of `time.*` in that zone; no reading outlives the zone's own."""
    local = datetime.fromtimestamp(now, ZoneInfo(zone))
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    found = {
        "time.local": Reading("time.local", now, now, zone_until, "clock"),
        "time.clock": Reading("time.clock", seconds, now, zone_until, "clock"),
    }
    for name in STEADY:
        value, until = _steady(zone, name, int(now // QUARTER))
        found[name] = Reading(name, value, now, min(until, zone_until), "clock")
    return found


@lru_cache(maxsize=100_000)
def _steady(zone: str, name: str, quarter: int) -> tuple[Any, float]:
    """The value in this quarter of an hour and the first quarter in which it is another."""
    read, tz = STEADY[name], ZoneInfo(zone)
    value = read(datetime.fromtimestamp(quarter * QUARTER, tz))
    for later in range(quarter + 1, quarter + FURTHEST):
        if read(datetime.fromtimestamp(later * QUARTER, tz)) != value:
            return value, float(later * QUARTER)
    return value, float((quarter + FURTHEST) * QUARTER)
