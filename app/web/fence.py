"""Whose word counts: the reader's own address, read from forwarding headers of trusted peers and of nobody else.

`X-Forwarded-For` is counted from the right: each trusted hop vouches for the one to its left, and the first that is not
trusted is the reader. What stands further left was written by the reader and is never looked at. Total on any input.
"""

from __future__ import annotations

import socket
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, collapse_addresses
from typing import Final

from app.edge.dialect import NO_PLACE, Dialect

Headers = Collection[tuple[bytes, bytes]]

FORWARDED: Final = b"x-forwarded-for"

MAX_FORWARDED: Final = 2048
"""Bytes of all `X-Forwarded-For` lines together; more reads as absent."""

MAX_VALUE: Final = 256
"""Bytes of any other header that is heeded; more reads as absent."""

MAX_HOPS: Final = 32
"""Trusted hops that are followed; a longer chain is no chain of ours."""

MAX_PROXIES: Final = 1024
"""Peers remembered as trusted."""

_MAPPED: Final = b"\0" * 10 + b"\xff\xff"


class Fence:
    """Knows which peers may speak for a client, and what they say of the client.

    `trusted` are the networks of our own proxies and CDN. A peer without an address is a unix socket, which only a
    proxy beside us can use: it is trusted where any proxy is.
    """

    def __init__(self, trusted: Sequence[IPv4Network | IPv6Network], dialect: Dialect) -> None:
        self._ranges = _ranges(trusted)
        self._any = bool(trusted)
        self._dialect = dialect
        self._heeds = dialect.heeds
        self._proxies: set[str] = set()

    def reader(
        self, peer: str | None, headers: Headers, by_name: Mapping[bytes, bytes] | None = None
    ) -> tuple[str | None, Mapping[str, str]]:
        """The reader's address in its shortest spelling (None: not known) and the CDN's hints of the place.

        `peer` is the other end of the connection, `headers` are as ASGI gives them (names in small letters); `by_name`
        are the same as a mapping, where somebody has made one.
        """
        if not self.trusts(peer):
            packed = _packed(peer) if peer else None
            return (_spelt(packed) if packed else None), NO_PLACE
        if by_name is not None and not self._heeds and len(by_name) == len(headers):  # nothing came twice
            line = by_name.get(FORWARDED, b"")
            return _lone(line) if b"," not in line else self._forwarded([line]), NO_PLACE
        return self._heard(headers)

    def _heard(self, headers: Headers) -> tuple[str | None, Mapping[str, str]]:
        """The reader's address and the hints of the place, as somebody who is trusted tells them."""
        forwarded: list[bytes] = []
        said: dict[bytes, bytes] = {}
        twice: set[bytes] = set()
        for name, value in headers:
            if name == FORWARDED:
                forwarded.append(value)
            elif name in self._heeds and len(value) <= MAX_VALUE:
                if name in said:
                    twice.add(name)
                said[name] = value
        for name in twice:
            del said[name]  # a CDN says a thing once; somebody else added to it
        if not said:
            return self._forwarded(forwarded), NO_PLACE
        heard = self._dialect.hears(said)
        if heard.address is not None and (packed := _packed(heard.address)):
            return _spelt(packed), heard.place
        return self._forwarded(forwarded), heard.place

    def _forwarded(self, lines: list[bytes]) -> str | None:
        """The rightmost address that is not one of ours; None where there is none or rubbish stands before it."""
        if not lines:
            return None
        line = lines[0] if len(lines) == 1 else b",".join(lines)
        if len(line) > MAX_FORWARDED:
            return None
        packed = None
        for _ in range(MAX_HOPS):
            line, comma, hop = line.rpartition(b",")
            if hop.strip():
                packed = _packed(hop.decode("latin-1"))
                if packed is None or not self._holds(packed):
                    return _spelt(packed) if packed else None
            if not comma:
                return _spelt(packed) if packed else None  # all of them are ours: the leftmost began it
        return None

    def trusts(self, peer: str | None) -> bool:
        """Whether a peer may speak for others; proxies are remembered, readers never are."""
        if peer in self._proxies:
            return True
        if not peer:
            return self._any
        packed = _packed(peer)
        if packed is None or not self._holds(packed):
            return False
        if len(self._proxies) < MAX_PROXIES:
            self._proxies.add(peer)
        return True

    def _holds(self, packed: bytes) -> bool:
        firsts, lasts = self._ranges[len(packed)]
        position = bisect_right(firsts, packed) - 1
        return position >= 0 and packed <= lasts[position]


def _ranges(networks: Sequence[IPv4Network | IPv6Network]) -> dict[int, tuple[list[bytes], list[bytes]]]:
    """First and last addresses of the merged networks, by length of the address, in order."""
    four = list(collapse_addresses(network for network in networks if isinstance(network, IPv4Network)))
    six = list(collapse_addresses(network for network in networks if isinstance(network, IPv6Network)))
    return {
        4: ([n.network_address.packed for n in four], [n.broadcast_address.packed for n in four]),
        16: ([n.network_address.packed for n in six], [n.broadcast_address.packed for n in six]),
    }


def _lone(line: bytes) -> str | None:
    """The address of a line with one hop in it; whether that is one of ours makes no difference."""
    text = line.decode("latin-1")
    try:
        socket.inet_pton(socket.AF_INET, text)
    except (OSError, ValueError):  # ValueError: a NUL inside
        packed = _packed(text)
        return _spelt(packed) if packed else None
    return text  # the only spelling that is taken


def _packed(text: str) -> bytes | None:
    """The bytes of an address as proxies write it: with a port, in brackets or quotes, IPv4 inside IPv6; else None."""
    text = text.strip(' \t"')
    if text[:1] == "[":
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        if ":" not in text:
            return socket.inet_pton(socket.AF_INET, text)
        packed = socket.inet_pton(socket.AF_INET6, text)
    except (OSError, ValueError):
        return None
    return packed[12:] if packed[:12] == _MAPPED else packed


def _spelt(packed: bytes) -> str:
    return socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed)
