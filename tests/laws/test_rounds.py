"""Law (e): rounds of I/O are bounded, also where rule after rule cannot be filled."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from app.engine.conditions import ALWAYS
from app.engine.decide import Decider
from app.engine.judge import PlainJudge
from app.engine.operators import Is
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.words import NOTHING_SAID, Words, fixed
from tests.laws.laws import facts_of, rounds_are_bounded
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, SCENES, STILL_VALUES, clause
from tests.support.engine_strategies import Case, bound, cases
from tests.support.engine_worlds import ALL_SIGNALS, World, worlds

pytestmark = pytest.mark.timeout(600)


@given(cases(people=1))
def test_rounds_of_io_are_bounded(case: Case) -> None:
    """“Rounds of I/O are bounded: one while rules are judged, at most three in all”; the engine needs two."""
    rounds_are_bounded(Decider, case)


@given(cases(people=1))
def test_after_one_round_no_rule_is_pending(case: Case) -> None:
    """“All pending rules are asked at once, so there is one round of I/O while rules are judged.”"""
    judge = PlainJudge([rule.condition for rule in case.ruleset.rules])
    whole = facts_of(case, case.world, case.world.start)
    facts = facts_of(case, case.world, case.world.start, case.judged)
    asked = CATALOGUE_OF_TESTS.names_in(judge.judge(facts).wants)
    assert not judge.judge(facts.plus({name: whole.readings[name] for name in asked})).wants


SPELLABLE = tuple(name for name in STILL_VALUES if CATALOGUE_OF_TESTS[name].kind in Is.kinds)


@st.composite
def hopeless(draw: st.DrawFn) -> Case:
    """Many rules that fire or ask for something in turns, and none of which has a price to show."""
    scene = SCENES[0]
    world: World = draw(worlds(scene, scene.base))
    rules = []
    for place in range(draw(st.integers(6, 14))):
        signal = SPELLABLE[place % len(SPELLABLE)]
        condition = ALWAYS if draw(st.booleans()) else clause(signal, Is("nobody"))
        price = draw(st.sampled_from((NOTHING_SAID, Words({"": (bound(signal),)}))))
        rules.append(Rule(f"r{place}", condition, Outcome({"price": price})))
    ruleset = Ruleset(
        placeholder="hero",
        campaign="laws",
        digest="d1",
        catalogue=CATALOGUE_OF_TESTS,
        fields=(Field("price", "money", NOTHING_SAID, required=True),),
        rules=tuple(rules),
        otherwise=Outcome(link=fixed("https://shop.example/")),
    )
    return Case(ruleset, (world,), frozenset(ALL_SIGNALS))


@given(hopeless())
def test_rules_that_cannot_be_filled_do_not_ask_one_by_one(case: Case) -> None:
    """“At most three in all”, however many rules are passed over because a required field stays empty."""
    rounds_are_bounded(Decider, case)
