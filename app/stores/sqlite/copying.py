"""A new file that everything is copied into, from a store of another kind: a server can be started with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import StoreTrouble
from app.stores.pages import Entry
from app.stores.sqlite import entries
from app.stores.sqlite.schema import connect_to_write


class Copy:
    """A file under way; it is there as a whole in the end, or not at all. Raises StoreTrouble."""

    def __init__(self, file: Path) -> None:
        if file.exists():
            raise StoreTrouble(f"{file} is there already")
        self._file = file
        self._begun = file.with_name(f"{file.name}.part")
        self._begun.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        try:
            self._connection = connect_to_write(self._begun)
            self._connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise StoreTrouble(f"SQLite: {error}") from error
        return self

    def add(self, recipient: str, found: Mapping[str, Entry]) -> None:
        """Copy a recipient."""
        try:
            entries.write(self._connection, [(recipient, name, *entry) for name, entry in found.items()])
        except sqlite3.Error as error:
            raise StoreTrouble(f"SQLite: {error}") from error

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
            self._connection.close()
            if kind is None:
                self._begun.rename(self._file)
        except sqlite3.Error as error:
            raise StoreTrouble(f"SQLite: {error}") from error
        finally:
            self._begun.unlink(missing_ok=True)
