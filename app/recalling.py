"""The store as one open asks it: whose past is read, at once where that needs no waiting."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Why
from app.ports import Memory
from app.recipients.ids import is_hard_to_guess
from app.recipients.showings import Mail, Past, Receipt, Showing


@dataclass(frozen=True, slots=True)
class Recalling:
    """Asks a memory about recipients who may be believed to be those that the URL names.

    Without a memory nobody is remembered. An id is believed where a token vouches for it; a plain one where the site
    `trusts_plain_ids` and nobody could have guessed it. Opens are kept where the site `measures_opens`.
    """

    memory: Memory | None = None
    trusts_plain_ids: bool = False
    measures_opens: bool = False

    def why_not(self, opening: Open) -> Why | None:
        """Why nothing about the recipient of an opening may be read; None where it may."""
        if self.memory is None:
            return Why.NOT_REMEMBERED
        if not opening.recipient:
            return Why.NO_RECIPIENT
        believed = opening.vouched or (self.trusts_plain_ids and is_hard_to_guess(opening.recipient))
        return None if believed else Why.NOT_BELIEVED

    def asks_about(self, opening: Open) -> bool:
        """Whether there is somebody whose consent can be looked up: anybody's, as it tells nothing but itself."""
        return self.memory is not None and bool(opening.recipient)

    def at_once(self, opening: Open) -> Past | None:
        """The past of a recipient who can be asked about; None means that it takes `recall`."""
        assert self.memory is not None, "nobody is asked about where nobody is remembered"
        return self.memory.at_once(_mail(opening))

    async def recall(self, opening: Open) -> Past:
        """The same in one round trip, of at most 50 ms."""
        assert self.memory is not None, "nobody is asked about where nobody is remembered"
        return await self.memory.recall(_mail(opening))

    def keep(self, opening: Open, decision: Decision) -> None:
        """Have it remembered that a mail was opened, and what it showed; nobody waits for that."""
        if self.memory is not None and opening.mailing and self.why_not(opening) is None:
            receipt = Receipt(opening.now, decision.campaign, decision.rule, decision.link, decision.ruleset)
            self.memory.keep(Showing(_mail(opening), receipt))


def _mail(opening: Open) -> Mail:
    return Mail(opening.recipient, opening.mailing, opening.placeholder)
