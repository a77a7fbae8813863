"""Vendors' codes in the catalogue's ten words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.engine.signals import CONDITIONS
from app.sources.weather.words import RAINY, WET, from_brightsky, from_clouds, from_met, from_owm, from_wmo, met_light

GROUPS = {"showers": "rain", "freezing": "freezing_rain", "sleet": "rain", "wind": None, "unknown": None}


@pytest.fixture
def table(shared_data: Path) -> Any:
    return yaml.safe_load((shared_data / "wmo_codes.yaml").read_text("utf-8"))


def word(group: str | None) -> str | None:
    return GROUPS.get(group, group) if group else None


def test_every_wmo_code_means_its_group(table: Any) -> None:
    assert {row["code"]: from_wmo(row["code"]) for row in table["codes"]} == {
        row["code"]: word(row["group"]) for row in table["codes"]
    }


def test_every_met_symbol_means_its_group_with_every_suffix(table: Any) -> None:
    for symbol, row in table["met_symbol_to_group"].items():
        for suffix in ("", "_day", "_night", "_polartwilight"):
            assert from_met(symbol + suffix) == word(row["group"]), symbol + suffix


def test_every_bright_sky_icon_and_condition_means_its_group(table: Any) -> None:
    both = {**table["brightsky_icon_to_group"], **table["brightsky_condition_to_group"]}
    assert {name: from_brightsky(name) for name in both} == {name: word(group) for name, group in both.items()}


def test_every_owm_range_means_its_group_from_end_to_end(table: Any) -> None:
    for row in table["owm_id_to_group"]:
        assert {from_owm(code) for code in (row["from"], row["to"])} == {word(row["group"])}, row


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("lightssnowshowersandthunder_day", "thunderstorm"),
        ("lightssleetshowersandthunder_night", "thunderstorm"),
        ("heavysleetshowers_polartwilight", "rain"),
        ("lightsnow", "snow"),
        ("fair_day", "clear"),
    ],
)
def test_met_symbols(symbol: str, expected: str) -> None:
    assert from_met(symbol) == expected


@pytest.mark.parametrize(
    "symbol", ["", "sharknado", "rainandfrogs", "lightssnow", "thunder", "andthunder", 5, None, ["rain"]]
)
def test_an_unheard_of_symbol_is_unknown(symbol: Any) -> None:
    assert from_met(symbol) is None
    assert met_light(symbol) is None


@pytest.mark.parametrize("code", [-1, 4, 100, 61.5, 10**30, float("nan"), float("inf"), "61", None])
def test_an_unheard_of_code_is_unknown(code: Any) -> None:
    assert from_wmo(code) is None
    assert from_owm(code) is None
    assert from_brightsky(code) is None


def test_light_is_read_from_the_suffix() -> None:
    assert [met_light(f"fair_{suffix}") for suffix in ("day", "night", "polartwilight", "noon")] == [
        True,
        False,
        False,
        None,
    ]


def test_clouds_make_three_skies() -> None:
    assert [from_clouds(percent) for percent in (None, 0, 24, 25, 79, 80, 100)] == [
        None,
        "clear",
        "clear",
        "partly_cloudy",
        "partly_cloudy",
        "cloudy",
        "cloudy",
    ]


def test_all_words_are_the_catalogue_s() -> None:
    said = {from_wmo(code) for code in range(100)} | {from_owm(code) for code in range(900)} | WET | RAINY
    assert said - {None} <= set(CONDITIONS)
