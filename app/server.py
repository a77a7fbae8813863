"""The server of one process, put together: what `onopen serve` runs in every worker.

It makes no source, painter or store; those come from `world` and `wiring`. What belongs here is what only a server has:
the desk, the ways in, and what it does again and again.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Awaitable, Callable
from functools import partial
from ipaddress import ip_network
from pathlib import Path

from starlette.routing import BaseRoute

from app.environment import load
from app.keyring import Keyring
from app.recall.recalls import Recalls
from app.running.following import LOOK_S, Following
from app.running.housekeeping import FORGET_S, Housekeeping
from app.running.reloading import Watch, begun
from app.running.surveying import SURVEY_S, Survey
from app.serving.desk import Desk
from app.settings import Settings
from app.sites import find_site, state_directory
from app.stores.store import Store
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
from app.wiring import makers
from app.wiring.fronts import dialect
from app.wiring.purges import purging as purging_for
from app.wiring.world import World, world_of

Clock = Callable[[], float]

TICK_S = 1.0
"""How often counters are carried over, so that workers can be added up."""


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
    library = makers.library(world, site, state)
    desk = Desk(begun(world, library, clock))
    opens = _opens(settings, world, clock)
    budget_s, timer = settings.budget_ms / 1000, time.perf_counter
    following = Following(_store(world).withdrawals, world.withdrawn, desk, world.telemetry)
    keeping = Housekeeping(_store(world).upkeep, world.telemetry, clock)
    tick_s = min(TICK_S, settings.reload_s)
    watch = Watch(world, library, desk, clock, every=round(settings.reload_s / tick_s))
    surveys = [(Survey(world.tiles.fetch, desk, world.telemetry), SURVEY_S)] if world.tiles is not None else []
    return Server(
        images=Images(desk, opens, world.telemetry, budget_s=budget_s, timer=timer),
        links=Links(desk, opens, world.telemetry, budget_s=budget_s, timer=timer),
        pages=pages(
            _routes(settings, world, desk, opens, following, clock),
            begin=partial(_together, keeping.begin, following),
            rounds=((watch, tick_s), (following, LOOK_S), (keeping.forget, FORGET_S), *surveys),
            close=world.aclose,
        ),
    )


def _opens(settings: Settings, world: World, clock: Clock) -> Opens:
    """Where requests become opens."""
    trusted = [ip_network(one, strict=False) for one in settings.edge.trusted_proxies]
    vouching = Vouching(Tokens(_keyring(world)), clock, world.telemetry)
    merge_tags = MergeTags(world.telemetry, world.telemetry.log.warning)
    return Opens(Fence(trusted, dialect(settings)), clock, vouching, merge_tags, world.telemetry)


def _routes(
    settings: Settings, world: World, desk: Desk, opens: Opens, following: Following, clock: Clock
) -> list[BaseRoute]:
    """Every way in but pictures and links."""
    telemetry, store = world.telemetry, _store(world)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    shared = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    purging, _ = purging_for(settings, clock) or (None, None)
    recalls = Recalls(store.withdrawals, purging, following)
    return [
        *purge_routes(purging, telemetry, key),
        *recall_routes(RecallApi(desk, recalls, store, telemetry), telemetry, key),
        *api_routes(desk, store, telemetry, clock, key),
        *status_routes(desk, lambda: telemetry.exposition(shared), key),
        *why_routes(desk, opens, store, Seals(_keyring(world), clock), telemetry),
        *demo_routes(desk, clock, enabled=settings.demo),
    ]


def _store(world: World) -> Store:
    assert world.store is not None, "a server has a state directory"
    return world.store


def _keyring(world: World) -> Keyring:
    assert world.keyring is not None, "a server has a state directory"
    return world.keyring


async def _together(*begin: Callable[[], Awaitable[None]]) -> None:
    """Begin all at once: a start waits for a silent store only as long as for one of them."""
    await asyncio.gather(*(one() for one in begin))
