"""What the rules of one placeholder can read about their recipient: from the past, or why there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.engine.personal import PersonalList
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.recipients.permits import Permits
from app.recipients.person import Person
from app.recipients.showings import Past
from app.recipients.signals import Remembered

Held = tuple[PersonalList, Remembered]
"""A list, and what finds its items in a person."""

STORE: Final = "store"
RETRY_S: Final = 5.0
"""How long an answer that the store's silence spoilt stands before it is worth asking again."""

OF_THE_MAIL: Final = frozenset({"open.count", "open.first_at"})


@dataclass(frozen=True, slots=True)
class Recollection:
    """The signals that are read, by name, and the lists with what finds their items. Nothing else is looked up.

    `names` are all that is read, `of_the_mail` those among them that follow from the mail and not from the person.
    """

    signals: Mapping[str, Remembered]
    names: frozenset[str]
    of_the_mail: frozenset[str]
    permits: Permits
    lists: tuple[Held, ...] = ()
    _nothing: dict[Why, Mapping[str, Reading]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, known: Iterable[Remembered], permits: Permits, reads: Iterable[str], held: Iterable[Held] = ()
    ) -> Recollection | None:
        """What can be recollected of these, where `known` is what there is; None if that is nothing."""
        reads, held = frozenset(reads), tuple(held)
        signals = {one.signal.name: one for one in known if one.signal.name in reads}
        names = reads & (signals.keys() | OF_THE_MAIL | {name for one, _ in held for name in one.pick.signals})
        return cls(signals, names, names & OF_THE_MAIL, permits, held) if names else None

    def nothing(self, why: Why) -> Mapping[str, Reading]:
        """All of it unknown, whatever the time; the same table for everybody with the same reason."""
        if why not in self._nothing:
            self._nothing[why] = {name: unknown(name, why, as_of=0.0, source=STORE) for name in self.names}
        return self._nothing[why]

    def readings(self, past: Past, now: float, *, mailing: str = "", certain: bool = False) -> dict[str, Reading]:
        """All of it at `now`, as far as the past tells and the recipient permits.

        The mail is one of `mailing`; `certain` says that the recipient really looks at it now.
        """
        if past.why_unknown is not None:
            until = now + RETRY_S
            return {name: unknown(name, past.why_unknown, as_of=now, until=until, source=STORE) for name in self.names}
        found = {name: self._reading(name, one, past.person, now) for name, one in self.signals.items()}
        for listed, held in self.lists:
            found |= listed.readings(self._reading(listed.collection, held, past.person, now), now)
        found |= {name: self._of_the_mail(name, past, now, mailing, certain) for name in self.of_the_mail}
        return found

    def _of_the_mail(self, name: str, past: Past, now: float, mailing: str, certain: bool) -> Reading:
        opened = past.opened
        if (why := self._why_unmeasured(past.person)) is not None:
            return unknown(name, why, as_of=now, source=STORE)
        if not mailing:
            return unknown(name, Why.NOT_IN_URL, as_of=now, source=STORE)
        if name == "open.count":
            return Reading(name, 0.0 if opened is None else float(opened.count), now, source=STORE)
        first_at = None if opened is None else opened.first_at
        if first_at is None and certain:  # this is the one that will be remembered
            first_at = now
        return Reading(name, EMPTY if first_at is None else first_at, now, source=STORE)

    def _reading(self, name: str, one: Remembered, person: Person | None, now: float) -> Reading:
        if (why := self._why_unmeasured(person) if one.measured else self._why_untold(one, person)) is not None:
            return unknown(name, why, as_of=now, source=STORE)
        value, as_of, until = one.find(person or Person(), now)
        if value is None:
            return unknown(name, Why.NOT_OFFERED, as_of=now, source=STORE)
        return Reading(name, value, as_of, until, STORE)

    def _why_unmeasured(self, person: Person | None) -> Why | None:
        """Why nothing that follows from opens may be read; of somebody unknown it may, there is nothing yet."""
        if not self.permits.measures_opens:
            return Why.NOT_REMEMBERED
        return Why.NOT_PERMITTED if person is not None and not person.measured else None

    def _why_untold(self, one: Remembered, person: Person | None) -> Why | None:
        """Why what the sender told may not be read."""
        if person is None or not person.heard_of:
            return Why.NEVER_HEARD_OF
        return None if self.permits.allow(one.signal.purpose, person) else Why.NOT_PERMITTED
