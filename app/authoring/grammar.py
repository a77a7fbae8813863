"""The words of a condition: every operator with its sentence, its example, what it takes and what it fits.

One table, from which conditions are read, mistakes are worded and the JSON Schema is made. The operators that compare
values are the engine's own declarations; those that ask about something else are declared here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from app.engine.moving import CLOCK_WORDS, MOMENT_WORDS
from app.engine.operators import VALUE_OPERATORS, Between, NoneOf, OneOf, Operator
from app.engine.signals import Kind, Signal

COMBINATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "all": "Every one of these conditions holds.",
        "any": "At least one of these conditions holds.",
        "not": "This condition does not hold; what is unknown stays unknown.",
    }
)
COMBINED_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType({"and": "all", "or": "any"})
"""What other tools call our combinators."""

PLACES: Final = frozenset({"geo.city", "geo.postal_code", "geo.latitude", "geo.longitude", "geo.region"})
"""Signals of which a distance can be asked."""

MAX_AGE: Final = "max_age"

Takes = Literal["value", "values", "range", "truth", "duration", "days", "place"]
"""What stands behind an operator: one value, a list, `{from, to}`, true or false, `45m`, days around it, `{km, of}`."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One operator as editors write it."""

    word: str
    takes: Takes
    sentence: str
    example: str
    kinds: frozenset[Kind] = frozenset(Kind)

    def fits(self, signal: Signal) -> bool:
        """Whether it can be asked of this signal."""
        return signal.name in PLACES if self.takes == "place" else signal.kind in self.kinds


def _of_values() -> Iterator[Asking]:
    for operator in VALUE_OPERATORS:
        word = operator.word
        takes: Takes = "value"
        if operator in (OneOf, NoneOf):
            takes = "values"
        elif operator is Between:
            takes = "range"
        moving = {Kind.CLOCK} if word in CLOCK_WORDS else set()
        moving |= {Kind.MOMENT} if word in MOMENT_WORDS else set()
        yield Asking(word, takes, operator.sentence, operator.example, operator.kinds | moving)


_MOMENTS: Final = frozenset({Kind.MOMENT})
_OTHERS: Final = (
    Asking(
        "within",
        "place",
        "The place is at most so many kilometres from a city, or from a pair of coordinates.",
        "geo.city: {within: {km: 30, of: Hamburg}}",
    ),
    Asking("known", "truth", "Whether anything is known; it always answers yes or no.", "geo.city: {known: true}"),
    Asking("empty", "truth", "Whether it was asked and there is nothing.", "param.first_name: {empty: false}"),
    Asking("older_than", "duration", "It was longer ago than this.", "weather.as_of: {older_than: 2h}", _MOMENTS),
    Asking("newer_than", "duration", "It was not as long ago as this.", "weather.as_of: {newer_than: 30m}", _MOMENTS),
    Asking(
        "anniversary",
        "days",
        "The day comes round again: today is so many days after it, below zero before it, and 0 on the day itself.",
        "recipient.born: {anniversary: {from: 0, to: 6}}",
        frozenset({Kind.DATE}),
    ),
)
OPERATORS: Final[Mapping[str, Asking]] = MappingProxyType({one.word: one for one in (*_of_values(), *_OTHERS)})
"""Every operator by its word."""

MODIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {MAX_AGE: "Stands beside an operator: what was read longer ago than this is unknown."}
)
COMPARING: Final[Mapping[str, type[Operator]]] = MappingProxyType({one.word: one for one in VALUE_OPERATORS})
"""The engine's operators by word."""

ALSO_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "equals": "is",
        "eq": "is",
        "not": "is_not",
        "not_equals": "is_not",
        "!=": "is_not",
        "in": "one_of",
        "any_of": "one_of",
        "not_in": "none_of",
        "min": "at_least",
        "from": "at_least",
        "since": "at_least",
        "max": "at_most",
        "to": "at_most",
        "more_than": "above",
        "greater_than": "above",
        "over": "above",
        "after": "above",
        "less_than": "below",
        "lower_than": "below",
        "under": "below",
        "before": "below",
        "begins_with": "starts_with",
        "near": "within",
        "exists": "known",
    }
)
"""What other tools call our operators."""

SIGNS: Final[Mapping[str, str]] = MappingProxyType({"<=": "at_most", ">=": "at_least", "<": "below", ">": "above"})
"""Signs that stand for operators elsewhere, the longer first."""

WORDS: Final = (*OPERATORS, *MODIFIERS)


def fitting(signal: Signal) -> list[str]:
    """The operators that can be asked of a signal."""
    return [one.word for one in OPERATORS.values() if one.fits(signal)]
