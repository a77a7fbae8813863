"""Worlds for the laws: what really is the case at every instant, of which a decision may be told any part.

A world gives each signal a course: a reading, how long it lasts, and what comes after. `facts_at` lays the table for
any instant, honestly: what moves with time has moved, what has ended has been read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, TypeVar

from hypothesis import strategies as st

from app.engine.calendar import find_zone
from app.engine.clauses import ZONE_SIGNAL
from app.engine.facts import Facts
from app.engine.readings import EMPTY, FOREVER, Reading, Rung, Why, unknown
from tests.support.engine_scenes import SCENES, SIGNALS, Scene
from tests.support.honest_clock import RUNNING, TIMES, read_clock

NEVER_EMPTY = frozenset({ZONE_SIGNAL, "geo.latitude", "geo.longitude", "geo.accuracy_km", "open.language"})
HORIZONS = (FOREVER, 37.0, FOREVER, 900.0, FOREVER, 4321.5)
"""How long a reading lasts after the first look, in seconds; half of them for ever."""

AGES = (0.0, 1500.0, 5000.0)
"""How old a value is at the first look, in seconds; clauses allow 1800 and 5400."""


@dataclass(frozen=True, slots=True)
class Course:
    """One signal through time: `first` for `lasts` seconds after the first look, then `then`: values, EMPTY, a Why."""

    first: Any
    age: float
    lasts: float
    then: Any
    rung: Rung = Rung.LIVE

    def at(self, signal: str, start: float, now: float) -> Reading:
        """The reading at `now`, with absolute instants."""
        ends = start + self.lasts
        if now < ends:
            return _reading(signal, self.first, start - self.age, ends, self.rung)
        return _reading(signal, self.then, ends, FOREVER, Rung.LIVE)


def _reading(signal: str, value: Any, as_of: float, until: float, rung: Rung) -> Reading:
    if isinstance(value, Why):
        return unknown(signal, value, as_of=as_of, until=until, source="world")
    return Reading(signal, value, as_of, until, "world", None, rung)


@dataclass(frozen=True, slots=True)
class World:
    """One opening's truth. `start` is the first instant anybody looks; `blind` are clocks that cannot be read."""

    scene: Scene
    start: float
    courses: Mapping[str, Course]
    blind: frozenset[str] = frozenset()
    recipient: str = "somebody"

    def facts_at(self, now: float) -> Facts:
        """The table at that instant; what a campaign itself knows is not laid yet."""
        readings = {name: course.at(name, self.start, now) for name, course in self.courses.items()}
        zone_reading = readings[ZONE_SIGNAL]
        name = zone_reading.value if zone_reading.known else self.scene.site_zone
        readings.update(read_clock(name, now, zone_reading.until))
        for blind in self.blind:
            readings[blind] = unknown(blind, Why.NOT_LOCATED, as_of=now, until=zone_reading.until)
        zone = find_zone(name)
        assert zone is not None
        return Facts(now, zone, readings, self.recipient)

    def varied(self, signal: str) -> Iterator[World]:
        """This world with each other reading that the signal could have; `time.*` only follows from the zone."""
        if signal in self.courses:
            for course in courses(self.scene, signal):
                if course.lasts == FOREVER and course.age == 0.0:
                    yield replace(self, courses={**self.courses, signal: course})

    def mixed_with(self, other: World, kept: frozenset[str]) -> World:
        """The other world, except for the kept signals, which are as they are here."""
        return replace(other, courses={name: (self if name in kept else other).courses[name] for name in self.courses})


def told_apart(facts: Facts, other: Facts, kept: frozenset[str]) -> Facts:
    """The other facts, except for the kept readings. Whose clock it is follows from what is kept.

    The zone is no reading: it is what `geo.time_zone` and the running clocks are read in, so it is kept with them.
    """
    whose = facts if kept & {ZONE_SIGNAL, *RUNNING} else other
    clocks = {name: whose.readings[name] for name in (ZONE_SIGNAL, *RUNNING)}
    stay = {name: facts.readings[name] for name in kept}
    return Facts(facts.now, whose.zone, {**other.readings, **clocks, **stay}, other.recipient)


@cache
def courses(scene: Scene, signal: str) -> tuple[Course, ...]:
    """Every course a signal can take here: known, empty, unknown by nature or by failure, stale, and then changing."""
    values: list[Any] = [*scene.values(signal), Why.HIDDEN_BY_PROXY]
    if signal not in NEVER_EMPTY:
        values.append(EMPTY)
    found = []
    for place, (first, lasts, age) in enumerate(product(values, HORIZONS, AGES)):
        then = values[(place + values.index(first) + 1) % len(values)]
        rung = Rung.STALE if place % 5 == 0 and not isinstance(first, Why) else Rung.LIVE
        found.append(Course(first, age, lasts, then, rung))
        if first is Why.HIDDEN_BY_PROXY and lasts != FOREVER and age == 0:
            found.append(Course(Why.UPSTREAM_LATE, age, lasts, then))
    return tuple(found)


SIGHTED = frozenset[str]()
BLINDS = (SIGHTED, SIGHTED, SIGHTED, frozenset({"time.clock"}), frozenset({"time.local", "time.daypart"}))
MINUTES = 150
"""How far from the scene's base the first look may be."""


T = TypeVar("T")


@cache
def below(bound: int) -> st.SearchStrategy[int]:
    """The integers from 0 up to a bound, made once: making strategies costs more than drawing from them."""
    return st.integers(0, bound - 1)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """One of the options; the first is the simplest."""
    return options[draw(below(len(options)))]


def a_world(draw: st.DrawFn, scene: Scene, start: float, read: Collection[str] = SIGNALS) -> World:
    """Any world of a scene as it is first seen at `start`; what nobody reads takes its simplest course."""
    drawn = {*read, ZONE_SIGNAL}
    found = {signal: courses(scene, signal) for signal in SIGNALS}
    return World(
        scene=scene,
        start=start,
        courses={signal: pick(draw, some) if signal in drawn else some[0] for signal, some in found.items()},
        blind=pick(draw, BLINDS),
        recipient=pick(draw, ("", "ada", "grace", "edsger")),
    )


def an_opening(draw: st.DrawFn) -> tuple[Scene, float]:
    """A scene and the instant of the first look, at odd seconds too."""
    scene = pick(draw, SCENES)
    minutes, seconds = draw(below(2 * MINUTES)) - MINUTES, pick(draw, (0.0, 0.5, 59.0))
    return scene, scene.base + 60.0 * minutes + seconds


def some_of(draw: st.DrawFn, names: tuple[str, ...]) -> frozenset[str]:
    """Any subset of names; few draws, shrinking towards the empty one."""
    picked: list[str] = []
    for first in range(0, len(names), 12):
        group = names[first : first + 12]
        bits = draw(below(1 << len(group)))
        picked += (name for place, name in enumerate(group) if bits >> place & 1)
    return frozenset(picked)


ALL_SIGNALS = (*SIGNALS, *TIMES)
