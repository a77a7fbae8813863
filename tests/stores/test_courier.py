"""What was shown is carried to Redis when there is room and a store, and is counted where it is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from app.errors import StoreTrouble
from app.stores.changes import Shown
from app.stores.pages import Change
from app.stores.redis.courier import GOODBYE_S, Courier
from tests.stores.conftest import showing

CHANGE = Shown(showing(1.0))


class Door:
    """Lets nothing in until it is opened, and raises what it is told to."""

    def __init__(self, *troubles: Exception) -> None:
        self.opened = asyncio.Event()
        self.came: list[int] = []
        self._troubles = list(troubles)

    async def __call__(self, changes: Sequence[Change]) -> list[None]:
        await self.opened.wait()
        self.came.append(len(changes))
        if self._troubles:
            raise self._troubles.pop()
        return [None] * len(changes)


async def test_what_waits_goes_together_and_what_finds_no_room_is_lost() -> None:
    lost: list[None] = []
    courier, door = Courier(lambda: lost.append(None), room=3, moment_s=0.0), Door()
    assert courier.take(CHANGE, door)
    await asyncio.sleep(0.01)  # the first is on its way
    assert [courier.take(CHANGE, door) for _ in range(5)] == [True, True, True, False, False]
    door.opened.set()
    await courier.aclose()
    assert (door.came, len(lost)) == ([1, 3], 2)


async def test_the_first_waits_a_moment_for_others() -> None:
    courier, door = Courier(lambda: None, moment_s=0.1), Door()
    door.opened.set()
    for _ in range(3):
        courier.take(CHANGE, door)
        await asyncio.sleep(0.001)
    await courier.aclose()
    assert door.came == [3]


async def test_whatever_one_runs_into_the_next_are_carried() -> None:
    lost: list[None] = []
    troubles = StoreTrouble("down"), ZeroDivisionError()
    courier, door = Courier(lambda: lost.append(None), moment_s=0.0), Door(*troubles)
    door.opened.set()
    for _ in range(3):
        courier.take(CHANGE, door)
        await asyncio.sleep(0.01)
    await courier.aclose()
    assert (door.came, len(lost)) == ([1, 1, 1], 2)


async def test_the_end_comes_also_where_the_first_cancellation_gets_lost() -> None:
    courier = Courier(lambda: None)

    async def deaf(_changes: Sequence[Change]) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)

    courier.take(CHANGE, deaf)
    ended, _ = await asyncio.wait((asyncio.ensure_future(courier.aclose()),), timeout=GOODBYE_S + 5)
    assert ended
