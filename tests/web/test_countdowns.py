"""A countdown over HTTP: it ticks from the second of the open where that is certain, and is a sentence elsewhere."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.support.server import Inside, inside
from tests.support.sites import SITE

GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
APPLE = "Mozilla/5.0"
NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()

PLACEHOLDER = """\
size: [200, 60]
format: {format}
alt: Ein Angebot
params:
  name: {{type: text, default: ""}}
fields:
  ends: {{type: moment}}
layers:
  - shape: {{box: [0, 0, 200, 60], color: "#203040"}}
  - text: {{text: "{{{{ param.name }}}}", box: [10, 0, 180, 10], size: 8}}
  - countdown: {{field: ends, box: [10, 10, 180, 44]}}
"""
RULES = """\
placeholder: [sale, still]
phases: {live: 2026-11-27 00:00, over: 2026-12-01 00:00}
rules:
  - {name: live, when: {phase: live}, show: {ends: over}, link: https://shop.example/sale}
otherwise: {link: https://shop.example/}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    for path, text in {
        "placeholders/sale.yaml": PLACEHOLDER.format(format="gif"),
        "placeholders/still.yaml": PLACEHOLDER.format(format="jpg"),
        "rules/sale.yaml": RULES,
        "rules/site.yaml": SITE,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


async def frames(server: Inside, agent: str, target: str = "/i/sale.gif") -> int:
    answer = await server.ask(target, user_agent=agent)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/gif")
    return getattr(Image.open(BytesIO(answer.body)), "n_frames", 1)


async def test_it_ticks_for_those_who_certainly_look(shop: Path, tmp_path: Path) -> None:
    async with inside(shop, tmp_path / "state", now=NOW, budget_ms=10_000) as server:
        assert [await frames(server, agent) for agent in (GMAIL, APPLE)] == [61, 1]
        assert 'onopen_countdowns_total{face="live"} 1.0' in server.counted()


async def test_a_placeholder_of_another_format_never_ticks_and_says_the_same(shop: Path, tmp_path: Path) -> None:
    async with inside(shop, tmp_path / "state", now=NOW, budget_ms=10_000) as server:
        assert await frames(server, GMAIL, "/i/still.gif") == 1
        assert (await server.ask("/i/sale.jpg", user_agent=GMAIL)).headers["content-type"] == "image/jpeg"


async def test_nobody_keeps_a_second_and_it_has_a_name_of_its_own(shop: Path, tmp_path: Path) -> None:
    seen = []
    for now in (NOW, NOW + 1):
        async with inside(shop, tmp_path / "state", now=now, budget_ms=10_000) as server:
            answer = await server.ask("/i/sale.gif", user_agent=GMAIL)
            assert answer.headers["cache-control"] == "private, no-cache, max-age=0"
            assert answer.headers["cdn-cache-control"] == "no-store"
            again = await server.ask("/i/sale.gif", user_agent=GMAIL, if_none_match=answer.headers["etag"])
            assert again.status == 304
            seen.append(answer.headers["etag"])
    assert len(set(seen)) == 2


async def test_what_is_not_compiled_in_time_says_its_deadline(shop: Path, tmp_path: Path) -> None:
    async with inside(shop, tmp_path / "state", now=NOW, budget_ms=10_000) as server:
        names = [await frames(server, GMAIL, f"/i/sale.gif?name=Nr{number}") for number in range(8)]
        assert names == [61] * 6 + [1, 1]
        assert 'onopen_countdowns_total{face="durable"} 2.0' in server.counted()


async def test_after_the_end_nothing_is_counted(shop: Path, tmp_path: Path) -> None:
    async with inside(shop, tmp_path / "state", now=NOW + 5 * 86_400) as server:
        assert await frames(server, GMAIL) == 1


async def test_an_end_of_everybodys_own_ticks_at_the_first_open(shop: Path, tmp_path: Path) -> None:
    own = PLACEHOLDER.format(format="gif").replace("{field: ends,", "{field: ends, meaning: evergreen, hours: 48,")
    own = own.replace("ends: {type: moment}", 'ends: {type: moment, default: "{{ param.sent }}"}')
    own = own.replace("params:\n", "params:\n  sent: {type: text, default: ''}\n")
    (shop / "placeholders" / "sale.yaml").write_text(own, encoding="utf-8")
    (shop / "rules" / "sale.yaml").write_text("placeholder: [sale, still]\notherwise: {}\n", encoding="utf-8")
    async with inside(shop, tmp_path / "state", now=NOW) as server:
        while server.world.templates.weight == 0:  # until it is rehearsed; pytest ends what never comes
            await asyncio.sleep(0.01)
        assert await frames(server, GMAIL, "/i/sale.gif?sent=2026-11-27T20:00%2B01:00") == 61
