"""The composition root: the only place that names concrete classes. It reads like a table of contents.

Everything is made here and handed inwards; nothing is opened at import. What can be broken by content or files never
stops the process: it is logged, counted, and something lesser serves.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app import __version__
from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.site import Site
from app.authoring.library import Edition, Library
from app.authoring.sets import Sets
from app.authoring.toolbox import Toolbox
from app.edge.cloudflare import Cloudflare
from app.edge.dialect import Dialect
from app.edge.plain import Plain
from app.edge.policy import sharing
from app.engine.calendar import Zone, find_zone
from app.engine.decide import Decider
from app.engine.remembering import ENTRIES
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE, Purpose
from app.ports import Clocks, Weather
from app.recalling import Recalling
from app.recipients.recollection import Permits, Recollection
from app.rehearsals import rehearsals
from app.render.assets import Assets
from app.render.cache import PictureCache
from app.render.fallbacks import Job, fallback_pictures, neutral_pictures
from app.render.fonts import Fonts
from app.render.layers import LAYERS
from app.render.paint import Painter
from app.render.pool import PaintPool
from app.render.preflight import PaintersPreflight
from app.render.templates import Templates
from app.render.ticking import Countdowns
from app.resolve import Resolver, Sources
from app.served import Served
from app.serving import Gallery, Serving, Shown
from app.settings import Settings
from app.sources.clock import Clockwork
from app.sources.device import MailViewers
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.cities import Cities
from app.sources.geo.city_file import CityFile
from app.sources.geo.country import Countries
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.source import GeoSource
from app.sources.geo.swap import Swapped
from app.sources.geo.zones import zone_at
from app.sources.holidays import HolidayTable
from app.sources.link import UrlLinks
from app.sources.viewer import identify
from app.sources.weather.recorded import RecordedWeather
from app.stores.opening import sqlite_store, store_at
from app.stores.store import Store
from app.telemetry import Telemetry, logger

if TYPE_CHECKING:
    from app.sources.http import GuardedClient

SPOKEN: Final = ("plain", "cloudflare")
DECISIONS: Final = 1 << 15
"""Decisions that one process remembers at most, some 2 KB each; shared out among the campaigns of a site."""
LEAST_DECISIONS: Final = 128
PRODUCT: Final = f"onopen/{__version__}"


@dataclass(frozen=True, slots=True)
class World:
    """What one process has only once, whatever edition of the site is served."""

    settings: Settings
    telemetry: Telemetry
    weather: Weather
    client: GuardedClient | None
    addresses: AddressBook
    cities: Cities
    countries: Countries
    postcodes: Swapped[Postcodes] | None
    holidays: HolidayTable
    fonts: Fonts
    pictures: PictureCache
    templates: Templates
    pool: PaintPool[bytes]
    compiling: PaintPool[None]
    store: Store | None = None

    async def aclose(self) -> None:
        """End what runs in the background."""
        if self.store is not None:
            await self.store.upkeep.aclose()
        await self.weather.aclose()
        if self.client is not None:
            await self.client.aclose()
        self.pool.close()
        self.compiling.close()


def world(
    settings: Settings,
    *,
    clock: Callable[[], float] = time.time,
    json_logs: bool = True,
    state: Path | None = None,
) -> World:
    """Make everything that lives as long as the process.

    Below `state` compiled countdowns are kept, and recipients unless a store is set; without it neither is.
    """
    telemetry = Telemetry(logger(settings.log_level, json=json_logs), sample=settings.log_sample, chance=random.random)
    weather, client = _weather(settings, telemetry, clock)
    geo = settings.geo
    files = {
        "city": Swapped("ONOPEN_GEO__CITY_FILE", geo.city_file, CityFile) if geo.city_file else None,
        "egress": Swapped("ONOPEN_GEO__APPLE_EGRESS_FILE", geo.apple_egress_file, read_egress)
        if geo.apple_egress_file
        else None,
    }
    postcodes = Swapped("ONOPEN_GEO__POSTCODE_FILE", geo.postcode_file, Postcodes) if geo.postcode_file else None
    made = World(
        settings=settings,
        telemetry=telemetry,
        weather=weather,
        client=client,
        addresses=AddressBook(city_file=files["city"], egress=files["egress"]),  # type: ignore[arg-type]
        cities=Cities(),
        countries=Countries(),
        postcodes=postcodes,
        holidays=HolidayTable(),
        fonts=Fonts(),
        pictures=PictureCache(settings.cache_mb << 20),
        templates=Templates(state and state / "countdowns", settings.template_mb << 20),
        pool=PaintPool(workers=settings.render_threads, queue=settings.render_queue),
        compiling=PaintPool(workers=1),
        store=store(settings, state, clock, lost=partial(telemetry.count, "showings_lost")) if state else None,
    )
    refresh_files(made)
    return made


def refresh_files(made: World) -> None:
    """Take over the operator's files that were replaced; a bad one is logged, and the one in use stays."""
    telemetry = made.telemetry
    files: list[Swapped[Any]] = [*made.addresses.files, *((made.postcodes,) if made.postcodes else ())]
    for file in files:
        before = file.problem
        if file.refresh():
            telemetry.log.info("file taken over", file=file.name, as_of=file.as_of)
        if file.problem and file.problem != before:
            telemetry.log.error("file refused", file=file.name, problem=file.problem)
        if file.name == "ONOPEN_GEO__CITY_FILE" and file.as_of:
            telemetry.set("city_file_built", file.as_of)


