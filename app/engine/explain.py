"""Why a decision came out as it did: the same pure functions run a second time over the same facts, with a trace.

Explaining is never a cost of deciding. A step is a rule or one of its conditions with its verdict in words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.engine.calendar import Zone
from app.engine.clauses import Near
from app.engine.conditions import Condition
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.lottery import HELD_OUT
from app.engine.readings import EMPTY, Reading, Why
from app.engine.rules import Ruleset
from app.engine.signals import Catalogue, Kind, Signal
from app.engine.verdicts import UNKNOWN, YES, Truth


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
    """Every rule up to the one that won, each with its conditions; for who is held out, that alone."""
    if (lot := ruleset.holdout) is not None and (drawn := facts.readings[lot.signal]).value == HELD_OUT:
        because = (_because(facts, ruleset.catalogue[lot.signal]),)
        return (Step("held out of the campaign", _word(YES), drawn.until, because),)
    steps: list[Step] = []
    for rule in ruleset.rules:
        step = _step(rule.condition, facts, ruleset.catalogue, rule=rule.name, note=rule.note)
        if rule.name == decision.rule:
            return (*steps, step)
        steps.append(replace(step, truth=_word(UNKNOWN), because=UNFILLED) if step.truth == _word(YES) else step)
    return tuple(steps)


UNFILLED = ("a required field could not be filled",)
"""Why a rule did not win although its condition says yes."""


def _step(condition: Condition, facts: Facts, catalogue: Catalogue, rule: str = "", note: str = "") -> Step:
    verdict = condition.judge(facts)
    inner = tuple(_step(one, facts, catalogue) for one in condition.parts())
    because = () if inner else tuple(_because(facts, catalogue[name]) for name in condition.signals())
    if verdict.truth == UNKNOWN and not inner:
        because += _undecided(condition, facts)
    return Step(condition.sentence, _word(verdict.truth), verdict.until, because, inner, rule, note)


def _undecided(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """Why a condition is unknown although all that it reads is known."""
    readings = (facts.readings.get(name) for name in condition.signals())
    if any(reading is not None and not reading.known for reading in readings):
        return ()
    return ((Why.CANNOT_TELL if isinstance(condition, Near) else Why.TOO_OLD).sentence,)


def _word(truth: int) -> str:
    return Truth(truth).name.lower()


def _because(facts: Facts, signal: Signal) -> str:
    reading = facts.readings.get(signal.name)
    if reading is None:
        return f"{signal.name} has not been asked for"
    source = f" ({reading.source})" if reading.source else ""
    return f"{signal.name} is {told(reading, signal.kind, facts.zone)}{source}"


def told(reading: Reading, kind: Kind, zone: Zone) -> str:
    """What a reading says, as people write it; times in that zone."""
    if reading.why_unknown is not None:
        return f"unknown: {reading.why_unknown.sentence}"
    if reading.value is EMPTY:
        return "empty"
    if kind is Kind.CLOCK:
        minutes = int(reading.value) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if kind is Kind.MOMENT:
        return f"{zone.wall(reading.value):%Y-%m-%d %H:%M}"
    return shown(reading.value)


def shown(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e9 else f"{value:.0f}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def plain(reading: Reading) -> Any:
    """A reading's value as JSON can carry it; of a list the keys of its items."""
    value = reading.value
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def plain_field(value: Any) -> Any:
    """A field's value as JSON can carry it; of a list its items, each with its fields."""
    if isinstance(value, tuple):
        return [{name: plain_field(said) for name, said in entry.values} for entry in value]
    return value if isinstance(value, bool | int | float) else str(value)
