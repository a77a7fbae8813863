"""Clauses: the conditions that are made of no others. Each asks one thing of the facts, and leaves no trace.

A comparison with an empty value says no (so `not` says yes), one with an unknown value says unknown; only `known` and
`empty` ask about that itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.conditions import Condition
from app.engine.facts import Facts
from app.engine.geodesy import distance_km
from app.engine.moving import InMomentRange, Moving
from app.engine.operators import NEGATIONS, Operator, comparable
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.signals import CATALOGUE, Kind
from app.engine.verdicts import NO, PENDING, UNKNOWN, YES, Verdict


class Leaf:
    """A condition that is made of no others."""

    __slots__ = ()

    def parts(self) -> tuple[Condition, ...]:
        """None."""
        return ()


def too_old(reading: Reading, now: float, max_age: float | None) -> bool:
    """Whether the reading's value is older than a clause allows (in seconds; None: as old as it likes)."""
    return max_age is not None and now >= reading.as_of + max_age


def fresh_until(reading: Reading, max_age: float | None) -> float:
    """Until when the reading may be used by a clause that allows this age in seconds, or any."""
    return reading.until if max_age is None else min(reading.until, reading.as_of + max_age)


@dataclass(frozen=True, slots=True)
class Clause(Leaf):
    """One signal, one operator. `bit` is the signal's place in the catalogue as a bit set; `max_age` is in seconds."""

    signal: str
    bit: int
    kind: Kind
    operator: Operator
    sentence: str
    max_age: float | None = None

    def judge(self, facts: Facts) -> Verdict:
        """The operator's answer, for as long as the reading holds."""
        reading = facts.readings.get(self.signal)
        if reading is None:
            return Verdict(PENDING, FOREVER, 0, self.bit)
        if reading.why_unknown is not None or too_old(reading, facts.now, self.max_age):
            return Verdict(UNKNOWN, reading.until, self.bit)
        if reading.value is EMPTY:
            passes = type(self.operator) in NEGATIONS
        else:
            passes = self.operator.test(comparable(self.kind, reading.value))
        return Verdict(YES if passes else NO, fresh_until(reading, self.max_age), self.bit)

    def signals(self) -> Iterator[str]:
        """The one."""
        yield self.signal

    def rank(self) -> int:
        """Its bit."""
        return self.bit


@dataclass(frozen=True, slots=True)
class MovingClause(Leaf):
    """One signal and an operator whose answer turns as time passes, for some in the recipient's zone only."""

    signal: str
    bit: int
    operator: Moving
    sentence: str
    max_age: float | None = None

    def judge(self, facts: Facts) -> Verdict:
        """The operator's answer, until it turns or a reading ends."""
        reading = facts.readings.get(self.signal)
        zone = facts.readings.get(ZONE_SIGNAL) if self.operator.reads_zone else NO_ZONE
        wants = ZONE_BIT if zone is None else 0
        if reading is None:
            return Verdict(PENDING, FOREVER, 0, self.bit | wants)
        if reading.why_unknown is not None or too_old(reading, facts.now, self.max_age):
            return Verdict(UNKNOWN, reading.until, self.bit)
        until = fresh_until(reading, self.max_age)
        if reading.value is EMPTY:
            return Verdict(NO, until, self.bit)
        if zone is None:
            return Verdict(PENDING, FOREVER, 0, wants)
        passes, turns = self.operator.test_at(reading.value, facts.now, facts.zone)
        return Verdict(YES if passes else NO, min(turns, until, zone.until), self._bits())

    def signals(self) -> Iterator[str]:
        """The one, and the zone if an edge is a wall-clock time."""
        yield self.signal
        if self.operator.reads_zone:
            yield ZONE_SIGNAL

    def rank(self) -> int:
        """The lowest of its bits."""
        return self._bits() & -self._bits()

    def _bits(self) -> int:
        return self.bit | ZONE_BIT if self.operator.reads_zone else self.bit


