"""Redis stopped, frozen, full, failing over: opens go on within their limit, and what was acknowledged is there."""

from __future__ import annotations

import asyncio
import gc
import struct
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from app.engine.offers import Offer
from app.engine.readings import Why
from app.errors import StoreTrouble
from app.recipients.showings import Past
from app.stores.changes import Happening
from app.stores.erasures import MARKED_S, Marks
from app.stores.redis.clients import Client, client_for, in_trouble
from app.stores.redis.nodes import Nodes
from app.stores.redis.schema import KEY, migrate
from app.stores.redis.scripts import WRITTEN, keys
from app.stores.redis.turns import turns
from app.stores.redis.upkeep import TURN
from app.stores.retention import Moment
from app.stores.store import Store
from tests.stores.conftest import DAY, HIDERS, World, event, mail, showing
from tests.stores.loading import assert_nothing_is_lost_or_doubled, load
from tests.support.redis_servers import Cluster, RedisServer, redis_cluster, redis_server
from tests.support.store_load import RECIPIENTS
from tests.support.waiting import until

SILENT = Past(None, None, Why.STORE_SILENT)
LIMIT_S = 0.05
FAILURES = 5
SLOW_MACHINE_S = 0.2


@pytest.fixture
def server(_redis_is_there: None, tmp_path: Path) -> Iterator[RedisServer]:
    """A server that may come to harm."""
    with redis_server(tmp_path) as running:
        yield running


@pytest.fixture
async def world(server: RedisServer) -> AsyncIterator[World]:
    made = World(f"redis://127.0.0.1:{server.port}")
    yield made
    await made.close()


async def timed(store: Store) -> tuple[Past, float]:
    began = time.monotonic()
    return await store.recall(mail()), time.monotonic() - began


async def assert_opens_go_on(store: Store) -> None:
    """None waits for longer than the limit, and after a few nobody waits at all."""
    answers = [await timed(store) for _ in range(50)]
    assert {past.why_unknown for past, _ in answers} == {Why.STORE_SILENT}
    assert max(seconds for _, seconds in answers) < LIMIT_S + SLOW_MACHINE_S
    assert sorted(seconds for _, seconds in answers)[40] < 0.005


async def test_without_a_server_opens_go_on_and_nothing_is_acknowledged(
    world: World, store: Store, server: RedisServer
) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    server.kill()
    await assert_opens_go_on(store)
    with pytest.raises(StoreTrouble):
        await store.tell("anna", {"tier": "silver"}, {})
    assert store.keep(showing(world.now))
    await store.upkeep.aclose()
    assert world.lost == 1


async def test_a_frozen_server_costs_a_few_opens_their_limit_and_is_heard_again(
    world: World, store: Store, server: RedisServer
) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    server.freeze()
    await assert_opens_go_on(store)
    server.thaw()
    await heard_again(world, store, {"anna"})


async def test_opens_that_wait_less_long_learn_of_a_frozen_server_as_well(
    world: World, store: Store, server: RedisServer
) -> None:
    """What else an open asked has taken of the time that it gives the store."""
    await store.tell("anna", {"tier": "gold"}, {})
    server.freeze()
    for _ in range(FAILURES):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.standing("anna", [Offer("spring", "first", 10)]), LIMIT_S / 5)
    await asyncio.sleep(2 * LIMIT_S)
    _, waited = await timed(store)
    assert waited < LIMIT_S / 2, "nobody asks any more"
    server.thaw()
    await heard_again(world, store, {"anna"})


async def test_what_redis_says_names_nobody(store: Store, world: World, server: RedisServer) -> None:
    await store.record([event("viewed", world.now, id="order-1")], {})
    for refused in (["-hmget"], ["resetkeys", "~other:*"]):
        server.client.execute_command("ACL", "SETUSER", "default", "allkeys", "+@all", *refused)
        with pytest.raises(StoreTrouble) as caught:
            await store.record([event("viewed", world.now, id="order-2"), event("viewed", world.now, "ben")], {})
        assert "NoPermission" in caught.value.operator
        assert not any(name in caught.value.operator for name in ("anna", "ben", "order"))


def test_of_what_redis_says_the_rest_is_told() -> None:
    full = "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk."
    for said, told in (
        (full, full),
        (f"Command # 2 (HMGET {{onopen:anna (of pipeline)}}:entries order-1) of pipeline caused error: {full}", full),
        ("No permissions to access the '{onopen:anna}:entries' key", "No permissions to access the '{"),
    ):
        with pytest.raises(StoreTrouble) as caught, in_trouble():
            raise ResponseError(said)
        assert caught.value.operator == f"Redis: ResponseError: {told}"


async def test_a_full_server_is_read_and_not_written(world: World, store: Store, server: RedisServer) -> None:
    await store.record([event("viewed", world.now, id="one")], {})
    server.client.config_set("maxmemory", 1)
    with pytest.raises(StoreTrouble) as caught:
        await store.record([event("viewed", world.now, id="two")], {})
    assert "maxmemory" in caught.value.operator
    account = await store.account("anna")
    assert account is not None
    assert (account.person.events["viewed"].tally.total, account.event_ids) == (1, 1)
    assert (await store.erase("anna")).events == 1  # what is too much can be taken away


async def test_a_cluster_that_was_waited_for_in_vain_is_let_go_of(cluster: Cluster) -> None:
    world = World(cluster.address)
    store = world.open()
    await store.upkeep.begin()
    for node in cluster.nodes:
        node.client.execute_command("CLIENT PAUSE", 200)
    assert await store.recall(mail()) == SILENT
    await asyncio.sleep(0.3)
    await world.close()
    world.stores.clear()
    del store
    gc.collect()  # what is still open would be told now, and be an error


