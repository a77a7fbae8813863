"""Where YAML misled the editor: what was meant as text, said in plain words, and the text mended so reading goes on.

Mending swaps YAML's punctuation for stand-ins of the same length, which are swapped back in the values that are read.
So all mistakes of a file are found at once, at their true places. A mended file is never served: it has a problem.
"""

from __future__ import annotations

import re
from typing import Any, Final

from app.authoring.numerals import meant
from app.authoring.yamltext import Slip

_STAND_INS: Final = {code: 0x10F000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_MEANT: Final = {stand_in: code for code, stand_in in _STAND_INS.items()}

_TRAILING_COMMENT: Final = re.compile(r"[ \t]+#([ \t].*)?$")
_TEMPLATE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_REFERENCE: Final = re.compile(r"[*&][^\s,\[\]{}]*")
_APOSTROPHE: Final = re.compile(r"'(.*\w'\w.*)'")
_LEADING_KEY: Final = re.compile(r"[^\s:]+(?=:[ \t])")
_MORE: Final = re.compile(r"(?:[ \t]*,[ \t]*[^\s,:{}\[\]\"'#][^,:{}\[\]\"'#\n]*(?=[,}\]]))*")
"""Further words in braces that have no colon behind them."""

_NUMBERS: Final = re.compile(r"[-+.\d\s,]+")
_DECIMAL: Final = re.compile(r"[-+]?[\d.]+,\d+")
_WORDS: Final = {
    "{": "{ opens a mapping in YAML",
    "[": "[ opens a list in YAML",
    "*": "* at the start means an alias in YAML",
    "&": "& at the start means an anchor in YAML",
    "!": "! at the start means a tag in YAML",
    "@": "YAML keeps @ at the start of a value for itself",
    "`": "YAML keeps ` at the start of a value for itself",
    "%": "YAML keeps % at the start of a value for itself",
    "|": "| at the start means a text of several lines in YAML",
    ">": "> at the start means a text of several lines in YAML",
    "-": "a list cannot begin behind a key on the same line",
    ",": "YAML separates values with commas",
    '"': "a text in quotes ends at its second quote",
    "'": "a text in quotes ends at its second quote",
    ":": "a colon followed by a blank makes a key in YAML",
    "#": "# begins a comment in YAML",
}


class Misled(Exception):
    """A slip that YAML stumbles over, with the text mended around it, or None where nobody can guess what was meant.

    It is raised and caught inside the reading of one file and never leaves it.
    """

    def __init__(self, slip: Slip, mended: str | None = None) -> None:
        super().__init__(slip.message)
        self.slip = slip
        self.mended = mended

    @classmethod
    def by_comma(cls, text: str, key: Any, before: Any) -> Misled:
        """`{de: Hallo, Welt}` or `{rain}`: a word inside braces that has no colon behind it."""
        start, end = key.start_mark.index, key.end_mark.index
        word = unmasked(text[start:end])
        if before is not None and not key.style and text[before.end_mark.index : start].strip() == ",":
            more = _MORE.match(text, end)
            return cls.by_commas(text, before.start_mark.index, more.end() if more else end)
        if glued := re.match(r"(\w[\w.-]*):(\S)", word):
            return cls.by_colon(text, start, glued.end(1))
        message = f"inside {{…}} “{word}” has no value, because YAML reads a mapping here"
        slip = Slip(
            start, end - start, "quote-it", message, "quote the whole if it is a text; else write a colon and a value"
        )
        return cls(slip, f"{text[:end]}: {text[end:]}")

    @classmethod
    def by_commas(cls, text: str, start: int, end: int) -> Misled:
        """`{de: Hallo, Welt}`, `{box: 24, 24, 552, 80}`: commas of a text, or a list that lacks its brackets."""
        whole = text[start:end]
        message, remedy = _needs_quotes(whole, ","), f"{_quote_it(whole)}; or write [{unmasked(whole)}] if it is a list"
        if _NUMBERS.fullmatch(whole):
            message, remedy = f"“{whole}” needs brackets: {_WORDS[',']}", f"write [{whole}]"
        if _DECIMAL.fullmatch(whole):
            message, remedy = f"“{whole}” is no number: {_WORDS[',']}", f"write {meant(whole)}; or [{whole}] for two"
        return cls(Slip(start, end - start, "quote-it", message, remedy), masked(text, start, end))

    @classmethod
    def by_colon(cls, text: str, start: int, length: int) -> Misled:
        """`key:value`: the blank behind the colon is missing; `length` is that of the key."""
        key, end = unmasked(text[start : start + length]), start + length + 1
        slip = Slip(start, length + 1, "colon-blank", f"a blank is missing behind “{key}:”", f"write “{key}: …”")
        return cls(slip, f"{text[:end]} {text[end:]}")

    @classmethod
    def by_reference(cls, text: str, at: int, kind: str, *, in_flow: bool) -> Misled:
        """`&name` is read as if it were not there, `*name` as text."""
        found = _REFERENCE.match(text, at)
        word = found[0] if found else text[at : at + 1]
        mark = "*" if kind == "alias" else "&"
        message = f"{_WORDS[mark]}, and {'aliases' if kind == 'alias' else 'anchors'} are not used here"
        remedy = f"quote it if it is a text: {_quoted(_extent(text, at, in_flow=in_flow))}; else write the value out"
        mended = masked(text, at, at + 1) if kind == "alias" else _blanked(text, at, at + len(word))
        return cls(Slip(at, len(word), kind, message, remedy), mended)

    @classmethod
    def by_tag(cls, text: str, at: int, tag: str, *, scalar: bool, in_flow: bool) -> Misled:
        """`!word`: before a text it is read as part of it, before anything else as if it were not there."""
        remedy = f"quote it if it is a text: {_quoted(_extent(text, at, in_flow=in_flow))}"
        slip = Slip(at, len(tag), "tag", f"{_WORDS['!']}, and tags are not used here", remedy)
        return cls(slip, masked(text, at, at + len(tag)) if scalar else _blanked(text, at, at + len(tag)))

    @classmethod
    def by_comment(cls, text: str, start: int, at: int, *, in_flow: bool) -> Misled:
        """`color: #fff`, `We are #1`: the value begins at `start`, the # stands at `at`."""
        whole = _extent(text, at, in_flow=in_flow)
        end = at + len(whole)
        slip = Slip(at, len(whole), "quote-it", _needs_quotes(text[start:end], "#"), _quote_it(text[start:end]))
        return cls(slip, masked(text, start, end))


def meant_as_text(text: str, start: int, *, in_flow: bool, at: int | None = None) -> Misled:
    """A value that YAML took for its own punctuation: from `start` it is read as text; the slip stands at `at`."""
    whole = _extent(text, start, in_flow=in_flow)
    where = start if at is None else at
    width = len(whole) if at is None else 1
    slip = Slip(where, max(1, width), "quote-it", _needs_quotes(whole, text[where : where + 1]), _quote_it(whole))
    key = (
        _LEADING_KEY.match(text, start)
        if where == start and not text[text.rfind("\n", 0, start) + 1 : start].strip(" -")
        else None
    )
    return Misled(slip, masked(text, start, key.end() if key else start + len(whole)))


def masked(text: str, start: int, end: int) -> str:
    """The text with stand-ins for all punctuation between the two places."""
    return text[:start] + text[start:end].translate(_STAND_INS) + text[end:]


def unmasked(text: str) -> str:
    """The text as it was meant, stand-ins swapped back."""
    return text if text.isascii() else text.translate(_MEANT)


def _extent(text: str, start: int, *, in_flow: bool) -> str:
    """How far the editor's text goes: to the end of the line or, inside brackets, to the next comma or bracket."""
    line_end = text.find("\n", start)
    rest = text[start : len(text) if line_end < 0 else line_end]
    if not in_flow:
        return _TRAILING_COMMENT.sub("", rest).rstrip()
    at = 0
    while at < len(rest) and (rest[at] not in ",]}" or at == 0):
        template = _TEMPLATE.match(rest, at)
        at = template.end() if template else at + 1
    return rest[:at].rstrip()


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _quoted(text: str) -> str:
    """The text in quotes as YAML wants them; those that an apostrophe inside them ended are taken off."""
    text = unmasked(text)
    if within := _APOSTROPHE.fullmatch(text):
        text = within[1]
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _quote_it(text: str) -> str:
    return f"quote it: {_quoted(text)}"


def _needs_quotes(text: str, mark: str) -> str:
    mark = unmasked(mark)
    why = _WORDS.get(mark, f"YAML reads {mark} as its own punctuation here")
    return f"“{unmasked(text)}” needs quotes: {why}"
