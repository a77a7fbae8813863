"""Offers for the first few, as one open asks for them: is there a place, and then: it is theirs.

A place is taken only for the rule that wins, and before the answer: whoever sees the offer has it. Nobody takes one
for a recipient who need not be looking at this moment, whom the site does not believe, or who said no to being
measured; to them that is unknown, unless they have one already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.offers import Offer, is_free
from app.engine.opens import Open
from app.engine.readings import Reading, Why
from app.ports import Offers, Readings, Viewers
from app.recipients.places import Standing
from app.resolve.patience import Patience
from app.resolve.recalling import Recalling
from app.resolve.served import CERTAIN, Served


@dataclass(frozen=True, slots=True)
class Offering:
    """Asks the store about places, and takes them; without `offers` there are none."""

    recalling: Recalling
    viewers: Viewers
    offers: Offers | None

    async def readings(self, served: Served, opening: Open, wants: frozenset[str], patience: Patience) -> Readings:
        """How it stands for whoever opens with the offers that are wanted."""
        offers = [offer for offer in served.decider.ruleset.offers if offer.signal in wants]
        if not offers:
            return {}
        found = await self._standing(opening, offers, patience)
        if isinstance(found, Why):
            return {offer.signal: offer.untold(found, opening.now) for offer in offers}
        why = self._why_not_take(opening)
        pairs = zip(offers, found, strict=True)
        return {offer.signal: _reading(offer, standing, opening.now, why) for offer, standing in pairs}

    def won(self, served: Served, decision: Decision, facts: Facts) -> Offer | None:
        """The offer that the winning rule is, where its place has yet to be taken."""
        offer = served.decider.ruleset.offer_of(decision.rule)
        return offer if offer is not None and is_free(facts.readings[offer.signal], facts.now) else None

    async def take(self, opening: Open, offer: Offer, patience: Patience) -> Reading:
        """What is true of a place that was free, after asking for it: it is theirs, others were faster, or silence."""
        assert self.offers is not None, "nothing is free where there are no offers"
        number = await patience.store(self.offers.claim(opening.recipient, offer))
        if isinstance(number, Why):
            return offer.untold(number, opening.now)
        return offer.sold_out(opening.now) if number is None else offer.held(opening.now)

    async def _standing(self, opening: Open, offers: Sequence[Offer], patience: Patience) -> Sequence[Standing] | Why:
        if (why := self.recalling.why_not(opening)) is not None:
            return why
        if self.offers is None or self.recalling.measured == "none":
            return Why.NOT_REMEMBERED
        return await patience.store(self.offers.standing(opening.recipient, offers))

    def _why_not_take(self, opening: Open) -> Why | None:
        """Why no place is taken at this open; a test send shows what a recipient would see, and takes none."""
        certain = opening.pinned.get(CERTAIN) or self.viewers.read(opening)[CERTAIN]
        if certain.value is True or opening.test_send:
            return None
        return certain.why_unknown or Why.PREFETCHED


def _reading(offer: Offer, standing: Standing, now: float, why_not_take: Why | None) -> Reading:
    if standing.number is not None:
        return offer.held(now)
    if standing.taken >= offer.most:
        return offer.sold_out(now)
    return offer.free(now) if why_not_take is None else offer.untold(why_not_take, now)
