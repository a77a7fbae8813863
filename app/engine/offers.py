"""Offers for the first few: which rule it is, for how many recipients, and what is known of one place.

A free place is nobody's until it is taken, so what rests on it holds for no time at all: whoever answers with it takes
it first, and decides again on what came of that.
"""

from __future__ import annotations

from typing import NamedTuple

from app.engine.readings import FOREVER, Reading, Why, unknown

SOURCE = "store"
RETRY_S = 5.0
"""How long an answer that the store's silence spoilt stands before it is worth asking again."""


class Offer(NamedTuple):
    """A rule of a campaign that is for the first `most` recipients to whom it is shown."""

    campaign: str
    rule: str
    most: int

    @property
    def signal(self) -> str:
        """Whether the recipient has a place, or can have one."""
        return f"offer.{self.rule}"

    def held(self, now: float) -> Reading:
        """The recipient has a place, for good."""
        return Reading(self.signal, True, now, FOREVER, SOURCE)

    def sold_out(self, now: float) -> Reading:
        """All places are others'."""
        return Reading(self.signal, False, now, FOREVER, SOURCE)

    def free(self, now: float) -> Reading:
        """There is a place, at this very instant."""
        return Reading(self.signal, True, now, now, SOURCE)

    def untold(self, why: Why, now: float) -> Reading:
        """Nobody can tell, for this reason."""
        return unknown(self.signal, why, as_of=now, until=now + RETRY_S if why.failure else FOREVER, source=SOURCE)


def is_free(reading: Reading, now: float) -> bool:
    """Whether a reading says that there is a place which has yet to be taken."""
    return reading.value is True and reading.until <= now
