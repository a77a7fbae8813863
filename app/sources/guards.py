"""Which addresses the way out may connect to, and the connecting itself.

A name is resolved once, every address it has is tested, and the connection goes to a tested address, so that nothing
can change between test and connection. This is not a firewall: it knows addresses, not paths or contents.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

import httpcore
import httpx

Resolver = Callable[[str, int], Coroutine[Any, Any, Sequence[str]]]
"""Host and port → its addresses as text; raises `OSError` where there are none."""

# IANA IPv4 special-purpose registry, with multicast and reserved space. Written out because `ipaddress.is_global`
# changes its mind between Python versions and calls multicast and 192.0.0.8 global.
_CLOSED_V4: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_OPEN_V6: Final = IPv6Network("2000::/3")  # the only space IANA has given out for global unicast
_CLOSED_V6: Final = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# An IPv4 address sits in the last 32 bits: mapped, compatible, translated (RFC 2765), NAT64 (RFC 6052).
_V4_AT_END: Final = tuple(IPv6Network(block) for block in ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_ISATAP: Final = (0x00005EFE, 0x02005EFE)  # RFC 5214: the upper half of the interface identifier

CONNECT_ATTEMPT_S: Final = 1.0
"""How long one of several addresses may take before the next is tried."""
MOST_ADDRESSES: Final = 4


class AddressRefused(Exception):
    """A host has an address that is not public. `address` is for operators only."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} has the address {address}, which is not public")
        self.host = host
        self.address = address


def is_public(address: str) -> bool:
    """Whether an address, with every IPv4 address embedded in it, belongs to the public internet.

    Anything that cannot be read as an address is not public.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in block for block in _CLOSED_V4)
    embedded = _embedded(found)
    if embedded is not None:
        return is_public(str(embedded))
    return found in _OPEN_V6 and not any(found in block for block in _CLOSED_V6)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    number = int(address)
    if any(address in block for block in _V4_AT_END):
        return IPv4Address(number & 0xFFFF_FFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address((number >> 80) & 0xFFFF_FFFF)
    if (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(number & 0xFFFF_FFFF)
    return None


class SystemResolver:
    """The machine's own resolver, on two threads of its own: a hanging name server must not hold anybody else's."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """All addresses of a host, in the order the system prefers."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Let the threads go; look-ups under way end on their own."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[str]:
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError as wrong:  # a label that is too long or empty: no such host
        raise OSError(f"not a host name: {host!r}") from wrong


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were tested, for `httpcore`, which keeps host name and TLS name as they were.

    `trusting` leaves the test out, for hosts that the operator named.
    """

    def __init__(self, resolve: Resolver, *, trusting: bool) -> None:
        self._resolve = resolve
        self._trusting = trusting
        self._dial = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first tested address that answers.

        Raises:
            AddressRefused: one of the host's addresses is not public.
            httpcore.ConnectError: nothing answered, or the host has no address.
        """
        addresses = await self._tested(host, port)
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for position, address in enumerate(addresses, 1):
            patience = timeout if position == len(addresses) else CONNECT_ATTEMPT_S
            try:
                return await self._dial.connect_tcp(address, port, patience, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                last = failed
        raise last

    async def _tested(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._resolve(host, port)
        except OSError as missing:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {missing}") from missing
        if not self._trusting:
            for address in addresses:  # one private address among public ones is how rebinding begins
                if not is_public(address):
                    raise AddressRefused(host, address)
        return addresses[:MOST_ADDRESSES]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Refused: the way out never leads into the machine."""
        raise AddressRefused(path, "unix socket")

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore's retries (which are switched off)."""
        await asyncio.sleep(seconds)


class GuardedTransport(httpx.AsyncBaseTransport):
    """A bounded pool of connections over a guarded network.

    httpx's own transport offers no seam for the network; its client logs whole URLs, keys included. So requests are
    handed to `httpcore` here.
    """

    def __init__(self, network: GuardedNetwork, tls: ssl.SSLContext, most_connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=most_connections,
            max_keepalive_connections=most_connections,
            keepalive_expiry=30.0,
            network_backend=network,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its answer with the body still on the wire; raises httpcore's exceptions."""
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
