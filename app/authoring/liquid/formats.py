"""Numbers, amounts, days and hours in the reader's language and zone, by the rules of CLDR through Babel.

One reader, one look: nothing here knows templates or signals. A narrow no-break space, which many fonts lack, becomes
an ordinary one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_time,
    format_timedelta,
    get_datetime_format,
    get_day_names,
    match_skeleton,
)
from babel.numbers import format_currency, format_decimal, get_territory_currencies, list_currencies

from app.authoring.liquid.patterns import Pattern
from app.authoring.liquid.values import DAY, MINUTE
from app.engine.calendar import find_zone
from app.engine.signals import WEEKDAYS

SHORT: Final = Pattern(length="short")
MEDIUM: Final = Pattern(length="medium")

WIDTHS: Final[Mapping[str, Literal["wide", "abbreviated", "narrow"]]] = MappingProxyType(
    {"long": "wide", "short": "abbreviated", "narrow": "narrow"}
)
"""Widths of a weekday's name as texts write them, and as CLDR calls them."""

PLACES: Final = 6
"""Decimals at which a number that nobody formatted is cut; no measurement of ours is finer."""

_NARROW: Final = "\u202f"
_WIDE: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a language with its conventions, and a time zone."""

    locale: Locale
    zone: ZoneInfo

    def local(self, moment: float) -> datetime:
        """The instant on the reader's clock; raises ValueError, OverflowError or OSError beyond the calendar."""
        return datetime.fromtimestamp(moment, UTC).astimezone(self.zone)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of that name in the time-zone database, None if there is none."""
    return ZoneInfo(name) if find_zone(name) else None


def number(value: Decimal, reader: Reader, *, digits: int | None = None) -> str:
    """A number with grouped thousands: up to three decimals, or exactly `digits`."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _tidy(format_decimal(value, pattern, locale=reader.locale))


def plain_number(value: Decimal, reader: Reader) -> str:
    """A number as it is, with the language's decimal separator and nothing between thousands (2026 may be a year)."""
    return _tidy(format_decimal(value, "0." + "#" * PLACES, locale=reader.locale, group_separator=False))


def money(value: Decimal, reader: Reader, currency: str) -> str:
    """An amount with its currency's sign and decimals."""
    return _tidy(format_currency(value, currency, locale=reader.locale))


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Every currency code of ISO 4217 that CLDR knows."""
    return frozenset(list_currencies())


def currency_of(country: str) -> str:
    """The currency that people pay with in a country (ISO 3166-1) today, "" where CLDR knows none."""
    paid = get_territory_currencies(country)
    return str(paid[0]) if paid else ""


def day(value: date, reader: Reader, pattern: Pattern = MEDIUM) -> str:
    """A calendar day, or an instant on the reader's clock seen as one."""
    if pattern.length:
        return _tidy(format_date(value, pattern.length, locale=reader.locale))
    return _written(value, reader, pattern)


def clock(value: time | datetime, reader: Reader, pattern: Pattern = SHORT) -> str:
    """A time of day as the language writes it: 14:30, 2:30 PM."""
    if pattern.length:
        wall = value.replace(tzinfo=None)
        return _tidy(format_time(wall, pattern.length, locale=reader.locale))
    return _written(value, reader, pattern)


def moment(value: datetime, reader: Reader) -> str:
    """An instant on the reader's clock: the day and the time of day."""
    both = str(get_datetime_format("medium", reader.locale)).replace("'", "")
    return both.replace("{0}", clock(value, reader)).replace("{1}", day(value, reader))


def weekday(index: int, reader: Reader, width: str = "long") -> str:
    """The name of a day of the week, 0 for Monday."""
    return _tidy(get_day_names(WIDTHS[width], locale=reader.locale)[index])


def span(seconds: float, reader: Reader) -> str:
    """How long something lasts, in its largest unit of which there are at least two: 90 minutes, 3 hours."""
    length = timedelta(seconds=seconds)
    return _tidy(format_timedelta(length, granularity="minute", threshold=2, locale=reader.locale))


def time_of_day(seconds: float) -> time:
    """Seconds since midnight as a time of day; midnight follows the last minute."""
    minutes = int(seconds % DAY) // MINUTE
    return time(minutes // MINUTE, minutes % MINUTE)


def weekday_index(name: str) -> int:
    """The place of an English weekday, 0 for monday; raises ValueError."""
    return WEEKDAYS.index(name.strip().casefold())


def _written(value: date | time, reader: Reader, pattern: Pattern) -> str:
    assert pattern.written is not None
    chosen = pattern.written
    if pattern.fields and (found := _in_order(pattern.fields, str(reader.locale))):
        chosen = reader.locale.datetime_skeletons[found]
    return _tidy(chosen.apply(value, reader.locale))


@lru_cache(maxsize=256)
def _in_order(fields: str, locale: str) -> str | None:
    """The combination of fields that the language knows for these, None if it knows none."""
    known = Locale.parse(locale).datetime_skeletons
    return fields if fields in known else match_skeleton(fields, known)


def _tidy(text: str) -> str:
    return text.replace(_NARROW, _WIDE)
