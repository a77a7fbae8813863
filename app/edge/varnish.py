"""Varnish's dialect, as the VCL of `onopen cdn varnish` reads it: `CDN-Cache-Control`, tags for bans, `PURGE`.

Debian's Varnish knows no places, so answers that depend on one stay private. What only Varnish is meant to read is
taken off on the way out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.edge.dialect import NOTHING, Access, Call, Heard, Pairs
from app.edge.lifetime import Lifetime
from app.edge.plain import Plain

TAGS = "X-Onopen-Tags"
PURGE_KEY = "X-Onopen-Purge-Key"


class Varnish:
    """Varnish 7 with the VCL that we print."""

    heeds: frozenset[bytes] = frozenset()
    tells_visitors = True
    tells_places = False

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:  # noqa: ARG002 - it appends to X-Forwarded-For, no more
        """Nothing."""
        return NOTHING

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """`CDN-Cache-Control`, which Varnish itself does not read: a VCL of somebody else's keeps nothing."""
        return Plain().speaks(lifetime)

    def tags(self, tags: Sequence[str]) -> Pairs:
        """Joined by blanks."""
        return ((TAGS.lower().encode(), " ".join(tags).encode()),)

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:
        """One `PURGE` a tag."""
        return [Call("PURGE", access.url, {TAGS: tag, PURGE_KEY: access.key}) for tag in tags]
