"""A process that claims a place of an offer for many recipients at once, and says who got which.

    python -m tests.support.store_claims ADDRESS

Each recipient with their number, or None, is a line on standard output.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time

from app.engine.offers import Offer
from app.engine.readings import Why
from app.recipients.hiding import Hider
from app.stores.opening import store_at
from app.stores.store import Store

OFFER = Offer("winter", "early-bird", 25)
RECIPIENTS = tuple(f"r{number}" for number in range(60))


async def claimed(store: Store, recipient: str, offer: Offer = OFFER) -> int | None:
    """What a claim comes to; on a busy machine the store may be silent, for it is given 50 ms."""
    for _ in range(200):
        answer = await store.claim(recipient, offer)
        if not isinstance(answer, Why):
            return answer
        await asyncio.sleep(random.uniform(0, 0.1))
    raise AssertionError("the store is silent")


async def main(address: str) -> None:
    store = store_at(address, clock=time.time, lost=lambda: None, hiders=(Hider(b"in use"),))
    await store.upkeep.begin()
    asked = random.sample(RECIPIENTS, len(RECIPIENTS))
    numbers = await asyncio.gather(*(claimed(store, recipient) for recipient in asked))
    for recipient, number in zip(asked, numbers, strict=True):
        sys.stdout.write(f"{recipient} {number}\n")
    await store.upkeep.aclose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
