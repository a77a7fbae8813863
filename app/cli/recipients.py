"""`onopen recipients`: tell everybody in a table at once, see what is kept about somebody, erase it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, Site, print_json, settings_for, workshop
from app.cli.importing import Onlooker
from app.errors import StoreTrouble
from app.workshop import storekeeping
from app.workshop.importing.sheet import Reading

recipients = typer.Typer(help="Recipients: import a table of them, show one, erase one.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="The id that stands behind r= in the mails.", metavar="ID")]


@recipients.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.", dir_okay=False)],
    site: Site = None,
    id_column: Annotated[str, typer.Option("--id-column", help="The column of the ids.")] = "id",
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="A column to leave out; may be given several times.")
    ] = None,
    encoding: Annotated[str, typer.Option("--encoding", help="How letters are written, e.g. cp1252.")] = "utf-8",
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew where an import was interrupted.")] = False,
    as_json: Json = False,
) -> None:
    """Tell attributes and consent of everybody in a table, as PUT /api/recipients does. Columns are those of
    rules/recipients.yaml, and consent.location, consent.behaviour, consent.measurement; an empty cell tells nothing.
    Interrupted, the same command goes on where it stopped. Exit code 1 if lines were skipped or the store failed, 2 if
    nothing was begun.
    """
    reading = Reading(id_column, tuple(ignore or ()), encoding)
    tellable = workshop(site).site().tellable
    trouble = None
    with Onlooker(file) as onlooker:
        try:
            storekeeping.import_table(settings_for(None), file, reading, tellable, onlooker, restart=restart)
        except StoreTrouble as error:
            trouble = error
    place = onlooker.place
    if as_json:
        print_json(onlooker.as_json(done=trouble is None))
    else:
        typer.echo(f"{file}: {place.told:,} recipients told, {place.skipped:,} lines skipped")
    if trouble is not None:
        typer.echo(f"{trouble.operator}; the same command goes on there", err=True)
    raise typer.Exit(1 if trouble or place.skipped else 0)


@recipients.command()
def show(recipient: Id) -> None:
    """Print everything that is kept about somebody, as JSON. Exit code 1 if that is nothing."""
    account = storekeeping.account(settings_for(None), recipient)
    if account is None:
        typer.echo("nothing is kept about this recipient", err=True)
        raise typer.Exit(1)
    print_json(account.as_json())


@recipients.command()
def erase(recipient: Id) -> None:
    """Erase everything that is kept about somebody, at once and without asking; prints how much it was, as JSON."""
    print_json({"erased": storekeeping.erase(settings_for(None), recipient).as_json()})
