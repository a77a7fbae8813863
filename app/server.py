"""The server of one process, put together: what `onopen serve` runs in every worker.

It names no source, painter or store; those come from `wiring` and `editions`. What belongs here is what only a server
has: the desk, the looking at the site folder, the routes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from ipaddress import ip_network
from pathlib import Path

from app import editions, wiring
from app.authoring.library import Edition, Library, Reload
from app.environment import load
from app.following import LOOK_S, Following
from app.fronts import dialect
from app.housekeeping import FORGET_S, Housekeeping
from app.purges import purging as purging_for
from app.recalls import Recalls
from app.render.allocator import give_back
from app.serving import Desk, Serving
from app.settings import Settings
from app.sites import find_site, state_directory
from app.surveying import SURVEY_S, Survey
from app.telemetry import Telemetry
from app.tokens import Tokens
from app.web.api import api_routes
from app.web.app import Server, pages
from app.web.demo import demo_routes
from app.web.fence import Fence
from app.web.images import Images
from app.web.links import Links
from app.web.mergetags import MergeTags
from app.web.opens import Opens
from app.web.purging import purge_routes
from app.web.recall import RecallApi, recall_routes
from app.web.status import status_routes
from app.web.vouching import Vouching
from app.web.why.routes import why_routes
from app.web.why.seals import Seals
from app.world import World, refresh_files, world_of

Clock = Callable[[], float]

TRIM_S = 10.0
"""How often freed memory is handed back."""

TICK_S = 1.0
"""How often counters are carried over, so that workers can be added up."""

LOOKS_PER_FILE_CHECK = 10
"""The operator's files are looked at once for so many looks at the site."""


class Watch:
    """Looks at the site and at the operator's files, and swaps the serving once."""

    def __init__(self, world: World, library: Library, desk: Desk, clock: Clock, *, every: int = 1) -> None:
        self._world = world
        self._library = library
        self._desk = desk
        self._clock = clock
        self._every = every
        self._ticks = 0
        self._looks = 0
        self._trimmed = clock()

    async def __call__(self) -> None:
        """One tick: carry the counters over, and at each `every`th look at the site."""
        telemetry = self._world.telemetry
        telemetry.flush()
        telemetry.set("picture_cache_bytes", self._world.pictures.bytes)
        self._ticks += 1
        if self._clock() - self._trimmed >= TRIM_S:
            self._trimmed = self._clock()
            await asyncio.to_thread(give_back)
        if self._ticks % self._every == 0:
            await self._look(telemetry)

    async def _look(self, telemetry: Telemetry) -> None:
        """One look, in a thread; trouble is logged and changes nothing."""
        self._looks += 1
        try:
            if self._looks % LOOKS_PER_FILE_CHECK == 0:
                await asyncio.to_thread(refresh_files, self._world)
            reload = await asyncio.to_thread(self._library.look)
            if reload is not None:
                say(telemetry, reload)
                if reload.edition is not None:
                    self._desk.serving = await asyncio.to_thread(
                        taken, self._world, self._library, reload.edition, self._clock
                    )
        except Exception as error:  # the old set goes on whatever a look runs into
            telemetry.failed("reload", error)


def begun(world: World, library: Library, clock: Clock) -> Serving:
    """What is served at first: the site, else its last good set, else neutral pictures. Content never fails a start."""
    home = ""
    unpacking = threading.Thread(target=world.cities.warm, name="cities", daemon=True)
    unpacking.start()  # a tenth of a start, on another core, while the site is being checked
    try:
        first = library.start()
        home = first.home
        say(world.telemetry, first)
        if first.edition is not None:
            return taken(world, library, first.edition, clock)
    except Exception as error:  # one worker that ends would end them all
        world.telemetry.failed("start", error)
    try:
        older = library.last_good()
        if older is not None:
            world.telemetry.count("reloads", outcome="last-good")
            return taken(world, library, older, clock)
    except Exception as error:  # as above
        world.telemetry.failed("last good set", error)
    return editions.nothing_to_serve(world, clock, home)


