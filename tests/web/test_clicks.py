"""A click goes to what was shown: hours later, under another sky, at every level of measurement."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from app.authoring.library import Edition, check
from app.engine.readings import Reading, Why, unknown
from app.engine.signals import WEATHER
from app.wiring import editions, makers
from tests.support.server import Inside, build
from tests.support.sites import PLACEHOLDER, SITE
from tests.web.test_faults_inside import desk_of

NOW = 1_795_000_000.0
HOUR, DAY = 3_600.0, 86_400.0
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) Chrome/126.0.0.0 Mobile Safari/537.36"
PREFETCH = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135"
    " Safari/537.36 Edge/12.246 Mozilla/5.0"
)
SOMEBODY = "0123456789abcdef" * 2
RULES = """\
placeholder: sky
phases: {sale: 2026-01-01, over: 2027-01-01}
rules:
  - {name: wet, when: {weather.condition: rain}, show: {ground: "#0000cc"}, link: https://shop.example/umbrellas}
  - {name: sunny, when: {weather.condition: clear}, show: {ground: "#dddd00"}, link: https://shop.example/sunscreen}
  - {name: sale, when: {weather.condition: snow, phase: sale}, link: https://shop.example/sale}
otherwise: {link: https://shop.example/}
"""
GONE = 'click: as_shown_unless_gone\ngone: "https://shop.example/next?was={{ param.name }}"\n'


class Sky:
    """The weather everywhere and what time it is, as a test wants them."""

    attribution = None

    def __init__(self) -> None:
        self.condition = "rain"
        self.now = NOW

    def remembered(self, latitude: float, longitude: float, now: float) -> Mapping[str, Reading]:
        others = {signal.name: unknown(signal.name, Why.NOT_OFFERED, as_of=now, until=now + 1) for signal in WEATHER}
        return {**others, "weather.condition": Reading("weather.condition", self.condition, now, now + 1, "sky")}

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Mapping[str, Reading]:
        return self.remembered(latitude, longitude, now)

    async def aclose(self) -> None:
        """Nothing is open."""


@dataclass
class Shop:
    """A server under a sky that tests turn."""

    folder: Path
    state: Path
    sky: Sky
    server: Inside

    def turn(self, condition: str, after: float = 2 * HOUR) -> None:
        """Time passes, and the weather is another."""
        self.sky.condition, self.sky.now = condition, self.sky.now + after

    async def open(self, query: str = f"m=newyear&r={SOMEBODY}", agent: str = PHONE, name: str = "sky") -> str:
        """Open a picture, and see what was kept of it being written; answers its colour."""
        answer = await self.server.ask(f"/i/{name}.png?city=Hamburg&{query}", user_agent=agent)
        assert (answer.status, answer.rung) == (200, "live")
        await self.written()
        return answer.ground

    async def click(self, query: str = f"m=newyear&r={SOMEBODY}", name: str = "sky") -> str:
        """Click it; answers the path of where it leads."""
        answer = await self.server.ask(f"/l/{name}?city=Hamburg&{query}", user_agent=PHONE)
        assert answer.status == 302
        return (
            answer.headers["location"].removeprefix("https://shop.example/").partition("?utm")[0].partition("&utm")[0]
        )

    async def tell(self, **consent: bool) -> None:
        assert self.server.world.store is not None
        await self.server.world.store.tell(SOMEBODY, {}, consent)

    async def written(self) -> None:
        """Everything that was handed to the store is in it: whoever comes later is served later."""
        assert self.server.world.store is not None
        await self.server.world.store.tell("somebody else", {}, {})

    def edit(self, rules: str, site: str = SITE) -> None:
        """Serve other rules from now on."""
        (self.folder / "rules/sky.yaml").write_text(rules, "utf-8")
        (self.folder / "rules/site.yaml").write_text(site, "utf-8")
        world = self.server.world
        checked = check(self.folder, makers.toolbox(world), makers.preflight(world, self.folder))
        assert checked.good, checked.problems.render()
        edition = Edition(checked.site, self.folder)
        desk_of(self.server).serving = editions.serving(world, edition, lambda: self.sky.now)


def site_of(folder: Path, measurement: str = "aggregate", trusts: bool = False, more: str = "") -> Path:
    site = SITE.replace("measurement: aggregate", f"measurement: {measurement}")
    files = {
        "rules/site.yaml": f"{site}recipients: {{trust_plain_ids: {str(trusts).lower()}}}\n",
        "rules/sky.yaml": RULES,
        "placeholders/sky.yaml": PLACEHOLDER + more,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@asynccontextmanager
async def opened(folder: Path, state: Path, **changed: Any) -> AsyncIterator[Shop]:
    state.mkdir(exist_ok=True)
    sky = Sky()
    server = build(folder, state, lambda: sky.now, sky=sky, budget_ms=10_000, **changed)
    shop = Shop(folder, state, sky, server)
    try:
        yield shop
    finally:
        await server.world.aclose()


@pytest.mark.parametrize(
    ("measurement", "trusts", "more", "leads"),
    [
        ("aggregate", False, "", "umbrellas"),
        ("aggregate", True, "", "umbrellas"),
        ("individual", False, "", "umbrellas"),
        ("individual", True, "", "umbrellas"),
        ("aggregate", False, GONE, "umbrellas"),
        ("none", True, "", "sunscreen"),
        ("individual", True, "click: latest\n", "sunscreen"),
        ("aggregate", False, "click: latest\n", "sunscreen"),
    ],
)
async def test_two_hours_after_the_weather_changed_a_click_goes_to_what_was_shown(
    tmp_path: Path, measurement: str, trusts: bool, more: str, leads: str
) -> None:
    async with opened(site_of(tmp_path / "site", measurement, trusts, more), tmp_path / "state") as shop:
        assert await shop.open() == "#0000cc"
        shop.turn("clear")
        assert await shop.click() == leads
        led = "receipt" if leads == "umbrellas" else "decided"
        assert f'onopen_clicks_total{{led="{led}",placeholder="sky",rung="live"}} 1.0' in shop.server.counted()


@pytest.mark.parametrize(
    "query",
    [
        "m=other&r=" + SOMEBODY,
        "m=newyear&r=somebody",
        f"m=newyear&r={SOMEBODY}&name=Anna",
        "m=newyear",
        f"r={SOMEBODY}",
    ],
)
async def test_a_click_on_another_picture_is_decided_when_it_comes(tmp_path: Path, query: str) -> None:
    async with opened(site_of(tmp_path / "site"), tmp_path / "state") as shop:
        await shop.open()
        shop.turn("clear")
        assert await shop.click(query) == "sunscreen"
        assert await shop.click(f"m=newyear&r={SOMEBODY}&utm_medium=mail&unknown=1") == "umbrellas"


async def test_what_is_fetched_ahead_is_what_will_be_shown_and_what_machines_fetch_is_not(tmp_path: Path) -> None:
    async with opened(site_of(tmp_path / "site", "individual", True), tmp_path / "state") as shop:
        await shop.open(agent=PREFETCH)
        shop.turn("clear")
        await shop.open(agent="Googlebot/2.1")
        assert await shop.click() == "umbrellas"
        assert shop.server.world.store is not None
        account = await shop.server.world.store.account(SOMEBODY)
        assert account is not None
        assert [(kept.opened.count, kept.opened.first_at) for kept in account.mails] == [(0, None)]
        await shop.open()
        assert await shop.click() == "sunscreen"


@pytest.mark.parametrize(("measurement", "trusts"), [("aggregate", False), ("individual", True)])
async def test_who_withdraws_consent_is_not_led_any_more(tmp_path: Path, measurement: str, trusts: bool) -> None:
    async with opened(site_of(tmp_path / "site", measurement, trusts), tmp_path / "state") as shop:
        await shop.open()
        shop.turn("clear")
        await shop.tell(measurement=False)
        assert await shop.click() == "sunscreen"


@pytest.mark.parametrize("measurement", ["aggregate", "individual"])
@pytest.mark.parametrize(("keep", "days"), [({}, 30), ({"shown_days": 3}, 3), ({"shown_days": 90}, 90)])
async def test_what_was_shown_is_kept_for_thirty_days_or_as_many_as_are_set(
    tmp_path: Path, measurement: str, keep: dict[str, int], days: int
) -> None:
    site = site_of(tmp_path / "site", measurement, trusts=True)
    async with opened(site, tmp_path / "state", keep=keep) as shop:
        await shop.open()
        shop.turn("clear", days * DAY - 1)
        assert await shop.click() == "umbrellas"
        shop.turn("clear", DAY)
        assert await shop.click() == "sunscreen"


async def test_a_link_is_followed_while_its_host_is_one_of_the_site_s(tmp_path: Path) -> None:
    async with opened(site_of(tmp_path / "site"), tmp_path / "state") as shop:
        shop.edit(
            RULES.replace("shop.example/umbrellas", "old.example/umbrellas"), SITE.replace("[", "[old.example, ", 1)
        )
        await shop.open()
        assert await shop.click() == "https://old.example/umbrellas"
        shop.edit(RULES)
        assert await shop.click() == "umbrellas"


async def test_what_is_over_gives_way_to_what_comes_next(tmp_path: Path) -> None:
    async with opened(site_of(tmp_path / "site", more=GONE), tmp_path / "state") as shop:
        named = f"m=newyear&r={SOMEBODY}&name=Jo%C3%AB"
        shop.turn("snow")
        await shop.open(named)
        shop.turn("clear")
        assert await shop.click(named) == "sale"
        assert await shop.click() == "sunscreen"
        shop.turn("clear", 10 * DAY)
        shop.edit(RULES.replace("over: 2027-01-01", "over: 2026-11-20"))
        assert await shop.click(named) == "next?was=Jo%C3%AB"
        assert 'led="gone"' in shop.server.counted()


@pytest.mark.parametrize("change", [("name: wet", "name: wet, draft: true"), ("name: wet", "name: rainy")])
async def test_a_rule_that_is_gone_or_a_draft_again_is_over(tmp_path: Path, change: tuple[str, str]) -> None:
    for more, leads in ((GONE, "next?was="), ("", "umbrellas")):
        name = "gone" if more else "kept"
        async with opened(site_of(tmp_path / name, more=more), tmp_path / f"state-{name}") as shop:
            await shop.open()
            shop.edit(RULES.replace(*change))
            assert await shop.click() == leads


async def test_a_store_that_is_down_costs_a_click_50_ms_and_its_memory(tmp_path: Path) -> None:
    async with opened(site_of(tmp_path / "site"), tmp_path / "state", store="redis://127.0.0.1:1/0") as shop:
        answer = await shop.server.ask(f"/l/sky?city=Hamburg&m=newyear&r={SOMEBODY}", user_agent=PHONE)
        began = time.perf_counter()
        answer = await shop.server.ask(f"/l/sky?city=Hamburg&m=newyear&r={SOMEBODY}", user_agent=PHONE)
        assert time.perf_counter() - began < 0.15
        assert answer.headers["location"].startswith("https://shop.example/umbrellas")


async def test_in_sum_only_the_file_holds_neither_recipient_nor_mailing_nor_instant(tmp_path: Path) -> None:
    async with opened(site_of(tmp_path / "site"), tmp_path / "state") as shop:
        await shop.open(f"m=newyear-2027&r={SOMEBODY}")
        rows = sqlite3.connect(tmp_path / "state/store.db").execute("SELECT * FROM entries WHERE name <> 'person'")
        ((page, name, until, value),) = rows.fetchall()
        assert not any(secret in f"{page} {name} {value!r}" for secret in (SOMEBODY, "newyear", "sky ", "Hamburg"))
        assert (value, until % DAY) == (
            b'{"rule":"wet","link":"https://shop.example/umbrellas?utm_source=mail&utm_content=wet"}',
            0.0,
        )


STEPS = st.lists(
    st.tuples(st.sampled_from(["rain", "clear", "snow"]), st.sampled_from("ab"), st.booleans()), max_size=8
)
LINKS = {"#0000cc": "umbrellas", "#dddd00": "sunscreen", "#999999": "sale"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(STEPS)
def test_picture_and_click_agree(tmp_path: Path, steps: list[tuple[str, str, bool]]) -> None:
    """“A click goes to what was shown”, whatever happened to the sky and to others since; else to what is shown now."""
    asyncio.run(_agree(tmp_path, steps))


async def _agree(tmp_path: Path, steps: list[tuple[str, str, bool]]) -> None:
    async with opened(site_of(tmp_path / "site"), tmp_path / f"state-{time.monotonic_ns()}") as shop:
        seen: dict[str, str] = {}
        for sky, recipient, opens in steps:
            shop.turn(sky)
            query = f"m=newyear&r={recipient}"
            if opens:
                seen[recipient] = await shop.open(query)
            now = {"rain": "umbrellas", "clear": "sunscreen", "snow": "sale"}[sky]
            assert await shop.click(query) == (LINKS[seen[recipient]] if recipient in seen else now)
