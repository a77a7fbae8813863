"""Kinds of single values: numbers, yes and no, percentages, colours, times, names.

YAML hands over texts; the kind of a place makes of a text what it needs, or refuses it with a remedy. Nothing is
guessed: `yes` is no boolean, `36px` no number, `7` no percentage. Numbers and booleans are those of YAML 1.2 in digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, LiteralString

from PIL import ImageColor
from pydantic import BeforeValidator, WithJsonSchema

from app.authoring import numerals
from app.authoring.documents.refusals import NOTHING, from_error, refusal, shown
from app.authoring.suggest import closest
from app.engine.params import pattern_fault
from app.engine.written import parse_clock, parse_duration, parse_moment

ANYTHING_WRITTEN: Final = {"type": ["string", "number", "boolean"]}
"""The JSON Schema of a text: editors' tools see `36` and `true` as numbers and booleans, we read the text."""

LENGTH: Final = r"^\s*(\d+(\.\d+)?\s*(w|d|h|min|m|s)\s*)+$"
"""A length of time, as schemas know it."""

_NUMBER: Final = re.compile(r"[+-]?(\d{1,12}(\.\d{0,9})?|\.\d{1,9})([eE][+-]?\d)?", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%", re.ASCII)
_NO_TIME: Final = re.compile(r"0+[smhdw]")
_LEADING_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_COLOR: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "à": "a", "ç": "c"})
_TRUTHS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_YES_AND_NO: Final = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_MAX_PATTERN: Final = 200


def text(value: Any) -> str:
    """A single text; a mapping of one key is most likely a text with a colon in it that lacks its quotes."""
    if isinstance(value, str):
        return value
    if value is None or value is NOTHING:
        raise refusal("empty-value", "nothing stands here", 'write a text, or "" if it is to be empty')
    remedy = ""
    if isinstance(value, dict) and len(value) == 1:
        key, rest = next(iter(value.items()))
        remedy = f'quote it if it is one text: "{key}: {rest}"' if isinstance(rest, str) else ""
    raise refusal("not-a-text", f"a text is expected here, not {shown(value)}", remedy)


def number(value: Any) -> float:
    """A decimal number with a point."""
    return float(_numeral(value, _NUMBER, "a number"))


def whole(value: Any) -> int:
    """A whole number."""
    return int(_numeral(value, _WHOLE, "a whole number"))


def _numeral(value: Any, pattern: re.Pattern[str], wanted: str) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)  # a default of the model itself
    written = text(value).strip()
    if pattern.fullmatch(written):
        return written
    plain = numerals.meant(written)
    remedy = f"write {plain}" if pattern.fullmatch(plain) else "write it in digits"
    raise refusal("not-a-number", f"{shown(value)} is not {wanted}", remedy)


def boolean(value: Any) -> bool:
    """`true` or `false`, which may begin in capitals or be in capitals, and nothing else."""
    if isinstance(value, bool):
        return value
    written = text(value)
    if (truth := _TRUTHS.get(written)) is not None:
        return truth
    meant = _YES_AND_NO.get(written.lower(), written.lower())
    remedy = f"write {meant}" if meant in _TRUTHS else "write true or false"
    raise refusal("not-a-boolean", f"{shown(written)} is neither true nor false", remedy)


def percentage(value: Any) -> float:
    """`10%` as 10.0, from 0 to 100."""
    if isinstance(value, float):
        return value
    written = text(value).strip()
    found = _PERCENT.fullmatch(written)
    if found is None:
        share = float(written) * 100 if re.fullmatch(r"0?\.\d+", written) else None
        digits = _LEADING_NUMBER.match(written)
        meant = f"{share:g}%" if share is not None else f"{digits[0]}%" if digits else "10%"
        raise refusal("not-a-percentage", f"{shown(written)} is not a percentage", f"write it like {meant}")
    if float(found[1]) > 100:
        raise refusal("out-of-range", f"{shown(written)} is more than all", "write 0% to 100%")
    return float(found[1])


def color(value: Any) -> str:
    """`#c8102e`, with three, four, six or eight digits, or a colour name of CSS."""
    written = text(value).strip()
    if _COLOR.fullmatch(written) or written.lower() in ImageColor.colormap or written.lower() == "transparent":
        return written
    nearest = closest(written, ImageColor.colormap)
    remedy = f"did you mean “{nearest}”?" if nearest else 'write it like "#c8102e"'
    if _COLOR.fullmatch(f"#{written}"):
        remedy = f'write "#{written}", with the quotes'
    raise refusal("not-a-color", f"{shown(written)} is not a colour", remedy)


def moment(value: Any) -> str:
    """A date, or a date and a time; kept as written."""
    written = text(value).strip()
    try:
        parse_moment(written)
    except ValueError as error:
        if re.fullmatch(r"-{0,2}\d{1,2}[-./]\d{1,2}\.?", written):
            remedy = "write it like 2026-12-24"
            raise refusal("not-a-moment", f"{shown(written)} lacks its year", remedy) from None
        if german := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", written):
            day, month, year, rest = german.groups()
            remedy = f"write {year}-{int(month):02}-{int(day):02}{rest}"
            raise refusal("not-a-moment", f"{shown(written)} is not a moment", remedy) from None
        raise from_error("not-a-moment", error) from None
    return written


