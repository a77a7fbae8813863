"""How long each kind of entry is kept, and since when the oldest of each is there: the proof that the others are gone.

An entry carries the instant at which it ends, and not the one at which it began. That follows from it: each kind is
kept for one length of time, counted from the last that happened to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from app.recipients.showings import KEEP_S
from app.stores.changes import REMEMBERED_S
from app.stores.naming import EVENT, MAIL, RECEIPT, TRACE
from app.stores.pages import PERSON, STRANGER_S
from app.stores.places import KEPT_S, PLACE


class Kept(NamedTuple):
    """A kind of entry: its name in metrics, how names of entries begin, and for how many seconds it is kept."""

    kind: str
    prefix: str
    keep_s: float


KINDS: Final = (
    Kept("event_id", EVENT, REMEMBERED_S),
    Kept("receipt", RECEIPT, KEEP_S),
    Kept("trace", TRACE, KEEP_S),
    Kept("mail", MAIL, STRANGER_S),
    Kept("stranger", PERSON, STRANGER_S),
    Kept("place", PLACE, KEPT_S),
)
"""What is kept for a time. Whom the sender introduced is kept until erased, and is none of these."""


class Swept(NamedTuple):
    """What came of forgetting: how many entries went, and since when the oldest of each kind is there that stayed."""

    forgotten: int
    oldest: Mapping[str, float]


def oldest(ends: Sequence[float | None], now: float) -> Mapping[str, float]:
    """The instants since which the oldest are there, from those at which they end; now where there is none."""
    return {
        kept.kind: now if end is None else min(now, end - kept.keep_s) for kept, end in zip(KINDS, ends, strict=True)
    }
