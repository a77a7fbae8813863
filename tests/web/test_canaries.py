"""Law 9: fifty canaries fly through every route and every fault, and none of them is found in any store, log or metric.

A canary is a value that only one place of a request carries. What senders tell, recipients' and mailings' ids among it,
is kept on purpose: it may be in the store, and nowhere else.
"""

from __future__ import annotations

import json
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.redis_servers import PROGRAM, redis_server
from tests.support.server import eventually
from tests.support.shop import KEY, Shop, open_shop
from tests.support.sites import break_rules
from tests.web.test_remembered import FILES, site

WORDS = (f"canary{number:02d}{'quetzalcoatl'[number % 5 :]}" for number in range(99))
ADDRESSES = {
    "X-Forwarded-For": "198.51.100.11",
    "CF-Connecting-IP": "198.51.100.12",
    "CF-Connecting-IPv6": "2001:db8:cafe::77",
    "True-Client-IP": "198.51.100.13",
    "X-Real-IP": "198.51.100.14",
    "Fastly-Client-IP": "198.51.100.15",
    "Forwarded": "for=198.51.100.16",
}
HEADERS = {
    name: next(WORDS)
    for name in (
        "User-Agent", "Referer", "X-Requested-With", "Cookie", "X-Forwarded-Host", "Via", "From", "Accept-Language",
        "Sec-CH-UA", "Origin", "CF-IPCity", "CF-Region", "CF-Region-Code", "CF-Postal-Code", "CF-Timezone", "CF-Ray",
        "If-None-Match", "Range", "X-Request-Id", "Traceparent", "Idempotency-Key", "Proxy-Authorization", "Accept",
    )
}  # fmt: skip
PARAMS = {name: next(WORDS) for name in ("name", "city", "lang", "undeclared", "c", "t", "slot", "utm_term", "ch")}
NAME, PATH, BEARER, BODY, TORN, ATTRIBUTE, TYPE, FIELD, VALUE, LONG, METHOD = (next(WORDS) for _ in range(11))
CANARIES = (
    *(address.removeprefix("for=") for address in ADDRESSES.values()), *HEADERS.values(), *PARAMS.values(),
    NAME, PATH, BEARER, BODY, TORN, ATTRIBUTE, TYPE, FIELD, VALUE, LONG, METHOD,
)  # fmt: skip
RECIPIENT, MAILING, TOLD = "5eed" * 8, "mailing-of-november", "platinum-with-cream"
ONLY_IN_THE_STORE = (RECIPIENT, MAILING, TOLD)
ROUTES = (
    "/i/mine.png", "/i/words.gif", "/i/{path}.png", "/l/mine", "/l/{path}", "/why/mine", "/why/{path}", "/{path}", "/",
    "/ready", "/health",
)  # fmt: skip
SETTINGS = {
    "EDGE__TRUSTED_PROXIES": "127.0.0.1",
    "EDGE__DIALECT": "cloudflare",
    "LOG_LEVEL": "debug",
    "LOG_SAMPLE": "1",
    "DEMO": "true",
    "RELOAD_S": "0.2",
}


def fly(shop: Shop) -> None:
    """Every canary through every route; whatever is answered."""
    everywhere = {**HEADERS, **ADDRESSES}
    forged = {**PARAMS, NAME: "1", "r": RECIPIENT, "m": MAILING}
    plain = {name: value for name, value in forged.items() if name != "t"}
    with httpx.Client(base_url=shop.server.url, headers=everywhere, timeout=30) as stranger:
        for route in ROUTES:
            for query in (forged, plain):
                stranger.get(route.format(path=PATH), params=query)
                stranger.request(METHOD, route.format(path=PATH), params=query)
        for bearer in ({"Authorization": f"Bearer {BEARER}"}, {"Authorization": f"Bearer {KEY}"}):
            _tell_nonsense(stranger, bearer)
            stranger.post("/api/events", json={"type": "viewed", "recipient": RECIPIENT}, params=PARAMS, headers=bearer)
            stranger.get(f"/api/recipients/{RECIPIENT}", params=PARAMS, headers=bearer)
    head = f"HTTP/1.1\r\nHost: {PATH}\r\nUser-Agent: {HEADERS['User-Agent']}\r\nBad\x01Header: {PATH}\r\n\r\n"
    shop.server.raw(f"GET /i/mine.png?name={PARAMS['name']}&r={RECIPIENT} {head}".encode())


