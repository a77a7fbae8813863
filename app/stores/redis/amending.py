"""How changes come into Redis: look, claim the ids, write; whoever was slower than somebody else looks again.

Each of the three is one round trip for any number of changes; where no event is among them there is nothing to claim.
Until the third nothing is done that could not be given back. A process that dies before it leaves claims of events that
can be sent again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from app.errors import Clash, StoreTrouble
from app.recipients.events import Outcome
from app.stores.erasures import Marks
from app.stores.identities import refuse_clashes
from app.stores.pages import Change, Found
from app.stores.redis import entries, scripts
from app.stores.redis.claims import FREE, Claim, looking
from app.stores.redis.clients import Client, together
from app.stores.redis.turns import Raws, Swap, turns
from app.stores.retention import Moment

LOST: Final = "Redis: it has forgotten ids of events while pages were written"


class Amendment:
    """Changes on their way, and what they have come to so far. Raises what the client raises."""

    def __init__(
        self, client: Client, changes: Sequence[Change], marks: Marks, refused: Collection[int], now: Moment
    ) -> None:
        self.outcomes = [Outcome.NOT_PERMITTED if at in refused else Outcome.STORED for at in range(len(changes))]
        self.waiting = turns(changes, marks, refused)
        self._client, self._now = client, now
        self._claims: list[Claim] = []
        self._begun = False

    async def attempt(self) -> None:
        """Let all have their turn who wait; some may wait again then. Raises Clash, and has given back all claims; but
        StoreTrouble once something is written: only a server that loses what it had lets it come to that.
        """
        read, held = await self._look()
        try:
            self._refuse_clashes(read, held)
        except Clash as clash:
            if self._begun:
                raise StoreTrouble(LOST) from clash
            await together(self._client, [claim.given_back.command for claim in reversed(self._claims)])
            raise
        swaps = [turn.swap(raws, self._now) for turn, raws in zip(self.waiting, read, strict=True)]
        if await self._claim(swaps, held):
            await self._write(swaps)

    async def _look(self) -> tuple[Sequence[Raws], Mapping[str, bytes | None]]:
        """What is on the pages, and what the keys of ids hold."""
        ids = list({name: None for turn in self.waiting for name, _ in turn.identities.values()})
        asked = [*(turn.reading for turn in self.waiting), *map(looking, ids)]
        answers = await together(self._client, asked)
        pages = len(self.waiting)
        return answers[:pages], dict(zip(ids, answers[pages:], strict=True))

    def _refuse_clashes(self, read: Sequence[Raws], held: Mapping[str, bytes | None]) -> None:
        """A page is believed as well: it may still know what the key of an id has lost."""
        identities = {at: identity for turn in self.waiting for at, identity in turn.identities.items()}
        digests: Found = entries.found(held.items(), self._now)
        for turn, raws in zip(self.waiting, read, strict=True):
            digests = {**digests, **turn.held(raws, self._now)}
        refuse_clashes(dict(sorted(identities.items())), digests)

    async def _claim(self, swaps: Sequence[Swap], held: Mapping[str, bytes | None]) -> bool:
        """Claim each id that is about to be written; False if somebody was faster with one."""
        wanted = {name: raw for swap in swaps for name, raw in swap.ids.items() if raw != held[name]}
        claims = [Claim.of(name, held[name] or FREE, raw, self._now) for name, raw in wanted.items()]
        answers = await together(self._client, [claim.command for claim in claims])
        self._claims += [claim for claim, answer in zip(claims, answers, strict=True) if answer]
        return all(answers)

    async def _write(self, swaps: Sequence[Swap]) -> None:
        """Those are left of whom somebody else has written in between, or who were erased."""
        self._begun = True
        answers = await together(self._client, [swap.command for swap in swaps])
        for turn, swap, answer in zip(self.waiting, swaps, answers, strict=True):
            if answer == scripts.WRITTEN:
                for position, outcome in zip(turn.positions, swap.outcomes, strict=True):
                    self.outcomes[position] = outcome
        each = zip(self.waiting, answers, strict=True)
        self.waiting = [turn.after(answer) for turn, answer in each if answer != scripts.WRITTEN]
