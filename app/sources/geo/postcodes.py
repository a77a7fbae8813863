"""The operator's own table of postal codes: where a code lies that a mail template or a recipient's profile names.

A CSV file with the columns country, postal_code, city, latitude, longitude and, if wanted, region. There is none in the
wheel: the free tables have licences that every operator has to judge for themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from app.sources.geo.place import coordinates

COLUMNS: Final = ("country", "postal_code", "city", "latitude", "longitude", "region")
_NEEDED: Final = COLUMNS[:5]


@dataclass(frozen=True, slots=True)
class PostalPlace:
    """Where a postal code lies: ISO 3166-1 country, city or "", degrees, ISO 3166-2 region or ""."""

    country: str
    city: str
    latitude: float
    longitude: float
    region: str


def plain_code(postal_code: str) -> str:
    """A postal code as it is compared: without blanks, hyphens and case."""
    return "".join(letter for letter in postal_code.upper() if letter.isalnum())


class Postcodes:
    """The table in memory. `as_of` is when the file was written, in seconds since the epoch."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError naming line, value and remedy, or OSError where it cannot be read."""
        self._by_code: dict[str, tuple[PostalPlace, ...]] = {}
        self.as_of = path.stat().st_mtime
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for line, row in _rows(file.read()):
                    code, place = _place(line, row)
                    self._by_code[code] = (*self._by_code.get(code, ()), place)
        except UnicodeDecodeError as trouble:
            raise ValueError(f"byte {trouble.start} is not UTF-8; save the table as UTF-8") from None

    def find(self, postal_code: str, *, country: str | None, home: str | None) -> PostalPlace | None:
        """The place of a code: in `country` if one is given, else in `home` (the site's country), else the only one."""
        found = self._by_code.get(plain_code(postal_code), ())
        if country is not None:
            return next((place for place in found if place.country == country), None)
        at_home = next((place for place in found if place.country == home), None)
        return at_home or (found[0] if len(found) == 1 else None)


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its line; the first row may name the columns in another order, commas may be semicolons."""
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    columns: tuple[str, ...] = COLUMNS
    for row in _whole(reader):
        names = tuple(cell.strip().lower() for cell in row)
        if reader.line_num == 1 and "country" in names:
            columns = names
            if missing := [name for name in _NEEDED if name not in columns]:
                raise ValueError(f"line 1: no column {missing[0]!r}; the columns are {', '.join(COLUMNS)}")
        elif any(names):
            cells = (cell.strip() for cell in row[: len(columns)])
            yield reader.line_num, dict(zip_longest(columns, cells, fillvalue=""))


def _whole(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows; a quote that is never closed is a mistake like any other."""
    try:
        yield from reader
    except csv.Error as error:
        raise ValueError(f"line {getattr(reader, 'line_num', 1)}: no CSV ({error}); is a quote not closed?") from error


def _place(line: int, row: Mapping[str, str]) -> tuple[str, PostalPlace]:
    country, code = row["country"].upper(), plain_code(row["postal_code"])
    degrees = coordinates(row["latitude"], row["longitude"])
    if len(country) != len("DE") or not country.isalpha():
        raise ValueError(f"line {line}: {row['country']!r} is not a country; write its two letters, like DE")
    if not code:
        raise ValueError(f"line {line}: {row['postal_code']!r} is not a postal code")
    if degrees is None:
        raise ValueError(
            f"line {line}: {row['latitude']!r}, {row['longitude']!r} is no place; "
            "write degrees north (-90 to 90) and east (-180 to 180), like 48.14 and 11.58"
        )
    region = row.get("region", "").upper()
    if region and not region.startswith(f"{country}-"):
        region = f"{country}-{region}"
    return code, PostalPlace(country, row["city"], *degrees, region)
