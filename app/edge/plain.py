"""The dialect of proxies that say no more than `X-Forwarded-For`: nginx, HAProxy, a load balancer."""

from __future__ import annotations

from collections.abc import Mapping

from app.edge.dialect import NOTHING, Heard


class Plain:
    """Listens to nothing of its own."""

    heeds: frozenset[bytes] = frozenset()

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:  # noqa: ARG002 - there is nothing to listen to
        """Nothing."""
        return NOTHING
