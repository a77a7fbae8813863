"""`onopen render`: the picture an opening would see, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import As, At, Campaign, Drafts, Ip, Pins, Site, UserAgent, asked, workshop
from app.errors import UsageError

SUFFIXES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif"}


def render(
    placeholder: str = typer.Argument(help="The placeholder's name."),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file; its suffix is the format.")] = None,
    site: Site = None,
    campaign: Campaign = "",
    at: At = None,
    ip: Ip = None,
    user_agent: UserAgent = "",
    recipient: As = "",
    given: Pins = None,
    drafts: Drafts = False,
) -> None:
    """Paint the picture that an opening would see."""
    target = output or Path(f"{placeholder}.png")
    format = SUFFIXES.get(target.suffix.lower())
    if format is None:
        raise UsageError(f"-o {target}: the suffix chooses the format; write .png, .jpg or .gif")
    question = asked(
        placeholder,
        campaign=campaign,
        at=at,
        ip=ip,
        user_agent=user_agent,
        recipient=recipient,
        given=given,
        drafts=drafts,
    )
    bench = workshop(site)
    answer = bench.answer(question)
    body = bench.picture(answer, format)
    try:
        target.write_bytes(body)
    except OSError as error:
        raise UsageError(f"-o {target}: cannot be written: {error.strerror}") from error
    typer.echo(f"{target}: rule {answer.decision.rule}, {len(body)} bytes", err=True)
