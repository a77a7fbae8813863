"""`onopen url`: the picture and link URLs of a placeholder, with a token; for one recipient, or for a table of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from app.cli.common import Campaign, Json, Pins, Site, pins, print_json, workshop
from app.errors import UsageError
from app.workshop.addressing import Addressing, Minting, doubt, recipe
from app.workshop.roster import Outcome, Roster


def url(
    placeholder: str = typer.Argument(help="The placeholder's name."),
    site: Site = None,
    campaign: Campaign = "",
    base: Annotated[str, typer.Option("--base", help="Where onopen is reached.")] = "http://127.0.0.1:8000",
    mailing: Annotated[str, typer.Option("-m", "--mailing", help="The sending platform's id of the send.")] = "",
    recipient: Annotated[str, typer.Option("-r", "--recipient", help="The recipient's opaque id.")] = "",
    given: Pins = None,
    expires: Annotated[str, typer.Option("--expires", help="How long tokens hold, e.g. 90d.")] = "400d",
    plain: Annotated[bool, typer.Option("--plain", help="No token: nothing vouches for the recipient.")] = False,
    test: Annotated[
        bool, typer.Option("--test", help="A test send: rule and horizon are written on the picture, nothing counts.")
    ] = False,
    table: Annotated[
        Path | None, typer.Option("--csv", help="A table of recipients; a column “token” is added.")
    ] = None,
    column: Annotated[str, typer.Option("--recipient-column", help="The table's column with the opaque ids.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where the table goes, if not here.")] = None,
    for_platform: Annotated[
        bool, typer.Option("--recipe", help="What a sending platform needs that signs by itself. Has a secret in it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Print the picture URL and the link URL, ready to paste. With a recipient they carry a token."""
    bench = workshop(site)
    found = bench.site()
    addressing = Addressing.of(found, placeholder, campaign=campaign, base=base)
    minting = partial(Minting.of, bench.settings, expires, time.time, test=test)
    if table is not None:
        _sign(table, output, Roster(addressing, minting(), mailing, column))
    elif for_platform:
        _print(recipe(addressing, minting(), mailing), as_json)
    else:
        said = addressing.parameters(mailing, recipient, pins(given))
        if test or (recipient and not plain):
            said = {"t": minting().token(said)}
        elif doubtful := doubt(found, recipient):
            typer.echo(doubtful, err=True)
        urls = addressing.urls(said)
        if as_json:
            print_json(urls._asdict())
        else:
            typer.echo(f"{urls.picture}\n{urls.link}")


def _print(found: dict[str, str], as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join(found.values()))


def _sign(table: Path, output: Path | None, roster: Roster) -> None:
    """Write the table with its tokens. Exit code 1 where rows were left out."""
    if output is not None and output.exists() and output.samefile(table):
        raise UsageError(f"-o {output}: that is the table itself; name another file")
    target = _whole(output) if output else nullcontext(sys.stdout)
    with table.open("rb") as file, target as out, _progress(table.stat().st_size) as seen:
        outcome = roster.sign(file, out, seen)
    _tell(outcome)
    raise typer.Exit(1 if outcome.left_out else 0)


@contextmanager
def _whole(output: Path) -> Iterator[TextIO]:
    """A file that is there once all of it is written: half a table of recipients looks like a whole one."""
    begun = output.with_name(f".{output.name}.part")
    try:
        with begun.open("w", encoding="utf-8", newline="") as out:
            yield out
        begun.replace(output)
    finally:
        begun.unlink(missing_ok=True)


def _tell(outcome: Outcome) -> None:
    for trouble in outcome.troubles:
        typer.echo(trouble, err=True)
    if outcome.left_out > len(outcome.troubles):
        typer.echo(f"… and {outcome.left_out - len(outcome.troubles):,} more", err=True)
    left_out = f", {outcome.left_out:,} rows left out" if outcome.left_out else ""
    typer.echo(f"{outcome.made:,} tokens{left_out}", err=True)


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], object]]:
    """What hears of bytes that were read; a bar, where somebody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=size, label="signing", file=sys.stderr, update_min_steps=1 << 16) as bar:
        yield bar.update
