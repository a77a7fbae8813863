"""Open-Meteo: models of many weather services behind one door; the free service is for non-commercial use only.

Every block of an answer names its units, and a value whose unit is not named is refused. Times are epoch seconds or
local times without offset, which `utc_offset_seconds` completes. Amounts of rain in `current` are those of its
`interval`, mostly a quarter of an hour: they are the last hour's only where the interval is an hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from app.sources.weather.report import HOUR, Day, Report, Step
from app.sources.weather.units import (
    FELT,
    RAIN,
    SHARE,
    TEMPERATURE,
    UV,
    WIND,
    Sieve,
    flag,
    instant,
    items,
    members,
    moment,
    number,
)
from app.sources.weather.vendor import Ask, Attribution, Unreadable, checked, degrees, joined
from app.sources.weather.words import from_clouds, from_wmo

HOST: Final = "https://api.open-meteo.com"
PAID_HOST: Final = "https://customer-api.open-meteo.com"
_NOW: Final = "temperature_2m,apparent_temperature,relative_humidity_2m,is_day,weather_code,wind_speed_10m"
_HOURS: Final = "temperature_2m,weather_code,precipitation,precipitation_probability,uv_index"
_DAYS: Final = "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max,sunrise,sunset"
_NOWHERE_ZONES: Final = ("GMT", "UTC", "")
_LONGEST_OFFSET: Final = 18 * HOUR


@dataclass(frozen=True, slots=True)
class OpenMeteo:
    """The vendor `openmeteo`: free, paid (with `key`) or one's own instance (`url`). Source: open-meteo.com/en/docs."""

    url: str = ""
    key: str = ""
    name: ClassVar[str] = "openmeteo"
    fresh_s: ClassVar[float] = 900.0  # `interval`
    pace_s: ClassVar[float] = 0.1  # 600 a minute on the free service
    dated: ClassVar[bool] = False
    nowhere: ClassVar[frozenset[int]] = frozenset()
    attribution: ClassVar[Attribution] = Attribution(
        "Weather data by Open-Meteo.com",
        "https://open-meteo.com/",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )

    def __post_init__(self) -> None:
        if self.url:
            checked(self.url)

    def asks(self, latitude: float, longitude: float, now: float, zone: tzinfo) -> tuple[Ask, ...]:  # noqa: ARG002
        """One request for now, the hours and the days."""
        wishes = {
            "latitude": degrees(latitude),
            "longitude": degrees(longitude),
            "current": _NOW,
            "hourly": _HOURS,
            "daily": _DAYS,
            "forecast_days": "3",
            "timezone": "auto",
            "timeformat": "unixtime",
            "temperature_unit": "celsius",
            "wind_speed_unit": "kmh",
            "precipitation_unit": "mm",
        }
        host = self.url or (PAID_HOST if self.key else HOST)
        return (Ask(joined(host, "/v1/forecast"), {**wishes, "apikey": self.key} if self.key else wishes),)

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:
        """Read any mixture of `current` (or the older `current_weather`), `hourly` and `daily`."""
        told = members(document)
        if told.get("error"):
            raise Unreadable(f"says: {told.get('reason')!s:.100}")
        if not any(isinstance(told.get(block), dict) for block in ("current", "current_weather", "hourly", "daily")):
            raise Unreadable("neither `current` nor `hourly` nor `daily` in the answer")
        offset, sieve = _offset(told, now), Sieve()
        return Report.of(
            zone=_zone(told, offset, zone),
            observed=_observed(told, offset, sieve, now),
            hours=_hours(_Block(told, "hourly", sieve), offset),
            days=_days(_Block(told, "daily", sieve), offset),
            refused=sieve.refused,
        )


class _Block:
    """One block of an answer with the units it names; `row` picks from its parallel lists."""

    def __init__(self, told: Mapping[str, Any], name: str, sieve: Sieve) -> None:
        self.values, self.units = members(told.get(name)), members(told.get(f"{name}_units"))
        self.sieve = sieve

    def raw(self, *names: str, row: int | None = None) -> Any:
        """The first value there is under these names: several because some were renamed in 2023."""
        for name in names:
            found = self.values.get(name)
            if row is not None:
                found = items(found)[row] if row < len(items(found)) else None
            if found is not None:
                return found
        return None

    def measure(self, signal: str, quantity: Any, *names: str, row: int | None = None) -> float | None:
        unit = next((self.units[name] for name in names if isinstance(self.units.get(name), str)), None)
        return self.sieve.measure(signal, quantity, self.raw(*names, row=row), unit)

    def word(self, signal: str, row: int | None = None) -> str | None:
        return self.sieve.word(signal, self.raw("weather_code", "weathercode", row=row), from_wmo)


