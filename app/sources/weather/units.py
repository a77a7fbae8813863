"""Numbers with units, read so that they cannot be misread.

A value becomes one of the catalogue's units (°C, km/h, mm, %) only if its own unit is known and the result is
possible on Earth; else it is refused, and the refusal remembered by the signal's name. Nothing here raises.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Final

Conversion = Callable[[float], float]


def _same(value: float) -> float:
    return value


def _times(factor: float) -> Conversion:
    return lambda value: value * factor


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is measured: how each unit becomes the catalogue's, and between which values it is possible at all."""

    units: Mapping[str, Conversion]
    low: float
    high: float

    def converted(self, number: float, unit: str | None) -> float | None:
        """The number in the catalogue's unit, or None if unit or value are not believed."""
        conversion = self.units.get((unit or "").strip().casefold())
        value = None if conversion is None else round(conversion(number), 2)
        return value if value is not None and self.low <= value <= self.high else None


def _named(*rows: tuple[str, Conversion]) -> Mapping[str, Conversion]:
    return {name.casefold(): conversion for names, conversion in rows for name in names.split("|")}


_TEMPERATURES: Final = _named(
    ("°C|C|celsius|degC", _same),
    ("°F|F|fahrenheit|degF", lambda value: (value - 32) / 1.8),
    ("K|kelvin", lambda value: value - 273.15),
)
# Extremes ever measured: WMO World Weather & Climate Extremes Archive (-89.2 and 56.7 °C, 408 km/h, 305 mm in an hour).
TEMPERATURE: Final = Quantity(_TEMPERATURES, -95.0, 60.0)
FELT: Final = Quantity(_TEMPERATURES, -120.0, 85.0)
WIND: Final = Quantity(
    _named(
        ("km/h|kmh|kph", _same),
        ("m/s|ms", _times(3.6)),
        ("mp/h|mph", _times(1.609344)),
        ("kn|kt|knots", _times(1.852)),
    ),
    0.0,
    450.0,
)
RAIN: Final = Quantity(_named(("mm|kg/m2", _same), ("cm", _times(10.0)), ("inch|in", _times(25.4))), 0.0, 400.0)
SHARE: Final = Quantity(_named(("%", _same), ("1|fraction", _times(100.0))), 0.0, 100.0)
UV: Final = Quantity(_named(("|1", _same)), 0.0, 30.0)

_EARLIEST: Final = 946_684_800.0  # 2000-01-01
_LATEST: Final = 4_102_444_800.0  # 2100-01-01


@dataclass(slots=True)
class Sieve:
    """Lets believable values through; remembers which fields held something that was not believed."""

    refused: set[str] = field(default_factory=set)

    def measure(self, name: str, quantity: Quantity, raw: object, unit: str | None) -> float | None:
        """A measured value; None where there is none (null, absent) and where it was refused."""
        if raw is None:
            return None
        found = number(raw)
        value = None if found is None else quantity.converted(found, unit)
        if value is None:
            self.refused.add(name)
        return value

    def word(self, name: str, raw: object, read: Callable[[Any], str | None]) -> str | None:
        """A word of the catalogue for a vendor's code; an unheard-of code is no refusal, it is just not known."""
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            self.refused.add(name)
            return None
        return read(raw)


def number(raw: object) -> float | None:
    """A finite number of sane size; texts, booleans, NaN and giants are none."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    if isinstance(raw, int) and abs(raw) > 10**12:
        return None
    return float(raw) if math.isfinite(raw) else None


def flag(raw: object) -> bool | None:
    """A truth value that may be written as 0 or 1."""
    return bool(raw) if isinstance(raw, bool | int | float) and raw in (0, 1) else None


def instant(raw: object, *, offset_s: float = 0.0) -> float | None:
    """An instant from epoch seconds or an ISO 8601 text; a text without offset is local time at `offset_s`."""
    if isinstance(raw, str):
        try:
            moment = datetime.fromisoformat(raw)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone(timedelta(seconds=offset_s)))
            found: float | None = moment.timestamp()
        except (ValueError, OverflowError):
            found = None
    else:
        found = number(raw)
    return found if found is not None and _EARLIEST <= found <= _LATEST else None


def moment(raw: object, now: float, *, offset_s: float = 0.0) -> float | None:
    """The instant an answer is of: what it says; `now` where it says nothing; None where it says nonsense."""
    return now if raw is None else instant(raw, offset_s=offset_s)


def members(raw: object) -> Mapping[str, Any]:
    """A JSON object, or an empty one where something else stands."""
    return raw if isinstance(raw, dict) else {}


def items(raw: object) -> list[Any]:
    """A JSON list, or an empty one where something else stands."""
    return raw if isinstance(raw, list) else []
