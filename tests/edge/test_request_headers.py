"""Sixty headers on every route: where one makes a difference, no cache that does not key on it may keep the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.edge.crowd import NAMES, write_crowd
from tests.support.server import IPHONE, Answer, Inside, standing

CDN = "10.0.0.1"
VALUES = {
    "accept": "text/html",
    "accept-charset": "utf-7",
    "accept-encoding": "br",
    "accept-language": "fr",
    "age": "9",
    "authorization": "Bearer a key",
    "cache-control": "no-cache",
    "cdn-loop": "x",
    "cf-connecting-ip": "8.8.8.8",
    "cf-device-type": "tablet",
    "cf-ipcity": "Paris",
    "cf-ipcountry": "FR",
    "cf-region-code": "IDF",
    "client-ip": "8.8.8.8",
    "cloudfront-is-mobile-viewer": "true",
    "cloudfront-viewer-address": "8.8.8.8:1",
    "cloudfront-viewer-city": "Paris",
    "cloudfront-viewer-country": "FR",
    "content-length": "0",
    "cookie": "lang=en; name=x",
    "dnt": "1",
    "dpr": "3",
    "expect": "200-ok",
    "fastly-client-ip": "8.8.8.8",
    "fastly-ff": "x",
    "forwarded": "for=8.8.8.8",
    "from": "a@b.example",
    "host": "evil.example",
    "if-match": '"x"',
    "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT",
    "if-range": '"x"',
    "max-forwards": "0",
    "origin": "https://evil.example",
    "pragma": "no-cache",
    "purpose": "prefetch",
    "range": "bytes=0-1",
    "referer": "http://mail.google.com/",
    "save-data": "on",
    "sec-ch-ua": '"x"',
    "sec-ch-ua-mobile": "?1",
    "sec-fetch-dest": "document",
    "sec-purpose": "prefetch",
    "te": "trailers",
    "true-client-ip": "8.8.8.8",
    "user-agent": IPHONE,
    "via": "1.1 x",
    "viewport-width": "100",
    "x-akamai-edgescape": "country_code=FR",
    "x-forwarded-for": "91.64.1.2, 8.8.8.8",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    "x-geo-city": "Paris",
    "x-geo-country": "DE",
    "x-http-method-override": "DELETE",
    "x-onopen-key": "0" * 32,
    "x-onopen-tags": "x",
    "x-onopen-variant": "&lang=en&:visitor=phone",
    "x-original-url": "/i/nobody.png",
    "x-real-ip": "8.8.8.8",
    "x-requested-with": "de.gmx.mobile.android.mail",
    "x-rewrite-url": "/i/nobody.png",
}
SOMEBODY = "f0e1d2c3" * 4
ROUTES = (
    *(f"/i/{name}.png?name=x&slot=1" for name in (*NAMES, "shown", "nowhere")),
    f"/i/tier.png?r={SOMEBODY}",
    f"/i/dear.png?r={SOMEBODY}&t=1c.forged",
    *(f"/l/{name}?r={SOMEBODY}" for name in ("language", "place", "tier", "shown", "nowhere")),
    *(f"/why/{name}?r={SOMEBODY}" for name in ("language", "place", "tier", "device", "nowhere")),
    "/api",
    "/api/openapi.json",
    f"/api/recipients/{SOMEBODY}",
    "/health",
    "/ready",
    "/metrics",
    "/x",
)
DIALECTS = ("plain", "varnish", "fastly", "cloudfront", "cloudflare")


@pytest.fixture(scope="module", params=DIALECTS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    folder = tmp_path_factory.mktemp("headers")
    edge = {"dialect": request.param, "trusted_proxies": CDN}
    site, settings = write_crowd(folder / "site"), {"edge": edge, "budget_ms": 9_000, "api_key": "a key"}
    with standing(site, folder / "state", lambda: 1_795_708_800.0, **settings) as made:
        yield made


def shareable(answer: Answer) -> bool:
    """Whether any of the headers that a CDN obeys lets it keep the answer."""
    told = [value for name, value in answer.headers.items() if name.endswith(("cache-control", "surrogate-control"))]
    private = "private" in answer.headers.get("cache-control", "") or "no-store" in answer.headers.get(
        "cache-control", ""
    )
    return not private or any("max-age=" in one and "max-age=0" not in one for one in told)


@pytest.mark.parametrize("route", ROUTES)
async def test_no_header_changes_what_a_cache_may_share(shelf: Inside, route: str) -> None:
    assert len(VALUES) >= 60
    plain = await shelf.ask(route, peer=CDN)
    for name, value in VALUES.items():
        other = await shelf.ask(route, peer=CDN, **{name.replace("-", "_"): value})
        if (other.status, other.body) != (plain.status, plain.body):
            assert not shareable(plain), name
            assert not shareable(other), name
