"""SQLite locked, full, damaged, missing, killed: opens go on, and what was acknowledged is there."""

from __future__ import annotations

import asyncio
import json
import math
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from app.engine.readings import Why
from app.errors import Clash, StoreTrouble
from app.recipients.events import Outcome
from app.recipients.showings import Past
from app.stores.changes import Happening
from app.stores.erasures import Marks
from app.stores.retention import Retention
from app.stores.sqlite import entries
from app.stores.sqlite.schema import STEPS, connect_to_write, version_of
from app.stores.sqlite.writer import Writer
from app.stores.store import Store
from tests.stores.conftest import CART, DAY, World, event, mail, showing
from tests.stores.loading import assert_nothing_is_lost_or_doubled, load
from tests.support.waiting import until

SILENT = Past(None, None, Why.STORE_SILENT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
async def world(file: Path) -> AsyncIterator[World]:
    made = World(f"sqlite:///{file}")
    yield made
    await made.close()


@pytest.mark.parametrize("rounds", [2, pytest.param(25, marks=pytest.mark.long)])
async def test_kill_9_under_load_loses_and_doubles_nothing(
    world: World, file: Path, tmp_path: Path, rounds: int
) -> None:
    for number in range(rounds):
        with load(world.address, tmp_path, f"round-{number}", processes=2) as running:
            until(lambda: len(running.acknowledged) > 500)
            running.kill()
        await assert_nothing_is_lost_or_doubled(world.open(), running.acknowledged, world.now)
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_while_the_file_is_locked_opens_go_on_and_writes_wait(world: World, store: Store, file: Path) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    await store.upkeep.aclose()
    store = world.open()
    locking = sqlite3.connect(file, isolation_level=None)
    locking.execute("PRAGMA locking_mode=EXCLUSIVE")
    locking.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    assert [store.at_once(mail()) for _ in range(100)] == [SILENT] * 100
    assert time.monotonic() - began < 0.5
    writing = asyncio.ensure_future(store.tell("anna", {"tier": "silver"}, {}))
    await asyncio.sleep(0.2)
    assert not writing.done()
    locking.close()
    await writing
    world.now += 2  # the breaker probes again
    person = (await store.recall(mail())).person
    assert person is not None
    assert person.attributes == {"tier": "silver"}


FULL = """
import asyncio, json, resource, sys, time
from app.errors import StoreTrouble
from app.recipients.events import Event
from app.recipients.showings import Mail
from app.stores.opening import store_at

async def main():
    store = store_at(sys.argv[1], clock=time.time, lost=lambda: None)
    number, acknowledged, refused = 0, [], 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    while refused < 3:
        number += 1
        try:
            await store.record([Event(str(number), "anna", "viewed", 1.0, {"text": "x" * 2000})], {})
            acknowledged.append(number)
        except StoreTrouble:
            refused += 1
    past = await store.recall(Mail("anna", "", ""))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await store.record([Event("last", "anna", "viewed", 1.0)], {})
    print(json.dumps([acknowledged, past.person.events["viewed"].tally.total]))
    await store.upkeep.aclose()

asyncio.run(main())
"""


async def test_on_a_full_disk_opens_go_on_and_what_was_acknowledged_is_there(world: World) -> None:
    ran = subprocess.run([sys.executable, "-c", FULL, world.address], capture_output=True, text=True, check=True)
    acknowledged, seen = json.loads(ran.stdout)
    assert len(acknowledged) > 10
    assert seen == len(acknowledged)
    account = await world.open().account("anna")
    assert account is not None
    assert account.person.events["viewed"].tally.total == account.event_ids == len(acknowledged) + 1


@pytest.mark.parametrize("kept", [0, 100, 4096])
async def test_a_damaged_file_is_left_as_it_is_and_opens_go_on(world: World, file: Path, kept: int) -> None:
    before = world.open()
    await before.record([event("viewed", world.now, f"r{number}") for number in range(200)], CART)
    await before.upkeep.aclose()
    damaged = file.read_bytes()[:kept] + random.Random(1).randbytes(100_000)
    file.write_bytes(damaged)
    store = world.open()
    assert await store.recall(mail("r5")) == SILENT
    with pytest.raises(StoreTrouble) as caught:
        await store.record([event("viewed", world.now, f"r{number}") for number in range(200)], CART)
    assert "SQLite" in caught.value.operator
    assert "SQLite" not in str(caught.value)
    assert not all(finding.fine for finding in await store.upkeep.inspect())
    assert file.read_bytes() == damaged


async def test_an_entry_that_cannot_be_read_is_silence_for_opens_and_can_be_erased(
    world: World, store: Store, file: Path
) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    await store.tell("ben", {"tier": "gold"}, {})
    with connect_to_write(file) as connection:
        connection.execute("UPDATE entries SET value = '{' WHERE recipient = 'anna'")
    assert await store.recall(mail()) == SILENT
    with pytest.raises(StoreTrouble):
        await store.account("anna")
    results = await asyncio.gather(
        store.tell("anna", {}, {}), store.tell("ben", {"tier": "silver"}, {}), return_exceptions=True
    )
    assert [type(result) for result in results] == [StoreTrouble, type(None)]
    await store.erase("anna")
    assert await store.recall(mail()) == Past(None, None)


async def test_a_folder_that_comes_later_is_good_enough(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path}/later/store.db")
    store = world.open()
    assert await store.recall(mail()) == SILENT
    with pytest.raises(StoreTrouble):
        await store.upkeep.begin()
    (tmp_path / "later").mkdir()
    await store.tell("anna", {"tier": "gold"}, {})
    assert (await store.recall(mail())).person is not None
    await world.close()


async def test_where_more_waits_than_there_is_room_for_it_is_refused_at_once(file: Path) -> None:
    writer = Writer(file, room=2)
    locking = connect_to_write(file)
    locking.execute("BEGIN IMMEDIATE")
    begun = [writer.submit(lambda _: None) for _ in range(10)]
    refused = [done for done in begun if done.done() and done.exception()]
    assert len(refused) >= 6
    locking.execute("COMMIT")
    locking.close()
    writer.close()
    assert all(done.done() for done in begun)


async def test_neither_a_bug_nor_somebody_who_gave_up_ends_the_thread_that_writes(file: Path) -> None:
    writer = Writer(file)
    locking = connect_to_write(file)
    locking.execute("BEGIN IMMEDIATE")
    writer.submit(lambda _: None)
    given_up = writer.submit(lambda connection: connection.execute("DROP TABLE entries"))
    assert given_up.cancel()
    locking.execute("COMMIT")
    locking.close()
    with pytest.raises(ZeroDivisionError):
        await asyncio.wrap_future(writer.submit(lambda _: 1 // 0))
    count = "SELECT count(*) FROM entries"
    assert await asyncio.wrap_future(writer.submit(lambda connection: connection.execute(count).fetchone())) == (0,)
    writer.close()


async def test_a_store_that_is_closed_says_so(store: Store) -> None:
    await store.upkeep.aclose()
    with pytest.raises(StoreTrouble) as caught:
        await store.tell("anna", {}, {})
    assert caught.value.operator == "the store is closed"


async def test_nobody_else_may_read_what_is_in_it(store: Store, file: Path, tmp_path: Path) -> None:
    await store.upkeep.backup(tmp_path / "copy.db")
    assert {path.stat().st_mode & 0o777 for path in (file, tmp_path / "copy.db")} == {0o600}


async def test_erasures_share_a_scrubbing_that_began_after_all_of_them(store: Store, file: Path) -> None:
    await asyncio.gather(*(store.tell(f"r{number}", {"tier": "gold"}, {}) for number in range(9)))
    looking = connect_to_write(file)
    before = looking.execute("PRAGMA schema_version").fetchone()[0]  # counts how often the file was written anew
    erased = await asyncio.gather(*(store.erase(f"r{number}") for number in range(9)))
    assert [one.attributes for one in erased] == [1] * 9
    times = looking.execute("PRAGMA schema_version").fetchone()[0] - before
    assert 1 <= times <= 4  # two where all nine come at the same time; a busy machine may part them
    looking.close()


async def test_what_was_shown_and_could_not_be_kept_is_counted(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path}/nowhere/store.db")
    store = world.open()
    store.keep(showing(world.now))
    await world.close()
    assert world.lost == 1


async def test_erasure_leaves_no_byte(world: World, store: Store, tmp_path: Path) -> None:
    chance, other = random.Random(7), world.open()
    for round in range(6):
        for number in range(60):
            secret = f"SECRET-{number}-"
            filling = secret * chance.randint(1, 150)
            await store.tell(f"{secret}id", {f"key{round}": filling}, {})
            store.keep(showing(world.now, mail(f"{secret}id", mailing=f"{secret}{round}")))
    for number in range(0, 60, 2):
        assert other.at_once(mail(f"SECRET-{number}-id")) not in (None, SILENT, Past(None, None))
        erased = await store.erase(f"SECRET-{number}-id")
        assert (erased.attributes, erased.mails) == (6, 6)
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert [number for number in range(60) if f"SECRET-{number}-".encode() in left] == list(range(1, 60, 2))


def test_a_file_from_the_future_is_refused(file: Path) -> None:
    connect_to_write(file, (*STEPS, "CREATE TABLE later (id)")).close()
    with pytest.raises(StoreTrouble) as caught:
        connect_to_write(file)
    assert f"version {len(STEPS) + 1}; this onopen knows {len(STEPS)}" in caught.value.operator


async def test_ids_that_a_file_of_the_first_version_knows_are_known(world: World, file: Path) -> None:
    first = event("viewed", world.now, id="one")
    with closing(connect_to_write(file, STEPS[:1])) as connection:
        entries.amend(connection, [Happening(first, {})], Retention().at(world.now), Marks())
    assert await world.open().record([first], {}) == [Outcome.DUPLICATE]
    with pytest.raises(Clash):
        await world.open().record([event("viewed", world.now, "ben", id="one")], {})


async def test_each_step_is_run_once_whoever_comes_first(file: Path) -> None:
    connect_to_write(file).close()
    steps = (*STEPS, "CREATE TABLE later (id); INSERT INTO later VALUES (1)", "INSERT INTO later VALUES (2)")
    opened = await asyncio.gather(*(asyncio.to_thread(connect_to_write, file, steps) for _ in range(8)))
    assert {version_of(connection) for connection in opened} == {len(steps)}
    assert opened[0].execute("SELECT id FROM later").fetchall() == [(1,), (2,)]
    for connection in opened:
        connection.close()


async def test_what_the_first_version_wrote_is_there_for_as_long_as_is_set(world: World, file: Path) -> None:
    shown_at = world.now - 20 * DAY
    receipt = f'{{"at":{shown_at},"campaign":"weather","rule":"rain","link":"https://shop.example/","ruleset":"5f0c"}}'
    with connect_to_write(file, STEPS[:1]) as connection:
        rows = [
            ("anna", "person", math.inf, b'{"attributes":{"tier":"gold"}}'),
            ("anna", "receipt hero newyear", shown_at + 30 * DAY, receipt.encode()),
        ]
        connection.executemany("INSERT INTO entries (recipient, name, until, value) VALUES (?, ?, ?, ?)", rows)
    for store, kept in ((world.open(), 1), (world.open(receipt=21), 1), (world.open(receipt=19), 0)):
        account = await store.account("anna")
        assert account is not None
        assert (account.person.attributes, len(account.mails)) == ({"tier": "gold"}, kept)
    swept = await world.open(receipt=21).upkeep.forget(world.now)
    assert swept is not None
    assert (swept.forgotten, swept.oldest["receipt"]) == (0, pytest.approx(shown_at))


def test_a_step_that_fails_changes_nothing(file: Path) -> None:
    connect_to_write(file).close()
    with pytest.raises(sqlite3.Error):
        connect_to_write(file, (*STEPS, "CREATE TABLE later (id); INSERT INTO nowhere VALUES (1)"))
    connection = connect_to_write(file)
    assert version_of(connection) == len(STEPS)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []
    connection.close()


def test_nothing_is_made_before_it_is_needed(file: Path) -> None:
    World(f"sqlite:///{file}").open()
    assert list(file.parent.iterdir()) == []
