"""What keeps Redis: its version, what is too old, its health, a copy."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.engine.readings import FOREVER
from app.errors import StoreTrouble
from app.stores.backend import Finding
from app.stores.pages import Found
from app.stores.redis import entries, scripts
from app.stores.redis.backend import RedisBackend
from app.stores.redis.clients import Client, in_trouble, let_go
from app.stores.redis.courier import Courier
from app.stores.redis.health import findings
from app.stores.redis.schema import STEPS, version_of
from app.stores.redis.walking import everybody
from app.stores.retention import KINDS, Moment, Retention, Swept, oldest
from app.stores.sqlite.copying import Copy

TURN: Final = "onopen:forgetting"
PAUSE_S: Final = 6 * 3600
"""In this time one process goes through all recipients, and no other."""


class RedisUpkeep:
    """Keeps a Redis, alone or a cluster."""

    def __init__(
        self,
        backend: RedisBackend,
        courier: Courier,
        quick: Client,
        patient: Client,
        cluster: bool,
        retention: Retention,
    ) -> None:
        self._backend, self._courier, self._cluster = backend, courier, cluster
        self._quick, self._patient, self._retention = quick, patient, retention

    async def begin(self) -> None:
        """Bring the schema to this version."""
        with in_trouble():
            await self._backend.begin()

    async def forget(self, now: float) -> Swept | None:
        """Remove what is too old of everybody. Another process may do it instead."""
        with in_trouble():
            if not await self._patient.execute_command("SET", TURN, now, "NX", "EX", PAUSE_S):
                return None
            forgotten, firsts = 0, [FOREVER] * len(KINDS)
            async for _, (count, ends) in everybody(self._patient, partial(_forgetting, self._retention.at(now))):
                forgotten += count
                firsts = [min(first, float(end or FOREVER)) for first, end in zip(firsts, ends, strict=True)]
            return Swept(forgotten, oldest([None if first == FOREVER else first for first in firsts], now))

    async def inspect(self) -> list[Finding]:
        """Ask every primary about itself."""
        try:
            with in_trouble():
                version, servers = await version_of(self._patient), await self._told()
        except StoreTrouble as trouble:
            return [Finding(trouble.operator, fine=False)]
        known = Finding(f"schema version {version}", fine=version == 1 + len(STEPS))
        return [
            known,
            *(
                finding
                for name, told in servers.items()
                for finding in findings(name, told, wants_replica=self._cluster)
            ),
        ]

    async def backup(self, file: Path) -> None:
        """Copy everybody into a file of the embedded store. What changes meanwhile is in it, or not."""
        copy = Copy(file)
        with in_trouble(), copy:
            async for recipient, fields in everybody(self._patient, _reading):
                copy.add(recipient, {name.decode(): entries.unpacked(raw) for name, raw in fields.items()})

    async def walk(self, now: float) -> AsyncIterator[tuple[str, Found]]:
        """Everybody, some hundreds in each round trip."""
        moment = self._retention.at(now)
        with in_trouble():
            async for recipient, fields in everybody(self._patient, _reading):
                yield recipient, entries.found(((name.decode(), raw) for name, raw in fields.items()), moment)

    async def aclose(self) -> None:
        """Carry what is left, and disconnect."""
        await self._courier.aclose()
        await let_go(self._quick)
        await let_go(self._patient)

    async def _told(self) -> Mapping[str, Mapping[str, Any]]:
        if not self._cluster:
            return {"redis": await self._patient.execute_command("INFO")}
        told: Mapping[str, Any] = await self._patient.execute_command("INFO", target_nodes="primaries")
        return told


def _forgetting(now: Moment, recipient: str) -> tuple[Any, ...]:
    kinds = (part for kept in KINDS for part in (kept.prefix, now.of(kept.prefix)))
    return "EVAL", scripts.FORGET, 2, *scripts.keys(recipient), now.at, *kinds


def _reading(recipient: str) -> tuple[Any, ...]:
    return "HGETALL", scripts.keys(recipient)[0]
