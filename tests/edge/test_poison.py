"""Whoever tries to have a cache keep something for others: what they get by it, and what everybody else gets after."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from app.tokens import CARRIED, TEST
from tests.edge.conftest import SECRET, Shelf
from tests.edge.crowd import Crowd
from tests.edge.test_varnish import fresh, is_hit, shown
from tests.support.server import GMAIL, IPHONE
from tests.support.varnish_servers import PROGRAM

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")

PLACEHOLDERS = ("language", "device", "via", "mailing", "dear", "slots", "tier")
STRANGE = (
    "lang=de&lang=en",
    "lang=&lang=en",
    "amp;lang=en",
    "l%61ng=en",
    "x=1?lang=en",
    "lang",
    "lang=en=de",
    "lang=*|LANG|*",
    "lang=%%lang%%",
    "lang=en&" + "&".join(f"p{number}=1" for number in range(70)),
    "&".join(f"p{number}=1" for number in range(63)) + "&lang=en",
    "&".join(f"p{number}=1" for number in range(66)) + "&lang=en",
    "name=" + "n" * 1200,
    "name=J%C3%BCrgen",
    "name=J%FCrgen",
    "name=a+b",
    "&&lang=en",
    "lang=en;name=x",
    ":visitor=phone",
    "LANG=en",
    "lang=EN",
    "lang=%65n",
    "lang=en%00",
    "lang=e\tn".replace("\t", "%09"),
    "lang=en%26name=x",
    "lang=en&name=x%26lang%3Dde",
    "lang=en&LANG=de",
    "lang=en&lang%20=de",
    "lang[]=en&lang=de",
    "name=x&name=",
    "name=&name=x",
    "name=a=b",
    "name=*|FNAME|*",
    "name=%%FIRST_NAME%%",
    "name=[[NAME]]",
    "t=&lang=en",
    "T=1c.x&lang=en",
    "t=1c.x&lang=en",
    "lang=en&t=%31c",
    "lang=en&%74=1c.x",
    "lang=en&amp;t=1c.x",
    "lang=en&m=*|CAMPAIGN|*",
    "m=spring&m=news",
    "c=other&lang=en",
    "ch=web&lang=en",
    "slot=2&slot=1",
    "slot=9",
    "slot=+1",
    "slot=%31",
)


@pytest.mark.parametrize("query", STRANGE)
def test_however_a_query_is_written_it_says_what_it_says_without_a_cache(standing_shelf: Shelf, query: str) -> None:
    for name, _ in product(PLACEHOLDERS, range(2)):
        target = f"/i/{name}.png?{query}"
        assert shown(standing_shelf.through(target)) == shown(standing_shelf.origin.ask(target)), name


PATHS = (
    "/i/language.PNG?lang=en",
    "/i/Language.png?lang=en",
    "/i/language.png/?lang=en",
    "/i/language.png;x?lang=en",
    "/i/l%61nguage.png?lang=en",
    "/i/language%2Epng?lang=en",
    "/i/../i/language.png?lang=en",
    "/i//language.png?lang=en",
    "/i/language?lang=en",
    "/i/language.jpeg?lang=en",
    "/i/language.png#?lang=en",
    "/i/language.png?lang=en#&name=x",
    "/i/language.png%3Flang=en",
    "/i/language.png?lang=en?",
    "http://h/i/language.png?lang=en",
    "HTTP://h/i/language.png?lang=en",
    "https://h/i/language.png?lang=en",
)


@pytest.mark.parametrize("target", PATHS)
def test_however_an_address_is_written_it_poisons_no_other(standing_shelf: Shelf, target: str) -> None:
    said = fresh()
    plain = f"/i/language.png?lang=en&{said}"
    odd = standing_shelf.through(target.replace("?lang=en", f"?lang=en&{said}"), user_agent=IPHONE)
    assert odd.status == 200
    for _ in range(2):
        assert shown(standing_shelf.through(plain)) == shown(standing_shelf.origin.ask(plain))


def poisons() -> Iterator[tuple[str, str]]:
    yield from {
        "X-Onopen-Variant": "&lang=en&name=poison&:visitor=phone",
        "Connection": "close, X-Onopen-Variant",
        "X-Onopen-Key": "0" * 32,
        "X-Onopen-Visitor": "phone",
        "X-Onopen-Again": "yes",
        "X-Onopen-Down": "yes",
        "X-Onopen-Tags": "placeholder/device",
        "X-Onopen-While-Asking": "999999s",
        "X-Forwarded-For": "8.8.8.8, 66.249.84.1",
        "Forwarded": "for=8.8.8.8",
        "X-Real-IP": "8.8.8.8",
        "CF-IPCountry": "FR",
        "CloudFront-Viewer-Country": "FR",
        "X-Geo-Country": "FR",
        "Range": "bytes=0-3",
        "If-None-Match": "*",
        "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Cookie": "lang=en",
        "Authorization": "Bearer x",
        "X-Requested-With": "de.gmx.mobile.android.mail",
        "Referer": "http://mail.google.com/",
        "Cache-Control": "no-cache, no-store",
        "X-HTTP-Method-Override": "DELETE",
        "X-Original-URL": "/i/nobody.png",
        "Host": "evil.example#/i/nobody.png",
        "Content-Length": "0",
    }.items()


@pytest.mark.parametrize(("name", "value"), list(poisons()))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_poisons_a_cache_poisons_nobody_else(standing_shelf: Shelf, name: str, value: str, method: str) -> None:
    for placeholder in ("language", "device"):
        target = f"/i/{placeholder}.gif?{fresh()}"
        standing_shelf.through(target, method=method, **{name.replace("-", "_"): value, "user_agent": IPHONE})
        for _ in range(2):
            clean = standing_shelf.through(target, user_agent=IPHONE, x_forwarded_for="91.64.1.2")
            truth = standing_shelf.origin.ask(target, user_agent=IPHONE, x_forwarded_for="91.64.1.2")
            assert shown(clean) == shown(truth)


@pytest.mark.parametrize("form", [CARRIED, TEST])
def test_what_a_token_shows_is_shown_to_nobody_else(standing_shelf: Shelf, form: str) -> None:
    for placeholder in ("language", "device", "tier", "slots"):
        said = fresh()
        plain = f"/i/{placeholder}.png?{said}"
        token = Crowd(SECRET).token({"name": "Jana", "lang": "en"}, form)
        for target in (f"/i/{placeholder}.png?{said}&t={token}", f"/i/{placeholder}.png?t={token}&{said}"):
            for _ in range(2):
                personal = standing_shelf.through(target, user_agent=IPHONE)
                assert not is_hit(personal)
                assert personal.headers["cache-control"].startswith("private")
        for _ in range(2):
            clean, truth = (
                one(plain, user_agent=IPHONE) for one in (standing_shelf.through, standing_shelf.origin.ask)
            )
            assert shown(clean) == shown(truth)


def test_who_has_one_picture_is_told_of_another(standing_shelf: Shelf) -> None:
    """The class of visitor differs, the URL does not; and a cache answers conditions by itself."""
    target = f"/i/device.png?{fresh()}"
    phone = standing_shelf.through(target, user_agent=IPHONE)
    for _ in range(2):
        gmail = standing_shelf.through(target, user_agent=GMAIL, if_none_match=phone.etag)
        assert (gmail.status, gmail.etag != phone.etag) == (200, True)
        assert standing_shelf.through(target, user_agent=IPHONE, if_none_match=phone.etag).status == 304


def test_an_address_within_another_is_the_same_address(standing_shelf: Shelf) -> None:
    """A proxy that listens on both kinds writes ::ffff:66.249.84.1, where a mail provider fetches and nobody reads."""
    for address in (
        "::ffff:66.249.84.1",
        "::FFFF:66.249.84.1",
        "::ffff:42f9:5401",
        "66.249.84.1:443",
        "8.8.8.8, ::ffff:66.249.84.1",
    ):
        target = f"/i/via.png?{fresh()}"
        clean, truth = (
            one(target, user_agent=IPHONE, x_forwarded_for=address)
            for one in (standing_shelf.through, standing_shelf.origin.ask)
        )
        assert shown(clean) == shown(truth), address


def test_a_body_that_holds_a_request_is_a_body(standing_shelf: Shelf) -> None:
    said = fresh()
    hidden = f"GET /i/language.png?lang=en&{said} HTTP/1.1\r\nHost: h\r\n\r\n"
    head = f"GET /i/language.png?lang=de&{said} HTTP/1.1\r\nHost: h\r\nContent-Length: {len(hidden)}\r\n\r\n"
    standing_shelf.line.raw(f"{head}{hidden}".encode())
    for lang in ("de", "en"):
        target = f"/i/language.png?lang={lang}&{said}"
        assert shown(standing_shelf.through(target)) == shown(standing_shelf.origin.ask(target))
