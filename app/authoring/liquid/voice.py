"""How values become words: for people in the reader's language, or plainly for links and figures.

A voice says texts, numbers, times, figures and lists of them; anything else gives way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from liquid.builtin.expressions.primitive import Blank, Empty

from app.authoring.liquid import formats
from app.authoring.liquid.formats import Reader
from app.authoring.liquid.values import LARGEST, LONGEST, Clock, GivesWay, Moment, Span
from app.engine.words import Figure


@dataclass(frozen=True, slots=True)
class Voice:
    """Says values to one reader; a `plain` voice says them as machines read them: 17.3, 2026-11-27, 14:30.

    `currency` is that of amounts which name none, "" if there is none.
    """

    reader: Reader
    plain: bool = False
    currency: str = ""

    def say(self, value: object) -> str:
        """The words for a value; raises `GivesWay` where there are none."""
        if isinstance(value, str):
            return value
        if value is None or isinstance(value, Empty | Blank):
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Figure):
            return self.say(value.value) if self.plain else value.words
        if isinstance(value, list):
            return "".join(self.say(item) for item in value[:LONGEST])
        if isinstance(value, int | float | date):
            return self._plainly(value) if self.plain else self._spoken(value)
        raise GivesWay(type(value).__name__)

    def _spoken(self, value: float | date) -> str:
        if isinstance(value, Clock):
            return formats.clock(formats.time_of_day(value), self.reader)
        if isinstance(value, Moment):
            return formats.moment(self.reader.local(value), self.reader)
        if isinstance(value, Span):
            return formats.span(value, self.reader)
        if isinstance(value, date):
            return formats.day(value, self.reader)
        exact = rounded(amount(value), formats.PLACES)
        return str(int(exact)) if exact == int(exact) else formats.plain_number(exact, self.reader)

    def _plainly(self, value: float | date) -> str:
        if isinstance(value, Clock):
            return f"{formats.time_of_day(value):%H:%M}"
        if isinstance(value, Moment):
            return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
        if isinstance(value, date):
            return value.isoformat()
        exact = rounded(amount(value), formats.PLACES)
        return str(int(exact)) if exact == int(exact) else f"{exact.normalize():f}"


def amount(value: object) -> Decimal:
    """A number as arithmetic takes it, from a number, a figure or the digits of a text; raises `GivesWay`."""
    if isinstance(value, Figure):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise GivesWay("not a number")
    if isinstance(value, str) and len(value) > len(str(LARGEST)) * 2:
        raise GivesWay("not a number")
    try:
        exact = Decimal(value if isinstance(value, str) else repr(float(value)))
    except ArithmeticError as error:
        raise GivesWay("not a number") from error
    return bounded(exact)


def bounded(value: Decimal) -> Decimal:
    """The same number, if anybody could read it; raises `GivesWay`."""
    if not value.is_finite() or abs(value) > LARGEST:
        raise GivesWay("no number that can be said")
    return value + 0  # zero has no sign for a reader


def rounded(value: Decimal, digits: int = 0) -> Decimal:
    """The number at this many decimals, halves away from zero (as Liquid rounds, and people)."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
