"""Law (e): rounds of I/O are bounded, also where rule after rule cannot be filled."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from app.engine.conditions import ALWAYS, Condition
from app.engine.decide import Decider
from app.engine.operators import Is
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.words import NOTHING_SAID, Words, fixed
from tests.laws.laws import rounds_are_bounded
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, SCENES, STILL_VALUES, clause
from tests.support.engine_strategies import Case, bound, cases
from tests.support.engine_worlds import ALL_SIGNALS, a_world, below, pick
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=1))
def test_rounds_of_io_are_bounded(case: Case) -> None:
    """“Rounds of I/O are bounded: one while rules are judged, at most three in all”; the engine needs two."""
    rounds_are_bounded(Decider, case)


SPELLABLE = tuple(name for name in STILL_VALUES if CATALOGUE_OF_TESTS[name].kind in Is.kinds)


@st.composite
def hopeless(draw: st.DrawFn) -> Case:
    """Many rules that fire or ask for something in turns, and none of which has a price to show."""
    scene = SCENES[0]
    world = a_world(draw, scene, scene.base)
    rules = []
    for place in range(6 + draw(below(9))):
        signal = SPELLABLE[place % len(SPELLABLE)]
        options: tuple[Condition, ...] = (ALWAYS, clause(signal, Is("nobody")))
        price = pick(draw, (NOTHING_SAID, Words({"": (bound(signal),)})))
        rules.append(Rule(f"r{place}", pick(draw, options), Outcome({"price": price})))
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
