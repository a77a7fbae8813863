"""`onopen schema`: the JSON Schema files that editors' tools complete from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.workshop.workshop import stale_schemas, write_schemas


def schema(
    folder: Annotated[Path, typer.Argument(help="Where the files go.")] = Path(".schema"),
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether they are up to date; exit code 1 if not.")
    ] = False,
) -> None:
    """Write the JSON Schema of every kind of file, for completion and checks while typing."""
    if check:
        stale = stale_schemas(folder)
        for name in stale:
            typer.echo(f"{folder / name} is not up to date; write it anew with: onopen schema {folder}", err=True)
        raise typer.Exit(1 if stale else 0)
    for path in write_schemas(folder):
        typer.echo(path)
