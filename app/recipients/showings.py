"""What was shown to a recipient in one mail: how often it was opened, and what the last picture rested on.

A mail is a mailing and a placeholder: the same picture asked for again is the same mail opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from app.engine.readings import Why
from app.recipients.person import Person

KEEP_S: Final = 30 * 86_400.0
"""How long a receipt is kept unless something else is said, in seconds."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One placeholder in one mailing to one recipient; `recipient` is an id, or a keyed hash of it."""

    recipient: str
    mailing: str
    placeholder: str


class Receipt(msgspec.Struct, frozen=True):
    """What was shown at `at`, and why: what a click is led by. `readings` and `fields` are JSON values by name."""

    at: float
    campaign: str
    rule: str
    link: str
    ruleset: str
    fields: Mapping[str, Any] = {}
    readings: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Showing:
    """A picture that has just been shown. Uncounted, it leaves its receipt and nothing about the person."""

    mail: Mail
    receipt: Receipt
    counted: bool = True
    keep_s: float = KEEP_S


class Opened(msgspec.Struct, frozen=True):
    """What is remembered of one mail: how often it was opened, when first, and the last receipt."""

    count: int
    first_at: float | None
    receipt: Receipt

    @classmethod
    def after(cls, before: Opened | None, showing: Showing) -> Opened:
        """The mail after one more picture of it."""
        count, first_at = (before.count, before.first_at) if before else (0, None)
        if showing.counted:
            count, first_at = count + 1, showing.receipt.at if first_at is None else first_at
        return cls(count, first_at, showing.receipt)


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that one open needs to know of its recipient.

    `person` is None where nobody was ever heard of, `opened` where this mail was not opened yet. With `why_unknown`
    nothing is known at all, because the store did not answer.
    """

    person: Person | None
    opened: Opened | None
    why_unknown: Why | None = None