def say(telemetry: Telemetry, reload: Reload) -> None:
    """Tell in log and metrics what became of a look at the site."""
    telemetry.count("reloads", outcome=reload.outcome)
    telemetry.set("site_problems", len(reload.problems.mistakes))
    for problem in reload.problems.failures:
        tell = telemetry.log.error if problem.severity == "problem" else telemetry.log.warning
        tell(
            problem.severity,
            at=f"{problem.file}:{problem.line}:{problem.column}",
            code=problem.code,
            said=problem.message,
        )


def taken(world: World, library: Library, edition: Edition, clock: Clock) -> Serving:
    """The edition made ready to answer; only now it is the one that a restart would fall back on."""
    made = editions.serving(world, edition, clock)
    editions.warm(world, edition.site, clock())
    world.telemetry.set("feed_rows_left_out", sum(feed.left_out for feed in edition.site.feeds.values()))
    try:
        library.confirm(edition)
    except OSError as error:  # then a restart finds an older one
        world.telemetry.failed("keeping the set", error)
    world.telemetry.set("last_reload_ok", clock())
    world.telemetry.log.info("serving", set=edition.site.digest, placeholders=len(edition.site.placeholders))
    return made


def application() -> Server:
    """The ASGI application of one worker, from the environment alone: uvicorn's `--factory`."""
    gc.disable()  # what is made now stays; the lifespan turns the collector on again
    settings, warnings = load()
    state = state_directory(settings.state_dir)
    world = world_of(settings, json_logs=settings.log == "json", state=state)
    for warning in warnings:
        world.telemetry.log.warning("setting", said=warning)
    return build(settings, world, find_site(settings.site), state)


def build(settings: Settings, world: World, site: Path, state: Path, clock: Clock = time.time) -> Server:
    """A server for a site folder. `clock` tells epoch seconds."""
    library = wiring.library(world, site, state)
    desk = Desk(begun(world, library, clock))
    trusted = [ip_network(one, strict=False) for one in settings.edge.trusted_proxies]
    assert world.keyring is not None, "a server has a state directory"
    vouching = Vouching(Tokens(world.keyring), clock, world.telemetry)
    merge_tags = MergeTags(world.telemetry, world.telemetry.log.warning)
    opens = Opens(Fence(trusted, dialect(settings)), clock, vouching, merge_tags, world.telemetry)
    budget_s, timer = settings.budget_ms / 1000, time.perf_counter
    key = settings.api_key.get_secret_value() if settings.api_key else None
    shared = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    store = world.store
    assert store is not None and world.keyring is not None, "a server has a state directory"
    purging = purging_for(settings, clock)
    keeping = Housekeeping(store.upkeep, world.telemetry, clock)
    following = Following(store.withdrawals, world.withdrawn, desk, world.telemetry)
    recalls = Recalls(store.withdrawals, purging and purging[0], following)
    routes = [
        *purge_routes(purging and purging[0], world.telemetry, key),
        *recall_routes(RecallApi(desk, recalls, store, world.telemetry), world.telemetry, key),
        *api_routes(desk, store, world.telemetry, clock, key),
        *status_routes(desk, lambda: world.telemetry.exposition(shared), key),
        *why_routes(desk, opens, store, Seals(world.keyring, clock), world.telemetry),
        *demo_routes(desk, clock, enabled=settings.demo),
    ]
    tick_s = min(TICK_S, settings.reload_s)
    watch = Watch(world, library, desk, clock, every=round(settings.reload_s / tick_s))
    surveys = [(Survey(world.tiles.fetch, desk, world.telemetry), SURVEY_S)] if world.tiles is not None else []
    return Server(
        images=Images(desk, opens, world.telemetry, budget_s=budget_s, timer=timer),
        links=Links(desk, opens, world.telemetry, budget_s=budget_s, timer=timer),
        pages=pages(
            routes,
            begin=partial(_together, keeping.begin, following),
            rounds=((watch, tick_s), (following, LOOK_S), (keeping.forget, FORGET_S), *surveys),
            close=world.aclose,
        ),
    )


async def _together(*begin: Callable[[], Awaitable[None]]) -> None:
    """Begin all at once: a start waits for a silent store only as long as for one of them."""
    await asyncio.gather(*(one() for one in begin))
