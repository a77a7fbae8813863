"""`onopen explain`: what an opening would see, or a mail showed, and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.common import (
    As,
    At,
    Campaign,
    Drafts,
    Ip,
    Json,
    Output,
    Pins,
    Site,
    UserAgent,
    format_of,
    pins,
    print_json,
    settings_for,
    workshop,
    write_picture,
)
from app.engine.explain import Step, plain, plain_field, shown, told
from app.engine.readings import EMPTY, FOREVER, Reading
from app.errors import UsageError
from app.recipients.showings import Mail
from app.workshop.asking import Asked
from app.workshop.replaying import Replay, replay
from app.workshop.workshop import Answer

RECEIPT = typer.Option(
    "--receipt",
    metavar="MAILING RECIPIENT PLACEHOLDER",
    help="Decide once more what a mail showed, from its receipt in the store and the rules of that time.",
)


def explain(
    placeholder: str = typer.Argument("", help="The placeholder's name.", show_default=False),
    site: Site = None,
    campaign: Campaign = "",
    at: At = None,
    ip: Ip = None,
    user_agent: UserAgent = "",
    recipient: As = "",
    given: Pins = None,
    drafts: Drafts = False,
    receipt: Annotated[tuple[str, str, str] | None, RECEIPT] = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Say what an opening would see, on the strength of which facts, and how each rule came out."""
    question = Asked(placeholder, campaign, at, ip, user_agent, recipient, pins(given), drafts)
    if receipt is None:
        _explain(question, site, output, as_json=as_json)
    elif question != Asked(""):
        raise UsageError("--receipt says what was shown; beside it only --site, --output and --json have a meaning")
    else:
        mailing, recipient, placeholder = receipt
        _replay(Mail(recipient, mailing, placeholder), site, output, as_json=as_json)


def _explain(question: Asked, site: Path | None, output: Path | None, *, as_json: bool) -> None:
    if not question.placeholder:
        raise typer.BadParameter("name a placeholder, or what to look for with --receipt")
    if output is not None:
        raise UsageError("-o goes with --receipt; `onopen render` paints what an opening would see")
    answer = workshop(site).answer(question)
    if as_json:
        print_json(_as_json(answer))
    else:
        _print(answer)


def _replay(mail: Mail, site: Path | None, output: Path | None, *, as_json: bool) -> None:
    format = None if output is None else format_of(output)
    found = replay(settings_for(site), mail)
    if as_json:
        print_json({**_as_json(found.answer), "receipt": _receipt(found)})
    else:
        typer.echo(f"shown at {_iso(found.answer, found.receipt.at)}, by set {found.receipt.edition}")
        if not found.same:
            typer.echo(f"THIS IS NOT WHAT WAS SHOWN: rule {found.receipt.rule}, link {found.receipt.link}")
        _print(found.answer)
    if output is not None and format is not None:
        write_picture(output, found.answer.decision.rule, found.bench.picture(found.answer, format))


def _receipt(found: Replay) -> dict[str, Any]:
    """What was shown, as it was kept, and whether it is the same."""
    receipt = found.receipt
    return {
        "mailing": found.mail.mailing,
        "recipient": found.mail.recipient,
        "at": _iso(found.answer, receipt.at),
        "edition": receipt.edition,
        "ruleset": receipt.ruleset,
        "rule": receipt.rule,
        "link": receipt.link,
        "same": found.same,
    }


def _as_json(answer: Answer) -> dict[str, Any]:
    decision = answer.decision
    return {
        "placeholder": decision.placeholder,
        "campaign": decision.campaign,
        "rule": decision.rule,
        "fields": {} if decision.nothing else {name: plain_field(value) for name, value in decision.fields},
        "link": decision.link or answer.site.document.home,
        "alt": decision.alt,
        "until": _iso(answer, decision.until),
        "rung": decision.rung.word,
        "readings": [_reading(answer, reading) for reading in decision.readings],
        "steps": [_step(answer, step) for step in answer.steps],
    }


def _reading(answer: Answer, reading: Reading) -> dict[str, Any]:
    return {
        "signal": reading.signal,
        "value": "" if reading.value is EMPTY else plain(reading),
        "as_of": _iso(answer, min(reading.as_of, answer.facts.now)),
        "until": _iso(answer, reading.until),
        "source": reading.source,
        "why_unknown": reading.why_unknown.sentence if reading.why_unknown else None,
    }


def _step(answer: Answer, step: Step) -> dict[str, Any]:
    named = {"rule": step.rule, "note": step.note} if step.rule else {}
    return {
        **named,
        "sentence": step.sentence,
        "truth": step.truth,
        "until": _iso(answer, step.until),
        "because": list(step.because),
        "steps": [_step(answer, one) for one in step.steps],
    }


def _iso(answer: Answer, instant: float) -> str | None:
    """An instant in the recipient's zone, ISO 8601 with offset; None for ever."""
    if instant == FOREVER or instant <= 0:
        return None
    zone = answer.facts.zone
    hours = int(zone.offset(instant))
    sign = "-" if hours < 0 else "+"
    wall: datetime = zone.wall(instant)
    return f"{wall:%Y-%m-%dT%H:%M:%S}{sign}{abs(hours) // 3600:02d}:{abs(hours) % 3600 // 60:02d}"


def _print(answer: Answer) -> None:
    decision = answer.decision
    until = _iso(answer, decision.until)
    typer.echo(f"{decision.placeholder}: rule {decision.rule}" + (f", until {until}" if until else ""))
    if decision.nothing:
        typer.echo("  shows nothing: an empty picture of the same size")
    for name, value in () if decision.nothing else decision.fields:
        typer.echo(f"  {name}: {shown(value)}")
    typer.echo(f"  link: {decision.link or answer.site.document.home}")
    typer.echo(f"  alt: {decision.alt}")
    typer.echo(f"  rung: {decision.rung.word}")
    typer.echo("\nIt rests on:")
    for reading in decision.readings:
        said = told(reading, answer.ruleset.catalogue[reading.signal].kind, answer.facts.zone)
        typer.echo(f"  {reading.signal} = {said}" + (f"  ({reading.source})" if reading.source else ""))
    typer.echo("\nRules, in order:")
    for step in answer.steps:
        _print_step(step, 1)


def _print_step(step: Step, depth: int) -> None:
    name = f"{step.rule}: " if step.rule else ""
    note = f"   [{step.note}]" if step.note else ""
    typer.echo(f"{'  ' * depth}{step.truth:8} {name}{step.sentence}{note}")
    for why in step.because:
        if step.truth != "yes":
            typer.echo(f"{'  ' * depth}         {why}")
    for inner in step.steps:
        _print_step(inner, depth + 1)
