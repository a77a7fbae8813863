"""A busy event loop gives way to threads, one that rests does not."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence

from app.render.giving_way import GIVES_WAY, LONGEST_S, LOOKS_S, GivingWay
from app.render.pool import PaintPool


async def compute(seconds: float, until: Sequence[float] = ()) -> None:
    """Be busy for so many seconds of processor time, in many short turns, or until there is something."""
    ends = time.thread_time() + seconds
    while time.thread_time() < ends and not until:
        await asyncio.sleep(0)


async def test_a_loop_that_is_busy_sleeps_as_long_as_there_is_work() -> None:
    work, naps = [1], list[float]()
    GivingWay(lambda: bool(work), naps.append).begin()
    await compute(5.0, until=naps)  # on a busy machine it takes a while until it computes for most of one look
    assert naps
    assert min(naps) >= GIVES_WAY * LOOKS_S
    work.clear()
    await compute(4 * LOOKS_S)
    several = len(naps)
    await compute(4 * LOOKS_S)
    assert len(naps) == several


async def test_a_loop_that_has_pauses_does_not_sleep_and_one_look_follows_the_other() -> None:
    asked, naps = list[float](), list[float]()
    giving_way = GivingWay(lambda: bool(asked.append(time.perf_counter()) or len(asked) < 3), naps.append)
    for _ in range(3):
        giving_way.begin()
    await asyncio.sleep(20 * LOOKS_S)
    assert (len(asked), naps) == (3, [])
    giving_way.begin()
    await asyncio.sleep(20 * LOOKS_S)
    assert len(asked) == 4


async def test_a_busy_loop_gives_way_while_a_pool_has_a_job() -> None:
    naps: list[float] = []
    pool, ended = PaintPool[bool](sleep=naps.append), threading.Event()
    waiting = asyncio.create_task(pool.run(ended.wait, key="a", deadline=asyncio.get_running_loop().time() + 60))
    await compute(5.0, until=naps)
    ended.set()
    assert await waiting
    pool.close()
    assert 0 < max(naps) <= GIVES_WAY * LONGEST_S
