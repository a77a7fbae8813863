"""What a placeholder's URL may carry: declared parameters, each with a type, limits and perhaps a default.

A `Param` turns the text of a URL into a typed value, or refuses it; it never repairs by guessing, and it never raises
on what a recipient sends. Texts that no token vouches for have further limits (`unsigned.py`). Patterns come from
editors and are matched against text from strangers, so those that could take long are refused when they are written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.engine.readings import Empty, fold
from app.engine.signals import Kind, Signal, param as param_signal
from app.engine.unsigned import Limits

Value = str | float | bool | date
"""What a parameter is once typed; a number is always a float."""

TYPES: Final[dict[str, Kind]] = {
    "text": Kind.TEXT,
    "number": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
}
"""The words editors write behind `type:`."""

NO_LIMITS: Final = Limits()
"""Of somebody of whose languages nothing is known: addresses, phone numbers and amounts with a sign are refused."""

MAX_LENGTH: Final = 200
"""Characters a text may have where the editor set no `max_length`."""

LONGEST_MATCH: Final = 100
"""Characters up to which a pattern is tried at all; with `pattern_fault` it bounds the time a match can take."""

_NUMBER: Final = re.compile(r"[+-]?(\d{1,15})(?:[.,](\d{1,9}))?\Z", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?\Z", re.ASCII)
_TRUE: Final = frozenset({"true", "yes", "1", "on"})
_FALSE: Final = frozenset({"false", "no", "0", "off"})
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
_JOINERS: Final = frozenset("\u200c\u200d")  # zero width, but part of Persian, Indic and emoji spelling


@dataclass(frozen=True, slots=True)
class Param:
    """One declared parameter of a placeholder.

    `default` is None where the editor declared none, EMPTY for `default: ""`, else a value of the parameter's kind.
    `max_length` is in characters; `pattern` must match the whole text. `limits` are those of unsigned texts, except for
    what is `allowed`.
    """

    name: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    default: Value | Empty | None = None
    max_length: int = MAX_LENGTH
    pattern: re.Pattern[str] | None = None
    limits: Limits = NO_LIMITS
    allowed: frozenset[str] = frozenset()

    @property
    def signal(self) -> Signal:
        """The signal that rules read, `param.<name>`."""
        certain = not isinstance(self.default, Empty | None)
        return param_signal(self.name, self.kind, self.choices, certain=certain)

    def read(self, text: str, *, signed: bool = False) -> Value | None:
        """The typed value of a text from a URL, or None if the text is not one; total on any input.

        `signed` says that a token vouches for the text.
        """
        clean = tidy(text)
        if clean is None or not clean or len(clean) > self.max_length or not self._matches(clean):
            return None
        match self.kind:
            case Kind.NUMBER:
                return _number(clean)
            case Kind.CHOICE:
                return _choice(clean, self.choices)
            case Kind.BOOLEAN:
                return _boolean(clean)
            case Kind.DATE:
                return _date(clean)
            case _:
                return None if not signed and self.limits.refuses(clean, self.allowed) else clean

    def _matches(self, text: str) -> bool:
        return self.pattern is None or matches(self.pattern, text)


def matches(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern that an editor wrote matches the whole text, which is not tried where it is very long."""
    return len(text) <= LONGEST_MATCH and pattern.fullmatch(text) is not None


def tidy(text: str) -> str | None:
    """The text composed (NFC) and without outer blanks, or None if it holds what nobody can see.

    Line breaks, bidirectional controls and other invisible characters could make a picture say something else than
    its text, so a text with one of them is refused and not repaired.
    """
    if text.isascii():
        return text.strip() if text.isprintable() else None
    composed = unicodedata.normalize("NFC", text)
    for letter in composed:
        if unicodedata.category(letter) in _INVISIBLE and letter not in _JOINERS:
            return None
    return composed.strip()


def pattern_fault(source: str) -> str:
    """What is wrong with a pattern that an editor wrote, as a sentence with its remedy; empty if it is fine.

    Only patterns whose matching time is bounded are allowed: no repetition inside a repetition, at most three open
    ends (`*`, `+`, `{2,5}`) and eight options (`?`), no look-around and no back reference.
    """
    try:
        re.compile(source)
    except (re.error, RecursionError, OverflowError) as error:
        return f"this is no regular expression: {error}"
    bare = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "x", re.sub(r"\\[^1-9]", "x", source))
    if re.search(r"\\[1-9]|\(\?(?!:)", bare):
        return "look-around, flags, named groups and back references are not allowed here; spell the text out"
    bare = bare.replace("(?:", "(")
    repeat = r"(?:[*+]|\{\d*,\d*\})"
    if re.search(rf"\)(?:{repeat}|\{{\d+\}})", bare):
        return "a group may not be repeated, which could take forever; repeat the characters instead"
    ends = len(re.findall(repeat, bare))
    if ends > 3 or bare.count("?") > 8:
        return "too many open repetitions, which could take long; use at most three of * + {a,b} and eight of ?"
    return ""


def _number(text: str) -> float | None:
    """A decimal number; a comma is a decimal comma, unless three digits follow, when nobody can tell."""
    found = _NUMBER.match(text.replace("\u2212", "-"))
    if found is None or ("," in text and len(found[2] or "") == 3):
        return None
    return float(found[0].replace(",", "."))


def _choice(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice as the editor spelt it; compared without case."""
    folded = fold(text)
    return next((choice for choice in choices if fold(choice) == folded), None)


def _boolean(text: str) -> bool | None:
    folded = fold(text)
    return True if folded in _TRUE else False if folded in _FALSE else None


def _date(text: str) -> date | None:
    """A calendar day in ISO 8601; a time behind it is left out."""
    found = _DATE.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
