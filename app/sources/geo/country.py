"""What is true of a whole country: its name in many languages, continent, half of the globe, and its one zone.

Not a source of its own: it completes what the sources know. A country whose clocks do not all read the same has no zone
here. Names come from CLDR, codes from GeoNames, zones from the tz data base; `tests/support/build_cities.py` makes the
table, which is read at the first question.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from app.engine.readings import Name, fold

TABLE: Final = Path(__file__).parent / "tables" / "countries.xz"
_FIXED_COLUMNS: Final = 7


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166-1 `code`, two-letter `continent`, whether most people live south of the equator, `zone`.

    `zone` is the IANA name of the zone that all its clocks follow, None where they differ; `zones` are all of them.
    `names` are by language.
    """

    code: str
    continent: str
    southern: bool
    zone: str | None
    zones: tuple[str, ...]
    names: Mapping[str, str]
    other_names: tuple[str, ...]

    def name(self, language: str) -> Name:
        """The name as that language writes it (English where it is not known); equal to it in all others."""
        return Name(self.names.get(language) or self.names["en"], (*self.names.values(), *self.other_names))


class Countries:
    """All countries by code or by name."""

    def __init__(self, table: Path = TABLE) -> None:
        """`table` is a file that `build_cities` made; it is opened at the first question."""
        self._table = table

    def get(self, code: str) -> Country | None:
        """The country of an ISO 3166-1 code of two letters; None for what is no country (`XX`, `T1`, `EU`)."""
        return self._by_code.get(code)

    def find(self, text: str) -> Country | None:
        """The country meant by a code of two or three letters, or by a name in any language of the table."""
        code = text.strip().upper()
        return self._by_code.get(code) or self._by_name.get(fold(text))

    def of_zone(self, zone: str) -> Country | None:
        """The country in which an IANA zone lies; None for zones of the sea."""
        return self._by_zone.get(zone)

    @cached_property
    def _by_zone(self) -> dict[str, Country]:
        return {zone: country for country, _ in self._rows for zone in country.zones}

    @cached_property
    def _by_code(self) -> dict[str, Country]:
        return {country.code: country for country, _ in self._rows}

    @cached_property
    def _by_name(self) -> dict[str, Country]:
        found: dict[str, Country] = {}
        for country, iso3 in self._rows:
            for name in (iso3, *country.names.values(), *country.other_names):
                found.setdefault(fold(name), country)
        return found

    @cached_property
    def _rows(self) -> tuple[tuple[Country, str], ...]:
        head, *lines = lzma.decompress(self._table.read_bytes()).decode().split("\n")
        languages = head.split("\t")[_FIXED_COLUMNS:]
        return tuple(_row(line.split("\t"), languages) for line in lines)


def _row(fields: list[str], languages: list[str]) -> tuple[Country, str]:
    code, iso3, continent, half, one_clock, zones, other, *names = fields
    own = tuple(zones.split("|")) if zones else ()
    by_language = dict(zip(languages, names, strict=True))
    only = own[0] if one_clock == "1" else None
    return Country(code, continent, half == "S", only, own, by_language, tuple(other.split("|"))), iso3
