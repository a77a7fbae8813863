"""When what a rule showed is over: the rule is gone, or the calendar has ended it for good."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.engine.clauses import ZONE_BIT, Window
from app.engine.conditions import ALWAYS, Condition, Not, every
from app.engine.moving import InMomentRange, Moment
from app.engine.operators import Is, OneOf
from app.engine.over import is_over
from app.engine.phases import Phases
from app.engine.rules import OTHERWISE, UNKNOWN, Outcome, Rule
from tests.support.engine_scenes import clause
from tests.support.engine_tables import NOON, instant, ruleset, zone

SALE = Phases((("teaser", Moment(NOON)), ("live", Moment(NOON + 60)), ("over", Moment(NOON + 120))))
RAIN = clause("weather.condition", Is("rain"))
LIVE = clause("phase", Is("live"))


def window(start: float | None, end: float | None) -> Window:
    edges = (None if edge is None else Moment(edge) for edge in (start, end))
    return Window(InMomentRange(*edges, runs=True), 0, "from … until …")


def over(condition: Condition, now: float) -> bool:
    return is_over(ruleset(Rule("shown", condition, Outcome()), phases=SALE), "shown", now, zone())


def test_what_is_not_there_is_over_and_what_is_shown_where_no_rule_fires_never_is() -> None:
    rules = ruleset(Rule("other", ALWAYS, Outcome()))
    assert is_over(rules, "shown", NOON, zone())
    assert not any(is_over(rules, name, NOON, zone()) for name in ("other", OTHERWISE, UNKNOWN))


@pytest.mark.parametrize(
    ("condition", "ends"),
    [
        (window(None, NOON + 50), NOON + 50),
        (every([RAIN, window(NOON - 50, NOON + 50)]), NOON + 50),
        (LIVE, NOON + 120),
        (every([LIVE, RAIN]), NOON + 120),
        (clause("phase", Is("live"), 60.0), NOON + 120),
        (every([clause("phase", OneOf(frozenset({"teaser", "over"}))), window(None, NOON + 300)]), NOON + 300),
        (Not(clause("phase", Is("over")), "not over"), NOON + 120),
    ],
)
def test_it_is_over_once_the_calendar_never_lets_it_be_shown_again(condition: Condition, ends: float) -> None:
    """Before its time it is not over either, nor between two times."""
    assert not any(over(condition, now) for now in (NOON - 100, NOON, NOON + 30, ends - 0.5))
    assert over(condition, ends)
    assert over(condition, NOON + 1e6)


@pytest.mark.parametrize("condition", [ALWAYS, RAIN, Not(RAIN, "no rain"), clause("geo.time_zone", Is("Asia/Tokyo"))])
def test_what_only_weather_or_place_have_ended_is_not_over(condition: Condition) -> None:
    assert not over(condition, NOON + 1e6)


def test_midnight_comes_to_each_zone_in_its_turn() -> None:
    midnight = InMomentRange(None, Moment(datetime(2026, 11, 27)), runs=True)
    rules = ruleset(Rule("shown", Window(midnight, ZONE_BIT, "until midnight"), Outcome()))
    now = instant("2026-11-26 20:00")
    assert is_over(rules, "shown", now, zone("Asia/Tokyo"))
    assert not is_over(rules, "shown", now, zone())
