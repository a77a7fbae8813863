"""How two values compare inside `if` and `case`: as in rules, without case, names in any language, the unknown never.

`nil` and `blank` are the words that ask about the unknown and the empty; anything else compared with an unknown is no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from liquid.builtin.expressions.primitive import Blank, Empty

from app.authoring.liquid.values import Clock, GivesWay, Moment, Unknown, spellings
from app.authoring.liquid.voice import amount
from app.engine.readings import fold
from app.engine.words import Figure
from app.engine.written import parse_clock, parse_date


def equal(left: object, right: object) -> bool:
    """Whether both are the same; `nil` is the unknown, `blank` also the empty."""
    if _asks(left) and not _asks(right):
        left, right = right, left
    if right is None:
        return left is None or isinstance(left, Unknown)
    if isinstance(right, Blank):
        return isinstance(left, Unknown) or left is None or left == [] or (isinstance(left, str) and not left.strip())
    if isinstance(right, Empty):
        return left in ("", [])
    if isinstance(left, str) and isinstance(right, str):
        return not _keys(left).isdisjoint(_keys(right))
    pair = _pair(left, right)
    return pair is not None and bool(pair[0] == pair[1])


def unequal(left: object, right: object) -> bool:
    """Whether both are known and differ; with `nil` and `blank`, the opposite of `equal`."""
    unknown = isinstance(left, Unknown) or isinstance(right, Unknown)
    asks_for_unknown = any(one is None or isinstance(one, Blank) for one in (left, right))
    return not equal(left, right) and (asks_for_unknown or not unknown)


def less(left: object, right: object) -> bool:
    """Whether left comes before right; what has no order says no."""
    pair = _pair(left, right)
    return pair is not None and bool(pair[0] < pair[1])


def at_most(left: object, right: object) -> bool:
    """Whether left comes before right or is the same."""
    pair = _pair(left, right)
    return pair is not None and bool(pair[0] <= pair[1])


def contains(left: object, right: object) -> bool:
    """Whether a text stands in a text, or an item in a list."""
    if isinstance(left, list):
        return any(equal(item, right) for item in left)
    if isinstance(left, str) and isinstance(right, str):
        return bool(right) and fold(right) in fold(left)
    return False


COMPARISONS: Final[Mapping[str, Callable[[object, object], bool]]] = MappingProxyType(
    {
        "eq": equal,
        "ne": unequal,
        "ltgt": unequal,
        "lt": less,
        "gt": lambda left, right: less(right, left),
        "le": at_most,
        "ge": lambda left, right: at_most(right, left),
        "contains": contains,
    }
)
"""The comparisons by the parser's names of their signs."""


def clock_of(text: str) -> Clock | None:
    """The time of day that a text such as 18:00 means, None if it means none."""
    try:
        return Clock(parse_clock(text))
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The day that a text such as 2026-12-24 means, None if it means none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _asks(one: object) -> bool:
    """Whether it is one of the words that ask what kind of nothing the other side is."""
    return one is None or isinstance(one, Blank | Empty)


def _keys(text: str) -> frozenset[str]:
    return spellings(text) or frozenset((fold(text),))


def _pair(left: object, right: object) -> tuple[Any, Any] | None:
    """Both as two of one kind that has an order, None if they are no such two."""
    left, right = _bare(left), _bare(right)
    if isinstance(left, str) and isinstance(right, str):
        return fold(left), fold(right)
    if isinstance(left, bool) and isinstance(right, bool):
        return left, right
    if isinstance(left, str):
        return None if (read := _read_like(right, left)) is None else (read, right)
    if isinstance(right, str):
        return None if (read := _read_like(left, right)) is None else (left, read)
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    alike = any(isinstance(left, kind) and isinstance(right, kind) for kind in (date, int | float))
    return (left, right) if alike else None


def _bare(value: object) -> object:
    return value.value if isinstance(value, Figure) else value


def _read_like(model: object, text: str) -> object | None:
    """The text read as what it is compared with: a time of day, a day, a number."""
    if isinstance(model, Clock):
        return clock_of(text)
    if isinstance(model, date):
        return day_of(text)
    if isinstance(model, bool | Moment) or not isinstance(model, int | float):
        return None
    try:
        return amount(text)
    except GivesWay:
        return None
