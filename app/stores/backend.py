"""What a backend has to be able to do; one conformance suite is run on each. What it does for offers is in `places`.

What an open waits for is total and limited in time. The rest raises StoreTrouble, and may be asked again then.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.engine.readings import Why
from app.recipients.events import Outcome
from app.stores.erasures import Clock
from app.stores.pages import Change, Found
from app.stores.retention import Swept


class Backend(Protocol):
    """Named entries under recipients' ids. `now` decides which are too old to be there; what takes its time has the
    `clock`, which tells it anew.
    """

    def glance(self, recipient: str, names: Sequence[str], now: float, /) -> Found | Why | None:
        """These entries, or why there is no telling; None means that it takes waiting."""
        ...

    async def read(self, recipient: str, names: Sequence[str], now: float) -> Found | Why:
        """The same in one round trip, of at most 50 ms."""
        ...

    async def amend(self, changes: Sequence[Change], now: float) -> list[Outcome]:
        """Apply changes; they are durable on return. Raises Clash, and has done nothing, and StoreTrouble, where the
        same may be asked again.
        """
        ...

    def later(self, change: Change, clock: Clock) -> bool:
        """Apply a change soon, unless it gets lost, or comes behind an erasure; False if there is no room."""
        ...

    async def page(self, recipient: str, now: float) -> Found:
        """All entries. Raises StoreTrouble."""
        ...

    async def erase(self, recipients: Sequence[str], clock: Clock) -> list[Found]:
        """Leave no byte of these; answers what there was of each. Raises StoreTrouble.

        What comes behind an answer, in any process, and was asked for before this returns, is not written any more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the store that an operator should know, and whether it is as it should be."""

    said: str
    fine: bool = True


class Upkeep(Protocol):
    """What keeps a backend. All but `aclose` raise StoreTrouble."""

    async def begin(self) -> None:
        """Bring the schema to this version; several processes may do so at once."""
        ...

    async def forget(self, now: float) -> Swept | None:
        """Remove what is too old by now, and look at what is left; None if another process does it."""
        ...

    async def inspect(self) -> list[Finding]:
        """Whether all is well; looks at everything, and takes its time."""
        ...

    async def backup(self, file: Path) -> None:
        """Write everything into a new file, which a store can be opened from."""
        ...

    def walk(self, now: float) -> AsyncIterator[tuple[str, Found]]:
        """Every page with all of its entries, while others go on; what comes or goes meanwhile may be missing."""
        ...

    async def aclose(self) -> None:
        """Finish what has been begun, and let go of files and connections."""
        ...
