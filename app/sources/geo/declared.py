"""A place that somebody declared: the mail template in its URL, or the recipient's profile.

Five words are understood: city, country, postal_code, latitude and longitude; of a profile also region and time_zone.
What cannot be meant is read as if it were not there, so a template's empty or broken field costs nothing but itself.
All that is declared is one place, and nothing from elsewhere is mixed in. Where words contradict each other,
coordinates overrule all others, and a city the postal code, which is often another country's too. Region and time zone
count where none of these tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.engine.calendar import find_zone
from app.engine.geodesy import distance_km
from app.engine.readings import Why, fold
from app.sources.geo.cities import Cities, City
from app.sources.geo.country import Countries, Country
from app.sources.geo.place import Place, coordinates
from app.sources.geo.postcodes import PostalPlace, Postcodes, plain_code
from app.sources.geo.zones import zone_at

WORDS: Final = ("city", "country", "postal_code", "latitude", "longitude")
PROFILE_WORDS: Final = (*WORDS, "region", "time_zone")
POINT_KM: Final = 1.0
POSTCODE_KM: Final = 5.0
CITY_KM: Final = 10.0
CONTRADICTION_KM: Final = 100.0
"""What is further than this from the coordinates, or from the city, is another place."""
_BORDER_DEGREES: Final = 0.1
"""How exactly the borders of zones are known, and people's coordinates with them."""
_SHARED_ZONES: Final = {"VN": "Asia/Bangkok"}
"""Zones in which a part of another country lies: the north of Vietnam keeps Bangkok's."""

_POSTAL: Final = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*", re.ASCII)
_REGION: Final = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}", re.ASCII)
_CODE_LENGTH: Final = range(2, 12)
_LONGEST_WORD: Final = 80


class DeclaredPlaces:
    """Looks up declared places in the tables. `home` is the site's country, which decides between namesakes only."""

    def __init__(self, *, cities: Cities, countries: Countries, home: str | None = None) -> None:
        """Nothing is read yet."""
        self._cities = cities
        self._countries = countries
        self._home = home

    def find(self, words: Mapping[str, str], source: str, postcodes: Postcodes | None) -> Place | None:
        """The place that these words declare, its gaps explained; None if they declare none."""
        given = {word: words[word].strip() for word in PROFILE_WORDS if 0 < len(words.get(word, "")) <= _LONGEST_WORD}
        point = coordinates(given.get("latitude"), given.get("longitude"))
        country = self._country(given.get("country"), point)
        city = self._city(given.get("city"), country, point)
        code = _code(given.get("postal_code"))
        postal = postcodes.find(code, country=country, home=self._home) if postcodes and code else None
        if postal and _apart(point or ((city.latitude, city.longitude) if city else None), postal):
            code = postal = None
        known = postal or city
        zone = city.time_zone if city else zone_at(*point) if point else _zone(given.get("time_zone"))
        land = country or (known.country if known else self._of_zone(zone))
        land, region = self._area(given.get("region"), land, postal, city)
        if not (land or point or city or code or zone):
            return None
        latitude, longitude, accuracy_km = _where(point, postal, city)
        return Place(
            source=source,
            country=land,
            region=region,
            city=_shown(city, given["city"]) if city else (postal.city if postal else "") or None,
            city_names=city.spellings if city else (),
            postal_code=code,
            latitude=latitude,
            longitude=longitude,
            accuracy_km=accuracy_km,
            time_zone=zone,
            gap=Why.NOT_IN_URL if source == "param" else Why.TOO_COARSE,
        )

    def _area(
        self, written: str | None, country: str | None, *known: PostalPlace | City | None
    ) -> tuple[str | None, str | None]:
        """Country and region: that of a known place, else the one written as ISO 3166-2, unless it lies abroad."""
        if region := next((one.region for one in known if one and one.region), None):
            return country, region
        found = _REGION.fullmatch(written.upper()) if written else None
        if found is None or self._countries.get(found[1]) is None or country not in (None, found[1]):
            return country, None
        return found[1], found[0]

    def _of_zone(self, zone: str | None) -> str | None:
        found = self._countries.of_zone(zone) if zone else None
        return found.code if found else None

    def _country(self, text: str | None, point: tuple[float, float] | None) -> str | None:
        """The declared country, unless the coordinates lie in another one."""
        found = self._countries.find(text) if text else None
        return None if found is None or (point and self._abroad(point, found)) else found.code

    def _abroad(self, point: tuple[float, float], country: Country) -> bool:
        """Whether coordinates lie in the zone of another country, and not merely at the border."""
        zones = (*country.zones, _SHARED_ZONES.get(country.code))
        at_home = (zone_at(*near) in zones for near in _around(point))
        return self._of_zone(zone_at(*point)) is not None and not any(at_home)

    def _city(self, name: str | None, country: str | None, near: tuple[float, float] | None) -> City | None:
        """The city of that name: in the declared country, else in the site's, else in the world."""
        if not name:
            return None
        if near is not None:
            city = self._cities.find(name, country=country, near=near)
            return None if city is None or _apart(near, city) else city
        if country is not None:
            return self._cities.find(name, country=country)
        at_home = self._cities.find(name, country=self._home) if self._home else None
        return at_home or self._cities.find(name)


def _apart(point: tuple[float, float] | None, place: City | PostalPlace) -> bool:
    return point is not None and distance_km(*point, place.latitude, place.longitude) > CONTRADICTION_KM


def _around(point: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The point and what lies around it, on the globe."""
    north, east = point
    for up in (0.0, -_BORDER_DEGREES, _BORDER_DEGREES):
        for right in (0.0, -_BORDER_DEGREES, _BORDER_DEGREES):
            yield min(90.0, max(-90.0, north + up)), (east + right + 180.0) % 360.0 - 180.0


def _where(
    point: tuple[float, float] | None, postal: PostalPlace | None, city: City | None
) -> tuple[float, float, float] | tuple[None, None, None]:
    """Latitude, longitude and their accuracy in km, from the most precise of the words."""
    if point is not None:
        return *point, POINT_KM
    if postal is not None:
        return postal.latitude, postal.longitude, POSTCODE_KM
    if city is not None:
        return city.latitude, city.longitude, CITY_KM
    return None, None, None


def _shown(city: City, written: str) -> str:
    """The city's name in the spelling that was used, if it is one, else its name at home."""
    folded = fold(written)
    return next((spelling for spelling in city.spellings if fold(spelling) == folded), city.name)


def _code(text: str | None) -> str | None:
    """A postal code as written, if it can be one: letters, digits, blanks and hyphens, with a digit among them."""
    if text is None or not _POSTAL.fullmatch(text):
        return None
    return text if len(plain_code(text)) in _CODE_LENGTH else None


def _zone(text: str | None) -> str | None:
    return text if text and find_zone(text) else None
