"""Sending platforms: the merge tags they fill in, and tags that nobody filled in.

A leaf beside the doors: authoring writes tags into snippets, the web layer recognises those that come back unrendered,
and both read the same table. It builds no addresses and reads no requests. `platforms.yaml` holds the facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote

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
    return {
        name: Tag(value["tag"], value["confidence"])
        if isinstance(value, dict)
        else tuple(value)
        if isinstance(value, list)
        else value
        for name, value in row.items()
        if name in known
    }


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


# --- Tags that came back unrendered -----------------------------------------------------------------------------------

_SUSPECT: Final = re.compile(r"[%*{\[<$#]")

# The names that fields have on any platform, and what only an identifier looks like.
_NAME: Final = r"(?:(?:first|last|full|user)? ?name|[fl]name|vorname|nachname|e-?mail)"
_FIELD: Final = rf"(?i:{_NAME}|[a-z]+(?:_[a-z0-9]+)+)"

_UPPER: Final = r"\{[A-Z][A-Z0-9_]{1,63}\}"
_LOWER: Final = r"\{(?:[a-z][A-Za-z0-9_.]{1,63}(?:=[^{}]{1,64})?|u\([^{}()]{1,64}\))\}"
_FREE: Final = r"(?<![A-Za-z0-9])(?:%s)(?![A-Za-z0-9])"

# In the order in which families are told apart: in any value, and in an id, where it is different. Braces and brackets
# that ordinary values carry too (`a{bc}d`, `Lamp [blue]`) count only where they stand free or have a tag's own syntax;
# an id has none in it, so there they count wherever they stand. What opens with two signs also counts when its end was
# cut off by an `&` or `#` inside. Where a platform lets any word be a field (`%ABC%`, `$USD`), a word in capitals is
# taken for one: to drop a value is a smaller harm than to show a tag. Words in small letters must name a field.
_FAMILIES: Final[tuple[tuple[str, str, str | None], ...]] = (
    ("star-pipe", r"\*\|(?:[^|*]{1,64}\|\*|[A-Z][A-Z0-9_:]{2})", None),
    ("double-brace-dollar", r"\{\{[^{}]{0,64}\$\{", None),
    ("double-brace", r"\{\{", None),
    ("double-percent", r"%%=[A-Za-z]|%%[A-Za-z_](?:[\w .:+-]|%20){0,128}%%", None),
    ("double-bracket", r"\[\[[^\[\]]{1,128}\]\]|\A\[\[[A-Za-z]", None),
    ("agn", r"\[agn[A-Z][A-Za-z]*[^\]]{0,128}(?:\]|\Z)|##[A-Za-z0-9_-]{1,64}##", None),
    ("percent-angle", r"<%", None),
    ("double-dollar", r"\$\$[A-Za-z_][^$]{0,64}\$\$", None),
    ("single-brace-dollar", r"\{\$[A-Za-z_]", None),
    ("single-brace-upper", _FREE % _UPPER, _UPPER),
    ("single-brace-lower", _FREE % _LOWER, _LOWER),
    (
        "bracket",
        r"\A(?:[\s,;:.!/-]*\[[^\W\d_][^\[\]]{0,64}\])+[\s,;:.!/-]*\Z"
        r"|\[[^\[\],:]{1,64}(?:, ?(?:fallback=|default\(|encode\(|postfix\(|prefix\()|:filter:)"
        rf"|\[(?:(?i:{_NAME})|[A-Z][A-Z0-9]*_[A-Z0-9_]+)\]",
        r"\[[^\W\d_]",
    ),
    # `%C3%84` is text; `%CAMPAIGNID%` is a tag, because its second sign starts no percent sequence.
    (
        "percent-upper",
        r"%[A-Z][A-Z0-9_]{2,63}%(?![0-9A-Fa-f]{2})|%(?![0-9A-Fa-f]{2})[A-Z][A-Z0-9_]{2,63}%"
        rf"|\A%{_FIELD}%\Z",
        None,
    ),
    ("dollar-word", rf"(?<![\w$])\$[A-Z][A-Z_]{{2,40}}(?!\w)|(?<!\w)\${_FIELD}\$(?!\w)", None),
    ("dash-word", rf"\A-{_FIELD}-\Z", None),
)
_IN_VALUES: Final = tuple((family, re.compile(pattern)) for family, pattern, _ in _FAMILIES)
_IN_IDS: Final = tuple((family, re.compile(in_id or pattern)) for family, pattern, in_id in _FAMILIES)


def unrendered(raw: str, decoded: str | None = None, *, is_id: bool = False) -> str | None:
    """The family of a merge tag that the sending platform left in a query value, or None for an ordinary value.

    `raw` is the value before percent-decoding, because decoding damages some tags (`%CAMPAIGNID%` begins with a valid
    percent sequence); it is looked at again decoded once (`decoded`, if the caller has it) and twice, for tags that
    were encoded themselves. Total on any text.
    """
    if raw.isalnum():
        return None
    if decoded is None:
        decoded = unquote(raw.replace("+", " "))
    # Whatever its form, a tag leaves one of these signs behind when it is decoded.
    if not _SUSPECT.search(decoded) and raw[:1] != "-":
        return None
    for text in dict.fromkeys((raw, decoded, unquote(decoded))):
        for family, pattern in _IN_IDS if is_id else _IN_VALUES:
            if pattern.search(text):
                return family
    return None
