"""What an event changes about a person. The order in which events arrive does not matter.

That is so because each part of it is a maximum, a minimum or a sum: the newest event of a type and when the first was,
the newest word about an item, how often. A sender may deliver late, in parallel and out of order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from heapq import nlargest
from typing import Any, Final

from msgspec.structs import replace

from app.recipients.person import Happened, Item, Payload, Person
from app.recipients.tallies import Tally

ITEMS: Final = 200
"""How many items a collection remembers of a recipient, taken out ones included; the oldest go."""


class Outcome(Enum):
    """What became of an event. Each of them may be acknowledged."""

    STORED = "stored"
    DUPLICATE = "duplicate"  # the same event was stored before
    NOT_PERMITTED = "not permitted"  # dropped: the recipient said no to its purpose


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a recipient did, at `at`, which is not later than now.

    `id` names it among all events while ids are remembered. Whoever receives an event without one gives it one, so that
    trying again never counts twice. `told_at` is the instant as the sender told it, None if they did not; `purpose` is
    the consent that remembering needs.
    """

    id: str
    recipient: str
    type: str
    at: float
    payload: Payload = field(default_factory=dict)
    purpose: str = "none"
    told_at: float | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """Which events put an item in and take it out, how a payload names it, and for how many seconds it stays."""

    key: str
    add: frozenset[str]
    remove: frozenset[str]
    keep_s: float


Collections = Mapping[str, Collection]


def permitted(person: Person, event: Event) -> bool:
    """Whether it may be remembered: nobody said no to its purpose."""
    return person.consent.get(event.purpose) is not False


def after(person: Person, event: Event, collections: Collections, now: float) -> Person:
    """The person after the event."""
    before = person.events.get(event.type)
    newest = before if before and _newer(before, event) else event
    tally = (before.tally if before else Tally()).plus(event.at, now)
    first_at = min(before.began_at, event.at) if before else event.at
    happened = {**person.events, event.type: Happened(newest.at, newest.payload, tally, first_at)}
    touched = {
        name: _with(person.collections.get(name, {}), event, collection, now)
        for name, collection in collections.items()
        if event.type in collection.add or event.type in collection.remove
    }
    return replace(person, events=happened, collections={**person.collections, **touched})


def _with(items: Mapping[str, Item], event: Event, collection: Collection, now: float) -> Mapping[str, Item]:
    """The items after the event, without those that are too old and beyond the newest."""
    payload = event.payload if event.type in collection.add else None
    said = Item(event.at, event.at + collection.keep_s, payload)
    kept = {name: item for name, item in items.items() if item.until > now}
    if said.until > now:
        for name in _named(event.payload.get(collection.key)):
            before = kept.get(name)
            kept[name] = before if before and _newer(before, said) else said
    return dict(nlargest(ITEMS, kept.items(), key=lambda entry: (entry[1].at, entry[0])))


def _named(key: Any) -> Iterable[str]:
    """The items that a payload means, one or a list of them, written as the rows of a table are: no outer blanks."""
    told = key if isinstance(key, list | tuple) else (key,)
    names = (str(name).strip() for name in told if isinstance(name, str | int) and not isinstance(name, bool))
    return (name for name in names if name)


def _newer(one: Happened | Item, other: Event | Item) -> bool:
    """Whether the first is the newer. At one instant, taking out is the last word; else it is always the same one."""
    if one.at != other.at:
        return one.at > other.at
    return _at_a_tie(one.payload) > _at_a_tie(other.payload)


def _at_a_tie(payload: Payload | None) -> tuple[bool, str]:
    return payload is None, json.dumps(payload, sort_keys=True)
