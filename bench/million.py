"""One million recipients in the embedded store: how long they take to be told, how large they are, what opens cost.

    python -m bench million

Ten attributes and five events each, written as an import writes them. It takes some minutes, so it is asked for by name
only.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Final

from pydantic import SecretStr

from app import server
from app.recipients.events import Event
from app.recipients.tellable import Telling
from app.settings import Settings
from app.stores.opening import sqlite_store
from app.wiring.world import world_of
from bench.recalled import answered, shop
from bench.report import Figure, Report, ratios

RECIPIENTS: Final = 1_000_000
BATCH: Final = 1_000
SLOWER: Final = 1.3
KINDS: Final = ("viewed", "bought", "viewed")
TAIL: Final = "5eed" * 6
QUERY: Final = f"m=newyear&r={{:08x}}{TAIL}"


def million(folder: Path, *, recipients: int = RECIPIENTS, rounds: int = 5) -> Report:
    """Seconds, megabytes, and milliseconds until an open is answered."""
    empty, full = folder / "empty.db", folder / "full.db"
    told_s, happened_s = asyncio.run(_filled(full, recipients))
    asyncio.run(_filled(empty, 1))
    few, many = asyncio.run(_opened(folder, empty, full, recipients, rounds))
    size = sum(file.stat().st_size for file in folder.glob("full.db*"))
    return Report(
        f"11. {recipients:,} recipients with ten attributes and five events each, in SQLite",
        (
            Figure.of("telling the attributes", [told_s], "s", note=f"{recipients / told_s:,.0f} a second"),
            Figure.of("storing the events", [happened_s], "s", note=f"{5 * recipients / happened_s:,.0f} a second"),
            Figure.of("the file", [size / 1e6], "MB", note=f"{size / recipients:,.0f} bytes each"),
            Figure.of("memory of the process", [_resident_mb()], "MB"),
            Figure.of("an open that reads somebody, of an almost empty store", few, "ms"),
            Figure.of("an open that reads anybody, of the full one", many, "ms"),
            Figure.at_most("full / empty", ratios(many, few), "x", SLOWER),
        ),
    )


async def _filled(file: Path, recipients: int) -> tuple[float, float]:
    """Seconds for the attributes, and for the events."""
    store, began = sqlite_store(file, clock=time.time, lost=lambda: None), time.perf_counter()
    for some in _batches(recipients):
        await store.tell_each([Telling(_named(one), _attributes(one), {"behaviour": True}) for one in some])
    told = time.perf_counter()
    for some in _batches(recipients):
        await store.record([event for one in some for event in _events(one)], {})
    ended = time.perf_counter()
    await store.upkeep.aclose()
    return told - began, ended - told


def _batches(recipients: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, recipients)) for start in range(0, recipients, BATCH))


def _spread(number: int) -> int:
    """Another number for each, far from those of its neighbours, as ids are."""
    return number * 2_654_435_761 % 2**32


def _named(number: int) -> str:
    return f"{_spread(number):08x}{TAIL}"


def _attributes(number: int) -> dict[str, object]:
    texts = {f"attribute_{place}": f"value {number % 97} of {place}" for place in range(7)}
    return {**texts, "tier": "gold", "points": number % 1_000, "vip": number % 2 == 0}


def _events(number: int) -> Iterator[Event]:
    now = time.time()
    for place in range(5):
        payload = {"sku": f"A{number % 50}", "price": 19.9}
        yield Event(f"{number}-{place}", _named(number), KINDS[place % 3], now - place * 80_000, payload)


async def _opened(folder: Path, empty: Path, full: Path, recipients: int, rounds: int) -> tuple[list[float], ...]:
    """Milliseconds until an open is answered, in the median: of the same one again and again, and of anybody."""
    chance, site, servers = Random(7), shop(folder / "site", "aggregate"), []
    for file in (empty, full):
        settings, state = (
            Settings(log_level="error", store=SecretStr(f"sqlite:///{file}")),
            folder / f"state-{file.stem}",
        )
        servers.append(server.build(settings, world_of(settings, state=state), site, state))
    few, many = [], []
    for _ in range(rounds + 1):
        few.append((await answered(servers[0], "somebody", QUERY, repeat(0)))[1])
        many.append((await answered(servers[1], "somebody", QUERY, _anybody(chance, recipients)))[1])
    return few[1:], many[1:]


def _anybody(chance: Random, recipients: int) -> Iterator[int]:
    while True:
        yield _spread(chance.randrange(recipients))


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
