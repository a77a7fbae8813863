"""The demo site, asked over HTTP at an instant of one's choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.city_files import write_city_file
from tests.support.server import Answer, Inside, standing
from tests.support.sites import ROOT

CLOUDFLARE = "173.245.48.9"
LIGHT = 60_000
"""Bytes that a banner of that size may have: so much is there at once on a phone."""


class Demo:
    """The demo site behind Cloudflare, with a City file, at whatever instant a test likes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.server: Inside | None = None

    def at(self, moment: str) -> None:
        """Put the clock to an instant (ISO 8601)."""
        self.now = datetime.fromisoformat(moment).timestamp()

    async def ask(self, target: str, **headers: str) -> Answer:
        """One request."""
        assert self.server is not None
        return await self.server.ask(target, peer=CLOUDFLARE, **headers)

    def counted(self) -> str:
        """What `/metrics` says."""
        assert self.server is not None
        return self.server.counted()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One application for all; every test sets the clock first."""
    made = Demo()
    made.at("2026-11-24T12:00+01:00")
    edge = {"trusted_proxies": "173.245.48.0/20", "dialect": "cloudflare"}
    city_file = write_city_file(tmp_path_factory.mktemp("geo") / "city.mmdb")
    state = tmp_path_factory.mktemp("demo-state")
    with standing(ROOT, state, lambda: made.now, budget_ms=4_000, edge=edge, geo={"city_file": city_file}) as server:
        made.server = server
        yield made


async def rule(demo: Demo, target: str, **headers: str) -> str:
    """The rule that decides, as the link's parameters tell it; the picture must be one, light, and live."""
    placeholder, _, query = target.partition("?")
    picture = await demo.ask(f"/i/{placeholder}.jpg?{query}", **headers)
    assert (picture.status, picture.rung, picture.picture.size) == (200, "live", (1200, 600))
    assert len(picture.body) <= LIGHT
    link = await demo.ask(f"/l/{placeholder}?{query}", **headers)
    assert link.status == 302
    where = urlsplit(link.headers["location"])
    assert (where.scheme, where.netloc.endswith("lindner.example")) == ("https", True)
    told = parse_qs(where.query)
    assert (told["utm_source"], told["utm_campaign"]) == (["newsletter"], [placeholder])
    return told["utm_content"][0]
