"""Places of offers in Redis: a claim is one script on the one page that they share, and one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.engine.readings import FOREVER, Why
from app.stores.pages import Entry, Found
from app.stores.places import KEPT_S, OFFERS, Claim
from app.stores.redis import entries, scripts
from app.stores.redis.backend import RedisBackend
from app.stores.redis.clients import Client, in_trouble

AT_ONCE: Final = 1_000
"""Entries that are looked through in one round trip."""


class RedisPlaces:
    """Places in Redis; claims go through the backend, which knows whether it is worth asking."""

    def __init__(self, backend: RedisBackend, patient: Client) -> None:
        self._backend, self._patient = backend, patient

    async def claim(self, claim: Claim, now: float) -> int | Why | None:
        """Take a place; Redis has it on return."""
        lasting, until = entries.packed(Entry(b"", FOREVER)), now + KEPT_S
        written = (claim.taken, claim.most, lasting, until, entries.packed(Entry(b"", until)), now)
        keys = scripts.keys(OFFERS)
        answer = await self._backend.asked(("EVAL", scripts.CLAIM, len(keys), *keys, *written, *claim.names), now)
        return answer if isinstance(answer, Why) else int(answer) or None

    async def held(self, beginnings: Sequence[str], now: float) -> Found:
        """Those of the page that begin so."""
        held: dict[str, bytes] = {}
        with in_trouble():
            for beginning in beginnings:
                held |= await self._scanned(beginning, now)
        return held

    async def strike(self, names: Sequence[str]) -> None:
        """Remove them, with their ends."""
        entries_key, ends_key = scripts.keys(OFFERS)
        with in_trouble():
            if names:
                await self._patient.execute_command("HDEL", entries_key, *names)
                await self._patient.execute_command("ZREM", ends_key, *names)

    async def _scanned(self, beginning: str, now: float) -> Found:
        """A little in each round trip, so that nobody waits long behind it."""
        found: dict[str, bytes] = {}
        cursor = 0
        while True:
            scan = ("HSCAN", scripts.keys(OFFERS)[0], cursor, "MATCH", f"{beginning}*", "COUNT", AT_ONCE)
            cursor, fields = await self._patient.execute_command(*scan)
            found |= entries.found(((name.decode(), raw) for name, raw in fields.items()), now)
            if not int(cursor):
                return found