@dataclass(frozen=True, slots=True)
class Asks(Leaf):
    """`known:` or `empty:`, the only questions about whether there is a value."""

    signal: str
    bit: int
    about: str
    wanted: bool
    sentence: str

    def judge(self, facts: Facts) -> Verdict:
        """`known` always answers yes or no; `empty` is unknown where the signal is."""
        reading = facts.readings.get(self.signal)
        if reading is None:
            return Verdict(PENDING, FOREVER, 0, self.bit)
        if self.about == "known":
            holds = reading.known
        elif not reading.known:
            return Verdict(UNKNOWN, reading.until, self.bit)
        else:
            holds = reading.value is EMPTY
        return Verdict(YES if holds == self.wanted else NO, reading.until, self.bit)

    def signals(self) -> Iterator[str]:
        """The one."""
        yield self.signal

    def rank(self) -> int:
        """Its bit."""
        return self.bit


@dataclass(frozen=True, slots=True)
class Near(Leaf):
    """`within {km, of}`: the distance compared with the accuracy of the place; what that cannot settle is unknown."""

    bits: int
    latitude: float
    longitude: float
    km: float
    sentence: str

    def judge(self, facts: Facts) -> Verdict:
        """Yes where the whole circle of accuracy lies within, no where it lies outside."""
        found: list[Reading] = []
        wants, rest = 0, self.bits
        for name in NEAR_SIGNALS:
            bit = rest & -rest  # they stand in the order of the catalogue, so the lowest bit left is this one's
            rest ^= bit
            reading = facts.readings.get(name)
            if reading is None:
                wants |= bit
            else:
                found.append(reading)
        if wants:
            return Verdict(PENDING, FOREVER, 0, wants)
        until = min(reading.until for reading in found)
        if any(not isinstance(reading.value, int | float) for reading in found):
            return Verdict(UNKNOWN, until, self.bits)
        latitude, longitude, accuracy = (reading.value for reading in found)
        distance = distance_km(latitude, longitude, self.latitude, self.longitude)
        if distance + accuracy <= self.km:
            return Verdict(YES, until, self.bits)
        return Verdict(NO if distance - accuracy > self.km else UNKNOWN, until, self.bits)

    def signals(self) -> Iterator[str]:
        """Coordinates and their accuracy."""
        yield from NEAR_SIGNALS

    def rank(self) -> int:
        """The lowest of its bits."""
        return self.bits & -self.bits


NEAR_SIGNALS = ("geo.latitude", "geo.longitude", "geo.accuracy_km")


@dataclass(frozen=True, slots=True)
class Window(Leaf):
    """A stretch of time: a rule's `from` and `until`, or a phase. It reads the zone only where its edges are local."""

    range: InMomentRange
    bit: int
    sentence: str

    def judge(self, facts: Facts) -> Verdict:
        """Whether now lies in it; the next edge is the horizon."""
        if not self.bit:
            inside, turns = self.range.test_at(facts.now, facts.now, facts.zone)
            return Verdict(YES if inside else NO, turns)
        reading = facts.readings.get(ZONE_SIGNAL)
        if reading is None:
            return Verdict(PENDING, FOREVER, 0, self.bit)
        inside, turns = self.range.test_at(facts.now, facts.now, facts.zone)
        return Verdict(YES if inside else NO, min(turns, reading.until), self.bit)

    def signals(self) -> Iterator[str]:
        """The zone, if an edge is a wall-clock time."""
        if self.bit:
            yield ZONE_SIGNAL

    def rank(self) -> int:
        """The zone's bit, or 0."""
        return self.bit


ZONE_SIGNAL = "geo.time_zone"
ZONE_BIT = CATALOGUE.bits[ZONE_SIGNAL]
"""The same for every site: what a site declares stands behind the fixed signals."""
NO_ZONE = Reading(ZONE_SIGNAL, "", 0.0)
"""Stands for the zone where it does not matter."""
