"""The version of what is in Redis, and the steps that bring an older one to this version.

An empty Redis begins with version 1. Each step may be run twice, and by two processes at once, since nobody is locked
out meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from app.errors import StoreTrouble
from app.stores.redis.clients import Client

Step = Callable[[Client], Awaitable[None]]

KEY: Final = "onopen:schema"
STEPS: Final[tuple[Step, ...]] = ()
"""Step n leads from version n + 1 to version n + 2."""


async def version_of(client: Client) -> int | None:
    """The version, if there is anything."""
    raw = await client.execute_command("GET", KEY)
    return None if raw is None else int(raw)


async def migrate(client: Client, steps: Sequence[Step] = STEPS) -> None:
    """Run the steps that are missing. Raises StoreTrouble for a version from the future, and what the client raises."""
    version, newest = await version_of(client), 1 + len(steps)
    if version is None:
        await client.execute_command("SET", KEY, newest, "NX")
        return
    if version > newest:
        raise StoreTrouble(f"Redis has version {version}; this onopen knows {newest} and would harm it")
    for number, step in enumerate(steps[version - 1 :], start=version + 1):
        await step(client)
        await client.execute_command("SET", KEY, number)
