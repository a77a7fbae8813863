"""Entries in a SQLite file. Reading takes some microseconds and is done where it is asked; writing is the thread's.

A read waits for nobody: in WAL, writers and readers do not meet. Where the file as a whole is locked, or damaged, or
not there, the breaker sees to it that opens do not find that out one by one.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.breaker import Breaker
from app.engine.readings import Why
from app.errors import StoreTrouble
from app.recipients.events import Outcome
from app.stores.erasures import Clock, Marks, dated
from app.stores.pages import Change, Found
from app.stores.retention import Retention
from app.stores.sqlite import entries
from app.stores.sqlite.gathering import Gathering
from app.stores.sqlite.schema import connect_to_read
from app.stores.sqlite.scrubbing import Scrubber
from app.stores.sqlite.writer import Writer

Result = TypeVar("Result")


class SqliteBackend:
    """Entries in a file. Each of its reads is made by the thread that asks for it."""

    def __init__(
        self,
        file: Path,
        writer: Writer,
        breaker: Breaker,
        lost: Callable[[], None],
        marks: Marks,
        retention: Retention,
    ) -> None:
        self._file, self._writer, self._breaker, self._marks = file, writer, breaker, marks
        self._retention = retention
        self._gathering = Gathering(writer, self._amend, lost)
        self._scrubber = Scrubber(file)
        self._reader: sqlite3.Connection | None = None

    def glance(self, recipient: str, names: Sequence[str], now: float, /) -> Found | Why:
        """These entries, at once."""
        if not self._breaker.admit(now):
            return Why.STORE_SILENT
        try:
            found = entries.read(self._reading(), recipient, names, self._retention.at(now))
        except sqlite3.Error:
            self._let_go()
            self._breaker.failed(now)
            return Why.STORE_SILENT
        self._breaker.succeeded(now)
        return found

    async def read(self, recipient: str, names: Sequence[str], now: float) -> Found | Why:
        """The same."""
        return self.glance(recipient, names, now)

    async def amend(self, changes: Sequence[Change], now: float) -> list[Outcome]:
        """Apply changes; they are on the disk on return."""
        return await self._written(partial(self._amend, changes=changes, now=now))

    def later(self, change: Change, clock: Clock) -> bool:
        """Apply a change with the next commit, whenever that is: it waits a moment for more of them."""
        return self._gathering.take(change, clock)

    async def page(self, recipient: str, now: float) -> Found:
        """All entries."""
        try:
            return entries.page(self._reading(), recipient, self._retention.at(now))
        except sqlite3.Error as error:
            self._let_go()
            raise StoreTrouble(f"SQLite: {error}") from error

    async def erase(self, recipients: Sequence[str], clock: Clock) -> list[Found]:
        """Remove all entries, and what is left of them in the file."""
        marks = [mark for recipient in recipients for mark in self._marks.of(recipient)]
        found = await self._written(partial(entries.erase, recipients=recipients, marks=marks, now=clock()))
        now = clock()  # until the commit, what was erased could still be read
        await self._written(partial(entries.mark, names=marks, said=dated(now), now=now))
        await self._scrubber.scrub()
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._let_go()

    async def _written(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await asyncio.wrap_future(self._writer.submit(work))

    def _reading(self) -> sqlite3.Connection:
        if self._reader is None:
            self._reader = connect_to_read(self._file)
        return self._reader

    def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _amend(self, connection: sqlite3.Connection, changes: Sequence[Change], now: float) -> list[Outcome]:
        return entries.amend(connection, changes, self._retention.at(now), self._marks)
