"""The words of a countdown in one language: units with their plural forms, and the deadline, by the rules of CLDR.

A deadline is said in tokens (a weekday, a day, a month, an hour, a minute), of which there are few, so that what can be
said of any deadline is drawn ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, groupby
from typing import Final, Literal, NamedTuple

from babel import Locale
from babel.core import get_global
from babel.dates import (
    DateTimeFormat,
    get_datetime_format,
    get_time_format,
    get_timezone_location,
    match_skeleton,
    tokenize_pattern,
)
from babel.units import format_unit

from app.locales import locale_of

Width = Literal["long", "short", "narrow"]

ENDS: Final = "{{ ends }}"
"""Stands for the deadline in a sentence."""
SPACE: Final = " "
DAY, DATED_DAY = "MMMEd", "yMMMEd"
"""Skeletons of CLDR: what is told of a day, and with its year."""
MINUTE: Final = timedelta(minutes=1)
_MONDAY: Final = datetime(2026, 11, 2)
_SAMPLES: Final = (
    *(_MONDAY + timedelta(days=day) for day in range(7)),
    *(datetime(2026, 1, day) for day in range(1, 32)),
    *(datetime(2026, month, 1) for month in range(1, 13)),
    *(_MONDAY + timedelta(hours=hour) for hour in range(24)),
    *(_MONDAY + timedelta(minutes=minute) for minute in range(60)),
)
"""Instants among which every weekday, day, month, hour and minute is."""


@lru_cache(maxsize=8192)
def label(unit: str, value: int, language: str, width: Width) -> str:
    """The name of a unit beside a number of it: 1 Tag, 2 Tage. `unit` is one of CLDR, such as `day`.

    Each is remembered: every countdown measures all of its language, some 250, before it is laid out. A form that says
    the number itself (Arabic for two days) would say it twice; that for none stands in.
    """
    locale = locale_of(language)
    said = format_unit(value, f"duration-{unit}", width, locale=locale)
    if str(value) not in said:
        said = format_unit(0, f"duration-{unit}", width, locale=locale)
    return _tidy(said.replace(str(value) if str(value) in said else "0", "")).strip()


class Token(NamedTuple):
    """A piece of a pattern: its field (None: always the same) and what always stands around it."""

    field: str | None
    before: str
    behind: str

    def said(self, moment: datetime, locale: Locale) -> str:
        """The token for that moment."""
        value = DateTimeFormat(moment, locale)[self.field] if self.field else ""
        return f"{self.before}{_tidy(str(value))}{self.behind}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence around a deadline, in one language; `tokens` in the order in which they are read, those of the `clock`
    left out of a bare day."""

    locale: Locale
    tokens: tuple[Token, ...]
    clock: frozenset[Token]

    @classmethod
    def of(cls, written: str, language: str, zone: str = "", *, dated: bool = False) -> Sentence:
        """The sentence in which `ENDS` stands for the deadline; with the year if it is `dated`.

        The name of the `zone` stands behind it, if there is one.
        """
        locale = locale_of(language)
        before, _, behind = written.partition(ENDS)
        day, clock = (
            tuple(_tokens(_day_pattern(locale, DATED_DAY if dated else DAY))),
            tuple(_tokens(_clock_pattern(locale))),
        )
        glue = str(get_datetime_format("medium", locale)).replace("'", "")
        first, second = (day, clock) if glue.index("{1}") < glue.index("{0}") else (clock, day)
        between = Token(None, _tidy(glue[glue.index("}") + 1 : glue.rindex("{")]), "")
        around = [(Token(None, text, ""),) if text else () for text in (before, behind)]
        named = (Token(None, _named(zone, locale), ""),) if zone else ()
        tokens = (*around[0], *first, between, *second, *around[1], *named)
        return cls(locale, tokens, frozenset((between, *clock, *named)))

    def words(self, ends: datetime | date) -> list[str]:
        """The tokens for a deadline, as they are read; a bare day has no time of day.

        Midnight is said as the last minute of the day that ends.
        """
        tokens = self.tokens if isinstance(ends, datetime) else [one for one in self.tokens if one not in self.clock]
        moment = ends if isinstance(ends, datetime) else datetime.combine(ends, time())
        if isinstance(ends, datetime) and ends.time() == time():
            moment = ends - MINUTE
        return [token.said(moment, self.locale) for token in tokens]

    def every(self) -> Iterator[frozenset[tuple[str, ...]]]:
        """For each token all that it can be, in pieces as `seen` has them."""
        for token in self.tokens:
            yield _each(token, self.locale)

    @property
    def pieces(self) -> frozenset[str]:
        """Everything that `seen` can consist of."""
        return frozenset(piece for can_be in self.every() for pieces in can_be for piece in pieces)

    @property
    def runs_left(self) -> bool:
        """Whether the language is read from right to left."""
        return self.locale.text_direction == "rtl"

    def seen(self, ends: datetime | date) -> tuple[str, ...]:
        """The same from left to right, each space by itself; where the language runs left, words change places."""
        spaced = list(chain.from_iterable(map(_spaced, self.words(ends))))
        if not self.runs_left:
            return tuple(spaced)
        words = [list(word) for _, word in groupby(spaced, key=SPACE.__eq__)]
        return tuple(chain.from_iterable(word if word[0][0].isdigit() else word[::-1] for word in words[::-1]))


