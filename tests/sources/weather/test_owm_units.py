"""OpenWeatherMap never names its units. Real answers, whose units are known from elsewhere, prove the rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, strategies as st

from app.sources.weather.owmunits import Evidence, System, _steadman, _us_felt, _us_felt_corrected, system_of

# temperature, felt, humidity, wind, dew point; as answered by the service to different people over the years
METRIC = (
    (16.07, 15.56, 70, 2.57, None),
    (9.53, 4.44, 52, 5.32, None),
    (8.02, 4.5, 74, 3.06, 3.64),
    (20.69, 20.77, 75, 3.09, None),
    (22.75, 23.27, 84, 2.8, None),
    (8.4, 5.74, 61, 4.63, None),
    (6.4, 4.85, 88, 2.16, 4.46),
    (4.42, 3.01, 88, 1.72, None),
    (28.11, 31.76, 70, 1.58, None),
    (28.97, 34.44, 79, 1.54, None),
    (21.52, 20.72, 60, 2.67, 13.51),
    (13.76, 10.03, 76, 5.24, None),
    (12.99, 12.72, 91, 2.57, None),
    (16.53, 15.52, 72, 2.1, None),
    (6.84, 2.07, 82, 9.83, 3.99),
    (5.82, 5.82, 87, 1.02, 3.85),
)
IMPERIAL = (
    (51.89, 50.31, 75, 14.41, None),
    (52.0, 50.52, 77, 5.75, None),
    (52.14, 50.56, 68, 8.05, None),
    (70.39, 59.09, 33, 16.11, None),
)
STANDARD = ((298.48, 298.74, 64, 0.62, None), (282.55, 281.86, 100, 1.5, None), (309.78, 312.49, 37, 3.06, None))


def evidence(row: tuple[float, float | None, float | None, float | None, float | None]) -> Evidence:
    warmth, felt, humidity, wind, dew = row
    return Evidence(warmth, felt, dew, humidity, wind)


@pytest.mark.parametrize("row", METRIC)
def test_celsius_is_recognised(row: tuple[float, float, float, float, float | None]) -> None:
    assert system_of([evidence(row)]) is System.METRIC


@pytest.mark.parametrize("row", IMPERIAL)
def test_fahrenheit_is_recognised(row: tuple[float, float, float, float, float | None]) -> None:
    assert system_of([evidence(row)]) is System.IMPERIAL


@pytest.mark.parametrize("row", STANDARD)
def test_kelvin_is_recognised(row: tuple[float, float, float, float, float | None]) -> None:
    assert system_of([evidence(row)]) is System.STANDARD


def test_a_calm_cold_hour_could_be_either_and_is_refused() -> None:
    assert system_of([evidence((5.07, 5.07, 77, 1.26, None))]) is System.UNTOLD


def test_a_bare_number_is_refused_unless_it_is_kelvin() -> None:
    assert system_of([Evidence(12.0)]) is System.UNTOLD
    assert system_of([Evidence(72.0)]) is System.UNTOLD
    assert system_of([Evidence(285.0)]) is System.STANDARD


def test_another_hour_of_the_same_answer_settles_it() -> None:
    calm, windy = evidence((5.07, 5.07, 77, 1.26, None)), evidence((8.4, 5.74, 61, 4.63, None))
    assert system_of([calm, windy]) is System.METRIC


def test_an_answer_in_two_systems_is_refused() -> None:
    assert system_of([evidence(METRIC[0]), evidence(STANDARD[0])]) is System.UNTOLD


def test_nothing_tells_nothing() -> None:
    assert system_of([]) is System.UNTOLD


@pytest.mark.parametrize(
    ("row", "true"),
    [
        ((25.09, 25.09, 83, 3.0, None), System.IMPERIAL),  # a wind of 3 mph, rounded, at the edge of the wind chill
        ((38.48, 34.77, 8, 4.94, None), System.METRIC),  # the dry heat of the US weather service
        ((-24, -43, 49, 21, None), System.METRIC),  # whole numbers, as a proxy may pass them on
    ],
)
def test_what_rounding_and_corrections_hide_is_refused_rather_than_misread(
    row: tuple[float, float | None, float | None, float | None, float | None], true: System
) -> None:
    assert system_of([evidence(row)]) in (true, System.UNTOLD)


@example(_us_felt, 10.25, 5, 3.0, 0)
@given(
    st.sampled_from([_us_felt, _us_felt_corrected, _steadman]),
    st.floats(-30, 45),
    st.integers(5, 100),
    st.floats(0, 25),
    st.integers(0, 2),
)
def test_no_answer_is_ever_taken_for_the_other_system(
    formula: Callable[[float, float, float], float], warmth: float, humidity: int, wind: float, places: int
) -> None:
    felt = formula(warmth, humidity, wind)
    metric = [round(number, places) for number in (warmth, felt, wind)]
    imperial = [round(number, places) for number in (warmth * 1.8 + 32, felt * 1.8 + 32, wind / 0.44704)]
    for (told, feels, speed), true in ((metric, System.METRIC), (imperial, System.IMPERIAL)):
        assert system_of([evidence((told, feels, humidity, speed, None))]) in (true, System.UNTOLD)


@pytest.mark.parametrize("warmth", [-1e9, 1e9, 160.0, 500.0])
def test_the_impossible_is_refused(warmth: float) -> None:
    assert system_of([Evidence(warmth, warmth, warmth, 50.0, 3.0)]) is System.UNTOLD
