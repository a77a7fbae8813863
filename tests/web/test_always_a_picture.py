"""Law 5: any GET below the image route answers 200 or 304 with a complete picture of the right type and size."""

from __future__ import annotations

import pytest

from tests.support.server import Answer, Running
from tests.support.sites import GREEN, NEUTRAL, SIZE

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
LONG = "x" * 10_240


def complete(answer: Answer, kind: str = "PNG") -> None:
    """A picture from the first byte to the last, announced as what it is."""
    assert answer.status == 200
    assert "location" not in answer.headers
    assert answer.headers["content-type"] == TYPES[kind]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.etag.startswith('"')
    assert answer.etag.endswith('"')
    assert answer.picture.format == kind


@pytest.mark.parametrize(
    ("extension", "kind"),
    [
        (".png", "PNG"),
        (".jpg", "JPEG"),
        (".jpeg", "JPEG"),
        (".gif", "GIF"),
        (".PNG", "PNG"),
        (".JPG", "JPEG"),
        (".Gif", "GIF"),
        ("", "PNG"),
        (".webp", "PNG"),
        (".html", "PNG"),
        (".", "PNG"),
        (".png/", "PNG"),
        (".jpg;x=1", "PNG"),
    ],
)
def test_the_extension_chooses_the_format_and_any_other_means_png(running: Running, extension: str, kind: str) -> None:
    answer = running.ask(f"/i/greet{extension}?name=Ada")
    complete(answer, kind)
    assert answer.picture.size == SIZE
    assert (answer.ground, answer.rung) == (GREEN, "live")


@pytest.mark.parametrize(
    "target",
    [
        "/i/nobody.png",
        "/i/nobody",
        "/i/",
        "/i/.png",
        "/i/greet/more.png",
        "/i/../greet.png",
        "/i/%2e%2e/%2e%2e/etc/passwd",
        "/i/GREET.png",
        "/i/greet.png.png",
        "/i/%00.png",
        "/i/gr%C3%BC%C3%9Fe.png",
        "/i/%ff%fe.png",
        "/i/%zz%.png",
        "/i/" + "n" * 5000 + ".png",
        "/i//greet.png",
        "/i/{{name}}.png",
    ],
)
def test_an_unknown_placeholder_has_a_neutral_picture_that_nobody_keeps(running: Running, target: str) -> None:
    answer = running.ask(target)
    complete(answer)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cdn-cache-control"] == "no-store"
    assert answer.rung == "fallback"


@pytest.mark.parametrize(("extension", "kind"), [("jpg", "JPEG"), ("gif", "GIF"), ("PNG", "PNG")])
def test_a_neutral_picture_has_the_format_that_was_asked_for(running: Running, extension: str, kind: str) -> None:
    complete(running.ask(f"/i/nobody.{extension}"), kind)


@pytest.mark.parametrize(
    "query",
    [
        "r=%%_subscriberkey%%",
        "r={{recipient.id}}&name=*|FNAME|*",
        "name=%",
        "name=%zz%1",
        "name=%c3%28",
        "name=%00",
        "name=%0d%0aX-Evil:%201",
        f"name={LONG}",
        f"m={LONG}&r={LONG}&name={LONG}",
        "&".join(f"p{number}=1" for number in range(3000)),
        "&&&===&=&",
        "name",
        "?name=?",
        "c=nobody",
        "name=%F0%9F%8E%89%E2%80%AE%D7%A9",
        "lang=klingon",
        "amp;name=",
        "name=" + "%25" * 3000,
    ],
)
def test_whatever_the_query_says_there_is_a_picture(running: Running, query: str) -> None:
    answer = running.ask(f"/i/greet.png?{query}")
    complete(answer)
    assert answer.picture.size == SIZE
    assert answer.rung == "live"


def test_a_parameter_that_is_too_long_reads_as_absent(running: Running) -> None:
    assert running.ask(f"/i/greet.png?name={LONG}").ground == NEUTRAL
    assert running.ask(f"/i/greet.png?x={LONG}&name=Ada").ground in {GREEN, NEUTRAL}
    assert running.ask("/i/greet.png?name=Ada").ground == GREEN


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "x" * 65_536},
        {"referer": "x" * 65_536},
        {"x_anything": "x" * 200_000},
        {"x_forwarded_for": "1.2.3.4," * 10_000},
        {"x_forwarded_for": "\xff\xfe"},
        {"user_agent": "\xfc\xe4\x80"},
        {"user_agent": ""},
        {"accept": "text/html"},
        {"accept_encoding": "gzip"},
        {"cookie": "a=b"},
        {"range": "bytes=0-9"},
        {"range": "bytes=999999-"},
        {"if_range": '"x"', "range": "bytes=0-9"},
        {"if_modified_since": "Sat, 01 Jan 2099 00:00:00 GMT"},
        {"if_match": '"other"'},
        {"expect": "100-continue"},
        {"upgrade": "h2c", "connection": "Upgrade"},
        {"connection": "close"},
    ],
)
def test_whatever_the_headers_say_there_is_a_picture(running: Running, headers: dict[str, str]) -> None:
    answer = running.ask("/i/greet.png?name=Ada", **headers)
    complete(answer)
    assert answer.picture.size == SIZE
    assert "content-range" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_many_headers_and_the_same_one_twice_are_borne(running: Running) -> None:
    complete(running.ask_with([(f"x-{number}", "1") for number in range(500)], "/i/greet.png"))
    complete(running.ask_with([("user-agent", "a"), ("user-agent", "b"), ("x-forwarded-for", "?")] * 9, "/i/greet.png"))


