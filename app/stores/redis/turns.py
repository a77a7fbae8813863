"""One recipient's turn in a change: what has to be read, and, once it has been, what to write if it is still so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.recipients.events import Outcome
from app.stores.erasures import Marks
from app.stores.identities import Identity
from app.stores.pages import Change, Found, by_recipient, fold, identities_of, names_of
from app.stores.redis import entries, scripts
from app.stores.retention import Moment

Command = tuple[Any, ...]

Raws = Sequence[bytes | None]
"""The entries that changes have to see, as they were read."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The command that writes unless somebody else was faster, what the changes came to if it does, and the entries of
    ids that it writes.
    """

    command: Command
    outcomes: Sequence[Outcome]
    ids: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Turn:
    """The changes of one recipient, with their positions among all that were asked for.

    Of their `keys` the third and all behind it are marks of erasures; `known` is what these say, as far as that was
    heard of.
    """

    keys: Sequence[str]
    positions: Sequence[int]
    changes: Sequence[Change]
    known: Sequence[bytes | None]

    @property
    def reading(self) -> Command:
        """The command that reads what the changes have to see."""
        return "HMGET", self.keys[0], *names_of(self.changes)

    @property
    def identities(self) -> Mapping[int, Identity]:
        """What tells its changes apart from all others, by position."""
        return {self.positions[at]: identity for at, identity in identities_of(self.changes).items()}

    def held(self, raws: Raws, now: Moment) -> Found:
        """The ids that were on the page."""
        ids = {name for name, _ in self.identities.values()}
        return entries.found((field for field in self._fields(raws) if field[0] in ids), now)

    def swap(self, raws: Raws, now: Moment) -> Swap:
        """What to write after that was read; raises msgspec.MsgspecError."""
        fields = self._fields(raws)
        folded = fold(self.changes, entries.found(fields, now), now.at, [mark for mark in self.known if mark])
        seen = [part for name, raw in fields for part in (name, entries.digest(raw))]
        packed = {name: entries.packed(entry) for name, entry in folded.written.items()}
        written = [part for name, raw in packed.items() for part in (name, raw, folded.written[name].until)]
        known = [mark or b"" for mark in self.known]
        command = ("EVAL", scripts.SWAP, len(self.keys), *self.keys, now.earliest, len(fields), *known, *seen, *written)
        ids = {name: packed[name] for name, _ in self.identities.values() if name in packed}
        return Swap(command, folded.outcomes, ids)

    def after(self, answer: Any) -> Turn:
        """The turn to take after one that has written nothing: somebody else was faster, or an erasure."""
        return self if isinstance(answer, int) else replace(self, known=answer)

    def _fields(self, raws: Raws) -> list[tuple[str, bytes | None]]:
        return list(zip(names_of(self.changes), raws, strict=True))


def turns(changes: Sequence[Change], marks: Marks, refused: Collection[int] = ()) -> list[Turn]:
    """Everybody's first turn, without the changes that somebody refused; it knows of no erasure."""
    return [
        _turn(recipient, positions, [changes[position] for position in positions], marks)
        for recipient, positions in by_recipient(changes, refused).items()
    ]


def _turn(recipient: str, positions: Sequence[int], changes: Sequence[Change], marks: Marks) -> Turn:
    mine = marks.of(recipient)
    return Turn(scripts.keys(recipient, mine), positions, changes, [None] * len(mine))
