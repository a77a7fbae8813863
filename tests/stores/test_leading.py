"""A click waits for what its picture left behind, and not for long, however slow the store is."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from app.stores.store import PAUSES, Store
from tests.stores.conftest import mail, showing

READING_S = 0.04


class Slow:
    """A backend that answers late, and never has what was kept."""

    async def read(self, *_: object) -> dict[str, bytes]:
        await asyncio.sleep(READING_S)
        return {}

    def later(self, *_: object) -> bool:
        return True


async def test_a_click_waits_for_one_reading_more_at_most() -> None:
    backend: Any = Slow()
    store = Store(backend, backend, backend, time.time)
    store.keep(showing(time.time()))
    began = time.monotonic()
    assert await store.lead("anna", [mail()]) is None
    assert time.monotonic() - began < sum(PAUSES) + 3 * READING_S, "seven readings were 0.33 s"
