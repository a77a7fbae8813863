"""Small City files for tests, written in MaxMind's format with made-up records.

Nothing of a licensed data base is copied here: networks are those set aside for documentation, or chosen at will.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet  # type: ignore[import-untyped]

MUNICH = "203.0.113.7"
HAMBURG = "198.51.100.7"
SOMEWHERE_IN_BAVARIA = "192.0.2.7"
SOMEWHERE_IN_AMERICA = "100.64.9.9"
VIENNA_V6 = "2001:db8:4::1"


def record(
    country: str,
    *,
    region: str | None = None,
    city: Mapping[str, str] | None = None,
    at: tuple[float, float] | None = None,
    radius: int | None = None,
    zone: str | None = None,
    postal: str | None = None,
) -> dict[str, Any]:
    """A record of the City schema with what is given."""
    made: dict[str, Any] = {"country": {"iso_code": country, "names": {"en": country}}, "continent": {"code": "EU"}}
    location: dict[str, Any] = {}
    if at is not None:
        location |= {"latitude": at[0], "longitude": at[1]}
    if radius is not None:
        location["accuracy_radius"] = radius
    if zone is not None:
        location["time_zone"] = zone
    made["location"] = location
    if region is not None:
        made["subdivisions"] = [{"iso_code": region, "names": {"en": region}}]
    if city is not None:
        made["city"] = {"names": dict(city)}
    if postal is not None:
        made["postal"] = {"code": postal}
    return made


MUNICH_RECORD = record(
    "DE",
    region="BY",
    city={"de": "München", "en": "Munich", "it": "Monaco di Baviera"},
    at=(48.137, 11.575),
    radius=10,
    zone="Europe/Berlin",
    postal="80331",
)
HAMBURG_RECORD = record(
    "DE",
    region="HH",
    city={"de": "Hamburg", "en": "Hamburg"},
    at=(53.55, 10.0),
    radius=20,
    zone="Europe/Berlin",
    postal="20095",
)
PLACES: Mapping[str, dict[str, Any]] = {
    "203.0.113.0/24": MUNICH_RECORD,
    "198.51.100.0/24": HAMBURG_RECORD,
    "192.0.2.0/24": record(
        "DE", region="BY", city={"en": "Augsburg"}, at=(48.4, 10.9), radius=100, zone="Europe/Berlin", postal="86150"
    ),
    "100.64.9.0/24": record("US", at=(37.751, -97.822), radius=1000, zone="America/Chicago"),
    "2001:db8:4::/48": record(
        "AT", region="9", city={"de": "Wien", "en": "Vienna"}, at=(48.2, 16.37), radius=5, zone="Europe/Vienna"
    ),
}


def write_city_file(path: Path, places: Mapping[str, dict[str, Any]] = PLACES, *, kind: str = "Test-City") -> Path:
    """Write the records by network; the file appears at once, by renaming, as an operator should do it."""
    writer = MMDBWriter(6, kind, languages=["en", "de"], ipv4_compatible=True, description="for tests")
    for network, content in places.items():
        writer.insert_network(IPSet([network]), content)
    new = path.with_suffix(".new")
    writer.to_db_file(str(new))
    return new.replace(path)
