"""Languages, countries and time zones: the codes an editor may write, from the tables of the time-zone database.

What is no such code is refused, with a remedy (`refusals.py`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final

from babel.core import get_global
from pydantic import BeforeValidator, WithJsonSchema

from app.authoring.documents.kinds import text
from app.authoring.documents.refusals import refusal, shown
from app.authoring.suggest import closest

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""BCP 47 as far as it is used here: `de`, `pt-BR`, `zh-Hant`."""

_NO_PLACES: Final = frozenset(("Factory", "localtime", "posixrules"))
_ALIASES: Final = {"UK": "GB", "EL": "GR"}


@cache
def zones() -> frozenset[str]:
    """Every name of the time-zone database, its links included."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split()) - _NO_PLACES


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 codes with their English names."""
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def language(value: Any) -> str:
    """A language code, the shortest there is of that language, as other programs write it: `de` and not `deu`."""
    written = text(value)
    first, *rest = re.split(r"[-_]", written)
    shortest = get_global("language_aliases").get(first, first)
    if LANGUAGE.fullmatch(written) and len(shortest) >= len(first):
        return written
    first = shortest if len(shortest) < len(first) else first
    meant = "-".join((first.lower(), *(part.upper() if len(part) == 2 else part.capitalize() for part in rest)))
    remedy = f"did you mean “{meant}”?" if LANGUAGE.fullmatch(meant) else "write it like de, en or pt-BR"
    raise refusal("not-a-language", f"{shown(written)} is not a language code", remedy)


def country(value: Any) -> str:
    """An ISO 3166-1 code."""
    written = text(value).strip()
    if written in countries():
        return written
    upper = written.upper()
    meant = upper if upper in countries() else _ALIASES.get(upper) or _country_named(written)
    remedy = f"did you mean “{meant}” ({countries()[meant]})?" if meant else "write its two letters, such as DE"
    raise refusal("not-a-country", f"{shown(written)} is not a country code", remedy)


def zone(value: Any) -> str:
    """A name of the time-zone database."""
    written = text(value).strip()
    if written in zones():
        return written
    cities = {name.rpartition("/")[2]: name for name in sorted(zones())}
    nearest = closest(written, sorted(zones())) or cities.get(closest(written, cities) or "")
    remedy = f"did you mean “{nearest}”?" if nearest else "write it like Europe/Berlin"
    raise refusal("not-a-zone", f"there is no time zone {shown(written)}", remedy)


def _country_named(name: str) -> str | None:
    by_name = {full.casefold(): code for code, full in countries().items()}
    found = by_name.get(name.casefold())
    return found or (by_name[near] if len(name) > 3 and (near := closest(name, by_name)) else None)


Language = Annotated[
    str, BeforeValidator(language), WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE.pattern}$"})
]
Country = Annotated[str, BeforeValidator(country)]
Zone = Annotated[str, BeforeValidator(zone)]
