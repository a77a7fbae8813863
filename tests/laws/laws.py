"""The five laws of the engine as plain functions over a case; each raises AssertionError where it is broken.

The tests hold every decider we ship to them; the mutation tests hold deciders with one mistake to them, and want them
to break.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from app.engine.clauses import ZONE_SIGNAL
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.judge import PlainJudge
from app.engine.readings import FOREVER, Reading
from app.engine.rules import Ruleset
from tests.laws.plain import plainly
from tests.support.engine_strategies import Case
from tests.support.engine_worlds import ALL_SIGNALS, World, told_apart
from tests.support.honest_clock import RUNNING, TIMES

Build = Callable[[Ruleset], Decider]
Law = Callable[[Build, Case], None]


def said(decision: Decision) -> tuple[Any, ...]:
    """What the world sees of a decision."""
    return (
        decision.rule,
        decision.fields,
        decision.captions,
        decision.link,
        decision.alt,
        decision.nothing,
    )


def facts_of(case: Case, world: World, now: float, hidden: frozenset[str] = frozenset()) -> Facts:
    """The facts as a resolver lays them: with what the campaign itself knows, and without what is hidden."""
    facts = with_own(case.ruleset, world.facts_at(now))
    told = {name: reading for name, reading in facts.readings.items() if name not in hidden}
    return Facts(now, facts.zone, told, facts.recipient)


def decided(decider: Decider, facts: Facts) -> Decision:
    """The decision of facts that lack nothing."""
    answer = decider.decide(facts)
    assert isinstance(answer, Decision), f"everything is told, and still it asks for {answer}"
    return answer


def partial_knowledge_never_changes_the_answer(build: Build, case: Case) -> None:
    """Law (a)."""
    decider, now = build(case.ruleset), case.world.start
    whole = decided(decider, facts_of(case, case.world, now))
    read = case.judged | set(whole.reads).intersection(ALL_SIGNALS)
    for hidden in (case.hidden, case.judged - case.hidden, *(frozenset({name}) for name in sorted(read))):
        answer = decider.decide(facts_of(case, case.world, now, hidden))
        if isinstance(answer, Pending):
            assert answer.wants, "it waits for nothing"
            assert answer.wants <= hidden, f"it asks for what it was told: {answer.wants - hidden}"
        else:
            assert said(answer) == said(whole)
            assert answer.until <= whole.until
            assert not hidden & set(answer.reads), "it rests on what it was never told"


def it_holds_until_its_horizon(build: Build, case: Case) -> None:
    """Law (b)."""
    decider, start = build(case.ruleset), case.world.start
    first = decided(decider, facts_of(case, case.world, start))
    assert first.until > start, "it was never true"
    for later in instants(start, first.until):
        then = decided(decider, facts_of(case, case.world, later))
        assert said(then) == said(first), f"{later - start} s later, with {first.until - later} s to its horizon"


def instants(start: float, until: float) -> Iterator[float]:
    """Instants before the horizon: the last of all, and in the next day those at which something else may change."""
    if until < FOREVER:
        yield start + 0.999999 * (until - start)
    for seconds in (40.0, 950.0, 1850.0, 2750.0, 3700.0, 4400.0, 5450.0, 8000.0, 10_900.0, 29_000.0, 80_000.0):
        if start + seconds < until:
            yield start + seconds


def only_the_reads_matter(build: Build, case: Case) -> None:
    """Law (c)."""
    decider, now = build(case.ruleset), case.world.start
    facts = facts_of(case, case.world, now)
    first = decided(decider, facts)
    unread = sorted((case.judged | {ZONE_SIGNAL}).difference(first.reads))
    varied = (world for name in unread for world in case.world.varied(name))
    for other in (*case.people[1:], *varied):
        changed = told_apart(facts, facts_of(case, other, now), frozenset(first.reads))
        assert said(decided(decider, changed)) == said(first)


class SharedCache:
    """A toy cache: each answer is kept with the readings it rests on, and dropped at its horizon."""

    def __init__(self) -> None:
        self._kept: list[tuple[dict[str, Hashable], Decision]] = []

    def keep(self, facts: Facts, decision: Decision) -> None:
        """Remember an answer under its reads."""
        self._kept.append(({name: keyed_on(name, facts) for name in decision.reads}, decision))

    def find(self, facts: Facts) -> Iterator[Decision]:
        """Every answer that may be served for these facts now."""
        for key, decision in self._kept:
            if facts.now < decision.until and all(keyed_on(name, facts) == value for name, value in key.items()):
                yield decision


def keyed_on(name: str, facts: Facts) -> Hashable:
    """What a cache keys on: the reading, but for a running clock the zone it is read in."""
    reading: Reading | None = facts.readings.get(name)
    if reading is None:
        return "not told"
    if name in RUNNING or name == ZONE_SIGNAL:
        return facts.zone.name, reading.known
    return reading.value, reading.why_unknown, None if name in TIMES else reading.as_of


def a_shared_cache_never_lies(build: Build, case: Case) -> None:
    """Law (d)."""
    decider, cache, now = build(case.ruleset), SharedCache(), case.world.start
    for step in (0.0, 13.0, 41.0, 700.0, 2600.0):
        now += step
        for world in case.people:
            facts = facts_of(case, world, now)
            truth = decided(decider, facts)
            for kept in cache.find(facts):
                assert said(kept) == said(truth), f"decided until {kept.until}, served at {now}"
            for known in (facts, facts_of(case, world, now, case.hidden)):
                answer = decider.decide(known)
                if isinstance(answer, Decision):
                    cache.keep(known, answer)


MOST_ROUNDS = 2
"""One while rules are judged, one while an outcome is filled; the sentence allows three."""


def rounds_are_bounded(build: Build, case: Case) -> None:
    """Law (e)."""
    decider, now = build(case.ruleset), case.world.start
    whole = facts_of(case, case.world, now)
    truth, rules = decided(decider, whole), PlainJudge([rule.condition for rule in case.ruleset.rules])
    for hidden in (case.hidden, case.judged, frozenset(ALL_SIGNALS)):
        facts, rounds = facts_of(case, case.world, now, hidden), 0
        while isinstance(answer := decider.decide(facts), Pending):
            rounds += 1
            assert rounds <= MOST_ROUNDS, f"it asks for the {rounds}th time: {sorted(answer.wants)}"
            facts = facts.plus({name: whole.readings[name] for name in answer.wants})
            assert not rules.judge(facts).wants, "rules are still pending after one round"
        assert said(answer) == said(truth)


def nothing_is_carried_over(build: Build, case: Case) -> None:
    """Deciding is a function: a decider that has answered others says what one says that never did."""
    decider = build(case.ruleset)
    conditions = [rule.condition for rule in case.ruleset.rules]
    for world in case.people:
        for hidden in (frozenset[str](), case.hidden, case.judged):
            for now in (world.start, world.start + 950.0, world.start):
                facts = facts_of(case, world, now, hidden)
                assert decider.decide(facts) == Decider(case.ruleset, PlainJudge(conditions)).decide(facts)


def it_says_what_it_means(build: Build, case: Case) -> None:
    """What is laid out, generated and kept beforehand says what the plain meaning says."""
    decider = build(case.ruleset)
    for world in case.people:
        facts = facts_of(case, world, world.start)
        assert said(decided(decider, facts)) == plainly(case.ruleset, facts)


FIVE_LAWS: tuple[Law, ...] = (
    partial_knowledge_never_changes_the_answer,
    it_holds_until_its_horizon,
    only_the_reads_matter,
    a_shared_cache_never_lies,
    rounds_are_bounded,
)
