"""The file: how it is opened, and the steps that bring an older one to this version.

WAL lets reads go on beside the one writer. `synchronous=FULL` is what makes an acknowledgement survive a power cut, and
`secure_delete` overwrites what is deleted. Each step is run once, by whichever process comes first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.errors import StoreTrouble

WRITER_WAITS_S: Final = 10.0
"""How long a write waits for other processes to finish theirs, erasures included."""

READER_WAITS_S: Final = 0.01
"""How long a read waits. In WAL it waits for nobody, unless somebody locks the whole file."""

STEPS: Final = (
    """
    CREATE TABLE entries (
        recipient TEXT NOT NULL,
        name TEXT NOT NULL,
        until REAL NOT NULL,
        value BLOB NOT NULL,
        UNIQUE (recipient, name)
    );
    CREATE INDEX entries_by_end ON entries (until) WHERE name <> 'person';
    """,
    """
    CREATE INDEX events_by_id ON entries (name) WHERE name GLOB 'event *';
    """,
)
"""Step n leads from version n to version n + 1. People are in no index by their end, which moves with each of their
events; looking for those that have ended takes a walk through the file, once in a while.
Events are found by their ids on whichever page they are.
"""

LOG_PAGES: Final = 8_000
"""After so many pages (32 MB) the log is carried over into the file; more seldom than usual, since that is slow."""

CACHE_KIB: Final = 16_384
"""What the writer keeps of the file in memory."""

STATEMENTS: Final = 512
"""How many statements stay prepared: all that there are for each number of entries."""


def connect_to_write(file: Path, steps: Sequence[str] = STEPS) -> sqlite3.Connection:
    """The file, made where it is missing and brought to this version; raises sqlite3.Error and StoreTrouble."""
    make_private(file)
    connection = sqlite3.connect(
        file,
        timeout=WRITER_WAITS_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        _migrate(connection, steps)
    except BaseException:
        connection.close()
        raise
    return connection


def make_private(file: Path, *, anew: bool = False) -> None:
    """Make a file that nobody else may read, since people are in it; raises StoreTrouble."""
    try:
        file.touch(mode=0o600, exist_ok=not anew)
    except OSError as error:
        raise StoreTrouble(f"{file}: {error.strerror}") from error


def connect_to_read(file: Path) -> sqlite3.Connection:
    """The file as it is, without making it; raises sqlite3.Error."""
    address = f"{file.absolute().as_uri()}?mode=rw"  # a reader of a WAL writes its own mark beside it
    connection = sqlite3.connect(
        address, uri=True, timeout=READER_WAITS_S, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA query_only=ON")
    return connection


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the schema; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    if version_of(connection) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")  # from here on no other process migrates
    with connection:
        version = version_of(connection)
        if version > len(steps):
            raise StoreTrouble(f"the file has version {version}; this onopen knows {len(steps)} and would harm it")
        for step in steps[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={len(steps)}")
