"""The filters for days and hours: `date`, `clock` and `weekday`, in the reader's language and zone.

A plain number before `date` is an instant in seconds since the epoch, as in every Liquid; a moment never shows another
zone than the reader's. A day that stands in a text (2026-11-27, 2026-11-27T18:00) is shown as it stands there.
"""

from __future__ import annotations

from datetime import date, datetime, time

from app.authoring.liquid import formats
from app.authoring.liquid.arguments import BadArgument
from app.authoring.liquid.comparing import clock_of
from app.authoring.liquid.patterns import BadPattern, Pattern, pattern_of
from app.authoring.liquid.values import DAY, Clock, GivesWay, Span
from app.authoring.liquid.voice import Voice
from app.authoring.suggest import did_you_mean
from app.engine.signals import Kind
from app.engine.words import Figure
from app.engine.written import parse_moment


def day(value: object, voice: Voice, pattern: object = "medium") -> str:
    """A calendar day."""
    return formats.day(_day(value, voice), voice.reader, check_pattern(pattern))


def clock(value: object, voice: Voice, pattern: object = "short") -> str:
    """A time of day."""
    return formats.clock(_clock(value, voice), voice.reader, check_pattern(pattern))


def weekday(value: object, voice: Voice, width: object = "long") -> str:
    """The name of a day of the week."""
    wanted = check_width(width)
    if isinstance(value, str) and not value[:1].isdigit():
        return formats.weekday(formats.weekday_index(value), voice.reader, wanted)
    return formats.weekday(_day(value, voice).weekday(), voice.reader, wanted)


def check_pattern(pattern: object, kind: Kind | None = None) -> Pattern:
    """The pattern of a day or a time of day, fit for this kind of signal; raises `BadArgument`."""
    if not isinstance(pattern, str):
        raise BadArgument(f"“{pattern}” is not a pattern", 'a text in quotes, such as "long" or "d. MMMM"')
    try:
        read = pattern_of(pattern)
    except BadPattern as error:
        raise BadArgument(str(error), error.remedy) from error
    if kind is Kind.DATE and read.shows_clock:
        raise BadArgument(f"the pattern “{pattern}” asks a calendar day for the time", "time.local knows both")
    if kind is Kind.CLOCK and read.shows_day:
        raise BadArgument(f"the pattern “{pattern}” asks a time of day for the date", "time.local knows both")
    return read


def check_width(width: object, _kind: Kind | None = None) -> str:
    """The width of a weekday's name; raises `BadArgument`."""
    if isinstance(width, str) and width in formats.WIDTHS:
        return width
    remedy = did_you_mean(str(width), formats.WIDTHS, else_say="widths are")
    raise BadArgument(f"“{width}” is not a width of a weekday", remedy)


def _day(value: object, voice: Voice) -> date:
    """The calendar day or the local instant that a value means."""
    if isinstance(value, Figure):
        value = value.value
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        written = parse_moment(value)
        if isinstance(written.at, datetime):
            return written.at.date() if written.whole_day else written.at
        value = written.at
    if isinstance(value, bool | Clock | Span) or not isinstance(value, int | float):
        raise GivesWay("not a day")
    return voice.reader.local(value)


def _clock(value: object, voice: Voice) -> time | datetime:
    """The time of day or the local instant that a value means."""
    if isinstance(value, Clock) or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < DAY):
        return formats.time_of_day(value)
    if isinstance(value, str) and (found := clock_of(value)) is not None:
        return formats.time_of_day(found)
    local = _day(value, voice)
    if not isinstance(local, datetime):
        raise GivesWay("a day has no time of day")
    return local
