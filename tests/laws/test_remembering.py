"""Remembered decisions: one law makes them safe, and this holds the memory to what the decider would say anew."""

from __future__ import annotations

from hypothesis import given

from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.readings import FOREVER, Why, unknown
from app.engine.remembering import A_MOMENT_S, Remembering, Told
from app.engine.rules import Outcome, Ruleset
from app.engine.signals import CATALOGUE
from tests.laws.laws import decided, facts_of, instants, said
from tests.support.engine_strategies import Case, cases

RULES = Ruleset("hero", "spring", "set", CATALOGUE, (), (), Outcome())
ANSWER = Decision("hero", "spring", "otherwise", (), (), "", "", False, (), 5.0, "set")


def told() -> Told:
    """What sources told of one request: nobody looks inside, only the identity counts."""
    return ({}, {}, {})


@given(cases(people=1))
def test_what_is_remembered_is_what_would_be_decided(case: Case) -> None:
    """“It holds until its horizon”: the same request has the same answer till then, whatever the clock says."""
    decider, remembering, start = Decider(case.ruleset), Remembering(case.ruleset), case.world.start
    facts, request = facts_of(case, case.world, start), told()
    first = decided(decider, facts)
    remembering.keep(start, request, facts.recipient, first)
    assert remembering.recall(start, request, facts.recipient) is first
    for later in instants(start, first.until):
        recalled = remembering.recall(later, request, facts.recipient)
        if recalled is not None:
            assert said(recalled) == said(decided(decider, facts_of(case, case.world, later)))


@given(cases(people=1))
def test_nothing_is_remembered_beyond_its_horizon_or_before_its_beginning(case: Case) -> None:
    decider, remembering, start = Decider(case.ruleset), Remembering(case.ruleset), case.world.start
    facts, request = facts_of(case, case.world, start), told()
    first = decided(decider, facts)
    remembering.keep(start, request, facts.recipient, first)
    for other in (start - 1.0, *(() if first.until == FOREVER else (first.until, first.until + 1.0))):
        assert remembering.recall(other, request, facts.recipient) is None


@given(cases(people=1))
def test_another_request_is_not_this_one(case: Case) -> None:
    decider, remembering, start = Decider(case.ruleset), Remembering(case.ruleset), case.world.start
    facts, request = facts_of(case, case.world, start), told()
    remembering.keep(start, request, facts.recipient, decided(decider, facts))
    assert remembering.recall(start, told(), facts.recipient) is None
    assert remembering.recall(start, request[:1], facts.recipient) is None
    if case.ruleset.lots or case.ruleset.holdout:
        assert remembering.recall(start, request, f"{facts.recipient}, another") is None


def test_a_lesser_answer_is_remembered_for_a_moment_only() -> None:
    remembering, request = Remembering(RULES), told()
    lesser = ANSWER._replace(readings=(unknown("weather.condition", Why.UPSTREAM_LATE, as_of=0.0, until=5.0),))
    for answer, lasts in ((ANSWER, 5.0), (lesser, A_MOMENT_S)):
        remembering.keep(0.0, request, "", answer)
        assert remembering.recall(lasts - 0.01, request, "") is answer
        assert remembering.recall(lasts, request, "") is None


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    remembering, requests = Remembering(RULES, 3), [told() for _ in range(4)]
    for request in requests:
        remembering.keep(0.0, request, "", ANSWER)
    recalled = [remembering.recall(0.0, request, "") for request in requests]
    assert recalled == [None, None, None, ANSWER]
