"""Cloudflare's dialect: the visitor's address, and the place if "Add visitor location headers" is switched on.

Source: developers.cloudflare.com, HTTP headers, managed transforms, cache. It obeys its own field first, which it does
not pass on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from app.edge.dialect import ASK_AGAIN, Access, Call, Heard, Pairs, targeted
from app.edge.hearing import place_in
from app.edge.lifetime import Lifetime

ADDRESSES: Final = (b"cf-connecting-ipv6", b"cf-connecting-ip", b"true-client-ip")
"""In order: the first is the real one where Cloudflare overwrites IPv6 with a pseudo IPv4; the last Enterprise only."""

PLACES: Final = (
    b"cf-ipcountry",
    b"cf-region-code",
    b"cf-ipcity",
    b"cf-iplatitude",
    b"cf-iplongitude",
    b"cf-postal-code",
    b"cf-timezone",
    b"cf-ipcontinent",
)

MOST_TAGS: Final = 100
"""Tags that one purge may name."""


class Cloudflare:
    """Listens to Cloudflare's visitor headers; its key is the URL."""

    heeds: frozenset[bytes] = frozenset((*ADDRESSES, *PLACES))
    tells_visitors = False
    tells_places = False

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:
        """The address as Cloudflare saw it, and the place as far as it says one."""
        address = next((said[name] for name in ADDRESSES if name in said), None)
        return Heard(address.decode("latin-1") if address else None, place_in(said, PLACES))

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """Its own field, and nothing for CDNs behind it."""
        return _spoken(lifetime)

    def tags(self, tags: Sequence[str]) -> Pairs:
        """`Cache-Tag`, joined by commas; Cloudflare takes it off."""
        return ((b"cache-tag", ",".join(tags).encode()),)

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:
        """One call for a hundred tags; the URL is that of the zone's `purge_cache`."""
        headers = {"Authorization": f"Bearer {access.key}", "Content-Type": "application/json"}
        parts = (tags[first : first + MOST_TAGS] for first in range(0, len(tags), MOST_TAGS))
        return [Call("POST", access.url, headers, json.dumps({"tags": list(part)}).encode()) for part in parts]


@lru_cache(maxsize=1024)
def _spoken(lifetime: Lifetime) -> Pairs:
    own = (b"cloudflare-cdn-cache-control", targeted(lifetime))
    return ASK_AGAIN, own, (b"cdn-cache-control", b"no-store")
