"""An index over equality clauses: which rules can still fire, given the values of a few signals.

A rule stands on a shelf by the equality clauses that its condition begins with (`is` and `one_of`, in the order of the
catalogue). Where such a signal is known for ever and differs, the plain judge says no, for ever, resting on that signal
alone; so the rule need not be asked, and the signal is noted as read if the winner stands behind the first such rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.engine.clauses import Clause
from app.engine.conditions import Condition
from app.engine.operators import Is, OneOf
from app.engine.readings import FOREVER
from app.engine.shapes import EMPTY_SLOT, KNOWN_SLOT, Slots, clauses_of, inline

DEPTH: Final = 3
"""How many equality clauses of a rule are used; more would cost memory and skip little."""

REMEMBERED: Final = 200_000
"""How many places all remembered shelves may list together."""

UNUSABLE: Final = object()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rules to ask, in order, and the signals that settled the others: (first rule settled, bit)."""

    places: tuple[int, ...]
    skips: tuple[tuple[int, int], ...]

    def skipped_before(self, winner: int) -> int:
        """The signals that settled a rule before `winner` without asking it."""
        reads = 0
        for place, bit in self.skips:
            if place < winner:
                reads |= bit
        return reads


@dataclass(slots=True)
class _Node:
    """Rules whose equality clauses end here, and those that go on, by signal."""

    here: list[int] = field(default_factory=list)
    branches: dict[int, _Branch] = field(default_factory=dict)

    def everything(self) -> list[int]:
        found = list(self.here)
        for branch in self.branches.values():
            for _, node in branch.groups:
                found += node.everything()
        return found


@dataclass(slots=True)
class _Branch:
    """One signal: groups of rules that ask for the same values, each with its first rule, in that order."""

    bit: int
    groups: list[tuple[int, _Node]] = field(default_factory=list)
    by_operand: dict[Any, int] = field(default_factory=dict)
    by_value: dict[Any, list[int]] = field(default_factory=dict)

    def node_for(self, operand: Any, place: int) -> _Node:
        group = self.by_operand.get(operand)
        if group is None:
            group = self.by_operand[operand] = len(self.groups)
            self.groups.append((place, _Node()))
            for value in operand if isinstance(operand, frozenset) else (operand,):
                self.by_value.setdefault(value, []).append(group)
        return self.groups[group][1]

    def matching(self, value: Any) -> set[int]:
        values = value if isinstance(value, frozenset) else (value,)
        return {group for one in values for group in self.by_value.get(one, ())}


class Shelves:
    """The index of one rule list. Lookups are remembered by the values they depend on, within a bound."""

    def __init__(self, root: _Node, indexed: tuple[int, ...]) -> None:
        self._root = root
        self._indexed = indexed
        self._remembered: dict[tuple[Any, ...], Shelf] = {}
        self._listed = 0

    @classmethod
    def of(cls, conditions: Sequence[Condition], slots: Slots) -> Shelves:
        """Index these conditions by their place in the sequence."""
        root, indexed = _Node(), set()
        for place, condition in enumerate(conditions):
            node = root
            for clause in _equalities(condition):
                slot = slots.place[clause.signal]
                indexed.add(slot)
                branch = node.branches.setdefault(slot, _Branch(clause.bit))
                node = branch.node_for(clause.operator.operand, place)  # type: ignore[attr-defined]
            node.here.append(place)
        return cls(root, tuple(sorted(indexed)))

    def shelf(self, cells: list[Any]) -> Shelf:
        """The rules to ask for these cells."""
        key = tuple([_usable(cells, slot) for slot in self._indexed])
        shelf = self._remembered.get(key)
        return shelf if shelf is not None else self._look_up(key, cells)

    def _look_up(self, key: tuple[Any, ...], cells: list[Any]) -> Shelf:
        places: list[int] = []
        skips: dict[int, int] = {}
        _collect(self._root, cells, places, skips)
        shelf = Shelf(tuple(sorted(places)), tuple((place, bit) for bit, place in skips.items()))
        if self._listed + len(places) > REMEMBERED:
            self._remembered.clear()
            self._listed = 0
        self._remembered[key] = shelf
        self._listed += len(places) + 1
        return shelf


def _equalities(condition: Condition) -> list[Clause]:
    """The equality clauses a condition begins with."""
    found: list[Clause] = []
    for clause in clauses_of(condition):
        if len(found) == DEPTH or not isinstance(clause, Clause) or not inline(clause):
            break
        if not isinstance(clause.operator, Is | OneOf) or clause.signal in {one.signal for one in found}:
            break
        found.append(clause)
    return found


def _usable(cells: list[Any], slot: int) -> Any:
    """The value of a signal that is settled for ever; an empty one is settled too and equals nothing."""
    if cells[slot] <= EMPTY_SLOT and cells[slot + 2] == FOREVER:
        return cells[slot + 1] if cells[slot] == KNOWN_SLOT else None
    return UNUSABLE


def _collect(node: _Node, cells: list[Any], places: list[int], skips: dict[int, int]) -> None:
    places += node.here
    for slot, branch in node.branches.items():
        value = _usable(cells, slot)
        if value is UNUSABLE:
            for _, inner in branch.groups:
                places += inner.everything()
            continue
        matching = branch.matching(value)
        for group in matching:
            _collect(branch.groups[group][1], cells, places, skips)
        first = next((place for group, (place, _) in enumerate(branch.groups) if group not in matching), None)
        if first is not None:
            skips[branch.bit] = min(first, skips.get(branch.bit, first))
