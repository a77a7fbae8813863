"""`time.*`: what the clock reads where the recipient is, and until when each answer stays true.

It is handed the instant and never asks a clock. The zone is the best known: the recipient's own, else the one zone of
their country, else the site's. Answers about the running second (`time.local`, `time.clock`) name no horizon, since
operators know their own boundaries; all others end at the instant their value changes, also in nights when clocks jump.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from cachetools import LRUCache

from app.engine.calendar import DAY, Zone, clock_boundary, find_zone, parse_clock
from app.engine.readings import FOREVER, Reading, Why, unknown
from app.engine.signals import MONTHS, SEASONS, WEEKDAYS

KEPT_SECONDS: Final = 60.0
KEPT_ANSWERS: Final = 4_096
RUNNING: Final = frozenset({"time.local", "time.clock"})

_HOUR: Final = 3_600
_SATURDAY: Final = 5
_MOST_ALIKE: Final = 4
"""How many boundaries at which nothing changes are looked past: those of clocks that jump within an answer."""

_Found = tuple[object, float]
"""A value (or the reason why there is none) and the instant until which it is true."""


class Land(Protocol):
    """What a country tells about its clocks."""

    @property
    def zone(self) -> str | None:
        """The IANA name of the one zone that all its clocks follow."""
        ...

    @property
    def southern(self) -> bool:
        """Whether most people live south of the equator."""
        ...


class Lands(Protocol):
    """A table of countries."""

    def get(self, code: str) -> Land | None:
        """The country of an ISO 3166-1 code."""
        ...


class Holidays(Protocol):
    """A table of public holidays."""

    def status(self, day: date, country: str, region: str | None) -> bool | Why:
        """Whether a local day is one, or why nobody can tell."""
        ...


@dataclass(frozen=True, slots=True)
class _Where:
    """Where somebody's clock hangs: its zone, their hemisphere, and whose holidays they keep."""

    zone: Zone
    southern: bool
    country: str | None
    region: str | None


@dataclass(slots=True)
class _Kept:
    """Readings worked out once: those that stay true for a while, and those of one second."""

    since: float
    until: float
    zone: Zone
    staying: Mapping[str, Reading]
    running: frozenset[str]
    second: float
    readings: Mapping[str, Reading]


