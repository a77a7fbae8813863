"""What is withdrawn, on a page of its own: kept like anything else, so that every process of a store sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from app.engine.readings import FOREVER
from app.engine.withdrawals import Withdrawal, Withdrawn
from app.errors import StoreTrouble
from app.recipients.events import Outcome
from app.stores.backend import Backend
from app.stores.pages import Page

PAGE: Final = " withdrawn"
"""No recipient has this id, since ids have no blanks around them."""

PREFIX: Final = "withdrawn "

_read_since = msgspec.json.Decoder(float).decode


@dataclass(frozen=True, slots=True)
class Turned:
    """Something is withdrawn, or put back; withdrawn once more, it stays as it is."""

    withdrawal: Withdrawal
    back: bool = False
    recipient: str = PAGE
    identity: None = None
    asks: str = ""
    asked_at: None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its entry."""
        return (f"{PREFIX}{self.withdrawal}",)

    def apply(self, page: Page, now: float, /) -> Outcome:
        """Write when that was, or let it end now."""
        (name,) = self.names
        if self.back:
            page.write(name, b"", now)
        elif page.read(name) is None:
            page.write(name, msgspec.json.encode(now), FOREVER)
        return Outcome.STORED


class Withdrawals:
    """Reads and writes that page. Both raise StoreTrouble."""

    def __init__(self, backend: Backend, clock: Callable[[], float]) -> None:
        self._backend = backend
        self._clock = clock

    async def read(self) -> Withdrawn:
        """Everything that is withdrawn."""
        found = await self._backend.page(PAGE, self._clock())
        try:
            return {
                Withdrawal.of(name.removeprefix(PREFIX)): _read_since(raw)
                for name, raw in sorted(found.items())
                if name.startswith(PREFIX) and raw  # one that was put back, by a clock that is ahead
            }
        except (ValueError, msgspec.MsgspecError) as error:
            raise StoreTrouble(f"an entry cannot be read: {error}") from error

    async def write(self, withdrawn: Iterable[Withdrawal], put_back: Iterable[Withdrawal]) -> None:
        """Withdraw some and put back others, as one change."""
        changes = [*map(Turned, withdrawn), *(Turned(one, back=True) for one in put_back)]
        await self._backend.amend(changes, self._clock())
