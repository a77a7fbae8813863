"""What may be told about recipients: `rules/recipients.yaml` and `rules/events.yaml` to the running form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.authoring.documents.events import CollectionWritten, Events, EventWritten
from app.authoring.documents.recipients import Recipients
from app.authoring.vocabulary import KINDS
from app.engine.signals import Kind, Purpose
from app.recipients.events import Collection
from app.recipients.tellable import EventType, Slot, Tellable

TOLD: Final[Mapping[str, Kind]] = {**KINDS, "list": Kind.LIST, "money": Kind.NUMBER, "picture": Kind.TEXT}
"""What is told in the field of an event, by its type."""


def tellable(recipients: Recipients | None, events: Events | None) -> Tellable:
    """What these two let be told; without a document nothing."""
    attributes = recipients.attributes if recipients else {}
    events = events or Events()
    return Tellable(
        {name: Slot(KINDS[one.type], one.choices, Purpose(one.purpose)) for name, one in attributes.items()},
        {name: _event(one) for name, one in events.events.items()},
        {name: _collection(one) for name, one in events.collections.items()},
    )


def _event(written: EventWritten) -> EventType:
    fields = {name: Slot(TOLD[one.type], one.choices) for name, one in written.fields.items()}
    return EventType(Purpose(written.purpose), fields)


def _collection(written: CollectionWritten) -> Collection:
    return Collection(written.key, frozenset(written.add), frozenset(written.remove), written.keep)
