"""A process that writes into a store until it is killed, and says which events were acknowledged.

    python -m tests.support.store_load ADDRESS NAME

Each acknowledged id is a line on standard output. Sixteen writers are at work, each in batches of one to five.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from zlib import crc32

from app.errors import StoreTrouble
from app.recipients.events import Event
from app.stores.opening import store_at
from app.stores.store import Store

WRITERS = 16
RECIPIENTS = 20


def event(id: str, at: float) -> Event:
    """The event of an id. Its body is always the same, since nobody told its instant."""
    return Event(id, f"r{crc32(id.encode()) % RECIPIENTS}", "viewed", at, {"of": id})


async def _write(store: Store, name: str) -> None:
    number = 0
    while True:
        ids = [f"{name}-{number + one}" for one in range(random.randint(1, 5))]
        number += len(ids)
        try:
            await store.record([event(id, time.time()) for id in ids], {})
        except StoreTrouble:
            await asyncio.sleep(0.05)
            continue
        sys.stdout.write("".join(f"{id}\n" for id in ids))
        sys.stdout.flush()


async def main(address: str, name: str) -> None:
    store = store_at(address, clock=time.time, lost=lambda: None)
    await asyncio.gather(*(_write(store, f"{name}-{writer}") for writer in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
