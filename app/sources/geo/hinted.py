"""A place that a trusted CDN told about the reader's address, in its own words, turned into ours.

Who is trusted was decided before; what is said here may still be a region's name instead of its code, a country that is
none (`XX`, `T1`), or a centroid: coordinates without a city are not believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.sources.geo.cities import Cities, City
from app.sources.geo.city_file import ASSUMED_KM, COUNTRY_KM
from app.sources.geo.country import Countries
from app.sources.geo.place import REGION_KM, Place, carries, coordinates

AT_HOME: Final[Mapping[str, str]] = {"DE": "de", "AT": "de", "CH": "de", "LI": "de"}
"""Countries whose cities the table heads with a name in this language, however the CDN spells them."""

_REGION: Final = re.compile(r"(?:[A-Z]{2}-)?([A-Z0-9]{1,3})", re.ASCII)
_LONGEST_WORD: Final = 80


class HintedPlaces:
    """Reads a CDN's words. `language` is the one in which cities are shown where the table knows it."""

    def __init__(self, *, cities: Cities, countries: Countries, language: str) -> None:
        """Nothing is read yet."""
        self._cities = cities
        self._countries = countries
        self._language = language

    def find(self, words: Mapping[str, str]) -> Place | None:
        """The place of `Open.place`; None if it names no country."""
        said = {word: text.strip() for word, text in words.items() if text and len(text) <= _LONGEST_WORD}
        country = self._countries.get(said.get("country", "").upper())
        if country is None:
            return None
        precise = ASSUMED_KM if "city" in said else REGION_KM if "region" in said else COUNTRY_KM
        to_city, to_region = carries(precise)
        point = coordinates(said.get("latitude"), said.get("longitude")) if to_city else None
        city = self._cities.find(said["city"], country=country.code, near=point) if to_city else None
        if point is None and city is not None:
            point = city.latitude, city.longitude
        region = _region(country.code, said.get("region", ""))
        return Place(
            source="edge",
            country=country.code,
            region=region or (city.region if city else "") or None,
            city=self._shown(city, country.code) or said.get("city"),
            city_names=city.spellings if city else (),
            postal_code=said.get("postal_code") if to_city else None,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            accuracy_km=precise,
            time_zone=said.get("time_zone") if to_region else None,
        )

    def _shown(self, city: City | None, country: str) -> str | None:
        return city.name if city is not None and AT_HOME.get(country) == self._language else None


def _region(country: str, text: str) -> str | None:
    """`DE-BY` for `BY`, `by` or `DE-BY`; None for a region's name or another country's code."""
    text = text.upper()
    found = _REGION.fullmatch(text)
    if found is None or (len(text) > len(found[1]) and not text.startswith(f"{country}-")):
        return None
    return f"{country}-{found[1]}"
