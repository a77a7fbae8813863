"""`onopen purge`: have the CDN drop what it keeps of a placeholder, a rule or an asset."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Json, Site, print_json, settings_for
from app.edge.purging import wanted
from app.errors import CdnTrouble
from app.wiring.purges import purge_now


def purge(
    placeholder: Annotated[str, typer.Argument(help="The placeholder.")] = "",
    rule: Annotated[str, typer.Option("--rule", help="A rule, as <placeholder>/<rule>.")] = "",
    asset: Annotated[str, typer.Option("--asset", help="A file, by its path below assets/.")] = "",
    site: Site = None,
    as_json: Json = False,
) -> None:
    """Have the CDN drop pictures, by ONOPEN_EDGE__PURGE_URL. What mail providers keep cannot be dropped."""
    tags = wanted(placeholder=placeholder, rule=rule, asset=asset)
    try:
        purge_now(settings_for(site), tags)
    except CdnTrouble as trouble:
        typer.echo(trouble.operator, err=True)
        raise typer.Exit(1) from trouble
    if as_json:
        print_json({"purged": list(tags)})
    else:
        typer.echo(f"dropped: {', '.join(tags)}")
