"""Remembered decisions: two laws make them safe, and this holds the memory to what the decider would say anew."""

from __future__ import annotations

from hypothesis import given, settings

from app.engine.decide import Decider
from app.engine.facts import Facts
from app.engine.readings import FOREVER
from app.engine.remembering import Remembering
from tests.laws.laws import decided, facts_of, instants, said
from tests.support.engine_strategies import Case, cases


def as_sources_lay(case: Case, before: Facts, now: float) -> Facts:
    """The facts at a later instant, with the very reading objects of before where nothing has changed."""
    then = facts_of(case, case.world, now)
    kept = {
        name: before.readings[name] if before.readings.get(name) == reading else reading
        for name, reading in then.readings.items()
    }
    return Facts(now, then.zone, kept, then.recipient)


@given(cases(people=1))
def test_what_is_remembered_is_what_would_be_decided(case: Case) -> None:
    """“It holds until its horizon” and “only the reads matter”: so the same readings have the same answer till then."""
    decider, remembering, start = Decider(case.ruleset), Remembering(case.ruleset), case.world.start
    facts = facts_of(case, case.world, start)
    first = decided(decider, facts)
    remembering.keep(facts, first)
    assert remembering.recall(facts) is first
    for later in instants(start, first.until):
        then = as_sources_lay(case, facts, later)
        recalled = remembering.recall(then)
        if recalled is not None:
            assert said(recalled) == said(decided(decider, then))


@settings(max_examples=200)  # no law of its own: a bound
@given(cases(people=1))
def test_nothing_is_remembered_beyond_its_horizon_or_before_its_beginning(case: Case) -> None:
    decider, remembering, start = Decider(case.ruleset), Remembering(case.ruleset), case.world.start
    facts = facts_of(case, case.world, start)
    first = decided(decider, facts)
    remembering.keep(facts, first)
    for other in (start - 1.0, *(() if first.until == FOREVER else (first.until, first.until + 1.0))):
        assert remembering.recall(Facts(other, facts.zone, facts.readings, facts.recipient)) is None
