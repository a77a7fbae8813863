"""The store as everybody else sees it: what opens ask, what the sender tells and takes back, over any backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from app.engine.readings import Why
from app.errors import StoreTrouble
from app.recipients.accounts import Account, Erased
from app.recipients.events import Collections, Event, Outcome
from app.recipients.person import Payload, Person
from app.recipients.showings import Mail, Past, Showing
from app.recipients.tellable import Telling
from app.stores.backend import Backend, Upkeep
from app.stores.changes import EVENT, Happening, Shown, Told, mail_entry, opened_in, opened_mails
from app.stores.pages import PERSON, Found, person_in

SILENT = Past(None, None, Why.STORE_SILENT)


class Store:
    """Keeps what is remembered about recipients. `clock` tells epoch seconds."""

    def __init__(self, backend: Backend, upkeep: Upkeep, clock: Callable[[], float]) -> None:
        self.upkeep = upkeep
        self._backend = backend
        self._clock = clock

    def at_once(self, mail: Mail) -> Past | None:
        """What one open needs, if that takes no waiting."""
        found = self._backend.glance(mail.recipient, (PERSON, mail_entry(mail)), self._clock())
        return None if found is None else _past(found, mail)

    async def recall(self, mail: Mail) -> Past:
        """What one open needs."""
        return _past(await self._backend.read(mail.recipient, (PERSON, mail_entry(mail)), self._clock()), mail)

    def keep(self, showing: Showing) -> bool:
        """Remember what was shown, soon; False if it is lost."""
        return self._backend.later(Shown(showing), self._clock())

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
        found = await self._backend.page(recipient, self._clock())
        return _account(found) if found else None

    async def erase(self, recipient: str) -> Erased:
        """Leave nothing."""
        found = await self._backend.erase(recipient)
        try:
            return _account(found).sizes
        except StoreTrouble:  # it could not be read, and is gone all the same
            return Erased()


def _past(found: Found | Why, mail: Mail) -> Past:
    if isinstance(found, Why):
        return SILENT
    try:
        return Past(person_in(found), opened_in(found, mail))
    except msgspec.MsgspecError:  # damaged: as good as no answer
        return SILENT


def _account(found: Found) -> Account:
    try:
        person, mails = person_in(found) or Person(), opened_mails(found)
    except msgspec.MsgspecError as error:
        raise StoreTrouble(f"an entry cannot be read: {error}") from error
    return Account(person, mails, sum(name.startswith(EVENT) for name in found))
