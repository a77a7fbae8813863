"""How settings are read: from the environment, with secrets from files, and each mistake said with its remedy.

A secret may also be read from the file named by `<VARIABLE>_FILE`. What can be set stands in `settings.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from app.errors import SettingError
from app.settings import PREFIX, Settings, groups, secrets, variables

REMEDIES: Final[Mapping[str, str]] = {
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "bool_parsing": "write true or false",
}
"""What would be right, where pydantic's own words are not for operators."""


def load(**given: Any) -> tuple[Settings, list[str]]:
    """The settings, and warnings about variables nobody reads; `given` (not None) wins over the environment.

    Raises SettingError, which names the variable, its value and what would be right.
    """
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for variable, secret in _secrets_in_files():
        _place(chosen, variable, secret)
    _refuse_groups_at_once()
    settings = _checked(chosen)
    return settings, [*_nobody_reads(), *_doubts(settings)]


def _nobody_reads() -> Iterator[str]:
    """Warnings about variables that look like ours, and are not."""
    known, with_file = {name for name, _, _ in variables()}, secrets()
    for name in sorted(os.environ):
        said = name.upper()
        if said.startswith(PREFIX) and said not in known and said.removesuffix("_FILE") not in with_file:
            yield f"{name} is not a setting; docs/reference/settings.md lists them"


def _secrets_in_files() -> Iterator[tuple[str, str]]:
    """Each variable whose secret lies in a file, with that secret."""
    for name in sorted(secrets()):
        if path := os.environ.get(f"{name}_FILE"):
            yield name, _read_secret(name, path)


def _refuse_groups_at_once() -> None:
    """Pydantic would take JSON in the place of a group, and then repeat it in errors, secrets and all."""
    for name in os.environ:
        if name.upper() in groups():
            raise SettingError(name, "…", f"set {name.upper()}__… one by one")


def _checked(chosen: Mapping[str, Any]) -> Settings:
    """The settings as they are chosen, and else as they stand in the environment."""
    try:
        settings = Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        variable = PREFIX + "__".join(str(part).upper() for part in first["loc"] if isinstance(part, str))
        raise SettingError(variable, _shown(variable, first["input"]), _remedy(first)) from error
    weather = settings.weather
    if weather.vendor == "openweathermap" and weather.key is None and weather.url is None:
        raise SettingError("ONOPEN_WEATHER__KEY", "", "openweathermap answers nobody without a key")
    return settings


def _doubts(settings: Settings) -> Iterator[str]:
    """What may be set, and will not do what it seems to."""
    if settings.weather.vendor == "metno" and not settings.weather.contact:
        yield "ONOPEN_WEATHER__CONTACT is empty; MET Norway turns away clients that do not say whose they are"
    if settings.map.tiles and not settings.map.attribution:
        yield "ONOPEN_MAP__ATTRIBUTION is empty; most tile servers want to be named in every map"
    if settings.edge.purge_url and settings.edge.dialect == "plain":
        yield "ONOPEN_EDGE__PURGE_URL is not used: the dialect plain has no way to purge"


def _place(tree: dict[str, Any], variable: str, value: str) -> None:
    """Put a value where the models read that variable."""
    *concerns, last = variable.removeprefix(PREFIX).lower().split("__")
    for concern in concerns:
        tree = tree.setdefault(concern, {})
    tree[last] = value


def _read_secret(name: str, path: str) -> str:
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}_FILE", path, f"the file cannot be read ({type(error).__name__})") from error
    if not secret:
        raise SettingError(f"{name}_FILE", path, "the file is empty; write the secret into it, or unset the variable")
    return secret


def _shown(variable: str, value: Any) -> str:
    return "…" if variable in secrets() else str(value)


def _remedy(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        return f"it can be {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    if "ge" in context or "le" in context:
        return f"it must be {'at least' if 'ge' in context else 'at most'} {context.get('ge', context.get('le'))}"
    return REMEDIES.get(kind, str(error["msg"]).lower())
