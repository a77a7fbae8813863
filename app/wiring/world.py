"""The composition root, first part: what one process has only once, whatever edition of the site is served.

Everything is made here and handed inwards; nothing is opened at import. What can be broken by files never stops the
process: it is logged, counted, and something lesser serves.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from app import __version__
from app.keyring import Keyring, keyring_of
from app.ports import Weather
from app.recall.withdrawn import FILE as WITHDRAWN_FILE, Mirror
from app.recipients.hiding import PURPOSE, Hider
from app.render.atlas import is_tile
from app.render.cache import PictureCache
from app.render.examining import Examiner
from app.render.fonts import Fonts
from app.render.pool import PaintPool
from app.render.templates import Templates
from app.resolve.truths import Truths
from app.settings import Settings
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.cities import Cities
from app.sources.geo.city_file import CityFile
from app.sources.geo.country import Countries
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.swap import Content, Swapped
from app.sources.geo.zones import zone_at
from app.sources.holidays import HolidayTable
from app.sources.weather.recorded import RecordedWeather
from app.stores.opening import sqlite_store, store_at
from app.stores.store import Store
from app.telemetry import Telemetry, logger
from app.wiring.keeping import retention_of

if TYPE_CHECKING:
    from app.sources.http import GuardedClient
    from app.sources.tiles import TileSource

PRODUCT: Final = f"onopen/{__version__}"
CITY_FILE: Final = "ONOPEN_GEO__CITY_FILE"


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
    examiner: Examiner
    pictures: PictureCache
    templates: Templates
    pool: PaintPool[bytes]
    compiling: PaintPool[None]
    truths: Truths
    tiles: TileSource | None = None
    keyring: Keyring | None = None
    store: Store | None = None
    withdrawn: Mirror = field(default_factory=Mirror)

    async def aclose(self) -> None:
        """End what runs in the background."""
        if self.store is not None:
            await self.store.upkeep.aclose()
        await self.weather.aclose()
        if self.tiles is not None:
            await self.tiles.aclose()
        if self.client is not None:
            await self.client.aclose()
        self.pool.close()
        self.compiling.close()


def world_of(
    settings: Settings,
    *,
    clock: Callable[[], float] = time.time,
    json_logs: bool = True,
    state: Path | None = None,
) -> World:
    """Make everything that lives as long as the process.

    Below `state` compiled countdowns and map tiles are kept, recipients unless a store is set, and a secret key unless
    one is set; without it none of them is.
    """
    telemetry = Telemetry(logger(settings.log_level, json=json_logs), sample=settings.log_sample, chance=random.random)
    weather, client = _weather(settings, telemetry, clock)
    geo = settings.geo
    keyring = keyring_for(settings, state) if state else None
    lost = partial(telemetry.count, "showings_lost")
    made = World(
        settings=settings,
        telemetry=telemetry,
        weather=weather,
        client=client,
        addresses=AddressBook(
            city_file=_file(CITY_FILE, geo.city_file, CityFile),
            egress=_file("ONOPEN_GEO__APPLE_EGRESS_FILE", geo.apple_egress_file, read_egress),
        ),
        cities=Cities(),
        countries=Countries(),
        postcodes=_file("ONOPEN_GEO__POSTCODE_FILE", geo.postcode_file, Postcodes),
        holidays=HolidayTable(),
        fonts=Fonts(),
        examiner=Examiner(),
        pictures=PictureCache(settings.cache_mb << 20),
        templates=Templates(state and state / "countdowns", settings.template_mb << 20),
        pool=PaintPool(workers=settings.render_threads, queue=settings.render_queue),
        compiling=PaintPool(workers=1),
        truths=Truths(clock),
        tiles=_tiles(settings, telemetry, clock, state),
        keyring=keyring,
        store=store_of(settings, state, clock, lost=lost, hiders=hiders(keyring)) if state else None,
        withdrawn=Mirror(state and state / WITHDRAWN_FILE),
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
        if file.name == CITY_FILE and file.as_of:
            telemetry.set("city_file_built", file.as_of)


def _file(name: str, path: Path | None, read: Callable[[Path], Content]) -> Swapped[Content] | None:
    """A file of the operator's, where the setting of that name says which."""
    return Swapped(name, path, read) if path else None


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
    agent = _agent(settings)
    client = GuardedClient(user_agent=agent, trusted_hosts=(host,) if host else ())

    key = wanted.key.get_secret_value() if wanted.key else ""
    vendor = vendor_named(wanted.vendor, url=wanted.url, key=key, user_agent=agent)
    source = WeatherSource(
        vendor, client, clock=clock, zone_of=_zone_of, tally=telemetry, tell=partial(_tell, telemetry)
    )
    return source, client


def _tiles(
    settings: Settings, telemetry: Telemetry, clock: Callable[[], float], state: Path | None
) -> TileSource | None:
    wanted = settings.map
    if wanted.tiles is None:
        return None
    from app.sources.http import GuardedClient  # as above
    from app.sources.tilefolder import TileFolder
    from app.sources.tiles import TileSource

    host = urlsplit(wanted.tiles).hostname
    client = GuardedClient(user_agent=_agent(settings), trusted_hosts=(host,) if host else ())
    key = wanted.key.get_secret_value() if wanted.key else ""
    address = wanted.tiles.replace("{key}", quote(key, safe=""))
    return TileSource(
        address,
        credit=wanted.attribution,
        client=client,
        folder=TileFolder(state and state / "tiles", address),
        whole=is_tile,
        clock=clock,
        tally=telemetry,
        tell=partial(_tell, telemetry),
    )


def _agent(settings: Settings) -> str:
    return f"{PRODUCT} {settings.weather.contact}".strip()


def _tell(telemetry: Telemetry, words: str) -> None:
    telemetry.log.warning("upstream", said=words)


def _zone_of(latitude: float, longitude: float) -> tzinfo:
    name = zone_at(latitude, longitude)
    return ZoneInfo(name) if name else UTC


def keyring_for(settings: Settings, state: Path) -> Keyring:
    """The secret keys that are set, or the one that is kept in the state directory."""
    now, before = settings.secret_key, settings.previous_secret_key
    return keyring_of(now.get_secret_value() if now else None, before.get_secret_value() if before else None, state)


def hiders(keyring: Keyring | None) -> tuple[Hider, ...]:
    """Who name the pages without a name: by the key in use, and by those that are still believed."""
    return tuple(Hider(key.for_purpose(PURPOSE)) for key in keyring.keys) if keyring is not None else ()


def store_of(
    settings: Settings,
    state: Path,
    clock: Callable[[], float],
    *,
    lost: Callable[[], None],
    hiders: Sequence[Hider] = (),
) -> Store:
    """Where recipients are remembered; `lost` is called for each thing shown that could not be. Raises SettingError.

    Whoever exports or erases hands in the `hiders`, so that pages without a name are reached, too.
    """
    retention = retention_of(settings.keep)
    if settings.store is None:
        return sqlite_store(state / "store.db", clock=clock, lost=lost, hiders=hiders, retention=retention)
    address = settings.store.get_secret_value()
    return store_at(address, clock=clock, lost=lost, hiders=hiders, retention=retention)
