"""The embedded store: durable events a second beside a bare loop of inserts, and what an open's memory costs."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Final

from app.recipients.events import Collection, Event
from app.recipients.receipts import Kept, Receipt
from app.recipients.showings import Mail, Showing
from app.stores.opening import sqlite_store
from app.stores.store import Store
from bench.report import Figure, Report, ratios

BATCH: Final = 1_000
BATCHES: Final = 6
SINGLES: Final = 1_500
AT_ONCE: Final = 32
RECIPIENTS: Final = 20_000
READS: Final = 4_000
CART: Final = {"cart": Collection("sku", frozenset({"added"}), frozenset({"purchase"}), 30 * 86_400.0)}
KINDS: Final = ("viewed", "viewed", "added", "purchase")
NUMBERS: Final = count()


def store(folder: Path, *, rounds: int = 5) -> Report:
    """Events a second, and microseconds of CPU for a read."""
    bare, batches, singles, reads, none = asyncio.run(_rounds(folder, rounds))
    return Report(
        "9. the embedded store: durable events, and what an open reads",
        (
            Figure.of("a bare loop of inserts, 1,000 in a commit", bare, "/s"),
            Figure.at_least("events in batches of 1,000", batches, "/s", 10_000),
            Figure.at_least("in batches / bare", ratios(batches, bare), "x", 0.08),
            Figure.at_least(f"events one by one, {AT_ONCE} at once", singles, "/s", 1_500),
            Figure.of("CPU of reading somebody unknown", none, "µs"),
            Figure.at_most("CPU of reading profile, events and receipt", reads, "µs", 30),
        ),
    )


async def _rounds(folder: Path, rounds: int) -> tuple[list[float], ...]:
    made = sqlite_store(folder / "store.db", clock=time.time, lost=lambda: None)
    await made.upkeep.begin()
    mail = await _somebody(made)
    figures: tuple[list[float], ...] = ([], [], [], [], [])
    for number in range(rounds):
        figures[0].append(_bare(folder / f"bare-{number}.db"))
        figures[1].append(await _rate(BATCHES * BATCH, lambda: _batches(made)))
        figures[2].append(await _rate(SINGLES, lambda: _singles(made)))
        figures[3].append(_reading(made, mail))
        figures[4].append(_reading(made, Mail("nobody", "newyear", "hero")))
    await made.upkeep.aclose()
    return figures


def _event() -> Event:
    number = next(NUMBERS)
    payload = {"sku": f"A{number % 50}", "price": 19.9}
    return Event(f"e{number}", f"r{number * 7919 % RECIPIENTS}", KINDS[number % 4], time.time(), payload)


async def _batches(made: Store) -> None:
    for _ in range(BATCHES):
        await made.record([_event() for _ in range(BATCH)], CART)


async def _singles(made: Store) -> None:
    async def one_after_the_other() -> None:
        for _ in range(SINGLES // AT_ONCE):
            await made.record([_event()], CART)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


async def _rate(events: int, work: Callable[[], Awaitable[None]]) -> float:
    started = time.perf_counter()
    await work()
    return events / (time.perf_counter() - started)


def _bare(file: Path) -> float:
    """Rows a second of the plainest code: the same bytes, the same durability, and nothing made of them."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").close()
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, recipient TEXT, type TEXT, at REAL, payload TEXT)")
    events = [_event() for _ in range(BATCHES * BATCH)]
    started = time.perf_counter()
    for start in range(0, len(events), BATCH):
        connection.execute("BEGIN")
        for one in events[start : start + BATCH]:
            row = (one.id, one.recipient, one.type, one.at, str(one.payload))
            connection.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")
    rate = len(events) / (time.perf_counter() - started)
    connection.close()
    return rate


async def _somebody(made: Store) -> Mail:
    """A recipient as shops have them: a profile, thirty events of four weeks, a mail that was opened."""
    mail, now = Mail("somebody", "newyear", "hero"), time.time()
    await made.tell("somebody", {"tier": "gold", "first_name": "Anna", "language": "de"}, {"behaviour": True})
    events = [Event(f"s{age}", "somebody", KINDS[age % 4], now - age * 80_000, _event().payload) for age in range(30)]
    await made.record(events, CART)
    readings = {"geo.city": Kept("Ulm", now, None, "ip")}
    made.keep(Showing(mail, Receipt(now, "weather", "rain", "https://shop.example/", "5f0c", {}, readings)))
    while (await made.recall(mail)).opened is None:
        await asyncio.sleep(0.01)
    return mail


def _reading(made: Store, mail: Mail) -> float:
    started = time.process_time()
    for _ in range(READS):
        made.at_once(mail)
    return (time.process_time() - started) / READS * 1e6
