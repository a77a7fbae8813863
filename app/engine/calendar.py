"""Wall clocks: what a zone's clock reads at an instant, and when it next reads something else.

Pure arithmetic over the tz data base; nothing here asks what time it is. The law it keeps: an answer said to hold until
a horizon is true at every instant before it, also in the nights when clocks jump, so a horizon is the boundary at the
present offset or the next change of offset, whichever comes first. Instants are seconds since the epoch; local seconds
are what they would be if the wall clock were UTC. Whole seconds are integers, so that no boundary is off by a rounding.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from app.engine.readings import FOREVER
from app.engine.written import WrittenMoment, parse_clock, parse_date, parse_duration, parse_moment

__all__ = [
    "DAY",
    "WrittenMoment",
    "Zone",
    "clock_boundary",
    "find_zone",
    "in_clock_range",
    "parse_clock",
    "parse_date",
    "parse_duration",
    "parse_moment",
]

DAY: Final = 86_400
WIDEST: Final = 16 * 3600  # no wall clock has ever been further from UTC than this
EARLIEST: Final = int(datetime(2, 1, 1, tzinfo=UTC).timestamp())
LATEST: Final = int(datetime(9990, 1, 1, tzinfo=UTC).timestamp())
_EPOCH: Final = datetime(1970, 1, 1)
_EPOCH_DAY: Final = _EPOCH.toordinal()
_NOT_PLACES: Final = {"localtime", "posixrules", "Factory"}


class Zone:
    """One zone of the tz data base by its IANA name; `find_zone` keeps one of each.

    Instants outside the years 2 to 9989 are read as the nearest inside: there a change of zone cannot overflow.
    """

    __slots__ = ("_span", "_tz", "name")

    def __init__(self, name: str) -> None:
        """`name` must be in the tz data base (`ZoneInfoNotFoundError` or `ValueError` otherwise)."""
        self.name: Final = name
        self._tz: Final = ZoneInfo(name)
        self._span: tuple[float, float, int, float] = (FOREVER, FOREVER, 0, FOREVER)

    def __repr__(self) -> str:
        """As tests and explanations print it."""
        return f"Zone({self.name!r})"

    def offset(self, instant: float) -> int:
        """Seconds that the wall clock is ahead of UTC at this instant."""
        span = self._span
        return span[2] if span[0] <= instant < span[1] else self._look(instant)[2]

    def next_change(self, instant: float) -> float:
        """The first instant after this one at which the offset changes; FOREVER if none does for a year or more."""
        span = self._span
        return span[3] if span[0] <= instant < span[1] else self._look(instant)[3]

    def _look(self, instant: float) -> tuple[float, float, int, float]:
        """Around an instant: from when, until when (exclusive) offset and next change are these. Keeps the last."""
        second = _whole(instant)
        year = datetime.fromtimestamp(second, UTC).year
        changes = (*_changes(self._tz, year), *_changes(self._tz, year + 1))
        index = bisect_right(changes, second)
        low = changes[index - 1] if index else _new_year(year)
        change = changes[index] if index < len(changes) else FOREVER
        high = min(change, _new_year(year + 1))  # past the new year, a change further ahead comes into view
        self._span = span = (max(low, _new_year(year)), high, _offset(self._tz, second), change)
        return span

    def local_second(self, instant: float) -> int:
        """What the wall clock reads, as whole local seconds; a second that has not been reached is not read."""
        second = _whole(instant)
        return second + self.offset(second)

    def wall(self, instant: float) -> datetime:
        """What the wall clock reads, as a naive datetime of whole seconds."""
        return _EPOCH + timedelta(seconds=self.local_second(instant))

    def day(self, instant: float) -> date:
        """The local calendar day."""
        return date.fromordinal(_EPOCH_DAY + self.local_second(instant) // DAY)

    def seconds_of_day(self, instant: float) -> int:
        """What the wall clock reads, as whole seconds after 00:00 (0 <= answer < 86400)."""
        return self.local_second(instant) % DAY

    def instant_of(self, local: datetime) -> float:
        """The instant at which the wall clock first reads `local` (naive); in a gap, the end of the gap."""
        wanted = (local - _EPOCH) // timedelta(seconds=1)
        instant: float = wanted - WIDEST
        while True:
            reached = wanted - self.offset(instant)
            change = self.next_change(instant)
            if reached < change or change > LATEST:
                return float(max(reached, instant))
            instant = change

    def leaves(self, instant: float, first: date, beyond: date) -> float:
        """The first instant after this one whose local date is no longer in `first` <= date < `beyond`.

        The local date of `instant` must lie in between. Dates can also be left backwards, where clocks went back just
        after midnight (America/St_Johns until 2011).
        """
        edge = (beyond.toordinal() - _EPOCH_DAY) * DAY
        while True:
            change = self.next_change(instant)
            reached = edge - self.offset(instant)
            if reached < change or change > LATEST:
                return float(max(reached, instant))
            instant = change
            if not first <= self.day(change) < beyond:
                return change

    def next_midnight(self, instant: float) -> float:
        """The first instant after this one at which the local date is another."""
        today = self.day(instant)
        return self.leaves(instant, today, today + timedelta(days=1))


def _whole(instant: float) -> int:
    """The whole second, clamped to the calendar; what is no number at all reads as the earliest."""
    if EARLIEST <= instant <= LATEST:
        return math.floor(instant)
    return LATEST if instant > LATEST else EARLIEST


def _new_year(year: int) -> float:
    return datetime(year, 1, 1, tzinfo=UTC).timestamp()


def _offset(tz: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, UTC).astimezone(tz).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


@lru_cache(maxsize=4096)
def _changes(tz: ZoneInfo, year: int) -> tuple[float, ...]:
    """The instants of this UTC year at which the offset changes, found by daily steps and halving.

    Two changes within a day would be missed; the tz data base has had one such pair (Africa/Freetown, 1939).
    """
    low, end = int(_new_year(year)) - 1, int(_new_year(year + 1)) - 1
    before, found = _offset(tz, low), []
    while low < end:
        high = min(low + DAY, end)
        after = _offset(tz, high)
        if after != before:
            found.append(float(_halve(tz, low, high, before)))
        low, before = high, after
    return tuple(found)


def _halve(tz: ZoneInfo, low: int, high: int, before: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(tz, middle) == before else (low, middle)
    return high


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones() - _NOT_PLACES)


@lru_cache(maxsize=1024)
def find_zone(name: str) -> Zone | None:
    """The zone of that IANA name (`Europe/Berlin`), or None; the machine's own `localtime` is not a zone here."""
    if name not in _names():
        return None
    try:
        return Zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def in_clock_range(seconds_of_day: float, start: int, end: int) -> bool:
    """Whether a clock reading lies in a range that includes `start`, excludes `end`, and may cross midnight.

    24:00 is the end of the day; a range that ends where it starts is the whole day.
    """
    if start < end:
        return start <= seconds_of_day < end
    return seconds_of_day >= start or seconds_of_day < end


def clock_boundary(zone: Zone, instant: float, edges: Iterable[int]) -> float:
    """The next instant at which the wall clock passes one of these times of day, or the offset changes."""
    second = _whole(instant)
    before = (second + zone.offset(second)) % DAY + 1
    boundary = zone.next_change(second)
    for edge in edges:
        reached = second + (edge - before) % DAY + 1  # a whole day ahead where the clock reads the edge right now
        if reached < boundary:
            boundary = float(reached)
    return boundary
