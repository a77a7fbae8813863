"""The thread that writes: what goes together, and who waits for whom."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.errors import StoreTrouble
from app.stores.sqlite.schema import connect_to_write
from app.stores.sqlite.writer import LOOKING_MS, Writer

LONG_S = 30.0


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "store.db", moment_s=LONG_S)
    yield made
    made.close()


async def test_what_is_in_no_hurry_waits_for_more_and_is_committed_with_it(writer: Writer) -> None:
    statements: list[str] = []
    await asyncio.wrap_future(writer.submit(lambda connection: connection.set_trace_callback(statements.append)))
    statements.clear()
    done = []
    for _ in range(3):
        done.append(writer.submit(lambda _: None, hurried=False))
        await asyncio.sleep(0.02)
    assert not any(one.done() for one in done)
    await asyncio.wrap_future(writer.submit(lambda _: None))
    assert all(one.done() for one in done)
    assert statements == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_nobody_who_waits_and_no_end_waits_for_that(writer: Writer) -> None:
    started = time.monotonic()
    for _ in range(3):
        waits = writer.submit(lambda _: None, hurried=False)
        await asyncio.wrap_future(writer.submit(lambda _: None))
    last = writer.submit(lambda _: None, hurried=False)
    writer.close()
    assert waits.done()
    assert last.done()
    assert time.monotonic() - started < LONG_S / 2


async def test_it_looks_again_while_others_write_and_says_so_where_they_do_not_end(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    writer, hasty = Writer(file, moment_s=0.0), Writer(file, moment_s=0.0, waits_s=0.0)
    others = connect_to_write(file)
    others.execute("BEGIN IMMEDIATE")
    waits = asyncio.wrap_future(writer.submit(lambda _: 7))
    await asyncio.sleep(2.5 * LOOKING_MS / 1_000)
    assert not waits.done()
    others.execute("COMMIT")
    assert await waits == 7
    others.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreTrouble) as caught:
        await asyncio.wrap_future(hasty.submit(lambda _: 7))
    assert caught.value.operator == "SQLite: database is locked"
    others.close()
    assert await asyncio.wrap_future(hasty.submit(lambda _: 7)) == 7
    writer.close()
    hasty.close()


class Recovered(sqlite3.Connection):
    """A file that another process is putting in order: at first it is busy for that reason."""

    refusing = 2

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Refuse to begin, twice."""
        if sql.startswith("BEGIN") and self.refusing:
            self.refusing -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
            raise error
        return super().execute(sql, *values)


async def test_it_waits_until_others_have_put_the_file_in_order(tmp_path: Path) -> None:
    as_recovered = partial(sqlite3.connect, factory=Recovered, isolation_level=None, check_same_thread=False)
    writer = Writer(tmp_path / "store.db", moment_s=0.0, connect=as_recovered)
    assert await asyncio.wrap_future(writer.submit(lambda _: 7)) == 7
    writer.close()
