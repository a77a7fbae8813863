"""What changes pages: the sender tells, the recipient acts, a picture is shown to somebody by name or without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import msgspec

from app.recipients.events import Collections, Event, Outcome, after, permitted
from app.recipients.hiding import Trace
from app.recipients.person import Payload
from app.recipients.showings import KEEP_S, Opened, Showing
from app.stores.identities import Identity
from app.stores.naming import EVENT, mail_entry, read_opened, receipt_entry, shown_at, trace_entry
from app.stores.pages import STRANGER_S, Page

REMEMBERED_S: Final = 7 * 86_400.0
"""How long the id of an event is remembered by default, in seconds."""


@dataclass(frozen=True, slots=True)
class Told:
    """The sender tells attributes and consent, which are merged key by key."""

    recipient: str
    attributes: Payload
    consent: Mapping[str, bool]
    names: tuple[str, ...] = ()
    identity: None = None
    asks: str = ""
    asked_at: None = None

    def apply(self, page: Page, _now: float, /) -> Outcome:
        """Merge."""
        page.person = page.person.told(self.attributes, self.consent)
        return Outcome.STORED


@dataclass(frozen=True, slots=True)
class Happening:
    """The recipient did something. Its id is kept with its digest."""

    event: Event
    collections: Collections
    asks: str = ""
    asked_at: None = None

    @property
    def recipient(self) -> str:
        """Whose page."""
        return self.event.recipient

    @property
    def names(self) -> tuple[str, ...]:
        """The entry of its id."""
        return (EVENT + self.event.id,)

    @property
    def identity(self) -> Identity:
        """Its id, and what has to be the same where that comes again."""
        return Identity(EVENT + self.event.id, _digest(self.event))

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Count it once; drop it where the recipient said no."""
        name, digest = self.identity
        came_before = page.read(name) is not None
        if not came_before:
            page.write(name, digest, now + REMEMBERED_S)
        if not permitted(page.person, self.event):  # what happened in the time of a no does not count after a yes
            return Outcome.NOT_PERMITTED
        if came_before:
            return Outcome.DUPLICATE
        page.person = after(page.person, self.event, self.collections, now)
        return Outcome.STORED


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture was shown. Nobody acknowledges that: applied twice, it counts twice."""

    showing: Showing
    identity: None = None
    asks: str = ""

    @property
    def recipient(self) -> str:
        """Whose page."""
        return self.showing.mail.recipient

    @property
    def asked_at(self) -> float:
        """When the picture was asked for."""
        return self.showing.receipt.at

    @property
    def names(self) -> tuple[str, ...]:
        """The entry of its receipt, and that of its mail, where it counts."""
        mail = self.showing.mail
        return (receipt_entry(mail), mail_entry(mail)) if self.showing.counted else (receipt_entry(mail),)

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Replace an older receipt, and count where that is allowed; drop it where the recipient said no."""
        if not page.person.measured:
            return Outcome.NOT_PERMITTED
        receipt = self.showing.receipt
        kept, *counted = self.names
        before = page.read(kept)
        if before is None or shown_at(before) <= receipt.at:  # else another process was slower to write
            page.write(kept, msgspec.json.encode(receipt), receipt.at + KEEP_S)
        for name in counted:
            raw = page.read(name)
            opened = Opened.after(read_opened(raw) if raw else None, receipt.at, certain=receipt.certain)
            page.write(name, msgspec.json.encode(opened), receipt.at + STRANGER_S)
            page.person = page.person.saw(receipt.campaign, receipt.at, now)
        return Outcome.STORED


@dataclass(frozen=True, slots=True)
class Traced:
    """A picture was shown to somebody who is not named: what a click needs is kept, and replaces what there was."""

    trace: Trace
    names: tuple[str, ...] = ()
    identity: None = None

    @property
    def recipient(self) -> str:
        """The hidden page."""
        return self.trace.hidden.page

    @property
    def asks(self) -> str:
        """Whoever it was shown to."""
        return self.trace.recipient

    @property
    def asked_at(self) -> float:
        """When the picture was asked for."""
        return self.trace.at

    def apply(self, page: Page, _now: float, /) -> Outcome:
        """Replace it."""
        page.write(trace_entry(self.trace.hidden), msgspec.json.encode(self.trace.lead), self.trace.until)
        return Outcome.STORED


def _digest(event: Event) -> bytes:
    """What two events have in common if they are the same: of an instant that nobody told nothing is compared."""
    body = msgspec.json.encode((event.recipient, event.type, event.told_at, event.payload), order="sorted")
    return blake2b(body, digest_size=16).digest()
