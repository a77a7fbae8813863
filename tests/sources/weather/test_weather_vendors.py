"""Each vendor's answers, in its real format, become one neutral report with the catalogue's units."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.engine.readings import EMPTY, Reading, Why
from app.errors import SettingError
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.readings import seen
from app.sources.weather.report import Report
from app.sources.weather.vendor import Unreadable, Vendor, joined

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 21, 18, 40, tzinfo=UTC).timestamp()
MIDNIGHT = datetime(2026, 11, 21, tzinfo=BERLIN).timestamp()
HALF_PAST_SIX = MIDNIGHT + 18.5 * 3600
Recorded = Callable[[str], Any]
MET = MetNorway("onopen-tests ops@shop.example")
OWM = OpenWeatherMap("k")
VENDORS: tuple[Vendor, ...] = (BrightSky(), MET, OpenMeteo(), OWM)


def readings(report: Report, now: float = EVENING) -> dict[str, Reading]:
    found = seen(report, now=now, until=now + 3600, source="test").readings
    return {name.removeprefix("weather."): reading for name, reading in found.items()}


def values(report: Report, now: float = EVENING) -> dict[str, Any]:
    return {name: reading.value for name, reading in readings(report, now).items()}


# Bright Sky


def test_bright_sky_tells_what_stations_saw(recorded: Recorded) -> None:
    got = values(BrightSky().read(recorded("brightsky_current_rain"), EVENING, BERLIN))
    assert (got["condition"], got["temperature"], got["wind_speed"]) == ("rain", 8.9, 21.2)
    assert (got["precipitation"], got["humidity"], got["next_rain_in"]) == (1.4, 93, 0.0)
    assert got["as_of"] == datetime(2026, 11, 21, 18, 30, tzinfo=UTC).timestamp()
    assert got["sunrise"] is got["feels_like"] is got["today.max"] is None


def test_bright_sky_nulls_are_not_offered_and_its_icon_is_not_believed_without_clouds(recorded: Recorded) -> None:
    got = readings(BrightSky().read(recorded("brightsky_current_nulls"), EVENING, BERLIN))
    assert got["temperature"].value == 4.2
    assert got["condition"].why_unknown is Why.NOT_OFFERED
    assert got["humidity"].why_unknown is Why.NOT_OFFERED
    assert got["is_day"].value is False


@pytest.mark.parametrize(
    ("condition", "icon", "clouds", "expected"),
    [
        ("dry", "cloudy", 100, "cloudy"),
        ("dry", "wind", 40, "partly_cloudy"),
        ("dry", "wind", None, None),
        ("dry", None, 10, "clear"),
        ("rain", "cloudy", 100, "rain"),
        (None, "rain", 90, "rain"),
        ("sleet", "sleet", 90, "rain"),
        ("hail", "hail", None, "hail"),
        (None, None, 90, None),
        ("frogs", "frogs", 90, None),
        (7, ["x"], "much", None),
    ],
)
def test_bright_sky_condition_before_icon_before_clouds(
    recorded: Recorded, condition: Any, icon: Any, clouds: Any, expected: str | None
) -> None:
    told = recorded("brightsky_current_nulls")
    told["weather"].update(condition=condition, icon=icon, cloud_cover=clouds)
    assert values(BrightSky().read(told, EVENING, BERLIN))["condition"] == expected


def test_bright_sky_in_si_units_is_converted(recorded: Recorded) -> None:
    told = recorded("brightsky_current_rain")
    told["weather"].update(temperature=282.05, pressure_msl=100420, wind_speed_10=5.9)
    got = values(BrightSky().read(told, EVENING, BERLIN))
    assert (got["temperature"], got["wind_speed"], got["precipitation"]) == (8.9, 21.24, 1.4)


@pytest.mark.parametrize(("temperature", "pressure"), [(None, None), (282.05, 1004.2), (8.9, 100420), (100, None)])
def test_bright_sky_units_that_do_not_tell_or_contradict_are_refused(
    recorded: Recorded, temperature: float | None, pressure: float | None
) -> None:
    told = recorded("brightsky_current_rain")
    told["weather"].update(temperature=temperature, pressure_msl=pressure)
    got = readings(BrightSky().read(told, EVENING, BERLIN))
    assert got["temperature"].value is None
    assert got["wind_speed"].why_unknown is Why.UPSTREAM_FAILED
    assert got["condition"].value == "rain"


def test_bright_sky_hours_make_today_and_tomorrow_and_the_next_rain(recorded: Recorded) -> None:
    got = values(BrightSky().read(recorded("brightsky_hours"), EVENING, BERLIN))
    assert (got["condition"], got["temperature"], got["is_day"]) == ("partly_cloudy", 8.6, False)
    assert (got["today.max"], got["today.min"], got["today.condition"]) == (10.0, 6.0, "partly_cloudy")
    assert got["today.precipitation_probability"] == 80
    assert got["tomorrow.condition"] == "partly_cloudy"
    assert got["next_rain_in"] == MIDNIGHT + 22 * 3600 - EVENING


def test_bright_sky_s_two_answers_complete_each_other(recorded: Recorded) -> None:
    both = BrightSky().read(recorded("brightsky_current_rain"), EVENING, BERLIN)
    both = both.plus(BrightSky().read(recorded("brightsky_hours"), EVENING, BERLIN))
    got = values(both)
    assert (got["temperature"], got["today.max"]) == (8.9, 10.0)


def test_bright_sky_asks_for_a_cell_and_for_local_days() -> None:
    now, hours = BrightSky().asks(53.6, 10.0, EVENING, BERLIN)
    assert now.url == "https://api.brightsky.dev/current_weather"
    assert now.params == {"lat": "53.6", "lon": "10.0", "units": "dwd"}
    assert hours.params["date"] == "2026-11-21T00:00:00+01:00"
    assert hours.params["last_date"] == "2026-11-23T00:00:00+01:00"


# MET Norway


def test_met_norway_tells_the_hour_that_holds_now(recorded: Recorded) -> None:
    got = values(MET.read(recorded("metno_compact"), EVENING, ZoneInfo("Europe/Oslo")))
    assert (got["condition"], got["temperature"], got["wind_speed"]) == ("thunderstorm", -0.4, 18.0)
    assert (got["precipitation"], got["humidity"], got["is_day"]) == (0.7, 88.4, False)
    assert got["as_of"] == datetime(2026, 11, 21, 18, tzinfo=UTC).timestamp()
    assert got["uv_index"] is got["sunrise"] is None


def test_met_norway_moves_on_with_the_hours(recorded: Recorded) -> None:
    report = MET.read(recorded("metno_compact"), EVENING, BERLIN)
    got = readings(report)
    assert got["condition"].until == datetime(2026, 11, 21, 19, tzinfo=UTC).timestamp()
    assert values(report, EVENING + 3600)["condition"] == "rain"
    assert values(report, EVENING + 2 * 3600)["condition"] == "cloudy"


def test_met_norway_knows_tomorrow_but_not_the_highest_of_a_day_half_gone(recorded: Recorded) -> None:
    got = values(MET.read(recorded("metno_compact"), EVENING, UTC))
    assert got["today.max"] is None
    assert (got["tomorrow.max"], got["tomorrow.min"]) == (3.1, -1.2)


def test_met_norway_units_are_read_and_unnamed_ones_refused(recorded: Recorded) -> None:
    told = recorded("metno_compact")
    told["properties"]["meta"]["units"].update(air_temperature="fahrenheit", wind_speed="knots")
    del told["properties"]["meta"]["units"]["precipitation_amount"]
    got = readings(MET.read(told, EVENING, BERLIN))
    assert (got["temperature"].value, got["wind_speed"].value) == (-18.0, 9.26)
    assert got["precipitation"].why_unknown is Why.UPSTREAM_FAILED


def test_met_norway_is_asked_politely() -> None:
    (ask,) = MET.asks(-33.9, 151.2, EVENING, UTC)
    assert ask.url == "https://api.met.no/weatherapi/locationforecast/2.0/compact"
    assert ask.params == {"lat": "-33.9", "lon": "151.2"}
    assert ask.headers["User-Agent"] == "onopen-tests ops@shop.example"


# Open-Meteo


def test_open_meteo_tells_now_hours_and_days(recorded: Recorded) -> None:
    got = values(OpenMeteo().read(recorded("openmeteo_forecast"), EVENING, UTC))
    assert (got["condition"], got["temperature"], got["feels_like"]) == ("cloudy", 6.1, 3.4)
    assert (got["wind_speed"], got["humidity"], got["is_day"], got["uv_index"]) == (11.2, 81, False, 0.0)
    assert got["precipitation"] == 0.0  # of the hour before 19:00, from the hours
    assert (got["today.max"], got["today.min"], got["today.condition"]) == (8.2, 1.8, "rain")
    assert (got["tomorrow.max"], got["tomorrow.precipitation_probability"]) == (7.9, 85)
    assert (got["sunrise"], got["sunset"]) == (MIDNIGHT + 27000, MIDNIGHT + 59400)
    assert got["as_of"] == HALF_PAST_SIX
    assert got["next_rain_in"] == MIDNIGHT + 21 * 3600 - EVENING


def test_open_meteo_in_imperial_units_and_local_times_is_converted(recorded: Recorded) -> None:
    now = datetime(2026, 11, 21, 20, 20, tzinfo=UTC).timestamp()
    got = values(OpenMeteo().read(recorded("openmeteo_imperial"), now, UTC), now)
    assert (got["temperature"], got["feels_like"], got["wind_speed"]) == (25.0, 27.0, 16.09)
    assert got["precipitation"] == 2.54  # the hour's, not the quarter of an hour's
    assert (got["today.max"], got["today.min"], got["tomorrow.max"]) == (25.0, 10.0, 20.0)
    assert got["as_of"] == datetime(2026, 11, 21, 20, 15, tzinfo=UTC).timestamp()
    assert got["sunset"] == datetime(2026, 11, 21, 23, 0, tzinfo=UTC).timestamp()
    assert (got["is_day"], got["condition"]) == (True, "rain")


@pytest.mark.parametrize(("unit", "expected"), [("m/s", 40.32), ("kn", 20.74), ("mp/h", 18.02), ("km/h", 11.2)])
def test_open_meteo_wind_in_any_of_its_units(recorded: Recorded, unit: str, expected: float) -> None:
    told = recorded("openmeteo_forecast")
    told["current_units"]["wind_speed_10m"] = unit
    assert values(OpenMeteo().read(told, EVENING, UTC))["wind_speed"] == expected


@pytest.mark.parametrize("unit", ["", None, "°X", 5, ["°C"]])
def test_open_meteo_values_without_a_known_unit_are_refused(recorded: Recorded, unit: Any) -> None:
    told = recorded("openmeteo_forecast")
    del told["hourly"]
    told["current_units"]["temperature_2m"] = unit
    told["daily_units"]["temperature_2m_max"] = unit
    got = readings(OpenMeteo().read(told, EVENING, UTC))
    assert got["temperature"].why_unknown is got["today.max"].why_unknown is Why.UPSTREAM_FAILED
    assert got["humidity"].value == 81


def test_open_meteo_rain_of_a_quarter_of_an_hour_is_not_that_of_an_hour(recorded: Recorded) -> None:
    told = recorded("openmeteo_imperial")
    del told["hourly"]
    assert values(OpenMeteo().read(told, EVENING, UTC))["precipitation"] is None
    told["current"]["interval"] = 3600
    assert values(OpenMeteo().read(told, EVENING, UTC))["precipitation"] == 0.51


def test_open_meteo_hours_alone_are_enough(recorded: Recorded) -> None:
    told = recorded("openmeteo_forecast")
    del told["current"], told["daily"]
    got = values(OpenMeteo().read(told, EVENING, UTC))
    assert (got["condition"], got["temperature"]) == ("cloudy", told["hourly"]["temperature_2m"][19])
    assert (got["today.max"], got["today.min"]) == (8.0, 2.0)


def test_open_meteo_s_older_names_are_understood() -> None:
    told = {
        "utc_offset_seconds": 0,
        "current_weather_units": {"temperature": "°C", "windspeed": "km/h"},
        "current_weather": {
            "temperature": 13.3,
            "windspeed": 10.3,
            "weathercode": 71,
            "is_day": 1,
            "time": "2026-11-21T18:00",
        },
    }
    got = values(OpenMeteo().read(told, EVENING, UTC))
    assert (got["temperature"], got["wind_speed"], got["condition"], got["is_day"]) == (13.3, 10.3, "snow", True)


def test_open_meteo_an_unheard_of_code_is_unknown(recorded: Recorded) -> None:
    told = recorded("openmeteo_forecast")
    told["current"]["weather_code"] = 42
    del told["hourly"]
    assert readings(OpenMeteo().read(told, EVENING, UTC))["condition"].why_unknown is Why.NOT_OFFERED


def test_open_meteo_errors_are_unreadable(recorded: Recorded) -> None:
    with pytest.raises(Unreadable, match="Cannot initialize"):
        OpenMeteo().read(recorded("openmeteo_error"), EVENING, UTC)


def test_open_meteo_with_a_key_is_the_paid_service_and_names_its_units() -> None:
    (free,), (paid,) = OpenMeteo().asks(1, 2, EVENING, UTC), OpenMeteo(key="s3").asks(1, 2, EVENING, UTC)
    assert free.url == "https://api.open-meteo.com/v1/forecast"
    assert "apikey" not in free.params
    assert (paid.url, paid.params["apikey"]) == ("https://customer-api.open-meteo.com/v1/forecast", "s3")
    assert (free.params["temperature_unit"], free.params["timeformat"]) == ("celsius", "unixtime")


# OpenWeatherMap


@pytest.mark.parametrize("units", ["standard", "metric", "imperial"])
def test_owm_current_weather_is_the_same_in_whatever_units_it_came(recorded: Recorded, units: str) -> None:
    got = values(OWM.read(recorded(f"owm_weather_{units}"), EVENING, UTC))
    assert (got["temperature"], got["feels_like"]) == (8.9, 5.99)
    assert got["wind_speed"] == pytest.approx(21.24, abs=0.01)
    assert (got["condition"], got["precipitation"], got["humidity"]) == ("rain", 1.4, 93)
    assert (got["is_day"], got["sunrise"], got["sunset"]) == (False, MIDNIGHT + 27600, MIDNIGHT + 57600)
    assert got["as_of"] == HALF_PAST_SIX
    assert got["today.max"] is None  # temp_max of a current weather is of the moment, not of the day


def test_owm_numbers_that_fit_two_units_are_refused(recorded: Recorded) -> None:
    got = readings(OWM.read(recorded("owm_weather_calm"), EVENING, UTC))
    assert {got[name].why_unknown for name in ("temperature", "feels_like", "wind_speed")} == {Why.UPSTREAM_FAILED}
    assert (got["condition"].value, got["precipitation"].value, got["humidity"].value) == ("cloudy", 0.0, 93)


def test_owm_forecast_tells_tomorrow_and_the_next_rain(recorded: Recorded) -> None:
    report = OWM.read(recorded("owm_weather_metric"), EVENING, UTC).plus(
        OWM.read(recorded("owm_forecast"), EVENING, UTC)
    )
    got = values(report)
    assert got["temperature"] == 8.9
    assert (got["tomorrow.max"], got["tomorrow.min"]) == (10.65, 7.85)
    assert (got["tomorrow.condition"], got["tomorrow.precipitation_probability"]) == ("cloudy", 85)
    assert got["today.precipitation_probability"] == 10
    assert got["today.max"] is None


def test_owm_one_call_tells_everything(recorded: Recorded) -> None:
    got = values(OWM.read(recorded("owm_onecall"), EVENING, UTC))
    assert (got["condition"], got["temperature"], got["wind_speed"]) == ("clear", 8.9, 21.24)
    assert (got["precipitation"], got["uv_index"], got["is_day"]) == (0.0, 0, False)
    assert (got["today.max"], got["today.min"], got["today.condition"]) == (10.0, 4.0, "rain")
    assert (got["tomorrow.max"], got["tomorrow.precipitation_probability"]) == (11.0, 60)
    assert got["next_rain_in"] == MIDNIGHT + 23 * 3600 - EVENING


def test_owm_is_asked_in_kelvin_and_one_call_only_where_it_is_named() -> None:
    now, ahead = OWM.asks(53.6, 10.0, EVENING, UTC)
    assert now.url == "https://api.openweathermap.org/data/2.5/weather"
    assert ahead.url == "https://api.openweathermap.org/data/2.5/forecast"
    assert now.params == {"lat": "53.6", "lon": "10.0", "appid": "k", "units": "standard"}
    (one,) = OpenWeatherMap("k", "https://api.openweathermap.org/data/3.0/onecall").asks(53.6, 10, EVENING, UTC)
    assert one.url == "https://api.openweathermap.org/data/3.0/onecall"


def test_owm_refusals_are_unreadable(recorded: Recorded) -> None:
    with pytest.raises(Unreadable, match="Invalid API key"):
        OWM.read(recorded("owm_refusal"), EVENING, UTC)


# All of them


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
@pytest.mark.parametrize(
    "document", [None, [], {}, 5, "x", {"weather": 5}, {"properties": []}, {"current": 1}, {"main": 2}]
)
def test_what_is_no_answer_is_unreadable(vendor: Vendor, document: Any) -> None:
    with pytest.raises(Unreadable):
        vendor.read(document, EVENING, UTC)


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_every_vendor_says_who_is_to_be_named(vendor: Vendor) -> None:
    assert vendor.attribution.text
    assert vendor.attribution.url.startswith("https://")
    assert vendor.fresh_s >= 600


@pytest.mark.parametrize("name", ["openmeteo_forecast", "openmeteo_imperial"])
def test_reports_are_of_the_days_of_the_answer_s_zone(recorded: Recorded, name: str) -> None:
    told = recorded(name)
    assert OpenMeteo().read(told, EVENING, UTC).zone == ZoneInfo(told["timezone"])
    told["timezone"] = "Nowhere/Land"
    assert OpenMeteo().read(told, EVENING, UTC).days.keys() >= {date(2026, 11, 21)}


def test_no_rain_in_sight_is_empty_and_no_forecast_is_unknown(recorded: Recorded) -> None:
    told = recorded("openmeteo_forecast")
    told["hourly"]["weather_code"] = [1] * 72
    assert values(OpenMeteo().read(told, EVENING, UTC))["next_rain_in"] is EMPTY
    short = copy.deepcopy(told)
    del short["hourly"]
    assert readings(OpenMeteo().read(short, EVENING, UTC))["next_rain_in"].why_unknown is Why.NOT_OFFERED


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/v1/forecast"),
        ("https://w.example/proxy/", "https://w.example/proxy/v1/forecast"),
        ("https://w.example/v1/forecast", "https://w.example/v1/forecast"),
    ],
)
def test_a_configured_address_replaces_host_and_prefix(base: str, expected: str) -> None:
    assert joined(base, "/v1/forecast") == expected


@pytest.mark.parametrize(
    "base", ["weather.example", "ftp://a", "http://", "http://a?key=1", "http://u:p@a", "http://a:x", "http://[a"]
)
def test_a_wrong_address_is_a_wrong_setting(base: str) -> None:
    for make in (BrightSky, OpenMeteo, lambda url: MetNorway("t", url), lambda url: OpenWeatherMap("k", url)):
        with pytest.raises(SettingError, match="ONOPEN_WEATHER__URL"):
            make(base)