@lru_cache(maxsize=1024)
def _each(token: Token, locale: Locale) -> frozenset[tuple[str, ...]]:
    """All that a token can be; remembered, as sentences of one language share their fields."""
    moments = _SAMPLES if token.field else _SAMPLES[:1]
    return frozenset(tuple(_spaced(said)) for said in {token.said(moment, locale) for moment in moments})


def _spaced(token: str) -> Iterator[str]:
    """A token without the spaces around it, and these."""
    yield from SPACE * (len(token) - len(token.lstrip()))
    if token.strip():
        yield token.strip()
        yield from SPACE * (len(token) - len(token.rstrip()))


def _tokens(pattern: str) -> Iterator[Token]:
    """The fields of a pattern of CLDR; what stands between two belongs to the first of them up to its last space."""
    pieces = tokenize_pattern(pattern)
    before = ""
    for place, (kind, what) in enumerate(pieces):
        if kind != "field":
            if place == 0:
                before = _tidy(str(what))
            continue
        field = str(what[0]) * int(what[1])
        literal = (
            _tidy(str(pieces[place + 1][1])) if place + 1 < len(pieces) and pieces[place + 1][0] == "chars" else ""
        )
        is_last = place + 2 >= len(pieces)
        cut = len(literal) if is_last or " " not in literal else literal.rindex(" ") + 1
        yield Token(field, before, literal[:cut])
        before = literal[cut:]


@lru_cache(maxsize=64)
def _day_pattern(locale: Locale, skeleton: str) -> str:
    known = locale.datetime_skeletons
    found = skeleton if skeleton in known else match_skeleton(skeleton, known)
    return str(known[found].pattern) if found else "E, d MMM y"


def _clock_pattern(locale: Locale) -> str:
    return str(get_time_format("short", locale).pattern)


def _named(zone: str, locale: Locale) -> str:
    """The name of a zone behind a sentence, by its city: (Berlin Time), or, where the word for time has brackets of its
    own, Berlin (Ortszeit) behind a comma.
    """
    if zone not in get_global("zone_territories"):  # UTC, and others that are nowhere
        return f" ({zone.rpartition('/')[2]})"
    named = _tidy(str(locale.zone_formats["region"] % get_timezone_location(zone, locale=locale, return_city=True)))
    return f", {named}" if "(" in named else f" ({named})"


def _tidy(text: str) -> str:
    """Spaces that fonts lack as ordinary ones."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
