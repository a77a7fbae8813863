"""`rules/events.yaml`: what recipients do, as the API may tell it and rules may read it, and what they collect."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from app.authoring.documents.common import Labelled, Written, listed
from app.authoring.documents.kinds import Currency, Duration, Text, Word, not_one_of
from app.authoring.documents.refusals import refusal

_WINDOW: Final = re.compile(r"_\d+d$")


def _no_window(name: str) -> str:
    """Refuse a name that reads like the count of another event."""
    if _WINDOW.search(name):
        raise refusal("reserved-name", f"“{name}” ends like a window of days", "choose another name")
    return name


EventName = Annotated[Word, AfterValidator(_no_window)]
EventNames = Annotated[tuple[Word, ...], BeforeValidator(listed)]
FieldName = Annotated[Word, AfterValidator(not_one_of("age", "at", why="already says when the event was"))]
CollectionName = Annotated[Word, AfterValidator(not_one_of("at", "phase", why="already means something in examples"))]


class EventField(Labelled):
    """One field of an event's payload."""

    type: Literal["text", "number", "money", "choice", "boolean", "date", "moment", "picture", "list"] = Field(
        default="text",
        description="What kind of value it is. A picture is named by its path below assets/; a list names one or "
        "several items of a collection.",
        examples=["text"],
    )
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["web", "app"]]
    )
    currency: Currency | None = Field(
        default=None, description="With type money: its currency, as a code of ISO 4217.", examples=["EUR"]
    )


class EventWritten(Labelled):
    """One type of event."""

    purpose: Literal["none", "location", "behaviour"] = Field(
        default="behaviour",
        description="The consent it needs before it may be read; who said no to it is not remembered by it.",
        examples=["behaviour"],
    )
    fields: dict[FieldName, EventField] = Field(
        default={}, description="What its payload may hold, by name.", examples=[{"sku": {"type": "text"}}]
    )


class CollectionWritten(Labelled):
    """What a recipient has put together by events: a cart, a wish list."""

    key: Word = Field(description="The field of its events that names an item.", examples=["sku"])
    add: Annotated[EventNames, Field(min_length=1)] = Field(
        description="The event, or events, that put an item in.", examples=["added"]
    )
    remove: EventNames = Field(
        default=(), description="The event, or events, that take an item out.", examples=[["removed", "purchase"]]
    )
    keep: Duration = Field(description="How long an item stays that nothing takes out.", examples=["30d"])


class Events(Written):
    """What recipients do."""

    declares: ClassVar[tuple[str, ...]] = ("events", "collections")

    events: dict[EventName, EventWritten] = Field(
        default={},
        description="The types of events by name.",
        examples=[{"viewed": {"purpose": "behaviour", "fields": {"sku": {"type": "text"}}}}],
    )
    collections: dict[CollectionName, CollectionWritten] = Field(
        default={},
        description="What events put together, by name; lists of campaigns pick from it.",
        examples=[{"cart": {"key": "sku", "add": "added", "remove": ["removed", "purchase"], "keep": "30d"}}],
    )
