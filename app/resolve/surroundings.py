"""Where, when and under which sky a mail is opened: what is told of that without waiting.

Clocks and weather follow from the place, and the place, where the site asks for consent or profiles tell it, from what
the recipient says of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from app.engine.calendar import Zone
from app.engine.facts import Facts
from app.engine.opens import Open
from app.engine.readings import EMPTY, FOREVER, Reading, Rung, Why, unknown
from app.engine.remembering import Told
from app.engine.signals import GEO, WEATHER
from app.ports import Clocks, Offers, Places, Readings, Viewers, Weather
from app.recipients.showings import Past
from app.recipients.whereabouts import Located
from app.resolve.recalling import Recalling
from app.resolve.served import MACHINE, PREFETCH, VIA, Served
from app.resolve.truths import Truth, Truths

RETRY_S: Final = 5.0
"""How long an answer that missed its deadline stands before it is worth asking again."""

PLACE: Final = tuple(signal.name for signal in GEO)
SKY: Final = tuple(signal.name for signal in WEATHER)
ANYBODY: Final = Located()


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
    truths: Truths
    recalling: Recalling = field(default_factory=Recalling)
    offers: Offers | None = None


class Surroundings:
    """What the sources of a site tell of an opening."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def told(self, served: Served, opening: Open, past: Past | None) -> Told:
        """Link, viewer, place. What is pinned wins."""
        link = served.links.read(opening)
        if not served.needs_viewer:
            return (link,)
        pinned = opening.pinned
        viewer = self._sources.viewers.read(opening)
        if pinned:
            viewer = {**viewer, **pinned}
        if not served.needs_place:
            return link, viewer
        place = self._sources.truths.place(opening, viewer, self._place(served, opening, viewer, past))
        return link, viewer, {**place, **pinned} if pinned else place

    def _place(self, served: Served, opening: Open, viewer: Readings, past: Past | None) -> Readings:
        """Where it is opened, as far as the recipient lets it be known; while the store is silent nobody can tell."""
        located = ANYBODY
        if served.whereabouts is not None:
            if past is not None and past.why_unknown is not None:
                return _unknown(PLACE, past.why_unknown, opening.now)
            believed = self._sources.recalling.why_not(opening) is None
            located = served.whereabouts.located(past.person if past else None, believed=believed)
        return self._sources.places.read(
            opening,
            via=viewer[VIA].value or "",
            prefetch=viewer[PREFETCH].value is True,
            machine=viewer[MACHINE].value is True,
            declared=served.declared,
            recipient=located.words,
            location_allowed=located.allowed,
        )

    def around(self, served: Served, opening: Open, readings: Readings) -> tuple[Zone, Readings]:
        """The zone at a place that was told, and what clock and remembered weather say there."""
        truth = self._sources.truths.find(opening, readings)
        clock = opening.now if truth is None else truth.clock
        zone = self._sources.clocks.zone_for(value(readings, "geo.time_zone"), value(readings, "geo.country"))
        times = self._time(clock, readings, served.times) if served.times else {}
        weather = self._sky(truth, opening.now, readings) if served.needs_weather else {}
        return zone, {**times, **weather}

    async def sky(self, opening: Open, facts: Facts, seconds: float) -> Readings:
        """The weather at a place that was told, asked for; empty where there is no place or no time."""
        latitude, longitude = value(facts.readings, "geo.latitude"), value(facts.readings, "geo.longitude")
        if latitude is None or longitude is None or seconds <= 0:
            return {}
        told = await self._sources.weather.fetch(latitude, longitude, facts.now, seconds)
        truth = self._sources.truths.find(opening, facts.readings)
        if truth is not None and truth.sky is None and truth.is_at(facts.readings):
            truth.sky = told
        return told

    def _sky(self, truth: Truth | None, now: float, readings: Readings) -> Readings:
        """What the mail was told of the weather first, or what is remembered of it."""
        if truth is None or not truth.is_at(readings):
            return self._weather(now, readings)
        if truth.sky is None:
            truth.sky = self._weather(now, readings) or None
        return truth.sky or {}

    def _time(self, now: float, readings: Readings, wanted: frozenset[str]) -> Readings:
        """What the clock says; by the site's own, and on the rung of what is missing, where no zone could be told."""
        told = self._sources.clocks.readings(
            now,
            zone_name=value(readings, "geo.time_zone"),
            country=value(readings, "geo.country"),
            region=value(readings, "geo.region"),
            latitude=value(readings, "geo.latitude"),
            wanted=wanted,
        )
        zone = readings["geo.time_zone"]
        if zone.rung is Rung.LIVE:
            return told
        return {name: one._replace(rung=zone.rung, until=min(one.until, zone.until)) for name, one in told.items()}

    def _weather(self, now: float, readings: Readings) -> Readings:
        latitude, longitude = value(readings, "geo.latitude"), value(readings, "geo.longitude")
        if latitude is None or longitude is None:
            why = readings["geo.latitude"].why_unknown or Why.NO_PLACE
            return _unknown(SKY, why, now) if why.failure else _weather_unknown(why)
        return self._sources.weather.remembered(latitude, longitude, now) or {}


def _unknown(names: Iterable[str], why: Why, now: float) -> Readings:
    """All of these unknown, of a failure for as long as it is not worth asking again."""
    until = now + RETRY_S if why.failure else FOREVER
    return {name: unknown(name, why, as_of=now, until=until) for name in names}


@cache
def _weather_unknown(why: Why) -> Readings:
    """No place, no weather; the same table for everybody with the same reason."""
    return {name: unknown(name, why, as_of=0.0, source="place") for name in SKY}


def value(readings: Mapping[str, Reading], name: str) -> Any:
    """A reading's value, None where there is none."""
    reading = readings.get(name)
    return None if reading is None or reading.value is EMPTY else reading.value
