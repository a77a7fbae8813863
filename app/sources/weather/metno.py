"""MET Norway: forecasts for the whole world, without a key, for whoever is polite.

Polite means here: a User-Agent that names the sender, four decimals at most (we send one), Expires obeyed, asking
again with If-Modified-Since, and at most twenty requests a second. Units are read from the answer. There is no
observation: the hour that holds now is the weather now. Its UV index is that of a cloudless sky and not taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, ClassVar, Final

from app.sources.weather.report import HOUR, Report, Step
from app.sources.weather.units import RAIN, SHARE, TEMPERATURE, WIND, Quantity, Sieve, instant, members
from app.sources.weather.vendor import Ask, Attribution, Unreadable, checked, degrees, joined
from app.sources.weather.words import from_met, met_light

HOST: Final = "https://api.met.no"


@dataclass(frozen=True, slots=True)
class MetNorway:
    """The vendor `metno`. Source: api.met.no/doc/TermsOfService and the locationforecast 2.0 documentation.

    `user_agent` must name the sender with a way to reach them (`shop.example ops@shop.example`); the service answers
    403 to those that do not.
    """

    user_agent: str
    url: str = HOST
    name: ClassVar[str] = "metno"
    fresh_s: ClassVar[float] = 900.0
    pace_s: ClassVar[float] = 0.05
    dated: ClassVar[bool] = True
    nowhere: ClassVar[frozenset[int]] = frozenset({422})  # outside the area that is forecast
    attribution: ClassVar[Attribution] = Attribution(
        "Weather data from MET Norway",
        "https://www.met.no/en",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )

    def __post_init__(self) -> None:
        checked(self.url)

    def asks(self, latitude: float, longitude: float, now: float, zone: tzinfo) -> tuple[Ask, ...]:  # noqa: ARG002
        """One request: the compact forecast, as the service prefers."""
        place = {"lat": degrees(latitude), "lon": degrees(longitude)}
        address = joined(self.url, "/weatherapi/locationforecast/2.0/compact")
        return (Ask(address, place, {"User-Agent": self.user_agent}),)

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:  # noqa: ARG002 - the answer has its own times
        """Read a locationforecast, compact or complete."""
        properties = members(members(document).get("properties"))
        series = properties.get("timeseries")
        if not isinstance(series, list):
            raise Unreadable("no `properties.timeseries` in the answer")
        units, sieve = members(members(properties.get("meta")).get("units")), Sieve()
        timed = [(at, members(entry)) for entry in series if (at := instant(members(entry).get("time"))) is not None]
        timed.sort(key=lambda pair: pair[0])
        steps = [
            _step(at, _lasts(timed, position), members(entry.get("data")), units, sieve)
            for position, (at, entry) in enumerate(timed)
        ]
        return Report.of(zone=zone, hours=steps, refused=sieve.refused)


def _lasts(timed: Sequence[tuple[float, Any]], position: int) -> float:
    """Up to the next step: one hour for two days, then six."""
    if position + 1 == len(timed):
        return HOUR
    return min(timed[position + 1][0] - timed[position][0], 6 * HOUR)


def _step(at: float, lasts: float, told: Mapping[str, Any], units: Mapping[str, Any], sieve: Sieve) -> Step:
    details = members(members(told.get("instant")).get("details"))
    hour, hours = members(told.get("next_1_hours")), members(told.get("next_6_hours"))
    coming = hour or hours
    symbol = members(coming.get("summary")).get("symbol_code")
    amounts = members(coming.get("details"))

    def measured(name: str, quantity: Quantity, of: Mapping[str, Any], key: str) -> float | None:
        unit = units.get(key)
        return sieve.measure(name, quantity, of.get(key), unit if isinstance(unit, str) else None)

    return Step(
        at=at,
        lasts=lasts,
        condition=sieve.word("condition", symbol, from_met),
        temperature=measured("temperature", TEMPERATURE, details, "air_temperature"),
        wind_speed=measured("wind_speed", WIND, details, "wind_speed"),
        precipitation=measured("precipitation", RAIN, members(hour.get("details")), "precipitation_amount"),
        humidity=measured("humidity", SHARE, details, "relative_humidity"),
        is_day=met_light(symbol) if hour else None,
        probability=measured("day.precipitation_probability", SHARE, amounts, "probability_of_precipitation"),
    )
