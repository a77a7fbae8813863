"""What a query says, read as tolerantly as mails require: decoded once, never refused, never raised about.

Addresses come out of templates, through sending platforms, converters and mail clients, so broken percent sequences,
`amp;` in front of names and unrendered merge tags are ordinary. Tags are recognised before decoding, which would damage
some of them. What is too long or too much reads as absent, and so does a value with control characters in its midst;
at its ends a sending platform left them, and a tab is a blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from app.unrendered import unrendered

MAX_QUERY: Final = 8192
"""Bytes of a query that are read; a parameter that reaches beyond is not."""

MAX_PARAMS: Final = 64
"""Parameters that are read; further ones are absent."""

MAX_VALUE: Final = 1000
"""Characters of a value, before decoding; a longer one is absent."""

MAX_NAME: Final = 100
"""Characters of a name; no placeholder declares a longer one."""

IDS: Final = frozenset({"r", "m"})
"""Parameters that carry ids of the sending platform's own."""

_PLAIN: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~&=-"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LINE_ENDS: Final = "\r\n\t"


class Query(NamedTuple):
    """The decoded parameters, and the names whose value is an unrendered merge tag with the tag's family."""

    values: Mapping[str, str]
    unrendered: Mapping[str, str]


_NOTHING: Final[Mapping[str, str]] = {}
EMPTY_QUERY: Final = Query(_NOTHING, _NOTHING)


def parse(raw: bytes) -> Query:
    """Read a query without its question mark; of parameters with one name, the first that says something counts."""
    if not raw:
        return EMPTY_QUERY
    if len(raw) > MAX_QUERY:
        raw = raw[:MAX_QUERY].rpartition(b"&")[0]
    parts = raw.decode("latin-1").split("&", MAX_PARAMS)[:MAX_PARAMS]
    if len(raw) > MAX_VALUE or (b"-" in raw and b"=-" in raw) or raw.translate(None, _PLAIN):
        return _tolerantly(parts)
    values: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        if value and name and name not in values:
            values[name] = value
    return Query(values, _NOTHING)


def _tolerantly(parts: list[str]) -> Query:
    """Parameters with anything in them that must be decoded or might be a tag; bytes are held as latin-1 text."""
    values: dict[str, str] = {}
    tags: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        if not value or len(value) > MAX_VALUE or len(name) > MAX_NAME:
            continue
        name = _CONTROL.sub("", _decoded(name)).removeprefix("amp;").strip()
        if not name or name in values:
            continue
        text = _decoded(value).strip(_LINE_ENDS).replace("\t", " ")
        if family := unrendered(value, text, is_id=name in IDS):
            tags.setdefault(name, family)
        elif text and _CONTROL.search(text) is None:
            values[name] = text
    return Query(values, {name: family for name, family in tags.items() if name not in values})


def _decoded(text: str) -> str:
    """Percent-decoded once: `+` and `%20` are blanks, invalid sequences stay as they are.

    Bytes are UTF-8 or else Windows-1252, which is what "latin-1" means on the web (WHATWG Encoding).
    """
    if text.isascii() and "%" not in text and "+" not in text:
        return text
    octets = unquote_to_bytes(text.replace("+", " ").encode("latin-1"))
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "ignore")
