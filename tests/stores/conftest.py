"""Every backend that there is, opened as often as a test wants, as if by several processes."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from app.recipients.events import Collection, Event
from app.recipients.hiding import Hider, Trace
from app.recipients.receipts import Kept, Lead, Receipt
from app.recipients.showings import Mail, Past, Showing
from app.stores.opening import store_at
from app.stores.retention import Retention
from app.stores.store import Store
from tests.support.redis_servers import PROGRAM, Cluster, RedisServer, redis_cluster, redis_server

HOUR = 3_600.0
DAY = 86_400.0
CART = {"cart": Collection("sku", frozenset({"added"}), frozenset({"removed", "purchase"}), 30 * DAY)}
NUMBERS = count()
SHOP = "https://shop.example/"
HIDERS = (Hider(b"in use"), Hider(b"in use before"))


@pytest.fixture(scope="session")
def _redis_is_there() -> None:
    """Without Redis its tests are skipped on a desk, and fail in CI."""
    if PROGRAM is None:
        assert "CI" not in os.environ, "CI has a redis-server"
        pytest.skip("NOT TESTED: the store in Redis. Install redis-server (Debian: apt install redis-server)")


@pytest.fixture(scope="session")
def redis(_redis_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server alone, shared by tests that do it no harm."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def cluster(_redis_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster, shared by tests that do it no harm."""
    with redis_cluster(tmp_path_factory.mktemp("cluster")) as servers:
        yield servers


@dataclass
class World:
    """A store, its clock, and how to open it once more."""

    address: str
    now: float = field(default_factory=time.time)
    lost: int = 0
    stores: list[Store] = field(default_factory=list)

    def open(self, **keep_d: float) -> Store:
        """The same store as another process has it, which keeps some kinds for so many days."""
        retention = Retention({kind: days * DAY for kind, days in keep_d.items()})
        store = store_at(self.address, clock=lambda: self.now, lost=self._lose, hiders=HIDERS, retention=retention)
        self.stores.append(store)
        return store

    async def close(self) -> None:
        for store in self.stores:
            await store.upkeep.aclose()

    def _lose(self) -> None:
        self.lost += 1


@pytest.fixture(params=["sqlite", "redis", "cluster"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """One of the backends, with nobody in it."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/store.db"
    elif request.param == "redis":
        server = request.getfixturevalue("redis")
        server.client.flushall()
        address = f"redis://127.0.0.1:{server.port}/0"
    else:
        cluster = request.getfixturevalue("cluster")
        for node in cluster.nodes[:3]:
            node.client.flushall()
        address = cluster.address
    made = World(address)
    yield made
    await made.close()


@pytest.fixture
async def store(world: World) -> Store:
    """The store of that world, opened once."""
    opened = world.open()
    await opened.upkeep.begin()
    return opened


def event(kind: str, at: float, recipient: str = "anna", *, id: str = "", **payload: object) -> Event:
    """An event that any shop could send; each has an id of its own unless one is given."""
    return Event(id or f"e{next(NUMBERS)}", recipient, kind, at, payload, "behaviour")


def mail(recipient: str = "anna", mailing: str = "newyear", placeholder: str = "hero") -> Mail:
    return Mail(recipient, mailing, placeholder)


async def recalled(store: Store, of: Mail | None = None) -> Past:
    """What the store answers; on a busy machine it may be silent, for it is given 50 ms."""
    for _ in range(100):
        past = await store.recall(of or mail())
        if past.why_unknown is None:
            return past
        await asyncio.sleep(0.05)
    raise AssertionError(past)


def showing(
    at: float, of: Mail | None = None, rule: str = "rain", *, counted: bool = True, certain: bool = True
) -> Showing:
    readings = {"geo.city": Kept("Ulm", at, None, "ip")}
    receipt = Receipt(at, "weather", rule, f"{SHOP}{rule}", "5f0c", {"photo": "x.jpg"}, readings, certain=certain)
    return Showing(of or mail(), receipt, counted)


def trace(at: float, of: Mail | None = None, rule: str = "rain", *, believed: bool = True, key: int = 0) -> Trace:
    of = of or mail()
    return Trace.left(of.recipient, HIDERS[key].hidden(of, believed=believed), Lead(rule, f"{SHOP}{rule}"), at)
