"""OpenWeatherMap: current weather and the 3-hour forecast (2.5), or One Call (3.0) where the address names it.

Answers never name their units, so kelvin is asked for, which cannot be mistaken; what comes in other units is
recognised by `owmunits` or refused. Rain is in millimetres in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from app.sources.weather.owmunits import Evidence, System, system_of
from app.sources.weather.report import HOUR, Day, Report, Step
from app.sources.weather.units import (
    FELT,
    RAIN,
    SHARE,
    TEMPERATURE,
    UV,
    WIND,
    Sieve,
    instant,
    items,
    members,
    moment,
    number,
)
from app.sources.weather.vendor import Ask, Attribution, Unreadable, checked, degrees, joined
from app.sources.weather.words import WET, from_owm

HOST: Final = "https://api.openweathermap.org"
_LONGEST_OFFSET: Final = 18 * HOUR
_WITNESSES: Final = 12
"""How many moments of an answer are asked about its units."""


@dataclass(frozen=True, slots=True)
class OpenWeatherMap:
    """The vendor `openweathermap`. Source: openweathermap.org/current, /forecast5, /api/one-call-3.

    Every key may ask 2.5; One Call wants a subscription of its own, so it is asked only if `url` ends with its path.
    """

    key: str
    url: str = HOST
    name: ClassVar[str] = "openweathermap"
    fresh_s: ClassVar[float] = 600.0  # new data every ten minutes
    pace_s: ClassVar[float] = 0.0
    dated: ClassVar[bool] = False
    nowhere: ClassVar[frozenset[int]] = frozenset()
    attribution: ClassVar[Attribution] = Attribution(
        "Weather data provided by OpenWeather",
        "https://openweathermap.org/",
        "OpenWeather's terms",
        "https://openweathermap.org/terms",
    )

    def __post_init__(self) -> None:
        checked(self.url)

    def asks(self, latitude: float, longitude: float, now: float, zone: tzinfo) -> tuple[Ask, ...]:  # noqa: ARG002
        """The current weather, then the forecast; or both in one call."""
        wishes = {"lat": degrees(latitude), "lon": degrees(longitude), "appid": self.key, "units": "standard"}
        if self.url.rstrip("/").endswith("/onecall"):
            return (Ask(joined(self.url, "/onecall"), {**wishes, "exclude": "minutely,alerts"}),)
        paths = ("/data/2.5/weather", "/data/2.5/forecast")
        return tuple(Ask(joined(self.url, path), wishes) for path in paths)

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:
        """Read a current weather, a 3-hour forecast or a One Call."""
        told, sieve = members(document), Sieve()
        if isinstance(told.get("main"), dict):
            return _current(told, sieve, now, zone)
        if isinstance(told.get("list"), list):
            return _forecast(told, sieve, zone)
        if isinstance(told.get("current"), dict) or any(isinstance(told.get(key), list) for key in ("hourly", "daily")):
            return _one_call(told, sieve, now, zone)
        if "temp" in told and "weather" in told:  # a proxy that passes on the `current` of a One Call alone
            return _one_call({"current": told}, sieve, now, zone)
        raise Unreadable(f"says: {told.get('message', 'nothing known')!s:.100}")


def _current(told: Mapping[str, Any], sieve: Sieve, now: float, place: tzinfo) -> Report:
    zone, sun, at = _offset(told.get("timezone")) or place, members(told.get("sys")), moment(told.get("dt"), now)
    flat = _flat(told)
    step = None if at is None else _step(flat, at, 0.0, system_of(_evidence(flat)), sieve)
    day = Day(sunrise=instant(sun.get("sunrise")), sunset=instant(sun.get("sunset")))
    return Report.of(zone=zone, observed=step, days={} if at is None else {_date(at, zone): day}, refused=sieve.refused)


def _forecast(told: Mapping[str, Any], sieve: Sieve, place: tzinfo) -> Report:
    zone = _offset(members(told.get("city")).get("timezone")) or place
    flats = [_flat(members(entry)) for entry in items(told.get("list"))]
    system = system_of(_evidence(*flats[:_WITNESSES]))
    steps = [_step(flat, at, 3 * HOUR, system, sieve) for flat, at in _timed(flats)]
    return Report.of(zone=zone, hours=steps, refused=sieve.refused)


def _one_call(told: Mapping[str, Any], sieve: Sieve, now: float, place: tzinfo) -> Report:
    zone = _named(told.get("timezone")) or _offset(told.get("timezone_offset")) or place
    current, hours = members(told.get("current")), [members(entry) for entry in items(told.get("hourly"))]
    days = [members(entry) for entry in items(told.get("daily"))]
    system = system_of(_evidence(current, *hours[:_WITNESSES], *(_noon(day) for day in days[:_WITNESSES])))
    steps = [_step(hour, at, HOUR, system, sieve) for hour, at in _timed(hours)]
    dated = {_date(noon, zone): _day(day, system, sieve) for day, noon in _timed(days)}
    at = moment(current.get("dt"), now) if current else None
    if at is not None:
        sun = Day(sunrise=instant(current.get("sunrise")), sunset=instant(current.get("sunset")))
        dated[_date(at, zone)] = dated.get(_date(at, zone), Day()).or_else(sun)
    observed = None if at is None else _step(current, at, 0.0, system, sieve)
    return Report.of(zone=zone, observed=observed, hours=steps, days=dated, refused=sieve.refused)


def _timed(entries: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], float]]:
    """The entries that say of which instant they are."""
    timed = ((entry, instant(entry.get("dt"))) for entry in entries)
    return [(entry, at) for entry, at in timed if at is not None]


def _flat(told: Mapping[str, Any]) -> dict[str, Any]:
    """A 2.5 answer in the flat names of One Call."""
    main, wind = members(told.get("main")), members(told.get("wind"))
    names = {key: main.get(key) for key in ("temp", "feels_like", "humidity")}
    clouds = members(told.get("clouds")).get("all")
    kept = {key: told.get(key) for key in ("dt", "weather", "rain", "snow", "pop")}
    return {**kept, **names, "wind_speed": wind.get("speed"), "clouds": clouds}


def _noon(day: Mapping[str, Any]) -> dict[str, Any]:
    """A day of One Call as evidence for its units: what is felt by day belongs to the temperature by day."""
    felt, warmth = members(day.get("feels_like")).get("day"), members(day.get("temp")).get("day")
    return {"temp": warmth, "feels_like": felt}


def _evidence(*flats: Mapping[str, Any]) -> list[Evidence]:
    told = []
    for flat in flats:
        warmth = number(flat.get("temp"))
        if warmth is not None:
            others = (number(flat.get(key)) for key in ("feels_like", "dew_point", "humidity", "wind_speed"))
            told.append(Evidence(warmth, *others))
    return told


def _step(flat: Mapping[str, Any], at: float, lasts: float, system: System, sieve: Sieve) -> Step:
    degree, speed = system.value
    weather = members(next(iter(items(flat.get("weather"))), None))
    word = sieve.word("condition", weather.get("id"), from_owm)
    return Step(
        at=at,
        lasts=lasts,
        condition=word,
        temperature=sieve.measure("temperature", TEMPERATURE, flat.get("temp"), degree),
        feels_like=sieve.measure("feels_like", FELT, flat.get("feels_like"), degree),
        wind_speed=sieve.measure("wind_speed", WIND, flat.get("wind_speed"), speed),
        precipitation=_fallen(flat, word, lasts, sieve),
        humidity=sieve.measure("humidity", SHARE, flat.get("humidity"), "%"),
        is_day=_is_day(weather.get("icon")),
        uv_index=sieve.measure("uv_index", UV, flat.get("uvi"), ""),
        probability=sieve.measure("day.precipitation_probability", SHARE, flat.get("pop"), "fraction"),
    )


def _fallen(flat: Mapping[str, Any], word: str | None, lasts: float, sieve: Sieve) -> float | None:
    """Rain and snow of an hour. Neither is named where nothing fell, which is believed of a dry sky only."""
    if lasts > HOUR:
        return None
    amounts = [members(flat.get(kind)).get("1h") for kind in ("rain", "snow")]
    if all(amount is None for amount in amounts):
        return None if word is None or word in WET else 0.0
    fallen = [sieve.measure("precipitation", RAIN, amount, "mm") for amount in amounts if amount is not None]
    return None if None in fallen else round(sum(amount for amount in fallen if amount is not None), 2)


def _day(day: Mapping[str, Any], system: System, sieve: Sieve) -> Day:
    warmth, weather = members(day.get("temp")), members(next(iter(items(day.get("weather"))), None))
    return Day(
        max=sieve.measure("day.max", TEMPERATURE, warmth.get("max"), system.value[0]),
        min=sieve.measure("day.min", TEMPERATURE, warmth.get("min"), system.value[0]),
        condition=sieve.word("day.condition", weather.get("id"), from_owm),
        probability=sieve.measure("day.precipitation_probability", SHARE, day.get("pop"), "fraction"),
        sunrise=instant(day.get("sunrise")),
        sunset=instant(day.get("sunset")),
    )


def _is_day(icon: object) -> bool | None:
    """Icons end in d or n (`10d`)."""
    return icon.endswith("d") if isinstance(icon, str) and icon[-1:] in ("d", "n") else None


def _date(at: float, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


def _offset(raw: object) -> tzinfo | None:
    seconds = number(raw)
    if seconds is None or abs(seconds) >= _LONGEST_OFFSET:
        return None
    return timezone(timedelta(seconds=seconds)) if seconds else UTC


def _named(raw: object) -> tzinfo | None:
    try:
        return ZoneInfo(raw) if isinstance(raw, str) and raw else None
    except (OSError, ValueError, LookupError):
        return None
