"""Which units an OpenWeatherMap answer is in: it never says, so its numbers have to.

Kelvin cannot be taken for anything else, which is why it is what we ask for. Celsius and Fahrenheit overlap; but an
answer also carries what follows from the temperature by known formulas (how it feels, the dew point), and these come
out right in one of the two only. Where they do not decide, temperature and wind are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

_KELVIN: Final = (180.0, 340.0)
_CELSIUS: Final = (-90.0, 60.0)
_FAHRENHEIT: Final = (-130.0, 140.0)
_MOST_MISFIT: Final = 1.0
"""A moment may miss its formulas by this much on average: °C felt, or three percent of humidity."""
_CLEARLY: Final = (2.0, 0.1)
"""The other system must miss by more than twice as much and a tenth; true answers miss by hundredths."""
_BREEZE: Final = 3 * 0.44704
"""Three miles an hour in m/s: from there on wind chills."""
_HAIR: Final = 1e-9
_FINEST: Final = 2
"""Decimals of the service's own numbers; who passes them on may have rounded them."""


class System(Enum):
    """The three `units` of the service, as the units of temperature and wind."""

    STANDARD = ("K", "m/s")
    METRIC = ("°C", "m/s")
    IMPERIAL = ("°F", "mph")
    UNTOLD = ("", "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The numbers of one moment in an answer, units unknown."""

    temperature: float
    felt: float | None = None
    dew_point: float | None = None
    humidity: float | None = None
    wind: float | None = None


def system_of(moments: Iterable[Evidence]) -> System:
    """The one system in which all moments of an answer make sense, if there is one."""
    told = tuple(moments)
    if told and all(_KELVIN[0] <= moment.temperature <= _KELVIN[1] for moment in told):
        return System.STANDARD
    metric, imperial = _misfit(told, System.METRIC), _misfit(told, System.IMPERIAL)
    best, other, system = min(
        (metric, imperial, System.METRIC), (imperial, metric, System.IMPERIAL), key=lambda row: row[0]
    )
    factor, margin = _CLEARLY
    return system if best <= _MOST_MISFIT and other > best * factor + margin else System.UNTOLD


def _misfit(moments: tuple[Evidence, ...], system: System) -> float:
    """How far, on average, the moments miss what follows from their temperatures; infinite if nothing does."""
    low, high = _CELSIUS if system is System.METRIC else _FAHRENHEIT
    if not all(low <= moment.temperature <= high for moment in moments):
        return math.inf
    misses = [miss for moment in moments for miss in (_felt_miss(moment, system), _dew_miss(moment, system))]
    known = [miss for miss in misses if miss is not None]
    return sum(known) / len(known) if known else math.inf


def _celsius(value: float, system: System) -> float:
    return (value - 32) / 1.8 if system is System.IMPERIAL else value


def _felt_miss(moment: Evidence, system: System) -> float | None:
    """°C between the felt temperature and what may follow from temperature, humidity and wind in these units.

    The service uses the wind chill and heat index of the US weather service; before 2021 Steadman's apparent
    temperature (checked against its own recorded answers of both times). All numbers are rounded, so what follows from
    them is a stretch: near the edge of a formula a hundredth decides about a degree.
    """
    if moment.felt is None or moment.humidity is None or moment.wind is None:
        return None
    half = 0.5 / 10 ** _decimals(moment.temperature, moment.felt, moment.wind)
    speed = 0.44704 if system is System.IMPERIAL else 1.0
    warmths = [_celsius(warmth, system) for warmth in _around(moment.temperature, half)]
    winds = [max(0.0, wind) * speed for wind in _around(moment.wind, half)]
    possible = [
        (warmth, humidity, wind)
        for humidity in _around(moment.humidity, 0.5)
        for warmth in (*warmths, *_between(warmths, _turns(humidity)))
        for wind in (*winds, *_between(winds, (_BREEZE,)))
    ]
    coldest, _, warmest = (_celsius(felt, system) for felt in _around(moment.felt, half))
    return min(
        max(0.0, min(follows) - warmest, coldest - max(follows))
        for follows in ([formula(*each) for each in possible] for formula in (_us_felt, _us_felt_corrected, _steadman))
    )


def _around(written: float, half: float) -> tuple[float, float, float]:
    return written - half, written, written + half


def _between(ends: list[float], edges: Iterable[float]) -> Iterator[float]:
    """Those of the edges that lie between, from both sides: there a formula jumps."""
    low, _, high = ends
    for edge in edges:
        if low < edge < high:
            yield from (edge - _HAIR, edge + _HAIR)


def _turns(humidity: float) -> Iterator[float]:
    """The °C at which the US formulas change: wind chill, the full heat index, its corrections."""
    return ((t - 32) / 1.8 for t in (50.0, (170.3 - 0.047 * humidity) / 2.1, 80.0, 87.0, 112.0))


def _decimals(*numbers: float) -> int:
    """How many decimals numbers are written with, up to two."""
    return next((places for places in range(_FINEST) if all(round(each, places) == each for each in numbers)), _FINEST)


def _us_felt(celsius: float, humidity: float, metres: float) -> float:
    """Wind chill below 50 °F in a breeze, else heat index. weather.gov/epz/wxcalc_windchill, …/heatindex_equation."""
    t, mph = celsius * 1.8 + 32, metres / 0.44704
    if t <= 50:
        chill = 35.74 + 0.6215 * t - 35.75 * mph**0.16 + 0.4275 * t * mph**0.16
        return ((chill if mph > 3 else t) - 32) / 1.8
    simple = 0.5 * (t + 61 + (t - 68) * 1.2 + humidity * 0.094)
    if (simple + t) / 2 < 80:
        return (simple - 32) / 1.8
    h = humidity
    full = -42.379 + 2.04901523 * t + 10.14333127 * h - 0.22475541 * t * h - 6.83783e-3 * t * t - 5.481717e-2 * h * h
    full += 1.22874e-3 * t * t * h + 8.5282e-4 * t * h * h - 1.99e-6 * t * t * h * h
    return (full - 32) / 1.8


def _us_felt_corrected(celsius: float, humidity: float, metres: float) -> float:
    """The same with the corrections for very dry and very damp heat, which not everybody applies."""
    t, felt = celsius * 1.8 + 32, _us_felt(celsius, humidity, metres)
    if humidity < 13 and 80 <= t <= 112:
        return felt - (13 - humidity) / 4 * math.sqrt((17 - abs(t - 95)) / 17) / 1.8
    if humidity > 85 and 80 <= t <= 87:
        return felt + (humidity - 85) / 10 * (87 - t) / 5 / 1.8
    return felt


def _steadman(celsius: float, humidity: float, metres: float) -> float:
    """Apparent temperature, Steadman 1994 as the Australian Bureau of Meteorology gives it."""
    vapour = humidity / 100 * 6.105 * math.exp(17.27 * celsius / (237.7 + celsius))
    return celsius + 0.33 * vapour - 0.7 * metres - 4.0


def _dew_miss(moment: Evidence, system: System) -> float | None:
    """A third of the percents between the humidity and what follows from the dew point (Magnus, over water)."""
    if moment.dew_point is None or moment.humidity is None:
        return None
    warmth, dew = _celsius(moment.temperature, system), _celsius(moment.dew_point, system)
    if min(warmth, dew) < _CELSIUS[0]:
        return math.inf
    humidity = 100 * math.exp(17.62 * dew / (243.12 + dew) - 17.62 * warmth / (243.12 + warmth))
    return abs(humidity - moment.humidity) / 3
