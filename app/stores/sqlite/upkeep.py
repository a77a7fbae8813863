"""What keeps the file: its version, what is too old, its health, a copy."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from app.errors import StoreTrouble
from app.stores.backend import Finding
from app.stores.pages import Found
from app.stores.retention import Retention, Swept, oldest
from app.stores.sqlite import entries
from app.stores.sqlite.backend import SqliteBackend
from app.stores.sqlite.schema import STEPS, connect_to_read, make_private, version_of
from app.stores.sqlite.writer import Writer

Result = TypeVar("Result")

AT_ONCE: Final = 1_000
"""Entries that are removed in one transaction, so that nobody waits long behind it."""


class SqliteUpkeep:
    """Keeps a file."""

    def __init__(self, file: Path, writer: Writer, backend: SqliteBackend, retention: Retention) -> None:
        self._file, self._writer, self._backend, self._retention = file, writer, backend, retention

    async def begin(self) -> None:
        """Open the file for writing, which brings it to this version."""
        await asyncio.wrap_future(self._writer.submit(lambda _: None))

    async def forget(self, now: float) -> Swept:
        """Find what is too old, and remove it, a little in each transaction."""
        moment, forgotten = self._retention.at(now), 0
        rows = await asyncio.to_thread(self._found, partial(entries.ended, now=moment))
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            forgotten += await asyncio.wrap_future(self._writer.submit(partial(entries.forget, rows=some, now=moment)))
        return Swept(forgotten, oldest(await asyncio.to_thread(self._found, entries.first_ends), now))

    async def inspect(self) -> list[Finding]:
        """Read every page of the file."""
        return await asyncio.to_thread(self._inspect)

    async def backup(self, file: Path) -> None:
        """A compact copy of this moment; writing goes on meanwhile."""
        make_private(file, anew=True)
        await asyncio.to_thread(self._copy_to, file)

    async def walk(self, now: float) -> AsyncIterator[tuple[str, Found]]:
        """Some hundreds in each read, so that no read keeps an erasure waiting."""
        after: str | None = None
        moment = self._retention.at(now)
        while some := dict(await asyncio.to_thread(self._found, partial(entries.pages, after=after, now=moment))):
            for recipient, found in some.items():
                yield recipient, found
            after = next(reversed(some))

    async def aclose(self) -> None:
        """Finish what waits."""
        self._backend.close()
        await asyncio.to_thread(self._writer.close)

    def _found(self, find: Callable[[sqlite3.Connection], Iterable[Result]]) -> list[Result]:
        try:
            with closing(connect_to_read(self._file)) as connection:
                return list(find(connection))
        except sqlite3.Error as error:
            raise StoreTrouble(f"SQLite: {error}") from error

    def _inspect(self) -> list[Finding]:
        if not self._file.exists():
            return [Finding(f"{self._file} is not there yet; a server makes it", fine=False)]
        try:
            with closing(connect_to_read(self._file)) as connection:
                return _findings(connection)
        except sqlite3.Error as error:
            return [Finding(f"{self._file}: {error}", fine=False)]

    def _copy_to(self, file: Path) -> None:
        try:
            with closing(connect_to_read(self._file)) as connection:
                connection.execute("PRAGMA query_only=OFF")
                connection.execute("VACUUM INTO ?", (str(file),))
        except sqlite3.Error as error:
            file.unlink()
            raise StoreTrouble(f"SQLite: {error}") from error


def _findings(connection: sqlite3.Connection) -> list[Finding]:
    version = version_of(connection)
    pages = [row[0] for row in connection.execute("PRAGMA quick_check(10)")]
    count = "SELECT count(*), count(DISTINCT recipient) FILTER (WHERE recipient NOT GLOB ' *') FROM entries"
    rows, recipients = connection.execute(count).fetchone()
    return [
        Finding(f"schema version {version}", fine=version == len(STEPS)),
        *(Finding(f"pages: {said}", fine=said == "ok") for said in pages),
        Finding(f"{recipients} recipients, {rows} entries"),
    ]
