"""What a site lets be told about recipients: attributes, and events with their fields, each of a kind.

Values are kept as the JSON they were told in. `Slot.read` types them: once when they are told, to refuse what is none,
and again at each open, because a site may since have come to mean another kind by the same name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from app.engine.params import Value, tidy
from app.engine.readings import EMPTY, Empty, fold
from app.engine.signals import Kind, Purpose
from app.engine.written import parse_date, parse_moment
from app.recipients.events import ITEMS, Collection
from app.recipients.person import Payload

LONGEST: Final = 500
"""Characters of a text."""

GREATEST: Final = 1e15
"""The greatest number, and below zero the least: up to there every whole one is exact."""

CONSENTS: Final = ("location", "behaviour", "measurement")
"""The purposes that a recipient can say yes or no to."""

WANTED: Final[Mapping[Kind, str]] = {
    Kind.TEXT: f"a text of at most {LONGEST} characters, all of them visible",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.DATE: 'a day such as "2026-11-27"',
    Kind.LIST: f"a text, or a list of at most {ITEMS} texts",
    Kind.MOMENT: 'an instant with its offset, such as "2026-11-27T18:00:00+01:00"',
}


class Telling(NamedTuple):
    """What a sender tells about a recipient, to be merged key by key."""

    recipient: str
    attributes: Payload
    consent: Mapping[str, bool]


class Misfit(ValueError):
    """What was told is not what the site declares; the text says what would be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one value goes: an attribute, or a field of an event."""

    kind: Kind
    choices: tuple[str, ...] = ()
    purpose: Purpose = Purpose.NONE

    @property
    def wanted(self) -> str:
        """What fits, in words."""
        return f"one of {', '.join(self.choices)}" if self.kind is Kind.CHOICE else WANTED[self.kind]

    def read(self, told: Any) -> Value | tuple[str, ...] | Empty | None:
        """The value as rules read it: EMPTY for null, None for what does not fit. A moment is in epoch seconds."""
        if told is None:
            return EMPTY
        if self.kind is Kind.LIST:
            return _names(told)
        if isinstance(told, bool):
            return told if self.kind is Kind.BOOLEAN else None
        if isinstance(told, int | float):
            return _number(told) if self.kind is Kind.NUMBER else None
        return self._spelled(told) if isinstance(told, str) else None

    def _spelled(self, told: str) -> Value | None:
        text = tidy(told) if len(told) <= LONGEST else None
        if text is None:
            return None
        match self.kind:
            case Kind.TEXT:
                return text
            case Kind.CHOICE:
                return next((choice for choice in self.choices if fold(choice) == fold(text)), None)
            case Kind.DATE:
                return _day(text)
            case Kind.MOMENT:
                return _instant(text)
            case _:
                return None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: the consent that remembering it needs, and what its payload may hold."""

    purpose: Purpose
    fields: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Tellable:
    """Everything that a site lets be told, and what events put together."""

    attributes: Mapping[str, Slot] = field(default_factory=dict)
    events: Mapping[str, EventType] = field(default_factory=dict)
    collections: Mapping[str, Collection] = field(default_factory=dict)

    def check_attributes(self, told: Payload) -> None:
        """That each of these is declared and of its kind; raises Misfit."""
        _check(told, self.attributes, "attribute", "rules/recipients.yaml")

    def purpose_of(self, type: str, payload: Payload) -> Purpose:
        """The consent that an event needs whose type is declared, and whose payload fits; raises Misfit."""
        declared = self.events.get(type)
        if declared is None:
            raise Misfit(f"rules/events.yaml declares no event “{type}”")
        _check(payload, declared.fields, f"field of {type}", "rules/events.yaml")
        return declared.purpose


def _check(told: Payload, slots: Mapping[str, Slot], what: str, file: str) -> None:
    for name, value in told.items():
        slot = slots.get(name)
        if slot is None:
            raise Misfit(f"{file} declares no {what} “{name}”")
        if slot.read(value) is None:
            raise Misfit(f"“{name}” must be {slot.wanted}")


def _names(told: Any) -> tuple[str, ...] | None:
    """One text or several; None if one of them is none."""
    slot = Slot(Kind.TEXT)
    listed = told if isinstance(told, list) else [told]
    names = [slot.read(name) for name in listed[: ITEMS + 1] if isinstance(name, str)]
    fit = tuple(name for name in names if isinstance(name, str))
    return fit if len(fit) == len(listed) <= ITEMS else None


def _number(told: float) -> float | None:
    return float(told) if abs(told) <= GREATEST and math.isfinite(told) else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _instant(text: str) -> float | None:
    """An instant; a time on somebody's wall is none."""
    try:
        at = parse_moment(text).at
    except ValueError:
        return None
    return at if isinstance(at, float) else None
