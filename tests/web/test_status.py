"""For operators: `/health`, `/ready`, `/metrics`, and what a start costs."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from app.web.app import TURN_S, pages
from tests.support.server import ANDROID, IPHONE, Running, eventually, inside, serving
from tests.support.sites import demo_site, small_site


def test_the_first_picture_comes_soon_after_the_start(tmp_path: Path) -> None:
    site = demo_site(tmp_path / "site")
    with serving(site, tmp_path / "state", until="/i/greeting.jpg") as server:
        assert server.started_s < 15  # 3 s are promised of an idle machine
        answer = server.ask("/i/weather.jpg?city=Hamburg")
        assert (answer.picture.size, answer.rung) == ((1200, 600), "live")


def test_health_and_readiness(running: Running) -> None:
    health, ready = running.ask("/health"), running.ask("/ready")
    assert (health.status, ready.status) == (200, 200)
    assert b'"ok"' in health.body
    assert b'"greet"' in ready.body
    assert health.headers["cache-control"] == ready.headers["cache-control"] == "no-store"


def test_everything_is_counted(tmp_path: Path) -> None:
    with serving(small_site(tmp_path / "site"), tmp_path / "state", RELOAD_S="0.1") as server:
        etag = server.ask("/i/hello.png").etag
        server.ask("/i/hello.png?name=%%FIRSTNAME%%")
        server.ask("/i/hello.jpg")
        server.ask("/i/hello.png", if_none_match=etag)
        server.ask("/i/nobody.png")
        server.ask("/l/hello")
        server.ask("/l/nobody")
        counted = server.counted
        assert counted("onopen_opens_total", placeholder="hello", format="png", rung="live") == 3
        assert counted("onopen_opens_total") == 4
        assert counted("onopen_not_modified_total", placeholder="hello") == 1
        assert counted("onopen_clicks_total", placeholder="hello", rung="live") == 1
        assert counted("onopen_unknown_placeholders_total") == 2
        assert counted("onopen_unrendered_tags_total") == 1
        assert counted("onopen_painted_total") == 2
        assert counted("onopen_open_le_ms_total", ms="inf") == 4
        assert counted("onopen_fallbacks_total") == 0
        assert counted("onopen_reloads_total", outcome="taken") == 1
        assert eventually(lambda: counted("onopen_picture_cache_bytes") > 0)


def test_several_workers_are_added_up(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    settings = {"RELOAD_S": "0.1", "LOG_SAMPLE": "0"}
    with serving(site, tmp_path / "state", "--workers", "2", until="/i/hello.png", **settings) as server:
        opens = 60
        for _ in range(opens):
            server.ask("/i/hello.png", connection="close")
        assert eventually(lambda: server.counted("onopen_opens_total", placeholder="hello") >= opens)
        server.ask("/l/hello")
        assert eventually(lambda: server.counted("onopen_clicks_total") == 1)
        assert eventually(lambda: server.counted("onopen_reloads_total", outcome="taken") == 2)
        assert sum(line["event"] == "serving" for line in server.log()) == 2
        assert {line["event"] for line in server.log()} == {"serving"}


async def test_metrics_want_the_key_where_there_is_one(tmp_path: Path) -> None:
    async with inside(small_site(tmp_path / "site"), tmp_path / "state", api_key="s3cret") as server:
        for given in (
            {},
            {"authorization": "Bearer wrong"},
            {"authorization": "Basic s3cret"},
            {"authorization": "\xff"},
        ):
            answer = await server.ask("/metrics", **given)
            assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
            assert answer.headers["www-authenticate"] == "Bearer"
        assert (await server.ask("/metrics", authorization="Bearer s3cret")).status == 200
        assert (await server.ask("/health")).status == 200


def test_what_is_not_there_is_not_found(running: Running) -> None:
    for target in ("/", "/i", "/l", "/studio/", "/preview/hamburg/greet.png", "/docs", "/favicon.ico"):
        assert running.ask(target).status == 404


def test_a_server_ends_when_it_is_told_to(tmp_path: Path) -> None:
    with serving(small_site(tmp_path / "site"), tmp_path / "state") as server:
        server.ask("/i/hello.png", user_agent=IPHONE)
        server.ask("/i/hello.png", user_agent=ANDROID)
        assert server.stop() in {0, -15}
        assert "Traceback" not in server.said()


async def test_the_collector_rests_during_a_start_and_threads_take_short_turns_from_then_on() -> None:
    async def nothing() -> None:
        """Neither begins nor closes anything."""

    before, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.disable()
    try:
        served = pages([], begin=nothing, rounds=[(nothing, 60)], close=nothing)
        async with served.router.lifespan_context(served):
            assert gc.isenabled()
            assert sys.getswitchinterval() == pytest.approx(TURN_S)
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*before)
        sys.setswitchinterval(turn)
