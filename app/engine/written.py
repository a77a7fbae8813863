"""Times as people write them: `17:00`, `2026-11-27 00:00`, `1h30m`, turned into numbers and dates.

Not the place for clocks or zones: a written time without an offset stays a wall-clock time until somebody's zone is
known. Everything that cannot be meant raises a ValueError whose text says what would be right.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.engine.signals import MONTHS

_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})[ T]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.0+)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(w|d|h|min|m|s)\s*", re.ASCII)
_MINUTE: Final = 60
_HOUR: Final = 3_600
_DAY: Final = 86_400
_UNITS: Final = {"w": 7 * _DAY, "d": _DAY, "h": _HOUR, "min": _MINUTE, "m": _MINUTE, "s": 1}
_YEARS: Final = range(1900, 3000)
_DECEMBER: Final = 12
_WIDEST_OFFSET: Final = 15 * _HOUR
_LONGEST: Final = 100 * 366 * _DAY


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A moment as written: seconds since the epoch where an offset was given, else a naive wall-clock datetime.

    `whole_day` marks a bare date: as a beginning it means 00:00, as an end it includes that day.
    """

    at: float | datetime
    whole_day: bool = False

    @property
    def end(self) -> float | datetime:
        """The first moment that is no longer meant when this stands behind `until`."""
        return self.at + timedelta(days=1) if self.whole_day and isinstance(self.at, datetime) else self.at


def parse_clock(text: str) -> int:
    """Seconds since midnight of `17:00`, `7:05` or `17:00:30`; `24:00` is the end of the day (86400)."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a time of day; write it like 17:00")
    hour, minute, second = (int(part or 0) for part in found.groups())
    seconds = hour * _HOUR + minute * _MINUTE + second
    if minute >= _MINUTE or second >= _MINUTE or seconds > _DAY:
        raise ValueError(f"{text!r} is not a time of day; hours go from 0 to 23, minutes from 00 to 59")
    return seconds


def parse_date(text: str) -> date:
    """The calendar day of `2026-11-27`."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a date; write it as year-month-day, like 2026-11-27")
    year, month, day = (int(part) for part in found.groups())
    if year not in _YEARS:
        raise ValueError(f"the year {year} in {text!r} cannot be meant; years go from {_YEARS[0]} to {_YEARS[-1]}")
    if not 1 <= month <= _DECEMBER:
        raise ValueError(f"there is no month {month} in {text!r}; write year-month-day, like 2026-11-27")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            f"{text!r} does not exist: the last day of {MONTHS[month - 1].capitalize()} {year} is the {last}."
        )
    return date(year, month, day)


def parse_moment(text: str) -> WrittenMoment:
    """A moment: `2026-11-27`, `2026-11-27 00:00`, `2026-11-27T00:00+01:00`, `2026-11-27T00:00Z`."""
    text = text.strip()
    if _DATE.fullmatch(text):
        return WrittenMoment(datetime.combine(parse_date(text), time()), whole_day=True)
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a moment; write it like 2026-11-27 18:00, or 2026-11-27T18:00+01:00")
    day, clock, offset = found.groups()
    wall = datetime.combine(parse_date(day), time()) + timedelta(seconds=parse_clock(clock))
    if offset is None:
        return WrittenMoment(wall)
    return WrittenMoment(wall.replace(tzinfo=UTC).timestamp() - _offset_seconds(offset))


def _offset_seconds(text: str) -> int:
    if text in "Zz":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * _HOUR + int(digits[2:]) * _MINUTE
    if seconds > _WIDEST_OFFSET or int(digits[2:]) >= _MINUTE:
        raise ValueError(f"{text!r} is not an offset from UTC; write it like +01:00")
    return -seconds if text[0] == "-" else seconds


def parse_duration(text: str) -> float:
    """Seconds of `45m`, `24h`, `30d`, `1h30m`, `90s` or `2w`."""
    seconds, position, text = 0.0, 0, text.strip()
    while part := _PART.match(text, position):
        seconds += float(part[1]) * _UNITS[part[2]]
        position = part.end()
    if not text or position != len(text):
        raise ValueError(f"{text!r} is not a length of time; write it like 45m, 24h, 30d or 1h30m")
    if not 0 < seconds <= _LONGEST:
        raise ValueError(f"{text!r} cannot be meant; a length of time is more than nothing and at most 100 years")
    return seconds
