"""A weather source with everything around it in the test's hands: its clock, its vendor's server, its tally."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

import httpx

from app.engine.readings import Reading
from app.sources.http import GuardedClient
from app.sources.weather.source import WeatherSource
from app.sources.weather.vendor import Vendor

START = datetime(2026, 11, 21, 18, 40, tzinfo=UTC).timestamp()


HAMBURG = (53.55, 10.0)


Recorded = Callable[[str], Any]


Handler = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Counts:
    """A tally that remembers outcomes."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def count(self, name: str, **labels: str) -> None:
        assert name == "weather_fetch"
        self.outcomes[labels["outcome"]] += 1


@dataclass
class House:
    """A source with everything around it in the test's hands."""

    source: WeatherSource
    counts: Counts
    now: float = START
    lines: list[str] = field(default_factory=list)

    async def fetch(self, deadline: float = 1.0, place: tuple[float, float] = HAMBURG) -> Mapping[str, Reading]:
        return await self.source.fetch(*place, self.now, deadline)

    def remembered(self, place: tuple[float, float] = HAMBURG) -> Mapping[str, Reading] | None:
        return self.source.remembered(*place, self.now)

    async def landed(self) -> None:
        for _ in range(50):
            await asyncio.sleep(0.002)
            if not self.source._flights:
                return


@asynccontextmanager
async def house(vendor: Vendor, handler: Handler, **settings: Any) -> AsyncIterator[House]:
    client = GuardedClient(user_agent="t", transport=httpx.MockTransport(handler))
    counts, lines = Counts(), list[str]()

    def zone_of(latitude: float, longitude: float) -> tzinfo:
        return UTC

    def clock() -> float:
        return made.now

    source = WeatherSource(vendor, client, clock=clock, zone_of=zone_of, tally=counts, tell=lines.append, **settings)
    made = House(source, counts, START, lines)
    try:
        yield made
    finally:
        await source.aclose()
        await client.aclose()


class Upstream:
    """A vendor's server that answers what the test says and counts who asked."""

    def __init__(self, document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.document, self.status, self.headers = document, status, dict(headers or {})
        self.asked: list[httpx.Request] = []
        self.silent = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.silent:
            await asyncio.sleep(30)
        body = self.document if isinstance(self.document, bytes) else json.dumps(self.document).encode()
        return httpx.Response(self.status, headers=self.headers, content=body)
