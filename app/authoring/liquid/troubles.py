"""Mistakes in a text, with the place inside it; the caller knows the file and adds its own lines.

A trouble is text for people and is never raised beyond this package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from liquid import Token
from liquid.exceptions import LiquidError

from app.authoring.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class TextTrouble:
    """One mistake in one text.

    `offset` counts characters from the start of the text, `line` and `column` from 1 inside it; `width` is in
    characters. `code` is one of `app.authoring.codes.CODES`.
    """

    code: str
    message: str
    remedy: str
    offset: int
    width: int
    line: int
    column: int


Troubles = tuple[TextTrouble, ...]


def trouble(
    text: str, code: str, message: str, remedy: str = "", *, offset: int = 0, width: int | None = None
) -> TextTrouble:
    """A trouble at this offset of the text; without a width it is the rest of the line."""
    at = min(max(offset, 0), len(text))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    rest = (len(text) if end < 0 else end) - at
    return TextTrouble(
        code=code,
        message=message,
        remedy=remedy,
        offset=at,
        width=max(1, rest if width is None else min(width, rest)),
        line=text.count("\n", 0, at) + 1,
        column=at - start + 1,
    )


def written_width(text: str, token: Token) -> int:
    """How many characters a token takes in the text; one of a quoted text begins at its quote."""
    quoted = text[token.start_index : token.start_index + 1] in ("'", '"')
    return len(token.value) + (2 if quoted and token.value != text[token.start_index] else 0)


def unreadable(text: str, error: LiquidError, tags: tuple[str, ...]) -> TextTrouble:
    """What the parser could not read, said so that an editor knows what to do."""
    said = str(error.message)
    token = error.token
    placed = token is not None and token.start_index >= 0
    offset = token.start_index if token is not None and placed else _last_opening(text)
    width = written_width(text, token) if token is not None and placed else None
    if found := re.fullmatch(r"unexpected tag '(.*)'", said):
        return _unexpected_tag(text, found.group(1), offset, tags)
    for pattern, code, message, remedy in _KNOWN:
        if found := re.search(pattern, said):
            words = [*found.groups(), token.value if token is not None else ""]
            return trouble(text, code, message.format(*words), remedy.format(*words), offset=offset, width=width)
    return trouble(text, "text-syntax", f"this is not Liquid: {said}", offset=offset, width=width)


def _unexpected_tag(text: str, tag: str, offset: int, tags: tuple[str, ...]) -> TextTrouble:
    if tag in ("raw", "comment"):
        message, remedy = f"“{tag}” is opened and never closed", f"close it with {{% end{tag} %}}"
        return trouble(text, "text-syntax", message, remedy, offset=offset, width=len(tag))
    if tag.removeprefix("end") in tags or tag in ("else", "elsif", "when"):
        opener = tag.removeprefix("end") if tag.startswith("end") else {"when": "case"}.get(tag, "if")
        message = f"“{tag}” stands here, but nothing that it belongs to is open"
        remedy = f"every {{% {tag} %}} needs a {{% {opener} … %}} before it"
        return trouble(text, "text-syntax", message, remedy, offset=offset, width=len(tag))
    remedy = did_you_mean(tag, (*tags, "else", "elsif"), else_say="tags here are")
    message = f"“{tag}” is not a tag that texts have"
    return trouble(text, "text-tag", message, remedy, offset=offset, width=len(tag))


def _last_opening(text: str) -> int:
    """Where the last `{{` or `{%` stands; a mistake found at the end of the text usually began there."""
    return max(text.rfind("{{"), text.rfind("{%"), 0)


_KNOWN: Final = (
    (r"expected '}}'", "text-syntax", "“{{{{” is opened and never closed", "close it with }}}}"),
    (r"missing tag name or closing", "text-syntax", "“{{%” is opened and never closed", "close it with %}}"),
    (r"expected tag end\w+, found tag", "text-syntax", "“{0}” cannot stand here", "one `else` is the last branch"),
    (r"expected tag (end\w+)", "text-syntax", "a tag is opened and never closed", "close it with {{% {0} %}}"),
    (r"found '='", "text-syntax", "“=” compares nothing", "compare with =="),
    (r"unexpected '&'", "text-syntax", "“&” means nothing here", "conditions are joined with and, or"),
    (r"unexpected '[-+*/]'", "text-syntax", "“{0}” means nothing here", "filters calculate, as in | plus: 1"),
    (
        r"unexpected [\"'].?[\"'][\"']",
        "text-syntax",
        "a quote is opened and never closed",
        "close it with the same sign",
    ),
    (r"unexpected '(.*)'", "text-syntax", "“{0}” means nothing here", 'a text stands in quotes: "…"'),
    (r"unknown operator", "text-syntax", "“{0}” is not a comparison", "comparisons are == != < > <= >= contains"),
    (r"disallowed not operator", "text-syntax", "“not” cannot stand in a text", "use {{% unless … %}}, or !="),
    (
        r"disallowed parentheses",
        "text-syntax",
        "brackets cannot stand in a condition",
        "put one {{% if %}} into another",
    ),
    (r"disallowed ternary", "text-syntax", "“if” cannot stand inside {{{{ }}}}", "use {{% if … %}} … {{% endif %}}"),
    (
        r"expected an identifier, found (\w+)",
        "text-syntax",
        "“{0}” is a word of Liquid and cannot follow a dot",
        'write it in brackets, as in param["{0}"]',
    ),
    (r"nesting limit", "text-limit", "blocks are nested too deeply", "at most ten may stand in each other"),
    (r"conversion limit", "text-limit", "a number is too long", ""),
    (r"missing expression", "text-syntax", "something is missing inside {{% {0} %}}", ""),
    (r"words before when", "text-syntax", "words between case and its first `when` are never said", ""),
    (r"words behind when", "text-syntax", "something stands behind the values of `when`", "values are joined with or"),
    (r"case without when", "text-syntax", "this case has no `when`", 'say for which value: {{% when "rain" %}}'),
    (r"found doc", "text-tag", "“doc” is not a tag that texts have", "{{% comment %}} keeps a note"),
    (
        r"found end of expression|missing or unexpected path",
        "text-syntax",
        "something is missing before the end",
        "a name, a number or a text in quotes",
    ),
    (
        r"expected end of expression",
        "text-syntax",
        "“{0}” stands where the end is expected",
        'a colon stands behind a filter\'s name, as in | default: "…"',
    ),
)
"""What the parser says, and what is said instead: pattern, code, message, remedy. `{0}` is the first group or, without
one, the word at the place."""
