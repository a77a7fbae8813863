"""Deciding: which rule wins, what doubt does, what is waited for, and what the answer rests on."""

from __future__ import annotations

import pytest

from app.engine.conditions import ALWAYS, Not, every
from app.engine.decide import Decider, decide
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.lottery import HELD_OUT, HOLDOUT_SIGNAL, TAKING_PART, lot
from app.engine.operators import Below, Is
from app.engine.readings import FOREVER, Reading, Rung, Why
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.words import NOTHING_SAID, Words, fixed
from tests.support.engine_scenes import clause
from tests.support.engine_strategies import bound
from tests.support.engine_tables import NOON, ruleset, table

GERMAN, COLD = clause("geo.country", Is("de")), clause("weather.temperature", Below(15))
HERE = Rule("here", GERMAN, Outcome({"headline": fixed("Hallo")}, fixed("https://shop.example/de")))
COSY = Rule("cosy", COLD, Outcome({"headline": fixed("Brr")}))
DOUBT = Outcome({"headline": fixed("Who knows")})
PRICE = Field("price", "money", NOTHING_SAID, required=True)


def decided(rules: Ruleset, facts: Facts) -> Decision:
    answer = decide(rules, facts)
    assert isinstance(answer, Decision), f"it still asks for {answer.wants}"
    return answer


def test_the_first_yes_wins() -> None:
    both = table({"geo.country": "DE", "weather.temperature": 3.0})
    assert decided(ruleset(HERE, COSY), both).rule == "here"
    assert decided(ruleset(COSY, HERE), both).rule == "cosy"


def test_no_yes_and_no_doubt_is_otherwise() -> None:
    assert decided(ruleset(HERE, unknown=DOUBT), table({"geo.country": "FR"})).rule == "otherwise"


def test_no_yes_but_a_doubt_is_unknown() -> None:
    hidden = table({"geo.country": Why.HIDDEN_BY_PROXY})
    assert decided(ruleset(HERE, unknown=DOUBT), hidden).fields == (("headline", "Who knows"),)
    assert decided(ruleset(HERE, unknown=DOUBT), hidden).rule == "unknown"
    assert decided(ruleset(HERE), hidden).rule == "otherwise"


def test_a_doubt_before_a_yes_does_not_matter() -> None:
    facts = table({"geo.country": Why.HIDDEN_BY_PROXY, "weather.temperature": 3.0})
    assert decided(ruleset(HERE, COSY, unknown=DOUBT), facts).rule == "cosy"


def test_what_was_passed_over_is_part_of_the_answer() -> None:
    readings = {
        "geo.country": Reading("geo.country", "FR", NOON, NOON + 100),
        "weather.temperature": Reading("weather.temperature", 3.0, NOON, NOON + 900),
    }
    answer = decided(ruleset(HERE, COSY), table(readings))
    assert answer.reads == ("geo.country", "weather.temperature")
    assert answer.until == NOON + 100


def test_what_was_not_needed_is_not_in_the_answer() -> None:
    answer = decided(ruleset(HERE, COSY), table({"geo.country": "DE", "weather.temperature": 3.0}))
    assert answer.reads == ("geo.country",)
    assert answer.until == FOREVER


def test_a_rule_that_waits_holds_back_the_ones_behind_it() -> None:
    assert decide(ruleset(COSY, HERE), table({"geo.country": "DE"})) == Pending(frozenset({"weather.temperature"}))


def test_a_cheap_no_settles_a_rule_before_the_weather_is_asked() -> None:
    both = Rule("both", every([COLD, GERMAN]), Outcome())
    assert decided(ruleset(both), table({"geo.country": "FR"})).rule == "otherwise"


def test_all_pending_rules_are_asked_at_once() -> None:
    asked = decide(ruleset(COSY, HERE), table({}))
    assert asked == Pending(frozenset({"weather.temperature", "geo.country"}))


def test_a_rule_without_its_required_field_counts_as_unknown() -> None:
    assert decided(ruleset(HERE, required=PRICE, unknown=DOUBT), table({"geo.country": "DE"})).rule == "unknown"


def test_a_rule_that_shows_nothing_lacks_no_required_field() -> None:
    silent = Rule("silent", ALWAYS, Outcome(nothing=True))
    assert decided(ruleset(silent, required=PRICE), table({})).rule == "silent"


def test_the_search_goes_on_behind_a_rule_that_cannot_be_filled() -> None:
    told = Words({"": (bound("param.code"),)})
    first = Rule("first", ALWAYS, Outcome({"price": told}))
    second = Rule("second", COLD, Outcome({"price": fixed("9 €")}))
    facts = table({"param.code": Why.NOT_IN_URL, "weather.temperature": 3.0})
    answer = decided(ruleset(first, second, required=PRICE), facts)
    assert answer.rule == "second"
    assert answer.reads == ("weather.temperature", "param.code")


HOLDOUT = lot(HOLDOUT_SIGNAL, "winter", {HELD_OUT: 50, TAKING_PART: 50})


def test_who_is_held_out_sees_otherwise_whatever_the_rules_say() -> None:
    rules = ruleset(Rule("all", ALWAYS, Outcome()), holdout=HOLDOUT)
    answers = {name: decided(rules, Facts(NOON, table({}).zone, {}, name)) for name in ("ada", "grace", "edsger", "")}
    assert {answer.rule for answer in answers.values()} == {"all", "otherwise"}
    assert all(answer.reads == (HOLDOUT_SIGNAL,) for answer in answers.values())
    assert answers[""].rule == "all"


def test_a_pinned_arm_is_not_drawn_and_ends_with_its_pin() -> None:
    rules = ruleset(Rule("all", ALWAYS, Outcome()), holdout=HOLDOUT)
    pinned = Reading(HOLDOUT_SIGNAL, HELD_OUT, NOON, NOON + 5)
    answer = decided(rules, table({HOLDOUT_SIGNAL: pinned}))
    assert (answer.rule, answer.until) == ("otherwise", NOON + 5)


def test_the_worst_reading_sets_the_rung() -> None:
    stale = Reading("weather.temperature", 3.0, NOON, rung=Rung.STALE)
    assert decided(ruleset(COSY), table({"weather.temperature": stale})).rung is Rung.STALE
    assert decided(ruleset(COSY), table({"weather.temperature": Why.UPSTREAM_LATE})).rung is Rung.UNKNOWN
    assert decided(ruleset(COSY), table({"weather.temperature": Why.HIDDEN_BY_PROXY})).rung is Rung.LIVE


def test_equal_answers_are_equal_values_and_carry_the_digest_of_their_rules() -> None:
    facts = table({"geo.country": "DE"})
    assert decided(ruleset(HERE), facts) == Decider(ruleset(HERE)).decide(facts)
    assert decided(ruleset(HERE), facts).ruleset == "d1"


@pytest.mark.parametrize("hidden", [Why.HIDDEN_BY_PROXY, Why.NOT_PERMITTED])
def test_not_of_unknown_fires_for_nobody(hidden: Why) -> None:
    abroad = Rule("abroad", Not(GERMAN), Outcome())
    assert decided(ruleset(abroad), table({"geo.country": hidden})).rule == "otherwise"
    assert decided(ruleset(abroad), table({"geo.country": "FR"})).rule == "abroad"
