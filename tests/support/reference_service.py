"""The generated pages about running it: settings, metrics, commands, sending platforms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args, get_origin

import click
import typer
from pydantic import BaseModel

from app.cli.main import cli
from app.platforms import Platform, Tag, platforms as known_platforms
from app.settings import PREFIX, Group, Settings, secrets, variables
from app.telemetry import METRICS
from tests.support.tables import code, codes, page, table


def settings() -> str:
    """Every environment variable."""
    choices = dict(_choices())
    rows = []
    for name, default, sentence in variables():
        listed = codes(get_args(choices[name])) if get_origin(choices[name]) is Literal else ""
        shown = default.lower() if default in ("True", "False") else default
        rows.append((code(name), sentence + (f" One of {listed}." if listed else ""), code(shown)))
    with_file = codes(f"{name}_FILE" for name in sorted(secrets()))
    return page(
        "Settings",
        "`app/settings.py`",
        "Environment variables of the server and of the command. Nothing needs to be set. A wrong value ends the "
        "command with 2 and names the variable, the value and what would be right; a variable nobody reads is warned "
        "about.",
        table(("variable", "what it does", "default"), rows),
        f"A secret may also be read from a file, named by {with_file}.",
    )


def _choices(model: type[BaseModel] = Settings, prefix: str = PREFIX) -> Iterator[tuple[str, Any]]:
    """Every variable with the annotation of its field."""
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, Group):
            yield from _choices(field.annotation, f"{variable}__")
        else:
            yield variable, field.annotation


def metrics() -> str:
    """Every metric of /metrics."""
    rows = []
    for name, metric in METRICS.items():
        shown = f"onopen_{name}" + ("_total" if metric.kind == "counter" else "")
        rows.append((code(shown), metric.kind, codes(metric.labels), metric.sentence))
    return page(
        "Metrics",
        "`app/telemetry.py`",
        "What `GET /metrics` answers, in the text format of Prometheus; counters of several workers are added up.",
        table(("metric", "kind", "labels", "what it counts"), rows),
    )


def commands() -> str:
    """Every command with its arguments and options."""
    group = typer.main.get_command(cli)
    parts = [_command(name, command) for name, command in _walk(group, "onopen")]
    return page(
        "Commands",
        "`app/cli/`",
        "Exit codes: 0 all is well; 1 what was asked for has problems; 2 it was asked in a way, or with settings, that "
        "cannot work.",
        *parts,
    )


def _walk(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _walk(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def _command(name: str, command: Any) -> str:
    given: Iterable[Any] = [one for one in command.params if one.name != "help"]
    usage = " ".join(f"{one.name.upper()}" for one in given if one.param_type_name == "argument")
    rows = [(_names(one), getattr(one, "help", None) or "", _default(one)) for one in given]
    lines = [f"## {name}", f"`{name} [options] {usage}`".replace(" `", "`"), command.help or ""]
    return "\n\n".join((*lines, table(("option", "what it does", "default"), rows)) if rows else lines)


def _names(param: Any) -> str:
    if param.param_type_name == "argument":
        return code(param.name.upper())
    return codes((*param.opts, *param.secondary_opts))


def _default(param: Any) -> str:
    value = param.default
    if callable(value) or value in (None, False, "", ()) or value is getattr(click.core, "UNSET", object()):
        return "must be there" if param.required else ""
    return code(value)


def platforms() -> str:
    """The sending platforms whose merge tags are known."""
    rows = [
        (code(one.id), one.name, _tag(one.recipient), _tag(one.mailing), _tag(one.first_name), _sure(one), one.note)
        for one in known_platforms().values()
    ]
    return page(
        "Sending platforms",
        "`app/platforms.yaml`",
        "What `onopen snippet NAME --esp ID` writes into the addresses. *Sure* is the least certain tag of the row: "
        "`high` was read in the vendor's own documentation or source, `medium` in somebody's integration, `low` "
        "nowhere that counts; the snippet then asks you to verify it.",
        table(("id", "platform", "recipient", "mailing", "first name", "sure", "notes"), rows),
    )


def _tag(tag: Tag | None) -> str:
    return code(tag.text) if tag else ""


def _sure(platform: Platform) -> str:
    order = ("low", "medium", "high")
    tags = (platform.recipient, platform.recipient_in_links, platform.mailing, platform.first_name, platform.field)
    return min((tag.confidence for tag in tags if tag), key=order.index, default="")
