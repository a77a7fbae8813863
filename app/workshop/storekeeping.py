"""What people at a terminal do with the store: look at it, copy it, fill it, and see to one recipient.

`onopen store` and `onopen recipients` print what these find. All but `inspect` raise StoreTrouble.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from app.errors import UsageError
from app.recipients.accounts import Account, Erased
from app.recipients.ids import IDENTIFIER, is_identifier
from app.recipients.tellable import Tellable
from app.settings import Settings
from app.sites import state_directory
from app.stores.backend import Finding
from app.stores.store import Store
from app.wiring.world import hiders, keyring_for, store_of
from app.workshop.importing.bookmark import Bookmark, Place
from app.workshop.importing.run import Import, Watcher
from app.workshop.importing.sheet import Reading, Sheet

Result = TypeVar("Result")


def inspect(settings: Settings) -> list[Finding]:
    """Everything an operator should know about the store that is set."""
    return _done(settings, lambda store: store.upkeep.inspect())


def backup(settings: Settings, file: Path) -> None:
    """Copy the store that is set into a new file."""
    _done(settings, lambda store: store.upkeep.backup(file.absolute()))


def account(settings: Settings, recipient: str) -> Account | None:
    """Everything that is kept about somebody; None if that is nothing. Raises UsageError."""
    _check_id(recipient)
    return _done(settings, lambda store: store.account(recipient))


def erase(settings: Settings, recipient: str) -> Erased:
    """Leave nothing about somebody. Raises UsageError."""
    _check_id(recipient)
    return _done(settings, lambda store: store.erase(recipient))


def import_table(
    settings: Settings, table: Path, reading: Reading, tellable: Tellable, watcher: Watcher, *, restart: bool
) -> Place:
    """Tell everybody in a table, from where an interrupted import of it stopped unless it is to `restart`.

    Raises UsageError, before anything is written, and OSError.
    """
    with table.open("rb") as file:
        sheet = Sheet.of(file.readline(), reading, tellable)
    store = settings.store.get_secret_value() if settings.store else ""
    bookmark = Bookmark(state_directory(settings.state_dir), table, purpose=f"{store}\n{reading}")
    if restart:
        bookmark.remove()
    return _done(settings, Import(table, sheet, bookmark, watcher).run)


def _check_id(recipient: str) -> None:
    if not is_identifier(recipient):
        raise UsageError(f"an id has 1 to {IDENTIFIER} visible characters, without blanks around them")


def _done(settings: Settings, work: Callable[[Store], Awaitable[Result]]) -> Result:
    async def done() -> Result:
        async with opened(settings) as store:
            return await work(store)

    return asyncio.run(done())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store that is set, until the block ends."""
    state = state_directory(settings.state_dir)
    hiding = hiders(keyring_for(settings, state))
    store = store_of(settings, state, time.time, lost=lambda: None, hiders=hiding)
    try:
        yield store
    finally:
        await store.upkeep.aclose()
