"""Lists of what somebody has in a collection: picked from what events told, joined with a table where there is one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from app.engine.calendar import Zone
from app.engine.lists import Item, Pick, lacks
from app.engine.readings import EMPTY, Reading
from app.engine.words import Alternative


class Wording(Protocol):
    """How a field is shown that events tell."""

    @property
    def varies(self) -> bool:
        """Whether its words are those of a language."""
        ...

    def text(self, value: Any) -> str:
        """A value that is known and not empty, as it is kept."""
        ...

    def says(self, text: str) -> Alternative | None:
        """What is shown of such a text; None where it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class PersonalList:
    """A list of a campaign, over what somebody has in a collection.

    With `rows`, those of a table by key, each item is joined with its row: fields of both are asked, the row's where
    both have one, since it is what is true today, and the row is what is shown. What has no row is left out.
    `wordings` are those of the fields that are shown as events told them, none of which a row has.
    """

    pick: Pick
    collection: str
    zone: Zone
    rows: Mapping[str, Item] | None = None
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def reads(self) -> frozenset[str]:
        """The fields that it looks at of what was collected; the others are those of the table."""
        row = next(iter(self.rows.values()), None) if self.rows else None
        asked = self.pick.reads if row is None else self.pick.reads - row.readings.keys()
        return asked | self.wordings.keys()

    def readings(self, held: Reading, now: float) -> Mapping[str, Reading]:
        """What it holds at `now`, by signal, of somebody of whose collection this is known."""
        if not held.known:
            return self.pick.unknown(held)
        items = () if held.value is EMPTY else self._joined(held.value)
        told = self.pick.readings(items, now, self.zone, held.until)
        return self._worded(told) if self.wordings else told

    def shown(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """Items of the collection as they are shown; KeyError for one without a row."""
        return tuple(self._shown(item.key, self._told(item)) for item in items)

    def named(self, keys: Iterable[str], told: Iterable[Mapping[str, str]]) -> tuple[Item, ...]:
        """The items of these keys as they are shown, when they were picked before and this was told of each; KeyError
        for one without a row.
        """
        return tuple(self._shown(key, texts) for key, texts in zip(keys, told, strict=True))

    def _joined(self, items: Iterable[Item]) -> Iterable[Item]:
        if self.rows is None:
            return items
        pairs = ((item, self.rows.get(item.key)) for item in items)
        return (Item(row.key, _both(row.readings, item.readings), row.says) for item, row in pairs if row is not None)

    def _worded(self, told: Mapping[str, Reading]) -> Mapping[str, Reading]:
        """The same, in which the items that are left say what events told of them."""
        reading = told[self.pick.signal]
        if not reading.known or reading.value is EMPTY:
            return told
        return {**told, reading.signal: reading._replace(value=self.shown(reading.value))}

    def _told(self, item: Item) -> dict[str, str]:
        return {
            name: one.text(item.readings[name].value) for name, one in self.wordings.items() if not lacks(item, name)
        }

    def _shown(self, key: str, told: Mapping[str, str]) -> Item:
        """An item by what is shown of it: its row, and what was told."""
        row = None if self.rows is None else self.rows[key]
        worded = {name: said for name, text in told.items() if (said := self.wordings[name].says(text)) is not None}
        return Item(key, {}, worded if row is None else {**row.says, **worded}, told)


def _both(first: Mapping[str, Reading], second: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """What either has, and of what both have the first; nothing of it is asked for before somebody does."""
    return ChainMap(cast(Any, first), cast(Any, second))  # typed for maps that can be changed, and nobody changes it
