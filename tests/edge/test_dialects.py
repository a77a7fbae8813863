"""One suite for all dialects: what they hear, how they speak, and how they are told to forget."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given, strategies as st

from app.edge.dialect import NOTHING, Access, Dialect
from app.edge.lifetime import Lifetime
from app.web.fence import Fence
from app.wiring.fronts import DIALECTS

OURS = [ip_network("10.0.0.0/8")]
ADDRESS = "91.64.1.2"
MUNICH = {
    "country": "DE",
    "region": "DE-BY",
    "city": "München",
    "latitude": "48.13743",
    "longitude": "11.57549",
    "postal_code": "80331",
}
SAID: dict[str, dict[str, str]] = {
    "plain": {"x-forwarded-for": ADDRESS},
    "varnish": {"x-forwarded-for": ADDRESS},
    "cloudflare": {
        "cf-connecting-ip": ADDRESS,
        "cf-ipcountry": "DE",
        "cf-region-code": "BY",
        "cf-ipcity": "München",
        "cf-iplatitude": "48.13743",
        "cf-iplongitude": "11.57549",
        "cf-postal-code": "80331",
    },
    "cloudfront": {
        "cloudfront-viewer-address": f"{ADDRESS}:46532",
        "cloudfront-viewer-country": "DE",
        "cloudfront-viewer-country-region": "BY",
        "cloudfront-viewer-city": "M%C3%BCnchen",
        "cloudfront-viewer-latitude": "48.13743",
        "cloudfront-viewer-longitude": "11.57549",
        "cloudfront-viewer-postal-code": "80331",
    },
    "fastly": {
        "fastly-client-ip": ADDRESS,
        "x-geo-country": "DE",
        "x-geo-region": "BY",
        "x-geo-city": "München",
        "x-geo-latitude": "48.13743",
        "x-geo-longitude": "11.57549",
        "x-geo-postal-code": "80331",
    },
}
PLACED = [name for name in SAID if name not in ("plain", "varnish")]
every_dialect = pytest.mark.parametrize("name", list(DIALECTS))


def heard(name: str, peer: str = "10.0.0.1", **more: str) -> Any:
    sent = [(header.encode(), value.encode()) for header, value in {**SAID[name], **more}.items()]
    return Fence(OURS, DIALECTS[name]()).reader(peer, sent)


@every_dialect
def test_the_reader_is_heard_from_trusted_peers(name: str) -> None:
    assert heard(name) == (ADDRESS, MUNICH if name in PLACED else {})


@every_dialect
def test_nothing_is_heard_from_anybody_else(name: str) -> None:
    assert heard(name, "8.8.8.8") == ("8.8.8.8", {})


@every_dialect
def test_no_dialect_hears_anothers_words(name: str) -> None:
    others = {header: value for other, said in SAID.items() if other != name for header, value in said.items()}
    sent = [(header.encode(), value.encode()) for header, value in others.items() if header != "x-forwarded-for"]
    assert Fence(OURS, DIALECTS[name]()).reader("10.0.0.1", sent) == (None, {})


@every_dialect
def test_silence_is_nothing(name: str) -> None:
    assert DIALECTS[name]().hears({}) == NOTHING


@given(st.data())
@every_dialect
def test_no_words_are_too_strange(name: str, data: st.DataObject) -> None:
    dialect = DIALECTS[name]()
    said = data.draw(st.fixed_dictionaries({}, optional={header: st.binary(max_size=60) for header in dialect.heeds}))
    place = dialect.hears(said).place
    assert all(isinstance(value, str) and value for value in place.values())


def test_a_viewer_address_of_ipv6_has_no_brackets() -> None:
    assert heard("cloudfront", **{"cloudfront-viewer-address": "2003:e5::1:46532"})[0] == "2003:e5::1"


@every_dialect
def test_somebody_keeps_it_and_nobody_behind_does(name: str) -> None:
    told = {header.decode(): value.decode() for header, value in DIALECTS[name]().speaks(Lifetime(50, 10, 60))}
    field = {"cloudflare": "cloudflare-cdn-cache-control", "cloudfront": "cache-control", "fastly": "surrogate-control"}
    own = told[field.get(name, "cdn-cache-control")]
    assert re.search(r"(s-maxage|max-age)=50\b", own)
    assert "stale-while-revalidate=10" in own
    assert "stale-if-error=60" in own
    assert "max-age=0" in told["cache-control"]
    if name in field:
        assert told["cdn-cache-control"] == "no-store"


Calls = Callable[[Dialect], Any]
ACCESS = Access("https://cdn.example/purge", "AKIDEXAMPLE:secret", 1_795_000_000.0)


def test_how_each_is_told_to_forget() -> None:
    def calls(name: str, *tags: str) -> Any:
        return DIALECTS[name]().purges(tags, ACCESS)

    assert calls("plain", "a") == ()
    assert [call.method for call in calls("varnish", "a", "b")] == ["PURGE", "PURGE"]
    [cloudflare] = calls("cloudflare", "a", "b")
    assert cloudflare.headers["Authorization"] == "Bearer AKIDEXAMPLE:secret"
    assert cloudflare.body == b'{"tags": ["a", "b"]}'
    assert len(calls("cloudflare", *map(str, range(101)))) == 2
    [fastly] = calls("fastly", "a", "b")
    assert (fastly.headers["Fastly-Key"], fastly.headers["Surrogate-Key"]) == ("AKIDEXAMPLE:secret", "a b")
    [cloudfront] = calls("cloudfront", "a/b", "c")
    assert b"<Quantity>2</Quantity><Items><Path>#a/b</Path><Path>#c</Path></Items>" in cloudfront.body
    assert cloudfront.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261118/us-east-1/")
    assert "secret" not in str(cloudfront)
