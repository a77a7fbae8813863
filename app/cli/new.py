"""`onopen new`: a small site, or one more placeholder, to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Site, workshop_to_write_in
from app.workshop.beginnings import new_placeholder, new_site
from app.workshop.workshop import write_schemas

new = typer.Typer(help="Begin something: a site, a placeholder.", no_args_is_help=True)


@new.command()
def site(folder: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Write a small site that passes `onopen check`."""
    for path in (*new_site(folder), *write_schemas(folder / ".schema")):
        typer.echo(path)
    typer.echo(f"\nnow:  onopen check --site {folder}\n      onopen serve --site {folder}", err=True)


@new.command()
def placeholder(
    name: Annotated[str, typer.Argument(help="Its name: lower-case letters, digits, - and _.")], site: Site = None
) -> None:
    """Write a placeholder and its rules into a site."""
    bench = workshop_to_write_in(site)
    for path in new_placeholder(bench.folder, name, bench.check().site.document.home):
        typer.echo(path)
