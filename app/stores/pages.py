"""A recipient's page: the entries under one id that a change has to see, and what it makes of them.

A backend reads the entries that changes name, folds the changes over them, and writes what came out only if nothing
it read has been changed by somebody else since. That is all it has to be able to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

import msgspec

from app.engine.readings import FOREVER
from app.recipients.events import Outcome
from app.recipients.person import Person
from app.stores.erasures import is_kept_out
from app.stores.identities import Identity

PERSON: Final = "person"
"""The entry of the person; the others are named by those who write them."""

STRANGER_S: Final = 400 * 86_400.0
"""How long after the last change somebody is remembered by default whom the sender never introduced, in seconds."""

Found = Mapping[str, bytes]

_read_person = msgspec.json.Decoder(Person).decode


class Entry(NamedTuple):
    """A value, and the instant after which it is as if it were not there, as long as its kind is kept as by default."""

    value: bytes
    until: float


class Page:
    """The entries of one recipient while changes are made to them."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._written: dict[str, Entry] = {}
        self.person = self._before = person_in(found) or Person()

    def read(self, name: str) -> bytes | None:
        """The value of an entry, if there is one."""
        entry = self._written.get(name)
        return entry.value if entry else self._found.get(name)

    def write(self, name: str, value: bytes, until: float) -> None:
        """Keep a value until then, or as much longer or shorter as is set for its kind."""
        self._written[name] = Entry(value, until)

    def written(self, now: float) -> Mapping[str, Entry]:
        """What is to be kept in the end."""
        if self.person is self._before:
            return self._written
        until = FOREVER if self.person.introduced else now + STRANGER_S
        return {**self._written, PERSON: Entry(msgspec.json.encode(self.person), until)}


class Change(Protocol):
    """Something that happens to one recipient's page. It may be applied twice where an answer got lost on its way, so
    what is acknowledged must come to nothing the second time.
    """

    @property
    def recipient(self) -> str:
        """Whose page."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The entries it has to see, beside the person."""
        ...

    @property
    def identity(self) -> Identity | None:
        """What tells it apart from all others; None for what may come as often as it likes."""
        ...

    @property
    def asks(self) -> str:
        """Who must not have said no to being measured, where the page does not tell whose it is; '' for nobody."""
        ...

    @property
    def asked_at(self) -> float | None:
        """When that was asked for whose answer it comes behind; None for what somebody waits for."""
        ...

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Make the change."""
        ...


class Folded(NamedTuple):
    """What changes came to: an outcome for each, and what has to be written for all of them."""

    outcomes: list[Outcome]
    written: Mapping[str, Entry]


def person_in(found: Found) -> Person | None:
    """The person, if there is one; raises msgspec.MsgspecError for one that cannot be read."""
    raw = found.get(PERSON)
    return None if raw is None else _read_person(raw)


def measured(found: Found) -> bool:
    """Whether the person of this page did not say no to that; raises msgspec.MsgspecError."""
    person = person_in(found)
    return person is None or person.measured


def fold(changes: Iterable[Change], found: Found, now: float, marks: Collection[bytes] = ()) -> Folded:
    """Apply changes of one recipient, in their order, but for those that erasures with these marks keep out; raises
    msgspec.MsgspecError.
    """
    page = Page(found)
    outcomes = [
        Outcome.NOT_PERMITTED if is_kept_out(change.asked_at, marks, now) else change.apply(page, now)
        for change in changes
    ]
    return Folded(outcomes, page.written(now))


def by_recipient(changes: Sequence[Change], refused: Collection[int] = ()) -> Mapping[str, list[int]]:
    """The positions of each recipient's changes, without those that somebody refused."""
    positions: dict[str, list[int]] = {}
    for position, change in enumerate(changes):
        if position not in refused:
            positions.setdefault(change.recipient, []).append(position)
    return positions


def identities_of(changes: Iterable[Change]) -> Mapping[int, Identity]:
    """What tells them apart, by their positions."""
    each = ((position, change.identity) for position, change in enumerate(changes))
    return {position: identity for position, identity in each if identity}


def names_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """The entries that these have to see, each once."""
    return tuple({PERSON: None} | {name: None for change in changes for name in change.names})
