"""Which mail provider's network an address belongs to: a hint, never a proof.

Ranges move, hold other traffic too and are only as new as this file, so a hint may take belief away ("this is not the
reader's own address") and never add any. Sources: Google's goog.json without its cloud customers, Microsoft's list of
365 endpoints, Apple's egress list in aggregate, Yahoo's page on its mail proxy; checked in October 2026.
"""

from __future__ import annotations

import socket
from bisect import bisect_right
from functools import cache
from ipaddress import ip_network
from typing import Final

PROVIDERS: Final[dict[str, tuple[str, ...]]] = {
    # Gmail's image proxy and Google's own checks of mail.
    "google": (
        "64.233.160.0/19",
        "66.102.0.0/20",
        "66.249.64.0/19",
        "72.14.192.0/18",
        "74.125.0.0/16",
        "108.170.192.0/18",
        "108.177.0.0/17",
        "142.250.0.0/15",
        "172.217.0.0/16",
        "172.253.0.0/16",
        "173.194.0.0/16",
        "209.85.128.0/17",
        "216.58.192.0/19",
        "216.239.32.0/19",
        "2001:4860::/32",
        "2404:6800::/32",
        "2a00:1450::/32",
    ),
    # Exchange Online Protection, the filter in front of mailboxes: nobody reads mail there.
    "microsoft_filter": (
        "40.92.0.0/15",
        "40.107.0.0/16",
        "52.100.0.0/14",
        "104.47.0.0/17",
        "2a01:111:f400::/48",
        "2a01:111:f403::/48",
    ),
    # The rest of Exchange Online: Outlook on the web may fetch pictures through it when a person opens (contradicted
    # by one study, so it only takes belief away).
    "microsoft_exchange": (
        "13.107.128.0/22",
        "23.103.160.0/20",
        "40.96.0.0/13",
        "40.104.0.0/15",
        "52.96.0.0/14",
        "132.245.0.0/16",
        "150.171.32.0/22",
        "2603:1000::/24",
        "2620:1ec:8f0::/46",
        "2620:1ec:900::/46",
    ),
    # Apple and the relays that its mail privacy protection leaves through.
    "apple": (
        "17.0.0.0/8",
        "104.28.0.0/16",
        "140.248.0.0/16",
        "146.75.0.0/16",
        "172.224.0.0/15",
        "172.226.0.0/16",
        "2606:54c0::/32",
        "2606:54c3::/32",
        "2a02:26f7::/32",
        "2a04:4e41::/32",
        "2a09:bac2::/31",
    ),
    # Yahoo's and AOL's image proxy.
    "yahoo": (
        "27.123.32.0/19",
        "67.195.0.0/16",
        "69.147.64.0/18",
        "87.248.96.0/19",
        "98.138.0.0/15",
        "106.10.128.0/17",
        "115.178.0.0/20",
        "119.161.0.0/19",
        "200.152.160.0/20",
        "202.43.192.0/19",
        "209.73.160.0/19",
        "212.82.96.0/19",
        "216.115.96.0/20",
        "2001:4998::/32",
        "2406:2000::/32",
        "2406:6e00::/32",
        "2804:1bc::/32",
        "2a00:1288::/32",
    ),
    # Mail.ru's image fetch, which has no name of its own.
    "mailru": ("188.93.56.0/24", "185.30.176.0/23"),
}

_MAPPED: Final = b"\0" * 10 + b"\xff\xff"
_Ranges = tuple[list[bytes], list[bytes], list[str]]


def hint(address: str | None) -> str | None:
    """The provider of `PROVIDERS` whose network holds the address, or None; total on any text.

    Nothing is remembered: addresses are used in passing and forgotten.
    """
    if not address:
        return None
    packed = _packed(address)
    if packed is None:
        return None
    firsts, lasts, names = _ranges()[len(packed)]
    position = bisect_right(firsts, packed) - 1
    return names[position] if position >= 0 and packed <= lasts[position] else None


def _packed(address: str) -> bytes | None:
    """The bytes of an address, four for IPv4 (also when mapped into IPv6), sixteen for IPv6, None for no address."""
    try:
        if ":" not in address:
            return socket.inet_pton(socket.AF_INET, address)
        packed = socket.inet_pton(socket.AF_INET6, address)
    except (OSError, ValueError):  # ValueError: a NUL or a letter no address has
        return None
    return packed[12:] if packed[:12] == _MAPPED else packed


@cache
def _ranges() -> dict[int, _Ranges]:
    """The ranges by length of the address, in order, for bisection; they do not overlap (a test sees to it)."""
    sorted_ranges = sorted(
        (network.network_address.packed, network.broadcast_address.packed, name)
        for name, networks in PROVIDERS.items()
        for network in map(ip_network, networks)
    )
    return {
        length: (
            [first for first, _, _ in sorted_ranges if len(first) == length],
            [last for first, last, _ in sorted_ranges if len(first) == length],
            [name for first, _, name in sorted_ranges if len(first) == length],
        )
        for length in (4, 16)
    }
