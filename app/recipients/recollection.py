"""What the rules of one placeholder can read about their recipient: from the past, or why there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.engine.lists import PersonalList
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.engine.signals import Purpose
from app.recipients.permits import Permits
from app.recipients.person import Person
from app.recipients.showings import Past
from app.recipients.signals import Remembered

Held = tuple[PersonalList, Remembered]
"""A list, and what finds its items in a person."""

STORE: Final = "store"
RETRY_S: Final = 5.0
"""How long an answer that the store's silence spoilt stands before it is worth asking again."""

NOBODY: Final = Person()
"""Somebody of whom nobody ever heard."""

OF_THE_MAIL: Final = frozenset({"open.count", "open.first_at"})


@dataclass(frozen=True, slots=True)
class Recollection:
    """The signals that are read, and the lists with what finds their items. Nothing else is looked up.

    `alike` are the signals in groups for which the same must be permitted, so that it is found out once for each.
    `names` are all that is read, `of_the_mail` those among them that follow from the mail and not from the person.
    """

    alike: tuple[tuple[Remembered, ...], ...]
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
        alike: dict[tuple[Purpose, bool], list[Remembered]] = {}
        for one in signals.values():
            alike.setdefault((one.signal.purpose, one.measured), []).append(one)
        names = reads & (signals.keys() | OF_THE_MAIL | {name for one, _ in held for name in one.pick.signals})
        return cls(tuple(map(tuple, alike.values())), names, names & OF_THE_MAIL, permits, held) if names else None

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
        person, found = past.person or NOBODY, {}
        for those in self.alike:
            why = self._why_not(those[0], person)
            for one in those:
                found[one.signal.name] = _reading(one.signal.name, one, person, now, why)
        for listed, held in self.lists:
            why = self._why_not(held, person)
            found |= listed.readings(_reading(listed.collection, held, person, now, why), now)
        found |= {name: self._of_the_mail(name, past, now, mailing, certain) for name in self.of_the_mail}
        return found

    def _of_the_mail(self, name: str, past: Past, now: float, mailing: str, certain: bool) -> Reading:
        opened = past.opened
        if (why := self._why_unmeasured(past.person or NOBODY)) is not None:
            return unknown(name, why, as_of=now, source=STORE)
        if not mailing:
            return unknown(name, Why.NOT_IN_URL, as_of=now, source=STORE)
        if name == "open.count":
            return Reading(name, 0.0 if opened is None else float(opened.count), now, source=STORE)
        first_at = None if opened is None else opened.first_at
        if first_at is None and certain:  # this is the one that will be remembered
            first_at = now
        return Reading(name, EMPTY if first_at is None else first_at, now, source=STORE)

    def _why_not(self, one: Remembered, person: Person) -> Why | None:
        """Why a signal may not be read."""
        return self._why_unmeasured(person) if one.measured else self._why_untold(one.signal.purpose, person)

    def _why_unmeasured(self, person: Person) -> Why | None:
        """Why nothing that follows from opens may be read; of somebody unknown it may, there is nothing yet."""
        if not self.permits.measures_opens:
            return Why.NOT_REMEMBERED
        return None if person.measured else Why.NOT_PERMITTED

    def _why_untold(self, purpose: Purpose, person: Person) -> Why | None:
        """Why what the sender told may not be read."""
        if not person.heard_of:
            return Why.NEVER_HEARD_OF
        return None if self.permits.allow(purpose, person) else Why.NOT_PERMITTED


def _reading(name: str, one: Remembered, person: Person, now: float, why_not: Why | None) -> Reading:
    """What is found in the person, where it may be read."""
    if why_not is not None:
        return unknown(name, why_not, as_of=now, source=STORE)
    found = one.find(person, now)
    if found.value is None:
        return unknown(name, Why.NOT_OFFERED, as_of=now, source=STORE)
    return Reading(name, found.value, found.as_of, found.until, STORE)
