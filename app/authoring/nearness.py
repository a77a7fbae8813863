"""How near a place is asked to be: so many kilometres from a city, or from a pair of coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from app.authoring.forms import scalar
from app.authoring.operands import Misread, each, number
from app.authoring.scope import Scope
from app.engine.clauses import NEAR_SIGNALS, Near

_NEAR: Final = "within: {km: 30, of: Hamburg}"
_POINT: Final = "[53.55, 9.99]"
_COORDINATES: Final = (("latitude", 90), ("longitude", 180))
"""What a point is made of, and how far each goes to either side."""


def near(raw: Any, sentence: str, scope: Scope) -> Near:
    """The circle of `{km, of}`; raises Misread."""
    if not isinstance(raw, dict) or set(raw) != {"km", "of"}:
        raise Misread("condition-shape", "within wants km and of", f"write {_NEAR}")
    read: Mapping[str, Callable[[Any], Any]] = {"km": _distance, "of": partial(_point, find_city=scope.find_city)}
    found = each(lambda key, one: read[key](one), raw.items())
    latitude, longitude = found["of"]
    return Near(scope.catalogue.set_of(NEAR_SIGNALS), latitude, longitude, found["km"], sentence)


def _distance(raw: Any) -> float:
    km = number(scalar(raw, _NEAR))
    if km <= 0:
        raise Misread("out-of-range", "there is no such distance", f"write a number above 0, as in {_NEAR}")
    return km


def _point(raw: Any, find_city: Callable[[str], tuple[float, float] | None]) -> tuple[float, float]:
    """A city by its name, or a pair of coordinates."""
    if isinstance(raw, list):
        if len(raw) != len(_COORDINATES):
            raise Misread("condition-shape", "a point has a latitude and a longitude", f"write of: {_POINT}")
        latitude, longitude = each(_degrees, enumerate(raw)).values()
        return latitude, longitude
    place = find_city(scalar(raw, _NEAR))
    if place is None:
        raise Misread("unknown-place", f"“{raw}” is in no table of cities", "write of: [latitude, longitude]")
    return place


def _degrees(index: int, raw: Any) -> float:
    name, most = _COORDINATES[index]
    degrees = number(scalar(raw, f"of: {_POINT}"))
    if abs(degrees) > most:
        raise Misread("out-of-range", f"there is no {name} {degrees:g}", f"write it like {_POINT}, latitude first")
    return degrees
