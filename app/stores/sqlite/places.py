"""Places of offers in a SQLite file. A claim is one transaction of the one thread that writes; a place that somebody
holds already is told without it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from app.engine.readings import FOREVER, Why
from app.errors import StoreTrouble
from app.stores.erasures import ERASED, SHUT, Clock, dated, is_kept_out
from app.stores.pages import Found
from app.stores.places import KEPT_S, OFFERS, Claim, number_in, taken_in
from app.stores.retention import EVER, Moment, Retention
from app.stores.sqlite import entries
from app.stores.sqlite.writer import Writer

Result = TypeVar("Result")

LIMIT_S: Final = 0.05
"""How long an open waits for a claim. One that has not begun by then is withdrawn."""


class SqlitePlaces:
    """Places in the file of a writer."""

    def __init__(self, writer: Writer, retention: Retention) -> None:
        self._writer, self._retention = writer, retention

    async def claim(self, claim: Claim, now: float) -> int | Why | None:
        """Take a place; it is on the disk on return."""
        claimed = asyncio.wrap_future(self._writer.submit(partial(_claim, claim=claim, now=self._retention.at(now))))
        try:
            return await asyncio.wait_for(claimed, LIMIT_S)
        except (TimeoutError, StoreTrouble):
            return Why.STORE_SILENT

    async def held(self, beginnings: Sequence[str], now: float) -> Found:
        """Those of the page that begin so."""
        return await self._written(partial(_held, beginnings=beginnings, now=self._retention.at(now)))

    async def strike(self, beginnings: Sequence[str], marks: Sequence[str], clock: Clock) -> Found:
        """Remove them; the file is scrubbed by the erasure that this is part of."""
        held = await self._written(partial(_strike, beginnings=beginnings, marks=marks, now=clock()))
        now = clock()
        await self._written(partial(entries.mark, names=marks, said=dated(now), now=now))
        return held

    async def _written(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await asyncio.wrap_future(self._writer.submit(work))


def _claim(connection: sqlite3.Connection, claim: Claim, now: Moment) -> int | Why | None:
    found = entries.read(connection, OFFERS, (*claim.names, claim.taken), now)
    mine, number = number_in(claim, found), taken_in(claim, found) + 1
    if mine is not None or number > claim.most:
        return mine
    if is_kept_out(now.at, entries.read(connection, ERASED, claim.marks, now).values(), now.at):
        return Why.STORE_SILENT
    said = str(number).encode()
    mine_until = now.at + KEPT_S
    entries.write(connection, [(OFFERS, claim.names[0], said, mine_until), (OFFERS, claim.taken, said, FOREVER)])
    return number


def _held(connection: sqlite3.Connection, beginnings: Sequence[str], now: Moment) -> Found:
    """A hash has no character that GLOB would read as a pattern."""
    like = "SELECT name, value, until FROM entries WHERE recipient = ? AND name GLOB ?"
    rows = (connection.execute(like, (OFFERS, f"{beginning}*")) for beginning in beginnings)
    return now.left(row for found in rows for row in found)


def _strike(connection: sqlite3.Connection, beginnings: Sequence[str], marks: Sequence[str], now: float) -> Found:
    entries.mark(connection, marks, SHUT, now)
    held = _held(connection, beginnings, EVER)
    one = "DELETE FROM entries WHERE recipient = ? AND name = ?"
    connection.executemany(one, [(OFFERS, name) for name in held])
    return held
