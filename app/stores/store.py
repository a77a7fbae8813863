"""The store as everybody else sees it: what opens ask, what the sender tells and takes back, over any backend."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Final

import msgspec

from app.engine.offers import Offer
from app.engine.readings import Why
from app.errors import StoreTrouble
from app.recipients.accounts import Account, Erased
from app.recipients.events import Collections, Event, Outcome
from app.recipients.hiding import Hidden, Hider, Trace
from app.recipients.person import Payload, Person
from app.recipients.places import Standing
from app.recipients.receipts import Lead
from app.recipients.showings import Mail, Past, Showing
from app.recipients.tellable import Telling
from app.stores.backend import Backend, Upkeep
from app.stores.changes import Happening, Shown, Told, Traced
from app.stores.erasures import ERASED
from app.stores.lately import Lately
from app.stores.naming import EVENT, TRACE, mail_entry, mails_in, opened_in, read_lead, receipt_entry, trace_entry
from app.stores.pages import PERSON, Found, measured, person_in
from app.stores.places import OFFERS, Naming, Places, places_in, standing_in
from app.stores.withdrawals import PAGE, Withdrawals

APART: Final = (PAGE, OFFERS, ERASED)
"""The pages that are nobody's."""

SILENT = Past(None, None, Why.STORE_SILENT)
PAUSES: Final = (0.001, 0.002, 0.004, 0.008, 0.016, 0.019)
"""Seconds between a click's looks for a receipt that is being written."""


class Store:
    """Keeps what is remembered about recipients. `clock` tells epoch seconds.

    `hiders` name the pages where something may be kept for a recipient without their name.
    """

    def __init__(
        self,
        backend: Backend,
        places: Places,
        upkeep: Upkeep,
        clock: Callable[[], float],
        hiders: Sequence[Hider] = (),
    ) -> None:
        self.upkeep = upkeep
        self.withdrawals = Withdrawals(backend, clock)
        self._backend = backend
        self._places = places
        self._naming = Naming(hiders)
        self._clock = clock
        self._hiders = hiders
        self._lately = Lately()

    def at_once(self, mail: Mail) -> Past | None:
        """What one open needs, if that takes no waiting."""
        found = self._backend.glance(mail.recipient, _entries_of(mail), self._clock())
        return None if found is None else _past(found, mail)

    async def recall(self, mail: Mail) -> Past:
        """What one open needs."""
        return _past(await self._backend.read(mail.recipient, _entries_of(mail), self._clock()), mail)

    async def lead(self, recipient: str, among: Sequence[Mail | Hidden]) -> Lead | None:
        """What a click follows."""
        expected = self._lately.expected(among, self._clock())
        patient_until = time.monotonic() + sum(PAUSES)
        for pause in PAUSES:
            lead, waiting = await self._found(recipient, among)
            if not waiting or expected in (None, lead) or time.monotonic() > patient_until:
                return lead
            await asyncio.sleep(pause)
        return (await self._found(recipient, among))[0]

    def keep(self, shown: Showing | Trace) -> bool:
        """Remember what was shown, soon; False if it is lost."""
        change = Traced(shown) if isinstance(shown, Trace) else Shown(shown)
        self._lately.note(*_noted(shown), self._clock())
        return self._backend.later(change, self._clock)

    async def standing(self, recipient: str, offers: Sequence[Offer]) -> Sequence[Standing] | Why:
        """How it stands with each of these offers, and with the recipient's consent, both asked at once."""
        now, claims = self._clock(), [self._naming.claim(recipient, offer) for offer in offers]
        names = [name for claim in claims for name in (*claim.names, claim.taken)]
        told, found = await asyncio.gather(
            self._backend.read(recipient, (PERSON,), now), self._backend.read(OFFERS, names, now)
        )
        if isinstance(told, Why) or isinstance(found, Why):
            return Why.STORE_SILENT
        try:
            return [standing_in(claim, found) for claim in claims] if measured(told) else Why.NOT_PERMITTED
        except msgspec.MsgspecError:  # damaged: as good as no answer
            return Why.STORE_SILENT

    async def claim(self, recipient: str, offer: Offer) -> int | Why | None:
        """Take a place of an offer, or tell the one that they have."""
        return await self._places.claim(self._naming.claim(recipient, offer), self._clock())

    async def tell(self, recipient: str, attributes: Payload, consent: Mapping[str, bool]) -> None:
        """Merge attributes and consent."""
        await self.tell_each([Telling(recipient, attributes, consent)])

    async def tell_each(self, tellings: Sequence[Telling]) -> None:
        """Merge attributes and consent of several recipients, in this order."""
        await self._backend.amend([Told(*telling) for telling in tellings], self._clock())

    async def record(self, events: Sequence[Event], collections: Collections) -> list[Outcome]:
        """Store events."""
        return await self._backend.amend([Happening(event, collections) for event in events], self._clock())

    async def account(self, recipient: str) -> Account | None:
        """Everything that is kept, for the export."""
        now = self._clock()
        found = await asyncio.gather(*(self._backend.page(page, now) for page in self._pages(recipient)))
        held = await self._places.held(self._naming.beginnings(recipient), now)
        return _account(found, held) if any(found) or held else None

    async def accounts(self) -> AsyncIterator[tuple[str, Account]]:
        """The account of every page, one after the other, those without a name included. Raises StoreTrouble."""
        async for page, found in self.upkeep.walk(self._clock()):
            if page not in APART:
                leads = {name: raw for name, raw in found.items() if name.startswith(TRACE)}
                yield page, _account([found, leads], {})

    async def erase(self, recipient: str) -> Erased:
        """Leave nothing. Nobody gets a place that was theirs."""
        beginnings, marks = self._naming.beginnings(recipient), self._naming.marks(recipient)
        held = await self._places.strike(beginnings, marks, self._clock)
        found = await self._backend.erase(self._pages(recipient), self._clock)
        try:
            return _account(found, held).sizes
        except StoreTrouble:  # it could not be read, and is gone all the same
            return Erased()

    async def _found(self, recipient: str, among: Sequence[Mail | Hidden]) -> tuple[Lead | None, bool]:
        """What is kept for a click, and whether waiting may bring more: not from a silent store, nor of who said no."""
        now = self._clock()
        told, *kept = await asyncio.gather(
            self._backend.read(recipient, (PERSON,), now),
            *(self._backend.read(page, (name,), now) for page, name in map(_receipt_of, among)),
        )
        try:
            if isinstance(told, Why) or not measured(told):
                return None, False
            return _lead(kept), True
        except msgspec.MsgspecError:  # damaged: as good as none
            return None, False

    def _pages(self, recipient: str) -> list[str]:
        """Their own page, and those without their name."""
        return [recipient, *(page for hider in self._hiders for page in hider.pages(recipient))]


