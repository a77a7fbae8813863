"""Deciders with one mistake each, to prove that the laws bite.

Where the engine has a seam (a judge is handed in, conditions are objects), a mistake is a small class. Where it has
none, the engine's own source is run again in private modules with one line replaced; nothing that is imported changes.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from app.engine.calendar import Zone
from app.engine.clauses import MovingClause
from app.engine.conditions import All, Any as AnyOf, Condition, Not
from app.engine.decide import Decider
from app.engine.facts import Facts
from app.engine.judge import Judge, Judgement, PlainJudge
from app.engine.lane import LONGEST
from app.engine.moving import InClockRange, Moving
from app.engine.readings import FOREVER
from app.engine.rules import Ruleset
from app.engine.verdicts import PENDING
from tests.laws.laws import Build

JudgeOf = Callable[[Sequence[Condition]], Judge]


class ForgetsEarlierReads:
    """An earlier rule's reads forgotten: only those of the rule that fires."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._conditions = conditions
        self._plain = PlainJudge(conditions)

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """The plain answer, with less evidence."""
        answer = self._plain.judge(facts, start)
        if answer.winner < 0:
            return answer
        return answer._replace(reads=self._conditions[answer.winner].judge(facts).reads)


class TakesOnlyTheMatchingHorizon(ForgetsEarlierReads):
    """Only the matching rule's horizon taken."""

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """The plain answer, held for too long."""
        answer = self._plain.judge(facts, start)
        if answer.winner < 0:
            return answer
        return answer._replace(until=self._conditions[answer.winner].judge(facts).until)


class SkipsPendingRules(ForgetsEarlierReads):
    """A pending rule skipped, as if it said no."""

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """The plain answer of the rules that are not pending."""
        places = [n for n, one in enumerate(self._conditions) if n >= start and one.judge(facts).truth != PENDING]
        answer = PlainJudge([self._conditions[n] for n in places]).judge(facts)
        return answer if answer.winner < 0 else answer._replace(winner=places[answer.winner])


class AsksOneRuleAtATime(ForgetsEarlierReads):
    """Only the first pending rule is asked for."""

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """The plain answer, wanting less."""
        answer = self._plain.judge(facts, start)
        if not answer.wants:
            return answer
        verdicts = (one.judge(facts) for one in self._conditions[start:])
        return answer._replace(wants=next(verdict.wants for verdict in verdicts if verdict.truth == PENDING))


def judged_by(make: JudgeOf) -> Build:
    """Deciders with that judge."""
    return lambda ruleset: Decider(ruleset, make([rule.condition for rule in ruleset.rules]))


@dataclass(frozen=True, slots=True)
class Boundless:
    """A time operator that names no boundary."""

    operator: Moving

    @property
    def reads_zone(self) -> bool:
        """As the operator does."""
        return self.operator.reads_zone

    def test_at(self, value: Any, now: float, zone: Zone) -> tuple[bool, float]:
        """The operator's truth, for ever."""
        return self.operator.test_at(value, now, zone)[0], FOREVER


def boundless(condition: Condition) -> Condition:
    """The condition with clock ranges that never turn."""
    match condition:
        case All(conditions, sentence):
            return All(tuple(boundless(one) for one in conditions), sentence)
        case AnyOf(conditions, sentence):
            return AnyOf(tuple(boundless(one) for one in conditions), sentence)
        case Not(inner, sentence):
            return Not(boundless(inner), sentence)
        case MovingClause(operator=InClockRange() as operator):
            return replace(condition, operator=Boundless(operator))
    return condition


def without_boundaries(ruleset: Ruleset) -> Decider:
    """A decider for rules whose clock ranges name no boundary."""
    rules = tuple(replace(rule, condition=boundless(rule.condition)) for rule in ruleset.rules)
    return Decider(replace(ruleset, rules=rules))


CHAIN = ("shapes", "shelves", "lane", "judge", "filling", "decide")
"""The modules that are run again, each on top of the ones before it."""

GENERAL = ("shapes", "shelves", "judge")


def rewritten(changed: str, old: str, new: str) -> Build:
    """Deciders of an engine in which one line of one module is written differently.

    Where the general judge is changed, they have no fast lane, which would seldom let it speak.
    """
    private: dict[str, ModuleType] = {}
    for name in (f"app.engine.{short}" for short in CHAIN):
        original = importlib.import_module(name)
        source = inspect.getsource(original)
        if name.endswith(f".{changed}"):
            assert source.count(old) == 1, f"{name} has this {source.count(old)} times, renew the mutation: {old}"
            source = source.replace(old, new)
        private[name] = _run(name, source, private)
    decider, judge = private["app.engine.decide"].Decider, private["app.engine.judge"].CompiledJudge
    lane_up_to = 0 if changed in GENERAL else LONGEST

    def build(ruleset: Ruleset) -> Decider:
        conditions = [rule.condition for rule in ruleset.rules]
        built: Decider = decider(ruleset, judge(conditions, ruleset.catalogue, lane_up_to=lane_up_to))
        return built

    return build


def _run(name: str, source: str, private: Mapping[str, ModuleType]) -> ModuleType:
    """A module of this source that sees the private modules in place of the imported ones."""

    def import_privately(wanted: str, *rest: Any, **named: Any) -> ModuleType:
        return private.get(wanted) or builtins.__import__(wanted, *rest, **named)

    module = ModuleType(name)
    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": import_privately}
    exec(compile(source, f"<mutated {name}>", "exec"), module.__dict__)
    return module
