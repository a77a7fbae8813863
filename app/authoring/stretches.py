"""Stretches that the clock walks through: of the day, of time, of how long ago it was, and of days around one.

Each is read of what stands behind an operator, or raises `Misread`.
"""

from __future__ import annotations

from typing import Any, Final

from app.authoring.forms import as_written, ends, scalar, turned
from app.authoring.grammar import Asking
from app.authoring.operands import Misread, Moments, clock, number
from app.engine.calendar import DAY
from app.engine.moving import Anniversary, InClockRange, InMomentRange, InSpanRange
from app.engine.readings import FOREVER
from app.engine.signals import Signal

_FROM: Final = ("at_least", "above")
_MOST_DAYS: Final = 180
"""How far a day may be from its anniversary, so that it is near one of them at most."""


def clock_range(asking: Asking, raw: Any) -> InClockRange:
    """A stretch of the day, through midnight where it ends before it begins."""
    if asking.takes == "range":
        start, end = ends(raw, asking, lambda _, one: clock(scalar(one, asking.example)))
        if start == end:
            message = "the range begins and ends at the same time"
            raise Misread("range-turned", message, "leave the condition out to mean the whole day")
        return InClockRange(start, end)
    edge = clock(scalar(raw, f"{asking.word}: 18:00"))
    start, end = (edge, DAY) if asking.word in _FROM else (0, edge)
    if start == end:
        message = f"no time of day is {asking.word.replace('_', ' ')} {as_written(raw)}"
        raise Misread("range-turned", message, "write another time")
    return InClockRange(start, end)


def moment_range(asking: Asking, raw: Any, signal: Signal, moments: Moments) -> InMomentRange:
    """A stretch of time, without an end where one edge alone is written; a bare date as an end includes that day."""
    word, read = asking.word, moments.read
    if asking.takes == "range":
        start, end = ends(raw, asking, lambda key, one: read(scalar(one, asking.example), end=key == "to"))
        if type(start.at) is type(end.at) and start.at >= end.at:  # type: ignore[operator]
            raise turned(raw, signal)
        return InMomentRange(start, end, signal.runs)
    edge = read(scalar(raw, f"{word}: 2026-11-27 18:00"), end=word in ("above", "at_most"))
    return InMomentRange(edge, None, signal.runs) if word in _FROM else InMomentRange(None, edge, signal.runs)


def span_range(word: str, operands: Any) -> InSpanRange:
    """A stretch of how long ago it was, in seconds.

    What grows with the clock is at an edge for no time at all, so that `above` is `at_least`.
    """
    if isinstance(operands, tuple):
        return InSpanRange(*operands)
    return InSpanRange(operands, FOREVER) if word in _FROM else InSpanRange(0.0, operands)


def anniversary(asking: Asking, raw: Any) -> Anniversary:
    """The days around one that comes round each year."""
    first, last = ends(raw, asking, lambda _, one: number(scalar(one, asking.example)))
    if not (first.is_integer() and last.is_integer() and -_MOST_DAYS <= first <= last <= _MOST_DAYS):
        message = f"{as_written(raw)} are no days around one"
        raise Misread(
            "out-of-range", message, f"write whole numbers from -{_MOST_DAYS} to {_MOST_DAYS}, the lesser first"
        )
    return Anniversary(int(first), int(last))
