"""Places of offers in Redis: a claim is one script on the one page that they share, and one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.engine.readings import FOREVER, Why
from app.stores.erasures import SHUT, Clock, dated
from app.stores.pages import Entry, Found
from app.stores.places import KEPT_S, OFFERS, PLACE, Claim
from app.stores.redis import entries, scripts
from app.stores.redis.backend import RedisBackend
from app.stores.redis.clients import Client, in_trouble
from app.stores.retention import EVER, Moment, Retention

AT_ONCE: Final = 1_000
"""Entries that are looked through in one round trip."""


class RedisPlaces:
    """Places in Redis; claims go through the backend, which knows whether it is worth asking."""

    def __init__(self, backend: RedisBackend, patient: Client, retention: Retention) -> None:
        self._backend, self._patient, self._retention = backend, patient, retention

    async def claim(self, claim: Claim, now: float) -> int | Why | None:
        """Take a place; Redis has it on return."""
        lasting, until = entries.packed(Entry(b"", FOREVER)), now + KEPT_S
        mine = entries.packed(Entry(b"", until)), now, self._retention.at(now).of(PLACE)
        written = (claim.taken, claim.most, lasting, until, *mine)
        keys = scripts.keys(OFFERS, claim.marks)
        answer = await self._backend.asked(("EVAL", scripts.CLAIM, len(keys), *keys, *written, *claim.names), now)
        return Why.STORE_SILENT if answer == scripts.KEPT_OUT else answer or None

    async def held(self, beginnings: Sequence[str], now: float) -> Found:
        """Those of the page that begin so."""
        return await self._held(beginnings, self._retention.at(now))

    async def strike(self, beginnings: Sequence[str], marks: Sequence[str], clock: Clock) -> Found:
        """Remove them, with their ends."""
        entries_key, ends_key, *_ = scripts.keys(OFFERS)
        with in_trouble():
            await self._mark(marks, SHUT)
            held = await self._held(beginnings, EVER)
            if held:
                await self._patient.execute_command("HDEL", entries_key, *held)
                await self._patient.execute_command("ZREM", ends_key, *held)
            await self._mark(marks, dated(clock()))
        return held

    async def _held(self, beginnings: Sequence[str], now: Moment) -> Found:
        held: dict[str, bytes] = {}
        with in_trouble():
            for beginning in beginnings:
                held |= await self._scanned(beginning, now)
        return held

    async def _mark(self, marks: Sequence[str], said: bytes) -> None:
        _, _, *keys = scripts.keys(OFFERS, marks)
        if keys:
            await self._patient.execute_command(*scripts.marking(scripts.MARK, keys, said))

    async def _scanned(self, beginning: str, now: Moment) -> Found:
        """A little in each round trip, so that nobody waits long behind it."""
        found: dict[str, bytes] = {}
        cursor = 0
        while True:
            scan = ("HSCAN", scripts.keys(OFFERS)[0], cursor, "MATCH", f"{beginning}*", "COUNT", AT_ONCE)
            cursor, fields = await self._patient.execute_command(*scan)
            found |= entries.found(((name.decode(), raw) for name, raw in fields.items()), now)
            if not int(cursor):
                return found
