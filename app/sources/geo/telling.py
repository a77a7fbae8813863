"""From a place to the readings of `geo.*`: names in all languages, and what a country alone tells.

Not where places come from. What a place does not say is unknown for the place's own reason; continent, country name and
the zone of a country with one clock follow from the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cachetools import LRUCache

from app.engine.calendar import find_zone
from app.engine.geodesy import distance_km
from app.engine.readings import FOREVER, Name, Reading, Why, unknown
from app.engine.signals import GEO
from app.sources.geo.cities import Cities, fold_name
from app.sources.geo.country import Countries, Country
from app.sources.geo.place import CITY_KM, Place
from app.sources.geo.zones import zone_at

NAMES_KEPT: Final = 4_096
SIGNALS: Final = tuple(signal.name for signal in GEO)
SAID_BY: Final[Mapping[str, str]] = {
    "param": "url",
    "recipient": "profile",
    "edge": "cdn",
    "ip": "address",
    "apple": "apple's list",
}
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class PlaceReadings:
    """Makes readings of places; `language` is the one in which countries are shown."""

    def __init__(self, *, cities: Cities, countries: Countries, language: str) -> None:
        """Nothing is read yet."""
        self._cities = cities
        self._countries = countries
        self._language = language
        self._city_names: LRUCache[tuple[str, str | None, str | None], Name] = LRUCache(NAMES_KEPT)
        self._country_names: dict[str, Name] = {}

    def of(self, found: Place | Why, as_of: float) -> Mapping[str, Reading]:
        """All signals of `geo.*`, known or with the reason why not, each for ever."""
        if isinstance(found, Why):
            return {signal: unknown(signal, found, as_of=as_of) for signal in SIGNALS}
        said_by = SAID_BY[found.source]
        return {
            signal: unknown(signal, found.gap, as_of=as_of, source=said_by)
            if value is None
            else Reading(signal, value, as_of, FOREVER, said_by)
            for signal, value in zip(SIGNALS, self._values(found), strict=True)
        }

    def _values(self, place: Place) -> tuple[object, ...]:
        """The values in the order of the catalogue, None for what is not known."""
        country = self._countries.get(place.country) if place.country else None
        return (
            place.country,
            self._country_name(country) if country else None,
            place.region,
            self._city_name(place) if place.city else None,
            place.postal_code,
            place.latitude,
            place.longitude,
            place.accuracy_km,
            _zone(place, country),
            country.continent if country else None,
            place.source,
        )

    def _country_name(self, country: Country) -> Name:
        found = self._country_names.get(country.code)
        if found is None:
            found = self._country_names[country.code] = country.name(self._language)
        return found

    def _city_name(self, place: Place) -> Name:
        shown = place.city or ""
        key = (shown, place.country, place.region)
        found = self._city_names.get(key)
        if found is None:
            found = self._city_names[key] = Name(shown, _spellings((shown, *place.city_names, *self._also(place))))
        return found

    def _also(self, place: Place) -> Iterable[str]:
        """The spellings of the table of cities, if it has the same city at the same place."""
        city = self._cities.find(place.city or "", country=place.country, near=place.coordinates)
        if city is None or place.coordinates is None:
            return ()
        return city.spellings if distance_km(*place.coordinates, city.latitude, city.longitude) <= CITY_KM else ()


def _zone(place: Place, country: Country | None) -> str | None:
    """What the source says, else the country's only zone, else the zone at the coordinates."""
    if place.time_zone and find_zone(place.time_zone):
        return place.time_zone
    if country is not None and country.zone:
        return country.zone
    return zone_at(*place.coordinates) if place.coordinates else None


def _spellings(names: Iterable[str]) -> Iterable[str]:
    """Each name as written, without accents, and with ae, oe, ue: Nürnberg, Nurnberg, Nuernberg."""
    for name in names:
        yield name
        if not name.isascii():
            yield fold_name(name)
            yield name.casefold().translate(_UMLAUTS)
