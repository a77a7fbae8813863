"""The store as one open or click asks it: whose past is read, what of an open is kept, and what a click follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Why
from app.ports import Memory, Viewers
from app.recipients.hiding import Hider, Trace
from app.recipients.ids import is_hard_to_guess
from app.recipients.receipts import Lead, receipt_of
from app.recipients.showings import Mail, Past, Showing
from app.resolve.served import CERTAIN, MACHINE, PREFETCH, Served

Measurement = Literal["none", "aggregate", "individual"]


@dataclass(frozen=True, slots=True)
class Recalling:
    """Asks a memory about recipients who may be believed to be those that the URL names.

    Without a memory nobody is remembered. An id is believed where a token vouches for it; a plain one where the site
    `trusts_plain_ids` and nobody could have guessed it. Of believed ones opens are kept in full where each is
    `measured`, with the digest of the `edition`; of all others a click's needs alone, under the names of the first of
    the `hiders` (those of keys that were changed come after it).
    """

    memory: Memory | None = None
    trusts_plain_ids: bool = False
    measured: Measurement = "none"
    hiders: tuple[Hider, ...] = ()
    edition: str = ""

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

    def at_once(self, mail: Mail) -> Past | None:
        """The past of a recipient who can be asked about; None means that it takes `recall`."""
        assert self.memory is not None, "nobody is asked about where nobody is remembered"
        return self.memory.at_once(mail)

    async def recall(self, mail: Mail) -> Past:
        """The same in one round trip, of at most 50 ms."""
        assert self.memory is not None, "nobody is asked about where nobody is remembered"
        return await self.memory.recall(mail)

    def opened(self, served: Served, opening: Open, decision: Decision, viewers: Viewers, *, followed: bool) -> None:
        """Have it remembered what was shown, as far as may be, and nobody waits for that.

        What a mail client fetches ahead is what will be shown, though nobody opened anything yet; what machines fetch
        is shown to nobody. Where no click is `followed` to what was shown, nothing is kept for clicks alone.
        """
        if self.memory is None or not self._keeps(opening):
            return
        viewer = viewers.read(opening)
        if viewer[MACHINE].value is True:
            return
        mail = served.mail(opening)
        if self._in_full(opening):
            certain, withdrawn = viewer[CERTAIN].value is True, served.decider.ruleset.withdrawn
            receipt = receipt_of(decision, opening.now, self.edition, certain=certain, withdrawn=withdrawn)
            self.memory.keep(Showing(mail, receipt, counted=viewer[PREFETCH].value is not True))
        elif followed and self.hiders:
            hidden = self.hiders[0].hidden(mail, believed=self._believes(opening))
            self.memory.keep(Trace.left(mail.recipient, hidden, Lead(decision.rule, decision.link), opening.now))

    async def lead(self, served: Served, opening: Open) -> Lead | None:
        """What was shown in the mail that was clicked, in one round trip of at most 50 ms."""
        if self.memory is None or not self._keeps(opening):
            return None
        mail, believed = served.mail(opening), self._believes(opening)
        hidden = [hider.hidden(mail, believed=believed) for hider in self.hiders]
        return await self.memory.lead(mail.recipient, (mail,) if self._in_full(opening) else hidden)

    def keeps_receipts(self, opening: Open) -> bool:
        """Whether of this mail everything is kept that was shown, unless its recipient says no."""
        return self._keeps(opening) and self._in_full(opening)

    def _keeps(self, opening: Open) -> bool:
        """Whether anything is kept of a mail: where it says which one it is, and to whom, and is no test send."""
        return bool(opening.recipient and opening.mailing) and self.measured != "none" and not opening.test_send

    def _in_full(self, opening: Open) -> bool:
        return self.measured == "individual" and self._believes(opening)

    def _believes(self, opening: Open) -> bool:
        return self.why_not(opening) is None
