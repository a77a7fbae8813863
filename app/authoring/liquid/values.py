"""What a value is inside a text: times that know what they are, the empty, the unknown.

Only texts, numbers, truth values, days, figures and lists of them exist here; no Python object with methods worth
calling ever reaches a template.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from liquid import Undefined

from app.engine.readings import Name
from app.engine.signals import Kind
from app.engine.words import Figure
from app.spans import Spanned, unmarked

LONGEST: Final = 2000
"""Characters that a text, and any value inside one, may have."""

LARGEST: Final = 10**15
"""Numbers beyond this are no figures that anybody reads, and keep arithmetic from growing without end."""

MINUTE: Final = 60
DAY: Final = 86_400


class GivesWay(Exception):
    """This text cannot be said with what is known; the next alternative is asked."""


class Unknown(Undefined):
    """A value nobody knows: false in `if`, replaced by `default`, and printed never."""

    __slots__ = ()

    def __str__(self) -> str:
        raise GivesWay(self.name)


UNKNOWN: Final = Unknown("")


class Nothing(str):
    """The empty text, which is false in `if`: asked, and there is nothing. (Liquid's own empty text is true.)"""

    __slots__ = ()

    def __liquid__(self) -> None:
        """What `python-liquid` takes it for where it asks for truth."""


NOTHING: Final = Nothing("")


class Clock(float):
    """A time of day, in seconds since midnight."""

    __slots__ = ()


class Moment(float):
    """An instant, in seconds since the epoch."""

    __slots__ = ()


class Span(float):
    """How long something lasts, in seconds."""

    __slots__ = ()


TIMES: Final = (Clock, Moment, Span)

_MARKED: Final[Mapping[Kind, Callable[[float], float]]] = MappingProxyType(
    {Kind.CLOCK: Clock, Kind.MOMENT: Moment, Kind.DURATION: Span}
)


def received(value: Any, kind: Kind | None) -> object:
    """A known value as a text sees it; what no signal may be (a list, an infinity, an endless text) is unknown."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            return UNKNOWN
        return unmarked(str(value) if isinstance(value, Spanned) else value) or NOTHING
    if isinstance(value, bool | date | Figure):
        return value
    if isinstance(value, int | float):
        if not (math.isfinite(value) and abs(value) <= LARGEST):
            return UNKNOWN
        return _MARKED[kind](value) if kind is not None and kind in _MARKED else value
    return UNKNOWN


def spellings(value: object) -> frozenset[str] | None:
    """The spellings by which a proper name is recognised, None for anything else."""
    return value.keys if isinstance(value, Name) else None
