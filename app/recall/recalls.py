"""Recalls put together: what is withdrawn is written down for all servers, then the CDN is told.

`onopen recall` and `POST /api/recall` are thin over this.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from app.edge import tags
from app.edge.lifetime import LONGEST_S
from app.edge.purging import Purging
from app.engine.withdrawals import Withdrawal, Withdrawn
from app.errors import UsageError
from app.ports import Withdrawals
from app.recall.withdrawable import Withdrawable

SETTLED_S: Final = 2.0
"""After so long every server follows: each looks once a second."""

UNTOLD: Final = f"no CDN was told (ONOPEN_EDGE__PURGE_URL): what caches keep ends within {LONGEST_S} seconds"


async def _nobody() -> None:
    """Whoever only writes follows nothing."""


@dataclass(frozen=True, slots=True)
class Recalls:
    """Withdraws and puts back. `follow` makes this process follow at once; without `purging` no CDN is told."""

    withdrawals: Withdrawals
    purging: Purging | None
    follow: Callable[[], Awaitable[None]] = _nobody
    settled_s: float = SETTLED_S

    async def turn(
        self, withdrawn: Sequence[Withdrawal], put_back: Sequence[Withdrawal], site: Withdrawable
    ) -> tuple[str, ...]:
        """Show some no more and others again; answers the tags of what the CDN dropped once no server shows it.

        Raises StoreTrouble, and nothing was done; or CdnTrouble, and everything was but that.
        """
        await self.withdrawals.write(withdrawn, put_back)
        await self.follow()
        mine = {tags.rule(name, one.rule) for one in withdrawn for name in site.shows(one)}
        others = {tags.placeholder(name) for one in put_back for name in site.shows(one)}  # whichever rule came instead
        wanted = tuple(sorted(mine | others))
        if self.purging is None or not wanted:
            return ()
        await asyncio.sleep(self.settled_s)
        await self.purging.drop(wanted)
        return wanted


def named(written: Iterable[str], site: Withdrawable, *, removed: bool) -> list[Withdrawal]:
    """What these names mean; `removed` rules are no longer in the site, so their full names are taken as they are.

    Raises UsageError.
    """
    return [_as_written(one) if removed else site.find(one) for one in written]


def named_among(written: Iterable[str], withdrawn: Iterable[Withdrawal]) -> list[Withdrawal]:
    """Those of what is withdrawn that are meant, in full or without their campaign; raises UsageError."""
    known = list(withdrawn)
    return [_one_of(one, known) for one in written]


def told(withdrawn: Withdrawn) -> list[dict[str, str]]:
    """What is withdrawn, as JSON values, with the instant since when."""
    return [
        {"name": str(one), "since": datetime.fromtimestamp(since, UTC).isoformat(timespec="seconds")}
        for one, since in withdrawn.items()
    ]


def _as_written(written: str) -> Withdrawal:
    try:
        return Withdrawal.of(written)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _one_of(written: str, known: Sequence[Withdrawal]) -> Withdrawal:
    found = [one for one in known if written in (str(one), str(one).partition("/")[2])]
    if len(found) == 1:
        return found[0]
    remedy = f"write one of: {', '.join(map(str, found or known))}" if known else "nothing is"
    raise UsageError(f"“{written}” is {'more than one thing that is' if found else 'not'} recalled; {remedy}")
