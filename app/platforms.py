"""Sending platforms: the merge tags they fill in, which authoring writes into snippets.

A leaf beside the doors: it builds no addresses. `platforms.yaml` holds the facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

TABLE: Final = Path(__file__).with_name("platforms.yaml")

BRACKETS: Final[dict[str, tuple[str, str]]] = {
    "star-pipe": ("*|", "|*"),
    "double-brace": ("{{", "}}"),
    "double-brace-dollar": ("{{", "}}"),
    "double-percent": ("%%", "%%"),
    "double-bracket": ("[[", "]]"),
    "agn": ("[", "]"),
    "percent-angle": ("<%", "%>"),
    "double-dollar": ("$$", "$$"),
    "single-brace-dollar": ("{", "}"),
    "single-brace-upper": ("{", "}"),
    "single-brace-lower": ("{", "}"),
    "bracket": ("[", "]"),
    "percent-upper": ("%", "%"),
    "dollar-word": ("$", ""),
}
"""What a family of tags opens and closes with."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A merge tag as it stands in a template; `confidence` is `high`, `medium` or `low` (verify before sending)."""

    text: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One sending platform. A tag that is None is not known to exist; `field` holds FIELD for the field's name."""

    id: str
    name: str
    family: str
    recipient: Tag | None = None
    recipient_in_links: Tag | None = None
    mailing: Tag | None = None
    first_name: Tag | None = None
    field: Tag | None = None
    encoded: Tag | None = None
    encodes: bool = False
    capitals: bool = False
    note: str = ""
    also: tuple[str, ...] = ()

    @property
    def has_preset(self) -> bool:
        """Whether any tag is known; without one, an operator must type the tags."""
        return any((self.recipient, self.mailing, self.first_name, self.field))

    def custom(self, name: str) -> Tag | None:
        """The tag of the sender's own field of that name."""
        if self.field is None:
            return None
        return replace(self.field, text=self.field.text.replace("FIELD", name.upper() if self.capitals else name))

    def in_url(self, tag: Tag) -> Tag:
        """The tag as it must stand in an address, so that its value arrives percent-encoded.

        Where no such form is known the tag itself comes back: right for opaque ids, wrong for values with `&` or `+`.
        """
        if self.encoded is None:
            return tag
        opens, closes = BRACKETS[self.family]
        inner = tag.text.removeprefix(opens).removesuffix(closes).strip()
        order = ("low", "medium", "high")
        confidence = min(tag.confidence, self.encoded.confidence, key=order.index)
        return Tag(self.encoded.text.replace("INNER", inner), confidence)


@cache
def platforms() -> Mapping[str, Platform]:
    """All platforms by id, in the order of the table."""
    rows = yaml.safe_load(TABLE.read_text("utf-8"))
    return MappingProxyType({row["id"]: Platform(**_typed(row)) for row in rows})


def platform_named(word: str) -> Platform | None:
    """The platform of that id, name or other name; case, blanks and joints do not matter."""
    wanted = _letters(word)
    for platform in platforms().values():
        if wanted in map(_letters, (platform.id, platform.name, *platform.also)):
            return platform
    return None


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(Platform)}
    return {name: _frozen(value) for name, value in row.items() if name in known}


def _frozen(value: Any) -> Any:
    """A value of the table as a platform holds it: tags and lists are mappings and lists there."""
    match value:
        case {"tag": text, "confidence": confidence}:
            return Tag(text, confidence)
        case list():
            return tuple(value)
    return value


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())
