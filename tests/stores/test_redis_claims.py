"""How ids are claimed in Redis: what is left of a list that met another one, or whose process or server died."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

import pytest

from app.errors import Clash, StoreTrouble
from app.recipients.events import Event, Outcome
from app.stores.changes import REMEMBERED_S, Happening
from app.stores.erasures import Marks
from app.stores.redis import scripts
from app.stores.redis.amending import Amendment
from app.stores.redis.claims import KEY
from app.stores.redis.clients import Client, Pipeline, client_for
from app.stores.redis.nodes import Nodes
from app.stores.retention import Retention
from app.stores.store import Store
from tests.stores.conftest import DAY, HIDERS, World, event
from tests.support.redis_servers import RedisServer

STORED, DUPLICATE = Outcome.STORED, Outcome.DUPLICATE


class Interrupted:
    """A client and its pipelines, in front of whose first script of one kind something happens."""

    def __init__(self, client: Client, script: str, happen: Callable[[], Awaitable[object]]) -> None:
        self._client, self._script, self._happen = client, script, happen
        self._pipeline: Pipeline | None = None
        self._met = self._done = False

    def pipeline(self, transaction: object = None) -> Interrupted:
        self._pipeline = self._client.pipeline(transaction)
        return self

    def execute_command(self, *command: Any, **_: Any) -> Any:
        self._met |= command[1] == self._script
        return self._pipeline.execute_command(*command) if self._pipeline else self._alone(command)

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        assert self._pipeline is not None
        await self._interrupt()
        sent, self._pipeline = self._pipeline, None
        return await sent.execute(raise_on_error)

    async def _alone(self, command: tuple[Any, ...]) -> Any:
        await self._interrupt()
        return await self._client.execute_command(*command)

    async def _interrupt(self) -> None:
        if self._met and not self._done:
            self._done = True
            await self._happen()


@pytest.fixture
async def world(redis: RedisServer) -> AsyncIterator[World]:
    redis.client.flushall()
    made = World(f"redis://127.0.0.1:{redis.port}")
    yield made
    await made.close()


@pytest.fixture
async def client(redis: RedisServer) -> AsyncIterator[Client]:
    nodes = Nodes((("127.0.0.1", redis.port),), cluster=False, tls=False, user=None, password=None, database=0)
    connected = client_for(nodes, quick=False)
    yield connected
    await connected.aclose()


def amendment(
    client: Client, world: World, events: list[Event], script: str, happen: Callable[[], Awaitable[object]]
) -> Amendment:
    interrupted = cast(Client, Interrupted(client, script, happen))
    happenings = [Happening(one, {}) for one in events]
    return Amendment(interrupted, happenings, Marks(HIDERS), (), Retention().at(world.now))


def ids_in(redis: RedisServer) -> int:
    return len(redis.client.keys(KEY % "*"))


async def died() -> None:
    raise ConnectionError


async def test_a_list_that_is_too_late_with_an_id_gives_back_what_it_has_claimed(
    store: Store, world: World, client: Client, redis: RedisServer
) -> None:
    mine, taken = event("viewed", world.now, id="mine"), event("viewed", world.now, id="taken")
    faster = event("viewed", world.now, "ben", id="taken")
    late = amendment(client, world, [mine, taken], scripts.CLAIM_ID, lambda: store.record([faster], {}))
    await late.attempt()
    assert ids_in(redis) == 2
    with pytest.raises(Clash) as caught:
        await late.attempt()
    assert list(caught.value.positions) == [1]
    assert ids_in(redis) == 1
    assert await store.account("anna") is None
    assert await store.record([event("viewed", world.now, "carl", id="mine"), faster], {}) == [STORED, DUPLICATE]


async def test_what_is_given_back_is_not_taken_from_who_has_claimed_it_since(
    store: Store, world: World, client: Client
) -> None:
    same, taken = event("viewed", world.now, id="same"), event("viewed", world.now, id="taken")
    faster = event("viewed", world.now, "ben", id="taken")
    late = amendment(client, world, [same, taken], scripts.CLAIM_ID, lambda: store.record([faster], {}))
    await late.attempt()
    world.now += 1
    assert await world.open().record([same], {}) == [STORED]
    with pytest.raises(Clash):
        await late.attempt()
    with pytest.raises(Clash):
        await store.record([event("viewed", world.now, "carl", id="same")], {})


@pytest.mark.parametrize("script", [scripts.CLAIM_ID, scripts.SWAP], ids=["before a claim", "between claim and page"])
async def test_what_a_dead_process_has_claimed_can_be_sent_again(
    store: Store, world: World, client: Client, redis: RedisServer, script: str
) -> None:
    sent = [event("viewed", world.now, f"r{number}") for number in range(20)]
    with pytest.raises(ConnectionError):
        await amendment(client, world, sent, script, died).attempt()
    assert ids_in(redis) == (20 if script == scripts.SWAP else 0)
    world.now += 3600
    assert await store.record(sent, {}) == [STORED] * 20
    assert await world.open().record(sent, {}) == [DUPLICATE] * 20
    world.now += REMEMBERED_S - 1
    with pytest.raises(Clash):
        await store.record([event("viewed", world.now, "ben", id=sent[0].id)], {})


async def test_a_page_still_knows_an_id_that_its_key_has_lost(store: Store, world: World, redis: RedisServer) -> None:
    first, second = event("viewed", world.now, id="one"), event("viewed", world.now, "ben")
    await store.record([first], {})
    redis.client.delete(*redis.client.keys(KEY % "*"))
    with pytest.raises(Clash):
        await store.record([second, event("viewed", world.now, id="one", sku="A2")], {})
    assert await store.account("ben") is None
    assert await store.record([first, second], {}) == [DUPLICATE, STORED]


async def test_an_id_that_is_lost_after_something_was_written_is_trouble_and_no_clash(
    store: Store, world: World, client: Client, redis: RedisServer
) -> None:
    async def lost() -> None:
        redis.client.delete(*redis.client.keys(KEY % "*"))
        await store.record([event("viewed", world.now, id="one", sku="A2")], {})

    sent = [event("viewed", world.now, id="one"), event("viewed", world.now, "ben")]
    late = amendment(client, world, sent, scripts.SWAP, lost)
    await late.attempt()
    with pytest.raises(StoreTrouble):
        await late.attempt()
    with pytest.raises(Clash) as caught:
        await store.record(sent, {})
    assert list(caught.value.positions) == [0]


async def test_the_keys_of_ids_tell_nothing_and_end_with_them(store: Store, world: World, redis: RedisServer) -> None:
    await store.record([event("viewed", world.now, "anna", id="anna-1042", sku="K-1")], {})
    (key,) = redis.client.keys(KEY % "*")
    told = key + redis.client.get(key)
    assert not any(word in told for word in (b"anna", b"1042", b"viewed", b"K-1"))
    assert REMEMBERED_S - 5 < redis.client.ttl(key) <= REMEMBERED_S + 1
    await store.erase("anna")
    assert ids_in(redis) == 0


@pytest.mark.parametrize("days", [2, 30])
async def test_a_claim_ends_when_the_id_is_forgotten_by_what_is_set(
    world: World, redis: RedisServer, days: float
) -> None:
    await world.open(event_id=days).record([event("viewed", world.now)], {})
    (key,) = redis.client.keys(KEY % "*")
    assert redis.client.ttl(key) / DAY == pytest.approx(days, abs=0.01)
