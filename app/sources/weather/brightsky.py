"""Bright Sky: the German weather service's stations and forecasts, without a key.

Current weather is what stations saw within the hour; a second request adds the hours of today and the next two days.
Answers name no units. They come in DWD's (°C, km/h, hPa) or SI's (K, m/s, Pa), and temperature and pressure tell which:
where these are missing or contradict each other, what depends on the units is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, ClassVar, Final

from app.sources.weather.report import HOUR, Report, Step
from app.sources.weather.units import RAIN, SHARE, TEMPERATURE, WIND, Sieve, instant, items, members, moment, number
from app.sources.weather.vendor import Ask, Attribution, Unreadable, checked, degrees, joined
from app.sources.weather.words import from_brightsky, from_clouds

HOST: Final = "https://api.brightsky.dev"
_SKY: Final = ("clear-day", "clear-night", "partly-cloudy-day", "partly-cloudy-night")
_WARMEST_CELSIUS, _COLDEST_KELVIN = 60.0, 150.0
_HECTOPASCAL, _PASCAL = (500.0, 1200.0), (50_000.0, 120_000.0)


@dataclass(frozen=True, slots=True)
class BrightSky:
    """The vendor `brightsky`: Germany and a little around it. Source: brightsky.dev/docs."""

    url: str = HOST
    name: ClassVar[str] = "brightsky"
    fresh_s: ClassVar[float] = 600.0  # stations report every ten minutes
    pace_s: ClassVar[float] = 0.0
    dated: ClassVar[bool] = False
    nowhere: ClassVar[frozenset[int]] = frozenset({404})  # no station within 50 km
    attribution: ClassVar[Attribution] = Attribution(
        "Weather: Deutscher Wetterdienst, via Bright Sky",
        "https://www.dwd.de/",
        "DWD open data, source to be named",
        "https://www.dwd.de/copyright",
    )

    def __post_init__(self) -> None:
        checked(self.url)

    def asks(self, latitude: float, longitude: float, now: float, zone: tzinfo) -> tuple[Ask, ...]:
        """Current weather; then the hours from local midnight for two days and a bit."""
        place = {"lat": degrees(latitude), "lon": degrees(longitude), "units": "dwd"}
        midnight = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        days = {"date": midnight.isoformat(), "last_date": (midnight + timedelta(days=2)).isoformat()}
        return (
            Ask(joined(self.url, "/current_weather"), place),
            Ask(joined(self.url, "/weather"), {**place, **days}),
        )

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:
        """Read `/current_weather` (one record) or `/weather` (a list of hours)."""
        weather, sieve = members(document).get("weather"), Sieve()
        if isinstance(weather, dict):
            at = moment(weather.get("timestamp"), now)
            observed = None if at is None else _step(weather, _units([weather]), sieve, at, lasts=0.0)
            return Report.of(zone=zone, observed=observed, refused=sieve.refused)
        if isinstance(weather, list):
            records = [record for record in items(weather) if isinstance(record, dict)]
            units = _units(records)
            timed = [(record, instant(record.get("timestamp"))) for record in records]
            hours = [_step(record, units, sieve, at, lasts=HOUR) for record, at in timed if at is not None]
            return Report.of(zone=zone, hours=hours, refused=sieve.refused)
        raise Unreadable("no `weather` in the answer")


def _step(record: Mapping[str, Any], units: tuple[str, str], sieve: Sieve, at: float, *, lasts: float) -> Step:
    """One record. Values of the current weather carry their span in minutes in the name; ten is nearest to now."""
    wind = next((record[key] for key in _WIND if record.get(key) is not None), None)
    rain = record.get("precipitation") if "precipitation" in record else record.get("precipitation_60")
    chance = record.get("precipitation_probability")
    if chance is None:
        chance = record.get("precipitation_probability_6h")
    clouds = sieve.measure("condition", SHARE, record.get("cloud_cover"), "%")
    fallen = sieve.measure("precipitation", RAIN, rain, "mm")  # mm in both systems
    return Step(
        at=at,
        lasts=lasts,
        condition=_condition(record, clouds, fallen),
        temperature=sieve.measure("temperature", TEMPERATURE, record.get("temperature"), units[0]),
        wind_speed=sieve.measure("wind_speed", WIND, wind, units[1]),
        precipitation=fallen,
        humidity=sieve.measure("humidity", SHARE, record.get("relative_humidity"), "%"),
        is_day=_is_day(record.get("icon")),
        probability=sieve.measure("day.precipitation_probability", SHARE, chance, "%"),
    )


_WIND: Final = ("wind_speed_10", "wind_speed", "wind_speed_30", "wind_speed_60")


def _condition(record: Mapping[str, Any], clouds: float | None, fallen: float | None) -> str | None:
    """What the station saw falling, else the icon, else the clouds where it is known to be dry.

    `condition` goes first because the icon leaves slight rain out. An icon of a clear or partly cloudy sky is also
    drawn where nothing is known of the clouds (brightsky/enhancements.py), so it counts only where something is.
    """
    seen, icon = record.get("condition"), record.get("icon")
    word = from_brightsky(seen)
    if word is None and not (icon in _SKY and clouds is None):
        word = from_brightsky(icon)
    dry = seen == "dry" or (seen is None and fallen == 0)
    return from_clouds(clouds) if word is None and dry else word


def _is_day(icon: object) -> bool | None:
    if not isinstance(icon, str) or not icon.endswith(("-day", "-night")):
        return None
    return icon.endswith("-day")


def _units(records: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The units of temperature and wind in an answer, by what its numbers can only be; empty where they do not tell."""
    systems: set[str] = set()
    for record in records:
        warmth, pressure = number(record.get("temperature")), number(record.get("pressure_msl"))
        if warmth is not None and (warmth < _WARMEST_CELSIUS or warmth > _COLDEST_KELVIN):
            systems.add("dwd" if warmth < _WARMEST_CELSIUS else "si")
        if pressure is not None and _HECTOPASCAL[0] < pressure < _HECTOPASCAL[1]:
            systems.add("dwd")
        if pressure is not None and _PASCAL[0] < pressure < _PASCAL[1]:
            systems.add("si")
    if len(systems) != 1:
        return "", ""
    return ("°C", "km/h") if "dwd" in systems else ("K", "m/s")
