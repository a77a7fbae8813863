"""The store stopped, frozen, full, locked, damaged, under a server that runs: pictures and redirects go on over HTTP,
and what was acknowledged is there afterwards.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import pytest

from tests.support.redis_servers import PROGRAM, RedisServer, redis_cluster, redis_server
from tests.support.server import eventually
from tests.support.shop import Shop, open_shop
from tests.support.sites import RED, YELLOW
from tests.support.waiting import until
from tests.web.test_remembered import site

BUDGET_S = 0.4
AGREED = {"behaviour": True}
GUESSED_BY_NOBODY = "f0e1d2c3b4a59687" * 2
needs_redis = pytest.mark.skipif(PROGRAM is None, reason="NOT TESTED: Redis in trouble. Install redis-server")


def named(number: int) -> str:
    return f"{number:08x}{GUESSED_BY_NOBODY}"


def tells(shop: Shop, number: int) -> bool:
    """Whether it is acknowledged that somebody has a card of gold; all that may come instead is 503."""
    answer = shop.api.put(f"/api/recipients/{named(number)}", json={"attributes": {"tier": "gold"}, "consent": AGREED})
    assert answer.status_code in (204, 503), answer.text
    return answer.status_code == 204


def opens_on(shop: Shop, rung: str) -> float:
    """How many opens of the placeholder the metrics count on that rung."""
    lines = shop.api.get("/metrics").text.splitlines()
    mine = [line for line in lines if line.startswith("onopen_opens_total{") and 'placeholder="mine"' in line]
    return sum(float(line.rpartition(" ")[2]) for line in mine if f'rung="{rung}"' in line)


def assert_opens_go_on(shop: Shop, ground: str = RED, rung: str = "unknown") -> None:
    """Pictures and redirects come in time, on that rung, which the metrics count."""
    before = opens_on(shop, rung)
    answers = [shop.open("mine", named(0)) for _ in range(20)]
    assert {(answer.status, answer.ground, answer.rung) for answer in answers} == {(200, ground, rung)}
    assert {shop.server.ask(f"/l/mine?r={named(0)}").status for _ in range(5)} == {302}
    assert median(answer.seconds for answer in answers) < BUDGET_S
    after = opens_on(shop, rung)
    assert after - before == len(answers)


def assert_all_is_well(shop: Shop, acknowledged: list[int]) -> None:
    """Soon; and then everything that was ever acknowledged is there."""
    assert eventually(lambda: shop.shown(named(0)) == YELLOW, 20)
    until(lambda: tells(shop, 0))
    for number in acknowledged:
        assert kept(shop, number)["attributes"] == {"tier": "gold"}


def kept(shop: Shop, number: int) -> Any:
    """What is kept about somebody; a server that is finding its store again may say once more to come back."""
    answers: list[httpx.Response] = []

    def answered() -> bool:
        answers.append(shop.api.get(f"/api/recipients/{named(number)}"))
        return answers[-1].status_code != 503

    until(answered)
    return answers[-1].json()


@contextmanager
def shop_with(tmp_path: Path, store: str) -> Iterator[Shop]:
    """A server with that store, in which somebody has a card of gold."""
    with open_shop(site(tmp_path / "site"), tmp_path / "state", STORE=store) as shop:
        assert tells(shop, 0)
        assert eventually(lambda: shop.shown(named(0)) == YELLOW)
        yield shop


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path, "--appendfsync", "always") as server:
        yield server


@needs_redis
def test_redis_full_frozen_and_stopped(tmp_path: Path, redis: RedisServer) -> None:
    with shop_with(tmp_path, f"redis://127.0.0.1:{redis.port}") as shop:
        acknowledged = [number for number in range(1, 6) if tells(shop, number)]
        redis.client.config_set("maxmemory", 1)
        assert not tells(shop, 6)
        assert_opens_go_on(shop, YELLOW, "live")
        redis.client.config_set("maxmemory", 0)
        redis.freeze()
        assert not tells(shop, 7)
        assert_opens_go_on(shop)
        redis.thaw()
        assert_all_is_well(shop, acknowledged)
        redis.kill()
        assert not tells(shop, 8)
        assert_opens_go_on(shop)
        assert {line["event"] for line in shop.server.log()} >= {"store", "open"}
        redis.restart()
        assert_all_is_well(shop, acknowledged)


@needs_redis
@pytest.mark.long
def test_a_cluster_that_fails_over(tmp_path: Path) -> None:
    with redis_cluster(tmp_path) as cluster, shop_with(tmp_path, cluster.address) as shop:
        acknowledged = [number for number in range(1, 50) if tells(shop, number)]
        victim = cluster.a_primary
        victim.kill()
        while not cluster.is_well_without(victim):
            answer = shop.open("mine", named(0))
            assert (answer.status, answer.rung in ("live", "unknown")) == (200, True)
            assert answer.seconds < 2 * BUDGET_S
            acknowledged += [number for number in [len(acknowledged) + 1] if tells(shop, number)]
        assert_all_is_well(shop, acknowledged)


def test_sqlite_locked(tmp_path: Path) -> None:
    file, store = tmp_path / "store.db", f"sqlite:///{tmp_path}/store.db"
    with shop_with(tmp_path, store):
        pass
    locking = sqlite3.connect(file, isolation_level=None)
    locking.execute("PRAGMA locking_mode=EXCLUSIVE")
    locking.execute("BEGIN EXCLUSIVE")
    with open_shop(tmp_path / "site", tmp_path / "state", STORE=store) as shop:
        assert_opens_go_on(shop)
        writing = threading.Thread(target=until, args=(lambda: tells(shop, 1),))
        writing.start()
        locking.close()
        writing.join()
        assert_all_is_well(shop, [1])


def test_a_full_disk_below_sqlite(tmp_path: Path) -> None:
    with shop_with(tmp_path, f"sqlite:///{tmp_path}/store.db") as shop:
        pid, numbers = shop.server.process.pid, count(1)
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (200_000, before[1]))
        acknowledged = []
        while tells(shop, number := next(numbers)):
            acknowledged.append(number)
        assert len(acknowledged) > 10
        assert_opens_go_on(shop, YELLOW, "live")
        assert not tells(shop, next(numbers))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        assert_all_is_well(shop, acknowledged)


def test_a_damaged_file_of_sqlite_is_left_as_it_is(tmp_path: Path) -> None:
    file, store = tmp_path / "store.db", f"sqlite:///{tmp_path}/store.db"
    with shop_with(tmp_path, store) as shop:
        acknowledged = [number for number in range(1, 50) if tells(shop, number)]
    sound = file.read_bytes()
    file.write_bytes(sound[:100] + random.Random(1).randbytes(len(sound)))
    damaged = file.read_bytes()
    with open_shop(tmp_path / "site", tmp_path / "state", STORE=store) as shop:
        assert_opens_go_on(shop)
        assert not tells(shop, 1)
        assert file.read_bytes() == damaged
    file.write_bytes(sound)
    with open_shop(tmp_path / "site", tmp_path / "state", STORE=store) as shop:
        assert_all_is_well(shop, acknowledged)


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=pytest.mark.long)])
def test_kill_9_of_the_server_under_load_loses_and_doubles_nothing(tmp_path: Path, rounds: int) -> None:
    folder, numbers = site(tmp_path / "site"), count()
    acknowledged: list[str] = []
    for _ in range(rounds):
        with open_shop(folder, tmp_path / "state") as shop:
            senders = [threading.Thread(target=_sends, args=(shop, numbers, acknowledged)) for _ in range(8)]
            for sender in senders:
                sender.start()
            so_far = len(acknowledged)
            until(lambda so_far=so_far: len(acknowledged) > so_far + 100)  # type: ignore[misc]
            shop.server.process.kill()
            for sender in senders:
                sender.join()
    with open_shop(folder, tmp_path / "state") as shop:
        for start in range(0, len(acknowledged), 1_000):
            again = shop.api.post("/api/events", json=[_event(id) for id in acknowledged[start : start + 1_000]])
            assert {one["outcome"] for one in again.json()["events"]} == {"duplicate"}
        erased = shop.api.delete(f"/api/recipients/{named(0)}").json()["erased"]
        assert erased["events"] == erased["event_ids"] >= len(acknowledged)


def _event(id: str) -> dict[str, object]:
    return {"id": id, "type": "viewed", "recipient": named(0), "payload": {"sku": id}}


def _sends(shop: Shop, numbers: Iterator[int], acknowledged: list[str]) -> None:
    """Send until nobody answers, and note what was acknowledged."""
    while True:
        ids = [f"e{next(numbers)}" for _ in range(3)]
        try:
            answer = shop.api.post("/api/events", json=[_event(id) for id in ids])
        except httpx.HTTPError:
            return
        if answer.status_code == 200:
            acknowledged += ids
