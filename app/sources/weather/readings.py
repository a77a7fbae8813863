"""From a report to the readings of all `weather.*` signals at one instant.

Each reading has its own horizon: the hour it was forecast for, sunrise and sunset, local midnight, and never beyond
the instant the whole report is good for. `as_of` is when the value was true at its source, however long ago.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from app.engine.readings import EMPTY, Reading, Rung, Why, unknown
from app.engine.signals import WEATHER
from app.sources.weather.report import HOUR, Day, Report, Step
from app.sources.weather.words import RAINY

SIGNALS: Final = tuple(signal.name for signal in WEATHER)
_NOW: Final = (
    "condition",
    "temperature",
    "feels_like",
    "wind_speed",
    "precipitation",
    "humidity",
    "uv_index",
)
_OF_DAY: Final = (
    ("max", "max"),
    ("min", "min"),
    ("condition", "condition"),
    ("precipitation_probability", "probability"),
)
_FORESIGHT: Final = 6 * HOUR
"""How far ahead a forecast must see before "no rain" may be said."""
_MINUTE: Final = 60.0
_SAME_TIME: Final = 300.0
_LATEST: Final = 4_102_444_800.0  # 2100-01-01; calendars of some zones end soon after


@dataclass(frozen=True, slots=True)
class Sight:
    """The readings of a report at an instant, and how long all of them hold."""

    readings: Mapping[str, Reading]
    holds_until: float


def nothing(why: Why, *, now: float, until: float, source: str) -> Mapping[str, Reading]:
    """All signals unknown, for one reason."""
    return MappingProxyType({name: unknown(name, why, as_of=now, until=until, source=source) for name in SIGNALS})


def seen(report: Report, *, now: float, until: float, source: str, rung: Rung = Rung.LIVE) -> Sight:
    """What a report says about `now`, good until `until` at most.

    What the service does not report is unknown as not offered; what it reported and was not believed is a failure.
    """
    return _Scene(report, min(max(now, 0.0), _LATEST), until, source, rung).sight()


def moved(readings: Mapping[str, Reading], at: float, now: float) -> Mapping[str, Reading]:
    """Readings of the instant `at` for a decision that is made as if it were `now` (a preview with another clock).

    They hold for as long as they would have; `as_of` goes on telling when they were true.
    """
    if abs(at - now) <= _SAME_TIME:
        return readings
    return MappingProxyType(
        {name: reading._replace(until=reading.until - at + now) for name, reading in readings.items()}
    )


class _Scene:
    """One report at one instant; keeps what the readings have in common."""

    def __init__(self, report: Report, now: float, until: float, source: str, rung: Rung) -> None:
        self.report, self.now, self.until, self.source, self.rung = report, now, until, source, rung
        self.anchor = report.anchor(now)
        self.live = self.anchor == now
        self.hour = report.hour(self.anchor)
        self.turn = report.turn(self.anchor)
        self.current = report.observed or self.hour
        self.as_of = min(self.current.at if self.current else now, now)
        self.date = datetime.fromtimestamp(self.anchor, report.zone).date()
        self.today = report.days.get(self.date, Day())

    def sight(self) -> Sight:
        found = {reading.signal: reading for reading in self._all()}
        ordered = MappingProxyType({name: found[name] for name in SIGNALS})
        return Sight(ordered, min(reading.until for reading in ordered.values()))

    def _all(self) -> Iterator[Reading]:
        midnight, observed = self._midnight(), self.report.observed
        yield from (self._now(name) for name in _NOW)
        yield self._daylight(midnight)
        yield self._next_rain()
        yield self._reading("as_of", self.as_of if self.current else None, until=None if observed else self.turn)
        for name in ("sunrise", "sunset"):
            yield self._reading(name, getattr(self.today, name), until=midnight)
        for day, offset in (("today", 0), ("tomorrow", 1)):
            told = self.report.days.get(self.date + timedelta(days=offset), Day())
            for name, part in _OF_DAY:
                yield self._reading(f"{day}.{name}", getattr(told, part), until=midnight)

    def _reading(self, name: str, value: Any, *, as_of: float | None = None, until: float | None = None) -> Reading:
        signal, since = f"weather.{name}", self.as_of if as_of is None else min(as_of, self.now)
        horizon = self.until if until is None or not self.live else min(until, self.until)
        if value is None:
            part = f"day.{name.partition('.')[2]}" if "." in name else name
            why = Why.UPSTREAM_FAILED if part in self.report.refused else Why.NOT_OFFERED
            return unknown(signal, why, as_of=since, until=horizon, source=self.source)
        return Reading(signal, value, since, horizon, self.source, None, self.rung)

    def _teller(self, name: str) -> Step | None:
        """Who knows a value of now: the observation, else the hour that holds the instant."""
        return next(
            (step for step in (self.report.observed, self.hour) if step and getattr(step, name) is not None), None
        )

    def _now(self, name: str) -> Reading:
        """What is observed holds as long as the report; what the hour tells, or does not tell, ends with the hour."""
        step = self._teller(name)
        if step is None:
            return self._reading(name, None, until=self.turn)
        return self._reading(name, getattr(step, name), as_of=step.at, until=self.turn if step.lasts else None)

    def _daylight(self, midnight: float) -> Reading:
        """Whether it is day: by today's sun where it is known, for it moves on while the report stays."""
        rises, sets = self.today.sunrise, self.today.sunset
        if rises is None or sets is None or rises >= sets:
            return self._now("is_day")
        turns = min(turn for turn in (rises, sets, midnight) if turn > self.anchor)
        return self._reading("is_day", rises <= self.anchor < sets, until=turns)

    def _midnight(self) -> float:
        following: date = self.date + timedelta(days=1)
        return datetime(following.year, following.month, following.day, tzinfo=self.report.zone).timestamp()

    def _next_rain(self) -> Reading:
        """Seconds until the next wet spell, counted on by the minute; empty where none is in sight."""
        report, name = self.report, "next_rain_in"
        until = self.now - self.now % _MINUTE + _MINUTE
        if report.observed is not None and report.observed.condition in RAINY:
            return self._reading(name, 0.0)
        sees = report.sees_from(self.anchor)
        if sees is None or sees <= self.anchor:
            return self._reading(name, None, until=self.turn)
        coming = next((begins for begins, ends in report.spells if ends > self.anchor), None)
        if coming is not None and coming <= sees:
            return self._reading(name, max(0.0, coming - self.anchor), until=until)
        if sees < self.anchor + _FORESIGHT:
            return self._reading(name, None, until=self.turn)
        return self._reading(name, EMPTY, until=self.now + sees - _FORESIGHT - self.anchor + _MINUTE)
