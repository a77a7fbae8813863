"""Distances on the globe."""

from __future__ import annotations

import pytest

from app.engine.geodesy import distance_km


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((53.5511, 9.9937), (48.1351, 11.5820), 612),  # Hamburg and Munich
        ((52.52, 13.405), (40.7128, -74.006), 6385),  # Berlin and New York
        ((-18.0, 179.5), (-18.0, -179.5), 106),  # across the date line
        ((90.0, 0.0), (-90.0, 0.0), 20015),  # from pole to pole
        ((48.0, 11.0), (48.0, 11.0), 0),
    ],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.005, abs=0.5)
    assert distance_km(*other, *one) == pytest.approx(distance_km(*one, *other))
