"""The express way and the ordinary way give the same bytes, whatever is asked and however the packets fall."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from app.web.express import ANSWERED, ExpressProtocol
from app.web.protocol import MailProtocol
from tests.support.server import IPHONE, inside

NOW = 1_795_708_800.0
HOST = b"Host: img.example\r\n"


class Line:
    """A connection without a network: what the server writes is kept."""

    def __init__(self) -> None:
        self.sent = b""
        self.closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"sockname": ("127.0.0.1", 80), "peername": ("203.0.113.9", 4711)}.get(name, default)

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.sent += data

    def writelines(self, data: Sequence[bytes]) -> None:
        self.write(b"".join(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def connected(kind: type[MailProtocol], application: Any) -> tuple[MailProtocol, Line]:
    """A connection of that kind to the application."""
    config = Config(app=application, access_log=False, proxy_headers=False, log_config=None, ws="none")
    config.load()
    state = ServerState()
    state.default_headers = [(b"date", b"Thu, 26 Nov 2026 16:00:00 GMT")]
    line = Line()
    protocol = kind(config=config, server_state=state, app_state={}, _loop=asyncio.get_running_loop())
    protocol.connection_made(line)  # type: ignore[arg-type]
    return protocol, line


async def spoken(kind: type[MailProtocol], application: Any, packets: Sequence[bytes]) -> tuple[bytes, bool]:
    """What such a connection answers to these packets, and whether it was closed after."""
    protocol, line = connected(kind, application)
    for packet in packets:
        if not line.closed:
            protocol.data_received(packet)
        while protocol.tasks:
            await asyncio.sleep(0.005)
    protocol.connection_lost(None)
    return line.sent, line.closed


def get(target: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    lines = "".join(f"{header}\r\n" for header in (f"User-Agent: {IPHONE}", *headers))
    return f"{method} {target} HTTP/{version}\r\n".encode() + HOST + lines.encode() + b"\r\n"


ADA, BOB = get("/i/greet.png?name=Ada"), get("/i/greet.jpg?name=Bob")
CASES: dict[str, Sequence[bytes]] = {
    "a picture": [ADA],
    "one after the other": [ADA, BOB, ADA],
    "pipelined": [ADA + BOB + ADA],
    "pipelined behind a page": [get("/health") + ADA + get("/health") + BOB],
    "in pieces": [ADA[:9], ADA[9:40], ADA[40:] + BOB[:30], BOB[30:]],
    "for the last time": [get("/i/greet.png", "Connection: close"), BOB],
    "as in the last century": [get("/i/greet.png", version="1.0"), BOB],
    "the head alone": [get("/i/greet.png?name=Ada", method="HEAD"), ADA],
    "nobody": [get("/i/nobody.png"), get("/i/nobody.gif")],
    "no method of ours": [get("/i/greet.png", "Content-Length: 0", method="POST"), ADA],
    "with a body": [get("/i/greet.png?name=Ada", "Content-Length: 5") + b"hello", BOB],
    "with a body to wait for": [get("/i/greet.png", "Content-Length: 5", "Expect: 100-continue"), b"hello", BOB],
    "any etag": [get("/i/greet.png?name=Ada", "If-None-Match: *"), ADA],
    "percent-encoded": [get("/i/gr%65et.png?name=%C3%84da%20L"), ADA],
    "a fragment": [get("/i/greet.png?name=Ada#there"), ADA],
    "a whole address": [get("http://img.example/i/greet.png?name=Ada"), ADA],
    "raw letters": ["GET /i/greet.png?name=Ädä HTTP/1.1\r\n\r\n".encode(), ADA],
    "an upgrade": [get("/i/greet.png?name=Ada", "Connection: upgrade", "Upgrade: h2c"), ADA],
    "rubbish behind a picture": [ADA, b"\x00\x01\x02\r\n\r\n"],
    "a bad request behind a picture": [ADA, b"GET /i/greet.png?name=Bob Bob HTTP/1.1\r\n\r\n"],
    "rubbish at first": [b"\x00\x01\x02\r\n\r\n"],
    "raw letters behind a picture": [ADA, "GET /i/greet.png?name=Ädä HTTP/1.1\r\n\r\n".encode()],
    "raw letters in pieces": ["GET /i/greet.png?name=Ä".encode(), "dä HTTP/1.1\r\nHost: x".encode(), b"\r\n\r\n"],
    "a click": [get("/l/greet?name=Ada"), ADA],
}


@pytest.mark.parametrize("packets", CASES.values(), ids=CASES.keys())
async def test_both_ways_give_the_same_bytes(probe_site: Path, tmp_path: Path, packets: Sequence[bytes]) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        cold = await spoken(ExpressProtocol, server.application, packets)
        ordinary = await spoken(MailProtocol, server.application, packets)
        assert cold == ordinary
        assert await spoken(ExpressProtocol, server.application, packets) == ordinary


TARGET = "/i/greet.png?name=Bad Homburg"
MENDABLE: dict[str, Sequence[bytes]] = {
    "a blank": [get(TARGET)],
    "a blank, a byte at a time": [bytes([one]) for one in get(TARGET)],
    "a blank, later on": [BOB, get(TARGET)],
    "a control character": [get("/i/greet.png?name=Bad+Homburg", "X-Odd: a\x01b")],
    "no header": [get("/i/greet.png?name=Bad+Homburg", "foo bar: x")],
    "small letters": [get("/i/greet.png?name=Bad+Homburg").replace(b"HTTP/", b"http/")],
    "bare line feeds": [get(TARGET).replace(b"\r\n", b"\n")],
    "tabs": [get(TARGET).replace(b"GET /", b"GET\t/")],
    "a blank in front": [b" " + get(TARGET)],
    "blanks behind": [get(TARGET).replace(b"1.1\r\n", b"1.1  \r\n", 1)],
    "a whole address with a blank": [get(f"http://img.example{TARGET}")],
    "a port that is none": [get("http://img.example:99999/i/greet.png?name=Bad+Homburg")],
}


@pytest.mark.parametrize("kind", [ExpressProtocol, MailProtocol])
@pytest.mark.parametrize("packets", MENDABLE.values(), ids=MENDABLE.keys())
async def test_what_no_browser_would_send_gets_its_picture(
    probe_site: Path, tmp_path: Path, packets: Sequence[bytes], kind: type[MailProtocol]
) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        wanted, _ = await spoken(kind, server.application, [get("/i/greet.png?name=Bad+Homburg")])
        answered, _ = await spoken(kind, server.application, packets)
        etag, body = wanted.partition(b"etag: ")[2][:34], wanted.partition(b"\r\n\r\n")[2]
        assert etag in answered
        assert answered.endswith(body)


@pytest.mark.parametrize("kind", [ExpressProtocol, MailProtocol])
@pytest.mark.parametrize(
    "packets",
    [
        [get("/i/greet.png?name=Ada", "Transfer-Encoding: chunked") + b"zz\r\nhello\r\n0\r\n\r\n"],
        [ADA + b"\x00\x01\r\n\r\n"],
    ],
    ids=["a broken body", "rubbish in the same packet"],
)
async def test_what_comes_behind_a_picture_spoils_nothing_of_it(
    probe_site: Path, tmp_path: Path, packets: Sequence[bytes], kind: type[MailProtocol]
) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        whole, _ = await spoken(kind, server.application, [ADA])
        answered, closed = await spoken(kind, server.application, packets)
        assert answered.startswith(b"HTTP/1.1 200")
        assert whole.partition(b"\r\n\r\n")[2] in answered
        assert b"HTTP/1.1 400" not in answered or b"chunked" not in packets[0], "a request has one answer"
        assert closed


async def test_a_mended_request_keeps_its_headers(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        answered, _ = await spoken(ExpressProtocol, server.application, [get(TARGET, "If-None-Match: *")])
        assert answered.startswith(b"HTTP/1.1 304")


async def test_a_picture_from_memory_takes_the_express_way(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        await spoken(MailProtocol, server.application, [ADA])
        protocol, line = connected(ExpressProtocol, server.application)
        protocol.data_received(ADA)
        assert line.sent.startswith(b"HTTP/1.1 200 OK\r\n")  # before anything else ran in this loop
        assert protocol.cycle is ANSWERED
        protocol.connection_lost(None)


async def test_the_express_way_counts_each_open_once(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        tagged = get("/i/greet.png?name={{name}}")
        for _ in range(3):  # painted, then twice from memory
            await spoken(ExpressProtocol, server.application, [tagged])
        counted = server.counted()
        assert 'onopen_opens_total{format="png",placeholder="greet",rung="live"} 3.0' in counted
        assert 'onopen_painted_total{format="png"} 1.0' in counted
        assert sum(float(line.split()[1]) for line in counted.splitlines() if "unrendered_tags_total{" in line) == 3


async def test_a_slow_reader_is_waited_for(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        await spoken(MailProtocol, server.application, [ADA])
        protocol, line = connected(ExpressProtocol, server.application)
        protocol.pause_writing()
        protocol.data_received(ADA)
        await asyncio.sleep(0.05)
        assert line.sent == b""
        protocol.resume_writing()
        while protocol.tasks:
            await asyncio.sleep(0.005)
        assert line.sent.startswith(b"HTTP/1.1 200 OK\r\n")
        protocol.connection_lost(None)


async def test_a_connection_that_rests_is_closed_and_one_that_is_slow_to_ask_is_not(
    probe_site: Path, tmp_path: Path
) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        await spoken(MailProtocol, server.application, [ADA])
        protocol, line = connected(ExpressProtocol, server.application)
        protocol.timeout_keep_alive = 0.1  # type: ignore[assignment]  # uvicorn says int; its clock does not mind
        protocol.data_received(ADA)
        protocol.data_received(ADA[:30])
        await asyncio.sleep(0.35)
        assert not line.closed
        protocol.data_received(ADA[30:])
        assert line.sent.count(b"HTTP/1.1 200 OK") == 2
        await asyncio.sleep(0.35)
        assert line.closed
        protocol.connection_lost(None)


async def test_a_bug_on_the_express_way_is_left_to_the_ordinary_one(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, now=NOW) as server:
        ordinary = await spoken(MailProtocol, server.application, [ADA])

        class Broken:
            def at_once(self, scope: Any) -> Any:
                raise ZeroDivisionError

            async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
                await server.application(scope, receive, send)

        assert await spoken(ExpressProtocol, Broken(), [ADA]) == ordinary
