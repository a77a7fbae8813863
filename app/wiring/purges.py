"""Purging put together: the dialect of the CDN in front, and the one guarded way out to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from app.edge.dialect import Call
from app.edge.purging import Purging
from app.errors import CdnTrouble, SettingError
from app.settings import Settings
from app.sources.http import GuardedClient, UpstreamTrouble
from app.wiring.fronts import DIALECTS
from app.wiring.world import PRODUCT

DEADLINE_S = 10.0
MOST_BYTES = 1 << 20


class Sender:
    """Sends calls to the host that the operator named, which may have a private address; `transport` is a seam."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        host = urlsplit(url).hostname or ""
        self._client = GuardedClient(user_agent=PRODUCT, trusted_hosts=(host,), transport=transport)

    async def __call__(self, call: Call) -> None:
        """Send one; raises CdnTrouble."""
        try:
            await self._client.send(
                call.method, call.url, headers=call.headers, body=call.body, deadline_s=DEADLINE_S, max_bytes=MOST_BYTES
            )
        except UpstreamTrouble as trouble:
            raise CdnTrouble("the CDN did not do it; the log says why", str(trouble)) from trouble

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def purging(settings: Settings, clock: Callable[[], float]) -> tuple[Purging, Sender] | None:
    """What purges, and its sender, to be closed; None where no address is set."""
    edge = settings.edge
    if edge.purge_url is None:
        return None
    sender, key = Sender(edge.purge_url), edge.purge_key.get_secret_value() if edge.purge_key else ""
    return Purging(DIALECTS[edge.dialect](), edge.purge_url, key, sender, clock), sender


def purge_now(settings: Settings, tags: Sequence[str]) -> None:
    """Have everything dropped that carries any of these tags; raises SettingError or CdnTrouble."""
    asyncio.run(_purged(settings, tags))


async def _purged(settings: Settings, tags: Sequence[str]) -> None:
    async with purging_opened(settings) as made:
        if made is None:
            raise SettingError("ONOPEN_EDGE__PURGE_URL", "", "set it to where your CDN is told; docs/cdn says which")
        await made.drop(tags)


@asynccontextmanager
async def purging_opened(settings: Settings) -> AsyncIterator[Purging | None]:
    """What purges, until the block ends; None where no address is set."""
    made = purging(settings, time.time)
    try:
        yield made and made[0]
    finally:
        if made is not None:
            await made[1].aclose()
