"""The one way out to the network: GET, and calls to a service of the operator's, guarded at every step.

Each fetch has one deadline for everything, a cap on bytes that counts them raw, connections to tested addresses only,
and no proxies, cookies or credentials from the environment. It does not retry and does not remember answers.
"""

from __future__ import annotations

import asyncio
import email.utils
import json
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import httpcore
import httpx

from app.sources.guards import AddressRefused, GuardedNetwork, GuardedTransport, Resolver, SystemResolver
from app.sources.trouble import BadStatus, Late, Refused, Unreachable, UpstreamTrouble, printable

MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: a status of 2xx or 304, headers with lower-case names, the body's bytes as they were sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class GuardedClient:
    """Fetches from upstream services.

    Hosts in `trusted_hosts` (those the operator wrote into a setting) may have private addresses; what they redirect
    to may not, themselves included. `resolve` and `transport` are seams: with a transport of your own nothing is
    connected and no address is tested.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        trusted_hosts: Collection[str] = (),
        resolve: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        most_connections: int = 16,
    ) -> None:
        self._user_agent = _ascii(user_agent)
        self._trusted_hosts = frozenset(_plain(host) for host in trusted_hosts)
        self._system = SystemResolver()
        if transport is None:
            tls, found = httpx.create_ssl_context(), resolve or self._system
            self._strict: httpx.AsyncBaseTransport = GuardedTransport(
                GuardedNetwork(found, trusting=False), tls, most_connections
            )
            self._trusting: httpx.AsyncBaseTransport = GuardedTransport(
                GuardedNetwork(found, trusting=True), tls, most_connections
            )
        else:
            self._strict = self._trusting = transport

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] = _NOTHING,
        headers: Mapping[str, str] = _NOTHING,
        deadline_s: float,
        max_bytes: int,
    ) -> Answer:
        """Fetch a URL within `deadline_s` seconds, name look-up and redirects included.

        Raises:
            UpstreamTrouble: there is no answer, for the reason it names.
        """
        target = _target(url, params)
        sent = {name: _ascii(value) for name, value in headers.items()}
        async with _in_words(target, deadline_s):
            return await self._walk(target, sent, deadline_s, max_bytes)

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes, deadline_s: float, max_bytes: int
    ) -> Answer:
        """Send something within `deadline_s` seconds; it is never sent on to where the answer redirects.

        Raises:
            UpstreamTrouble: it was not answered with 2xx, for the reason it names.
        """
        target = _target(url, _NOTHING)
        sent = {name: _ascii(value) for name, value in headers.items()}
        async with _in_words(target, deadline_s):
            response = await self._door(target).handle_async_request(
                self._request(method, target, sent, deadline_s, body)
            )
            try:
                return await self._taken(response, target, max_bytes)
            finally:
                await response.aclose()

    def _door(self, target: httpx.URL) -> httpx.AsyncBaseTransport:
        return self._trusting if _plain(target.host) in self._trusted_hosts else self._strict

    def _request(
        self, method: str, target: httpx.URL, headers: Mapping[str, str], patience: float, body: bytes | None = None
    ) -> httpx.Request:
        return httpx.Request(
            method,
            target,
            headers={"User-Agent": self._user_agent, **headers, "Accept-Encoding": "identity"},
            content=body,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), patience)},
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._strict.aclose()
        await self._trusting.aclose()
        self._system.close()

    async def _walk(self, target: httpx.URL, headers: dict[str, str], patience: float, max_bytes: int) -> Answer:
        door = self._door(target)
        for _ in range(MOST_REDIRECTS + 1):
            response = await door.handle_async_request(self._request("GET", target, headers, patience))
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._taken(response, target, max_bytes)
                onward = _onward(target, response.headers.get("location", ""))
            finally:
                await response.aclose()
            if onward.host != target.host or onward.port != target.port:
                headers = {}  # what was meant for one host is not told to another
            target, door = onward, self._strict
        raise Refused("refused_redirect", where(target), f"more than {MOST_REDIRECTS} redirects")

    async def _taken(self, response: httpx.Response, target: httpx.URL, max_bytes: int) -> Answer:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity"):  # a decoder would unpack 377 bytes into 128 MB before any cap fires
            raise Refused("encoded", where(target), f"encoded as {printable(encoding)!r} though identity was asked for")
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > max_bytes):
            raise Refused("too_big", where(target), f"announces {printable(length)} bytes, {max_bytes} are allowed")
        body = bytearray()
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for part in response.stream:  # what aiter_raw reads: bytes as they came, no decoder between
            body += part
            if len(body) > max_bytes:
                raise Refused("too_big", where(target), f"more than {max_bytes} bytes")
        status = response.status_code
        if not (200 <= status < 300 or status == 304):
            raise BadStatus(
                where(target), status, retry_after_s=_retry_after(response.headers), said=_complaint(bytes(body))
            )
        return Answer(status, MappingProxyType(dict(response.headers)), bytes(body))


@asynccontextmanager
async def _in_words(target: httpx.URL, deadline_s: float) -> AsyncIterator[None]:
    """Until the deadline; whatever goes wrong on the way becomes an UpstreamTrouble that says so."""
    try:
        async with asyncio.timeout(deadline_s):
            yield
    except (TimeoutError, httpcore.TimeoutException, httpx.TimeoutException) as late:
        raise Late("timeout", where(target), f"no whole answer within {deadline_s:g} s") from late
    except AddressRefused as refused:
        raise Refused("refused_address", where(target), printable(str(refused))) from refused
    except (httpcore.ProtocolError, httpx.ProtocolError) as garbage:
        raise Unreachable("garbage", where(target), printable(f"not HTTP: {garbage}")) from garbage
    except (httpcore.NetworkError, httpx.TransportError, httpcore.UnsupportedProtocol, OSError) as broken:
        raise Unreachable("connection", where(target), printable(str(broken)) or "connection broken") from broken


def _retry_after(headers: httpx.Headers) -> float | None:
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    then, sent = http_date(text), http_date(headers.get("date"))
    return None if then is None or sent is None else max(0.0, then - sent)


def where(url: httpx.URL) -> str:
    """A URL as operators may see it: no user, no query, no fragment."""
    port = f":{url.port}" if url.port else ""
    return printable(f"{url.scheme}://{url.host}{port}{url.path}")


def http_date(text: str | None) -> float | None:
    """The instant of an HTTP date, or None where it is not one."""
    try:
        return email.utils.parsedate_to_datetime(text or "").timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _ascii(text: str) -> str:
    """A header's value as the wire can carry it: an operator called Müller must not stop a fetch."""
    return "".join(letter if letter.isprintable() else " " for letter in text).encode("ascii", "replace").decode()


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _target(url: str, params: Mapping[str, str]) -> httpx.URL:
    try:
        target = httpx.URL(url)
        return _checked(target.copy_merge_params(dict(params)) if params else target, "refused_url")
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused("refused_url", printable(url.partition("?")[0]), "not a URL") from wrong


def _onward(target: httpx.URL, location: str) -> httpx.URL:
    try:
        onward = target.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused("refused_redirect", where(target), "redirects to something that is not a URL") from wrong
    if not location:
        raise Refused("refused_redirect", where(target), "redirects without saying where to")
    if target.scheme == "https" and onward.scheme != "https":
        raise Refused("refused_redirect", where(target), "redirects from https to http")
    return _checked(onward, "refused_redirect")


def _checked(url: httpx.URL, reason: str) -> httpx.URL:
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused(reason, where(url), "only http and https lead out")
    if url.userinfo:
        raise Refused(reason, where(url), "a URL may not carry a user")
    return url


def _complaint(body: bytes) -> str:
    """What a service says about an error, if it says so the way Open-Meteo, OpenWeatherMap or problem+json do."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    words = (said.get(key) for key in ("reason", "message", "detail", "title"))
    return next((printable(word) for word in words if isinstance(word, str)), "")


__all__ = ["Answer", "GuardedClient", "UpstreamTrouble", "http_date", "where"]
