"""`onopen url`: the picture and link URLs of a placeholder."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Campaign, Json, Pins, Site, pins, print_json, workshop
from app.workshop import urls


def url(
    placeholder: str = typer.Argument(help="The placeholder's name."),
    site: Site = None,
    campaign: Campaign = "",
    base: Annotated[str, typer.Option("--base", help="Where onopen is reached.")] = "http://127.0.0.1:8000",
    mailing: Annotated[str, typer.Option("-m", "--mailing", help="The sending platform's id of the send.")] = "",
    recipient: Annotated[str, typer.Option("-r", "--recipient", help="The recipient's opaque id.")] = "",
    given: Pins = None,
    as_json: Json = False,
) -> None:
    """Print the picture URL and the link URL, ready to paste."""
    found = workshop(site).site()
    picture, link = urls(
        found,
        placeholder,
        campaign=campaign,
        base=base,
        mailing=mailing,
        recipient=recipient,
        given=pins(given),
    )
    if as_json:
        print_json({"picture": picture, "link": link})
    else:
        typer.echo(f"{picture}\n{link}")
