"""The signals about a recipient that follow from a site, each with the way it is found in what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import msgspec

from app.engine.readings import EMPTY, FOREVER
from app.engine.signals import Kind, Signal, about_event, about_showings, attribute, within
from app.recipients.person import Person
from app.recipients.tallies import Tally
from app.recipients.tellable import EventType, Slot, Tellable

WINDOWS: Final = (1, 7, 30, 90)
"""The windows in which events and showings are counted, in days."""


class Found(msgspec.Struct, frozen=True):
    """What was found at an instant: the value (EMPTY for none, None for what is not of its kind any more), and the
    instants since when and until when that is so.
    """

    value: Any
    as_of: float
    until: float = FOREVER


@dataclass(frozen=True, slots=True)
class Remembered:
    """A signal, and what finds it in a person at an instant.

    What is `measured` follows from opens and not from what the sender told.
    """

    signal: Signal
    find: Callable[[Person, float], Found]
    measured: bool = False


def remembered(tellable: Tellable, campaigns: Iterable[str] = ()) -> Iterator[Remembered]:
    """Every signal that follows from what a site lets be told, and from what its campaigns show."""
    for name, slot in tellable.attributes.items():
        yield Remembered(attribute(name, slot.kind, slot.purpose, slot.choices), partial(_attribute, name, slot))
    for name, event in tellable.events.items():
        yield from _of_event(name, event)
    for campaign in campaigns:
        for days in WINDOWS:
            yield Remembered(about_showings(campaign, days), partial(_shown, campaign, days), measured=True)


def _of_event(name: str, event: EventType) -> Iterator[Remembered]:
    about = partial(about_event, purpose=event.purpose)
    for field, slot in event.fields.items():
        if slot.kind is Kind.LIST:  # it names items, which lists read
            continue
        signal = about(f"last.{name}.{field}", slot.kind, f"{field} of the newest {name}.", choices=slot.choices)
        yield Remembered(signal, partial(_field, name, field, slot))
    age = about(f"last.{name}.age", Kind.DURATION, f"How long ago the newest {name} was.", runs=True)
    yield Remembered(age, partial(_age, name))
    newest = about(f"last.{name}.at", Kind.MOMENT, f"When the newest {name} was.")
    yield Remembered(newest, partial(_newest_at, name))
    first = about(f"first.{name}.at", Kind.MOMENT, f"When the first {name} was; another one does not change it.")
    yield Remembered(first, partial(_first_at, name))
    total = about(f"count.{name}", Kind.NUMBER, f"How often {name} happened.")
    yield Remembered(total, partial(_total, name))
    for days in WINDOWS:
        sentence = f"How often {name} happened within {within(days)}."
        yield Remembered(about(f"count.{name}_{days}d", Kind.NUMBER, sentence), partial(_within, name, days))


def _attribute(name: str, slot: Slot, person: Person, now: float) -> Found:
    return Found(slot.read(person.attributes.get(name)), now)


def _field(event: str, name: str, slot: Slot, person: Person, now: float) -> Found:
    happened = person.events.get(event)
    return Found(EMPTY, now) if happened is None else Found(slot.read(happened.payload.get(name)), happened.at)


def _age(event: str, person: Person, now: float) -> Found:
    happened = person.events.get(event)
    return Found(EMPTY if happened is None else max(0.0, now - happened.at), now)


def _newest_at(event: str, person: Person, now: float) -> Found:
    happened = person.events.get(event)
    return Found(EMPTY if happened is None else happened.at, now)


def _first_at(event: str, person: Person, now: float) -> Found:
    happened = person.events.get(event)
    return Found(EMPTY if happened is None else happened.began_at, now)


def _total(event: str, person: Person, now: float) -> Found:
    return Found(float(_tally(event, person).total), now)


def _within(event: str, days: int, person: Person, now: float) -> Found:
    return _counted(_tally(event, person), days, now)


def _shown(campaign: str, days: int, person: Person, now: float) -> Found:
    return _counted(person.shown.get(campaign, Tally()), days, now)


def _counted(tally: Tally, days: int, now: float) -> Found:
    count = tally.within(days, now)
    return Found(float(count.value), now, count.until)


def _tally(event: str, person: Person) -> Tally:
    happened = person.events.get(event)
    return Tally() if happened is None else happened.tally
