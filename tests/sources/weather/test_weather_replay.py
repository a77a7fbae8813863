"""Real recorded answers, replayed by a real server on the loopback interface, lead to the right readings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.engine.readings import Reading, Why
from app.sources.http import GuardedClient
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.source import WeatherSource
from app.sources.weather.vendor import Unreadable, Vendor
from tests.support.loopback import answer, loopback

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
MAKERS: dict[str, Callable[[str], Vendor]] = {
    "brightsky": BrightSky,
    "metno": lambda url: MetNorway("onopen-tests", url),
    "openmeteo": OpenMeteo,
    "openweathermap": lambda url: OpenWeatherMap("k", url),
}
CASES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (
        "brightsky",
        "brightsky_current_weather_trier",
        "2026-09-29T12:00:00+00:00",
        {"condition": "cloudy", "temperature": 27.0, "wind_speed": 5.8, "humidity": 40, "precipitation": 0.0},
    ),
    (
        "brightsky",
        "brightsky_weather_hourly_historical_de",
        "2024-10-26T00:00:00+02:00",
        {"condition": "cloudy", "temperature": 6.2, "wind_speed": 4.7, "humidity": 97, "today.condition": "cloudy"},
    ),
    (
        "openmeteo",
        "open_meteo_current_wroclaw_unixtime",
        "2025-08-04T09:45:00+00:00",
        {"condition": "rain", "temperature": 18.3, "wind_speed": 9, "humidity": 71, "precipitation": None},
    ),
    (
        "openmeteo",
        "open_meteo_current_metric_miami",
        "2023-12-21T04:30:00+00:00",
        {"condition": "cloudy", "temperature": 21.9, "wind_speed": 41.9, "humidity": 58, "is_day": False},
    ),
    (
        "openmeteo",
        "open_meteo_hourly_metric_de",
        "2026-03-02T00:00:00+01:00",
        {"condition": "clear", "temperature": 3.2, "today.max": 13.1, "today.min": -0.7, "feels_like": 0.7},
    ),
    (
        "metno",
        "metno_locationforecast_compact_beijing_with_headers",
        "2020-07-20T11:00:00+00:00",
        {"condition": "clear", "temperature": 30.4, "wind_speed": 6.48, "humidity": 56.5, "is_day": True},
    ),
    (
        "openweathermap",
        "owm_free_current",
        "2022-08-30T14:43:12+00:00",
        {
            "condition": "rain",
            "temperature": 25.33,
            "feels_like": 25.59,
            "wind_speed": 2.23,
            "precipitation": 3.16,
            "humidity": 64,
            "is_day": True,
            "sunrise": 1661834187,
            "sunset": 1661882248,
        },
    ),
    (
        "openweathermap",
        "one_call",
        "2024-04-25T16:45:36+00:00",
        {"condition": "cloudy", "temperature": 6.84, "feels_like": 2.07, "wind_speed": 35.39, "uv_index": 0.13},
    ),
)


class Silence:
    """A tally for tests that do not count."""

    def count(self, name: str, **labels: str) -> None:
        """Nothing."""


def one_call(folder: Path) -> dict[str, Any]:
    """The recorded parts of a One Call, put together as the service sends them."""
    parts = {
        part: json.loads((folder / f"owm_onecall_{part}.json").read_text("utf-8")) for part in ("current", "hourly")
    }
    place = {"lat": 52.3, "lon": 4.8, "timezone": "Europe/Amsterdam", "timezone_offset": 7200}
    return {**place, "current": parts["current"], "hourly": [parts["hourly"]]}


def replayed(folder: Path, name: str) -> tuple[bytes, tuple[str, ...]]:
    """Body and headers of a recording; what described the body on its way is left out."""
    if name == "one_call":
        return json.dumps(one_call(folder)).encode(), ()
    told = json.loads((folder / f"{name}.json").read_text("utf-8"))
    if "status_code" not in told:
        return json.dumps(told).encode(), ()
    kept = {key: told["headers"][key] for key in ("Date", "Expires", "Last-Modified", "Vary")}
    return json.dumps(told["data"]).encode(), tuple(f"{key}: {value}" for key, value in kept.items())


async def weather_of(vendor: str, body: bytes, headers: tuple[str, ...] = ()) -> dict[str, Reading]:
    client = GuardedClient(user_agent="onopen-tests", trusted_hosts=["127.0.0.1"])

    def zone_of(latitude: float, longitude: float) -> tzinfo:
        return ZoneInfo("Europe/Berlin")

    try:
        async with loopback(answer(body, "200 OK", *headers)) as server:
            source = WeatherSource(
                MAKERS[vendor](server.url),
                client,
                clock=lambda: NOW,
                zone_of=zone_of,
                tally=Silence(),
                tell=lambda line: None,
            )
            readings = await source.fetch(50.0, 10.0, NOW, 2.0)
            assert source.remembered(50.0, 10.0, NOW) is readings
            await source.aclose()
    finally:
        await client.aclose()
    return {name.removeprefix("weather."): reading for name, reading in readings.items()}


@pytest.mark.parametrize(("vendor", "name", "as_of", "expected"), CASES, ids=[case[1] for case in CASES])
async def test_a_recording_is_read_right_and_tells_its_true_age(
    shared_data: Path, vendor: str, name: str, as_of: str, expected: dict[str, Any]
) -> None:
    readings = await weather_of(vendor, *replayed(shared_data / "weather", name))
    assert {key: readings[key].value for key in expected} == expected
    assert readings["as_of"].value == readings["temperature"].as_of == datetime.fromisoformat(as_of).timestamp()
    assert readings["temperature"].until > NOW
    assert readings["temperature"].source == vendor


async def test_three_providers_differ_and_none_is_misread(shared_data: Path) -> None:
    readings = await weather_of("openmeteo", *replayed(shared_data / "weather", "open_meteo_current_wroclaw_unixtime"))
    google = json.loads((shared_data / "weather" / "google_weather_current_wroclaw.json").read_text("utf-8"))
    assert abs(readings["temperature"].value - google["temperature"]["degrees"]) < 1.5


@pytest.mark.parametrize("vendor", MAKERS)
@pytest.mark.parametrize(
    "name", ["google_weather_current_wroclaw", "open_meteo_geocoding_enschede", "owm_onecall_minutely"]
)
def test_a_foreign_answer_is_unreadable(shared_data: Path, vendor: str, name: str) -> None:
    told = json.loads((shared_data / "weather" / f"{name}.json").read_text("utf-8"))
    with pytest.raises(Unreadable):
        MAKERS[vendor]("http://127.0.0.1").read(told, NOW, UTC)


@pytest.mark.parametrize("vendor", MAKERS)
async def test_a_foreign_answer_over_http_is_unknown(shared_data: Path, vendor: str) -> None:
    readings = await weather_of(vendor, *replayed(shared_data / "weather", "open_meteo_geocoding_enschede"))
    assert {reading.why_unknown for reading in readings.values()} == {Why.UPSTREAM_FAILED}