def test_head_has_the_headers_of_get_and_no_body(running: Running) -> None:
    got, headed = running.ask("/i/greet.jpg?name=Ada"), running.ask("/i/greet.jpg?name=Ada", method="HEAD")
    assert (headed.status, headed.body) == (200, b"")
    assert {**headed.headers, "date": ""} == {**got.headers, "date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(running: Running, method: str) -> None:
    answer = running.ask("/i/greet.png", method=method, content_length="0")
    assert (answer.status, answer.headers["allow"], answer.body) == (405, "GET, HEAD", b"")


# What a client or a proxy may have ----------------------------------------------------------------------------------


def test_an_etag_is_strong_and_names_the_bytes(running: Running) -> None:
    ada, again = running.ask("/i/greet.png?name=Ada"), running.ask("/i/greet.png?name=Ada&r=somebody-else")
    bob, jpeg, none = (running.ask(f"/i/greet{rest}") for rest in (".png?name=Bob", ".jpg?name=Ada", ".png"))
    assert ada.etag == again.etag
    assert ada.body == again.body
    assert len({ada.etag, bob.etag, jpeg.etag, none.etag, running.ask("/i/nobody.png").etag}) == 5


@pytest.mark.parametrize(
    "asked",
    [
        "{etag}",
        "W/{etag}",
        '"a", {etag}',
        '"a",{etag}',
        '"a" , W/{etag} , "b"',
        '"a",\t{etag}',
        "*",
        " {etag} ",
    ],
)
def test_who_has_the_picture_is_told_so(running: Running, asked: str) -> None:
    etag = running.ask("/i/greet.png?name=Ada").etag
    answer = running.ask("/i/greet.png?name=Ada", if_none_match=asked.format(etag=etag))
    assert (answer.status, answer.body, answer.etag) == (304, b"", etag)
    assert answer.headers["cache-control"]
    assert "content-type" not in answer.headers


def test_who_has_it_may_say_so_in_several_lines(running: Running) -> None:
    etag = running.ask("/i/greet.png?name=Ada").etag
    lines = [("if-none-match", '"a"'), ("if-none-match", etag)]
    assert running.ask_with(lines, "/i/greet.png?name=Ada").status == 304


@pytest.mark.parametrize(
    "asked", ['"other"', "", '""', "{bare}", '"{bare}x"', "garbage \x80", '"' + "x" * 20_000 + '"']
)
def test_who_has_another_picture_gets_this_one(running: Running, asked: str) -> None:
    bare = running.ask("/i/greet.png?name=Ada").etag.strip('"')
    complete(running.ask("/i/greet.png?name=Ada", if_none_match=asked.format(bare=bare)))


def test_head_may_be_conditional_too(running: Running) -> None:
    etag = running.ask("/i/greet.png").etag
    assert running.ask("/i/greet.png", method="HEAD", if_none_match=etag).status == 304


# What is hardly HTTP any more ---------------------------------------------------------------------------------------


def line(target: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"GET " + target + b" HTTP/1.1", b"Host: mail.example", *headers, b"", b""])


@pytest.mark.parametrize(
    ("target", "ground"),
    [
        ("/i/greet.png?name=Jürgen".encode(), GREEN),
        ("/i/greet.png?name=Jürgen".encode("latin-1"), GREEN),
        ("/i/grüße.png".encode(), None),
        (b"/i/greet.png?name=Ada#fragment", GREEN),
        (b"/i/greet.png?name=Ada&r=" + b"a" * 70_000, GREEN),
        (b"/i/greet.png?r=" + b"a" * 300_000, NEUTRAL),
        (b"/i/" + b"a" * 300_000, None),
        (b"/i/greet.png?name=Ada Lovelace", GREEN),
        (b"/i/greet.png?name={{ first name }}", NEUTRAL),
        (b"/i/greet.png?name=Ada\tLovelace", GREEN),
        (b"http://mail.example/i/greet.png?name=Ada", GREEN),
    ],
)
def test_a_request_line_as_broken_mails_make_it_is_read_as_well_as_can_be(
    running: Running, target: bytes, ground: str | None
) -> None:
    answer = running.raw(line(target))
    complete(answer)
    assert answer.picture.size == (SIZE if ground else (1, 1))
    assert ground is None or answer.ground == ground


@pytest.mark.parametrize("header", [b"X-A: a\x01b", b"X-A: a\r\n folded", b"no colon", b": no name", b"X-A\x00: b"])
def test_a_broken_header_costs_only_what_the_headers_said(running: Running, header: bytes) -> None:
    answer = running.raw(line(b"/i/greet.png?name=Ada", header))
    complete(answer)
    assert answer.ground == GREEN


@pytest.mark.parametrize(
    "rubbish", [b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET\r\n\r\n", b"BREW /i/greet.png HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_request_for_a_picture_is_refused(running: Running, rubbish: bytes) -> None:
    assert running.raw(rubbish).status == 400
