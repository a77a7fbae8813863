"""Operators whose answer turns by itself as time passes; each names the instant at which it does.

They judge `time.clock`, `time.local`, other moments, days that come round every year, and how long ago something was. A
range includes its start and excludes its end; a clock range may cross midnight. Nights on which clocks change are the
calendar's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from app.engine.calendar import Zone, clock_boundary, in_clock_range
from app.engine.readings import FOREVER
from app.engine.signals import Kind

CLOCK_WORDS = ("at_least", "above", "at_most", "below", "between")
MOMENT_WORDS = ("at_least", "above", "at_most", "below", "between")


class Moving(Protocol):
    """An operator that needs the clock: its truth and the instant until which that truth holds by itself."""

    @property
    def reads_zone(self) -> bool:
        """Whether its truth rests on the recipient's zone beside the judged value."""
        ...

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:
        """Judge a value at `now`; a finite instant means the answer turns (or may turn) then."""
        ...


_EDGES: dict[tuple[Zone, int, int], tuple[float, float]] = {}
_EDGES_REMEMBERED = 4096


def _next_edge(zone: Zone, now: float, start: int, end: int) -> float:
    """`clock_boundary`, remembered: the edge ahead stays the edge ahead until it is reached."""
    key = (zone, start, end)
    seen = _EDGES.get(key)
    if seen is not None and seen[0] <= now < seen[1]:
        return seen[1]
    if len(_EDGES) >= _EDGES_REMEMBERED:
        _EDGES.clear()
    edge = clock_boundary(zone, now, (start, end))
    _EDGES[key] = (now, edge)
    return edge


@dataclass(frozen=True, slots=True)
class InClockRange:
    """The recipient's clock is at or after `start` and before `end` (seconds since midnight); may cross midnight."""

    start: int
    end: int
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.CLOCK})
    reads_zone: ClassVar[bool] = False

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:
        """`value` is seconds since local midnight; the answer turns at the next edge or clock change."""
        return in_clock_range(value, self.start, self.end), _next_edge(zone, now, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant written by an editor: absolute, or a wall-clock time that each recipient reaches in their own zone."""

    at: float | datetime

    def instant(self, zone: Zone) -> float:
        """Seconds since the epoch, for somebody in that zone."""
        return zone.instant_of(self.at) if isinstance(self.at, datetime) else self.at

    @property
    def is_local(self) -> bool:
        """Whether different zones reach it at different instants."""
        return isinstance(self.at, datetime)


@dataclass(frozen=True, slots=True)
class InMomentRange:
    """A moment at or after `start` and before `end`; an open side is None."""

    start: Moment | None
    end: Moment | None
    runs: bool
    """Whether the judged value is the clock itself, so that the answer turns at the edges."""
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.MOMENT})

    @property
    def reads_zone(self) -> bool:
        """Yes where an edge is a wall-clock time; but a running value was read in that zone itself."""
        return not self.runs and any(edge is not None and edge.is_local for edge in (self.start, self.end))

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:
        """`value` is seconds since the epoch; for a running value the next edge ahead is the horizon."""
        start = -FOREVER if self.start is None else self.start.instant(zone)
        end = FOREVER if self.end is None else self.end.instant(zone)
        inside = start <= value < end
        if not self.runs:
            return inside, FOREVER
        return inside, min((edge for edge in (start, end) if edge > now), default=FOREVER)


@dataclass(frozen=True, slots=True)
class InSpanRange:
    """A length of time that grows as the clock goes: at or after `start` and before `end`, in seconds."""

    start: float
    end: float
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.DURATION})
    reads_zone: ClassVar[bool] = False

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:  # noqa: ARG002 - one signature
        """`value` is in seconds, at `now`; the answer turns when it grows over the next edge."""
        edge = self.start if value < self.start else self.end
        return self.start <= value < self.end, now + (edge - value) if value < edge else FOREVER


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago a moment was: `older` than `seconds`, or else newer."""

    older: bool
    seconds: float
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.MOMENT})
    reads_zone: ClassVar[bool] = False

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:  # noqa: ARG002 - one signature
        """Turns once, when the moment becomes `seconds` old."""
        turns = value + self.seconds
        is_older = now >= turns
        return is_older == self.older, FOREVER if is_older else turns


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The recipient's day is from `first` to `last` days after a day came round again; before it they are below zero.

    The 29th of February comes round on the 28th in most years. The day itself, with its year, is no anniversary.
    """

    first: int
    last: int
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.DATE})
    reads_zone: ClassVar[bool] = True

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:
        """`value` is a date; the answer may turn at the next midnight."""
        today = zone.day(now)
        years = (year for year in range(today.year - 1, today.year + 2) if year > value.year)
        near = any(self.first <= (today - _in_year(value, year)).days <= self.last for year in years)
        return near, zone.next_midnight(now)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
