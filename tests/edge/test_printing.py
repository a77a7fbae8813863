"""What `onopen cdn` prints, and what becomes of a request whose cache says by what key it keeps the answer."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.edge.keys import VARIANT, VOUCHER, Cell, Key
from app.edge.printing import Backend, Front, Shared, Spare, printed
from app.errors import UsageError
from app.settings import EdgeSettings, Settings
from app.wiring.fronts import mail_networks, voucher
from app.workshop.workshop import Workshop
from tests.edge.sites import write_shelf
from tests.support.server import GMAIL, IPHONE, OUTLOOK, Inside, inside
from tests.support.sites import BLUE, GREEN, NEUTRAL, RED, YELLOW
from tests.support.varnish_servers import PROGRAM as VARNISH

NODE = shutil.which("node")
SECRET = "a secret key of at least 32 characters"
NOW = 1_795_708_800.0
CDN = "10.0.0.1"
HERO = Shared("hero", Key.of(("lang", "name"), cell=Cell.CITY), "f" * 32, frozenset({"lang"}))
FRONT = Front((Backend("127.0.0.1", 8000),), (HERO,), mail_networks=mail_networks())
MUNICH = {
    "cloudfront-viewer-country": "DE",
    "cloudfront-viewer-country-region": "BY",
    "cloudfront-viewer-city": "Bad+X",
}


def asked(query: dict[str, Any], agent: str = IPHONE, ip: str = "91.64.1.2", **more: str) -> dict[str, Any]:
    """What the function of CloudFront makes of a request, run in Node."""
    assert NODE is not None
    headers = {name: {"value": value} for name, value in {"user-agent": agent, **MUNICH, **more}.items()}
    event = {
        "context": {"eventType": "viewer-request", "requestId": "unique"},
        "viewer": {"ip": ip},
        "request": {"uri": "/i/hero.png", "querystring": query, "headers": headers},
    }
    program = f"{printed('cloudfront', FRONT)}\nconsole.log(JSON.stringify(handler({json.dumps(event)}).headers))"
    done = subprocess.run([NODE, "-e", program], check=True, capture_output=True, text=True, timeout=60)
    return {name: header["value"] for name, header in json.loads(done.stdout).items()}


def said(**query: str) -> dict[str, Any]:
    return {name: {"value": value} for name, value in query.items()}


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_cloudfront_keys_on_what_is_read_and_vouches_for_it() -> None:
    told = asked(said(lang="DE", name="J%C3%BCrgen", r="somebody", v="1"))
    assert told["x-onopen-variant"] == "&lang=de&name=J%C3%BCrgen&:visitor=phone&:country=DE&:region=BY&:city=Bad%2BX"
    assert told["x-onopen-key"] == HERO.voucher


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize(
    ("query", "more"),
    [
        ({"lang": {"value": "de", "multiValue": [{"value": "de"}, {"value": "en"}]}}, {}),
        (said(**{"l%61ng": "de"}), {}),
        (said(lang="d?e"), {}),
        (said(lang="de", t="1c.a.1.b.c"), {}),
        (said(t=""), {}),
        (said(), {"agent": "Mozilla/5.0"}),
        (said(), {"ip": "66.249.84.1"}),
        (said(), {"ip": "2a00:1450:4001::7"}),
        (said(), {"ip": "nonsense"}),
    ],
)
def test_what_cloudfront_cannot_tell_for_certain_has_a_key_of_its_own(
    query: dict[str, Any], more: dict[str, str]
) -> None:
    told = asked(query, **more, **{"x-onopen-key": HERO.voucher, "x-onopen-variant": "&lang=en"})
    assert told["x-onopen-variant"] == "unique"
    assert "x-onopen-key" not in told


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_gmail_is_told_wherever_it_fetches_from() -> None:
    assert ":visitor=gmail" in asked(said(), GMAIL, "66.249.84.1")["x-onopen-variant"]


def test_each_prints_the_voucher_of_what_it_may_share() -> None:
    for cdn in ("varnish", "fastly", "cloudfront"):
        assert HERO.voucher in printed(cdn, FRONT)
    assert json.loads(printed("cloudflare", FRONT))["rules"]
    for cdn in ("varnish", "fastly"):
        assert 'if (req.url ~ "[?&]t=")' in printed(cdn, FRONT)
    assert "PURGE" not in printed("varnish", FRONT)
    with pytest.raises(UsageError, match="ASCII"):
        printed("varnish", Front((), (), purge_key='"; }'))


def test_a_voucher_is_of_one_placeholder_one_key_and_one_installation() -> None:
    key = Key.of(("lang",))
    others = {
        key.voucher(b"x", "hero"),
        key.voucher(b"x", "teaser"),
        key.voucher(b"y", "hero"),
        Key.of(("lang", "name")).voucher(b"x", "hero"),
        Key.of(("lang",), visitor=True).voucher(b"x", "hero"),
    }
    assert len(others) == 5


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Inside]:
    edge = {"dialect": "fastly", "trusted_proxies": CDN}
    site = write_shelf(tmp_path / "site")
    async with inside(site, tmp_path / "state", now=NOW, edge=edge, secret_key=SECRET, budget_ms=9_000) as made:
        yield made


def vouched(shelf: Inside, name: str, key: Key, variant: str) -> dict[str, str]:
    assert shelf.world.keyring is not None
    secret = shelf.world.keyring.key.for_purpose("edge")
    return {VOUCHER: voucher(key, name, {"lang"}.intersection(key.params), secret), VARIANT: variant}


DEVICE, PLACE = Key.of(visitor=True), Key.of(("city",), cell=Cell.COUNTRY)


async def test_what_is_vouched_for_is_decided_on_alone_and_shared(shelf: Inside) -> None:
    for visitor, ground in (("phone", RED), ("desktop", GREEN), ("gmail", YELLOW)):
        told = vouched(shelf, "device", DEVICE, f"&:visitor={visitor}")
        answer = await shelf.ask("/i/device.png?r=somebody", peer=CDN, user_agent=OUTLOOK, **told)
        assert answer.ground == ground
        assert "max-age=" in answer.headers["surrogate-control"]
    told = vouched(shelf, "place", PLACE, "&:visitor=phone&:country=DE")
    answer = await shelf.ask("/i/place.png", peer=CDN, x_geo_country="FR", fastly_client_ip="8.8.8.8", **told)
    assert (answer.ground, "surrogate-control" in answer.headers) == (RED, True)
    told = vouched(shelf, "place", PLACE, "&:visitor=gmail&:country=DE")
    assert (await shelf.ask("/i/place.png", peer=CDN, **told)).ground == YELLOW


async def test_without_a_word_that_fits_the_answer_is_whole_and_private(shelf: Inside) -> None:
    wrong = [
        {VOUCHER: "0" * 32, VARIANT: "&:visitor=phone"},
        vouched(shelf, "via", DEVICE, "&:visitor=phone"),
        vouched(shelf, "device", Key.of(), "&:visitor=phone"),
        vouched(shelf, "device", DEVICE, "&:visitor=toaster"),
        {VOUCHER: vouched(shelf, "device", DEVICE, "")[VOUCHER]},
    ]
    for told in wrong:
        answer = await shelf.ask("/i/device.png", peer=CDN, user_agent=OUTLOOK, **told)
        assert (answer.ground, answer.headers["cache-control"]) == (GREEN, "private, no-cache, max-age=0")
    assert 'onopen_cdn_astray_total{placeholder="device"} 5' in _flushed(shelf)


async def test_a_stranger_vouches_for_nothing(shelf: Inside) -> None:
    told = vouched(shelf, "language", Key.of(("lang", "name")), "&lang=en")
    answer = await shelf.ask("/i/language.png?lang=de", user_agent=IPHONE, **told)
    assert answer.ground == NEUTRAL
    told = vouched(shelf, "nobody", Key.of(), "")
    assert (await shelf.ask("/i/nobody.png", peer=CDN, **told)).ground == BLUE


async def test_a_private_placeholder_has_no_key_to_vouch_for(shelf: Inside) -> None:
    for name in ("person", "system", "shown"):
        told = vouched(shelf, name, Key.of(("lang", "name"), visitor=True), "&:visitor=phone")
        answer = await shelf.ask(f"/i/{name}.png", peer=CDN, **told)
        assert answer.headers["cache-control"].startswith("private")


def _flushed(shelf: Inside) -> str:
    shelf.world.telemetry.flush()
    return shelf.counted()


def test_whoever_prints_it_is_told_what_the_servers_need(tmp_path: Path) -> None:
    site = write_shelf(tmp_path)
    said = " ".join(Workshop(site, Settings(site=site)).cdn_doubts("varnish"))
    for variable in ("ONOPEN_EDGE__DIALECT", "ONOPEN_EDGE__TRUSTED_PROXIES", "ONOPEN_SECRET_KEY"):
        assert variable in said
    edge = EdgeSettings(dialect="varnish", trusted_proxies=("10.0.0.1",))
    ready = Settings(site=site, edge=edge, secret_key=SECRET)  # type: ignore[arg-type]
    assert not list(Workshop(site, ready).cdn_doubts("varnish"))


SHARED_BY = {
    "nothing": (),
    "its address alone": (Shared("hero", Key.of(), "f" * 32),),
    "the class of visitor": (Shared("hero", Key.of(("a",), visitor=True), "f" * 32, frozenset("a")),),
}


@pytest.mark.skipif(VARNISH is None, reason="NOT TESTED: whether Varnish takes what is printed. Install varnish")
@pytest.mark.parametrize("shared", SHARED_BY)
@pytest.mark.parametrize("backends", [1, 3])
def test_varnish_takes_what_is_printed_whatever_is_shared(shared: str, backends: int, tmp_path: Path) -> None:
    assert VARNISH is not None
    told = tuple(Backend("127.0.0.1", 8000 + number) for number in range(backends))
    spares = (Spare("^/i/", "image/png", "AAAA"),)
    front = Front(told, SHARED_BY[shared], mail_networks=mail_networks(), spares=spares)
    (tmp_path / "onopen.vcl").write_text(printed("varnish", front), "utf-8")
    command = [VARNISH, "-j", "none", "-C", "-n", str(tmp_path / "work"), "-f", str(tmp_path / "onopen.vcl")]
    made = subprocess.run(command, capture_output=True, check=False, text=True)
    assert made.returncode == 0, made.stderr