def _observed(told: Mapping[str, Any], offset: float, sieve: Sieve, now: float) -> Step | None:
    block = _Block(told, "current" if isinstance(told.get("current"), dict) else "current_weather", sieve)
    if not block.values:
        return None
    at = moment(block.raw("time"), now, offset_s=offset)
    if at is None:
        return None
    fallen = block.measure("precipitation", RAIN, "precipitation")
    word = block.word("condition")
    if word is None and block.raw("weather_code", "weathercode") is None and fallen == 0:
        word = from_clouds(block.measure("condition", SHARE, "cloud_cover", "cloudcover"))
    return Step(
        at=at,
        condition=word,
        precipitation=fallen if number(block.raw("interval")) == HOUR else None,
        is_day=flag(block.raw("is_day")),
        **_common(block),
    )


def _hours(block: _Block, offset: float) -> list[Step]:
    found: list[Step] = []
    for row, raw in enumerate(items(block.values.get("time"))):
        at = instant(raw, offset_s=offset)
        if at is not None:
            found.append(
                Step(
                    at=at,
                    lasts=HOUR,
                    condition=block.word("condition", row),
                    precipitation=block.measure("precipitation", RAIN, "precipitation", row=row),
                    is_day=flag(block.raw("is_day", row=row)),
                    probability=block.measure(
                        "day.precipitation_probability", SHARE, "precipitation_probability", row=row
                    ),
                    **_common(block, row),
                )
            )
    return found


def _common(block: _Block, row: int | None = None) -> dict[str, Any]:
    return {
        "temperature": block.measure("temperature", TEMPERATURE, "temperature_2m", "temperature", row=row),
        "feels_like": block.measure("feels_like", FELT, "apparent_temperature", row=row),
        "wind_speed": block.measure("wind_speed", WIND, "wind_speed_10m", "windspeed_10m", "windspeed", row=row),
        "humidity": block.measure("humidity", SHARE, "relative_humidity_2m", "relativehumidity_2m", row=row),
        "uv_index": block.measure("uv_index", UV, "uv_index", row=row),
    }


def _days(block: _Block, offset: float) -> dict[date, Day]:
    found: dict[date, Day] = {}
    for row, raw in enumerate(items(block.values.get("time"))):
        at = instant(raw, offset_s=offset)
        if at is not None:
            day = datetime.fromtimestamp(at, timezone(timedelta(seconds=offset))).date()
            found[day] = Day(
                max=block.measure("day.max", TEMPERATURE, "temperature_2m_max", row=row),
                min=block.measure("day.min", TEMPERATURE, "temperature_2m_min", row=row),
                condition=block.word("day.condition", row),
                probability=block.measure(
                    "day.precipitation_probability", SHARE, "precipitation_probability_max", row=row
                ),
                sunrise=instant(block.raw("sunrise", row=row), offset_s=offset),
                sunset=instant(block.raw("sunset", row=row), offset_s=offset),
            )
    return found


def _offset(told: Mapping[str, Any], now: float) -> float:
    """Seconds that the answer's local times are ahead of UTC: as told, else as its zone had it then.

    Raises Unreadable where there are local times and neither is told: an hour wrong is a wrong hour.
    """
    offset = number(told.get("utc_offset_seconds"))
    if offset is not None and abs(offset) < _LONGEST_OFFSET:
        return offset
    written = next((time for time in _times(told) if isinstance(time, str)), None)
    name = told.get("timezone")
    wall = instant(written) if written is not None else now
    if isinstance(name, str) and wall is not None:
        with suppress(OSError, ValueError, LookupError):
            zone = UTC if name in _NOWHERE_ZONES else ZoneInfo(name)
            ahead = datetime.fromtimestamp(wall, UTC).replace(tzinfo=zone).utcoffset()
            return ahead.total_seconds() if ahead is not None else 0.0
    if written is not None:
        raise Unreadable("local times without `utc_offset_seconds`")
    return 0.0


def _times(told: Mapping[str, Any]) -> Iterator[Any]:
    """The times that the blocks begin with."""
    for block in ("current", "current_weather", "hourly", "daily"):
        time = members(told.get(block)).get("time")
        yield next(iter(time), None) if isinstance(time, list) else time


def _zone(told: Mapping[str, Any], offset: float, place: tzinfo) -> tzinfo:
    """The zone of the answer's days; the place's own where it is told in Greenwich time and without days."""
    name = told.get("timezone")
    if not isinstance(name, str) or (name in _NOWHERE_ZONES and not isinstance(told.get("daily"), dict)):
        return place
    try:
        return ZoneInfo(name) if name not in _NOWHERE_ZONES else UTC
    except (OSError, ValueError, LookupError):
        return timezone(timedelta(seconds=offset))
