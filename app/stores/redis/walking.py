"""Going through all recipients, many in each round trip, while the work of others goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Final
from urllib.parse import unquote

from app.stores.redis import scripts
from app.stores.redis.clients import Client, together
from app.stores.redis.turns import Command

AT_ONCE: Final = 500
"""Recipients in one round trip."""


async def everybody(client: Client, command: Callable[[str], Command]) -> AsyncIterator[tuple[str, Any]]:
    """Every recipient with the answer to a command about them; whoever comes or goes meanwhile may be missing."""
    some: list[str] = []
    async for key in client.scan_iter(match=scripts.EVERYBODY, count=AT_ONCE):
        some.append(recipient_of(key.decode()))
        if len(some) == AT_ONCE:
            for answered in zip(some, await together(client, [command(one) for one in some]), strict=True):
                yield answered
            some = []
    for answered in zip(some, await together(client, [command(one) for one in some]), strict=True):
        yield answered


def recipient_of(key: str) -> str:
    """Whose key it is."""
    return unquote(key.partition(":")[2].partition("}")[0])