def _tell_nonsense(stranger: httpx.Client, bearer: dict[str, str]) -> None:
    one = f"/api/recipients/{RECIPIENT}"
    event = {"type": "viewed", "recipient": RECIPIENT}
    stranger.get(f"/api/{PATH}", params=PARAMS, headers=bearer)
    stranger.put(f"/api/recipients/{LONG * 50}", json={}, headers=bearer)
    for body in (f'{{"attributes": "{TORN}', json.dumps(BODY), f'{{"{BODY}": 1}}', f'"{BODY}{" " * 2_000_000}"'):
        stranger.put(one, content=body, headers=bearer)
        stranger.post("/api/events", content=body, headers=bearer)
    stranger.put(one, json={"attributes": {ATTRIBUTE: VALUE}}, headers=bearer)
    stranger.put(one, json={"attributes": {"tier": [VALUE]}, "consent": {"location": VALUE}}, headers=bearer)
    for told in ({"type": TYPE}, {"payload": {FIELD: VALUE}}, {"payload": {"sku": [VALUE]}}, {"time": VALUE}):
        stranger.post("/api/events", json=[event, {**event, **told}], headers=bearer)


def assert_silent(shop: Shop, *folders: Path) -> None:
    """None is in the log, in the metrics, or in any file that was written."""
    said, counted = shop.server.said(), shop.api.get("/metrics").text
    for heard in (said, counted):
        assert [canary for canary in (*CANARIES, *ONLY_IN_THE_STORE) if canary in heard] == []
    written = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    found = [(canary, path.name) for canary in CANARIES for path, raw in written.items() if canary.encode() in raw]
    assert found == []


@contextmanager
def watched(tmp_path: Path, **settings: str) -> Iterator[Shop]:
    """A server that measures each open, and has somebody to remember."""
    measured = FILES["rules/site.yaml"].replace("measurement: aggregate", "measurement: individual")
    folder = site(tmp_path / "site", **{"rules/site.yaml": measured})
    with open_shop(folder, tmp_path / "state", **SETTINGS, **settings) as shop:
        shop.tell(RECIPIENT, attributes={"tier": TOLD}, consent={"behaviour": True, "measurement": True})
        yield shop


def remembers(shop: Shop) -> bool:
    """Whether the mail that was opened is in the store: where canaries are looked for, something is."""
    mails = shop.api.get(f"/api/recipients/{RECIPIENT}").json()["mails"]
    return {mail["mailing"] for mail in mails if mail["placeholder"] == "mine"} == {MAILING}


def test_there_are_fifty() -> None:
    assert len(set(CANARIES)) == 50


def test_none_is_found_with_sqlite_well_or_full_or_the_site_broken(tmp_path: Path) -> None:
    with watched(tmp_path) as shop:
        fly(shop)
        assert eventually(lambda: remembers(shop))
        pid = shop.server.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (50_000, before[1]))
        fly(shop)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        break_rules(tmp_path / "site")
        assert eventually(lambda: any(line["event"] == "problem" for line in shop.server.log()))
        fly(shop)
        assert_silent(shop, tmp_path)


@pytest.mark.skipif(PROGRAM is None, reason="NOT TESTED: canaries and Redis. Install redis-server")
def test_none_is_found_with_redis_well_or_frozen_or_gone_and_everything_late(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as redis, socket.create_server(("127.0.0.1", 0), backlog=128) as hole:
        late = {
            "STORE": f"redis://127.0.0.1:{redis.port}",
            "WEATHER__VENDOR": "brightsky",
            "WEATHER__URL": f"http://127.0.0.1:{hole.getsockname()[1]}",
            "BUDGET_MS": "20",
            "RENDER_THREADS": "1",
            "RENDER_QUEUE": "1",
        }
        with watched(tmp_path, **late) as shop:
            fly(shop)
            assert eventually(lambda: remembers(shop))
            redis.client.bgrewriteaof()
            redis.freeze()
            fly(shop)
            redis.thaw()
            redis.kill()
            fly(shop)
            assert {"click", "store"} <= {line["event"] for line in shop.server.log()}
            assert_silent(shop, tmp_path)
