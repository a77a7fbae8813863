"""What may be told about recipients: `rules/recipients.yaml` and `rules/events.yaml` to the running form."""

from __future__ import annotations

from app.authoring.documents.events import Events, EventWritten
from app.authoring.documents.recipients import Recipients
from app.authoring.vocabulary import KINDS
from app.engine.signals import Purpose
from app.recipients.tellable import EventType, Slot, Tellable


def tellable(recipients: Recipients | None, events: Events | None) -> Tellable:
    """What these two let be told; without a document nothing."""
    attributes = recipients.attributes if recipients else {}
    return Tellable(
        {name: Slot(KINDS[one.type], one.choices, Purpose(one.purpose)) for name, one in attributes.items()},
        {name: _event(one) for name, one in (events.events if events else {}).items()},
    )


def _event(written: EventWritten) -> EventType:
    fields = {name: Slot(KINDS[one.type], one.choices) for name, one in written.fields.items()}
    return EventType(Purpose(written.purpose), fields)
