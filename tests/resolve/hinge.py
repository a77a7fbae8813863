"""The hinge with honest stand-ins around it: sources and a memory that count who asked them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.authoring.compiled import CompiledSite
from app.authoring.library import check
from app.engine.opens import Open
from app.engine.readings import Reading, Why, unknown
from app.engine.signals import WEATHER
from app.ports import Memory, Readings
from app.recipients.person import Person
from app.recipients.showings import Mail, Past, Showing
from app.resolve.hinge import Resolver
from app.resolve.recalling import Recalling
from app.resolve.served import Served
from app.resolve.surroundings import Sources
from app.resolve.truths import Truths
from app.wiring import makers
from app.wiring.world import World

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC).timestamp()


PLACE = {
    "geo.country": "DE", "geo.region": "DE-HH", "geo.city": "Hamburg", "geo.latitude": 53.55, "geo.longitude": 10.0,
    "geo.time_zone": "Europe/Berlin", "geo.source": "ip",
}  # fmt: skip


@dataclass
class Asked:
    """Who was asked for what."""

    viewers: int = 0
    places: int = 0
    clocks: int = 0
    weather: list[tuple[float, float, float]] = field(default_factory=list)


@dataclass
class Everybody:
    """Honest stand-ins for viewers, places, clocks and weather that count; `sky` is None where it must be fetched."""

    asked: Asked
    site: CompiledSite
    sky: Readings | None = None
    fetched: Readings = field(default_factory=dict)
    located: bool = True
    place: Mapping[str, Any] = field(default_factory=lambda: PLACE)
    attribution: None = None

    def viewer(self) -> Viewers:
        return Viewers(self)

    def read(self, opening: Open, *, location_allowed: bool, **_: Any) -> Readings:
        self.asked.places += 1
        if not (self.located and location_allowed):
            why = Why.HIDDEN_BY_PROXY if location_allowed else Why.NOT_PERMITTED
            return {name: unknown(name, why, as_of=opening.now) for name in PLACE}
        return {name: Reading(name, value, opening.now, source="test") for name, value in self.place.items()}

    def zone_for(self, zone_name: str | None, country: str | None) -> Any:
        return self.site.clocks.zone_for(zone_name, country)

    def readings(self, now: float, **given: Any) -> Readings:
        self.asked.clocks += 1
        return self.site.clocks.readings(now, **given)

    def remembered(self, latitude: float, longitude: float, now: float) -> Readings | None:
        return self.sky

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Readings:
        self.asked.weather.append((latitude, longitude, deadline))
        return self.fetched

    async def aclose(self) -> None:
        """Nothing is open."""


class Viewers:
    """Recognises nobody."""

    def __init__(self, everybody: Everybody) -> None:
        self._everybody = everybody

    def read(self, opening: Open) -> Readings:
        self._everybody.asked.viewers += 1
        values = {"open.via": "direct", "open.prefetch": False, "open.machine": False, "device.os": "ios"}
        return {name: Reading(name, value, opening.now) for name, value in values.items()}


def compiled(world: World, folder: Path) -> CompiledSite:
    checked = check(folder, makers.toolbox(world), makers.preflight(world, folder))
    assert checked.good, checked.problems.render()
    return checked.site


def served(site: CompiledSite, name: str) -> Served:
    placeholder = site.placeholders[name]
    return makers.served(site, placeholder, next(iter(placeholder.campaigns.values())).ruleset)


def resolver(
    site: CompiledSite, everybody: Everybody, *, memory: Memory | None = None, timer: Callable[[], float] = lambda: NOON
) -> Resolver:
    sources = Sources(
        viewers=everybody.viewer(),
        places=everybody,
        clocks=everybody,
        weather=everybody,
        zone=site.zone,
        languages=site.document.languages,
        language=site.document.language,
        truths=Truths(timer),
        recalling=Recalling(memory),
    )
    return Resolver(sources, lambda: NOON)


def sky(condition: str) -> Mapping[str, Reading]:
    """A whole table of weather, as a source hands it out."""
    table = {signal.name: unknown(signal.name, Why.NOT_OFFERED, as_of=NOON) for signal in WEATHER}
    return {**table, "weather.condition": Reading("weather.condition", condition, NOON, NOON + 600, "test")}


@dataclass
class Page:
    """A memory of one recipient; where it is `far`, it takes a round trip."""

    past: Past
    far: bool = False
    asked: list[str] = field(default_factory=list)

    def at_once(self, mail: Mail) -> Past | None:
        self.asked.append(mail.recipient)
        return None if self.far else self.past

    async def recall(self, mail: Mail) -> Past:
        self.asked.append(f"far {mail.recipient}")
        return self.past

    def keep(self, showing: Showing) -> bool:
        return True


HOURS = "placeholder: hours\nrules: [{name: noon, when: {time.hour: 12}, show: nothing}]\notherwise: {}\n"
YES, NO = Person(consent={"location": True}), Person(consent={"location": False})
