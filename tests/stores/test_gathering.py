"""What opens leave is written together; what cannot be is counted, and takes nothing else with it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.errors import StoreTrouble
from app.stores.sqlite.gathering import Gathering
from app.stores.sqlite.writer import ROOM, TOGETHER, Writer

TWENTY_MICROSECONDS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT max(i) FROM n"
)


class Amends:
    """Stands in for the statements: what came together, and what cannot be written."""

    def __init__(self) -> None:
        self.came: list[list[Any]] = []
        self.bad: set[Any] = set()
        self.trouble: Exception | None = None
        self.lost = 0

    def __call__(self, _: sqlite3.Connection, changes: Sequence[Any], now: float) -> None:
        """Writes all or none."""
        assert now == 7.0
        if self.trouble is not None:
            raise self.trouble
        if self.bad.intersection(changes):
            raise ZeroDivisionError
        self.came.append(list(changes))

    def lose(self) -> None:
        """Count one that is not written."""
        self.lost += 1


class Slow(Amends):
    """Takes its time for each change, as statements do, and lets the interpreter go meanwhile."""

    def __call__(self, connection: sqlite3.Connection, changes: Sequence[Any], now: float) -> None:
        """Writes them after a while."""
        for _ in changes:
            connection.execute(TWENTY_MICROSECONDS).fetchall()
        super().__call__(connection, changes, now)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "store.db", moment_s=30.0)
    yield made
    made.close()


async def gathered(gathering: Gathering, writer: Writer, *changes: Any) -> list[bool]:
    """Take these, and wait until they are written or lost."""
    taken = [gathering.take(change, lambda: 7.0) for change in changes]
    await asyncio.wrap_future(writer.submit(lambda _: None))
    return taken


async def test_what_comes_in_a_moment_is_amended_at_once_in_its_order(writer: Writer) -> None:
    amends = Amends()
    gathering = Gathering(writer, amends, amends.lose)
    assert all(await gathered(gathering, writer, *range(TOGETHER + 2)))
    assert all(await gathered(gathering, writer, "later"))
    assert amends.came == [list(range(TOGETHER)), [TOGETHER, TOGETHER + 1], ["later"]]
    assert amends.lost == 0


async def test_what_cannot_be_written_is_lost_alone(writer: Writer) -> None:
    amends = Amends()
    amends.bad = {"b"}
    await gathered(Gathering(writer, amends, amends.lose), writer, "a", "b", "c")
    assert (amends.came, amends.lost) == ([["a"], ["c"]], 1)


async def test_trouble_with_the_file_loses_all_of_them_and_none_that_come_after(writer: Writer) -> None:
    amends = Amends()
    amends.trouble = sqlite3.OperationalError("disk I/O error")
    gathering = Gathering(writer, amends, amends.lose, room=3)
    with pytest.raises(StoreTrouble):
        await gathered(gathering, writer, "a", "b", "c")
    amends.trouble = None
    assert all(await gathered(gathering, writer, "d", "e", "f"))
    assert (amends.came, amends.lost) == ([["d", "e", "f"]], 3)


async def test_what_finds_no_room_is_refused_and_counted(writer: Writer) -> None:
    amends = Amends()
    assert await gathered(Gathering(writer, amends, amends.lose, room=2), writer, "a", "b", "c") == [True, True, False]
    assert (amends.came, amends.lost) == ([["a", "b"]], 1)


async def test_a_writer_that_is_closed_takes_nothing(writer: Writer) -> None:
    amends = Amends()
    gathering = Gathering(writer, amends, amends.lose)
    writer.close()
    assert [gathering.take(change, lambda: 7.0) for change in "ab"] == [False, False]
    assert (amends.came, amends.lost) == ([], 2)


async def test_whoever_brings_changes_without_a_pause_gives_way_to_the_writer(tmp_path: Path) -> None:
    amends, writer = Slow(), Writer(tmp_path / "store.db", moment_s=0.0)
    gathering = Gathering(writer, amends, amends.lose)
    assert all(gathering.take(number, lambda: 7.0) for number in range(6 * ROOM))
    await asyncio.wrap_future(writer.submit(lambda _: None))
    writer.close()
    assert sum(map(len, amends.came)) == 6 * ROOM
