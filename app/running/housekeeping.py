"""What a server does for its store: bring it to this version at the start, and forget in time.

A store that is down stops neither: it is logged, and found again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from app.errors import StoreTrouble
from app.stores.backend import Upkeep
from app.telemetry import Telemetry

Result = TypeVar("Result")

BEGIN_S: Final = 2.0
"""How long a start waits for the store."""

FORGET_S: Final = 3 * 3_600.0
"""How often what is too old is looked for."""


class Housekeeping:
    """Keeps the store of one process. `clock` tells epoch seconds; a start waits for the store for `patience_s`."""

    def __init__(
        self, upkeep: Upkeep, telemetry: Telemetry, clock: Callable[[], float], *, patience_s: float = BEGIN_S
    ) -> None:
        self._upkeep = upkeep
        self._telemetry = telemetry
        self._clock = clock
        self._patience_s = patience_s

    async def begin(self) -> None:
        """Make the store ready, if it answers soon."""
        await self._tried(asyncio.wait_for(self._upkeep.begin(), self._patience_s))

    async def forget(self) -> None:
        """Remove what is too old by now, and tell how old the oldest is that stays."""
        swept = await self._tried(self._upkeep.forget(self._clock()))
        for kind, since in swept.oldest.items() if swept else ():
            self._telemetry.set("oldest_kept", since, kind=kind)

    async def _tried(self, work: Awaitable[Result]) -> Result | None:
        try:
            return await work
        except StoreTrouble as trouble:
            self._telemetry.log.error("store", said=trouble.operator)
        except Exception as error:  # neither a start nor an open depends on it
            self._telemetry.failed("store", error)
        return None