def _weather(
    settings: Settings, telemetry: Telemetry, clock: Callable[[], float]
) -> tuple[Weather, GuardedClient | None]:
    wanted = settings.weather
    if wanted.vendor == "recorded":
        return RecordedWeather.packaged(), None
    from app.sources.http import GuardedClient  # httpx is a tenth of a start, and not everybody asks a vendor
    from app.sources.weather.source import WeatherSource
    from app.sources.weather.vendors import vendor_named

    host = urlsplit(wanted.url).hostname if wanted.url else None
    agent = f"{PRODUCT} {wanted.contact}".strip()
    client = GuardedClient(user_agent=agent, trusted_hosts=(host,) if host else ())

    def tell(words: str) -> None:
        telemetry.log.warning("upstream", said=words)

    key = wanted.key.get_secret_value() if wanted.key else ""
    vendor = vendor_named(wanted.vendor, url=wanted.url, key=key, user_agent=agent)
    source = WeatherSource(vendor, client, clock=clock, zone_of=_zone_of, tally=telemetry, tell=tell)
    return source, client


def _zone_of(latitude: float, longitude: float) -> tzinfo:
    name = zone_at(latitude, longitude)
    return ZoneInfo(name) if name else UTC


def store(settings: Settings, state: Path, clock: Callable[[], float], *, lost: Callable[[], None]) -> Store:
    """Where recipients are remembered; `lost` is called for each thing shown that could not be. Raises SettingError."""
    if settings.store is None:
        return sqlite_store(state / "store.db", clock=clock, lost=lost)
    return store_at(settings.store.get_secret_value(), clock=clock, lost=lost)


def dialect(made: World) -> Dialect:
    """Whom in front of us we listen to. What is not spoken yet is said, and heard as plain forwarding headers."""
    wanted = made.settings.edge.dialect
    if wanted not in SPOKEN:
        made.telemetry.log.warning("dialect", said=f"{wanted} is heard like plain in this release")
    return Cloudflare() if wanted == "cloudflare" else Plain()


def toolbox(made: World) -> Toolbox:
    """What authoring is handed."""

    def find_city(name: str) -> tuple[float, float] | None:
        city = made.cities.find(name)
        return (city.latitude, city.longitude) if city else None

    return Toolbox(CATALOGUE, LAYERS, find_city, lambda site: clocks(made, site))


def clocks(made: World, site: Site) -> Clocks:
    """The clocks of a site."""
    return Clockwork(
        dayparts=site.dayparts,
        zone=site.time_zone,
        lands=made.countries,
        holidays=made.holidays,
        country=site.country,
    )


def preflight(made: World, folder: Path) -> PaintersPreflight:
    """The painters' answers about a site folder."""
    return PaintersPreflight(folder, made.fonts)


def library(made: World, folder: Path, state: Path) -> Library:
    """The editions of a site folder."""
    return Library(folder, Sets.of(folder, state), toolbox(made), partial(preflight, made))


def resolver(made: World, site: CompiledSite, clock: Callable[[], float]) -> Resolver:
    """Whom a site asks."""
    document = site.document
    places = GeoSource(
        addresses=made.addresses,
        cities=made.cities,
        countries=made.countries,
        postcodes=made.postcodes,
        order=document.place,
        home=document.country,
        language=document.languages[0],
    )
    sources = Sources(
        viewers=MailViewers(made.addresses.apples),
        places=places,
        clocks=site.clocks,
        weather=made.weather,
        zone=site.zone,
        languages=document.languages,
        language=document.language,
        location_allowed=document.consent.location != "asked",
        recalling=Recalling(made.store, document.recipients.trust_plain_ids, _measures_opens(site)),
    )
    return Resolver(sources, clock)


