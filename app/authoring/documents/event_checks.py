"""What must agree within `rules/events.yaml`: options with their kind, and collections with their events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.authoring.documents.events import CollectionWritten, EventField, Events, EventWritten
from app.authoring.documents.placeholder_checks import check_options
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import is_sure, may_declare
from app.authoring.yamlsource import Path, Source
from app.recipients.collecting import ADDED_AT

NAMING: Final = ("text", "list")
"""The types of a field that can name items."""


def check_events(events: Events, source: Source, problems: Problems) -> None:
    """Everything that must agree among events and collections."""
    say = partial(source.complain, problems)
    for name, event in events.events.items():
        for field, written in event.fields.items():
            path: Path = ("events", name, "fields", field)
            check_options(say, path, written, source)
    for name, collection in events.collections.items():
        _Checking(say, ("collections", name), collection, events, source).check()
    if is_sure(source, "collections"):
        _check_lists(events, say)


def _check_lists(events: Events, say: Callable[..., None]) -> None:
    """That each field of type list names the items of a collection."""
    keys = {(name, one.key) for one in events.collections.values() for name in (*one.add, *one.remove)}
    for name, event in events.events.items():
        for field, written in event.fields.items():
            if written.type == "list" and (name, field) not in keys:
                message = f"no collection has “{field}” of {name} for its key, and nothing else reads a list"
                path: Path = ("events", name, "fields", field, "type")
                say(path, "option-mismatch", message, remedy="name it as key: of a collection")


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks one collection."""

    say: Callable[..., None]
    path: Path
    collection: CollectionWritten
    events: Events
    source: Source

    def check(self) -> None:
        """Its events one by one, and what those that add to it have in common."""
        both = [name for name in self.collection.remove if name in self.collection.add]
        if both:
            message = f"{both[0]} puts an item in and takes it out"
            self.say((*self.path, "remove"), "option-mismatch", message, remedy="keep it in one of the two")
        for word in ("add", "remove"):
            for name, path in self._named(word):
                self._check_key(name, path)
        self._check_purposes()
        self._check_fields()

    def _named(self, word: str) -> Iterator[tuple[str, Path]]:
        """The events under a key that there are, each with its place; of the others it is told."""
        for index, name in enumerate(getattr(self.collection, word)):
            path: Path = (*self.path, word, index)
            path = path if path in self.source.places else path[:-1]
            if name in self.events.events:
                yield name, path
            elif not may_declare(self.source, ("events",), name):
                remedy = did_you_mean(name, self.events.events, else_say="events are") or "declare it under events:"
                self.say(path, "unknown-event", f"there is no event “{name}”", remedy=remedy)

    def _check_key(self, name: str, path: Path) -> None:
        key, fields = self.collection.key, self.events.events[name].fields
        if may_declare(self.source, ("events", name, "fields"), key):
            return
        if key not in fields:
            remedy = did_you_mean(key, fields, else_say="its fields are") or f"declare it under fields: of {name}"
            self.say(path, "unknown-field", f"{name} has no field “{key}” to name an item by", remedy=remedy)
        elif fields[key].type not in NAMING:
            message = f"“{key}” of {name} is a {fields[key].type}, and items are named by texts"
            self.say(path, "option-mismatch", message, remedy=f"give it the type {' or '.join(NAMING)}")

    def _adding(self) -> list[tuple[str, EventWritten]]:
        """The events that put an item in."""
        return [(name, self.events.events[name]) for name in self.collection.add if name in self.events.events]

    def _check_purposes(self) -> None:
        """An item that may be read must be seen to go: taking it out needs no other consent than putting it in."""
        needed = list(dict.fromkeys(event.purpose for _, event in self._adding()))
        if len(needed) > 1:
            message = f"the events that add to it need different consents: {' and '.join(needed)}"
            self.say((*self.path, "add"), "option-mismatch", message, remedy="give them one purpose:")
        for name in self.collection.remove:
            event = self.events.events.get(name)
            if event is not None and len(needed) == 1 and event.purpose not in ("none", needed[0]):
                message = f"{name} needs the consent {event.purpose}; without it what was added would never go"
                remedy = f"give it the purpose {' or '.join(sorted({needed[0], 'none'}))}"
                self.say((*self.path, "remove"), "option-mismatch", message, remedy=remedy)

    def _check_fields(self) -> None:
        """A field means the same in all events that add to it, and none is called as the moment of adding is."""
        seen: dict[str, tuple[str, EventField]] = {}
        for name, event in self._adding():
            for field, written in event.fields.items():
                if field == ADDED_AT:
                    message = f"“{ADDED_AT}” already says when an item of {self.path[-1]} was put in"
                    path = ("events", name, "fields", field)
                    self.say(path, "reserved-name", message, remedy="choose another name", key=True)
                other, first = seen.setdefault(field, (name, written))
                if field != self.collection.key and _meaning(first) != _meaning(written):
                    message = f"“{field}” is not the same in {other} and {name}, which both add to it"
                    self.say((*self.path, "add"), "option-mismatch", message, remedy="declare it alike in both")


def _meaning(field: EventField) -> tuple[object, ...]:
    return field.type, field.choices, field.currency
