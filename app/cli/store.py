"""`onopen store`: is the store of recipients well, and a copy of it. It needs no site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, print_json, settings_for
from app.workshop import storekeeping

store = typer.Typer(help="The store of recipients: is it well, a copy of it.", no_args_is_help=True)


@store.command()
def check(as_json: Json = False) -> None:
    """Look at the whole store, changing nothing. Exit code 1 if something is not as it should be."""
    findings = storekeeping.inspect(settings_for(None))
    well = all(finding.fine for finding in findings)
    if as_json:
        print_json({"well": well, "findings": [{"said": one.said, "fine": one.fine} for one in findings]})
    else:
        for finding in findings:
            typer.echo(f"{'fine ' if finding.fine else 'WRONG'}  {finding.said}")
    raise typer.Exit(0 if well else 1)


@store.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the store, while it goes on, into a new SQLite file that a server can be started with."""
    storekeeping.backup(settings_for(None), file)
    typer.echo(file)
