"""What a person, or whoever speaks for them, may ask about everything that is kept: the export and its erasure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from app.recipients.person import Person
from app.recipients.showings import Opened


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is kept under one recipient's id."""

    person: Person
    mails: Mapping[tuple[str, str], Opened]
    """By mailing and placeholder."""

    event_ids: int
    """How many ids of events are remembered, so that they are not counted twice."""

    def as_json(self) -> dict[str, Any]:
        """The export, as JSON values."""
        told: dict[str, Any] = msgspec.to_builtins(self.person, str_keys=True)
        mails = [
            {"mailing": mailing, "placeholder": placeholder, **msgspec.to_builtins(opened)}
            for (mailing, placeholder), opened in self.mails.items()
        ]
        return {**told, "mails": mails}

    @property
    def sizes(self) -> Erased:
        """How much it is."""
        person = self.person
        return Erased(
            attributes=len(person.attributes),
            consents=len(person.consent),
            events=sum(happened.tally.total for happened in person.events.values()),
            items=sum(len(items) for items in person.collections.values()),
            mails=len(self.mails),
            event_ids=self.event_ids,
        )


@dataclass(frozen=True, slots=True)
class Erased:
    """The receipt of an erasure: how many of each there were, and are no more."""

    attributes: int = 0
    consents: int = 0
    events: int = 0
    items: int = 0
    mails: int = 0
    event_ids: int = 0

    def as_json(self) -> dict[str, int]:
        """The receipt, as JSON values."""
        return asdict(self)
