"""`onopen purge` and `POST /api/purge`: what each CDN is sent, and what is said when that does not work."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import pytest
import respx
from starlette.applications import Starlette

from app.edge.dialect import Access, Call
from app.edge.purging import Purging, wanted
from app.edge.signing import signed
from app.edge.tags import tags_of
from app.engine.decision import Decision
from app.errors import CdnTrouble, SettingError, UsageError
from app.settings import Settings
from app.telemetry import Telemetry, logger
from app.web.purging import purge_routes
from app.wiring.fronts import DIALECTS
from app.wiring.purges import Sender, purge_now

NOW = 1_440_938_160.0
SHOWN = Decision("hero", "c", "rain-evening", (), (), "", "", False, (), 0.0, "")


class Recorded:
    """A CDN that does what it is told, and remembers it."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.calls: list[Call] = []
        self._refuses = refuses

    async def __call__(self, call: Call) -> None:
        if self._refuses:
            raise CdnTrouble("no", "403")
        self.calls.append(call)


def test_an_answer_carries_the_tags_by_which_it_is_purged() -> None:
    told = tags_of(SHOWN, ["hero/Regen & mehr.jpg"])
    assert told == ("placeholder/hero", "rule/hero/rain-evening", "asset/hero/regen%20%26%20mehr.jpg")
    assert told[:1] == wanted(placeholder="hero")
    assert told == wanted(placeholder="hero", rule="hero/rain-evening", asset="hero/Regen & mehr.jpg")


@pytest.mark.parametrize("what", [{}, {"placeholder": ""}, {"rule": "rain"}, {"rule": "/rain"}])
def test_what_cannot_be_meant_is_refused(what: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        wanted(**what)


async def test_each_call_of_a_dialect_is_sent() -> None:
    cdn = Recorded()
    await Purging(DIALECTS["varnish"](), "http://127.0.0.1/", "k", cdn, lambda: NOW).drop(("a", "b"))
    assert [call.headers["X-Onopen-Tags"] for call in cdn.calls] == ["a", "b"]
    with pytest.raises(CdnTrouble, match="cannot be told"):
        await Purging(DIALECTS["plain"](), "http://127.0.0.1/", "k", cdn, lambda: NOW).drop(("a",))


SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "cloudflare": (
        "https://api.cloudflare.com/client/v4/zones/z/purge_cache",
        {"authorization": "Bearer id:secret", "content-type": "application/json"},
    ),
    "fastly": (
        "https://api.fastly.com/service/s/purge",
        {"fastly-key": "id:secret", "surrogate-key": "placeholder/hero"},
    ),
    "cloudfront": (
        "https://cloudfront.amazonaws.com/2020-05-31/distribution/D/invalidation",
        {"content-type": "application/xml", "x-amz-date": "20150830T123600Z"},
    ),
}


@pytest.mark.parametrize("name", list(SHAPES))
async def test_what_goes_over_the_wire_is_what_the_vendor_documents(name: str) -> None:
    url, headers = SHAPES[name]
    sender = Sender(url, transport=httpx.AsyncHTTPTransport())
    with respx.mock as wire:
        route = wire.post(url).mock(return_value=httpx.Response(200))
        await Purging(DIALECTS[name](), url, "id:secret", sender, lambda: NOW).drop(("placeholder/hero",))
        [call] = route.calls
        assert {header: call.request.headers[header] for header in headers} == headers
    await sender.aclose()


async def test_a_refusal_says_so_and_shows_no_key() -> None:
    url, _ = SHAPES["fastly"]
    sender = Sender(url, transport=httpx.AsyncHTTPTransport())
    with respx.mock as wire:
        wire.post(url).mock(return_value=httpx.Response(403))
        with pytest.raises(CdnTrouble) as refused:
            await Purging(DIALECTS["fastly"](), url, "id:secret", sender, lambda: NOW).drop(("a",))
    assert "403" in refused.value.operator
    assert "secret" not in refused.value.operator + str(refused.value)
    await sender.aclose()


def test_a_signature_is_that_of_awss_own_example() -> None:
    """`post-vanilla` of the test suite for Signature Version 4."""
    call = Call("POST", "https://example.amazonaws.com/", {})
    access = Access(call.url, "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", NOW)
    told = signed(call, access, region="us-east-1", service="service").headers["Authorization"]
    assert told == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    )
    assert hashlib.sha256(call.body).hexdigest().startswith("e3b0c442")


def test_without_an_address_nobody_can_be_told() -> None:
    with pytest.raises(SettingError, match="PURGE_URL"):
        purge_now(Settings(), ("a",))


async def asked(cdn: Recorded | None, body: dict[str, Any]) -> httpx.Response:
    """What the API answers where that CDN is in front."""
    one = cdn and Purging(DIALECTS["fastly"](), "https://cdn.example/", "k", cdn, lambda: NOW)
    telemetry = Telemetry(logger("critical", json=True), sample=0, chance=lambda: 1.0)
    transport = httpx.ASGITransport(Starlette(routes=purge_routes(one, telemetry, "the-key")))
    async with httpx.AsyncClient(transport=transport, base_url="http://onopen") as client:
        return await client.post("/api/purge", json=body, headers={"Authorization": "Bearer the-key"})


async def test_the_api_purges() -> None:
    cdn = Recorded()
    answer = await asked(cdn, {"rule": "hero/rain"})
    assert (answer.status_code, answer.json()) == (200, {"purged": ["rule/hero/rain"]})
    assert cdn.calls[0].headers["Surrogate-Key"] == "rule/hero/rain"


@pytest.mark.parametrize(
    ("cdn", "body", "status"),
    [
        (Recorded(), {}, 422),
        (Recorded(), {"rule": "rain"}, 422),
        (Recorded(), {"everything": True}, 422),
        (None, {"placeholder": "hero"}, 409),
        (Recorded(refuses=True), {"placeholder": "hero"}, 502),
    ],
)
async def test_the_api_says_what_is_wrong(cdn: Recorded | None, body: dict[str, Any], status: int) -> None:
    answer = await asked(cdn, body)
    assert answer.status_code == status
    assert answer.json()["detail"]
