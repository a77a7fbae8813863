"""Merge tags that a sending platform left in a URL instead of a value: told from values by the syntax of their family.

A leaf beside the doors, as `platforms.py` is: it reads no requests.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

_SUSPECT: Final = re.compile(r"[%*{\[<$#]")
"""Whatever its form, a tag leaves one of these signs behind when it is decoded."""

_NAME: Final = r"(?:(?:first|last|full|user)? ?name|[fl]name|vorname|nachname|e-?mail)"
"""The names that fields have on any platform."""
_FIELD: Final = rf"(?i:{_NAME}|[a-z]+(?:_[a-z0-9]+)+)"
"""The same, or what only an identifier looks like."""

_UPPER: Final = r"\{[A-Z][A-Z0-9_]{1,63}\}"
_LOWER: Final = r"\{(?:[a-z][A-Za-z0-9_.]{1,63}(?:=[^{}]{1,64})?|u\([^{}()]{1,64}\))\}"
_FREE: Final = r"(?<![A-Za-z0-9])(?:%s)(?![A-Za-z0-9])"

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
"""In the order in which families are told apart: in any value, and in an id, where it is different.

Braces and brackets that ordinary values carry too (`a{bc}d`, `Lamp [blue]`) count only where they stand free or have a
tag's own syntax; an id has none in it, so there they count wherever they stand. What opens with two signs also counts
when its end was cut off by an `&` or `#` inside. Where a platform lets any word be a field (`%ABC%`, `$USD`), a word in
capitals is taken for one: to drop a value is a smaller harm than to show a tag. Words in small letters must name a
field.
"""
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
    if not _SUSPECT.search(decoded) and raw[:1] != "-":
        return None
    for text in dict.fromkeys((raw, decoded, unquote(decoded))):
        for family, pattern in _IN_IDS if is_id else _IN_VALUES:
            if pattern.search(text):
                return family
    return None
