"""Law (d): who caches an answer by its evidence and horizon may serve it to others; so may a reader of its headers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pytest
from hypothesis import given, strategies as st

from app.edge.dialect import Pairs
from app.edge.lifetime import Staleness
from app.edge.plain import Plain
from app.edge.policy import Policy
from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.facts import Facts
from tests.laws.laws import a_shared_cache_never_lies, decided, facts_of, keyed_on, said
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=3))
def test_a_shared_cache_never_lies(case: Case) -> None:
    """“A shared cache keyed by the reads never serves anything but the truth”, to whomever and whenever."""
    a_shared_cache_never_lies(Decider, case)


class HeaderCache:
    """A toy cache by RFC 9213 and RFC 5861: it knows a key and headers, and nothing of decisions.

    An answer is served while it is fresh, and for so long after that as `stale-while-revalidate` says.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[float, Decision]] = {}

    def keep(self, key: Hashable, headers: Pairs, answer: Decision, now: float) -> None:
        """Obey `CDN-Cache-Control`."""
        told = directives(dict(headers)[b"cdn-cache-control"].decode())
        if "no-store" not in told:
            self._kept[key] = now + told["max-age"] + told.get("stale-while-revalidate", 0), answer

    def find(self, key: Hashable, now: float) -> Decision | None:
        """What is served for that key now."""
        until, answer = self._kept.get(key, (0.0, None))
        return answer if now < until else None


def directives(field: str) -> Mapping[str, int]:
    """A targeted field as the dictionary of whole numbers that it is; a bare word counts as 1."""
    parts = (part.strip().partition("=") for part in field.split(","))
    return {name: int(value or 1) for name, _, value in parts}


def key_of(case: Case, facts: Facts) -> Hashable:
    """Everything the rules can read of somebody: the upper bound that a key is made of."""
    return tuple(keyed_on(name, facts) for name in sorted(case.ruleset.reads))


@law
@given(cases(people=3), st.integers(0, 5_000), st.lists(st.floats(0.1, 4_000), min_size=4, max_size=12))
def test_a_cache_that_knows_the_key_and_the_headers_never_lies(case: Case, asking: int, steps: list[float]) -> None:
    """The same of a cache that is told the key beforehand and the time by headers, also while it asks anew."""
    policy, cache, decider, now = Policy(Plain(), Staleness(asking, 0)), HeaderCache(), Decider(case.ruleset), 0.0
    for step in steps:
        now += step
        for world in case.people:
            facts = facts_of(case, world, world.start + now)
            truth = decided(decider, facts)
            kept = cache.find(key_of(case, facts), facts.now)
            if kept is None:
                cache.keep(key_of(case, facts), policy.shared(truth, (), facts.now), truth, facts.now)
            else:
                assert said(kept) == said(truth)
