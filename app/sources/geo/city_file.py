"""The operator's City file (MaxMind's format and field names), held in memory, and what its records say of a place.

The file is mapped from a private copy: a map of the operator's own file would kill the process when somebody truncates
it in place, and the reader that works on a byte string is written in Python and ten times slower. A record is judged by
its own accuracy radius.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Final

import maxminddb

from app.sources.geo.place import Place, carries, coordinates

ASSUMED_KM: Final = 25.0
"""The accuracy of a city in files that state none, a little better than the median of those that do."""

COUNTRY_KM: Final = 1_000.0
PROBES: Final = 512
SAMPLE: Final = 64
IPV6: Final = 6
DESCRIPTORS: Final = Path("/proc/self/fd")
_NOTHING: Final[Mapping[str, Any]] = {}


class CityFile:
    """One version of the file. `as_of` is the instant it was built at, in seconds since the epoch."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError with words for people where it is no usable City file, OSError where it cannot be read."""
        try:
            self._reader = _open(path)
            facts = self._reader.metadata()
            self.as_of = float(facts.build_epoch)
            self._probe(facts.ip_version == IPV6)
            understood = self._names_countries()
        except maxminddb.InvalidDatabaseError:
            raise ValueError("not a sound MaxMind database; fetch it again, and replace it by renaming") from None
        if not understood:
            raise ValueError(
                f"its records ({facts.database_type}) name no country; a GeoIP2 or GeoLite2 City file is needed"
            )

    def find(self, address: str, language: str) -> Place | None:
        """The place of an address, its city shown in `language`; None if the file does not know it."""
        try:
            record = self._reader.get(address)
        except (maxminddb.InvalidDatabaseError, ValueError, TypeError):
            return None
        return place_of(record, language) if isinstance(record, dict) else None

    def _probe(self, ipv6: bool) -> None:
        """Look up addresses all over the file; InvalidDatabaseError where it is broken."""
        for number in range(PROBES):
            self._reader.get(f"{1 + number * 223 // PROBES}.{number * 37 % 256}.{number % 256}.1")
            if ipv6:
                self._reader.get(f"2{number * 3:03x}:{number:x}::1")

    def _names_countries(self) -> bool:
        """Whether its records are of the kind that is understood; a file without records is."""
        records = [_mapping(record) for _, record in islice(self._reader, SAMPLE)]
        return not records or any(_code(record.get("country")) for record in records)


def _open(path: Path) -> maxminddb.Reader:
    """The reader written in C over a copy in memory of our own; where that cannot be, the one written in Python."""
    if find_spec("maxminddb.extension") is None or not hasattr(os, "memfd_create") or not DESCRIPTORS.is_dir():
        return maxminddb.open_database(path, maxminddb.MODE_MEMORY)
    copy = os.memfd_create("city file")
    with open(copy, "wb") as memory, path.open("rb") as file:  # noqa: PTH123 - a descriptor has no path
        shutil.copyfileobj(file, memory)
        memory.flush()
        return maxminddb.open_database(DESCRIPTORS / str(copy), maxminddb.MODE_MMAP_EXT)


def place_of(record: Mapping[str, Any], language: str) -> Place | None:
    """What a record of GeoIP2's City schema says, as far as its accuracy carries; None if it names no country."""
    country = _code(record.get("country"))
    if country is None:
        return None
    names = _mapping(_mapping(record.get("city")).get("names"))
    location = _mapping(record.get("location"))
    radius = location.get("accuracy_radius")
    if not isinstance(radius, int | float):
        radius = ASSUMED_KM if names else COUNTRY_KM
    to_city, to_region = carries(radius)
    degrees = coordinates(location.get("latitude"), location.get("longitude")) if to_city else None
    return Place(
        source="ip",
        country=country,
        region=_region(country, record.get("subdivisions")) if to_region else None,
        city=_shown(names, language) if to_city else None,
        city_names=tuple(map(str, names.values())) if to_city else (),
        postal_code=_text(_mapping(record.get("postal")).get("code")) if to_city else None,
        latitude=degrees[0] if degrees else None,
        longitude=degrees[1] if degrees else None,
        accuracy_km=float(radius),
        time_zone=_text(location.get("time_zone")) if to_region else None,
    )


def _shown(names: Mapping[str, Any], language: str) -> str | None:
    """The name in that language (`pt` finds `pt-BR`), else in English, else whatever there is."""
    for tag, name in names.items():
        if tag == language or tag.partition("-")[0] == language:
            return _text(name)
    return _text(names.get("en") or next(iter(names.values()), None))


def _region(country: str, subdivisions: object) -> str | None:
    code = _code(subdivisions[0]) if isinstance(subdivisions, list) and subdivisions else None
    return f"{country}-{code}" if code else None


def _code(part: object) -> str | None:
    return _text(_mapping(part).get("iso_code"))


def _text(part: object) -> str | None:
    return part if isinstance(part, str) and part else None


def _mapping(part: object) -> Mapping[str, Any]:
    return part if isinstance(part, dict) else _NOTHING