class Clockwork:
    """Reads the clock for a site; bounded, and for one thread."""

    def __init__(
        self,
        *,
        dayparts: Mapping[str, str],
        zone: str,
        lands: Lands,
        holidays: Holidays,
        country: str | None = None,
    ) -> None:
        """`dayparts` name the starts of parts of the day (`05:00`); `zone` and `country` are the site's own.

        ValueError where a start is no time of day or the zone is not in the tz data base.
        """
        found = find_zone(zone)
        if found is None:
            raise ValueError(f"{zone!r} is not a time zone; write an IANA name such as Europe/Berlin")
        parts = sorted((parse_clock(start) % DAY, name) for name, start in dayparts.items())
        self._starts = tuple(start for start, _ in parts)
        self._parts = tuple(name for _, name in parts)
        self._site = found
        self._country = country
        self._lands = lands
        self._holidays = holidays
        self._kept: LRUCache[tuple[object, ...], _Kept] = LRUCache(KEPT_ANSWERS)
        self._tell: Mapping[str, Callable[[_Where, float], _Found]] = {
            "time.date": lambda where, now: (where.zone.day(now), where.zone.next_midnight(now)),
            "time.hour": self._hour,
            "time.weekday": lambda where, now: (WEEKDAYS[where.zone.day(now).weekday()], where.zone.next_midnight(now)),
            "time.daypart": self._daypart,
            "time.month": _month,
            "time.season": _season,
            "time.is_weekend": _is_weekend,
            "time.is_holiday": self._is_holiday,
        }

    def zone_for(self, zone_name: str | None, country: str | None) -> Zone:
        """The recipient's zone as well as it is known."""
        own = find_zone(zone_name) if zone_name else None
        if own is not None:
            return own
        land = self._lands.get(country) if country else None
        return (find_zone(land.zone) if land and land.zone else None) or self._site

    def readings(
        self,
        now: float,
        *,
        zone_name: str | None,
        country: str | None,
        region: str | None,
        latitude: float | None,
        wanted: frozenset[str],
    ) -> Mapping[str, Reading]:
        """The wanted signals of `time.*` (others are left out) at `now`, in seconds since the epoch.

        `zone_name`, `country`, `region` and `latitude` (degrees) are the values of `geo.*`, None where unknown.
        """
        key = (zone_name, country, region, latitude if latitude is None else latitude < 0, wanted)
        kept = self._kept.get(key)
        if kept is None or not kept.since <= now < kept.until:
            kept = self._kept[key] = self._work_out(now, self._where(zone_name, country, region, latitude), wanted)
        if kept.running and not kept.second <= now < kept.second + 1:
            _tick(kept, now)
        return kept.readings

    def _where(self, zone_name: str | None, country: str | None, region: str | None, latitude: float | None) -> _Where:
        land = self._lands.get(country or self._country or "")
        southern = latitude < 0 if latitude is not None else land is not None and land.southern
        return _Where(
            self.zone_for(zone_name, country), southern, country or self._country, region if country else None
        )

    def _work_out(self, now: float, where: _Where, wanted: frozenset[str]) -> _Kept:
        said_by = f"clock in {where.zone.name}"
        staying: dict[str, Reading] = {}
        for signal in wanted & self._tell.keys():
            value, until = self._tell[signal](where, now)
            if isinstance(value, Why):
                staying[signal] = unknown(signal, value, as_of=now, until=until, source=said_by)
            else:
                staying[signal] = Reading(signal, value, now, until, said_by)
        until = min((reading.until for reading in staying.values()), default=FOREVER)
        running = wanted & RUNNING
        return _Kept(now, min(until, now + KEPT_SECONDS), where.zone, staying, running, -FOREVER, staying)

    def _hour(self, where: _Where, now: float) -> _Found:
        def read(instant: float) -> int:
            return where.zone.seconds_of_day(instant) // _HOUR

        return read(now), _while_same(where.zone, now, read, ((read(now) + 1) * _HOUR,))

    def _daypart(self, where: _Where, now: float) -> _Found:
        if not self._parts:
            return Why.NOT_PINNED, FOREVER

        def read(instant: float) -> str:
            return self._parts[bisect_right(self._starts, where.zone.seconds_of_day(instant)) - 1]

        return read(now), _while_same(where.zone, now, read, self._starts)

    def _is_holiday(self, where: _Where, now: float) -> _Found:
        until = where.zone.next_midnight(now)
        if where.country is None:
            return Why.TOO_COARSE, until
        return self._holidays.status(where.zone.day(now), where.country, where.region), until


def _tick(kept: _Kept, now: float) -> None:
    """The running signals of another second; clocks are read to the second."""
    second = now // 1
    said_by = f"clock in {kept.zone.name}"
    values = {"time.local": second, "time.clock": kept.zone.seconds_of_day(second)}
    ticking = {signal: Reading(signal, values[signal], second, FOREVER, said_by) for signal in kept.running}
    kept.readings, kept.second = {**kept.staying, **ticking}, second


def _while_same(zone: Zone, now: float, read: Callable[[float], object], edges: tuple[int, ...]) -> float:
    """The first boundary, clock change or time of day in `edges`, at which the reading is another."""
    value, until = read(now), clock_boundary(zone, now, edges)
    for _ in range(_MOST_ALIKE):
        if read(until) != value:
            break
        until = clock_boundary(zone, until, edges)
    return until


def _month(where: _Where, now: float) -> _Found:
    today = where.zone.day(now)
    first = today.replace(day=1)
    return MONTHS[today.month - 1], where.zone.leaves(now, first, _months_after(first, 1))


def _season(where: _Where, now: float) -> _Found:
    """Meteorological seasons: spring is March to May in the north, September to November in the south."""
    today = where.zone.day(now)
    first = _months_after(today.replace(day=1), -(today.month % 3))
    season = first.month // 3 - 1 + (2 if where.southern else 0)
    return SEASONS[season % 4], where.zone.leaves(now, first, _months_after(first, 3))


def _is_weekend(where: _Where, now: float) -> _Found:
    today = where.zone.day(now)
    monday = today - timedelta(days=today.weekday())
    saturday, next_monday = monday + timedelta(days=_SATURDAY), monday + timedelta(days=7)
    if today >= saturday:
        return True, where.zone.leaves(now, saturday, next_monday)
    return False, where.zone.leaves(now, monday, saturday)


def _months_after(first: date, months: int) -> date:
    """The first day of a month some months later (or earlier)."""
    ahead = first.year * 12 + first.month - 1 + months
    return date(ahead // 12, ahead % 12 + 1, 1)
