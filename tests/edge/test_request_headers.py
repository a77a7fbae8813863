"""Sixty headers on every route: where one makes a difference, no cache that does not key on it may keep the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.edge.sites import RULES, write_shelf
from tests.support.server import IPHONE, Answer, Inside, standing

CDN = "10.0.0.1"
VALUES = {
    "accept": "text/html",
    "accept-charset": "utf-7",
    "accept-encoding": "br",
    "accept-language": "fr",
    "age": "9",
    "authorization": "Bearer x",
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
ROUTES = (
    *(f"/i/{name}.png?name=x" for name in (*RULES, "nowhere")),
    "/l/language",
    "/l/place",
    "/health",
    "/ready",
    "/x",
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    folder = tmp_path_factory.mktemp("headers")
    edge = {"dialect": "fastly", "trusted_proxies": CDN}
    site = write_shelf(folder / "site")
    with standing(site, folder / "state", lambda: 1_795_708_800.0, edge=edge, budget_ms=9_000) as made:
        yield made


def shareable(answer: Answer) -> bool:
    control = answer.headers.get("cache-control", "")
    return "surrogate-control" in answer.headers or not ("private" in control or "no-store" in control)


@pytest.mark.parametrize("route", ROUTES)
async def test_no_header_changes_what_a_cache_may_share(shelf: Inside, route: str) -> None:
    assert len(VALUES) >= 60
    plain = await shelf.ask(route, peer=CDN)
    for name, value in VALUES.items():
        other = await shelf.ask(route, peer=CDN, **{name.replace("-", "_"): value})
        if (other.status, other.body) != (plain.status, plain.body):
            assert not shareable(plain), name
            assert not shareable(other), name
