"""What a server does for its store, whatever the store does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.errors import StoreTrouble
from app.running.housekeeping import Housekeeping
from app.stores.retention import Swept
from app.web.app import pages


class Store:
    """An upkeep that does what a test wants."""

    def __init__(self, does: Callable[[], Awaitable[None]]) -> None:
        self.does = does
        self.forgot: list[float] = []

    async def begin(self) -> None:
        await self.does()

    async def forget(self, now: float) -> Swept:
        await self.does()
        self.forgot.append(now)
        return Swept(3, {"receipt": now - 60, "event_id": now - 5})


class Log:
    """Remembers what was said, in place of the telemetry and of its log."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.gauges: dict[tuple[str, str], float] = {}

    @property
    def log(self) -> Log:
        return self

    def error(self, event: str, said: str) -> None:
        self.said.append(f"{event}: {said}")

    def set(self, name: str, value: float, *, kind: str) -> None:
        self.gauges[name, kind] = value

    def failed(self, what: str, error: BaseException) -> None:
        self.said.append(f"{what}: {type(error).__name__}")


async def well() -> None:
    """Nothing goes wrong."""


async def in_trouble() -> None:
    raise StoreTrouble("the disk is full")


async def broken() -> None:
    raise RuntimeError("a bug")


async def silent() -> None:
    await asyncio.sleep(60)


def keeping(does: Callable[[], Awaitable[None]], **more: float) -> tuple[Housekeeping, Any, Any]:
    store: Any = Store(does)
    log: Any = Log()
    return Housekeeping(store, log, lambda: 1_795_000_000.0, **more), store, log


async def test_what_is_too_old_is_forgotten_as_of_now() -> None:
    house, store, log = keeping(well)
    await house.begin()
    await house.forget()
    assert (store.forgot, log.said) == ([1_795_000_000.0], [])
    assert log.gauges == {("oldest_kept", "receipt"): 1_794_999_940.0, ("oldest_kept", "event_id"): 1_794_999_995.0}


@pytest.mark.parametrize(("does", "said"), [(in_trouble, "store: the disk is full"), (broken, "store: RuntimeError")])
async def test_trouble_is_said_and_stops_nothing(does: Callable[[], Awaitable[None]], said: str) -> None:
    house, _, log = keeping(does)
    await house.begin()
    await house.forget()
    assert log.said == [said, said]


async def test_a_start_does_not_wait_for_a_silent_store() -> None:
    house, _, log = keeping(silent, patience_s=0.01)
    await asyncio.wait_for(house.begin(), 5)
    assert log.said == ["store: TimeoutError"]


async def test_what_is_done_seldom_is_done_soon_after_the_start_for_the_first_time() -> None:
    done = asyncio.Event()

    async def tick() -> None:
        done.set()

    application = pages([], begin=well, rounds=((tick, 3_600.0),), close=well, soon_s=0.01)
    async with application.router.lifespan_context(application):
        await asyncio.wait_for(done.wait(), 5)
