"""The thread that writes: what goes together, and who waits for whom."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.stores.sqlite.writer import Writer

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
