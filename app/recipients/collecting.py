"""What somebody has collected, as lists read it: items with the fields that events told, and when they were put in.

Which fields there are follows from the events that put items in. Of a payload only what is asked for is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final

from app.engine.lists import Item
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.engine.signals import Kind, Purpose, collected
from app.recipients.person import Item as Kept, Payload, Person
from app.recipients.signals import Found, Remembered
from app.recipients.tellable import Slot, Tellable

ADDED_AT: Final = "added_at"
"""The field that every item has: when it was put in."""


def fields_of(collection: str, tellable: Tellable) -> Mapping[str, Slot]:
    """The fields of the items of a collection: its key, those of the events that add to it, and `added_at`."""
    declared = tellable.collections[collection]
    adding = [tellable.events[name] for name in sorted(declared.add) if name in tellable.events]
    told = {name: slot for event in adding for name, slot in event.fields.items() if slot.kind is not Kind.LIST}
    return {**told, declared.key: Slot(Kind.TEXT), ADDED_AT: Slot(Kind.MOMENT)}


def purpose_of(collection: str, tellable: Tellable) -> Purpose:
    """The consent that reading a collection needs: that of the events which add to it."""
    declared = tellable.collections[collection]
    purposes = [tellable.events[name].purpose for name in sorted(declared.add) if name in tellable.events]
    return purposes[0] if purposes else Purpose.BEHAVIOUR


def holding(collection: str, tellable: Tellable, reads: Collection[str]) -> Remembered:
    """What finds the items of a collection in a person: a tuple of them, the newest first, with these fields."""
    slots = {name: slot for name, slot in fields_of(collection, tellable).items() if name in reads}
    find = partial(_items, collection, tellable.collections[collection].key, slots)
    return Remembered(collected(collection, purpose_of(collection, tellable)), find)


def _items(collection: str, key: str, slots: Mapping[str, Slot], person: Person, now: float) -> Found:
    kept, until = person.items(collection, now)
    return Found(tuple(_item(name, one, key, slots) for name, one in kept.items()) or EMPTY, now, until)


def _item(name: str, kept: Kept, key: str, slots: Mapping[str, Slot]) -> Item:
    return Item(name, _Told({**(kept.payload or {}), key: name}, slots, kept.at), {})


class _Told(Mapping[str, Reading]):
    """What an event told of an item at an instant; a field is typed when it is asked for, and of most few ever are."""

    __slots__ = ("_at", "_payload", "_slots", "_typed")

    def __init__(self, payload: Payload, slots: Mapping[str, Slot], at: float) -> None:
        self._payload = payload
        self._slots = slots
        self._at = at
        self._typed: dict[str, Reading] = {}

    def __getitem__(self, name: str) -> Reading:
        """The field, unknown where it is not of its kind any more; KeyError where there is none."""
        found = self._typed.get(name)
        if found is None:
            found = self._typed[name] = self._read(name, self._slots[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def _read(self, name: str, slot: Slot) -> Reading:
        if name == ADDED_AT:
            return Reading(ADDED_AT, self._at, self._at)
        value = slot.read(self._payload.get(name))
        if value is None:
            return unknown(name, Why.NOT_OFFERED, as_of=self._at)
        return Reading(name, value, self._at)