def _entries_of(mail: Mail) -> tuple[str, ...]:
    """What is read for one open: the person, and how often this mail was opened where that is asked."""
    return (PERSON, mail_entry(mail)) if mail.placeholder else (PERSON,)


def _past(found: Found | Why, mail: Mail) -> Past:
    if isinstance(found, Why):
        return SILENT
    try:
        return Past(person_in(found), opened_in(found, mail) if mail.placeholder else None)
    except msgspec.MsgspecError:  # damaged: as good as no answer
        return SILENT


def _lead(kept: Sequence[Found | Why]) -> Lead | None:
    """The first that is kept; raises msgspec.MsgspecError."""
    raws = [raw for found in kept if not isinstance(found, Why) for raw in found.values()]
    return read_lead(raws[0]) if raws else None


def _noted(shown: Showing | Trace) -> tuple[Mail | Hidden, Lead]:
    """Where it is kept, and what a click will find there."""
    if isinstance(shown, Trace):
        return shown.hidden, shown.lead
    return shown.mail, Lead(shown.receipt.rule, shown.receipt.link)


def _receipt_of(shown: Mail | Hidden) -> tuple[str, str]:
    """The page and the entry where it is kept."""
    return (shown.page, trace_entry(shown)) if isinstance(shown, Hidden) else (shown.recipient, receipt_entry(shown))


def _account(pages: Sequence[Found], held: Found) -> Account:
    """What is kept on somebody's own page, the first, and on those without their name; and the places they hold."""
    own, *hidden = pages
    try:
        return Account(
            person_in(own) or Person(),
            tuple(mails_in(own)),
            sum(name.startswith(EVENT) for name in own),
            tuple(read_lead(raw) for page in hidden for raw in page.values()),
            tuple(places_in(held)),
        )
    except msgspec.MsgspecError as error:
        raise StoreTrouble(f"an entry cannot be read: {error}") from error
