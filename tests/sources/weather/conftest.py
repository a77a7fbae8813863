"""Fixtures of the weather tests: hand-made answers in each vendor's real format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.weather.house import Upstream

FOLDER = Path(__file__).parents[2] / "fixtures" / "weather"


@pytest.fixture
def recorded() -> Callable[[str], Any]:
    """A hand-made answer by its name, parsed."""
    return lambda name: json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@pytest.fixture
def upstream(recorded: Callable[[str], Any]) -> Upstream:
    """The server of a vendor that is well."""
    return Upstream(recorded("openmeteo_forecast"))
