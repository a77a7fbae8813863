"""What was shown to a recipient in one mail: how often it was opened, and what the last picture rested on.

A mail is a mailing and a placeholder: the same picture asked for again is the same mail opened again. What each open
makes is a struct, which takes a tenth of the time of a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from app.engine.readings import Why
from app.recipients.person import Person
from app.recipients.receipts import Receipt

KEEP_S: Final = 30 * 86_400.0
"""How long a receipt is kept by default, in seconds."""


class Mail(msgspec.Struct, frozen=True):
    """One picture in one mailing to one recipient.

    `variant` tells pictures of one placeholder apart whose URLs say something else, such as tiles by their slot.
    Without a placeholder it is no picture, and stands for the recipient alone.
    """

    recipient: str
    mailing: str = ""
    placeholder: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """A picture that has just been shown.

    Uncounted, it was fetched ahead: it leaves its receipt and nothing about the person.
    """

    mail: Mail
    receipt: Receipt
    counted: bool = True


class Opened(msgspec.Struct, frozen=True):
    """How often a mail was opened, and when the recipient certainly looked first. It outlives its receipts."""

    count: int
    first_at: float | None

    @classmethod
    def after(cls, before: Opened | None, at: float, *, certain: bool) -> Opened:
        """The mail after one more open, which need not be the last that there was."""
        count, first_at = (before.count, before.first_at) if before else (0, None)
        if certain and (first_at is None or at < first_at):
            first_at = at
        return cls(count + 1, first_at)


class Past(msgspec.Struct, frozen=True):
    """Everything that one open needs to know of its recipient.

    `person` is None where nobody was ever heard of, `opened` where this mail was not opened yet. With `why_unknown`
    nothing is known at all, because the store did not answer.
    """

    person: Person | None
    opened: Opened | None
    why_unknown: Why | None = None