async def test_kill_9_of_the_writers_loses_and_doubles_nothing(world: World, tmp_path: Path) -> None:
    with load(world.address, tmp_path, "load", processes=2) as running:
        until(lambda: len(running.acknowledged) > 500)
        running.kill()
    await assert_nothing_is_lost_or_doubled(world.open(), running.acknowledged, world.now)


async def test_a_primary_that_is_killed_under_load_loses_and_doubles_nothing(
    _redis_is_there: None, tmp_path: Path
) -> None:
    with redis_cluster(tmp_path) as cluster, load(cluster.address, tmp_path, "load", processes=1) as running:
        world = World(cluster.address)
        store = world.open()
        until(lambda: len(running.acknowledged) > 300)
        victim = cluster.a_primary
        victim.kill()
        killed_at = len(running.acknowledged)
        while not cluster.is_well_without(victim):
            world.now = time.time()
            assert (await timed(store))[1] < LIMIT_S + SLOW_MACHINE_S
        until(lambda: len(running.acknowledged) > killed_at + 1_000)
        running.kill()
        await heard_again(world, store, {f"r{number}" for number in range(RECIPIENTS)})
        await assert_nothing_is_lost_or_doubled(world.open(), running.acknowledged, world.now)
        await world.close()


async def heard_again(world: World, store: Store, recipients: set[str]) -> None:
    """Opens of all of them know their recipient, soon."""
    for _ in range(300):
        world.now += 1
        recipients = {one for one in recipients if (await store.recall(mail(one))).person is None}
        if not recipients:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(recipients)


@pytest.fixture
async def client(server: RedisServer) -> AsyncIterator[Client]:
    nodes = Nodes((("127.0.0.1", server.port),), cluster=False, tls=False, user=None, password=None, database=0)
    connected = client_for(nodes, quick=False)
    yield connected
    await connected.aclose()


async def test_an_older_version_is_brought_up_step_by_step(client: Client) -> None:
    async def first(at: Client) -> None:
        await at.execute_command("RPUSH", "steps", "first")

    async def second(at: Client) -> None:
        await at.execute_command("RPUSH", "steps", "second")

    await migrate(client)
    assert await client.execute_command("GET", KEY) == b"1"
    await migrate(client, (first,))
    await migrate(client, (first, second))
    await migrate(client, (first, second))
    assert await client.execute_command("LRANGE", "steps", 0, -1) == [b"first", b"second"]
    with pytest.raises(StoreTrouble) as caught:
        await migrate(client)
    assert "version 3; this onopen knows 1" in caught.value.operator


async def test_a_command_that_arrives_once_more_behind_an_erasure_writes_nothing(
    world: World, store: Store, client: Client
) -> None:
    (turn,) = turns([Happening(event("viewed", world.now), {})], Marks(HIDERS))
    command = turn.swap([None, None], Moment(world.now, {})).command
    assert await client.execute_command(*command) == WRITTEN
    assert (await store.erase("anna")).events == 1
    assert await client.execute_command(*command) != WRITTEN
    assert await store.account("anna") is None


async def test_a_newer_version_is_not_written_into(store: Store, world: World, server: RedisServer) -> None:
    server.client.set(KEY, 7)
    with pytest.raises(StoreTrouble):
        await world.open().tell("anna", {}, {})


async def test_what_a_store_needs_of_redis_is_looked_at(store: Store, server: RedisServer) -> None:
    server.client.config_set("appendonly", "no")
    server.client.config_set("maxmemory", "100mb")
    server.client.config_set("maxmemory-policy", "allkeys-lru")
    wrong = [finding.said for finding in await store.upkeep.inspect() if not finding.fine]
    assert [said.partition(": ")[2].split()[0] for said in wrong] == ["appendonly", "maxmemory-policy"]


async def test_what_the_first_version_wrote_is_there_for_as_long_as_is_set(
    store: Store, world: World, server: RedisServer
) -> None:
    ends_at, (entries, ends, *_) = world.now + 10 * DAY, keys("anna")
    receipt = b'{"at":1.0,"campaign":"weather","rule":"rain","link":"https://shop.example/","ruleset":"5f0c"}'
    server.client.hset(entries, "receipt hero newyear", struct.pack(">d", ends_at) + receipt)
    server.client.zadd(ends, {"receipt hero newyear": ends_at})
    assert await world.open().account("anna") is not None
    assert await world.open(receipt=21).account("anna") is not None
    assert await world.open(receipt=19).account("anna") is None


async def test_who_forgets_has_redis_keep_a_recipient_as_long_as_is_set(
    store: Store, world: World, server: RedisServer
) -> None:
    await store.record([event("viewed", world.now)], {})
    for days in (30, 500, 3):
        server.client.delete(TURN)
        assert await world.open(stranger=days).upkeep.forget(world.now) is not None
        kept = [server.client.ttl(key) / DAY for key in keys("anna")[:2]]
        assert kept == pytest.approx([max(days, 7)] * 2, abs=0.1), "the id of the event is kept for a week"


async def test_a_recipient_is_in_redis_only_while_something_of_theirs_is(
    store: Store, world: World, server: RedisServer
) -> None:
    await store.record([event("viewed", world.now)], {})
    entries, ends, *_ = keys("anna")
    assert 0 < server.client.ttl(entries) <= server.client.ttl(ends) <= 401 * 86_400
    await store.tell("anna", {"tier": "gold"}, {})
    assert (server.client.ttl(entries), server.client.ttl(ends)) == (-1, -1)
    await store.erase("anna")
    left = set(server.client.keys()) - {KEY.encode()}
    assert all(0 < server.client.ttl(mark) <= MARKED_S for mark in left)
    assert not any(b"anna" in mark for mark in left)
