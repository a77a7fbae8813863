"""What a rule says: values by language, each a list of alternatives, each fixed or bound to signals.

A bound value comes with its reads and a callable; the engine only calls what authoring compiled. A value that reads an
unknown *gives way*: to the next alternative, and when none is left, to the field's default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Produce = Callable[[Mapping[str, Any]], Any]
"""Known values by name → the value said (`Passing`, where time alone changes it), or None to give way. Total; the same
values always say the same."""

ANY_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, an amount or a moment with the words in which this recipient reads it."""

    value: Any
    words: str

    def __str__(self) -> str:
        return self.words


class Passing(NamedTuple):
    """A value that is said before an instant (seconds since the epoch), and what is said `then`: perhaps another."""

    value: Any
    at: float
    then: Any


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that rests on nothing."""

    value: Any


@dataclass(frozen=True, slots=True)
class Bound:
    """A value made from signals, from parts and, in links and alts, from the outcome's own fields.

    `signals` are the names it may read (`open.language` among them where it formats for a reader). `source` is the text
    as written.
    """

    signals: tuple[str, ...]
    produce: Produce
    source: str
    parts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


Alternative = Fixed | Bound


@dataclass(frozen=True, slots=True)
class Words:
    """The alternatives of each language, tried in order; the key `""` serves every language."""

    by_language: Mapping[str, tuple[Alternative, ...]] = field(default_factory=dict)

    def in_language(self, language: str) -> tuple[Alternative, ...]:
        """The alternatives of that language, else of the first one written."""
        found = self.by_language.get(ANY_LANGUAGE) or self.by_language.get(language)
        return found if found is not None else next(iter(self.by_language.values()), ())

    @property
    def depends_on_language(self) -> bool:
        """Whether the language decides what is said."""
        return bool(self.by_language) and ANY_LANGUAGE not in self.by_language

    @property
    def constant(self) -> Any:
        """The first value among them that rests on nothing, or None."""
        said = (one for alternatives in self.by_language.values() for one in alternatives)
        return next((one.value for one in said if isinstance(one, Fixed)), None)

    def bound(self) -> tuple[Bound, ...]:
        """Every bound alternative, of every language."""
        return tuple(one for many in self.by_language.values() for one in many if isinstance(one, Bound))


def fixed(value: Any) -> Words:
    """Words that always say this value."""
    return Words({ANY_LANGUAGE: (Fixed(value),)})


NOTHING_SAID = Words()
