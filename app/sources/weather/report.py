"""What a weather service said about one place, in nobody's format: steps in time, days, and what was refused.

A report knows no clock. It may be asked about any instant; where that instant lies outside what the service talked
about (a recording from last year), it answers as it stood when it was made.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from app.sources.weather.words import RAINY, WET

HOUR: Final = 3600.0
NEAR: Final = 6 * HOUR
"""How far an observation may lie from an instant and still speak about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The weather at one instant (`lasts` 0) or of the stretch that begins there, in the catalogue's units.

    `precipitation` is what fell in the hour before or, in a forecast that only looks ahead, falls in this hour;
    `probability` in percent.
    """

    at: float
    lasts: float = 0.0
    condition: str | None = None
    temperature: float | None = None
    feels_like: float | None = None
    wind_speed: float | None = None
    precipitation: float | None = None
    humidity: float | None = None
    is_day: bool | None = None
    uv_index: float | None = None
    probability: float | None = None

    @property
    def ends(self) -> float:
        """The instant after its last."""
        return self.at + self.lasts

    @property
    def says_nothing(self) -> bool:
        """Whether no value is known."""
        return all(getattr(self, part.name) is None for part in fields(self)[2:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A local calendar day; sunrise and sunset are instants."""

    max: float | None = None
    min: float | None = None
    condition: str | None = None
    probability: float | None = None
    sunrise: float | None = None
    sunset: float | None = None

    def or_else(self, other: Day) -> Day:
        """This day, with what it lacks taken from another account of it."""
        mine = {part.name: getattr(self, part.name) for part in fields(self)}
        return Day(**{name: getattr(other, name) if value is None else value for name, value in mine.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One place as a service tells it: an observation, hours ahead, days, wet spells, and its zone.

    `spells` are stretches of rain (from, to); `sees_until` is how far ahead they were looked for, None if not at all,
    and `blind` are stretches before that of which it is not told.
    `refused` are names of values that were there but not believed.
    """

    zone: tzinfo = UTC
    observed: Step | None = None
    hours: tuple[Step, ...] = ()
    days: Mapping[date, Day] = field(default_factory=dict)
    spells: tuple[tuple[float, float], ...] = ()
    sees_until: float | None = None
    blind: tuple[tuple[float, float], ...] = ()
    refused: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        zone: tzinfo,
        observed: Step | None = None,
        hours: Iterable[Step] = (),
        days: Mapping[date, Day] | None = None,
        refused: Iterable[str] = (),
    ) -> Report:
        """A report from what was read; days and wet spells that were not told are worked out of the hours."""
        steps = tuple(sorted((step for step in hours if not step.says_nothing), key=lambda step: step.at))
        told, counted = dict(days or {}), days_of(steps, zone)
        every = {day: told.get(day, Day()).or_else(counted.get(day, Day())) for day in {*told, *counted}}
        spells = tuple((step.at, step.ends) for step in steps if step.condition in RAINY)
        sees_until = steps[-1].ends if any(step.condition is not None for step in steps) else None
        blind = tuple((step.at, step.ends) for step in steps if step.condition is None)
        blind += tuple((earlier.ends, later.at) for earlier, later in pairwise(steps) if later.at > earlier.ends)
        seen = observed if observed is not None and not observed.says_nothing else None
        return cls(
            zone=zone,
            observed=seen,
            hours=steps,
            days=every,
            spells=spells,
            sees_until=sees_until,
            blind=blind,
            refused=frozenset(refused),
        )

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to read a value from."""
        return self.observed is None and not self.hours and not any(day != Day() for day in self.days.values())

    def plus(self, other: Report) -> Report:
        """This report, completed by another answer of the same service about the same place."""
        days = {day: self.days.get(day, Day()).or_else(other.days.get(day, Day())) for day in {*self.days, *other.days}}
        ahead = self if self.sees_until is not None else other
        return Report(
            zone=self.zone if self.zone is not UTC else other.zone,
            observed=self.observed or other.observed,
            hours=self.hours or other.hours,
            days=days,
            spells=ahead.spells,
            sees_until=ahead.sees_until,
            blind=ahead.blind,
            refused=self.refused | other.refused,
        )

    def anchor(self, now: float) -> float:
        """The instant this report speaks about when it is asked about `now`.

        That is `now` itself unless the report is from another time: then its observation, or the hour nearest to now,
        or, for a series from long ago, its beginning.
        """
        if self.observed is not None:
            return now if abs(now - self.observed.at) <= NEAR else self.observed.at
        if not self.hours:
            return now
        begins, ends = self.hours[0].at, self.hours[-1].ends
        if begins <= now < ends:
            return now
        return self.hours[-1].at if ends <= now < ends + NEAR / 2 else begins

    def sees_from(self, instant: float) -> float | None:
        """Until when rain would be known from an instant on without a gap; None if not at all."""
        if self.sees_until is None:
            return None
        if self.hours and self.hours[0].at > instant + HOUR:
            return instant
        return min((max(begins, instant) for begins, ends in self.blind if ends > instant), default=self.sees_until)

    def hour(self, instant: float) -> Step | None:
        """The step that holds an instant."""
        return next((step for step in self.hours if step.at <= instant < step.ends), None)

    def turn(self, instant: float) -> float:
        """When the next step begins or ends: until then nothing that is told, or not told, of now can change."""
        edges = (edge for step in self.hours for edge in (step.at, step.ends))
        return min((edge for edge in edges if edge > instant), default=math.inf)

    def trimmed(self, now: float, ahead: float = NEAR) -> Report:
        """Only what can still be asked for while this report is remembered."""
        anchor = self.anchor(now)
        today = datetime.fromtimestamp(anchor, self.zone).date()
        last = today + timedelta(days=2)
        return replace(
            self,
            hours=tuple(step for step in self.hours if step.ends > anchor - HOUR and step.at < anchor + ahead),
            days={day: told for day, told in self.days.items() if today <= day <= last},
            spells=_joined(spell for spell in self.spells if spell[1] > anchor),
        )


def _joined(spells: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    joined: list[tuple[float, float]] = []
    for begins, ends in spells:
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return tuple(joined)


def days_of(steps: Sequence[Step], zone: tzinfo) -> Mapping[date, Day]:
    """Days worked out of steps.

    Temperatures and word only where the steps tell of the whole day: half a day's highest is not the day's. The word is
    the one most frequent between 6 and 22 h, falling weather before dry where it falls in a tenth of it. The
    probability is that of what is still to come.
    """
    by_day: dict[date, list[Step]] = {}
    for step in steps:
        by_day.setdefault(datetime.fromtimestamp(step.at, zone).date(), []).append(step)
    return {day: _day_of(day, group, zone) for day, group in by_day.items()}


def _day_of(day: date, steps: Sequence[Step], zone: tzinfo) -> Day:
    begins = datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
    following = day + timedelta(days=1)
    ends = datetime(following.year, following.month, following.day, tzinfo=zone).timestamp()
    told = [step for step in steps if step.temperature is not None]
    whole = _covers(told, begins, ends)
    worded = [step for step in steps if step.condition is not None]
    temperatures = [step.temperature for step in told if step.temperature is not None]
    chances = [step.probability for step in steps if step.probability is not None]
    waking = [step for step in worded if 6 * HOUR <= step.at - begins < 22 * HOUR]
    return Day(
        max=max(temperatures) if whole else None,
        min=min(temperatures) if whole else None,
        condition=_word_of(waking) if _covers(worded, begins + 6 * HOUR, begins + 22 * HOUR) else None,
        probability=max(chances, default=None),
    )


def _covers(steps: Sequence[Step], begins: float, ends: float) -> bool:
    """Whether steps tell of a stretch without a gap; an hour may lack at either end."""
    if not steps or steps[0].at > begins + max(HOUR, steps[0].lasts) or steps[-1].ends < ends - HOUR:
        return False
    return not any(later.at > earlier.ends + HOUR for earlier, later in pairwise(steps))


def _word_of(steps: Sequence[Step]) -> str | None:
    words = Counter(step.condition for step in steps if step.condition is not None)
    falling = Counter({word: times for word, times in words.items() if word in WET})
    chosen = falling if falling.total() * 10 > words.total() else words - falling
    return chosen.most_common(1)[0][0] if chosen else None
