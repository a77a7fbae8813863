"""Map tiles as they come: fetched away from the open path, and pictures that rest on them named anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from app.serving.desk import Desk
from app.telemetry import Telemetry

SURVEY_S: Final = 1.0
"""How often is looked whether tiles are wanted."""


class Survey:
    """The tiles of one process, for whatever is on the desk; `fetch` says whether any have come or gone."""

    def __init__(self, fetch: Callable[[], Awaitable[bool]], desk: Desk, telemetry: Telemetry) -> None:
        self._fetch = fetch
        self._desk = desk
        self._telemetry = telemetry

    async def __call__(self) -> None:
        """One round; trouble is logged and changes nothing."""
        try:
            if await self._fetch():
                self._desk.serving.rename()
        except Exception as error:  # no open depends on it
            self._telemetry.failed("map tiles", error)
