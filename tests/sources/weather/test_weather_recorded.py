"""The vendor `recorded`: demo weather without a network, that invents nothing beyond its file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.engine.readings import EMPTY, Why
from app.engine.signals import CONDITIONS
from app.sources.weather.readings import SIGNALS
from app.sources.weather.recorded import RecordedWeather, places_in

NOW = datetime(2026, 11, 21, 14, 37, 12, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()


@pytest.fixture
def weather() -> RecordedWeather:
    return RecordedWeather.packaged()


@pytest.mark.parametrize(
    ("latitude", "longitude", "condition"),
    [
        (53.55, 10.0, "rain"),
        (48.137, 11.575, "clear"),
        (47.37, 8.54, "snow"),
        (50.94, 6.96, "cloudy"),
        (37.9, 23.7, "clear"),
    ],
)
def test_it_tells_what_is_written_down_of_the_nearest_place(
    weather: RecordedWeather, latitude: float, longitude: float, condition: str
) -> None:
    assert weather.remembered(latitude, longitude, NOW)["weather.condition"].value == condition


def test_it_is_as_of_the_last_ten_minutes_and_good_until_the_next(weather: RecordedWeather) -> None:
    reading = weather.remembered(53.55, 10.0, NOW)["weather.temperature"]
    assert (NOW - reading.as_of, reading.until - NOW) == (432.0, 168.0)


def test_it_offers_every_signal_of_the_catalogue(weather: RecordedWeather) -> None:
    readings = weather.remembered(53.55, 10.0, NOW)
    assert tuple(readings) == SIGNALS
    assert all(reading.known for reading in readings.values())
    assert readings["weather.is_day"].value is True
    assert weather.remembered(48.14, 11.58, NOW)["weather.next_rain_in"].value is EMPTY
    assert weather.remembered(50.94, 6.96, NOW)["weather.next_rain_in"].value == pytest.approx(7200, abs=600)


def test_far_from_every_place_it_offers_nothing(weather: RecordedWeather) -> None:
    for latitude, longitude in ((0.0, 0.0), (52.0, 9.0), (float("nan"), 0.0), (91.0, 0.0)):
        readings = weather.remembered(latitude, longitude, NOW)
        assert {reading.why_unknown for reading in readings.values()} == {Why.NOT_OFFERED}


def test_the_same_table_is_handed_out_until_it_ends(weather: RecordedWeather) -> None:
    first = weather.remembered(53.55, 10.0, NOW)
    assert weather.remembered(53.56, 9.98, NOW + 1) is first
    assert weather.remembered(53.55, 10.0, NOW + 168)["weather.as_of"].value == NOW + 168
    assert weather.remembered(53.55, 10.0, NOW)["weather.as_of"].value == NOW - 432


async def test_asking_is_the_same_as_remembering(weather: RecordedWeather) -> None:
    assert await weather.fetch(53.55, 10.0, NOW, 1.0) is weather.remembered(53.55, 10.0, NOW)
    await weather.aclose()


def test_the_file_holds_every_word_and_only_sound_values(weather: RecordedWeather) -> None:
    text = Path(places_in.__code__.co_filename).with_name("recorded.yaml").read_text("utf-8")
    places = places_in(text)
    assert {place.now["condition"] for place in places} == set(CONDITIONS)
    for place in places:
        told = {
            name: reading.value for name, reading in weather.remembered(place.latitude, place.longitude, NOW).items()
        }
        assert told["weather.today.min"] <= told["weather.temperature"] <= told["weather.today.max"], place.name
        assert told["weather.sunrise"] < told["weather.sunset"]
        assert (told["weather.next_rain_in"] == 0.0) is (
            told["weather.condition"] not in {"clear", "partly_cloudy", "cloudy", "fog", "snow"}
        )


def test_what_a_place_does_not_tell_is_not_offered() -> None:
    places = places_in(
        "places:\n"
        "  - {name: X, at: [1.0, 2.0], zone: UTC, now: {condition: fog}, sun: ['06:00', '18:00'], next_rain: none,\n"
        "     today: {max: 1, min: 0, condition: fog, precipitation_probability: 0},\n"
        "     tomorrow: {max: 1, min: 0, condition: fog, precipitation_probability: 0}}\n"
    )
    readings = RecordedWeather(places).remembered(1.0, 2.0, NOW)
    assert readings["weather.condition"].value == "fog"
    assert readings["weather.temperature"].why_unknown is Why.NOT_OFFERED
