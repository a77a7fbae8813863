"""Changes that nobody waits for, gathered for the writer: those of a moment are read, folded and written together.

One by one each would take four statements, and give the interpreter away at each of them, to whoever answers opens.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from threading import Lock
from typing import Final

from app.stores.erasures import Clock
from app.stores.pages import Change
from app.stores.sqlite.writer import ROOM, TOGETHER, Writer

LAGGING: Final = ROOM // 4
"""Changes that wait where the writer does not keep up: more than come in a moment."""

EVERY: Final = 16
GIVES_WAY_S: Final = 0.001
"""At every which change whoever brings them then sleeps, and for how long; four and nine times as long where two and
three times as many wait. A thread that answers opens without a pause gives the interpreter away for microseconds only,
in which the writer does not wake up: it would write next to nothing, and most of what opens leave would be lost.
"""

Amend = Callable[[sqlite3.Connection, Sequence[Change], float], object]
"""Applies changes at that time, all or, where it raises, none."""


class Gathering:
    """Changes on their way to the writer; `lost` is called, from any thread, for each that is not written."""

    def __init__(self, writer: Writer, amend: Amend, lost: Callable[[], None], *, room: int = ROOM) -> None:
        self._writer, self._amend, self._lost, self._room = writer, amend, lost, room
        self._batch: list[Change] | None = None
        self._waiting = 0
        self._lock = Lock()

    def take(self, change: Change, clock: Clock) -> bool:
        """Have a change written soon, and give way to the writer if it lags; False where there is no room for it."""
        with self._lock:
            if self._waiting >= self._room:
                self._lost()
                return False
            self._waiting += 1
            lag = (self._waiting - 1) // LAGGING if self._waiting % EVERY == 0 else 0
            if self._batch is None or len(self._batch) == TOGETHER:
                self._batch = []
            batch = self._batch
            batch.append(change)
            begins = len(batch) == 1
        taken = self._submitted(batch, clock) if begins else True
        if lag:
            time.sleep(lag**2 * GIVES_WAY_S)
        return taken

    def _submitted(self, batch: list[Change], clock: Clock) -> bool:
        done = self._writer.submit(partial(self._apply, batch, clock), hurried=False)
        done.add_done_callback(partial(self._noticed, batch))
        return not (done.done() and done.exception())

    def _apply(self, batch: list[Change], clock: Clock, connection: sqlite3.Connection) -> int:
        """Write the batch, and answer how many of it could not be: where one is in the way, each by itself."""
        self._close(batch)
        now, failed = clock(), 0
        try:
            self._amend(connection, batch, now)
        except sqlite3.Error:
            raise
        except Exception:  # an entry that cannot be read, for instance
            for change in batch:
                failed += not self._alone(connection, change, now)
        return failed

    def _alone(self, connection: sqlite3.Connection, change: Change, now: float) -> bool:
        try:
            self._amend(connection, (change,), now)
        except sqlite3.Error:
            raise
        except Exception:  # whatever it is, the others are written
            return False
        return True

    def _close(self, batch: list[Change]) -> None:
        """Nothing is added to it from now on."""
        with self._lock:
            if self._batch is batch:
                self._batch = None

    def _noticed(self, batch: list[Change], done: Future[int]) -> None:
        self._close(batch)
        with self._lock:
            self._waiting -= len(batch)
        for _ in range(len(batch) if done.exception() is not None else done.result()):
            self._lost()