def _measures_opens(site: CompiledSite) -> bool:
    return site.document.consent.measurement == "individual"


def painter(made: World, folder: Path) -> Painter:
    """A painter with the assets of a site folder."""
    return Painter(Assets([folder / "assets"]), made.fonts.with_own(folder / "assets"))


def countdowns(made: World, painting: Painter) -> Countdowns:
    """The countdowns of the pictures that a painter paints."""
    return Countdowns(painting, made.templates)


def warm(made: World, site: CompiledSite, now: float) -> None:
    """Load the tables that the first open would otherwise wait for."""
    made.cities.warm()
    made.countries.find(site.document.country or "DE")
    year = datetime.fromtimestamp(now, UTC).year
    made.holidays.warm((site.document.country,) if site.document.country else (), (year, year + 1))
    identify("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")


def serving(made: World, edition: Edition, clock: Callable[[], float]) -> Serving:
    """An edition, ready to answer."""
    site = edition.site
    painting = painter(made, edition.folder)
    painting.assets.take_stock()
    later: list[Job] = []
    shown = {name: _shown(site, one, painting, later) for name, one in site.placeholders.items()}
    ticking = countdowns(made, painting)
    later += [*rehearsals(site, ticking, clock()), partial(made.templates.tidy, clock())]
    threading.Thread(target=_run_each, args=(later,), name="fallbacks", daemon=True).start()
    return Serving(
        digest=site.digest,
        placeholders=shown,
        resolver=resolver(made, site, clock),
        gallery=_gallery(made, painting, ticking),
        home=site.document.home,
        neutral=neutral_pictures(),
        tellable=site.tellable,
    )


def nothing_to_serve(made: World, clock: Callable[[], float], home: str = "") -> Serving:
    """What is served while there is no good set at all: neutral pictures, and links to the site's home."""
    empty = CompiledSite(Site(home="https://localhost/"), _utc(), clocks(made, Site(home="https://localhost/")), {}, "")
    painting = Painter(Assets([]), made.fonts)
    gallery = _gallery(made, painting, countdowns(made, painting))
    return Serving("", {}, resolver(made, empty, clock), gallery, home or "/", neutral_pictures())


def _gallery(made: World, painting: Painter, ticking: Countdowns) -> Gallery:
    return Gallery(painting, ticking, made.pictures, made.pool, made.compiling, made.telemetry)


def served(site: CompiledSite, placeholder: CompiledPlaceholder, ruleset: Ruleset, room: int = ENTRIES) -> Served:
    """One placeholder in one campaign, ready to be decided."""
    declared, consent = frozenset(param.name for param in placeholder.params), site.document.consent
    needs = {Purpose.LOCATION: consent.location, Purpose.BEHAVIOUR: consent.behaviour}
    about = partial(Recollection.of, site.tellable, Permits(needs, _measures_opens(site)))
    return Served.of(Decider(ruleset), UrlLinks(placeholder.params), declared, site.document.language, about, room)


def _shown(site: CompiledSite, placeholder: CompiledPlaceholder, painting: Painter, later: list[Job]) -> Shown:
    room = _room(site)
    campaigns = {
        name: served(site, placeholder, campaign.ruleset, room) for name, campaign in placeholder.campaigns.items()
    }
    shareable = {
        name: sharing(served.reads, served.decider.ruleset.catalogue).shareable for name, served in campaigns.items()
    }
    design: Any = placeholder.design  # the painters' own, which authoring sees through its Protocol
    fallbacks = fallback_pictures(painting, design, placeholder.defaults, placeholder.document.format, later)
    return Shown(
        placeholder.name, placeholder.document.format, placeholder.design, campaigns, shareable, fallbacks, room
    )


def _room(site: CompiledSite) -> int:
    """How many decisions each campaign may remember, so that a site of many does not outgrow the process."""
    campaigns = sum(len(placeholder.campaigns) for placeholder in site.placeholders.values())
    return max(LEAST_DECISIONS, min(ENTRIES, DECISIONS // max(1, campaigns)))


def _run_each(jobs: list[Job]) -> None:
    for job in jobs:
        job()


def _utc() -> Zone:
    found = find_zone("UTC")
    assert found is not None, "the time-zone database has UTC"
    return found
