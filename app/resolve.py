"""The hinge: lay what is known, decide, fetch what the decision asked for, decide again.

Most opens end without one await. Remote signals are asked for only when a decision wants them, all together and under
one deadline; what is missing when time is up reads as unknown, and the answer is final.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from app.engine.calendar import Zone
from app.engine.decide import with_own
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.languages import spoken_for
from app.engine.opens import Open
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.engine.remembering import Told
from app.engine.signals import WEATHER
from app.ports import Clocks, Places, Readings, Viewers, Weather
from app.recalling import Recalling
from app.recipients.receipts import Lead
from app.served import LANGUAGE, MACHINE, PREFETCH, VIA, Served, is_weather

ROUNDS = 3
"""Rounds of I/O at most; the engine needs two (`laws/test_rounds`)."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Whom a site asks, and the site's own answers where nothing better is known."""

    viewers: Viewers
    places: Places
    clocks: Clocks
    weather: Weather
    zone: Zone
    languages: tuple[str, ...]
    language: tuple[str, ...]
    location_allowed: bool
    recalling: Recalling = field(default_factory=Recalling)


class Unsettled(NamedTuple):
    """No answer without waiting: what must be fetched first, and the facts that a further round starts from."""

    pending: Pending
    facts: Facts


class Resolver:
    """Decides openings for one site. Synchronous where it can be, one deadline where it cannot."""

    def __init__(self, sources: Sources, clock: Callable[[], float]) -> None:
        self._sources = sources
        self._clock = clock
        self._spoken: dict[tuple[str, str], Reading] = {}
        self._first_language = Reading(LANGUAGE, sources.languages[0], 0.0, source="site")

    def decide_now(self, served: Served, opening: Open) -> Decision | Unsettled:
        """The answer from what is known without waiting, from memory where it was given before."""
        told = self._told(served, opening)
        steady = not opening.pinned and not self._recalls(served, opening)
        if steady:
            remembered = served.remembering.recall(opening.now, told, opening.recipient)
            if remembered is not None:
                return remembered
        answer, facts = self._decided(served, opening, told)
        if not isinstance(answer, Decision):
            return Unsettled(answer, facts)
        if steady:
            served.remembering.keep(opening.now, told, opening.recipient, answer)
        return answer

    def decide_anew(self, served: Served, opening: Open) -> tuple[Decision | Pending, Facts]:
        """The same without memory, for whoever wants to see the facts."""
        return self._decided(served, opening, self._told(served, opening))

    async def decide(
        self, served: Served, opening: Open, facts: Facts, pending: Pending, seconds: float
    ) -> tuple[Decision, Facts]:
        """Fetch what is wanted for at most `seconds` in all, and decide for good."""
        ends = self._clock() + seconds
        answer: Decision | Pending = pending
        for _ in range(ROUNDS):
            if isinstance(answer, Decision):
                return answer, facts
            facts = facts.plus(await self._fetch(served, opening, answer.wants, facts, max(0.0, ends - self._clock())))
            answer = served.decider.decide(facts)
        if isinstance(answer, Pending):
            missing = served.reads - facts.readings.keys()
            facts = facts.plus({name: unknown(name, Why.TOO_MANY_ROUNDS, as_of=facts.now) for name in missing})
            answer = served.decider.decide(facts)
        assert isinstance(answer, Decision), "nothing is pending once every signal has a reading"
        return answer, facts

    def opened(self, served: Served, opening: Open, decision: Decision, *, followed: bool) -> None:
        """The picture of a decision was handed out, where a click may be `followed` to what it showed."""
        self._sources.recalling.opened(served, opening, decision, self._sources.viewers, followed=followed)

    async def lead(self, served: Served, opening: Open) -> Lead | None:
        """What was shown in the mail that was clicked, if that is remembered."""
        return await self._sources.recalling.lead(served, opening)

    def _decided(self, served: Served, opening: Open, told: Told) -> tuple[Decision | Pending, Facts]:
        facts = with_own(served.decider.ruleset, self._laid(served, opening, told))
        return served.decider.decide(facts), facts

    def _recalls(self, served: Served, opening: Open) -> bool:
        """Whether this open has a recipient whom rules read about, and whom the store is asked about."""
        return served.recollection is not None and self._sources.recalling.why_not(opening) is None

    def _told(self, served: Served, opening: Open) -> Told:
        """What follows from the request alone, as far as it is needed, and why nothing else is known of whose it is."""
        told = self._requested(served, opening)
        if served.recollection is None or (why := self._sources.recalling.why_not(opening)) is None:
            return told
        return *told, served.recollection.nothing(why)

    def _requested(self, served: Served, opening: Open) -> Told:
        """Link, viewer, place. What is pinned wins."""
        link = served.links.read(opening)
        if not served.needs_viewer:
            return (link,)
        sources, pinned = self._sources, opening.pinned
        viewer = sources.viewers.read(opening)
        if pinned:
            viewer = {**viewer, **pinned}
        if not served.needs_place:
            return link, viewer
        place = sources.places.read(
            opening,
            via=viewer[VIA].value or "",
            prefetch=viewer[PREFETCH].value is True,
            machine=viewer[MACHINE].value is True,
            declared=served.declared,
            location_allowed=sources.location_allowed,
        )
        return link, viewer, {**place, **pinned} if pinned else place

    def _laid(self, served: Served, opening: Open, told: Told) -> Facts:
        """The table: what was told, what the clock and remembered weather say of it. What stays out is pending."""
        sources, pinned, now = self._sources, opening.pinned, opening.now
        readings: dict[str, Reading] = {**told[0], **served.settled}
        for mapping in told[1:]:
            readings.update(mapping)
        if self._recalls(served, opening):
            readings.update(sources.recalling.at_once(served, opening, sources.viewers.read(opening)) or {})
        zone = sources.zone
        if served.needs_place:
            zone = sources.clocks.zone_for(_value(readings, "geo.time_zone"), _value(readings, "geo.country"))
            times = self._time(now, readings, served.times) if served.times else {}
            weather = self._remembered_weather(now, readings) if served.needs_weather else {}
            readings.update(times)
            readings.update(weather)
        if served.needs_language:
            readings.update(self._language(served, {**readings, **pinned} if pinned else readings))
        if pinned:
            readings.update(pinned)
        return Facts(now, zone, readings, opening.recipient)

    def _time(self, now: float, readings: Readings, wanted: frozenset[str]) -> Readings:
        return self._sources.clocks.readings(
            now,
            zone_name=_value(readings, "geo.time_zone"),
            country=_value(readings, "geo.country"),
            region=_value(readings, "geo.region"),
            latitude=_value(readings, "geo.latitude"),
            wanted=wanted,
        )

    def _remembered_weather(self, now: float, readings: Readings) -> Readings:
        latitude, longitude = _value(readings, "geo.latitude"), _value(readings, "geo.longitude")
        if latitude is None or longitude is None:
            hidden = readings.get("geo.latitude")
            why = hidden.why_unknown if hidden is not None and hidden.why_unknown else Why.NO_PLACE
            return _weather_unknown(why)
        return self._sources.weather.remembered(latitude, longitude, now) or {}

    def _language(self, served: Served, readings: Mapping[str, Reading]) -> Readings:
        """The first readable signal of the site's `language:`, else its first language; nothing before all are told."""
        for name in self._sources.language:
            reading = readings.get(name)
            if reading is None and served.recollection is not None and name in served.recollection.names:
                return {}
            if reading is not None and isinstance(reading.value, str):
                spoken = self._spoken.get((name, reading.value))
                if spoken is None:
                    spoken = self._speaks(name, reading.value)
                if spoken.value is not None:
                    return {LANGUAGE: spoken}
        return {LANGUAGE: self._first_language}

    def _speaks(self, name: str, value: str) -> Reading:
        """The site's language that a value means, or a reading without one; remembered, as there are few."""
        found = Reading(LANGUAGE, spoken_for(value, self._sources.languages), 0.0, source=name)
        if len(self._spoken) < WORDS_REMEMBERED:
            self._spoken[name, value] = found
        return found

    async def _fetch(
        self, served: Served, opening: Open, wants: frozenset[str], facts: Facts, seconds: float
    ) -> Readings:
        """What is wanted of the weather and of the recipient, both asked at once, with why the rest is unknown."""
        weather, recalled = await asyncio.gather(
            self._weather(wants, facts, seconds), self._recalled(served, opening, wants, facts)
        )
        fetched = {**weather, **recalled}
        return {
            name: fetched.get(name) or unknown(name, Why.UPSTREAM_LATE, as_of=facts.now, until=facts.now + RETRY_S)
            for name in wants | fetched.keys()
            if name not in facts.readings
        }

    async def _weather(self, wants: frozenset[str], facts: Facts, seconds: float) -> Readings:
        latitude, longitude = _value(facts.readings, "geo.latitude"), _value(facts.readings, "geo.longitude")
        if latitude is None or longitude is None or seconds <= 0 or not any(map(is_weather, wants)):
            return {}
        return await self._sources.weather.fetch(latitude, longitude, facts.now, seconds)

    async def _recalled(self, served: Served, opening: Open, wants: frozenset[str], facts: Facts) -> Readings:
        """What is known of the recipient, and the language that follows from it."""
        about = served.recollection
        if about is None or wants.isdisjoint({*about.names, LANGUAGE}):
            return {}
        recalled = await self._sources.recalling.recall(served, opening, self._sources.viewers.read(opening))
        spoken = self._language(served, {**recalled, **facts.readings}) if served.needs_language else {}
        return {**recalled, **spoken}


WORDS_REMEMBERED = 256
"""Values of language signals whose meaning is remembered."""

RETRY_S = 5.0
"""How long an answer that missed its deadline stands before it is worth asking again."""


@cache
def _weather_unknown(why: Why) -> Readings:
    """No place, no weather; the same table for everybody with the same reason."""
    return {signal.name: unknown(signal.name, why, as_of=0.0, source="place") for signal in WEATHER}


def _value(readings: Mapping[str, Reading], name: str) -> Any:
    """A reading's value, None where there is none."""
    reading = readings.get(name)
    return None if reading is None or reading.value is EMPTY else reading.value
