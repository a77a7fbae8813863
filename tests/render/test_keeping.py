"""What is kept in memory, and who may paint when: bounded by bytes, bounded by places, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from app.render.cache import PictureCache, etag, render_key
from app.render.memory import Shelf
from app.render.pool import Full, Late, PaintPool


def test_a_shelf_holds_no_more_bytes_than_it_may_and_drops_what_was_not_used() -> None:
    shelf: Shelf[str, bytes] = Shelf(100, len)
    for name in "abc":
        shelf.put(name, bytes(30))
    shelf.get("a")
    shelf.put("d", bytes(30))
    assert (shelf.get("a"), shelf.get("b")) == (bytes(30), None)
    assert shelf.bytes == 90 and len(shelf) == 3


def test_what_is_too_heavy_is_not_kept_and_pushes_nothing_out() -> None:
    shelf: Shelf[str, bytes] = Shelf(100, len)
    shelf.put("a", bytes(30))
    assert shelf.put("b", bytes(101)) == bytes(101)
    assert shelf.get("b") is None and shelf.get("a") is not None
    shelf.put("a", bytes(101))
    assert shelf.get("a") is None, "an older value of that key would be wrong"


def test_a_shelf_forgets_when_told() -> None:
    shelf: Shelf[str, bytes] = Shelf(100, len)
    shelf.put("a", b"1")
    shelf.put("b", b"2")
    shelf.drop("a")
    shelf.drop("never")
    assert shelf.get("a") is None and shelf.get("b") == b"2"
    shelf.clear()
    assert len(shelf) == 0


def test_threads_may_share_a_shelf() -> None:
    shelf: Shelf[int, bytes] = Shelf(2_000, len)

    def work(start: int) -> None:
        for number in range(start, start + 3_000):
            shelf.put(number % 97, bytes(number % 50))
            shelf.get((number * 7) % 97)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.bytes <= 2_000


def test_a_kept_picture_carries_its_etag_and_type() -> None:
    cache = PictureCache(10_000)
    key = render_key("design", ("a", None), format="jpg")
    picture = cache.put(key, b"body", format="jpg")
    assert cache.get(key) is picture
    assert (picture.etag, picture.content_type) == (etag(key), "image/jpeg") == (f'"{key}"', "image/jpeg")
    for number in range(100):
        cache.put(str(number), bytes(1_000), format="png")
    assert cache.bytes <= 10_000 and cache.get(key) is None and len(cache) == 7
    cache.clear()
    assert cache.bytes == 0


def test_contents_that_only_look_alike_have_different_keys() -> None:
    shown = [("a", "b"), ("a,b",), ("a", None), ("a", "None"), ("a", ""), ("a', 'b",), ("\ud800",)]
    assert len({render_key("design", stamps, format="png") for stamps in shown}) == len(shown)


class Gate:
    """A job that waits to be let through."""

    def __init__(self, result: bytes = b"picture") -> None:
        self.open = threading.Event()
        self.runs = 0
        self.result = result

    def __call__(self) -> bytes:
        self.runs += 1
        assert self.open.wait(20)
        return self.result


@pytest.fixture
async def pool() -> AsyncIterator[PaintPool[bytes]]:
    pool: PaintPool[bytes] = PaintPool(workers=1, queue=1)
    yield pool
    pool.close()


def soon(seconds: float = 10) -> float:
    return asyncio.get_running_loop().time() + seconds


async def until_nothing_is_under_way(pool: PaintPool[bytes]) -> None:
    while pool.under_way:
        await asyncio.sleep(0.001)


async def test_a_job_is_done_in_a_thread_and_kept(pool: PaintPool[bytes]) -> None:
    kept: list[bytes] = []
    assert await pool.run(lambda: b"picture", key="a", deadline=soon(), keep=kept.append) == b"picture"
    await until_nothing_is_under_way(pool)
    assert kept == [b"picture"]


async def test_a_picture_wanted_by_many_is_painted_once(pool: PaintPool[bytes]) -> None:
    gate = Gate()
    opens = [asyncio.create_task(pool.run(gate, key="a", deadline=soon())) for _ in range(5)]
    await asyncio.sleep(0.01)
    gate.open.set()
    assert await asyncio.gather(*opens) == [b"picture"] * 5
    assert gate.runs == 1


async def test_a_short_job_is_done_at_once_and_only_one_in_each_turn(pool: PaintPool[bytes]) -> None:
    places: list[str] = []

    def job() -> bytes:
        places.append(threading.current_thread().name)
        return b"picture"

    kept: list[bytes] = []
    await asyncio.gather(*(pool.run(job, key=key, deadline=soon(), keep=kept.append, short=True) for key in ("a", "b")))
    await pool.run(job, key="c", deadline=soon(), keep=kept.append, short=True)
    here = threading.current_thread().name
    assert [place == here for place in places] == [True, False, True]
    assert kept == [b"picture"] * 3


async def test_a_short_job_waits_for_the_same_one_under_way_and_never_starts_too_late(pool: PaintPool[bytes]) -> None:
    gate = Gate()
    first = asyncio.create_task(pool.run(gate, key="a", deadline=soon()))
    await asyncio.sleep(0.01)
    joined = asyncio.create_task(pool.run(gate, key="a", deadline=soon(), short=True))
    with pytest.raises(Late):
        await pool.run(gate, key="b", deadline=soon(-1), short=True)
    gate.open.set()
    assert await asyncio.gather(first, joined) == [b"picture"] * 2
    assert gate.runs <= 2


async def test_what_a_short_job_raises_is_not_kept(pool: PaintPool[bytes]) -> None:
    kept: list[bytes] = []
    with pytest.raises(ZeroDivisionError):
        await pool.run(lambda: bytes(1 // 0), key="a", deadline=soon(), keep=kept.append, short=True)
    assert (kept, pool.under_way) == ([], 0)


async def test_a_full_queue_refuses_at_once(pool: PaintPool[bytes]) -> None:
    gate = Gate()
    opens = [asyncio.create_task(pool.run(gate, key=key, deadline=soon())) for key in "ab"]
    await asyncio.sleep(0.01)
    with pytest.raises(Full):
        await pool.run(gate, key="c", deadline=soon())
    joined = asyncio.create_task(pool.run(gate, key="b", deadline=soon()))  # is under way: joining costs nothing
    await asyncio.sleep(0.01)
    gate.open.set()
    assert len(await asyncio.gather(*opens, joined)) == 3


async def test_whoever_comes_too_late_is_told_and_the_picture_is_kept_all_the_same(pool: PaintPool[bytes]) -> None:
    gate, kept = Gate(), list[bytes]()
    with pytest.raises(Late):
        await pool.run(gate, key="a", deadline=soon(0.01), keep=kept.append)
    assert kept == [] and pool.under_way == 1
    gate.open.set()
    await until_nothing_is_under_way(pool)
    assert kept == [b"picture"]


async def test_an_open_that_goes_away_does_not_take_the_picture_from_the_others(pool: PaintPool[bytes]) -> None:
    gate = Gate()
    gone, stays = (asyncio.create_task(pool.run(gate, key="a", deadline=soon())) for _ in range(2))
    await asyncio.sleep(0.01)
    gone.cancel()
    gate.open.set()
    assert await stays == b"picture"


async def test_what_a_job_raises_reaches_everybody_who_waits_and_is_not_kept(pool: PaintPool[bytes]) -> None:
    def fails() -> bytes:
        raise TimeoutError("the job's own")

    kept: list[bytes] = []
    with pytest.raises(TimeoutError, match="the job's own"):
        await pool.run(fails, key="a", deadline=soon(), keep=kept.append)
    await until_nothing_is_under_way(pool)
    assert kept == []
    assert await pool.run(lambda: b"again", key="a", deadline=soon()) == b"again"


async def test_a_job_that_fails_after_everybody_left_disturbs_nobody(pool: PaintPool[bytes]) -> None:
    gate = threading.Event()

    def fails() -> bytes:
        gate.wait(20)
        raise ValueError

    with pytest.raises(Late):
        await pool.run(fails, key="a", deadline=soon(0.01))
    gate.set()
    await until_nothing_is_under_way(pool)
