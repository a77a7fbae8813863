"""How long each kind of entry is kept, and since when the oldest of each is there: the proof that the others are gone.

An entry carries the instant at which it ends by default. Each kind has one length of time for that, so it tells as well
since when the entry is there, whatever is set. A setting moves all ends of a kind at once, and no entry is written
anew: whoever keeps a kind for ten days less looks at it as if it were ten days later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from app.engine.readings import FOREVER
from app.recipients.showings import KEEP_S
from app.stores.changes import REMEMBERED_S
from app.stores.naming import EVENT, MAIL, RECEIPT, TRACE
from app.stores.pages import PERSON, STRANGER_S, Found
from app.stores.places import KEPT_S, PLACE


class Kept(NamedTuple):
    """A kind of entry: its name in metrics, how names of entries begin, and for how many seconds it is kept by default.

    That length stands in what is stored, so it is not to be changed; a setting may have another default.
    """

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


class Moment(NamedTuple):
    """An instant, and by how many seconds it is later for some kinds of entries, by the first word of their names."""

    at: float
    later: Mapping[str, float]

    def of(self, name: str) -> float:
        """What time it is for an entry of this name: it is there while its end is later."""
        return self.at + self.later.get(name.partition(" ")[0], 0.0)

    def each(self, names: Sequence[str]) -> Sequence[float]:
        """The same for each of these; every open that reads somebody asks."""
        return [self.of(name) for name in names] if self.later else [self.at] * len(names)

    def left(self, entries: Iterable[tuple[str, bytes, float]]) -> Found:
        """Those that are there, of entries as name, value and end."""
        return {name: value for name, value, until in entries if until > self.of(name)}

    @property
    def earliest(self) -> float:
        """What has ended by then is not there, whatever it is."""
        return self.at + min((0.0, *self.later.values()))

    @property
    def latest(self) -> float:
        """What has not ended by then is there, whatever it is."""
        return self.at + max((0.0, *self.later.values()))


EVER: Final = Moment(-FOREVER, {})
"""Before anything ends."""


class Retention:
    """For how many seconds kinds are kept, by name; those that are not named, for as long as by default."""

    def __init__(self, keep_s: Mapping[str, float] | None = None) -> None:
        set_s = keep_s or {}
        later = {kept.prefix.strip(): kept.keep_s - set_s.get(kept.kind, kept.keep_s) for kept in KINDS}
        self._later = {word: by for word, by in later.items() if by}

    def at(self, now: float) -> Moment:
        """This instant, with that."""
        return Moment(now, self._later)


class Swept(NamedTuple):
    """What came of forgetting: how many entries went, and since when the oldest of each kind is there that stayed."""

    forgotten: int
    oldest: Mapping[str, float]


def oldest(ends: Sequence[float | None], now: float) -> Mapping[str, float]:
    """The instants since which the oldest are there, from those at which they end; now where there is none."""
    return {
        kept.kind: now if end is None else min(now, end - kept.keep_s) for kept, end in zip(KINDS, ends, strict=True)
    }
