"""One clause as two regions: the facts for which it says yes, and those for which it says no.

A question that fits no order (`contains`, a spelling of a name) is a side of its own with the answers true and false,
so that the same question asked twice is still seen to be the same.
"""

from __future__ import annotations

from typing import Any, Final

from app.authoring.insight.boxes import NOWHERE, Box, Domain, Region, Side, both, either
from app.authoring.insight.spans import (
    EVERY,
    Spans,
    above,
    at_least,
    at_most,
    below,
    points,
    starting,
)
from app.engine.calendar import DAY
from app.engine.clauses import Asks, Clause, MovingClause, Near, Window
from app.engine.conditions import Condition
from app.engine.moving import Age, InClockRange, InMomentRange, InSpanRange, Moment
from app.engine.operators import (
    NEGATIONS,
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Is,
    IsNot,
    NoneOf,
    OneOf,
    Operator,
    StartsWith,
)
from app.engine.signals import Kind

Answers = tuple[Region, Region]
"""Where a condition says yes, and where it says no."""

NOW: Final[Side] = ("now",)
TRUE: Final = Domain(points([True]))
FALSE: Final = Domain(points([False]))
NOTHING: Final = Domain(empty=True)
SOMETHING: Final = Domain(EVERY)
UNKNOWN: Final = Domain(unknown=True)
_DAY: Final = at_least(0) & below(DAY)
_LENGTHS: Final = at_least(0)
_EQUALITIES: Final = (Is, IsNot, OneOf, NoneOf)


def answers(condition: Condition, universe: Spans = EVERY) -> Answers:
    """Where a condition that is made of no others says yes and no; `universe` are the values its signal can have."""
    match condition:
        case Clause():
            return _fresh(_clause(condition, universe), condition)
        case MovingClause():
            return _fresh(_moving(condition), condition)
        case Asks():
            return _asks(condition, universe)
        case Window():
            return _stretches(condition.range, NOW)
        case Near():
            return _near(condition)
        case _:
            return _question((condition,))


def _clause(clause: Clause, universe: Spans) -> Answers:
    if clause.kind is Kind.NAME:
        return _name(clause)
    negated = type(clause.operator) in NEGATIONS
    passing = _passing(clause.operator, universe)
    if passing is None:
        return _asked_of(clause.signal, (clause.operator,))
    yes = Domain(passing & universe, empty=negated)
    no = Domain(universe - passing, empty=not negated)
    return _side((clause.signal,), yes), _side((clause.signal,), no)


def _asks(asks: Asks, universe: Spans) -> Answers:
    if asks.about == "known":
        holds, fails = Domain(universe, empty=True), UNKNOWN
    else:
        holds, fails = NOTHING, Domain(universe)
    found = _side((asks.signal,), holds), _side((asks.signal,), fails)
    return found if asks.wanted else found[::-1]


def _side(side: Side, domain: Domain) -> Region:
    return (Box({side: domain}),) if domain else NOWHERE


def _question(side: Side) -> Answers:
    return _side(side, TRUE), _side(side, FALSE)


def _asked_of(signal: str, question: Side) -> Answers:
    """A question about a value; the answer for an empty one is no."""
    yes = Box({(signal,): SOMETHING, (signal, *question): TRUE})
    no = Box({(signal,): Domain(EVERY, empty=True), (signal, *question): FALSE})
    return (yes,), (no,)


def _passing(operator: Operator, universe: Spans) -> Spans | None:
    """The values that an operator lets pass; None where they have no order to stand in."""
    operand: Any = getattr(operator, "operand", None)
    match operator:
        case Is():
            return points([operand])
        case OneOf():
            return points(operand)
        case IsNot():
            return ~points([operand])
        case NoneOf():
            return ~points(operand)
        case AtLeast():
            return at_least(operand)
        case Above():
            return above(operand)
        case AtMost():
            return at_most(operand)
        case Below():
            return below(operand)
        case Between():
            return at_least(operand[0]) & at_most(operand[1])
        case StartsWith():
            return starting(operand)
    if universe.begins_inside:
        return None
    return points(value for value, _ in universe.cuts if operator.test(value))


def _name(clause: Clause) -> Answers:
    """A name has several spellings, so that two different ones do not exclude each other."""
    operator = clause.operator
    if not isinstance(operator, _EQUALITIES):
        return _asked_of(clause.signal, (operator,))
    spellings = operator.operand if isinstance(operator, OneOf | NoneOf) else (operator.operand,)
    asked = [_asked_of(clause.signal, ("spelt", one)) for one in sorted(spellings)]
    found = either(yes for yes, _ in asked), both(no for _, no in asked)
    return found[::-1] if type(operator) in NEGATIONS else found


def _moving(clause: MovingClause) -> Answers:
    signal, operator = clause.signal, clause.operator
    match operator:
        case InClockRange():
            inside = _arc(operator.start, operator.end)
            yes, no = Domain(inside), Domain(_DAY - inside, empty=True)
            return _side((signal,), yes), _side((signal,), no)
        case InMomentRange():
            return _valued(signal, _stretches(operator, (signal,), facet="moment"))
        case InSpanRange():
            inside = at_least(operator.start) & below(operator.end)
            yes, no = Domain(inside), Domain(_LENGTHS - inside, empty=True)
            return _side((signal,), yes), _side((signal,), no)
        case Age():
            older = _side((signal, "age"), Domain(at_least(operator.seconds)))
            newer = _side((signal, "age"), Domain(below(operator.seconds)))
            return _valued(signal, (older, newer) if operator.older else (newer, older))
        case _:
            return _asked_of(signal, (operator,))


def _valued(signal: str, found: Answers) -> Answers:
    """Answers about a value; an empty one says no."""
    some = _side((signal,), SOMETHING)
    yes, no = found
    return both((some, yes)), either((_side((signal,), NOTHING), both((some, no))))


def _arc(start: int, end: int) -> Spans:
    """A stretch of the day, which may run through midnight."""
    return _DAY & (at_least(start) & below(end) if start < end else at_least(start) | below(end))


def _stretches(range: InMomentRange, side: Side, facet: str = "instant") -> Answers:
    """A range of moments. Absolute edges and wall-clock edges are two orders, each in a side of its own."""
    edges = [(range.start, True)] * (range.start is not None) + [(range.end, False)] * (range.end is not None)
    found = [_edge(moment, (*side, facet), begins=begins) for moment, begins in edges if moment is not None]
    return both(yes for yes, _ in found), either(no for _, no in found)


def _edge(moment: Moment, side: Side, *, begins: bool) -> Answers:
    here: Side = (*side, "wall" if moment.is_local else "absolute")
    after, before = _side(here, Domain(at_least(moment.at))), _side(here, Domain(below(moment.at)))
    return (after, before) if begins else (before, after)


def _near(near: Near) -> Answers:
    """Yes compares the far end of the circle of accuracy, no the near end: two figures, each in an order of its own."""
    place: Side = ("distance", near.latitude, near.longitude)
    farthest, nearest = Domain(at_most(near.km)), Domain(above(near.km))
    return _side((*place, "farthest"), farthest), _side((*place, "nearest"), nearest)


def _fresh(found: Answers, clause: Clause | MovingClause) -> Answers:
    """Answers of a clause with `max_age`: whatever is older is unknown to it."""
    if clause.max_age is None:
        return found
    young = _side((clause.signal, "as of"), Domain(below(clause.max_age)))
    return both((young, found[0])), both((young, found[1]))
