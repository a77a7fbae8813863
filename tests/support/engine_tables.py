"""Small tables of facts for tests that read like sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.engine.calendar import Zone, find_zone
from app.engine.facts import Facts
from app.engine.readings import FOREVER, Reading, Why, unknown
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.words import fixed
from tests.support.engine_scenes import CATALOGUE_OF_TESTS
from tests.support.honest_clock import read_clock


def zone(name: str = "Europe/Berlin") -> Zone:
    """A zone that is sure to exist."""
    found = find_zone(name)
    assert found is not None
    return found


def instant(written: str, name: str = "Europe/Berlin") -> float:
    """The instant of a wall-clock time such as `2026-11-27 18:00`."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(name)).timestamp()


NOON = instant("2026-11-26 12:00")


def table(values: Mapping[str, Any], *, now: float = NOON, until: float = FOREVER, age: float = 0.0) -> Facts:
    """Facts in Berlin: a value, EMPTY or a Why by signal name; a Reading stands for itself."""
    readings = {name: _reading(name, value, now - age, until) for name, value in values.items()}
    return Facts(now, zone(), readings, "somebody")


def at(written: str, name: str = "Europe/Berlin") -> Facts:
    """Facts in which nothing but the clock is known."""
    now = instant(written, name)
    return Facts(now, zone(name), {**read_clock(name, now), "geo.time_zone": Reading("geo.time_zone", name, now)})


def _reading(name: str, value: Any, as_of: float, until: float) -> Reading:
    if isinstance(value, Reading):
        return value
    if isinstance(value, Why):
        return unknown(name, value, as_of=as_of, until=until)
    return Reading(name, value, as_of, until, "test")


def ruleset(*rules: Rule, required: Field | None = None, **more: Any) -> Ruleset:
    """A set of rules for a placeholder with a headline; `otherwise` links to the shop unless told otherwise."""
    headline = Field("headline", "text", fixed("Hello"))
    made = {
        "fields": (headline,) if required is None else (headline, required),
        "otherwise": Outcome(link=fixed("https://shop.example/")),
        **more,
    }
    return Ruleset("hero", "winter", "d1", CATALOGUE_OF_TESTS, rules=rules, **made)
