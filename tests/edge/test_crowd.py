"""Ten thousand requests of 500 people in 40 contexts through Varnish: each is answered as the origin would have."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

import httpx
import pytest

from tests.edge.conftest import SECRET, Shelf
from tests.edge.crowd import Asked, Crowd
from tests.support.shop import KEY
from tests.support.varnish_servers import PROGRAM

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")

REQUESTS, CHANGES = 10_000, 100
HIT = "; hit"


@pytest.mark.timeout(300)
def test_nobody_is_shown_what_belongs_to_another(standing_shelf: Shelf) -> None:
    """While consent comes and goes; and where it may be shared, the origin is hardly ever asked."""
    crowd = Crowd(SECRET)
    shared = hits = 0
    pictures = set()
    with (
        httpx.Client(base_url=standing_shelf.origin.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=20) as api,
        line(standing_shelf.cache.port) as cached,
        line(standing_shelf.origin.port) as origin,
    ):
        for recipient, told in crowd.told():
            assert api.put(f"/api/recipients/{recipient}", json=told).status_code == 204
        for number in range(REQUESTS):
            if number % CHANGES == 0:
                someone, agrees = crowd.people[number // CHANGES], number % (2 * CHANGES) == 0
                body = {"consent": {"location": agrees, "behaviour": agrees}}
                assert api.put(f"/api/recipients/{someone}", json=body).status_code == 204
                happened = {"type": "added", "recipient": someone, "payload": {"sku": "A1"}}
                assert api.post("/api/events", json=happened).status_code == 200
            asked = crowd.asks()
            said, cache_status = ask(cached, asked)
            assert said == ask(origin, asked)[0], asked
            pictures.add(said[1])
            shared += asked.shareable
            hits += asked.shareable and HIT in cache_status
            assert "&t=" not in asked.target or HIT not in cache_status
    assert shared > REQUESTS / 10
    assert len(pictures) > 100  # who is recognised by a token sees their own
    assert hits >= 0.95 * shared


@contextmanager
def line(port: int) -> Iterator[http.client.HTTPConnection]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as made:
        yield made


SEALED: Final = re.compile(rb'(?<=name="seal" value=")[^"]+')
"""A form for recipients says until when it may be sent, to the second."""


def ask(line: http.client.HTTPConnection, asked: Asked) -> tuple[tuple[int, str, str, bytes], str]:
    """What was answered: status, ETag, target, bytes but for the seal, and what the cache says of it."""
    line.request("GET", asked.target, headers={"User-Agent": asked.agent, "X-Forwarded-For": asked.address})
    answer = line.getresponse()
    told = answer.getheader("ETag") or "", answer.getheader("Location") or ""
    return (answer.status, *told, SEALED.sub(b"", answer.read())), answer.getheader("Cache-Status") or ""
