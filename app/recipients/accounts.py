"""What a person, or whoever speaks for them, may ask about everything that is kept: the export and its erasure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from app.recipients.person import Person
from app.recipients.places import Place
from app.recipients.receipts import Lead, Receipt
from app.recipients.showings import Opened


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one picture in one mail; the receipt is gone earlier than the count.

    `variant` tells pictures of one placeholder apart whose URLs said something else.
    """

    mailing: str
    placeholder: str
    variant: str
    opened: Opened
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is kept of one recipient. `leads` and `places` are what is kept without their name."""

    person: Person
    mails: tuple[Kept, ...]
    event_ids: int
    """How many ids of events are remembered, so that they are not counted twice."""

    leads: tuple[Lead, ...] = ()
    places: tuple[Place, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The export, as JSON values."""
        told: dict[str, Any] = msgspec.to_builtins(self.person, str_keys=True)
        mails = [
            {
                "mailing": mail.mailing,
                "placeholder": mail.placeholder,
                "variant": mail.variant,
                **msgspec.to_builtins(mail.opened),
                "receipt": msgspec.to_builtins(mail.receipt),
            }
            for mail in self.mails
        ]
        places = [place._asdict() for place in self.places]
        return {**told, "mails": mails, "clicks_lead_to": msgspec.to_builtins(self.leads), "places": places}

    @property
    def sizes(self) -> Erased:
        """How much it is."""
        person = self.person
        return Erased(
            attributes=len(person.attributes),
            consents=len(person.consent),
            events=sum(happened.tally.total for happened in person.events.values()),
            items=sum(len(items) for items in person.collections.values()),
            mails=len(self.mails) + len(self.leads),
            event_ids=self.event_ids,
            places=len(self.places),
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
    places: int = 0

    def as_json(self) -> dict[str, int]:
        """The receipt, as JSON values."""
        return asdict(self)
