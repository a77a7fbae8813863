"""The three things that change a recipient's page: the sender tells, the recipient acts, a picture is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import msgspec

from app.recipients.events import Collections, Event, Outcome, after, permitted
from app.recipients.person import Payload
from app.recipients.showings import Mail, Opened, Showing
from app.stores.pages import Found, Page

REMEMBERED_S: Final = 7 * 86_400.0
"""How long the id of an event is remembered, in seconds."""

EVENT: Final = "event "
MAIL: Final = "mail "

_read_opened = msgspec.json.Decoder(Opened).decode


@dataclass(frozen=True, slots=True)
class Told:
    """The sender tells attributes and consent, which are merged key by key."""

    recipient: str
    attributes: Payload
    consent: Mapping[str, bool]
    names: tuple[str, ...] = ()

    def apply(self, page: Page, _now: float, /) -> Outcome:
        """Merge."""
        page.person = page.person.told(self.attributes, self.consent)
        return Outcome.STORED


@dataclass(frozen=True, slots=True)
class Happening:
    """The recipient did something. Its id is kept with the digest of its body."""

    event: Event
    collections: Collections

    @property
    def recipient(self) -> str:
        """Whose page."""
        return self.event.recipient

    @property
    def names(self) -> tuple[str, ...]:
        """The entry of its id."""
        return (EVENT + self.event.id,)

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Count it once; drop it where the recipient said no."""
        (name,), digest = self.names, _digest(self.event)
        known = page.read(name)
        if known is not None:
            return Outcome.DUPLICATE if known == digest else Outcome.CONFLICT
        page.write(name, digest, now + REMEMBERED_S)
        if not permitted(page.person, self.event):
            return Outcome.NOT_PERMITTED
        page.person = after(page.person, self.event, self.collections, now)
        return Outcome.STORED


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture was shown. Nobody acknowledges that: applied twice, it counts twice."""

    showing: Showing

    @property
    def recipient(self) -> str:
        """Whose page."""
        return self.showing.mail.recipient

    @property
    def names(self) -> tuple[str, ...]:
        """The entry of its mail."""
        return (mail_entry(self.showing.mail),)

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Replace the receipt, and count where that is allowed; drop it where the recipient said no."""
        if not page.person.measured:
            return Outcome.NOT_PERMITTED
        (name,), receipt = self.names, self.showing.receipt
        raw = page.read(name)
        opened = Opened.after(None if raw is None else _read_opened(raw), self.showing)
        page.write(name, msgspec.json.encode(opened), receipt.at + self.showing.keep_s)
        if self.showing.counted:
            page.person = page.person.saw(receipt.campaign, receipt.at, now)
        return Outcome.STORED


def mail_entry(mail: Mail) -> str:
    """The entry of a mail. A placeholder's name has no blank, a mailing is whatever the sending platform calls it."""
    return f"{MAIL}{mail.placeholder} {mail.mailing}"


def opened_in(found: Found, mail: Mail) -> Opened | None:
    """What is remembered of a mail; raises msgspec.MsgspecError for what cannot be read."""
    raw = found.get(mail_entry(mail))
    return None if raw is None else _read_opened(raw)


def opened_mails(found: Found) -> Mapping[tuple[str, str], Opened]:
    """All mails of a page, by mailing and placeholder; raises msgspec.MsgspecError."""
    mails = {}
    for name, raw in found.items():
        if name.startswith(MAIL):
            placeholder, _, mailing = name.removeprefix(MAIL).partition(" ")
            mails[mailing, placeholder] = _read_opened(raw)
    return mails


def _digest(event: Event) -> bytes:
    """What two bodies have in common if they are the same: of an instant that nobody told nothing is compared."""
    body = msgspec.json.encode((event.type, event.at if event.timed else None, event.payload), order="sorted")
    return blake2b(body, digest_size=16).digest()
