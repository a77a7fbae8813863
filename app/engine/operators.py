"""The operators of the language: one frozen dataclass each, with its sentence and its example.

An operator judges a *comparable* value (see `comparable`): folded text, the set of a name's spellings, a number, a
date. What moves with the clock is judged in `moving.py`, because such operators also name the instant at which their
answer turns.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from app.engine.readings import Name, fold
from app.engine.signals import Kind

WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.CHOICE})
ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DURATION})
EQUATABLE = WORDS | {Kind.NUMBER, Kind.DATE, Kind.BOOLEAN}


class Operator(Protocol):
    """What every operator offers: its word, its kinds, its sentence and the test of a known, non-empty value."""

    word: ClassVar[str]
    kinds: ClassVar[frozenset[Kind]]
    sentence: ClassVar[str]
    example: ClassVar[str]

    def test(self, value: Any) -> bool:
        """Whether a comparable value passes."""
        ...

    def source(self, kind: Kind) -> str | None:
        """The same test as Python source over `v` (the value) and `c` (this operator's operand), or None to call it."""
        ...


def comparable(kind: Kind, value: Any) -> Any:
    """The form in which operators see a value: text folded, a name as the set of its folded spellings."""
    if kind is Kind.NAME:
        return value.keys if isinstance(value, Name) else frozenset((fold(str(value)),))
    if kind is Kind.TEXT or kind is Kind.CHOICE:
        return fold(value)
    return value


@dataclass(frozen=True, slots=True)
class Is:
    """Equality; text compares without case, a name in any language."""

    operand: Hashable
    word: ClassVar[str] = "is"
    kinds: ClassVar[frozenset[Kind]] = EQUATABLE
    sentence: ClassVar[str] = "The value is exactly this; a plain value means the same."
    example: ClassVar[str] = "geo.country: {is: DE}"

    def test(self, value: Any) -> bool:
        """Whether the value is the operand."""
        return self.operand in value if isinstance(value, frozenset) else bool(value == self.operand)

    def source(self, kind: Kind) -> str | None:
        """Membership for names, equality else."""
        return "c in v" if kind is Kind.NAME else "v == c"


@dataclass(frozen=True, slots=True)
class IsNot:
    """The negation of `is`."""

    operand: Hashable
    word: ClassVar[str] = "is_not"
    kinds: ClassVar[frozenset[Kind]] = EQUATABLE
    sentence: ClassVar[str] = "The value is something else, or empty."
    example: ClassVar[str] = "device.class: {is_not: desktop}"

    def test(self, value: Any) -> bool:
        """Whether the value is not the operand."""
        return self.operand not in value if isinstance(value, frozenset) else bool(value != self.operand)

    def source(self, kind: Kind) -> str | None:
        """Non-membership for names, inequality else."""
        return "c not in v" if kind is Kind.NAME else "v != c"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Equality with one of several."""

    operand: frozenset[Any]
    word: ClassVar[str] = "one_of"
    kinds: ClassVar[frozenset[Kind]] = EQUATABLE
    sentence: ClassVar[str] = "The value is one of these."
    example: ClassVar[str] = "weather.condition: {one_of: [rain, drizzle]}"

    def test(self, value: Any) -> bool:
        """Whether the value is among the operands."""
        return not self.operand.isdisjoint(value) if isinstance(value, frozenset) else value in self.operand

    def source(self, kind: Kind) -> str | None:
        """Common spellings for names, membership else."""
        return "not c.isdisjoint(v)" if kind is Kind.NAME else "v in c"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The negation of `one_of`."""

    operand: frozenset[Any]
    word: ClassVar[str] = "none_of"
    kinds: ClassVar[frozenset[Kind]] = EQUATABLE
    sentence: ClassVar[str] = "The value is none of these, or empty."
    example: ClassVar[str] = "geo.country: {none_of: [DE, AT, CH]}"

    def test(self, value: Any) -> bool:
        """Whether the value is not among the operands."""
        return self.operand.isdisjoint(value) if isinstance(value, frozenset) else value not in self.operand

    def source(self, kind: Kind) -> str | None:
        """No common spelling for names, non-membership else."""
        return "c.isdisjoint(v)" if kind is Kind.NAME else "v not in c"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Greater or equal."""

    operand: Any
    word: ClassVar[str] = "at_least"
    kinds: ClassVar[frozenset[Kind]] = ORDERED
    sentence: ClassVar[str] = "The value is this or more."
    example: ClassVar[str] = "weather.wind_speed: {at_least: 40}"

    def test(self, value: Any) -> bool:
        """Whether value >= operand."""
        return bool(value >= self.operand)

    def source(self, kind: Kind) -> str | None:  # noqa: ARG002 - one signature for all operators
        """The comparison itself."""
        return "v >= c"


@dataclass(frozen=True, slots=True)
class AtMost:
    """Less or equal."""

    operand: Any
    word: ClassVar[str] = "at_most"
    kinds: ClassVar[frozenset[Kind]] = ORDERED
    sentence: ClassVar[str] = "The value is this or less."
    example: ClassVar[str] = "weather.temperature: {at_most: 5}"

    def test(self, value: Any) -> bool:
        """Whether value <= operand."""
        return bool(value <= self.operand)

    def source(self, kind: Kind) -> str | None:  # noqa: ARG002 - one signature for all operators
        """The comparison itself."""
        return "v <= c"


@dataclass(frozen=True, slots=True)
class Above:
    """Strictly greater."""

    operand: Any
    word: ClassVar[str] = "above"
    kinds: ClassVar[frozenset[Kind]] = ORDERED
    sentence: ClassVar[str] = "The value is more than this."
    example: ClassVar[str] = "weather.temperature: {above: 28}"

    def test(self, value: Any) -> bool:
        """Whether value > operand."""
        return bool(value > self.operand)

    def source(self, kind: Kind) -> str | None:  # noqa: ARG002 - one signature for all operators
        """The comparison itself."""
        return "v > c"


@dataclass(frozen=True, slots=True)
class Below:
    """Strictly less."""

    operand: Any
    word: ClassVar[str] = "below"
    kinds: ClassVar[frozenset[Kind]] = ORDERED
    sentence: ClassVar[str] = "The value is less than this."
    example: ClassVar[str] = "weather.temperature: {below: 15}"

    def test(self, value: Any) -> bool:
        """Whether value < operand."""
        return bool(value < self.operand)

    def source(self, kind: Kind) -> str | None:  # noqa: ARG002 - one signature for all operators
        """The comparison itself."""
        return "v < c"


@dataclass(frozen=True, slots=True)
class Between:
    """A range; both ends belong to it."""

    operand: tuple[Any, Any]
    word: ClassVar[str] = "between"
    kinds: ClassVar[frozenset[Kind]] = ORDERED
    sentence: ClassVar[str] = "The value lies in the range; both ends belong to it (a clock range excludes its end)."
    example: ClassVar[str] = "weather.temperature: {between: {from: 15, to: 25}}"

    def test(self, value: Any) -> bool:
        """Whether from <= value <= to."""
        return bool(self.operand[0] <= value <= self.operand[1])

    def source(self, kind: Kind) -> str | None:  # noqa: ARG002 - one signature for all operators
        """The chained comparison."""
        return "c[0] <= v <= c[1]"


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A prefix, without case."""

    operand: str
    word: ClassVar[str] = "starts_with"
    kinds: ClassVar[frozenset[Kind]] = WORDS
    sentence: ClassVar[str] = "The text begins with this."
    example: ClassVar[str] = 'geo.postal_code: {starts_with: "20"}'

    def test(self, value: Any) -> bool:
        """Whether the text, or one spelling of the name, begins with the operand."""
        spellings = value if isinstance(value, frozenset) else (value,)
        return any(spelling.startswith(self.operand) for spelling in spellings)

    def source(self, kind: Kind) -> str | None:
        """A method call for plain text."""
        return None if kind is Kind.NAME else "v.startswith(c)"


@dataclass(frozen=True, slots=True)
class Contains:
    """A part of the text, without case."""

    operand: str
    word: ClassVar[str] = "contains"
    kinds: ClassVar[frozenset[Kind]] = WORDS
    sentence: ClassVar[str] = "The text has this in it."
    example: ClassVar[str] = "device.client: {contains: outlook}"

    def test(self, value: Any) -> bool:
        """Whether the text, or one spelling of the name, contains the operand."""
        spellings = value if isinstance(value, frozenset) else (value,)
        return any(self.operand in spelling for spelling in spellings)

    def source(self, kind: Kind) -> str | None:
        """Containment for plain text."""
        return None if kind is Kind.NAME else "c in v"


NEGATIONS: frozenset[type] = frozenset({IsNot, NoneOf})
"""Operators that say yes to an empty value, because what they negate says no to it."""

VALUE_OPERATORS: tuple[type[Operator], ...] = (
    Is,
    IsNot,
    OneOf,
    NoneOf,
    AtLeast,
    AtMost,
    Above,
    Below,
    Between,
    StartsWith,
    Contains,
)
