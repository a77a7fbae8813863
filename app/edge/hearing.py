"""Places as CDNs write them in headers: whatever the encoding and however odd, what makes no sense is left out.

Cities arrive as UTF-8, but also as Latin-1, percent-encoded, or encoded twice. `XX` is an unknown country, `T1` the Tor
network, and neither is a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from app.edge.dialect import NO_PLACE
from app.engine.signals import CONTINENTS

REMEMBERED: Final = 4096
"""Different places remembered; they are cities, not people."""

WORDS: Final = ("country", "region", "city", "latitude", "longitude", "postal_code", "time_zone", "continent")
"""What a CDN can say of a place, in the order in which its headers are named."""

_COUNTRY: Final = re.compile(r"[A-Z]{2}\Z")
_REGION: Final = re.compile(r"[A-Z0-9]{1,3}\Z")
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:\.\d{1,10})?\Z", re.ASCII)
_POSTAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}\Z")
_ZONE: Final = re.compile(r"[A-Za-z_]{2,20}(?:/[A-Za-z0-9_+-]{1,30}){1,2}\Z")
_NOWHERE: Final = frozenset({"XX", "T1"})


def place_in(said: Mapping[bytes, bytes], headers: tuple[bytes, ...]) -> Mapping[str, str]:
    """The place that these headers say, named in the order of `WORDS`, an empty name for what this CDN does not say."""
    return _place(tuple(said.get(name, b"") for name in headers))


@lru_cache(maxsize=REMEMBERED)
def _place(values: tuple[bytes, ...]) -> Mapping[str, str]:
    """The hints of the place that make sense; the same mapping for everybody there."""
    country, region, city, latitude, longitude, postal_code, zone, continent = map(_text, values)
    country, continent = country.upper(), continent.upper()
    if country in _NOWHERE:
        return NO_PLACE
    place = {
        "country": country if _COUNTRY.match(country) else "",
        "region": f"{country}-{region.upper()}" if _COUNTRY.match(country) and _REGION.match(region.upper()) else "",
        "city": city if len(city) <= 100 and city.isprintable() else "",
        "postal_code": postal_code if _POSTAL.match(postal_code) else "",
        "time_zone": zone if _ZONE.match(zone) else "",
        "continent": continent if continent in CONTINENTS else "",
    }
    if _degrees(latitude, 90) and _degrees(longitude, 180):
        place |= {"latitude": latitude, "longitude": longitude}
    return {name: value for name, value in place.items() if value}


def _degrees(text: str, most: int) -> bool:
    return _NUMBER.match(text) is not None and abs(float(text)) <= most


def _text(value: bytes) -> str:
    """A header's text whatever its encoding: percent sequences undone, UTF-8 or else Latin-1, encoded once or twice."""
    octets = unquote_to_bytes(value) if b"%" in value else value
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1").strip()
    with suppress(UnicodeError):  # ordinary letters do not read as UTF-8 a second time
        text = text.encode("latin-1").decode("utf-8")
    return text.strip()
