"""The one thread of a process that writes. It takes everything that waits and commits it together.

A commit costs a wait for the disk, whatever is in it; so the more is asked at once, the less each costs, and what is in
no hurry waits a moment for more. Whoever asked hears of it after the commit. The file is opened when it is first
needed, and anew after any trouble with it.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from app.errors import StoreTrouble
from app.stores.sqlite.schema import WRITER_WAITS_S, connect_to_write

ROOM: Final = 4_096
"""Jobs that may wait."""

TOGETHER: Final = 256
"""Jobs that are committed together at most."""

MOMENT_S: Final = 0.04
"""How long a job that is in no hurry waits for others: less than a click waits for what was shown."""

LOOKING_MS: Final = 100
"""How long SQLite looks at a time whether the file is free, from every millisecond to every 25. If it were told to look
for longer it would do so every 100 at last, in which others that write all the time have begun anew.
"""

PRIMARY: Final = 0xFF
"""The part of an error's code that says what is wrong; the rest says why, such as another process that recovers."""

Result = TypeVar("Result")


class _Job(NamedTuple):
    work: Callable[[sqlite3.Connection], Any]
    done: Future[Any]


class Writer:
    """Runs work inside transactions. Work that raises must not have written anything.

    What is in no hurry waits `moment_s` for more; for the writers of other processes it waits `waits_s` at most.
    """

    def __init__(
        self,
        file: Path,
        *,
        room: int = ROOM,
        moment_s: float = MOMENT_S,
        waits_s: float = WRITER_WAITS_S,
        connect: Callable[[Path], sqlite3.Connection] = connect_to_write,
    ) -> None:
        self._file, self._moment, self._waits, self._connect = file, moment_s, waits_s, connect
        self._hurry = threading.Event()
        self._jobs: queue.Queue[_Job | None] = queue.Queue(room)
        self._connection: sqlite3.Connection | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[sqlite3.Connection], Result], *, hurried: bool = True) -> Future[Result]:
        """Have work done; its future has the result after the commit, or StoreTrouble. `hurried` is what somebody
        waits for.
        """
        done: Future[Result] = Future()
        if self._closed:
            done.set_exception(StoreTrouble("the store is closed"))
            return done
        try:
            self._jobs.put_nowait(_Job(work, done))
        except queue.Full:
            done.set_exception(StoreTrouble("more writes wait than there is room for"))
        if hurried:
            self._hurry.set()
        return done

    def close(self) -> None:
        """Finish what waits, and let go of the file."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._hurry.set()
            self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            group, ended = self._group()
            if group:
                self._commit(group)
        self._let_go()

    def _group(self) -> tuple[list[_Job], bool]:
        """Everything that waits after a moment, or as soon as somebody is in a hurry; and whether it is the end."""
        group: list[_Job] = []
        job = self._jobs.get()
        self._hurry.wait(self._moment)
        self._hurry.clear()  # whoever sets it from now on is in this group, or cuts the next moment short
        while job is not None:
            group.append(job)
            if len(group) == TOGETHER or self._jobs.empty():
                return group, False
            job = self._jobs.get_nowait()
        return group, True

    def _commit(self, group: list[_Job]) -> None:
        jobs = [job for job in group if job.done.set_running_or_notify_cancel()]
        for job, result in zip(jobs, self._results(jobs), strict=True):
            if isinstance(result, Exception):
                job.done.set_exception(result)
            else:
                job.done.set_result(result)

    def _results(self, jobs: list[_Job]) -> list[Any]:
        """What each job came to; where they could not be committed, the same trouble for all. The thread lives on."""
        try:
            if self._connection is None:
                self._connection = self._connect(self._file)
                self._connection.execute(f"PRAGMA busy_timeout={LOOKING_MS}")
            with _transaction(self._connection, self._waits):
                return [_tried(job.work, self._connection) for job in jobs]
        except Exception as error:
            self._let_go()
            trouble = StoreTrouble(f"SQLite: {error}") if isinstance(error, sqlite3.Error) else error
            return [trouble] * len(jobs)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def _transaction(connection: sqlite3.Connection, waits_s: float) -> Iterator[None]:
    """From BEGIN to COMMIT, or to ROLLBACK where anything goes wrong, the commit included."""
    _begin(connection, waits_s)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _begin(connection: sqlite3.Connection, waits_s: float) -> None:
    """Become the one of all processes that writes; raises sqlite3.Error where that takes too long."""
    ends = time.monotonic() + waits_s
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() >= ends:
                raise
        else:
            return


def _tried(work: Callable[[sqlite3.Connection], Any], connection: sqlite3.Connection) -> Any:
    """The result of one job. What it cannot read, or bind, is its own trouble; what SQLite says is everybody's."""
    try:
        return work(connection)
    except sqlite3.Error:
        raise
    except msgspec.MsgspecError as error:
        return StoreTrouble(f"an entry cannot be read: {error}")
    except Exception as error:  # a text that is none, a bug: whoever asked hears of it
        return error
