"""Options that several commands share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from app.environment import load
from app.errors import UsageError
from app.settings import Settings
from app.sites import DEMO, find_site, own_site
from app.workshop.workshop import Workshop

Site = Annotated[Path | None, typer.Option("--site", help="The site folder; else ONOPEN_SITE, else the one we are in.")]
At = Annotated[str | None, typer.Option("--at", help="The instant of the open, e.g. 2026-12-24T18:00+01:00.")]
Ip = Annotated[str | None, typer.Option("--ip", help="The reader's address.")]
UserAgent = Annotated[str, typer.Option("--ua", help="The mail client's user agent.")]
As = Annotated[str, typer.Option("--as", help="The recipient's id.")]
Pins = Annotated[list[str] | None, typer.Option("--set", help="signal=value; may be given several times.")]
Campaign = Annotated[str, typer.Option("--campaign", "-c", help="The campaign, where several fill the placeholder.")]
Drafts = Annotated[bool, typer.Option("--drafts", help="Let draft rules take part.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="The file; its suffix is the format.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

SUFFIXES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif"}


def workshop(site: Path | None) -> Workshop:
    """The workshop for the folder that is meant; warnings about settings go to standard error."""
    settings = settings_for(site)
    folder = find_site(settings.site)
    if settings.site is None and folder in DEMO and folder != Path.cwd():
        typer.echo(f"no site is here: this is about the demo site in {folder}", err=True)
    return Workshop(folder, settings)


def workshop_to_write_in(site: Path | None) -> Workshop:
    """The same, for commands that write: the demo is meant only by whoever names it or stands in it."""
    settings = settings_for(site)
    return Workshop(own_site(settings.site), settings)


def settings_for(site: Path | None) -> Settings:
    """The settings; warnings about them go to standard error."""
    settings, warnings = load(site=site)
    for warning in warnings:
        typer.echo(warning, err=True)
    return settings


def print_json(value: Any) -> None:
    """Print a value for machines; it stands alone on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def format_of(target: Path) -> str:
    """The format that a file's suffix chooses; raises UsageError for any other."""
    format = SUFFIXES.get(target.suffix.lower())
    if format is None:
        raise UsageError(f"-o {target}: the suffix chooses the format; write .png, .jpg or .gif")
    return format


def write_picture(target: Path, rule: str, body: bytes) -> None:
    """Write a picture, and say of which rule it is. Raises UsageError."""
    try:
        target.write_bytes(body)
    except OSError as error:
        raise UsageError(f"-o {target}: cannot be written: {error.strerror}") from error
    typer.echo(f"{target}: rule {rule}, {len(body)} bytes", err=True)


def pins(given: Iterable[str] | None) -> dict[str, str]:
    """`signal=value` pairs by signal; raises UsageError for what is none."""
    found = {}
    for one in given or ():
        name, mark, value = one.partition("=")
        if not mark or not name:
            raise UsageError(f"--set {one}: write signal=value, e.g. --set weather.condition=rain")
        found[name.strip()] = value
    return found
