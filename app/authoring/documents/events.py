"""`rules/events.yaml`: what recipients do, as the API may tell it and rules may read it."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from app.authoring.documents.common import Written
from app.authoring.documents.kinds import Text, Word, not_one_of
from app.authoring.documents.placeholder_checks import check_options
from app.authoring.documents.recipients import AttributeType
from app.authoring.documents.refusals import refusal
from app.authoring.problems import Problems
from app.authoring.yamlsource import Source

_WINDOW: Final = re.compile(r"_\d+d$")


def _no_window(name: str) -> str:
    """Refuse a name that reads like the count of another event."""
    if _WINDOW.search(name):
        raise refusal("reserved-name", f"“{name}” ends like a window of days", "choose another name")
    return name


EventName = Annotated[Word, AfterValidator(_no_window)]
FieldName = Annotated[Word, AfterValidator(not_one_of("age", "at", why="already says when the event was"))]


class EventField(Written):
    """One field of an event's payload."""

    type: AttributeType = Field(default="text", description="What kind of value it is.", examples=["text"])
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["web", "app"]]
    )


class EventWritten(Written):
    """One type of event."""

    purpose: Literal["none", "location", "behaviour"] = Field(
        default="behaviour",
        description="The consent it needs before it may be read; who said no to it is not remembered by it.",
        examples=["behaviour"],
    )
    fields: dict[FieldName, EventField] = Field(
        default={}, description="What its payload may hold, by name.", examples=[{"sku": {"type": "text"}}]
    )


class Events(Written):
    """What recipients do."""

    later: ClassVar[frozenset[str]] = frozenset(("collections",))
    declares: ClassVar[tuple[str, ...]] = ("events",)

    events: dict[EventName, EventWritten] = Field(
        default={},
        description="The types of events by name.",
        examples=[{"viewed": {"purpose": "behaviour", "fields": {"sku": {"type": "text"}}}}],
    )


def check_events(events: Events, source: Source, problems: Problems) -> None:
    """That choices stand where a choice is made."""
    say = partial(source.complain, problems)
    for name, event in events.events.items():
        for field, written in event.fields.items():
            check_options(say, ("events", name, "fields", field), written, source)
