"""A server follows the recalls of its store: it looks each second, and serves the same edition without what is
withdrawn.

A store that does not answer changes nothing: what was withdrawn before stays so, also over a restart.
"""

from __future__ import annotations

import asyncio
from typing import Final

from app.errors import StoreTrouble
from app.ports import Withdrawals
from app.recall.withdrawn import Mirror
from app.serving.desk import Desk
from app.telemetry import Telemetry

LOOK_S: Final = 1.0
"""How often the store is looked at."""

PATIENCE_S: Final = 2.0
"""How long one look waits for it, the first of a start included."""


class Following:
    """Sees to it that what is on the desk lacks what the store says is withdrawn."""

    def __init__(self, withdrawals: Withdrawals, mirror: Mirror, desk: Desk, telemetry: Telemetry) -> None:
        self._withdrawals = withdrawals
        self._mirror = mirror
        self._desk = desk
        self._telemetry = telemetry

    async def __call__(self) -> None:
        """One look; trouble changes nothing."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await self._withdrawals.read()
            if found != self._mirror.now:
                self._telemetry.log.warning("recalled", withdrawn=[str(one) for one in found])
                self._mirror.show(found)
        except (StoreTrouble, TimeoutError):  # housekeeping tells of it
            pass
        except OSError as error:
            self._telemetry.failed("keeping what is withdrawn", error)
        self._telemetry.set("withdrawn", len(self._mirror.now))
        await self._serve()

    async def _serve(self) -> None:
        """Serve without what is withdrawn. A reload that was faster is left alone; the next look sees to it."""
        before = self._desk.serving
        if before.withdrawn == self._mirror.now.keys():
            return
        try:
            made = await asyncio.to_thread(before.withdrawing, self._mirror.now.keys())
        except Exception as error:  # what is served goes on, and the next look tries again
            self._telemetry.failed("recall", error)
            return
        if self._desk.serving is before:
            self._desk.serving = made
