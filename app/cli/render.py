"""`onopen render`: the picture an opening would see, as a file."""

from __future__ import annotations

from pathlib import Path

import typer

from app.cli.common import (
    As,
    At,
    Campaign,
    Drafts,
    Ip,
    Output,
    Pins,
    Site,
    UserAgent,
    format_of,
    pins,
    workshop,
    write_picture,
)
from app.workshop.asking import Asked


def render(
    placeholder: str = typer.Argument(help="The placeholder's name."),
    output: Output = None,
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
    format = format_of(target)
    question = Asked(placeholder, campaign, at, ip, user_agent, recipient, pins(given), drafts)
    bench = workshop(site)
    answer = bench.answer(question)
    write_picture(target, answer.decision.rule, bench.picture(answer, format))
