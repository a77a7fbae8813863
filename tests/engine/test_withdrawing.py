"""What is recalled is decided as if it had not been written, and everything else as before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from app.engine.conditions import ALWAYS
from app.engine.decide import Decider, decide
from app.engine.decision import Decision
from app.engine.operators import Is
from app.engine.readings import Why
from app.engine.rules import OTHERWISE, UNKNOWN, Field, Outcome, Part, Row, Rule, Ruleset
from app.engine.withdrawals import Withdrawal
from app.engine.withdrawing import withdrawing
from app.engine.words import NOTHING_SAID, fixed
from tests.laws.laws import decided, facts_of, said
from tests.support.engine_scenes import clause
from tests.support.engine_strategies import Case, cases
from tests.support.engine_tables import ruleset, table
from tests.support.profiles import law

RAIN = Rule("rain", clause("weather.condition", Is("rain")), Outcome({"headline": fixed("9 €")}, fixed("https://a/9")))
MEMBERS = Rule("members", ALWAYS, Outcome({"headline": fixed("Members")}))
RULES = ruleset(RAIN, MEMBERS)


def shown(rules: Ruleset, *withdrawn: str, **values: Any) -> tuple[str, Any, str]:
    found = withdrawing(rules, map(Withdrawal.of, withdrawn))
    answer = decide(found, table({"weather.condition": "rain", **values}))
    assert isinstance(answer, Decision)
    assert (answer.ruleset == rules.digest) is (not found.withdrawn)
    return answer.rule, dict(answer.fields).get("headline"), answer.link


def test_a_rule_is_passed_over_and_the_next_that_fires_is_shown() -> None:
    assert shown(RULES) == ("rain", "9 €", "https://a/9")
    assert shown(RULES, "winter/rain") == ("members", "Members", "https://shop.example/")
    assert shown(RULES, "winter/rain", "winter/members") == ("otherwise", "Hello", "https://shop.example/")


def test_a_field_takes_its_default_also_where_a_part_gives_it() -> None:
    assert shown(RULES, "winter/rain.headline") == ("rain", "Hello", "https://a/9")
    part = Part("voucher", (Row(show={"headline": fixed("15 €")}),))
    giving = ruleset(Rule("only", ALWAYS, Outcome(takes=("voucher",))), parts={"voucher": part})
    assert shown(giving)[1] == "15 €"
    assert shown(giving, "winter/only.headline")[1] == "Hello"


def test_without_a_required_field_the_rule_counts_as_unknown() -> None:
    price = Field("price", "text", NOTHING_SAID, required=True)
    priced = Rule("priced", ALWAYS, Outcome({"price": fixed("9 €")}))
    doubtful = ruleset(priced, required=price, unknown=Outcome({"headline": fixed("Ask us")}))
    assert shown(doubtful)[0] == "priced"
    assert shown(doubtful, "winter/priced.price")[:2] == ("unknown", "Ask us")


def test_fields_of_the_last_outcomes_can_be_withdrawn() -> None:
    last = ruleset(RAIN, otherwise=Outcome({"headline": fixed("o")}), unknown=Outcome({"headline": fixed("u")}))
    assert shown(last, f"winter/{OTHERWISE}.headline", **{"weather.condition": "snow"})[1] == "Hello"
    assert shown(last, f"winter/{UNKNOWN}.headline", **{"weather.condition": Why.UPSTREAM_LATE})[1] == "Hello"


def test_what_is_of_another_campaign_changes_nothing() -> None:
    assert withdrawing(RULES, [Withdrawal("summer", "rain")]) is RULES
    assert withdrawing(RULES, []) is RULES


@pytest.mark.parametrize("written", ["newyear/rain", "newyear/rain-evening.price_2"])
def test_names_come_back_as_they_were_written(written: str) -> None:
    assert str(Withdrawal.of(written)) == written


@pytest.mark.parametrize(
    "written", ["", "rain", "/rain", "newyear/", "newyear/rain.", "a/b/c", "newyear/rain.price.x", "a b/c"]
)
def test_other_names_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not written as"):
        Withdrawal.of(written)


@law
@given(cases(), st.data())
def test_it_decides_like_a_set_in_which_the_rules_are_drafts(case: Case, data: st.DataObject) -> None:
    """“Passed over as if it were a draft”; and no more is read than of the whole set, whose key caches go on using."""
    rules, facts = case.ruleset, facts_of(case, case.world, case.world.start)
    gone, short = (data.draw(st.frozensets(st.sampled_from([rule.name for rule in rules.rules]))) for _ in range(2))
    dropped = withdrawing(rules, [Withdrawal("laws", name) for name in gone])
    assert said(decided(Decider(dropped), facts)) == said(decided(Decider(rules.without(gone)), facts))
    assert withdrawing(dropped, [Withdrawal("laws", name, "headline") for name in short]).reads <= rules.reads
