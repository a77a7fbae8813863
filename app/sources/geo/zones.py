"""The time zone at coordinates, from the borders in `tzfpy` (tz data base and OpenStreetMap, ODbL).

Loading the borders takes 33 MB, so they are loaded when the first place turns up whose zone nothing else tells.
"""

from __future__ import annotations


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA name of the zone at these degrees north and east; at sea a nautical zone such as `Etc/GMT+2`."""
    from tzfpy import get_tz

    return get_tz(longitude, latitude) or None
