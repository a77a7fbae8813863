"""A place as one source knows it, and the rule of how much of it may be believed.

The law it keeps: a place is only as good as its accuracy. City and coordinates are known up to 50 km, the region up to
200 km, beyond that only the country; a country's centroid is never where somebody is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.engine.readings import Why

CITY_KM: Final = 50.0
REGION_KM: Final = 200.0

_NORTH: Final = 90.0
_EAST: Final = 180.0
_WRITTEN: Final = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{0,15})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """What one source says; None for what it does not say.

    `country` is ISO 3166-1, `region` ISO 3166-2 (`DE-BY`), `city` as it shall be shown with `city_names` in other
    languages, coordinates in degrees, `accuracy_km` how far off they may be, `time_zone` an IANA name. `source` is a
    value of `geo.source`; `gap` is the reason for everything left out.
    """

    source: str
    country: str | None = None
    region: str | None = None
    city: str | None = None
    city_names: tuple[str, ...] = ()
    postal_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy_km: float | None = None
    time_zone: str | None = None
    gap: Why = Why.TOO_COARSE

    @property
    def only_country(self) -> bool:
        """Whether the country is all that is known."""
        return (self.region, self.city, self.postal_code, self.latitude) == (None, None, None, None)

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Degrees north and east, if both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def carries(accuracy_km: float) -> tuple[bool, bool]:
    """Whether a place of this accuracy is known to the city, and whether to the region."""
    return accuracy_km <= CITY_KM, accuracy_km <= REGION_KM


def coordinates(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Degrees north and east from numbers or their texts (`48,1` too); None unless both lie on the globe.

    0, 0 is where programs put what they could not place, so it is no place either.
    """
    north, east = _degrees(latitude, _NORTH), _degrees(longitude, _EAST)
    return None if north is None or east is None or (north == 0 and east == 0) else (north, east)


def _degrees(value: object, most: float) -> float | None:
    if isinstance(value, str) and not _WRITTEN.fullmatch(value.strip()):
        return None
    try:
        degrees = float(value.replace(",", ".") if isinstance(value, str) else value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return degrees if -most <= degrees <= most else None
