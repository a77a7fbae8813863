"""After an erasure: no byte of what was deleted stays in the file or in its log.

`secure_delete` overwrites deleted rows where they stand, but not the copies that stay in unused space when SQLite moves
rows from page to page. Only writing the file anew is certain. That takes seconds for each GB, so those who wait share
it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from app.errors import StoreTrouble
from app.stores.sqlite.schema import connect_to_write


class Scrubber:
    """Writes the file anew, once for all who asked before it began. Opens read on meanwhile; writes wait."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._begun = self._done = 0
        self._turn = asyncio.Lock()

    async def scrub(self) -> None:
        """Return when a scrubbing that began after this call has ended; raises StoreTrouble."""
        asked = self._begun
        async with self._turn:
            if self._done <= asked:
                self._begun += 1
                await asyncio.to_thread(self._scrub)
                self._done = self._begun

    def _scrub(self) -> None:
        try:
            with closing(connect_to_write(self._file)) as connection:
                connection.execute("VACUUM")
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise StoreTrouble(f"SQLite: {error}") from error
        if busy:
            raise StoreTrouble("erased, but somebody reads the log that it still stands in; erase again")
