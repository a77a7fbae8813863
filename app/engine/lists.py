"""Lists: the items of a table that a campaign picks, in its own order, with what is counted before the cut.

A list rests on its table and on the clock alone: what it holds is a function of the instant, and comes with the instant
at which that may change. Conditions of items are judged as those of rules are, on readings of the item's fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import Any, Final, Literal, NamedTuple

from app.engine.calendar import Zone
from app.engine.conditions import ALWAYS, Condition
from app.engine.facts import Facts
from app.engine.readings import EMPTY, FOREVER, Reading, Why, fold, unknown
from app.engine.verdicts import UNKNOWN, YES
from app.engine.words import Alternative, Fixed

Order = Literal["ascending", "descending"]

CENTS: Final = 6
"""Decimals that a sum keeps; what lies behind them comes of adding binary fractions."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One row of a table, by field: what conditions ask about (`readings`), and what is shown (`says`)."""

    key: str
    readings: Mapping[str, Reading]
    says: Mapping[str, Alternative]

    def __str__(self) -> str:
        return self.key


class Entry(NamedTuple):
    """An item as this recipient reads it: its key, and what its fields say; those that say nothing are left out."""

    key: str
    values: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return self.key


def entries_of(signal: str, known: Mapping[str, Any]) -> tuple[Entry, ...] | None:
    """The items of a list, as somebody reads them of whom these signals are known; None where there are none."""
    items: tuple[Item, ...] = known.get(signal) or ()
    return tuple(Entry(item.key, tuple(_said(item, known))) for item in items) or None


def entry_in_slot(signal: str, slot: str, known: Mapping[str, Any]) -> tuple[Entry, ...] | None:
    """Of a list the one item whose number, from 1, a signal says."""
    items: tuple[Item, ...] = known.get(signal) or ()
    number = int(known.get(slot) or 1)
    return entries_of(signal, {**known, signal: items[number - 1 : number]})


def _said(item: Item, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, alternative in item.says.items():
        value = alternative.value if isinstance(alternative, Fixed) else alternative.produce(known)
        if value is not None and value != "":
            yield name, value


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of a campaign, over the items of a table in the order in which they are shown.

    An item is in the list where `where` says yes. `limit` cuts what is shown; `count`, and `total` (the sum of the
    field `summed`), are those before the cut, and unknown while it is unknown of an item whether it is in the list.
    """

    name: str
    table: str
    items: tuple[Item, ...]
    where: Condition = ALWAYS
    summed: str = ""
    limit: int | None = None
    _last: list[tuple[float, float, Mapping[str, Reading]]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def signal(self) -> str:
        """The signal that holds its items."""
        return f"list.{self.name}"

    def readings(self, now: float, zone: Zone, *, emptied: bool = False) -> Mapping[str, Reading]:
        """What it holds at `now`, by signal; `emptied` where somebody pins it to be empty.

        No condition of items reads the `zone`: their moments are instants.
        """
        if emptied:
            return self._told((), 0, FOREVER)
        if self._last and self._last[0][0] <= now < self._last[0][1]:
            return self._last[0][2]
        found, doubtful, until = [], 0, FOREVER
        for item in self.items:
            verdict = self.where.judge(Facts(now, zone, item.readings))
            until = min(until, verdict.until)
            doubtful += verdict.truth == UNKNOWN
            if verdict.truth == YES:
                found.append(item)
        told = self._told(tuple(found), doubtful, until)
        self._last[:] = [(now, until, told)]
        return told

    def _told(self, found: tuple[Item, ...], doubtful: int, until: float) -> Mapping[str, Reading]:
        counted = {f"{self.signal}.count": len(found), f"{self.signal}.total": _total(found, self.summed)}
        told = {self.signal: self._reading(self.signal, found[: self.limit] or EMPTY, until)}
        for name, value in counted.items():
            doubt = unknown(name, Why.CANNOT_TELL, as_of=FOREVER, until=until, source=self.table)
            told[name] = doubt if doubtful else self._reading(name, value, until)
        return told

    def _reading(self, name: str, value: Any, until: float) -> Reading:
        """What is worked out anew never grows old."""
        return Reading(name, value, FOREVER, until, self.table)


def _total(items: Iterable[Item], summed: str) -> float:
    values = (item.readings[summed].value for item in items) if summed else ()
    return round(fsum(value for value in values if isinstance(value, int | float)), CENTS)


def in_order(items: Iterable[Item], by: Mapping[str, Order]) -> tuple[Item, ...]:
    """The items sorted by these fields, the first before the others; what a field lacks stands last, either way."""
    ordered = list(items)
    for name, order in reversed(tuple(by.items())):
        filled = [item for item in ordered if not _lacks(item, name)]
        filled.sort(key=lambda item: _rank(item.readings[name].value), reverse=order == "descending")
        ordered = filled + [item for item in ordered if _lacks(item, name)]
    return tuple(ordered)


def _lacks(item: Item, name: str) -> bool:
    reading = item.readings[name]
    return not reading.known or reading.value is EMPTY


def _rank(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
