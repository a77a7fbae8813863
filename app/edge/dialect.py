"""What stands in front of us in its own words: what it tells of the reader, and what it obeys.

A dialect only translates; whether a peer may be believed at all is decided before it is asked. It never raises on what
it hears, and what it does not understand it leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from app.edge.lifetime import Lifetime

Pair = tuple[bytes, bytes]
Pairs = tuple[Pair, ...]

NO_PLACE: Mapping[str, str] = {}

PRIVATE: Final[Pairs] = ((b"cache-control", b"private, no-cache, max-age=0"), (b"cdn-cache-control", b"no-store"))
"""For one person: clients ask again at each open (Gmail's proxy obeys this), shared caches keep nothing."""

NEVER: Final[Pairs] = ((b"cache-control", b"no-store"), (b"cdn-cache-control", b"no-store"))
"""For what should not be: an unknown placeholder, a redirect."""

ASK_AGAIN: Final[Pair] = (b"cache-control", b"no-cache, max-age=0")
"""For clients and the proxies of mail providers, where a shared cache of ours may keep the answer."""


class Heard(NamedTuple):
    """What was heard: the reader's address as written there (None: not said) and hints of the place.

    `place` has the keys of `app.engine.opens.Open.place`: country, region (ISO 3166-2), city, latitude, longitude,
    postal_code, time_zone, continent.
    """

    address: str | None = None
    place: Mapping[str, str] = NO_PLACE


NOTHING = Heard()


class Call(NamedTuple):
    """A request that makes a CDN drop something; `headers` may hold a secret."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Access(NamedTuple):
    """Where a CDN is told to drop something, and the key it wants; `now` is in epoch seconds, for signatures."""

    url: str
    key: str
    now: float


class Dialect(Protocol):
    """One kind of CDN."""

    @property
    def heeds(self) -> frozenset[bytes]:
        """The names of the headers it listens to, in small letters; `x-forwarded-for` is not among them."""
        ...

    @property
    def tells_visitors(self) -> bool:
        """Whether its key can hold the class of visitor, with the configuration that `onopen cdn` prints."""
        ...

    @property
    def tells_places(self) -> bool:
        """Whether it knows places, and its key can hold them."""
        ...

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:
        """Translate those of its headers that a trusted peer sent; each came once and is of sensible length."""
        ...

    def speaks(self, lifetime: Lifetime) -> Pairs:
        """The headers by which it keeps an answer so long, and nobody behind it does."""
        ...

    def tags(self, tags: Sequence[str]) -> Pairs:
        """The headers by which it can find the answer again to drop it. A tag has no blank and no comma."""
        ...

    def purges(self, tags: Sequence[str], access: Access) -> Sequence[Call]:
        """The requests that make it drop what carries any of these tags; none where it cannot be told."""
        ...


def targeted(lifetime: Lifetime) -> bytes:
    """A lifetime as a targeted field or `Surrogate-Control` says it (RFC 9213, RFC 5861)."""
    said = [b"max-age=%d" % lifetime.fresh_s]
    if lifetime.while_asking_s:
        said.append(b"stale-while-revalidate=%d" % lifetime.while_asking_s)
    if lifetime.if_error_s:
        said.append(b"stale-if-error=%d" % lifetime.if_error_s)
    return b", ".join(said)
