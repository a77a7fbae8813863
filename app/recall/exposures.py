"""Who saw what was recalled, gathered from the whole store into a table, or only counted."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from app.engine.withdrawals import Withdrawal
from app.recipients.accounts import Account
from app.recipients.exposure import Exposed, Exposure

Accounts = AsyncIterator[tuple[str, Account]]
"""Every page of a store with what is kept on it."""

COLUMNS: Final = ("recipient", "mailing", "placeholder", "shown_at", "how")


async def counted(withdrawn: Collection[Withdrawal], accounts: Accounts) -> Exposure:
    """How many saw it; opens of the same process go in between. Raises StoreTrouble."""
    exposure = Exposure(withdrawn)
    async for page, account in accounts:
        exposure.seen_by(page, account)
        await asyncio.sleep(0)
    return exposure


async def written(
    file: Path, withdrawn: Collection[Withdrawal], accounts: Accounts, came_to: Callable[[int], object]
) -> Exposure:
    """Who saw it, line by line into a file that is there as a whole in the end; `came_to` hears of each page.

    Raises StoreTrouble and OSError.
    """
    exposure, pages = Exposure(withdrawn), 0
    with _anew(file) as lines:
        table = csv.writer(lines)
        table.writerow(COLUMNS)
        async for page, account in accounts:
            table.writerows(map(_row, exposure.seen_by(page, account)))
            pages += 1
            came_to(pages)
    return exposure


def _row(seen: Exposed) -> tuple[str, ...]:
    at = "" if seen.shown_at is None else datetime.fromtimestamp(seen.shown_at, UTC).isoformat(timespec="seconds")
    return seen.recipient, seen.mailing, seen.placeholder, at, seen.how.value


@contextmanager
def _anew(file: Path) -> Iterator[TextIO]:
    """A file that takes the place of another once it is whole; nobody else may read it, since people are in it."""
    begun = file.with_name(f"{file.name}.part")
    begun.unlink(missing_ok=True)
    private = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(private, "w", encoding="utf-8", newline="") as lines:
            yield lines
        begun.replace(file)
    finally:
        begun.unlink(missing_ok=True)
