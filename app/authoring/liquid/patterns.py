"""How a date or time is to look, as editors write it: `long`, `d. MMMM`, `MMMMd` or `%d.%m.%Y`.

All four become one thing that CLDR formats in the reader's language, so `%B` says “Dezember” to a German. A pattern is
read once, when the text is compiled; nothing is formatted here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from babel.dates import PATTERN_CHARS, DateTimePattern, parse_pattern

from app.authoring.suggest import did_you_mean

LENGTHS: Final = ("short", "medium", "long", "full")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A read pattern: one of `LENGTHS`, or letters in the order written; `fields` alone (`MMMMd`) leave the order to
    the language. `shows_clock` and `shows_day` say what of an instant it asks for."""

    length: str = ""
    written: DateTimePattern | None = None
    fields: str = ""
    shows_clock: bool = False
    shows_day: bool = False


class BadPattern(ValueError):
    """The pattern cannot be read; `remedy` says what could be meant."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


DIRECTIVES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Y": "yyyy", "y": "yy", "m": "MM", "-m": "M", "B": "MMMM", "b": "MMM", "h": "MMM", "d": "dd", "-d": "d",
        "e": "d",
        "A": "EEEE", "a": "EEE", "j": "DDD", "V": "ww", "u": "e", "H": "HH", "-H": "H", "k": "H", "I": "hh", "-I": "h",
        "l": "h", "M": "mm", "-M": "m", "S": "ss", "p": "a", "P": "a", "Z": "z", "z": "Z", "F": "yyyy-MM-dd",
        "T": "HH:mm:ss", "R": "HH:mm", "D": "MM/dd/yy",
    }
)  # fmt: skip
"""The directives of strftime, as Liquid knows them, in letters of CLDR."""

_PLAIN: Final[Mapping[str, str]] = MappingProxyType({"%": "%", "n": "\n", "t": "\t"})
_DIRECTIVE: Final = re.compile(r"%([-_0^#]?)([A-Za-z%])")
_QUOTED: Final = re.compile(r"'[^']*'")
_CONFUSED: Final = re.compile(r"D{1,2}(?!D)|Y+")
"""Letters of other systems' patterns that mean something else here, and hardly ever what somebody wanted."""
_CLOCK: Final = frozenset("hHkKmsSAabB")
_DAY: Final = frozenset("GyYuQqMLwWdDFgEec")


@lru_cache(maxsize=256)
def pattern_of(text: str) -> Pattern:
    """The pattern that an editor wrote; raises `BadPattern` with a remedy."""
    if text in LENGTHS:
        return Pattern(length=text)
    letters = _from_strftime(text) if "%" in text else text
    bare = _QUOTED.sub("", letters)
    strange = sorted({letter for letter in bare if letter.isascii() and letter.isalpha()} - set(PATTERN_CHARS))
    if strange or not bare.strip() or letters.count("'") % 2:
        what = f"has {', '.join(f'“{letter}”' for letter in strange)} in it" if strange else "cannot be read"
        remedy = did_you_mean(text, LENGTHS) or "write long, or letters such as d. MMMM yyyy; words in 'single quotes'"
        raise BadPattern(f"the pattern “{text}” {what}", remedy)
    if "%" not in text and (meant := _CONFUSED.sub(lambda found: found[0].lower(), bare)) != bare:
        raise BadPattern(f"in the pattern “{text}” D is the day of the year, or Y the year of a week", f"write {meant}")
    try:
        written = parse_pattern(letters)
    except ValueError as error:
        raise BadPattern(
            f"the pattern “{text}” cannot be read: {error}", "letters are those of d. MMMM yyyy"
        ) from error
    fields = letters if letters.isascii() and letters.isalpha() and len(set(letters)) > 1 else ""
    shows_clock, shows_day = not _CLOCK.isdisjoint(bare), not _DAY.isdisjoint(bare)
    return Pattern(written=written, fields=fields, shows_clock=shows_clock, shows_day=shows_day)


def _from_strftime(text: str) -> str:
    """The pattern of CLDR that a strftime format means; its plain text is quoted."""
    parts: list[str] = []
    plain, end = "", 0
    for found in _DIRECTIVE.finditer(text):
        plain += text[end : found.start()]
        end = found.end()
        flag, letter = found.groups()
        if letter in _PLAIN:
            plain += _PLAIN[letter]
            continue
        means = DIRECTIVES.get(flag + letter, DIRECTIVES.get(letter) if flag != "-" else None)
        if means is None:
            shown = ", ".join(f"%{name}" for name in ("d", "-d", "m", "B", "Y", "A", "H", "M"))
            raise BadPattern(
                f"“{found.group()}” in the pattern “{text}” means nothing", f"there are {shown} and others"
            )
        parts += [_literal(plain), means]
        plain = ""
    return "".join([*parts, _literal(plain + text[end:])])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if any(letter.isalpha() or letter == "'" for letter in text) else text
