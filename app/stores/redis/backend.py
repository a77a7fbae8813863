"""Entries in Redis. A change is made here and written there, if nobody else was faster; else it is made again, on what
is there then.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from app.breaker import Breaker
from app.engine.readings import Why
from app.errors import StoreTrouble
from app.recipients.events import Outcome
from app.stores.erasures import SHUT, Clock, Marks, dated
from app.stores.pages import PERSON, Change, Found, measured
from app.stores.redis import entries, scripts
from app.stores.redis.amending import Amendment
from app.stores.redis.claims import free
from app.stores.redis.clients import FAULTS, LIMIT_S, Client, in_trouble, together
from app.stores.redis.courier import Courier
from app.stores.redis.schema import KEY, migrate
from app.stores.redis.slots import numbers
from app.stores.redis.turns import Command
from app.stores.retention import EVER, Moment, Retention

ATTEMPTS: Final = 20
"""How often a change is made again because somebody else was faster."""


class RedisBackend:
    """Entries in Redis, read by the quick client and written by the patient one."""

    def __init__(
        self,
        quick: Client,
        patient: Client,
        breaker: Breaker,
        courier: Courier,
        marks: Marks,
        retention: Retention,
    ) -> None:
        self._quick, self._patient, self._breaker, self._courier = quick, patient, breaker, courier
        self._marks, self._retention = marks, retention
        self._begun, self._beginning = False, asyncio.Lock()

    def glance(self, _recipient: str, _names: Sequence[str], _now: float, /) -> Found | Why | None:
        """Nothing: it takes waiting."""
        return None

    async def read(self, recipient: str, names: Sequence[str], now: float) -> Found | Why:
        """One HMGET."""
        raws = await self.asked(("HMGET", scripts.keys(recipient)[0], *names), now)
        if isinstance(raws, Why):
            return raws
        return entries.found(zip(names, raws, strict=True), self._retention.at(now))

    async def asked(self, command: Command, now: float) -> Any | Why:
        """The answer to a command that an open waits for, for at most 50 ms.

        What comes too late is let come, so that its connection stays in order. Whoever waits less long and gives up
        leaves it to be judged all the same: else a Redis that is silent would be asked by every open.
        """
        if not self._breaker.admit(now):
            return Why.STORE_SILENT
        asked = asyncio.ensure_future(self._quick.execute_command(*command))
        asked.add_done_callback(_heard)
        try:
            await asyncio.wait((asked,), timeout=LIMIT_S)
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_later(LIMIT_S, self._judge, asked, now)
            raise
        return asked.result() if self._judge(asked, now) else Why.STORE_SILENT

    def _judge(self, asked: asyncio.Future[Any], now: float) -> bool:
        """Whether there is an answer by now; the breaker hears of it."""
        answered = asked.done() and not asked.cancelled() and asked.exception() is None
        if answered:
            self._breaker.succeeded(now)
        else:
            self._breaker.failed(now)
        return answered

    async def amend(self, changes: Sequence[Change], now: float) -> list[Outcome]:
        """Apply changes. Redis has them on return; whether they are on its disk is up to its settings."""
        moment = self._retention.at(now)
        with in_trouble():
            await self.begin()
            refused = await self._refused(changes, moment)
        amendment = Amendment(self._patient, changes, self._marks, refused, moment)
        for _ in range(ATTEMPTS):
            with in_trouble():
                await amendment.attempt()
            if not amendment.waiting:
                return amendment.outcomes
            await asyncio.sleep(random.uniform(0, 0.02))
        raise StoreTrouble(f"Redis: {len(amendment.waiting)} recipients are changed by others all the time")

    def later(self, change: Change, clock: Clock) -> bool:
        """Have it carried."""
        return self._courier.take(change, lambda changes: self.amend(changes, clock()))

    async def page(self, recipient: str, now: float) -> Found:
        """One HGETALL."""
        with in_trouble():
            fields = await self._patient.execute_command("HGETALL", scripts.keys(recipient)[0])
        return entries.found(((name.decode(), raw) for name, raw in fields.items()), self._retention.at(now))

    async def erase(self, recipients: Sequence[str], clock: Clock) -> list[Found]:
        """Unlink both keys of each, and the keys of their ids before: an erasure that breaks off finds them again."""
        keys = [scripts.keys(recipient, self._marks.of(recipient)) for recipient in recipients]
        before = await asyncio.gather(*(self.page(recipient, EVER.at) for recipient in recipients))
        with in_trouble():
            await free(self._patient, before)
            erased = await together(self._patient, [scripts.marking(scripts.ERASE, each, SHUT) for each in keys])
            said = dated(clock())  # until now, what was erased could still be read
            await together(
                self._patient, [scripts.marking(scripts.MARK, marks, said) for _, _, *marks in keys if marks]
            )
            found = [_all_of(flat) for flat in erased]
            await free(self._patient, map(_come_since, found, before))
        return found

    async def begin(self) -> None:
        """See to the version, once. Raises StoreTrouble, and what the client raises."""
        async with self._beginning:
            if not self._begun:
                await asyncio.to_thread(numbers)  # the first write would have all opens wait for them
                await migrate(self._patient)
                with suppress(*FAULTS):  # so that the first open finds a connection, if there can be one
                    await self._quick.execute_command("GET", KEY)
                self._begun = True

    async def _refused(self, changes: Sequence[Change], now: Moment) -> set[int]:
        """The positions of changes whom somebody refused who is asked for them."""
        asking = {position: change.asks for position, change in enumerate(changes) if change.asks}
        if not asking:
            return set()
        commands = [("HGET", scripts.keys(asked)[0], PERSON) for asked in asking.values()]
        persons = await together(self._patient, commands)
        return {
            position
            for position, raw in zip(asking, persons, strict=True)
            if not measured(entries.found([(PERSON, raw)], now))
        }


def _all_of(flat: Sequence[bytes]) -> Found:
    """The entries of an answer that lists names and values by turns, as scripts give it."""
    return entries.found(zip((name.decode() for name in flat[::2]), flat[1::2], strict=True), EVER)


def _come_since(page: Found, before: Found) -> Found:
    return {name: page[name] for name in page.keys() - before.keys()}


def _heard(asked: asyncio.Future[Any]) -> None:
    """What became of a question that nobody waits for any more is nobody's trouble."""
    if not asked.cancelled():
        asked.exception()
