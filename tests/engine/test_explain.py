"""Explanations: every rule up to the winner, each condition with its verdict and what it rests on, in words."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.clauses import NEAR_SIGNALS
from app.engine.conditions import ALWAYS, Not, every
from app.engine.decide import decide, with_own
from app.engine.decision import Decision
from app.engine.explain import Step, explain, plain, shown, told
from app.engine.facts import Facts
from app.engine.lottery import HELD_OUT, HOLDOUT_SIGNAL, TAKING_PART, lot
from app.engine.operators import Below, Is
from app.engine.readings import EMPTY, FOREVER, Name, Reading, Why
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.signals import Kind
from app.engine.words import NOTHING_SAID
from tests.support.engine_scenes import clause, near
from tests.support.engine_tables import NOON, ruleset, table, zone

GERMAN, COLD = clause("geo.country", Is("de")), clause("weather.temperature", Below(15))
COSY = Rule("cosy", every([GERMAN, COLD]), Outcome(), note="agreed in November")
ABROAD = Rule("abroad", Not(GERMAN), Outcome())
REST = Rule("rest", ALWAYS, Outcome())


def explained(rules: Ruleset, values: dict[str, Any], **more: Any) -> tuple[Step, ...]:
    facts: Facts = with_own(rules, table(values, **more))
    answer = decide(rules, facts)
    assert isinstance(answer, Decision)
    return explain(rules, facts, answer)


def test_it_tells_every_rule_up_to_the_one_that_won() -> None:
    steps = explained(ruleset(ABROAD, COSY, REST), {"geo.country": "DE", "weather.temperature": 3.0})
    assert [(step.rule, step.truth) for step in steps] == [("abroad", "no"), ("cosy", "yes")]
    assert steps[1].note == "agreed in November"


def test_each_condition_says_what_it_is_and_what_it_rests_on() -> None:
    (step,) = explained(ruleset(COSY), {"geo.country": "DE", "weather.temperature": 3.0}, until=NOON + 900)
    assert step.sentence == "all of"
    assert [(inner.sentence, inner.truth, inner.until) for inner in step.steps] == [
        ("geo.country is de", "yes", NOON + 900),
        ("weather.temperature below 15", "yes", NOON + 900),
    ]
    assert step.steps[1].because == ("weather.temperature is 3 (test)",)


def test_it_says_why_something_is_unknown() -> None:
    (step,) = explained(ruleset(ABROAD), {"geo.country": Why.HIDDEN_BY_PROXY})
    assert step.truth == "unknown"
    assert step.steps[0].because == ("geo.country is unknown: hidden by the mail proxy",)


def test_it_says_why_known_values_settle_nothing() -> None:
    fresh = Rule("fresh", clause("weather.temperature", Below(15), max_age=600), Outcome())
    (step,) = explained(ruleset(fresh), {"weather.temperature": 3.0}, age=900)
    assert (step.truth, step.because) == (
        "unknown",
        ("weather.temperature is 3 (test)", "older than the rule allows"),
    )
    close = Rule("close", near(48.1, 11.6, 10), Outcome())
    (step,) = explained(ruleset(close), {"geo.latitude": 48.1, "geo.longitude": 11.6, "geo.accuracy_km": 20.0})
    assert (step.truth, step.because[-1]) == ("unknown", "the accuracy does not settle it")
    (step,) = explained(ruleset(close), dict.fromkeys(NEAR_SIGNALS, Why.TOO_COARSE))
    assert len(step.because) == len(NEAR_SIGNALS)


def test_it_says_that_nobody_asked_because_nobody_had_to() -> None:
    (step,) = explained(ruleset(COSY), {"geo.country": "FR"})
    assert (step.truth, step.until) == ("no", FOREVER)
    assert step.steps[1].because == ("weather.temperature has not been asked for",)


def test_a_rule_that_could_not_be_filled_says_so_and_counts_as_unknown() -> None:
    price = Field("price", "money", NOTHING_SAID, required=True)
    (step,) = explained(ruleset(COSY, required=price), {"geo.country": "DE", "weather.temperature": 3.0})
    assert (step.truth, step.because) == ("unknown", ("a required field could not be filled",))


def test_who_is_held_out_is_told_that_alone() -> None:
    held = lot(HOLDOUT_SIGNAL, "winter", {HELD_OUT: 1, TAKING_PART: 1})
    pinned = Reading(HOLDOUT_SIGNAL, HELD_OUT, NOON)
    (step,) = explained(ruleset(REST, holdout=held), {HOLDOUT_SIGNAL: pinned})
    assert (step.sentence, step.truth, step.because) == (
        "held out of the campaign",
        "yes",
        ("split.holdout is held_out",),
    )


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (True, Kind.BOOLEAN, "true"),
        (14.5, Kind.NUMBER, "14.5"),
        (14.0, Kind.NUMBER, "14"),
        (17 * 3600 + 5 * 60, Kind.CLOCK, "17:05"),
        (17.0 * 3600, Kind.CLOCK, "17:00"),
        (NOON, Kind.MOMENT, "2026-11-26 12:00"),
        (EMPTY, Kind.TEXT, "empty"),
        (Name("München", also=("Munich",)), Kind.NAME, "München"),
    ],
)
def test_values_are_told_as_people_write_them(value: Any, kind: Kind, words: str) -> None:
    assert told(Reading("geo.city", value, NOON), kind, zone()) == words


def test_large_numbers_are_written_out_and_json_gets_plain_values() -> None:
    assert shown(1_795_690_800.0) == "1795690800"
    assert [plain(Reading("x", value, 0.0)) for value in (3, None, Name("München"), EMPTY)] == [3, None, "München", ""]
