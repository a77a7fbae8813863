"""From what a decision rests on to who may keep it, and how long.

Whether a shared cache may hold an answer follows from everything the placeholder *can* read, because that is what its
key must be made of; how long follows from what this decision *did* read. A lesser rung is kept for seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.engine.decision import Decision
from app.engine.readings import FOREVER, Rung
from app.engine.signals import Catalogue, Edge

LONGEST_S: Final = 3600
"""A shared cache keeps nothing longer, so that a corrected rule is seen within the hour without a purge."""

LESSER_S: Final = 5
"""How long an answer below the rung `live` may be kept."""

PRIVATE: Final = ((b"cache-control", b"private, no-cache, max-age=0"), (b"cdn-cache-control", b"no-store"))
"""For one person: clients ask again at each open (Gmail's proxy obeys this), shared caches keep nothing."""

NEVER: Final = ((b"cache-control", b"no-store"), (b"cdn-cache-control", b"no-store"))
"""For what should not be: an unknown placeholder, a redirect."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may share the answers of one placeholder: everybody with the same URL, or nobody; and what prevents it."""

    shareable: bool
    keys: tuple[Edge, ...]
    because: tuple[str, ...]


def sharing(reads: Iterable[str], catalogue: Catalogue) -> Sharing:
    """What a cache would have to key on. A plain cache knows the URL only; place, device and person it does not."""
    edges: dict[Edge, list[str]] = {}
    for name in reads:
        edges.setdefault(catalogue[name].edge, []).append(name)
    private = sorted(name for edge, names in edges.items() if edge not in (Edge.NOBODY, Edge.URL) for name in names)
    keys = tuple(edge for edge in Edge if edge in edges and edge is not Edge.NOBODY)
    return Sharing(not private, keys, tuple(private))


def cache_headers(decision: Decision, shareable: bool, now: float) -> tuple[tuple[bytes, bytes], ...]:
    """`Cache-Control` for clients and RFC 9213 `CDN-Cache-Control` for caches; the horizon becomes a TTL only here."""
    if not shareable:
        return PRIVATE
    seconds = LONGEST_S if decision.until == FOREVER else min(LONGEST_S, int(decision.until - now))
    if decision.rung is not Rung.LIVE:
        seconds = min(seconds, LESSER_S)
    if seconds < 1:
        return PRIVATE
    return ((b"cache-control", b"no-cache, max-age=0"), (b"cdn-cache-control", b"max-age=%d" % seconds))
