"""Whatever a vendor sends, reading it ends in a report of believable values or in `Unreadable`."""

from __future__ import annotations

import copy
import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from app.engine.readings import EMPTY
from app.engine.signals import CONDITIONS, WEATHER, Kind
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.readings import seen
from app.sources.weather.vendor import Unreadable, Vendor

FOLDER = Path(__file__).parents[2] / "fixtures" / "weather"
NOW = datetime(2026, 11, 21, 18, 40, tzinfo=UTC).timestamp()
VENDORS: dict[str, Vendor] = {
    "brightsky": BrightSky(),
    "metno": MetNorway("t"),
    "openmeteo": OpenMeteo(),
    "owm": OpenWeatherMap("k"),
}
ANSWERS = sorted(path.stem for path in FOLDER.glob("*.json"))
KINDS = {signal.name: signal.kind for signal in WEATHER}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([-300, 10**9, 10**400, "NaN", "20", [], {}, [None], {"a": 1}, 298.48, 72.5, "2026-11-21T18:00"]),
)
JSON = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
)


def believable(vendor: Vendor, document: Any) -> None:
    try:
        report = vendor.read(document, NOW, UTC)
    except Unreadable:
        return
    for reading in seen(report.plus(report).trimmed(NOW), now=NOW, until=NOW + 600, source="t").readings.values():
        assert reading.as_of <= NOW
        if reading.value is None or reading.value is EMPTY:
            continue
        kind = KINDS[reading.signal]
        if kind is Kind.CHOICE:
            assert reading.value in CONDITIONS
        elif kind is Kind.BOOLEAN:
            assert isinstance(reading.value, bool)
        else:
            assert isinstance(reading.value, float | int)
            assert math.isfinite(reading.value)
        if reading.signal.endswith(("temperature", ".max", ".min")):
            assert -95 <= reading.value <= 60


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in a document, into the first two elements of each list."""
    found = [path] if path else []
    if isinstance(document, dict):
        for key, value in document.items():
            found += places(value, (*path, key))
    if isinstance(document, list):
        for position, value in enumerate(document[:2]):
            found += places(value, (*path, position))
    return found


@pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS)
@settings(max_examples=150, deadline=None)
@given(document=JSON)
def test_any_json_is_read_or_refused(vendor: Vendor, document: Any) -> None:
    believable(vendor, document)


@pytest.mark.parametrize("name", ANSWERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_real_answer_with_odd_values_is_read_or_refused(name: str, data: st.DataObject) -> None:
    document = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    vendor = VENDORS[name.partition("_")[0]]
    spots = places(document)
    for _ in range(data.draw(st.integers(1, 4))):
        odd, (*way, last) = data.draw(ODD), data.draw(st.sampled_from(spots))
        target = document
        for step in way:
            target = target[step] if isinstance(target, dict | list) and _has(target, step) else None
        if isinstance(target, dict) or (isinstance(target, list) and _has(target, last)):
            target[last] = copy.deepcopy(odd)
    believable(vendor, document)


def _has(target: Any, step: Any) -> bool:
    return step in target if isinstance(target, dict) else isinstance(step, int) and step < len(target)
