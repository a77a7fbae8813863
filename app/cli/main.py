"""The command's table of contents, and where its errors become exit codes.

0: fine. 1: what was asked for has problems. 2: it was asked in a way, or with settings, that cannot work.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from app import __version__
from app.cli.cdn import cdn
from app.cli.check import check
from app.cli.explain import explain
from app.cli.health import health
from app.cli.new import new
from app.cli.purge import purge
from app.cli.recall import recall
from app.cli.recipients import recipients
from app.cli.render import render
from app.cli.schema import schema
from app.cli.serve import serve
from app.cli.snippet import snippet
from app.cli.store import store
from app.cli.url import url
from app.errors import OnopenError

cli = typer.Typer(
    name="onopen",
    help="Email content that is decided when the email is opened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (serve, check, explain, render, url, snippet, cdn, purge, recall, schema, health):
    cli.command()(command)
cli.add_typer(new, name="new")
cli.add_typer(recipients, name="recipients")
cli.add_typer(store, name="store")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onopen {__version__}")
        raise typer.Exit


@cli.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Email content that is decided when the email is opened."""
    del version


def run(arguments: Sequence[str] | None = None) -> None:
    """The console script; without arguments, those of the process."""
    try:
        cli(arguments, prog_name="onopen")
    except OnopenError as error:
        typer.echo(error.operator, err=True)
        sys.exit(error.exit_code)
    except OSError as error:  # a file or folder that cannot be read or written
        typer.echo(f"{error.filename or 'onopen'}: {error.strerror or type(error).__name__}", err=True)
        sys.exit(2)
