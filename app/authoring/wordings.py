"""What events told of an item, as tiles and texts show it: just as a table would that says the same.

What cannot be shown (a picture that is not there, a number beyond all figures) is not shown; nobody can correct an
event when a mail is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from app.authoring.documents.events import EventField
from app.authoring.feeds import Cells
from app.authoring.feeds.cells import WORDED, Cell
from app.authoring.operands import Misread
from app.engine.words import Alternative


@dataclass(frozen=True, slots=True)
class Wording:
    """How one field is shown. `varies` says that it has other words for readers of another language."""

    type: str
    read: Callable[[str], Cell]

    @property
    def varies(self) -> bool:
        """Whether its words are those of a language."""
        return self.type in WORDED

    def text(self, value: Any) -> str:
        """A value that is known and not empty, as a cell would have it, and as receipts keep it."""
        if self.type == "moment":
            return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"{Decimal(repr(value)).normalize():f}" if isinstance(value, float) else str(value)

    def says(self, text: str) -> Alternative | None:
        """What is shown of such a text; None where it cannot be."""
        try:
            return self.read(text).says
        except Misread:
            return None


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Whether an asset is among those of the site; what is in it, nobody looks at here."""

    ok: bool
    moves: bool = False
    problem: str = "there is no such file in assets/"
    remedy: str = "copy the file into assets/"


def wordings(fields: Mapping[str, EventField], cells_of: Callable[[EventField], Cells]) -> dict[str, Wording]:
    """The wording of each of these fields."""
    return {name: Wording(one.type, cells_of(one).read) for name, one in fields.items()}


def among(pictures: Collection[str]) -> Callable[[str], LookedUp]:
    """Looks a path up among the pictures of a site; no disk is asked, as this is done while somebody waits."""
    return lambda path: LookedUp(path in pictures)
