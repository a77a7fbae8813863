"""One recipient's turn in a change: what has to be read, and, once it has been, what to write if it is still so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.recipients.events import Outcome
from app.stores.erasures import Marks
from app.stores.pages import Change, by_recipient, fold, names_of
from app.stores.redis import entries, scripts
from app.stores.retention import Moment

Command = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """The command that writes unless somebody else was faster, and what the changes came to if it does."""

    command: Command
    outcomes: Sequence[Outcome]


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

    def swap(self, raws: Sequence[bytes | None], now: Moment) -> Swap:
        """What to write after that was read; raises msgspec.MsgspecError."""
        fields = list(zip(names_of(self.changes), raws, strict=True))
        folded = fold(self.changes, entries.found(fields, now), now.at, [mark for mark in self.known if mark])
        seen = [part for name, raw in fields for part in (name, entries.digest(raw))]
        written = [
            part for name, entry in folded.written.items() for part in (name, entries.packed(entry), entry.until)
        ]
        known = [mark or b"" for mark in self.known]
        command = ("EVAL", scripts.SWAP, len(self.keys), *self.keys, now.earliest, len(fields), *known, *seen, *written)
        return Swap(command, folded.outcomes)

    def after(self, answer: Any) -> Turn:
        """The turn to take after one that has written nothing: somebody else was faster, or an erasure."""
        return self if isinstance(answer, int) else replace(self, known=answer)


def turns(changes: Sequence[Change], marks: Marks, refused: Collection[int] = ()) -> list[Turn]:
    """Everybody's first turn, without the changes that somebody refused; it knows of no erasure."""
    return [
        _turn(recipient, positions, [changes[position] for position in positions], marks)
        for recipient, positions in by_recipient(changes, refused).items()
    ]


def _turn(recipient: str, positions: Sequence[int], changes: Sequence[Change], marks: Marks) -> Turn:
    mine = marks.of(recipient)
    return Turn(scripts.keys(recipient, mine), positions, changes, [None] * len(mine))
