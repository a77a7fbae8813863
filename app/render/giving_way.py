"""An event loop that is busy without a pause gives way to the threads that paint for it.

The interpreter goes to whoever takes it first. A loop that has always something to answer gives it away for
microseconds only, in which a thread does not wake up: beside it a picture would take twenty times as long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

LOOKS_S: Final = 0.008
"""How often the loop looks at itself while there is work for threads."""

BUSY: Final = 0.7
"""The share of that time in which it computes if it is busy without a pause."""

GIVES_WAY: Final = 0.5
"""For how long it sleeps then, as a share of that time."""

LONGEST_S: Final = 2 * LOOKS_S
"""What took the loop longer than that was no crowd of opens, and is not made longer still."""


class GivingWay:
    """Looks at the running event loop as long as there is work for threads."""

    def __init__(self, there_is_work: Callable[[], bool], sleep: Callable[[float], object] = time.sleep) -> None:
        self._there_is_work, self._sleep = there_is_work, sleep
        self._looking = False

    def begin(self) -> None:
        """There is work from now on."""
        if not self._looking:
            self._looking = True
            self._look_later()

    def _look_later(self) -> None:
        asyncio.get_running_loop().call_later(LOOKS_S, self._look, time.perf_counter(), time.thread_time())

    def _look(self, began: float, spent: float) -> None:
        passed, computed = time.perf_counter() - began, time.thread_time() - spent
        if computed > BUSY * passed:
            self._sleep(GIVES_WAY * min(passed, LONGEST_S))
        self._looking = self._there_is_work()
        if self._looking:
            self._look_later()
