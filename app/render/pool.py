"""The painters' room: a few threads and a short queue, so that a rush is refused instead of piling up.

`run` answers before its deadline or raises; a picture that several opens want at the same moment is painted once, and
one that comes too late is still handed to `keep`, for the next open. A short job is not worth a thread: it is done
where it is asked for, one in each turn of the event loop, to which a room belongs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Generic, TypeVar

from app.errors import NotPainted
from app.render.giving_way import GivingWay

T = TypeVar("T")

WORKERS = 2
QUEUE = 32


class Full(NotPainted):
    """The queue is full: serve something else at once."""

    reason = "queue_full"


class Late(NotPainted):
    """The deadline passed before the job was done; its result is kept when it comes."""

    reason = "late"


class PaintPool(Generic[T]):
    """At most `workers` jobs at a time and `queue` waiting. With `sleep` a busy event loop gives way to them."""

    def __init__(
        self, *, workers: int = WORKERS, queue: int = QUEUE, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="paint")
        self._limit = workers + queue
        self._under_way: dict[str, asyncio.Future[T]] = {}
        self._turn_taken = False
        self._giving_way = GivingWay(lambda: bool(self._under_way), sleep)

    async def run(
        self,
        job: Callable[[], T],
        *,
        key: str,
        deadline: float,
        keep: Callable[[T], object] | None = None,
        short: bool = False,
    ) -> T:
        """The job's result, or that of the same key under way; `deadline` by the clock of the event loop.

        Raises Full, Late, or what the job raised. `keep` is called in the event loop with every result, late or not.
        """
        pending = self._under_way.get(key)
        if pending is None:
            if short and not self._turn_taken and asyncio.get_running_loop().time() < deadline:
                return self._done_here(job, keep)
            pending = self._started(job, key, keep)
        try:
            async with asyncio.timeout_at(deadline):
                return await asyncio.shield(pending)
        except TimeoutError as error:
            if pending.done():
                return pending.result()  # done in time, or the job's own TimeoutError
            raise Late(f"not painted in time: {key}") from error

    @property
    def under_way(self) -> int:
        """How many jobs are running or waiting."""
        return len(self._under_way)

    def close(self) -> None:
        """Wait for what is running and drop what is waiting; nothing can be run after."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _done_here(self, job: Callable[[], T], keep: Callable[[T], object] | None) -> T:
        self._turn_taken = True
        asyncio.get_running_loop().call_soon(self._next_turn)
        result = job()
        if keep is not None:
            keep(result)
        return result

    def _next_turn(self) -> None:
        self._turn_taken = False

    def _started(self, job: Callable[[], T], key: str, keep: Callable[[T], object] | None) -> asyncio.Future[T]:
        if len(self._under_way) >= self._limit:
            raise Full(f"{self._limit} pictures are being painted or waiting")
        pending = asyncio.get_running_loop().run_in_executor(self._threads, job)
        self._under_way[key] = pending
        pending.add_done_callback(partial(self._finished, key, keep))
        self._giving_way.begin()
        return pending

    def _finished(self, key: str, keep: Callable[[T], object] | None, pending: asyncio.Future[T]) -> None:
        del self._under_way[key]
        if pending.cancelled() or pending.exception() is not None:  # asking for it marks it as seen
            return
        if keep is not None:
            keep(pending.result())
