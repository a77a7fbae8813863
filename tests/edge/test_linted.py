"""What a linter of HTTP has to say about every route, straight from the server and through Varnish."""

from __future__ import annotations

import http.client
from contextlib import closing

import pytest
from httplint import HttpResponseLinter
from httplint.note import levels

from tests.edge.conftest import Shelf
from tests.edge.crowd import NAMES
from tests.support.shop import KEY

SOMEBODY = "f0e1d2c3" * 4
ROUTES = (
    *(f"/i/{name}.{format}?name=x" for name in (*NAMES, "shown", "nowhere") for format in ("png", "jpg", "gif")),
    *(f"/{route}/{name}?r={SOMEBODY}" for route in ("l", "why") for name in ("language", "tier", "nowhere")),
    "/",
    "/api/openapi.json",
    f"/api/recipients/{SOMEBODY}",
    "/api/purge",
    "/health",
    "/ready",
    "/metrics",
    "/x",
)
HEADERS = ({}, {"Range": "bytes=0-1"}, {"If-None-Match": "*"}, {"Authorization": f"Bearer {KEY}"})


@pytest.mark.parametrize("route", ROUTES)
def test_no_answer_is_bad_http(standing_shelf: Shelf, route: str) -> None:
    for port in (standing_shelf.origin.port, standing_shelf.cache.port):
        for headers in HEADERS:
            assert not bad(port, route, headers), headers


def bad(port: int, route: str, headers: dict[str, str]) -> list[str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", route, headers=headers)
        answer = line.getresponse()
        linter = HttpResponseLinter()
        linter.process_response_topline(b"HTTP/1.1", str(answer.status).encode(), answer.reason.encode())
        linter.process_headers([(name.encode(), value.encode("latin-1")) for name, value in answer.getheaders()])
        linter.feed_content(answer.read())
        linter.finish_content(complete=True)
    return [type(note).__name__ for note in linter.notes if note.level is levels.BAD]


def test_the_linter_would_tell() -> None:
    linter = HttpResponseLinter()
    linter.process_response_topline(b"HTTP/1.1", b"200", b"OK")
    linter.process_headers([(b"Cache-Control", b"max-age=x"), (b"Content-Length", b"5")])
    linter.finish_content(complete=True)
    assert [note for note in linter.notes if note.level is levels.BAD]
