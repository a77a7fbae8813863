"""From a send to machines: the formulas, with every assumption by name.

Everything is worked out for the busiest minute, the one in which the last mail of a send leaves. What is not assumed
follows from the site: a placeholder that no cache may share comes to the origin at each open; of one that may be
shared, each key of each cache comes once in its lifetime.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from bench.capacity.curve import rate

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a site, its recipients and its machines are taken to be like. Change them for your own."""

    sending_h: float = 2.0
    """Hours in which a send leaves, evenly."""
    opening: float = 0.35
    """The share of mails that somebody opens."""
    again: float = 1.3
    """Fetches of each picture for each such mail: some look twice, and Gmail's proxy asks again."""
    prefetched: float = 0.45
    """The share of mails whose client fetches the pictures unasked (Apple's), …"""
    prefetching_h: float = 2.0
    """… evenly within so many hours of the delivery."""
    clicking: float = 0.03
    """The share of mails that somebody clicks in."""
    caches: int = 4
    """Caches that know nothing of each other: points of presence, or Varnishes."""
    lifetime_s: float = 900.0
    """How long a shared answer holds, until its horizon; an hour at most."""
    countries: int = 5
    """Countries, where a cache keys on them, …"""
    regions: int = 40
    """… regions, …"""
    cities: int = 400
    """… and cities."""
    texts: int = 2_000
    """Different values of a free parameter, such as first names."""
    repainted: float = 0.5
    """The share of private pictures that nobody was sent before, so that they must be painted."""
    open_ms: float = 0.25
    """Milliseconds of one core for an open whose picture is in memory."""
    paint_ms: float = 5.0
    """The same for painting a picture, …"""
    remember_ms: float = 0.25
    """… and for reading a recipient from the store and writing what was shown."""
    busy: float = 0.6
    """How busy a core may be in the busiest minute."""
    cores: int = 4
    """Cores of one machine."""
    recipient_kb: float = 3.0
    """KB in the store for one recipient, …"""
    receipt_kb: float = 0.4
    """… and for what was shown in one mail to one of them, for 30 days."""
    sends_a_month: float = 4.0


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder as the cacheability table has it: how many keys share it (None: nobody does), whether it is
    remembered what was shown.
    """

    name: str
    keys: int | None
    remembers: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """What comes of one placeholder in the busiest second."""

    placeholder: Placeholder
    asked: float
    hit_rate: float

    @property
    def origin(self) -> float:
        """Requests that a cache does not answer."""
        return self.asked * (1 - self.hit_rate)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a send takes: requests a second at the edge and at the origin, cores, machines, reads and writes of the
    store a second, and its size in GB.
    """

    loads: tuple[Load, ...]
    clicks: float
    cores: float
    machines: int
    stored: float
    store_gb: float

    @property
    def asked(self) -> float:
        """Pictures that are asked for in the busiest second."""
        return sum(load.asked for load in self.loads)

    @property
    def origin(self) -> float:
        """Requests in that second that reach onopen, clicks included."""
        return sum(load.origin for load in self.loads) + self.clicks


def fetches(mails: float, given: Assumptions) -> float:
    """Fetches of one picture in the busiest second: by those who open, and by clients that fetch unasked."""
    opens = mails * given.opening * given.again * rate(given.sending_h, given.sending_h)
    unasked = mails * given.prefetched / max(given.sending_h, given.prefetching_h)
    return (opens + unasked) / HOUR_S


def hit_rate(asked: float, keys: int | None, given: Assumptions) -> float:
    """The share of requests that caches answer: of each key one in a lifetime is a miss.

    With requests at random and `n` of them expected in a lifetime, n / (n + 1) are hits. All keys are taken to be asked
    for alike, which is the worst case: p² n / (p n + 1) is convex in the share p of a key.
    """
    if keys is None:
        return 0.0
    expected = asked * given.lifetime_s / (keys * given.caches)
    return expected / (expected + 1)


def needs(mails: float, placeholders: Iterable[Placeholder], given: Assumptions) -> Needs:
    """What a send of so many mails takes, each with all of the placeholders."""
    each = fetches(mails, given)
    loads = tuple(Load(one, each, hit_rate(each, one.keys, given)) for one in placeholders)
    clicks = mails * given.clicking * rate(given.sending_h, given.sending_h) / HOUR_S
    private = sum(load.origin for load in loads if load.placeholder.keys is None)
    stored = sum(load.origin for load in loads if load.placeholder.remembers) + clicks
    painted = private * given.repainted + sum(load.origin for load in loads if load.placeholder.keys is not None)
    answered = sum(load.origin for load in loads) + clicks
    spent_ms = answered * given.open_ms + painted * given.paint_ms + stored * given.remember_ms
    cores = spent_ms / 1000 / given.busy
    shown = mails * (given.opening + given.prefetched) * given.sends_a_month
    size_kb = mails * given.recipient_kb + shown * given.receipt_kb * sum(load.placeholder.remembers for load in loads)
    return Needs(loads, clicks, cores, max(2, ceil(cores / given.cores)), stored, size_kb / 1e6)
