"""Distances on the globe, good to half a percent, which is finer than any place an open can be known by."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_RADIUS_KM: Final = 6_371.0088
"""Mean radius R1 of the ellipsoid WGS 84 (Moritz, Geodetic Reference System 1980)."""


def distance_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Kilometres along the great circle between two places given in degrees (haversine formula)."""
    north_1, north_2 = radians(latitude_1), radians(latitude_2)
    half_north = sin((north_2 - north_1) / 2)
    half_east = sin(radians(longitude_2 - longitude_1) / 2)
    chord = half_north * half_north + cos(north_1) * cos(north_2) * half_east * half_east
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
