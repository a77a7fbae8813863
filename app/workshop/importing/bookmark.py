"""How far an import has come, kept in the state directory, so that one that was interrupted goes on where it stopped.

It is written after what it stands for is durable: whatever happens in between is done twice, which changes nothing.
"""

from __future__ import annotations

from hashlib import blake2b, file_digest
from pathlib import Path

import msgspec

FOLDER = "imports"


class Place(msgspec.Struct, frozen=True):
    """The bytes and lines before it are done: so many recipients were told, so many lines skipped."""

    offset: int = 0
    lines: int = 0
    told: int = 0
    skipped: int = 0


class Bookmark:
    """The place of one table on its way into one store; `purpose` tells it from others, and is not written down."""

    def __init__(self, state: Path, table: Path, purpose: str) -> None:
        """Reads the whole table; raises OSError."""
        with table.open("rb") as file:
            digest = file_digest(file, blake2b)
        digest.update(purpose.encode())
        self._file = state / FOLDER / f"{digest.hexdigest()[:32]}.json"

    def read(self) -> Place:
        """Where to go on; the beginning where nothing is known."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Place)
        except (OSError, msgspec.MsgspecError):
            return Place()

    def put(self, place: Place) -> None:
        """Everything before this place is durable; raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        begun = self._file.with_suffix(".part")
        begun.write_bytes(msgspec.json.encode(place))
        begun.replace(self._file)

    def remove(self) -> None:
        """The table is done: the same one again begins anew."""
        self._file.unlink(missing_ok=True)
