"""Servers that die, hang or are replaced by an error page: from Varnish mail clients get a picture all the same."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.edge.conftest import SECRET, Shelf, printed, shelf
from tests.edge.sites import RULES, ending, write_rules, write_shelf
from tests.support.server import IPHONE, OUTLOOK, Answer, Running, serving
from tests.support.sites import HOME, RED, SIZE
from tests.support.varnish_servers import PROGRAM, varnish
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")

ENDINGS = {"": "PNG", ".png": "PNG", ".jpg": "JPEG", ".JPEG": "JPEG", ".gif": "GIF", ".webp": "PNG"}


def is_spare(answer: Answer, format: str) -> bool:
    told = answer.headers["cache-control"], answer.headers["cdn-cache-control"], answer.rung
    return (answer.status, told, answer.picture.format) == (200, ("no-store", "no-store", "fallback"), format)


def dies(origin: Running) -> None:
    origin.process.kill()
    origin.process.wait()


def test_a_dead_origin_leaves_old_pictures_and_empty_ones_and_no_error(tmp_path: Path) -> None:
    with shelf(tmp_path) as made:
        ends = time.time() + 8
        write_rules(made.site, "nobody", ending(ends))
        until(lambda: made.origin.ask("/i/nobody.png").ground == RED)
        old = made.through("/i/nobody.png")
        dies(made.origin)
        assert_nobody_gets_an_error(made)
        until(lambda: time.time() > ends + 1)
        for _ in range(3):
            kept = made.through("/i/nobody.png")
            assert (kept.status, kept.body, kept.ground) == (200, old.body, RED)
        assert_nobody_gets_an_error(made)


def assert_nobody_gets_an_error(made: Shelf) -> None:
    for name in (*RULES, "shown"):
        if name == "nobody":
            continue  # an old picture of it is kept
        for suffix, format in ENDINGS.items():
            spare = made.through(f"/i/{name}{suffix}?name=new&r=somebody", user_agent=IPHONE)
            assert is_spare(spare, format), (name, suffix)
            assert spare.picture.size == SIZE
        assert is_spare(made.through(f"/i/{name}.png?t=1c.forged&name=new"), "PNG")
        assert made.through(f"/i/{name}.png?name=new", method="HEAD").status == 200
    for unknown, format in (("nowhere.jpg", "JPEG"), ("nowhere.gif?x=.png", "GIF"), ("no/where", "PNG"), ("", "PNG")):
        assert is_spare(made.through(f"/i/{unknown}"), format)
    for link in ("language?r=somebody", "nowhere"):
        click = made.through(f"/l/{link}")
        assert (click.status, click.headers["location"], click.headers["cache-control"]) == (302, HOME, "no-store")
    assert made.through("/why/language").status == 503
    assert made.through("/i/nobody.png", method="POST").status == 503


def test_one_of_two_servers_may_die_and_nobody_notices(tmp_path: Path) -> None:
    with two(tmp_path) as (first, second, through):
        for origin in (first, second):
            assert origin.counted("onopen_opens_total") == 0
        for number in range(40):
            assert through.ask(f"/i/person.png?r={number}").rung == "live"
        assert {first.counted("onopen_opens_total"), second.counted("onopen_opens_total")} == {20}
        dies(first)
        ends = time.monotonic() + 4
        while time.monotonic() < ends:
            assert through.ask("/i/person.png", user_agent=OUTLOOK).rung == "live"
            assert through.ask("/l/language?lang=en").headers["location"].startswith("https://shop.example/en")


def test_who_hangs_is_not_waited_for(tmp_path: Path) -> None:
    with two(tmp_path) as (first, second, through):
        first.process.send_signal(signal.SIGSTOP)
        try:
            for _ in range(4):
                answer = through.ask("/i/person.png")
                assert (answer.rung, answer.seconds < 3) == ("live", True)
            second.process.send_signal(signal.SIGSTOP)
            assert is_spare(through.ask("/i/person.png"), "PNG")
        finally:
            for origin in (first, second):
                origin.process.send_signal(signal.SIGCONT)


def test_the_error_page_of_a_balancer_is_no_picture(tmp_path: Path) -> None:
    class Balancer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(200 if self.path == "/health" else 502)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Balancer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = write_shelf(tmp_path / "site")
    with varnish(printed(site, server.server_port), tmp_path / "v") as cache:
        through = Running(cache.port, cache.process, tmp_path)  # type: ignore[arg-type]
        for target in ("/i/language.png", "/i/person.png"):
            assert is_spare(through.ask(target), "PNG")
        assert through.ask("/l/language").status == 302
        assert through.ask("/api/recipients/x").status == 502
    server.shutdown()
    server.server_close()


@contextmanager
def two(folder: Path) -> Iterator[tuple[Running, Running, Running]]:
    """Two servers, and the Varnish in front of both."""
    site = write_shelf(folder / "site")
    told = {"EDGE__DIALECT": "varnish", "EDGE__TRUSTED_PROXIES": "127.0.0.1", "SECRET_KEY": SECRET}
    with (
        serving(site, folder / "1", **told) as first,
        serving(site, folder / "2", **told) as second,
        varnish(printed(site, first.port, second.port), folder / "v") as cache,
    ):
        yield first, second, Running(cache.port, first.process, first.trace)
