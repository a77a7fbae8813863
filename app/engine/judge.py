"""Rules judged fast: the first that fires, with exactly the horizon and evidence of the plain judge.

`PlainJudge` asks each rule's condition in turn and is the meaning. `CompiledJudge` has a generated function for the
whole of a short list where everything is known (see `lane.py`). Else it unpacks the readings once, runs one generated
function a rule *shape* (see `shapes.py`) over them, and lets an index (see `shelves.py`) skip the rules that an
equality alone has settled. A property test holds the two judges against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from app.engine.conditions import Condition
from app.engine.facts import Facts
from app.engine.lane import LONGEST, lane
from app.engine.operators import comparable
from app.engine.readings import EMPTY, FOREVER
from app.engine.shapes import EMPTY_SLOT, KNOWN_SLOT, PENDING_SLOT, UNKNOWN_SLOT, Slots, compile_condition
from app.engine.shelves import Shelves
from app.engine.signals import Catalogue
from app.engine.verdicts import PENDING, UNKNOWN, YES


class Judgement(NamedTuple):
    """Which rule fires (-1: none), what all rules up to it rest on, and whether one of them was in doubt.

    With `wants` there is no answer yet: a rule before the first firing one is pending.
    """

    winner: int
    until: float = FOREVER
    reads: int = 0
    wants: int = 0
    doubtful: bool = False


class Judge(Protocol):
    """Finds the first rule at or after `start` that fires."""

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """Judge these facts."""
        ...


class PlainJudge:
    """The meaning of a rule list: every condition asked in turn."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._conditions = tuple(conditions)

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """First yes wins; horizons and reads of every rule passed over are part of the answer."""
        until, reads, wants, doubtful = FOREVER, 0, 0, False
        for place in range(start, len(self._conditions)):
            verdict = self._conditions[place].judge(facts)
            if verdict.truth == PENDING:
                wants |= verdict.wants
                continue
            until = min(until, verdict.until)
            reads |= verdict.reads
            if verdict.truth == YES:
                return Judgement(-1 if wants else place, until, reads, wants, doubtful)
            doubtful = doubtful or verdict.truth == UNKNOWN
        return Judgement(-1, until, reads, wants, doubtful)


class CompiledJudge:
    """The same answers in a fraction of the time. Lists of more than `lane_up_to` rules have no fast lane."""

    def __init__(self, conditions: Sequence[Condition], catalogue: Catalogue, *, lane_up_to: int = LONGEST) -> None:
        self._slots = Slots.of(conditions, catalogue)
        self._rules = tuple(compile_condition(condition, self._slots) for condition in conditions)
        self._shelves = Shelves.of(conditions, self._slots)
        self._lane = lane(conditions, catalogue, Judgement) if len(conditions) <= lane_up_to else None

    def judge(self, facts: Facts, start: int = 0) -> Judgement:
        """As `PlainJudge.judge`; for a later `start` the reads may name what the rules before it rested on."""
        if start == 0 and self._lane is not None and (found := self._lane(facts)) is not None:
            return found
        cells = unpack(facts, self._slots)
        shelf = self._shelves.shelf(cells)
        rules = self._rules
        until, reads, wants, doubtful, winner = FOREVER, 0, 0, False, -1
        for place in shelf.places:
            if place < start:
                continue
            truth, rule_until, rule_reads, rule_wants = rules[place](cells, facts)
            if truth == PENDING:
                wants |= rule_wants
                continue
            until = min(until, rule_until)
            reads |= rule_reads
            if truth == YES:
                winner = place
                break
            doubtful = doubtful or truth == UNKNOWN
        reads |= shelf.skipped_before(winner if winner >= 0 else len(rules))
        return Judgement(-1 if wants else winner, until, reads, wants, doubtful)


def unpack(facts: Facts, slots: Slots) -> list[Any]:
    """Three cells a signal: its state, its comparable value and its horizon."""
    cells: list[Any] = []
    get = facts.readings.get
    for signal, kind in slots.signals:
        reading = get(signal)
        if reading is None:
            cells += (PENDING_SLOT, None, FOREVER)
        elif reading.why_unknown is not None:
            cells += (UNKNOWN_SLOT, None, reading.until)
        elif reading.value is EMPTY:
            cells += (EMPTY_SLOT, None, reading.until)
        else:
            cells += (KNOWN_SLOT, comparable(kind, reading.value), reading.until)
    return cells
