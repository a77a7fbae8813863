"""What a site lets be told, as JSON Schema: its attributes, and its events with their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.engine.signals import Kind
from app.recipients.events import ITEMS
from app.recipients.tellable import GREATEST, LONGEST, EventType, Slot, Tellable

Schema = dict[str, Any]

NAME: Final[Schema] = {"type": "string", "maxLength": LONGEST}
VALUES: Final[Mapping[Kind, Schema]] = {
    Kind.TEXT: {"type": ["string", "null"], "maxLength": LONGEST},
    Kind.NUMBER: {"type": ["number", "null"], "minimum": -GREATEST, "maximum": GREATEST},
    Kind.BOOLEAN: {"type": ["boolean", "null"]},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    Kind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
    Kind.LIST: {"anyOf": [NAME, {"type": "array", "items": NAME, "maxItems": ITEMS}, {"type": "null"}]},
}


def attributes(tellable: Tellable) -> Schema:
    """The attributes of a recipient, each of which may be left out."""
    return _of_slots(tellable.attributes, "Attributes to merge, key by key; null says that there is nothing.")


def event(name: str, declared: EventType, general: Schema) -> Schema:
    """One type of event: what every event has, with its own name and payload."""
    payload = _of_slots(declared.fields, f"What is told about {name}.")
    properties = {**general["properties"], "type": {"const": name}, "payload": payload}
    return {**general, "title": name, "properties": properties}


def _of_slots(slots: Mapping[str, Slot], sentence: str) -> Schema:
    return {
        "type": "object",
        "description": sentence,
        "properties": {name: _value(slot) for name, slot in slots.items()},
        "additionalProperties": False,
    }


def _value(slot: Slot) -> Schema:
    return {"enum": [*slot.choices, None]} if slot.kind is Kind.CHOICE else dict(VALUES[slot.kind])