def clock(value: Any) -> str:
    """A time of day from 00:00 to 23:59; kept as written."""
    written = text(value).strip()
    try:
        seconds = parse_clock(written)
    except ValueError as error:
        raise from_error("not-a-clock", error) from None
    if seconds >= 24 * 3600:
        raise refusal("not-a-clock", f"{shown(written)} is the end of the day", 'write "00:00"')
    return written


def duration(value: Any) -> float:
    """A length of time such as 10s, 45m or 1d, in seconds; `0s` for none."""
    if isinstance(value, float):
        return value
    written = text(value).strip()
    if _NO_TIME.fullmatch(written):
        return 0.0
    try:
        return parse_duration(written)
    except ValueError as error:
        raise from_error("not-a-duration", error) from None


def currency(value: Any) -> str:
    """The three letters of ISO 4217."""
    written = text(value).strip()
    if not re.fullmatch(r"[A-Z]{3}", written):
        signs = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "EURO": "EUR"}
        meant = signs.get(written.upper(), written.upper() if re.fullmatch(r"[a-z]{3}", written) else "EUR")
        raise refusal("unknown-choice", f"{shown(written)} is not a currency code", f"write it like {meant}")
    return written


def pattern(value: Any) -> str:
    """A regular expression that matches in bounded time."""
    written = text(value)
    if len(written) > _MAX_PATTERN:
        raise refusal("not-a-pattern", f"the pattern has {len(written)} characters", f"{_MAX_PATTERN} must do")
    if fault := pattern_fault(written):
        raise from_error("not-a-pattern", ValueError(fault))
    return written


def slug(value: Any) -> str:
    """A name that stands in URLs and files: lower-case letters, digits, hyphen, underscore."""
    written = text(value)
    if _SLUG.fullmatch(written):
        return written
    meant = re.sub(r"[^a-z0-9_]+", "-", written.lower().translate(_UMLAUTS)).strip("-_")[:64]
    raise _bad_name(written, "lower-case letters, digits, - and _", meant)


def word(value: Any) -> str:
    """A name that stands in texts as `{{ name }}`: letters, digits, underscore."""
    written = text(value)
    if _WORD.fullmatch(written):
        return written
    meant = re.sub(r"[^A-Za-z0-9_]+", "_", written.translate(_UMLAUTS)).strip("_")[:64]
    raise _bad_name(written, "letters, digits and _", meant if _WORD.fullmatch(meant) else "")


def _bad_name(written: str, allowed: str, meant: str) -> Exception:
    remedy = f"write “{meant}”" if meant else "choose another name"
    return refusal("bad-name", f"{shown(written)} is not a name: it may have {allowed}", remedy)


def written_here(value: Any) -> Any:
    """Anything at all, as long as there is something."""
    if value is None or value is NOTHING or value in ({}, []):
        raise refusal("empty-value", "nothing stands here", "write something, or leave the key out")
    return value


def not_one_of(*words: str, code: LiteralString = "reserved-name", why: str) -> Callable[[str], str]:
    """A check that a name is none of these words."""

    def check(name: str) -> str:
        if name in words:
            raise refusal(code, f"“{name}” {why}", "choose another name")
        return name

    return check


Text = Annotated[str, BeforeValidator(text), WithJsonSchema(ANYTHING_WRITTEN)]
Number = Annotated[float, BeforeValidator(number)]
Whole = Annotated[int, BeforeValidator(whole)]
Boolean = Annotated[bool, BeforeValidator(boolean)]
Percentage = Annotated[
    float, BeforeValidator(percentage), WithJsonSchema({"type": "string", "pattern": _PERCENT.pattern})
]
Color = Annotated[str, BeforeValidator(color)]
Moment = Annotated[str, BeforeValidator(moment)]
Clock = Annotated[
    str, BeforeValidator(clock), WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}(:\d{2})?$"})
]
Duration = Annotated[float, BeforeValidator(duration), WithJsonSchema({"type": "string", "pattern": LENGTH})]
Currency = Annotated[str, BeforeValidator(currency)]
Pattern = Annotated[str, BeforeValidator(pattern)]
Slug = Annotated[str, BeforeValidator(slug)]
Word = Annotated[str, BeforeValidator(word)]
Raw = Annotated[Any, BeforeValidator(written_here)]
Condition = Annotated[Any, BeforeValidator(written_here), WithJsonSchema({"x-onopen": "condition"})]
"""A condition as written: the compiler reads it; in the schema it is marked `x-onopen: condition`."""
ItemCondition = Annotated[Any, BeforeValidator(written_here), WithJsonSchema({"x-onopen": "item-condition"})]
"""A condition over the fields of an item; in the schema it is marked `x-onopen: item-condition`."""
