"""One generated function a rule shape.

Most rules are a flat *all* of plain clauses. Rules of the same shape (the same signals and operators) differ in their
operands only, so one function is generated a shape and closed over the operands of each rule; ten thousand rules need
a handful of functions. What has no inline form is asked through its own `judge`. The source is made of signal
positions and operator templates alone, never of anything an editor wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from app.engine.clauses import Clause
from app.engine.conditions import All, Condition
from app.engine.facts import Facts
from app.engine.operators import NEGATIONS
from app.engine.readings import FOREVER
from app.engine.signals import Catalogue, Kind
from app.engine.verdicts import NO, PENDING, UNKNOWN, YES

KNOWN_SLOT: Final = 0
EMPTY_SLOT: Final = 1
UNKNOWN_SLOT: Final = 2
PENDING_SLOT: Final = 3

Test = Callable[[list[Any], Facts], tuple[int, float, int, int]]
"""Judges unpacked cells; what it answers reads as a `Verdict`, without the price of making one."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where the cells of each signal stand: signal n has its state at 3n, its value at 3n+1, its horizon at 3n+2."""

    signals: tuple[tuple[str, Kind], ...]
    place: dict[str, int]

    @classmethod
    def of(cls, conditions: Sequence[Condition], catalogue: Catalogue) -> Slots:
        """Slots for the signals of all clauses that can be judged inline."""
        clauses = (clause for condition in conditions for clause in clauses_of(condition) if inline(clause))
        names = {name for clause in clauses for name in clause.signals()}
        ordered = [name for name in catalogue if name in names]
        return cls(
            tuple((name, catalogue[name].kind) for name in ordered),
            {name: 3 * position for position, name in enumerate(ordered)},
        )


def clauses_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that must all hold: those of a flat *all*, or the one itself."""
    return condition.conditions if isinstance(condition, All) else (condition,)


def inline(condition: Condition) -> bool:
    """Whether a condition is a clause over unpacked cells."""
    return isinstance(condition, Clause) and condition.max_age is None


def compile_condition(condition: Condition, slots: Slots) -> Test:
    """The condition's judge over unpacked cells."""
    shape: list[tuple[str, int, int, bool] | None] = []
    operands: list[Any] = []
    for one in clauses_of(condition):
        if isinstance(one, Clause) and inline(one):
            source = one.operator.source(one.kind)
            shape.append((source or "c(v)", slots.place[one.signal], one.bit, type(one.operator) in NEGATIONS))
            operands.append(one.operator.test if source is None else one.operator.operand)  # type: ignore[attr-defined]
        else:
            shape.append(None)
            operands.append(one.judge)
    return _factory(tuple(shape))(*operands)


INLINE = """
        state = cells[{place}]
        if state == 0:
            v = cells[{place} + 1]
            passes = {test}
        elif state == 1:
            passes = {empty}
        elif state == 2:
            passes = None
            if truth == 1:
                truth = 2
        else:
            passes = None
            truth = 3
            wants |= {bit}
        h = cells[{place} + 2]
        if passes is False:
            if h == FOREVER:
                return no{n}
            if h > best_until:
                best_until = h
                best = {bit}
        elif state != 3:
            if h < until:
                until = h
            reads |= {bit}
"""

CALLED = """
        verdict = c{n}(facts)
        answer, h, r, w = verdict
        if answer == 0:
            if h > best_until:
                best_until = h
                best = r
            if h == FOREVER:
                return verdict
        elif answer == 3:
            truth = 3
            wants |= w
        else:
            if answer == 2 and truth == 1:
                truth = 2
            if h < until:
                until = h
            reads |= r
"""

FRAME = """
def shape({names}):
    {constants}
    def judge(cells, facts):
        until = FOREVER
        best_until = NEVER
        truth, best, reads, wants = 1, 0, 0, 0
        {body}
        if best_until != NEVER:
            return 0, best_until, best, 0
        return truth, until, reads, wants
    return judge
"""


@lru_cache(maxsize=4096)
def _factory(shape: tuple[tuple[str, int, int, bool] | None, ...]) -> Callable[..., Test]:
    """Generate the function of a shape. The numbers in the templates are those of `Truth` and of the slot states."""
    body, constants = [], ["pass"]
    for n, clause in enumerate(shape):
        if clause is None:
            body.append(CALLED.format(n=n))
            continue
        test, place, bit, empty = clause
        named = _with_operand(test, f"c{n}")
        body.append(INLINE.format(n=n, place=place, bit=bit, test=named, empty=empty))
        constants.append(f"no{n} = 0, FOREVER, {bit}, 0")
    names = ", ".join(f"c{n}" for n in range(len(shape)))
    source = FRAME.format(names=names, constants="; ".join(constants), body="".join(body).strip() or "pass")
    namespace: dict[str, Any] = {"FOREVER": FOREVER, "NEVER": -FOREVER}
    exec(source, namespace)  # the source is this file's templates filled with numbers
    made: Callable[..., Test] = namespace["shape"]
    return made


def _with_operand(test: str, name: str) -> str:
    """The operator's source with its operand `c` named for this clause."""
    return re.sub(r"\bc\b", name, test)


assert (NO, YES, UNKNOWN, PENDING) == (0, 1, 2, 3), "the templates above are written in these numbers"
