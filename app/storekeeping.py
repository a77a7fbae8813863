"""What people at a terminal do with the store: look at it, copy it. `onopen store` prints what these find."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from app.settings import Settings
from app.sites import state_directory
from app.stores.backend import Finding, Upkeep
from app.world import store_of

Result = TypeVar("Result")


def inspect(settings: Settings) -> list[Finding]:
    """Everything an operator should know about the store that is set."""
    return asyncio.run(_done(settings, lambda upkeep: upkeep.inspect()))


def backup(settings: Settings, file: Path) -> None:
    """Copy the store that is set into a new file; raises StoreTrouble."""
    asyncio.run(_done(settings, lambda upkeep: upkeep.backup(file.absolute())))


async def _done(settings: Settings, work: Callable[[Upkeep], Awaitable[Result]]) -> Result:
    store = store_of(settings, state_directory(settings.state_dir), time.time, lost=lambda: None)
    try:
        return await work(store.upkeep)
    finally:
        await store.upkeep.aclose()
