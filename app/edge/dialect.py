"""What a CDN or proxy in front tells us of the reader, in the words of that CDN.

A dialect only translates headers; whether the peer may be believed at all is decided before it is asked. It never
raises, and what it does not understand it leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

NO_PLACE: Mapping[str, str] = {}


class Heard(NamedTuple):
    """What was heard: the reader's address as written there (None: not said) and hints of the place.

    `place` has the keys of `app.engine.opens.Open.place`: country, region (ISO 3166-2), city, latitude, longitude,
    postal_code, time_zone, continent.
    """

    address: str | None = None
    place: Mapping[str, str] = NO_PLACE


NOTHING = Heard()


class Dialect(Protocol):
    """One kind of CDN."""

    @property
    def heeds(self) -> frozenset[bytes]:
        """The names of the headers it listens to, in small letters; `x-forwarded-for` is not among them."""
        ...

    def hears(self, said: Mapping[bytes, bytes]) -> Heard:
        """Translate those of its headers that a trusted peer sent; each came once and is of sensible length."""
        ...
