"""Lists: the items of a table that a campaign picks, in its own order; those of collections are in `personal`.

What a list holds is a function of the items and the instant, and comes with the instant at which that may change.
Conditions of items are judged as those of rules are, on readings of the item's fields.
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
    """One row of a table, or thing in a collection, by field: what is asked, and what is shown (`says`).

    `told` are the texts of those fields that are shown as an event told them, and that no table could say again.
    """

    key: str
    readings: Mapping[str, Reading]
    says: Mapping[str, Alternative]
    told: Mapping[str, str] = field(default_factory=dict)

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
class Pick:
    """What a list takes of the items that it picks from, which `source` names, and how it tells of them.

    An item is in the list where `where` says yes. `limit` cuts what is shown; `count`, and `total` (the sum of the
    field `summed`), are those before the cut, and unknown while it is unknown of an item whether it is in the list.
    """

    name: str
    source: str
    where: Condition = ALWAYS
    by: Mapping[str, Order] = field(default_factory=dict)
    summed: str = ""
    limit: int | None = None

    @property
    def signal(self) -> str:
        """The signal that holds its items."""
        return f"list.{self.name}"

    @property
    def signals(self) -> tuple[str, str, str]:
        """All its signals: the items, their count, their total."""
        return self.signal, f"{self.signal}.count", f"{self.signal}.total"

    @property
    def reads(self) -> frozenset[str]:
        """The fields of an item that it looks at."""
        return frozenset((*self.where.signals(), *self.by, *([self.summed] if self.summed else ())))

    def readings(self, items: Iterable[Item], now: float, zone: Zone, until: float = FOREVER) -> Mapping[str, Reading]:
        """What the list holds at `now`, by signal, if `until` then these are the items it picks from.

        No condition of items reads the `zone`: their moments are instants.
        """
        found, doubtful = [], False
        for item in items:
            verdict = self.where.judge(Facts(now, zone, item.readings))
            until = min(until, verdict.until)
            doubtful = doubtful or verdict.truth == UNKNOWN
            if verdict.truth == YES:
                found.append(item)
        return self._told(in_order(found, self.by), until, doubtful=doubtful)

    def unknown(self, like: Reading) -> Mapping[str, Reading]:
        """The same where the items are unknown that it picks from, for the reason of that reading."""
        return {name: like._replace(signal=name) for name in self.signals}

    def _told(self, found: tuple[Item, ...], until: float, *, doubtful: bool) -> Mapping[str, Reading]:
        _, count, total = self.signals
        told = {self.signal: self._reading(self.signal, found[: self.limit] or EMPTY, until)}
        for name, value in ((count, len(found)), (total, _total(found, self.summed))):
            doubt = unknown(name, Why.ITEM_IN_DOUBT, as_of=FOREVER, until=until, source=self.source)
            told[name] = doubt if doubtful else self._reading(name, value, until)
        return told

    def _reading(self, name: str, value: Any, until: float) -> Reading:
        """What is worked out anew never grows old."""
        return Reading(name, value, FOREVER, until, self.source)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of a campaign, over the items of a table; it rests on the table and the clock alone."""

    pick: Pick
    items: tuple[Item, ...]
    _last: list[tuple[float, float, Mapping[str, Reading]]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def readings(self, now: float, zone: Zone, *, emptied: bool = False) -> Mapping[str, Reading]:
        """What it holds at `now`, by signal; `emptied` where somebody pins it to be empty."""
        if emptied:
            return self.pick.readings((), now, zone)
        if self._last and self._last[0][0] <= now < self._last[0][1]:
            return self._last[0][2]
        told = self.pick.readings(self.items, now, zone)
        self._last[:] = [(now, told[self.pick.signal].until, told)]
        return told


def _total(items: Iterable[Item], summed: str) -> float:
    values = (item.readings[summed].value for item in items) if summed else ()
    return round(fsum(value for value in values if isinstance(value, int | float)), CENTS)


def in_order(items: Iterable[Item], by: Mapping[str, Order]) -> tuple[Item, ...]:
    """The items sorted by these fields, the first before the others; what a field lacks stands last, either way."""
    ordered = list(items)
    for name, order in reversed(tuple(by.items())):
        filled = [item for item in ordered if not lacks(item, name)]
        filled.sort(key=lambda item: _rank(item.readings[name].value), reverse=order == "descending")
        ordered = filled + [item for item in ordered if lacks(item, name)]
    return tuple(ordered)


def lacks(item: Item, name: str) -> bool:
    """Whether nothing is known of an item in this field."""
    reading = item.readings[name]
    return not reading.known or reading.value is EMPTY


def _rank(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
