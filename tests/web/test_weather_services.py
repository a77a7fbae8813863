"""Each vendor's weather is seen in a picture; a vendor that fails costs a recipient nothing but the weather."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import loopback
from tests.support.server import Inside, Running, inside, serving
from tests.support.sites import BLUE, GREEN, NEUTRAL, TEAL, YELLOW
from tests.support.vendors import FAULTS, RECORDED, dripping, replay, silence

EVENING = datetime(2026, 11, 21, 18, 40, tzinfo=UTC).timestamp()
HAMBURG = "/i/sky.png?city=Hamburg"
BUDGET_S = 0.4
PATIENT_MS = 4000
"""Where what comes is looked at, and not when."""
SLACK_S = 0.25
"""What a busy machine may add to the 50 ms that are promised."""


def vendor(name: str, url: str) -> dict[str, Any]:
    return {"vendor": name, "url": url, "key": "k", "contact": "ops@shop.example"}


@pytest.mark.parametrize(
    ("name", "ground"), [("brightsky", BLUE), ("metno", GREEN), ("openmeteo", TEAL), ("openweathermap", BLUE)]
)
async def test_a_vendor_s_weather_is_seen_in_the_picture(
    probe_site: Path, tmp_path: Path, name: str, ground: str
) -> None:
    async with (
        loopback(replay(RECORDED[name])) as service,
        inside(probe_site, tmp_path, now=EVENING, weather=vendor(name, service.url), budget_ms=PATIENT_MS) as server,
    ):
        first = await server.ask(HAMBURG)
        assert (first.ground, first.rung) == (ground, "live")
        asked = len(service.heard)
        again = await server.ask("/i/sky.png?city=Hamburg&r=somebody-else")
        assert again.ground == ground
        assert len(service.heard) == asked
        assert f'onopen_weather_fetch_total{{outcome="ok",vendor="{name}"}}' in server.counted()


REAL: tuple[tuple[str, Mapping[str, str], str, str], ...] = (
    ("brightsky", {"/current_weather": "brightsky_current_weather_trier"}, "2026-09-29T12:10:00+00:00", TEAL),
    ("openmeteo", {"/v1/forecast": "open_meteo_current_wroclaw_unixtime"}, "2025-08-04T09:50:00+00:00", BLUE),
    ("openmeteo", {"/v1/forecast": "open_meteo_current_metric_miami"}, "2023-12-21T04:40:00+00:00", TEAL),
    (
        "metno",
        {"/weatherapi/locationforecast/2.0/compact": "metno_locationforecast_compact_beijing_with_headers"},
        "2020-07-20T11:10:00+00:00",
        YELLOW,
    ),
    (
        "openweathermap",
        {"/data/2.5/weather": "owm_free_current", "/data/2.5/forecast": "owm_free_forecast"},
        "2022-08-30T14:50:00+00:00",
        BLUE,
    ),
)


@pytest.mark.parametrize(("name", "answers", "moment", "ground"), REAL, ids=[f"{one[0]}-{one[3]}" for one in REAL])
async def test_recordings_of_the_real_services_are_seen_too(
    shared_data: Path, probe_site: Path, tmp_path: Path, name: str, answers: Mapping[str, str], moment: str, ground: str
) -> None:
    now = datetime.fromisoformat(moment).timestamp()
    bodies = {path: recorded(shared_data / "weather" / f"{stem}.json") for path, stem in answers.items()}
    async with (
        loopback(replay(bodies)) as service,
        inside(probe_site, tmp_path, now=now, weather=vendor(name, service.url), budget_ms=PATIENT_MS) as server,
    ):
        answer = await server.ask(HAMBURG)
        assert (answer.ground, answer.rung) == (ground, "live")


def recorded(path: Path) -> bytes:
    """The body of a recording, which may have its headers beside it."""
    told = json.loads(path.read_text("utf-8"))
    return json.dumps(told["data"] if "status_code" in told else told).encode()


@pytest.mark.parametrize(("name", "fault"), [*(("openmeteo", fault) for fault in FAULTS), ("openweathermap", "401")])
async def test_a_failing_vendor_is_unknown_weather_and_a_number(
    probe_site: Path, tmp_path: Path, name: str, fault: str
) -> None:
    async with (
        loopback(FAULTS[fault]) as service,
        inside(probe_site, tmp_path, weather=vendor(name, service.url), budget_ms=PATIENT_MS) as server,
    ):
        answer = await server.ask(HAMBURG)
        assert (answer.status, answer.ground, answer.rung) == (200, NEUTRAL, "unknown")
        assert answer.headers["cache-control"] == "private, no-cache, max-age=0"
        assert (await server.ask(HAMBURG)).seconds < BUDGET_S / 2
        assert failures(server, name) >= 1


def failures(server: Inside, name: str) -> float:
    """How often the vendor was counted as anything but well."""
    return sum(
        float(line.rpartition(" ")[2])
        for line in server.counted().splitlines()
        if line.startswith("onopen_weather_fetch_total{") and f'vendor="{name}"' in line and 'outcome="ok"' not in line
    )


@pytest.mark.parametrize("speak", [silence, dripping])
async def test_a_slow_vendor_costs_the_budget_once_a_cell(probe_site: Path, tmp_path: Path, speak: Any) -> None:
    async with (
        loopback(speak) as service,
        inside(probe_site, tmp_path, weather=vendor("metno", service.url)) as server,
    ):
        first = await server.ask(HAMBURG)
        assert (first.status, first.rung, first.ground) == (200, "unknown", NEUTRAL)
        assert first.seconds < BUDGET_S + SLACK_S
        again = await server.ask(HAMBURG)
        assert (again.rung, again.seconds < 0.1) == ("unknown", True)
        link = await server.ask("/l/sky?city=Hamburg")
        assert (link.status, link.seconds < 0.1) == (302, True)
        assert "/wetter?" in link.headers["location"]


async def test_many_who_open_at_once_ask_the_vendor_once(probe_site: Path, tmp_path: Path) -> None:
    async with (
        loopback(replay(RECORDED["metno"])) as service,
        inside(probe_site, tmp_path, now=EVENING, weather=vendor("metno", service.url)) as server,
    ):
        answers = await asyncio.gather(*(server.ask(f"{HAMBURG}&r={number}") for number in range(50)))
        assert {answer.ground for answer in answers} == {GREEN}
        assert len(service.heard) == 1
        assert "10.0" in service.heard[0]
        assert "ops@shop.example" in service.heard[0]
        assert "r=" not in service.heard[0]


async def test_other_placeholders_do_not_wait_for_the_weather(probe_site: Path, tmp_path: Path) -> None:
    async with (
        loopback(silence) as service,
        inside(probe_site, tmp_path, weather=vendor("metno", service.url)) as server,
    ):
        for target in ("/i/place.png?city=Hamburg", "/i/greet.png?name=Ada&city=Hamburg", "/i/sky.png"):
            assert (await server.ask(target)).rung == "live"
        assert service.heard == []


async def test_a_part_that_fails_leaves_the_rest_known(probe_site: Path, tmp_path: Path) -> None:
    bodies = {"/data/2.5/weather": RECORDED["openweathermap"]["/data/2.5/weather"]}
    async with (
        loopback(replay(bodies)) as service,
        inside(probe_site, tmp_path, now=EVENING, weather=vendor("openweathermap", service.url)) as server,
    ):
        answer = await server.ask(HAMBURG)  # without the forecast, what is now is still known
        assert (answer.ground, answer.rung) == (BLUE, "live")


def test_with_a_black_hole_for_a_vendor_every_open_is_answered_in_time(probe_site: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as hole:  # the system accepts, nobody ever answers
        url = f"http://127.0.0.1:{hole.getsockname()[1]}"
        with serving(probe_site, tmp_path, WEATHER__VENDOR="brightsky", WEATHER__URL=url) as server:
            server.ask("/i/greet.png?city=Hamburg")
            for city in ("Hamburg", "Berlin", "Köln"):
                assert_in_time(server, city)
            assert server.counted("onopen_weather_fetch_total", vendor="brightsky", outcome="late") >= 3
            assert server.counted("onopen_fallbacks_total") == 0


def assert_in_time(server: Running, city: str) -> None:
    target = f"/i/sky.png?city={city.replace('ö', '%C3%B6')}"
    first, *later = [server.ask(target) for _ in range(6)]
    assert (first.status, first.rung, first.ground) == (200, "unknown", NEUTRAL)
    assert first.seconds < BUDGET_S + 0.05 + SLACK_S
    assert {answer.rung for answer in later} == {"unknown"}
    assert sorted(answer.seconds for answer in later)[2] < 0.05


def test_the_pace_of_other_opens_is_that_of_a_good_day(running: Running, probe_site: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as hole:
        url = f"http://127.0.0.1:{hole.getsockname()[1]}"
        with serving(probe_site, tmp_path, WEATHER__VENDOR="metno", WEATHER__URL=url) as broken:
            for server in (broken, running):
                server.ask("/i/sky.png?city=Hamburg")
                server.ask("/i/greet.png")
            paces = [(pace(broken), pace(running)) for _ in range(4)]
    assert max(ill / well for ill, well in paces) > 0.5  # 0.9 is promised; a busy machine is no scale


def pace(server: Running, opens: int = 60) -> float:
    """Opens a second, of a placeholder that wants the weather and one that does not."""
    began = time.perf_counter()
    for number in range(opens):
        server.ask("/i/sky.png?city=Hamburg" if number % 2 else "/i/greet.png")
    return opens / (time.perf_counter() - began)
