"""The filters that texts have, each with its sentence and its example; documentation and checks come from this table.

A filter is a pure function of a known value, a voice and its arguments. One that cannot answer raises, and the value is
unknown from there on, so a `default` behind it still helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from app.authoring.liquid import numbers, phrases, times
from app.engine.signals import Kind

Check = Callable[[object, Kind | None], object] | None


class Gives(Enum):
    """What comes out of a filter, as far as it matters to who reads it."""

    TEXT = "text"
    WHOLE = "a whole number, written alike in every language"
    NUMBER = "a number"
    SAME = "what went in"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the texts.

    `apply` takes the value, the voice and at least `least`, at most `most` arguments. `formats` marks those that speak
    the reader's language, `says` those that take their value as words. `takes` names the kinds of signal that make
    sense before it (all, if None); `check` raises `BadArgument` for a first argument that this kind cannot have.
    `fills` marks the one filter that meets unknown and empty values, `keeps_empty` those that leave the empty alone.
    """

    name: str
    apply: Callable[..., object]
    sentence: str
    example: str
    gives: Gives = Gives.TEXT
    least: int = 0
    most: int = 0
    formats: bool = False
    says: bool = False
    fills: bool = False
    keeps_empty: bool = False
    takes: frozenset[Kind] | None = None
    check: Check = None


_DAYS: Final = frozenset({Kind.DATE, Kind.MOMENT, Kind.TEXT})
_CLOCKS: Final = frozenset({Kind.CLOCK, Kind.MOMENT, Kind.TEXT})
_WEEKDAYS: Final = frozenset({Kind.DATE, Kind.MOMENT, Kind.CHOICE, Kind.TEXT})
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.DURATION, Kind.TEXT, Kind.CHOICE})
_SHIFTED: Final = _NUMBERS | {Kind.CLOCK, Kind.MOMENT}


def _format(name: str, apply: Callable[..., object], takes: frozenset[Kind], sentence: str, example: str, *,
            check: Check) -> Filter:  # fmt: skip
    return Filter(name, apply, sentence, example, most=1, formats=True, keeps_empty=True, takes=takes, check=check)


def _phrase(name: str, apply: Callable[..., object], sentence: str, example: str, *, least: int = 0, most: int = 0,
            gives: Gives = Gives.TEXT, check: Check = None) -> Filter:  # fmt: skip
    return Filter(name, apply, sentence, example, gives, least, most, says=True, check=check)


def _number(name: str, apply: Callable[..., object], sentence: str, example: str, *, least: int = 0, most: int = 0,
            gives: Gives = Gives.NUMBER, takes: frozenset[Kind] = _NUMBERS, check: Check = None) -> Filter:  # fmt: skip
    return Filter(name, apply, sentence, example, gives, least, most, keeps_empty=True, takes=takes, check=check)


_ALL: Final = (
    Filter(
        "default", phrases.default, "Takes its place where the value is unknown, empty or false.",
        '{{ geo.city | default: "Deutschland" }}', Gives.SAME, most=1, fills=True,
    ),
    _format("date", times.day, _DAYS, "A day in the reader's language: short, medium, long, full, or a pattern of "
            "letters (d. MMMM) or of strftime (%d.%m.%Y).",
            '{{ time.date | date: "long" }}', check=times.check_pattern),
    _format("clock", times.clock, _CLOCKS, "A time of day as the reader's language writes it.",
            "{{ weather.as_of | clock }}", check=times.check_pattern),
    _format("weekday", times.weekday, _WEEKDAYS, "The name of the day of the week: long, short or narrow.",
            "{{ time.date | weekday }}", check=times.check_width),
    _format("money", numbers.money, _NUMBERS, "An amount with its currency.", '{{ param.price | money: "EUR" }}',
            check=numbers.check_currency),
    _format("number", numbers.number, _NUMBERS, "A number with grouped thousands, at the decimals asked for.",
            "{{ weather.temperature | number: 1 }}", check=numbers.check_digits),
    _phrase("upcase", phrases.upcase, "In capital letters.", "{{ geo.city | upcase }}"),
    _phrase("downcase", phrases.downcase, "In small letters.", "{{ geo.city | downcase }}"),
    _phrase("capitalize", phrases.capitalize, "With one capital letter at the start.", "{{ param.name | capitalize }}"),
    _phrase("truncate", phrases.truncate, "Cut to so many characters, the … included.",
            "{{ param.first_name | truncate: 12 }}", most=2, check=phrases.check_length),
    _phrase("escape", phrases.escape, "With &, <, > and quotes as HTML writes them.", "{{ geo.city | escape }}"),
    _phrase("strip", phrases.strip, "Without blanks at both ends.", "{{ param.first_name | strip }}"),
    _phrase("replace", phrases.replace, "With one text put in the place of another.",
            '{{ geo.region | replace: "DE-", "" }}', least=1, most=2),
    _phrase("append", phrases.append, "With a text behind it.", '{{ geo.city | append: "!" }}', least=1, most=1),
    _phrase("prepend", phrases.prepend, "With a text before it.", '{{ geo.city | prepend: "in " }}', least=1, most=1),
    _phrase("split", phrases.split, "A list, cut at every place where the separator stands.",
            '{{ param.name | split: " " | first }}', least=1, most=1),
    Filter("join", phrases.join, "A list as one text.",
           '{{ param.tags | split: "," | join: " · " }}', most=1, says=True),
    Filter("first", phrases.first, "The first of a list, or the first letter.", "{{ param.name | first }}", says=True),
    Filter("last", phrases.last, "The last of a list, or the last letter.", "{{ param.name | last }}", says=True),
    _phrase("size", phrases.size, "How many letters, or items of a list.",
            "{{ param.name | size }}", gives=Gives.WHOLE),
    _number("plus", numbers.plus, "A sum; moments and times of day stay what they are, plus seconds.",
            "{{ weather.temperature | plus: 1 }}", least=1, most=1, gives=Gives.SAME, takes=_SHIFTED),
    _number("minus", numbers.minus, "A difference; moments and times of day stay what they are, minus seconds.",
            "{{ weather.temperature | minus: 1 }}", least=1, most=1, gives=Gives.SAME, takes=_SHIFTED),
    _number("times", numbers.times, "A product.", "{{ weather.wind_speed | times: 0.54 }}", least=1, most=1),
    _number("divided_by", numbers.divided_by, "A quotient, with decimals; `floor` makes it whole.",
            "{{ weather.next_rain_in | divided_by: 60 | round }}", least=1, most=1),
    _number("round", numbers.round_to, "Rounded to a whole number, or to so many decimals; halves away from zero.",
            "{{ weather.temperature | round }}", most=1, gives=Gives.WHOLE, check=numbers.check_digits),
    _number("floor", numbers.floor, "Rounded down.", "{{ weather.temperature | floor }}", gives=Gives.WHOLE),
    _number("ceil", numbers.ceil, "Rounded up.", "{{ weather.temperature | ceil }}", gives=Gives.WHOLE),
    _number("abs", numbers.absolute, "Without its sign.", "{{ weather.temperature | abs }}"),
)  # fmt: skip

FILTERS: Final[Mapping[str, Filter]] = MappingProxyType({one.name: one for one in _ALL})
"""Every filter by its name, in the order of the documentation."""
