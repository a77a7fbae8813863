"""Conditions: what can be judged, and the combinations all, any and not. Judging one is total and leaves no trace.

Every node answers `judge(facts)` with a Verdict and lists the signals it may read; what it asks is in `clauses.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from app.engine.facts import Facts
from app.engine.verdicts import NO, YES, Verdict, join, negate


class Condition(Protocol):
    """Anything that can be judged against facts."""

    @property
    def sentence(self) -> str:
        """How an explanation writes it."""
        ...

    def judge(self, facts: Facts) -> Verdict:
        """What it says about these facts, until when, and resting on what."""
        ...

    def signals(self) -> Iterator[str]:
        """Every signal it may read."""
        ...

    def rank(self) -> int:
        """The earliest signal it may read, as its bit in the catalogue; 0 if it reads none."""
        ...

    def parts(self) -> tuple[Condition, ...]:
        """The conditions it is made of, for explanations."""
        ...


def ordered(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """In the order of the catalogue, so that what an editor wrote first makes no difference to the evidence."""
    return tuple(sorted(conditions, key=lambda condition: (condition.rank(), condition.sentence)))


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    conditions: tuple[Condition, ...]
    sentence: str = "all of"

    def judge(self, facts: Facts) -> Verdict:
        """Any no settles it."""
        return join((condition.judge(facts) for condition in self.conditions), decisive=NO, neutral=YES)

    def signals(self) -> Iterator[str]:
        """Those of its conditions."""
        for condition in self.conditions:
            yield from condition.signals()

    def rank(self) -> int:
        """The lowest of its conditions'."""
        return min((condition.rank() for condition in self.conditions), default=0)

    def parts(self) -> tuple[Condition, ...]:
        """Its conditions."""
        return self.conditions


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of them."""

    conditions: tuple[Condition, ...]
    sentence: str = "any of"

    def judge(self, facts: Facts) -> Verdict:
        """Any yes settles it."""
        return join((condition.judge(facts) for condition in self.conditions), decisive=YES, neutral=NO)

    def signals(self) -> Iterator[str]:
        """Those of its conditions."""
        for condition in self.conditions:
            yield from condition.signals()

    def rank(self) -> int:
        """The lowest of its conditions'."""
        return min((condition.rank() for condition in self.conditions), default=0)

    def parts(self) -> tuple[Condition, ...]:
        """Its conditions."""
        return self.conditions


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown stays unknown."""

    condition: Condition
    sentence: str = "not"

    def judge(self, facts: Facts) -> Verdict:
        """Yes and no swapped."""
        return negate(self.condition.judge(facts))

    def signals(self) -> Iterator[str]:
        """Those of its condition."""
        return self.condition.signals()

    def rank(self) -> int:
        """That of its condition."""
        return self.condition.rank()

    def parts(self) -> tuple[Condition, ...]:
        """Its condition."""
        return (self.condition,)


def every(conditions: Iterable[Condition]) -> Condition:
    """All of them, nested alls taken apart, in the order of the catalogue; a single one stands for itself."""
    flat: list[Condition] = []
    for condition in conditions:
        flat += condition.conditions if isinstance(condition, All) else (condition,)
    return flat[0] if len(flat) == 1 else All(ordered(flat))


ALWAYS = All(())
"""The condition of a rule without `when`."""
