"""A source of places with a City file, and the ways an open reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.engine.opens import Open
from app.engine.readings import Reading, Why
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.cities import Cities
from app.sources.geo.city_file import CityFile
from app.sources.geo.country import Countries
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.source import GeoSource
from app.sources.geo.swap import Swapped
from tests.support.city_files import write_city_file

FIXTURES = Path(__file__).parents[2] / "fixtures" / "geo"


NOW = 1_795_000_000.0


RELAY_IN_BAVARIA = "172.224.226.1"


GOOGLE, MICROSOFT = "66.249.84.1", "40.107.218.12"


TELEKOM = "217.0.0.1"  # a German provider, known to the table in the wheel


CITIES, COUNTRIES = Cities(), Countries()


PLACE_WORDS = frozenset({"city", "country", "postal_code", "latitude", "longitude"})


class World:
    """A site with a City file, and the ways an open reaches it."""

    def __init__(
        self, folder: Path, *, apple: bool = False, postcodes: bool = False, city: bool = True, **site: Any
    ) -> None:
        self.path = write_city_file(folder / "city.mmdb")
        city_file = Swapped("city_file", self.path, CityFile) if city else None
        egress = Swapped("apple_egress_file", FIXTURES / "egress-ip-ranges.csv", read_egress) if apple else None
        self.source = GeoSource(
            addresses=AddressBook(city_file=city_file, egress=egress),
            cities=CITIES,
            countries=COUNTRIES,
            postcodes=Swapped("postcode_file", FIXTURES / "postcodes.csv", Postcodes) if postcodes else None,
            **{"home": "DE", "language": "de", **site},
        )
        for file in self.source.files:
            file.refresh()

    def readings(
        self,
        address: str | None = None,
        *,
        via: str = "direct",
        prefetch: bool = False,
        machine: bool = False,
        now: float = NOW,
        params: Mapping[str, str] | None = None,
        place: Mapping[str, str] | None = None,
        declared: frozenset[str] = PLACE_WORDS,
        **read: Any,
    ) -> Mapping[str, Reading]:
        opened = Open("hero", now, address=address, params=params or {}, place=place or {})
        return self.source.read(opened, via=via, prefetch=prefetch, machine=machine, declared=declared, **read)

    def values(self, address: str | None = None, **how: Any) -> dict[str, Any]:
        readings = self.readings(address, **how)
        return {name.removeprefix("geo."): reading.value for name, reading in readings.items() if reading.known}

    def whys(self, address: str | None = None, **how: Any) -> set[Why | None]:
        return {reading.why_unknown for reading in self.readings(address, **how).values() if not reading.known}
