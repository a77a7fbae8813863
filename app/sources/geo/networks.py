"""Networks from which mail providers fetch pictures: an address inside says where the provider is, not the reader.

Hints only: a range may move, and a hint can take belief in a place away, never lend any. Google's ranges are those of
`goog.json` without the customers' of `cloud.json`; Microsoft's those of Exchange Online and its filter; Yahoo's and
Mail.ru's those seen fetching; Apple's are what its relay and its hosts (Akamai, Cloudflare, Fastly) share, and count
only where Apple's own list is not configured. Checked on 2 October 2026.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.sources.geo.ranges import AddressRanges, network_ends

_GOOGLE: Final = (
    "64.233.160.0/19 66.102.0.0/20 66.249.64.0/19 72.14.192.0/18 74.125.0.0/16 108.170.192.0/18 108.177.0.0/17 "
    "142.250.0.0/15 172.217.0.0/16 172.253.0.0/16 173.194.0.0/16 209.85.128.0/17 216.58.192.0/19 216.239.32.0/19 "
    "2001:4860::/32 2404:6800::/32 2a00:1450::/32"
)
_MICROSOFT: Final = (
    "40.92.0.0/15 40.107.0.0/16 52.100.0.0/14 104.47.0.0/17 2a01:111:f400::/48 2a01:111:f403::/48 13.107.128.0/22 "
    "23.103.160.0/20 40.96.0.0/13 40.104.0.0/15 52.96.0.0/14 132.245.0.0/16 150.171.32.0/22 2603:1000::/24 "
    "2620:1ec:8f0::/46 2620:1ec:900::/46"
)
_YAHOO: Final = (
    "27.123.32.0/19 67.195.0.0/16 69.147.64.0/18 87.248.96.0/19 98.138.0.0/15 106.10.128.0/17 115.178.0.0/20 "
    "119.161.0.0/19 200.152.160.0/20 202.43.192.0/19 209.73.160.0/19 212.82.96.0/19 216.115.96.0/20 2001:4998::/32 "
    "2406:2000::/32 2406:6e00::/32 2804:1bc::/32 2a00:1288::/32"
)
_MAILRU: Final = "188.93.56.0/24 185.30.176.0/23"
_APPLE: Final = (
    "17.0.0.0/8 104.28.0.0/16 140.248.0.0/16 146.75.0.0/16 172.224.0.0/15 172.226.0.0/16 2606:54c0::/32 2606:54c3::/32 "
    "2a02:26f7::/32 2a04:4e41::/32 2a09:bac2::/31"
)


def _ranges(provider: str, networks: str) -> Iterable[tuple[int, int, str]]:
    return [(*network_ends(network), provider) for network in networks.split()]


def mail_networks() -> AddressRanges[str]:
    """The provider's name (google, microsoft, yahoo, mailru, apple) by address."""
    providers = {"google": _GOOGLE, "microsoft": _MICROSOFT, "yahoo": _YAHOO, "mailru": _MAILRU, "apple": _APPLE}
    return AddressRanges([block for provider, networks in providers.items() for block in _ranges(provider, networks)])
