"""`onopen recall`: let a rule, or a field of one, be shown no more, and find out who saw it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.common import Json, Site, print_json, settings_for, workshop
from app.engine.withdrawals import Withdrawal
from app.errors import CdnTrouble, UsageError
from app.ports import Withdrawals
from app.recall.exposures import written
from app.recall.recalls import UNTOLD, Recalls, named, named_among, told
from app.recall.withdrawable import Withdrawable
from app.settings import Settings
from app.wiring.purges import purging_opened
from app.workshop.storekeeping import opened

Names = Annotated[
    list[str] | None, typer.Argument(help="RULE or RULE.FIELD, after CAMPAIGN/ where several have it.", metavar="NAME…")
]
Undo = Annotated[bool, typer.Option("--undo", help="Show it again.")]
Listing = Annotated[bool, typer.Option("--list", help="Print what is recalled.")]
Exposed = Annotated[Path, typer.Option("-o", "--output", help="Who saw it, as CSV.", dir_okay=False)]
Removed = Annotated[
    bool, typer.Option("--removed", help="The rule is no longer in the site, and named in full: CAMPAIGN/RULE.")
]


def recall(
    names: Names = None,
    undo: Undo = False,
    listing: Listing = False,
    output: Exposed = Path("exposed.csv"),
    removed: Removed = False,
    site: Site = None,
    as_json: Json = False,
) -> None:
    """Show a rule no more (the next that fires is shown), or a field of it (its default is), on all servers within two
    seconds. Clicks on it lead to what is shown now, the CDN drops it, and who saw it is written to a table. Exit code 1
    if the store did not take it, or the CDN did not do it.
    """
    settings = settings_for(site)
    if listing:
        _tell(asyncio.run(_listed(settings)), as_json=as_json)
        return
    if not names:
        raise UsageError("say what to recall, RULE or RULE.FIELD; --list prints what is recalled")
    known = Withdrawable.of(workshop(site).as_it_stands())
    if undo:
        done = asyncio.run(_put_back(settings, names, known))
    else:
        done = asyncio.run(_recalled(settings, named(names, known, removed=removed), known, output))
    _tell(done, as_json=as_json)
    raise typer.Exit(1 if "trouble" in done else 0)


async def _listed(settings: Settings) -> dict[str, Any]:
    async with opened(settings) as store:
        return {"recalled": told(await store.withdrawals.read())}


async def _put_back(settings: Settings, names: Sequence[str], site: Withdrawable) -> dict[str, Any]:
    async with opened(settings) as store:
        wanted = named_among(names, await store.withdrawals.read())
        return {"undone": [str(one) for one in wanted], **await _turned(settings, store.withdrawals, [], wanted, site)}


async def _recalled(settings: Settings, wanted: list[Withdrawal], site: Withdrawable, output: Path) -> dict[str, Any]:
    async with opened(settings) as store:
        done = await _turned(settings, store.withdrawals, wanted, [], site)
        with _progress() as came_to:
            exposure = await written(output, wanted, store.accounts(), came_to)
        withdrawn = told(await store.withdrawals.read())
        return {"recalled": withdrawn, **done, "exposed": exposure.as_json(), "file": str(output)}


async def _turned(
    settings: Settings,
    withdrawals: Withdrawals,
    wanted: Sequence[Withdrawal],
    put_back: Sequence[Withdrawal],
    site: Withdrawable,
) -> dict[str, Any]:
    """What the CDN dropped; where it did not, why, since all the rest is done and goes on."""
    async with purging_opened(settings) as purging:
        try:
            return {"purged": await Recalls(withdrawals, purging).turn(wanted, put_back, site)}
        except CdnTrouble as trouble:
            return {"purged": [], "trouble": trouble.operator}


@contextmanager
def _progress() -> Iterator[Callable[[int], object]]:
    """A bar on standard error, where that is a terminal: how many pages were looked at."""
    from rich.console import Console  # a fifth of a second, which no other command should pay for
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TextColumn("{task.completed:,.0f} recipients looked at"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda pages: bar.update(task, completed=pages)


def _tell(done: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        for line in _lines(done):
            typer.echo(line)
    if trouble := done.get("trouble"):
        typer.echo(f"all servers follow, but not what the CDN keeps: {trouble}", err=True)


def _lines(done: dict[str, Any]) -> Iterator[str]:
    yield from (f"recalled: {one['name']}, since {one['since']}" for one in done.get("recalled", ()))
    yield from (f"shown again: {name}" for name in done.get("undone", ()))
    if done == {"recalled": []}:
        yield "nothing is recalled"
    if "purged" in done and "trouble" not in done:
        yield f"dropped: {', '.join(done['purged'])}" if done["purged"] else UNTOLD
    if "exposed" in done:
        seen = done["exposed"]
        yield (
            f"{done['file']}: {seen['certainly']:,} mails certainly showed it, {seen['possibly']:,} possibly;"
            f" {seen['unnamed']:,} more without a name. What caches answered is in none of them."
        )
