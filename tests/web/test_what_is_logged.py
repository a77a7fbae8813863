"""Law 9: no address, no query and no raw user agent is ever written down, on any route and under any fault."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from tests.support.server import Running, serving
from tests.support.sites import break_rules

ADDRESS = "81.173.144.19"
AGENT = "Canary/7.3 (quetzalcoatl)"
REFERER = "https://webmail.example/inbox/xylophone"
QUERY = "r=platypus4711&m=marmalade99&name=Rumpelstilz&city=Timbuktu&x=barbapapa&c=zanzibar"
PARAMS = "r=%%_platypus4711%%&name={{Rumpelstilz}}&t=eyJwYXBhZ2VubyI"
CANARIES = (
    ADDRESS, "quetzalcoatl", "xylophone", "platypus", "marmalade99", "Rumpelstilz", "Timbuktu", "barbapapa", "zanzibar",
    "eyJwYXBhZ2VubyI", "papageno",
)  # fmt: skip
ROUTES = (
    "/i/greet.png",
    "/i/place.jpg",
    "/i/sky.gif",
    "/i/papageno.png",
    "/l/greet",
    "/l/papageno",
    "/why/greet",
    "/why/papageno",
    "/papageno",
    "/ready",
)


def sing(server: Running) -> None:
    """Every canary through every route."""
    for route in ROUTES:
        for query in (QUERY, PARAMS):
            for forwarded in (ADDRESS, f"{ADDRESS}, 127.0.0.1"):
                server.ask(f"{route}?{query}", x_forwarded_for=forwarded, user_agent=AGENT, referer=REFERER)
        server.ask(f"{route}?{QUERY}", method="POST", user_agent=AGENT, content_length="0")
        head = f"User-Agent: {AGENT}\r\nX-Forwarded-For: {ADDRESS}\r\nReferer: {REFERER}\r\n"
        server.raw(f"GET {route}?name=Rumpel stilz&{QUERY} HTTP/1.1\r\nHost: papageno\r\n{head}\r\n".encode())
        server.raw(f"GET {route}?{QUERY} HTTP/1.1\r\nHost: papageno\r\n{head}Bad\x01Header: papageno\r\n\r\n".encode())


def silent(server: Running) -> None:
    """Nothing of it is in the log or in the metrics."""
    said, counted = server.said(), server.ask("/metrics").body.decode()
    assert [canary for canary in CANARIES if canary in said] == []
    assert [canary for canary in CANARIES if canary in counted] == []


def test_no_canary_is_heard_in_log_or_metrics(running: Running) -> None:
    sing(running)
    silent(running)
    events = {line["event"] for line in running.log()}
    assert {"serving", "open", "click"} <= events


def test_every_line_is_json_with_time_level_and_event(running: Running) -> None:
    sing(running)
    for line in running.said().splitlines():
        assert {"timestamp", "level", "event"} <= json.loads(line).keys()


def test_no_canary_is_heard_under_faults(probe_site: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as hole:
        url = f"http://127.0.0.1:{hole.getsockname()[1]}/papageno"
        settings = {
            "WEATHER__VENDOR": "openweathermap",
            "WEATHER__URL": url,
            "WEATHER__KEY": "papageno-key",
            "EDGE__TRUSTED_PROXIES": "127.0.0.1",
            "BUDGET_MS": "20",
            "RENDER_QUEUE": "1",
            "RENDER_THREADS": "1",
            "LOG_SAMPLE": "1",
            "LOG_LEVEL": "debug",
            "API_KEY": "papageno-api",
            "PAPAGENO": "1",
        }
        with serving(probe_site, tmp_path / "state", **settings) as server:
            sing(server)
            said = server.said().replace("ONOPEN_PAPAGENO", "")
            assert [canary for canary in CANARIES if canary in said] == []
            assert {"open", "click", "setting"} <= {line["event"] for line in server.log()}
            assert server.ask("/metrics").status == 401
            assert server.ask("/metrics", authorization="Bearer papageno-api").status == 200


def test_an_open_s_line_names_what_editors_wrote_and_no_more(running: Running) -> None:
    running.ask(f"/i/greet.png?{QUERY}", user_agent=AGENT)
    line = [line for line in running.log() if line["event"] == "open" and line["placeholder"] == "greet"][-1]
    assert line.keys() == {
        "event", "placeholder", "campaign", "rule", "rung", "reads", "ruleset", "ms", "level", "timestamp",
    }  # fmt: skip
    assert (line["campaign"], line["rule"], line["rung"]) == ("greet", "named", "live")


def test_a_broken_site_s_problems_are_told_without_the_reader(tmp_path: Path, probe_site: Path) -> None:
    site = tmp_path / "site"
    (site / "rules").mkdir(parents=True)
    break_rules(site)
    with serving(site, tmp_path / "state", EDGE__TRUSTED_PROXIES="127.0.0.1", LOG_SAMPLE="1") as server:
        sing(server)
        silent(server)
