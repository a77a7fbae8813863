"""Carries changes to the store that nobody waits for: what was shown, after the answer.

They wait in a short queue and go together. What finds no room, or no store, is lost and counted: an open never waits
for its own memory.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from app.stores.pages import Change

ROOM: Final = 4_096
TOGETHER: Final = 512
"""Changes that go together at most: with fewer, a busy loop lets it carry less than comes."""
MOMENT_S: Final = 0.02
"""How long the first waits for others to come along: less than a click waits for what was shown."""
GOODBYE_S: Final = 2.0
"""How long the end waits for what has not been carried yet."""
AGAIN_S: Final = 0.1

Door = Callable[[Sequence[Change]], Awaitable[object]]


class Courier:
    """One queue and one task in a process."""

    def __init__(self, lost: Callable[[], None], *, room: int = ROOM, moment_s: float = MOMENT_S) -> None:
        self._lost = lost
        self._moment_s = moment_s
        self._parcels: asyncio.Queue[Change] = asyncio.Queue(room)
        self._task: asyncio.Task[None] | None = None

    def take(self, change: Change, door: Door) -> bool:
        """Carry a change; False where there is no room."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(door))
        try:
            self._parcels.put_nowait(change)
        except asyncio.QueueFull:
            self._lost()
            return False
        return True

    async def aclose(self) -> None:
        """Carry what is left, for a moment."""
        if self._task is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._parcels.join(), GOODBYE_S)
            while not self._task.done():  # on its way through a client's timeouts a cancellation may get lost
                self._task.cancel()
                await asyncio.wait((self._task,), timeout=AGAIN_S)

    async def _run(self, door: Door) -> None:
        while True:
            parcels = [await self._parcels.get()]
            await asyncio.sleep(self._moment_s)
            while len(parcels) < TOGETHER and not self._parcels.empty():
                parcels.append(self._parcels.get_nowait())
            try:
                await door(parcels)
            except Exception:  # whatever it is, those who come after are carried
                for _ in parcels:
                    self._lost()
            for _ in parcels:
                self._parcels.task_done()
