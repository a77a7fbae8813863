"""How long one open still waits, for everything and of that for the store, which is asked more than once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from app.engine.readings import Why

STORE_S: Final = 0.05
"""How long an open waits for the store in all, in seconds."""

Answer = TypeVar("Answer")


class Patience:
    """How long one open still waits: for `seconds` in all, of which the store may take `STORE_S`, however often it is
    asked. `clock` tells seconds.
    """

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock, self._ends, self._store_s = clock, clock() + seconds, STORE_S

    @property
    def left(self) -> float:
        """The seconds that are left in all."""
        return max(0.0, self._ends - self._clock())

    @contextmanager
    def spent(self) -> Iterator[float]:
        """The time in which this is asked is the store's; so much is left of it."""
        began = self._clock()
        try:
            yield max(0.0, self._store_s)
        finally:
            self._store_s -= self._clock() - began

    async def store(self, asked: Awaitable[Answer]) -> Answer | Why:
        """The answer of the store, or that it is silent."""
        with self.spent() as seconds:
            try:
                return await asyncio.wait_for(asked, seconds)
            except TimeoutError:
                return Why.STORE_SILENT
