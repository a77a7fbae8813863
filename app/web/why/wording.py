"""The words of the page in one language, from a file of `words/`: labels of signals, values, reasons, purposes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from app.engine.languages import spoken_for

FOLDER: Final = Path(__file__).parent / "words"
LANGUAGES: Final = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
FALLBACK: Final = "en"


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page itself says. `{}` stands for what is told; `times` is by CLDR's plural form."""

    title: str
    shown: str
    showed: str
    showed_at: str
    fetched_at: str
    in_part: str
    lost: str
    again: str
    nothing: str
    showed_nothing: str
    wordless: str
    link: str
    why: str
    because: str
    otherwise: str
    unknown: str
    rules_changed: str
    nothing_looked_at: str
    also: str
    now: str
    remembered: str
    nobody: str
    nothing_remembered: str
    attributes: str
    events: str
    times: Mapping[str, str]
    items: str
    mails: str
    silent: str
    choices: str
    choices_hint: str
    allowed: str
    forbidden: str
    expired: str
    not_kept: str
    test_send: str
    not_found: str
    not_found_hint: str
    broken: str
    yes: str
    no: str
    empty: str
    hidden: str


class PurposeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a purpose is called and explained; `idle` where the site keeps nothing about anybody for it."""

    name: str
    hint: str
    idle: str = ""


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words of a language. `families` are for signals that sites declare; `empty` says of some of either
    what it means that there is nothing, `unknown` is by the name of a `Why`.
    """

    page: PageWords
    purposes: Mapping[str, PurposeWords]
    signals: Mapping[str, str]
    families: Mapping[str, str]
    values: Mapping[str, str]
    empty: Mapping[str, str]
    unknown: Mapping[str, str]
    language: str = FALLBACK


def wording_for(language: str) -> Wording:
    """The words for who reads that language: in it, or in its root, else in English."""
    return _read(spoken_for(language, LANGUAGES) or FALLBACK)


@cache
def _read(language: str) -> Wording:
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    return msgspec.convert({**told, "language": language}, Wording)
