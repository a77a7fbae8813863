"""Fastly's dialect: the client's address, the place as the VCL of `onopen cdn fastly` writes it, `Surrogate-Control`.

Source: docs.fastly.com. Fastly says nothing of places by itself, and of zones only the offset, which is no zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from app.edge.dialect import ASK_AGAIN, Access, Call, Heard, Pairs, targeted
from app.edge.hearing import place_in
from app.edge.lifetime import Lifetime

ADDRESS: Final = b"fastly-client-ip"
PLACES: Final = (
    b"x-geo-country",
    b"x-geo-region",
    b"x-geo-city",
    b"x-geo-latitude",
    b"x-geo-longitude",
    b"x-geo-postal-code",
    b"",
    b"x-geo-continent",
)
MOST_KEYS: Final = 256
"""Surrogate keys that one purge may name."""


class Fastly:
    """Listens to Fastly; its VCL can key on whatever it knows."""

    heeds: frozenset[bytes] = frozenset((ADDRESS, *filter(None, PLACES)))
    tells_visitors = True
    tells_places = True

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:
        """The address as Fastly saw it, and the place as far as our VCL says one."""
        address = said.get(ADDRESS)
        return Heard(address.decode("latin-1") if address else None, place_in(said, PLACES))

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """`Surrogate-Control`, which Fastly takes off, and nothing for CDNs behind it."""
        return _spoken(lifetime)

    def tags(self, tags: Sequence[str]) -> Pairs:
        """`Surrogate-Key`, joined by blanks; Fastly takes it off."""
        return ((b"surrogate-key", " ".join(tags).encode()),)

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:
        """One call for many keys; the URL is `https://api.fastly.com/service/<id>/purge`."""
        parts = (tags[first : first + MOST_KEYS] for first in range(0, len(tags), MOST_KEYS))
        return [Call("POST", access.url, {"Fastly-Key": access.key, "Surrogate-Key": " ".join(part)}) for part in parts]


@lru_cache(maxsize=1024)
def _spoken(lifetime: Lifetime) -> Pairs:
    return ASK_AGAIN, (b"surrogate-control", targeted(lifetime)), (b"cdn-cache-control", b"no-store")
