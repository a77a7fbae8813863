"""One recipient's turn in a change: what has to be read, and, once it has been, what to write if it is still so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.recipients.events import Outcome
from app.stores.pages import Change, by_recipient, fold, names_of
from app.stores.redis import entries, scripts

Command = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """The command that writes unless somebody else was faster, and what the changes came to if it does."""

    command: Command
    outcomes: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Turn:
    """The changes of one recipient, with their positions among all that were asked for."""

    recipient: str
    positions: Sequence[int]
    changes: Sequence[Change]

    @property
    def reading(self) -> Command:
        """The command that reads what the changes have to see."""
        return "HMGET", scripts.keys(self.recipient)[0], *names_of(self.changes)

    def swap(self, raws: Sequence[bytes | None], now: float) -> Swap:
        """What to write after that was read; raises msgspec.MsgspecError."""
        fields = list(zip(names_of(self.changes), raws, strict=True))
        folded = fold(self.changes, entries.found(fields, now), now)
        seen = [part for name, raw in fields for part in (name, entries.digest(raw))]
        written = [
            part for name, entry in folded.written.items() for part in (name, entries.packed(entry), entry.until)
        ]
        keys = scripts.keys(self.recipient)
        return Swap(("EVAL", scripts.SWAP, len(keys), *keys, now, len(fields), *seen, *written), folded.outcomes)


def turns(changes: Sequence[Change], refused: Collection[int] = ()) -> list[Turn]:
    """Everybody's turn, without the changes that somebody refused."""
    return [
        Turn(recipient, positions, [changes[position] for position in positions])
        for recipient, positions in by_recipient(changes, refused).items()
    ]
