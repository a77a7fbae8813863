"""Why a decision came out as it did: the same pure functions run a second time over the same facts, with a trace.

Explaining is never a cost of deciding. A step is a rule or one of its conditions with its verdict in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.conditions import Condition
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.rules import Ruleset
from app.engine.verdicts import Truth, Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """One condition and what it said; `because` are the readings a leaf rests on, in words."""

    sentence: str
    truth: str
    until: float
    because: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    rule: str = ""
    note: str = ""


def explain(ruleset: Ruleset, facts: Facts, decision: Decision) -> tuple[Step, ...]:
    """Every rule up to the one that won, each with its conditions."""
    steps = []
    for rule in ruleset.rules:
        step = _step(rule.condition, facts, rule=rule.name, note=rule.note)
        steps.append(step)
        if rule.name == decision.rule:
            break
    return tuple(steps)


def _step(condition: Condition, facts: Facts, rule: str = "", note: str = "") -> Step:
    verdict = condition.judge(facts)
    inner = tuple(_step(one, facts) for one in condition.parts())
    because = () if inner else tuple(_because(facts, name) for name in condition.signals())
    return Step(condition.sentence, _word(verdict), verdict.until, because, inner, rule, note)


def _word(verdict: Verdict) -> str:
    return Truth(verdict.truth).name.lower()


def _because(facts: Facts, name: str) -> str:
    reading = facts.readings.get(name)
    if reading is None:
        return f"{name} has not been asked for"
    if reading.why_unknown is not None:
        return f"{name} is unknown: {reading.why_unknown.sentence}"
    value = "empty" if reading.value is EMPTY else shown(reading.value)
    return f"{name} is {value}" + (f" ({reading.source})" if reading.source else "")


def shown(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e9 else f"{value:.0f}"
    return str(value)


def step_to_json(step: Step) -> dict[str, Any]:
    """A step as plain values, for `explain --json`."""
    named = {"rule": step.rule} if step.rule else {}
    noted = {"note": step.note} if step.note else {}
    return {
        **named,
        **noted,
        "sentence": step.sentence,
        "truth": step.truth,
        "until": None if step.until == FOREVER else step.until,
        "because": list(step.because),
        "steps": [step_to_json(one) for one in step.steps],
    }


def plain(reading: Reading) -> Any:
    """A reading's value as JSON can carry it."""
    value = reading.value
    return value if isinstance(value, bool | int | float) or value is None else str(value)
