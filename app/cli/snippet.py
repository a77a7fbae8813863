"""`onopen snippet`: the HTML for an email template, with the merge tags of a sending platform."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Campaign, Json, Pins, Site, pins, print_json, workshop
from app.workshop.embedding import html_snippet


def snippet(
    placeholder: str = typer.Argument(help="The placeholder's name."),
    platform: Annotated[
        str, typer.Option("--esp", help="The sending platform, e.g. braze, mailchimp, plain.")
    ] = "plain",
    site: Site = None,
    campaign: Campaign = "",
    base: Annotated[str, typer.Option("--base", help="Where onopen is reached.")] = "https://onopen.example",
    given: Pins = None,
    language: Annotated[str, typer.Option("--language", help="The language of the alt text.")] = "",
    recipient: Annotated[
        str, typer.Option("--recipient", help="The tag of an opaque recipient id, if the platform's own will not do.")
    ] = "",
    mailing: Annotated[str, typer.Option("--mailing", help="The tag of the send.")] = "",
    why: Annotated[
        str, typer.Option("--why", help="The words of a link to the page for recipients, below the picture.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Print the HTML to paste into a template. `--set param.lang=de` gives a parameter one value for everybody."""
    bench = workshop(site)
    html = html_snippet(
        bench,
        placeholder,
        campaign=campaign,
        platform=platform,
        base=base,
        values={name.removeprefix("param."): value for name, value in pins(given).items()},
        language=language,
        recipient=recipient,
        mailing=mailing,
        why=why,
    )
    if as_json:
        print_json({"html": html})
    else:
        typer.echo(html, nl=False)
