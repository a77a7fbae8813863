"""The compiled judge is the plain judge in a hurry: same winner, same horizon, same evidence, same wants."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, strategies as st

from app.engine.conditions import ALWAYS, Condition, every
from app.engine.decide import Decider
from app.engine.facts import Facts
from app.engine.judge import CompiledJudge, Judgement, PlainJudge
from app.engine.operators import Is, OneOf
from app.engine.readings import fold
from app.engine.signals import Kind
from tests.laws.laws import nothing_is_carried_over
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, MUNICH, SCENES, STILL_VALUES, Scene, clause
from tests.support.engine_strategies import Case, cases, condition, topics
from tests.support.engine_worlds import ALL_SIGNALS, a_world, below, pick, some_of
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)
MOST_RULES = 60


def _equalities() -> tuple[Condition, ...]:
    """Equality clauses over signals of every kind, among them values that never come."""
    found: list[Condition] = [clause("geo.city", OneOf(MUNICH.keys)), clause("geo.country", Is("it"))]
    for signal, values in STILL_VALUES.items():
        if CATALOGUE_OF_TESTS[signal].kind in Is.kinds - {Kind.NUMBER}:
            operands = [fold(value) if isinstance(value, str) else value for value in values]
            found += [clause(signal, Is(operand)) for operand in operands]
            found.append(clause(signal, OneOf(frozenset(operands))))
    return tuple(found)


EQUALITIES = _equalities()


def rule_list(draw: st.DrawFn, scene: Scene) -> tuple[Condition, ...]:
    """A list of rules as editors write them: equalities first, then anything, here and there nothing at all."""
    others = [condition(draw, topics(draw, scene)) for _ in range(4)]
    pool = (*EQUALITIES, *others, *others)
    many = pick(draw, (1, 3, 8, 20, MOST_RULES))
    found = [every([pick(draw, pool) for _ in range(1 + draw(below(4)))]) for _ in range(many)]
    return (*found, ALWAYS) if pick(draw, (False, True)) else tuple(found)


def opens(draw: st.DrawFn, scene: Scene) -> list[Facts]:
    """The facts of a few opens, some of them twice, with anything missing."""
    found = []
    for _ in range(1 + draw(below(3))):
        world, hidden = a_world(draw, scene, scene.base), some_of(draw, ALL_SIGNALS)
        for now in (scene.base, scene.base + 1000.0):
            whole = world.facts_at(now)
            told = {name: one for name, one in whole.readings.items() if name not in hidden}
            found += [whole, Facts(now, whole.zone, told)]
    return [*found, *found[:2]]


@dataclass(frozen=True)
class Bench:
    """A list of rules and the opens that are judged by it, one after the other."""

    rules: tuple[Condition, ...]
    opens: list[Facts]
    lane_up_to: int


@st.composite
def benches(draw: st.DrawFn) -> Bench:
    scene = pick(draw, SCENES)
    return Bench(rule_list(draw, scene), opens(draw, scene), pick(draw, (0, MOST_RULES)))


def without_reads(answer: Judgement) -> Judgement:
    """An answer without its evidence, which is compared for all searches of one open together."""
    return answer._replace(reads=0)


@law
@given(benches())
def test_the_compiled_judge_is_the_plain_judge(bench: Bench) -> None:
    """“With the same answers, horizons and evidence as the plain judge”, asked again and again."""
    plain = PlainJudge(bench.rules)
    compiled = CompiledJudge(bench.rules, CATALOGUE_OF_TESTS, lane_up_to=bench.lane_up_to)
    for facts in bench.opens:
        start, read, also_read = 0, 0, 0
        while True:
            truth, answer = plain.judge(facts, start), compiled.judge(facts, start)
            assert without_reads(answer) == without_reads(truth)
            if truth.wants:
                break
            read, also_read = read | truth.reads, also_read | answer.reads
            assert also_read == read
            if truth.winner < 0:
                break
            start = truth.winner + 1


@given(cases(people=2))
def test_a_decider_answers_the_same_with_either_judge(case: Case) -> None:
    """Decisions with readings and horizons, and what is wanted, are equal as values, whoever was answered before."""
    nothing_is_carried_over(Decider, case)
