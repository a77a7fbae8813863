"""Numbers with units are converted or refused, never misread."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from app.sources.weather.units import (
    FELT,
    RAIN,
    SHARE,
    TEMPERATURE,
    UV,
    WIND,
    Quantity,
    Sieve,
    flag,
    instant,
    moment,
    number,
)

CONVERTED = (
    (TEMPERATURE, 20, "°C", 20.0),
    (TEMPERATURE, 20.5, "celsius", 20.5),
    (TEMPERATURE, 68, "°F", 20.0),
    (TEMPERATURE, 293.15, "K", 20.0),
    (TEMPERATURE, 298.48, "kelvin", 25.33),
    (WIND, 10, "m/s", 36.0),
    (WIND, 10, "mp/h", 16.09),
    (WIND, 10, "mph", 16.09),
    (WIND, 10, "kn", 18.52),
    (WIND, 10, "km/h", 10.0),
    (RAIN, 1, "inch", 25.4),
    (RAIN, 1, "mm", 1.0),
    (RAIN, 1, "cm", 10.0),
    (SHARE, 50, "%", 50.0),
    (SHARE, 0.5, "fraction", 50.0),
    (UV, 3.5, "", 3.5),
)
REFUSED = (
    (TEMPERATURE, 298.48, "°C"),
    (TEMPERATURE, -300, "°C"),
    (TEMPERATURE, 10**9, "°C"),
    (TEMPERATURE, 20, "°R"),
    (TEMPERATURE, 20, ""),
    (TEMPERATURE, 20, None),
    (TEMPERATURE, "20", "°C"),
    (TEMPERATURE, True, "°C"),
    (TEMPERATURE, math.nan, "°C"),
    (TEMPERATURE, math.inf, "°C"),
    (TEMPERATURE, 10**400, "°C"),
    (TEMPERATURE, [20], "°C"),
    (FELT, 200, "°C"),
    (WIND, -1, "km/h"),
    (WIND, 10, "furlongs"),
    (RAIN, 9999, "mm"),
    (SHARE, 140, "%"),
    (SHARE, 40, "fraction"),
    (UV, -1, ""),
)


@pytest.mark.parametrize(("quantity", "raw", "unit", "expected"), CONVERTED)
def test_a_value_is_converted_from_the_unit_it_names(quantity: Quantity, raw: Any, unit: str, expected: float) -> None:
    sieve = Sieve()
    assert sieve.measure("x", quantity, raw, unit) == expected
    assert sieve.refused == set()


@pytest.mark.parametrize(("quantity", "raw", "unit"), REFUSED)
def test_an_impossible_value_or_an_unknown_unit_is_refused_and_remembered(
    quantity: Quantity, raw: Any, unit: str | None
) -> None:
    sieve = Sieve()
    assert sieve.measure("x", quantity, raw, unit) is None
    assert sieve.refused == {"x"}


def test_null_is_absent_not_refused() -> None:
    sieve = Sieve()
    assert sieve.measure("x", TEMPERATURE, None, None) is None
    assert sieve.word("y", None, str) is None
    assert sieve.refused == set()


def test_a_code_of_a_wrong_type_is_refused_and_an_unheard_of_one_is_not() -> None:
    sieve = Sieve()
    assert sieve.word("x", {}, str) is None
    assert sieve.word("y", 1234, lambda code: None) is None
    assert sieve.refused == {"x"}


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("raw", "offset"),
    [
        (NOON, 0),
        (int(NOON), 7200),
        ("2026-11-21T12:00:00Z", 7200),
        ("2026-11-21T13:00:00+01:00", 0),
        ("2026-11-21T13:00", 3600),
        ("2026-11-21T06:00", -21600),
    ],
)
def test_an_instant_is_read_from_epoch_seconds_and_from_text_with_or_without_offset(raw: Any, offset: float) -> None:
    assert instant(raw, offset_s=offset) == NOON


@pytest.mark.parametrize(
    "raw", ["soon", "", "9999-99-99", "0001-01-01T00:00", -5, 10**15, math.nan, True, None, [], "1754300700"]
)
def test_nonsense_is_no_instant(raw: Any) -> None:
    assert instant(raw) is None


def test_an_answer_without_a_time_is_of_now_and_one_with_nonsense_is_of_no_time() -> None:
    assert moment(None, 5.0) == 5.0
    assert moment("nonsense", 5.0) is None


def test_flags_are_zero_and_one() -> None:
    assert [flag(raw) for raw in (0, 1, True, False, 2, "1", None)] == [False, True, True, False, None, None, None]


def test_numbers_are_numbers() -> None:
    assert [number(raw) for raw in (1, 1.5, "1", None, True)] == [1.0, 1.5, None, None, None]
