"""The places of offers: how they are named on the one page that they share, and what it takes to have one.

All are on one page, so that a claim is one step there, in a cluster too, and so that an erasure finds whatever somebody
holds. A place bears no name but a keyed hash; how many are taken is counted by itself, and outlives every place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from app.engine.offers import Offer
from app.engine.readings import Why
from app.recipients.hiding import Hider
from app.recipients.places import Place, Standing
from app.stores.erasures import Clock, Marks
from app.stores.pages import STRANGER_S, Found

OFFERS: Final = " offers"
"""The page; no id of a recipient begins with a blank."""

PLACE: Final = "place "
TAKEN: Final = "taken "

KEPT_S: Final = STRANGER_S
"""How long somebody keeps a place by default, in seconds."""


class Claim(NamedTuple):
    """Somebody asks for one of `most` places: the entries that each would be theirs, of which the first is written,
    the one that counts, and the marks of their erasure.
    """

    names: tuple[str, ...]
    taken: str
    most: int
    marks: tuple[str, ...]


class Places(Protocol):
    """What a backend has to be able to do with places."""

    async def claim(self, claim: Claim, now: float) -> int | Why | None:
        """The number of the place that they have, or have now; None where all are taken. Waits for at most 50 ms.

        Who was erased since `now`, when they asked, takes none, and there is no telling.
        """
        ...

    async def held(self, beginnings: Sequence[str], now: float) -> Found:
        """The entries whose names begin so. Raises StoreTrouble."""
        ...

    async def strike(self, beginnings: Sequence[str], marks: Sequence[str], clock: Clock) -> Found:
        """Remove the entries whose names begin so, and answer them. Raises StoreTrouble.

        A claim that was made before this returns leaves nothing.
        """
        ...


class Naming:
    """Names the entries of offers; `hiders` are those of the keys in use, the newest first."""

    def __init__(self, hiders: Sequence[Hider]) -> None:
        self._hiders, self._marks = hiders, Marks(hiders)

    def claim(self, recipient: str, offer: Offer) -> Claim:
        """What a recipient's claim looks for."""
        named = f"{offer.campaign}/{offer.rule}"
        names = tuple(f"{beginning}{named}" for beginning in self.beginnings(recipient))
        return Claim(names, TAKEN + named, offer.most, self.marks(recipient))

    def beginnings(self, recipient: str) -> list[str]:
        """How the names of all places begin that a recipient holds."""
        return [f"{PLACE}{hider.holder(recipient)} " for hider in self._hiders]

    def marks(self, recipient: str) -> tuple[str, ...]:
        """Where it is marked that a recipient was erased."""
        return self._marks.of(recipient)


def number_in(claim: Claim, found: Mapping[str, bytes]) -> int | None:
    """The number of the place that somebody holds already."""
    return next((int(found[name]) for name in claim.names if name in found), None)


def taken_in(claim: Claim, found: Mapping[str, bytes]) -> int:
    """How many places are taken."""
    return int(found.get(claim.taken, b"0"))


def standing_in(claim: Claim, found: Mapping[str, bytes]) -> Standing:
    """How it stands with an offer."""
    return Standing(number_in(claim, found), taken_in(claim, found))


def places_in(found: Mapping[str, bytes]) -> Iterator[Place]:
    """The places that these entries are."""
    for name, number in found.items():
        campaign, _, rule = name.rpartition(" ")[2].partition("/")
        yield Place(campaign, rule, int(number))
