"""Weather out of a small file, for demos and tests on a machine without a network.

It answers for places within 50 km of those in the file and says "not offered" everywhere else: it invents nothing
beyond what was written down. Times move with the clock, so that what it tells is always a few minutes old.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import resources
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

import yaml
from cachetools import LRUCache

from app.engine.readings import Reading, Why
from app.sources.weather.grid import Cell, cell_of
from app.sources.weather.readings import Sight, nothing, seen
from app.sources.weather.report import HOUR, Day, Report, Step
from app.sources.weather.vendor import Attribution

SLOT_S: Final = 600.0
REACH_KM: Final = 50.0
_EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the file; `next_rain_s` is None where no rain is in sight."""

    name: str
    latitude: float
    longitude: float
    zone: ZoneInfo
    now: Mapping[str, Any]
    sun: tuple[time, time]
    next_rain_s: float | None
    today: Day
    tomorrow: Day

    def report(self, at: float) -> Report:
        """What is written down, as if it had been seen at `at`."""
        date = datetime.fromtimestamp(at, self.zone).date()
        rises, sets = (datetime.combine(date, clock, self.zone).timestamp() for clock in self.sun)
        today = Day(sunrise=rises, sunset=sets).or_else(self.today)
        spells = () if self.next_rain_s is None else ((at + self.next_rain_s, at + self.next_rain_s + HOUR),)
        return Report(
            zone=self.zone,
            observed=Step(at=at, **self.now),
            days={date: today, date + timedelta(days=1): self.tomorrow},
            spells=spells,
            sees_until=at + 24 * HOUR,
        )


class RecordedWeather:
    """The vendor `recorded`: the doors of a weather source over a file, always answering at once."""

    name: ClassVar[str] = "recorded"
    attribution: ClassVar[Attribution | None] = None

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)
        self._near: LRUCache[Cell, Place | None] = LRUCache(4096)
        self._told: LRUCache[Cell | None, Sight] = LRUCache(1024)

    @classmethod
    def packaged(cls) -> RecordedWeather:
        """The file that comes with the package."""
        return cls(places_in(resources.files("app.sources.weather").joinpath("recorded.yaml").read_text("utf-8")))

    def remembered(self, latitude: float, longitude: float, now: float) -> Mapping[str, Reading]:
        """The readings at the nearest recorded place; never None."""
        cell = cell_of(latitude, longitude)
        known = self._told.get(cell)
        if known is not None and now < known.holds_until <= now + SLOT_S:
            return known.readings
        slot = now - now % SLOT_S
        place = None if cell is None else self._nearest(cell)
        if place is None:
            blank = nothing(Why.NOT_OFFERED, now=slot, until=slot + SLOT_S, source=self.name)
            sight = Sight(blank, slot + SLOT_S)
        else:
            sight = seen(place.report(slot), now=now, until=slot + SLOT_S, source=self.name)
        self._told[cell] = sight
        return sight.readings

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Mapping[str, Reading]:  # noqa: ARG002
        """The same as `remembered`: there is nobody to ask."""
        return self.remembered(latitude, longitude, now)

    async def aclose(self) -> None:
        """Nothing to close."""

    def _nearest(self, cell: Cell) -> Place | None:
        if cell not in self._near:
            far = [(_distance_km(cell, place), position) for position, place in enumerate(self._places)]
            distance, position = min(far, default=(math.inf, -1))
            self._near[cell] = self._places[position] if distance <= REACH_KM else None
        return self._near[cell]


def places_in(text: str) -> tuple[Place, ...]:
    """The places of a file's text.

    Raises:
        ValueError, KeyError, TypeError: the file is not of the shape described at its head.
    """
    return tuple(_place(entry) for entry in yaml.safe_load(text)["places"])


def _place(entry: Mapping[str, Any]) -> Place:
    latitude, longitude = entry["at"]
    rises, sets = (time.fromisoformat(clock) for clock in entry["sun"])
    wait = entry["next_rain"]
    now = {name: value if isinstance(value, str) else float(value) for name, value in entry["now"].items()}
    return Place(
        name=entry["name"],
        latitude=float(latitude),
        longitude=float(longitude),
        zone=ZoneInfo(entry["zone"]),
        now=now,
        sun=(rises, sets),
        next_rain_s=None if wait == "none" else float(wait) * 60,
        today=_day(entry["today"]),
        tomorrow=_day(entry["tomorrow"]),
    )


def _day(told: Mapping[str, Any]) -> Day:
    return Day(
        max=float(told["max"]),
        min=float(told["min"]),
        condition=str(told["condition"]),
        probability=float(told["precipitation_probability"]),
    )


def _distance_km(cell: Cell, place: Place) -> float:
    """Great-circle distance (haversine)."""
    north, south = math.radians(cell[0] / 10), math.radians(place.latitude)
    across = math.radians(cell[1] / 10 - place.longitude)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))
