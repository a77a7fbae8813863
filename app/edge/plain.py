"""The dialect of proxies that say no more than `X-Forwarded-For`, and of caches that obey `CDN-Cache-Control`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.edge.dialect import ASK_AGAIN, NOTHING, Access, Call, Heard, Pairs, targeted
from app.edge.lifetime import Lifetime


class Plain:
    """nginx, HAProxy, a load balancer, and any cache that keys on the whole URL."""

    heeds: frozenset[bytes] = frozenset()
    tells_visitors = False
    tells_places = False

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:  # noqa: ARG002 - there is nothing to listen to
        """Nothing."""
        return NOTHING

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """`CDN-Cache-Control`."""
        return _spoken(lifetime)

    def tags(self, tags: Sequence[str]) -> Pairs:  # noqa: ARG002 - nobody would read them
        """Nothing."""
        return ()

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:  # noqa: ARG002 - there is no common way
        """Nothing."""
        return ()


@lru_cache(maxsize=1024)
def _spoken(lifetime: Lifetime) -> Pairs:
    return ASK_AGAIN, (b"cdn-cache-control", targeted(lifetime))
