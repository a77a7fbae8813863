"""The laws bite: for each of these mistakes, Hypothesis finds a case in which the law that forbids it is broken."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, settings, strategies as st

from app.engine.decide import Decider
from tests.laws.laws import (
    FIVE_LAWS,
    Build,
    Law,
    a_shared_cache_never_lies,
    it_holds_until_its_horizon,
    it_says_what_it_means,
    nothing_is_carried_over,
    only_the_reads_matter,
    partial_knowledge_never_changes_the_answer,
    rounds_are_bounded,
)
from tests.laws.mutants import (
    AsksOneRuleAtATime,
    ForgetsEarlierReads,
    SkipsPendingRules,
    TakesOnlyTheMatchingHorizon,
    judged_by,
    rewritten,
    without_boundaries,
)
from tests.laws.test_rounds import hopeless
from tests.support.engine_strategies import Case, cases

pytestmark = pytest.mark.timeout(600)
SEARCH = settings(
    max_examples=4_000,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def broken_by(law: Law, build: Build, case: Case) -> bool:
    """Whether the law does not hold for this decider in this case; deciding never raises, so that breaks it too."""
    try:
        law(build, case)
    except Exception:
        return True
    return False


def assert_bites(law: Law, build: Build, among: st.SearchStrategy[Case]) -> None:
    """A case that breaks the law is found, and the true engine keeps the law in that very case."""
    case = find(among, lambda case: broken_by(law, build, case), settings=SEARCH, random=Random(2026))
    law(Decider, case)


A = partial_knowledge_never_changes_the_answer
B = it_holds_until_its_horizon
C = only_the_reads_matter
D = a_shared_cache_never_lies
E = rounds_are_bounded
F = nothing_is_carried_over
G = it_says_what_it_means
PEOPLE: dict[Law, int] = {A: 1, B: 1, C: 3, D: 3, E: 1, F: 2, G: 1}

BY_SEAM: list[tuple[str, Law, Build]] = [
    ("an earlier rule's reads forgotten", C, judged_by(ForgetsEarlierReads)),
    ("an earlier rule's reads forgotten, seen by a cache", D, judged_by(ForgetsEarlierReads)),
    ("only the matching rule's horizon taken", B, judged_by(TakesOnlyTheMatchingHorizon)),
    ("a time operator that names no boundary", B, without_boundaries),
    ("a pending rule skipped", A, judged_by(SkipsPendingRules)),
    ("one pending rule asked for at a time", E, judged_by(AsksOneRuleAtATime)),
]

BY_REWRITING: list[tuple[str, Law, str, str, str]] = [
    (
        "a rule that the index skipped leaves no evidence",
        C,
        "judge",
        "reads |= shelf.skipped_before(",
        "_ = shelf.skipped_before(",
    ),
    ("the index trusts a value that will end", B, "shelves", "and cells[slot + 2] == FOREVER", ""),
    ("the generated judge wants nothing", A, "shapes", "            wants |= {bit}", "            wants |= 0"),
    (
        "the generated judge forgets a no's horizon",
        B,
        "shapes",
        "if h == FOREVER:\n                return no{n}",
        "return no{n}",
    ),
    ("the fast lane forgets evidence", C, "lane", "        reads |= by", "        reads |= 0"),
    ("the fast lane holds for too long", B, "lane", "        if best < until:\n            until = best\n", ""),
    ("the fast lane takes an unknown for a value", C, "lane", "reading.why_unknown is not None or ", ""),
    (
        "what rests on something is filled once for all",
        F,
        "filling",
        "not (self._reads or self._wants or self._rows)",
        "not (self._wants or self._rows)",
    ),
    ("a link does not know fields that are settled", G, "filling", "self._fields.update(script.settled[0])", "pass"),
    ("a required field may be missing", G, "filling", "                complete = False", "                pass"),
    ("a text leaves no evidence", C, "filling", "        self._reads |= bit", "        self._reads |= 0"),
    ("a text outlives its reading", B, "filling", "min(self._until, reading.until)", "self._until"),
    (
        "a text outlives the minute it shows",
        B,
        "filling",
        "min(self._until, self._facts.end_of_minute())",
        "self._until",
    ),
    ("a part's pending row is skipped", A, "filling", "self._wants |= verdict.wants", "self._wants |= 0"),
    ("a part's row leaves no evidence", C, "filling", "self._reads |= verdict.reads", "self._reads |= 0"),
    ("a part's row outlives its condition", B, "filling", "min(self._until, verdict.until)", "self._until"),
    (
        "what could not be filled is forgotten",
        C,
        "decide",
        "reads | filled.reads\n            if filled.wants",
        "reads\n            if filled.wants",
    ),
    (
        "hopeless rules ask one by one",
        E,
        "decide",
        "self._everything(facts) if start else self._pending",
        "self._pending",
    ),
]


@pytest.mark.parametrize(("law", "build"), [mutant[1:] for mutant in BY_SEAM], ids=[mutant[0] for mutant in BY_SEAM])
def test_a_mistake_behind_a_seam_breaks_a_law(law: Law, build: Build) -> None:
    """The four mistakes that the laws were made for, and more of their kind."""
    assert_bites(law, build, cases(people=PEOPLE[law]))


@pytest.mark.parametrize(
    ("law", "module", "old", "new"), [one[1:] for one in BY_REWRITING], ids=[one[0] for one in BY_REWRITING]
)
def test_a_mistake_in_the_source_breaks_a_law(law: Law, module: str, old: str, new: str) -> None:
    """One line of the engine written differently."""
    among = hopeless() if law is E else cases(people=PEOPLE[law])
    assert_bites(law, rewritten(module, old, new), among)


def test_an_engine_rewritten_without_a_change_keeps_every_law() -> None:
    """It is the changed line that breaks a law, not the rewriting."""
    same = rewritten("decide", "class Decider:", "class Decider:")
    for law in FIVE_LAWS:
        case = find(cases(people=2), lambda _: True, settings=SEARCH, random=Random(7))
        assert not broken_by(law, same, case)
