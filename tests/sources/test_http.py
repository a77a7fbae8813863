"""The guarded way out against real servers on the loopback interface that misbehave in every way we could think of."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
import pytest
import respx

from app.sources.http import Answer, GuardedClient
from app.sources.trouble import BadStatus, Late, Refused, Unreachable, UpstreamTrouble
from tests.support.loopback import Loopback, Speaker, answer, loopback

PLENTY = 100_000


@asynccontextmanager
async def client(**settings: object) -> AsyncIterator[GuardedClient]:
    made = GuardedClient(**{"user_agent": "onopen-test/1", "trusted_hosts": ["127.0.0.1"], **settings})  # type: ignore[arg-type]
    try:
        yield made
    finally:
        await made.aclose()


async def fetch(
    url: str,
    *,
    deadline_s: float = 2.0,
    max_bytes: int = PLENTY,
    params: dict[str, str] | None = None,
    **settings: object,
) -> Answer:
    async with client(**settings) as out:
        return await out.get(url, params=params or {}, deadline_s=deadline_s, max_bytes=max_bytes)


async def trouble_with(speak: Speaker, **wishes: object) -> tuple[UpstreamTrouble, Loopback]:
    async with loopback(speak) as server:
        with pytest.raises(UpstreamTrouble) as caught:
            await fetch(server.url + "/w", **wishes)  # type: ignore[arg-type]
    return caught.value, server


async def test_a_plain_answer_arrives_whole() -> None:
    async with loopback(answer(b'{"a": 1}', "200 OK", "X-Seen: Yes")) as server:
        got = await fetch(server.url + "/w?x=1", params={"q": "ä"})
    assert (got.status, got.body, got.headers["x-seen"]) == (200, b'{"a": 1}', "Yes")
    assert server.heard[0].startswith("GET /w?x=1&q=%C3%A4 HTTP/1.1\r\n")


async def test_the_request_names_the_host_and_asks_for_plain_bytes_and_keeps_no_cookies() -> None:
    async with loopback(answer(b"{}", "200 OK", "Set-Cookie: a=b")) as server, client() as out:
        for _ in range(2):
            await out.get(server.url, deadline_s=2, max_bytes=PLENTY)
    head = server.heard[1].lower()
    assert f"host: 127.0.0.1:{server.port}" in head
    assert "accept-encoding: identity" in head
    assert "user-agent: onopen-test/1" in head
    assert "cookie" not in head


async def test_a_header_is_made_fit_for_the_wire() -> None:
    async with loopback(answer()) as server, client(user_agent="Müller\r\nX: y") as out:
        await out.get(server.url, headers={"X-Name": "Größe"}, deadline_s=2, max_bytes=PLENTY)
    assert "User-Agent: M?ller  X: y\r\n" in server.heard[0]
    assert "X-Name: Gr??e\r\n" in server.heard[0]


async def test_a_dripping_body_ends_at_the_deadline() -> None:
    async def drip(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(40):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    started = time.monotonic()
    trouble, _ = await trouble_with(drip, deadline_s=0.3)
    assert isinstance(trouble, Late)
    assert trouble.reason == "timeout"
    assert time.monotonic() - started < 1.0


async def test_a_silent_server_ends_at_the_deadline() -> None:
    async def nothing(_head: str, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    trouble, _ = await trouble_with(nothing, deadline_s=0.2)
    assert trouble.reason == "timeout"


async def test_a_resolver_that_hangs_ends_at_the_deadline() -> None:
    async def hang(_host: str, _port: int) -> Sequence[str]:
        await asyncio.sleep(5)
        return ()

    with pytest.raises(Late):
        await fetch("http://upstream.example/", deadline_s=0.2, resolve=hang)


async def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    trouble, _ = await trouble_with(answer(b"x" * 10_000_000))
    assert trouble.reason == "too_big"


async def test_an_unannounced_flood_is_cut_off_at_the_cap() -> None:
    async def flood(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(160):
            writer.write(b"x" * 65536)
            await writer.drain()

    trouble, _ = await trouble_with(flood)
    assert trouble.reason == "too_big"


@pytest.mark.parametrize("encodings", ["gzip", "gzip, gzip", "br", "x-unheard-of"])
async def test_an_encoded_answer_is_refused_unread(encodings: str) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 1_000_000))
    trouble, _ = await trouble_with(answer(bomb, "200 OK", f"Content-Encoding: {encodings}"))
    assert isinstance(trouble, Refused)
    assert trouble.reason == "encoded"


async def test_encodings_stacked_over_several_headers_are_refused() -> None:
    trouble, _ = await trouble_with(answer(b"x", "200 OK", "Content-Encoding: identity", "Content-Encoding: gzip"))
    assert trouble.reason == "encoded"


@pytest.mark.parametrize("noise", [b"\x16\x03\x01 garbage\r\n\r\n", b"HTTP/9 huh\r\n\r\n", b"SSH-2.0-OpenSSH\r\n\r\n"])
async def test_what_is_not_http_is_garbage(noise: bytes) -> None:
    async def speak(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(noise)

    trouble, _ = await trouble_with(speak)
    assert isinstance(trouble, Unreachable)
    assert trouble.reason == "garbage"


async def test_a_body_that_breaks_off_is_trouble() -> None:
    async def speak(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        writer.close()

    trouble, _ = await trouble_with(speak)
    assert isinstance(trouble, Unreachable)


async def test_a_connection_reset_is_trouble() -> None:
    async def speak(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    trouble, _ = await trouble_with(speak)
    assert isinstance(trouble, Unreachable)


async def test_a_closed_port_is_trouble() -> None:
    async with loopback(answer()) as server:
        pass
    with pytest.raises(Unreachable) as caught:
        await fetch(server.url)
    assert caught.value.reason == "connection"


async def test_an_endless_header_is_trouble() -> None:
    async def speak(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2_000_000)

    trouble, _ = await trouble_with(speak)
    assert trouble.reason == "garbage"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
async def test_a_private_host_that_nobody_named_is_refused(host: str) -> None:
    async with loopback(answer()) as server:
        with pytest.raises(UpstreamTrouble) as caught:
            await fetch(f"http://{host}:{server.port}/", trusted_hosts=[])
    assert caught.value.reason in ("refused_address", "refused_url")
    assert server.heard == []


async def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    async def mixed(_host: str, _port: int) -> Sequence[str]:
        return ("93.184.216.34", "127.0.0.1")

    with pytest.raises(Refused) as caught:
        await fetch("http://rebinding.example/", resolve=mixed)
    assert caught.value.reason == "refused_address"


async def test_a_host_is_resolved_once_and_the_connection_goes_to_that_address() -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",)

    async with loopback(answer()) as server:
        got = await fetch(
            f"http://Weather.Internal:{server.port}/", resolve=resolve, trusted_hosts=["weather.internal"]
        )
    assert got.status == 200
    assert asked == ["weather.internal"]
    assert f"Host: weather.internal:{server.port}" in server.heard[0]


async def test_tls_is_spoken_to_the_name_and_not_to_the_address_and_a_bad_certificate_is_trouble() -> None:
    names: list[str | None] = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # without a certificate: the name is heard, then the handshake fails
    tls.sni_callback = lambda _socket, name, _context: names.append(name)

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ("127.0.0.1",)

    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unreachable):
        await fetch(f"https://weather.internal:{port}/", resolve=resolve, trusted_hosts=["weather.internal"])
    server.close()
    assert names == ["weather.internal"]


async def test_a_dead_address_gives_way_to_the_next() -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ("127.0.0.9", "127.0.0.1")

    async with loopback(answer()) as server:
        got = await fetch(f"http://two.internal:{server.port}/", resolve=resolve, trusted_hosts=["two.internal"])
    assert got.status == 200


async def test_a_host_without_addresses_is_trouble() -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such host")

    with pytest.raises(Unreachable):
        await fetch("http://nowhere.example/", resolve=resolve)


async def test_a_trusted_host_may_not_redirect_to_a_private_address_not_even_its_own() -> None:
    async with loopback(answer(b"secret")) as private:
        async with loopback(answer(b"", "302 Found", f"Location: {private.url}/secret")) as server:
            with pytest.raises(Refused) as caught:
                await fetch(server.url)
        assert caught.value.reason == "refused_address"
        assert private.heard == []
        async with loopback(answer(b"", "302 Found", "Location: /again")) as server:
            with pytest.raises(Refused):
                await fetch(server.url)
        assert len(server.heard) == 1


@pytest.mark.parametrize(
    "location", ["ftp://a.example/", "file:///etc/passwd", "http://u:p@a.example/", "http://[::", ""]
)
async def test_a_redirect_to_something_else_is_refused(location: str) -> None:
    trouble, _ = await trouble_with(answer(b"", "302 Found", f"Location: {location}"))
    assert trouble.reason == "refused_redirect"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://", "nonsense", "http://u:p@a.example/", "http://a.example:x/"]
)
async def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(Refused) as caught:
        await fetch(url)
    assert caught.value.reason == "refused_url"


def played(router: respx.Router) -> httpx.MockTransport:
    return httpx.MockTransport(router.async_handler)


async def test_a_redirect_between_public_hosts_is_followed_without_the_headers_of_the_first() -> None:
    router = respx.Router()
    router.get("https://a.example/w").respond(301, headers={"Location": "https://b.example/v?x=1"})
    goal = router.get("https://b.example/v").respond(200, text="there")
    async with client(transport=played(router)) as out:
        got = await out.get(
            "https://a.example/w", params={"key": "s"}, headers={"X-Key": "s"}, deadline_s=1, max_bytes=PLENTY
        )
    assert got.body == b"there"
    request = goal.calls.last.request
    assert "x-key" not in request.headers
    assert request.url == "https://b.example/v?x=1"


async def test_a_redirect_loop_ends() -> None:
    router = respx.Router()
    loop = router.get("https://a.example/").respond(302, headers={"Location": "https://a.example/"})
    with pytest.raises(Refused) as caught:
        await fetch("https://a.example/", transport=played(router))
    assert caught.value.reason == "refused_redirect"
    assert loop.call_count == 4


async def test_https_does_not_go_down_to_http() -> None:
    router = respx.Router()
    router.get("https://a.example/").respond(302, headers={"Location": "http://a.example/"})
    with pytest.raises(Refused) as caught:
        await fetch("https://a.example/", transport=played(router))
    assert caught.value.reason == "refused_redirect"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503, 204, 304, 203])
async def test_a_status_is_an_answer_or_a_reason(status: int) -> None:
    router = respx.Router()
    router.get("https://a.example/").respond(status)
    if status < 400:
        assert (await fetch("https://a.example/", transport=played(router))).status == status
    else:
        with pytest.raises(BadStatus) as caught:
            await fetch("https://a.example/", transport=played(router))
        assert caught.value.reason == f"status_{status}"


async def test_an_error_says_when_to_come_back_and_what_was_wrong() -> None:
    router = respx.Router()
    router.get("https://a.example/").respond(429, headers={"Retry-After": "120"}, json={"reason": "too\nmany"})
    with pytest.raises(BadStatus) as caught:
        await fetch("https://a.example/", transport=played(router))
    assert caught.value.retry_after_s == 120
    assert "too many" in str(caught.value)


async def test_a_date_to_come_back_at_is_measured_against_the_service_s_own_clock() -> None:
    router = respx.Router()
    dates = {"Date": "Mon, 20 Jul 2020 11:20:44 GMT", "Retry-After": "Mon, 20 Jul 2020 11:21:44 GMT"}
    router.get("https://a.example/").respond(503, headers=dates)
    with pytest.raises(BadStatus) as caught:
        await fetch("https://a.example/", transport=played(router))
    assert caught.value.retry_after_s == 60


@pytest.mark.parametrize("status", ["500 Oops", "302 Found"])
async def test_the_key_in_a_query_is_never_told(status: str) -> None:
    async with loopback(answer(b"", status)) as server:
        with pytest.raises(UpstreamTrouble) as caught:
            await fetch(server.url + "/w", params={"appid": "s3cret"})
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in caught.value.where
    assert f"127.0.0.1:{server.port}/w" in str(caught.value)


async def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with loopback(answer(b"proxied")) as proxy, loopback(answer(b"direct")) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert (await fetch(server.url)).body == b"direct"
        assert proxy.heard == []


async def test_connections_are_bounded_and_kept() -> None:
    open_now, most = 0, 0

    async def slowly(head: str, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.02)
        open_now -= 1
        await answer()(head, writer)

    async with loopback(slowly) as server, client(most_connections=3) as out:
        await asyncio.gather(*(out.get(server.url, deadline_s=3, max_bytes=PLENTY) for _ in range(12)))
    assert most == 3
