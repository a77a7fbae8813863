"""What a text may reasonably become: what stands for values that nobody knows before a mail is opened.

Where an editor set a limit, it is filled; else a long but ordinary value stands in, and nobody claims that nothing
longer can come; the painters cut what does. A code cannot be cut, so of those the *hardest* is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder
from app.authoring.deadlines import CERTAIN
from app.authoring.documents.placeholder import ParamWritten
from app.engine.params import MAX_LENGTH
from app.engine.rules import LANGUAGE, Ruleset
from app.engine.signals import Kind, Signal
from app.engine.words import Alternative, Bound, Fixed
from app.recipients.tellable import LONGEST

Guess = Callable[[Signal, ParamWritten | None], str | None]
"""A signal that is a text or a name, and its parameter if it is one → a value; None where nobody could guess."""

_FULL_NAME: Final = "Maximiliane-Charlotte von Hohenstein "
_SIZE: Final = "Größe 38½ "
"""Stands for what people write, who keep to no alphabet."""
_ORDINARY: Final = 16
_FREE: Final = ("param.", "recipient.", "last.")
"""Signals whose texts are written by whoever writes URLs, or fills the shop's database."""
_DAY: Final = date(2026, 9, 30)
_STANDS_FOR: Final[Mapping[Kind, Any]] = {
    Kind.NUMBER: -18.5,
    Kind.BOOLEAN: False,
    Kind.CLOCK: 22 * 3600 + 50 * 60,
    Kind.DATE: _DAY,
    Kind.MOMENT: datetime(_DAY.year, _DAY.month, _DAY.day, 20, 50, tzinfo=UTC).timestamp(),
    Kind.DURATION: 45 * 60.0,
}


NO_FIELDS: Final[Mapping[str, Any]] = MappingProxyType({})


def ordinary(signal: Signal, param: ParamWritten | None) -> str:
    """A long text, such as people meet."""
    if signal.kind is Kind.NAME:
        return "Villingen-Schwenningen"
    return _filled(_FULL_NAME, (param and param.max_length) or _ORDINARY)


def hardest(signal: Signal, param: ParamWritten | None) -> str | None:
    """As long as it can be, in letters that not everything can hold; an editor's pattern is taken at its word."""
    if signal.kind is Kind.NAME:
        return "Mönchengladbach"
    if not signal.name.startswith(_FREE):
        return ordinary(signal, param)
    if param is None:
        return _filled(_SIZE, LONGEST)
    return None if param.pattern else _filled(_SIZE, param.max_length or MAX_LENGTH)


class Samples:
    """The longest texts of one placeholder in one campaign."""

    def __init__(self, placeholder: CompiledPlaceholder, ruleset: Ruleset, guess: Guess = ordinary) -> None:
        self._ruleset = ruleset
        self._params = {f"param.{name}": param for name, param in placeholder.document.params.items()}
        self._guess = guess

    def longest(self, alternative: Alternative, language: str, fields: Mapping[str, Any] = NO_FIELDS) -> str:
        """The longest that an alternative says in a language, with these fields; empty where it says nothing.

        One that grows longer than its field takes gives way, so the values in it are as long as they can be.
        """
        if isinstance(alternative, Fixed):
            return _text(alternative.value)

        def said(length: int) -> Any:
            return alternative.produce({**fields, **dict(self._known(alternative, language, length))})

        whole = said(LONGEST)
        if whole is not None or said(1) is None:
            return _text(whole or "")
        most = bisect_left(range(1, LONGEST), True, key=lambda length: said(length) is None)
        return _text(said(most))

    def _known(self, bound: Bound, language: str, length: int) -> Iterator[tuple[str, Any]]:
        for name in bound.signals:
            value = language if name == LANGUAGE else self._value(self._ruleset.catalogue[name], length)
            if value is not None:
                yield name, value
        for name in bound.parts:
            said = [
                self.longest(one, language)
                for row in self._ruleset.parts[name].rows
                for one in row.say.in_language(language)[:1]
            ]
            yield name, max(said, key=len, default="")

    def _value(self, signal: Signal, length: int) -> Any:
        """A value of a signal, of a text not more than that many characters; None where nobody could guess."""
        if signal.name == CERTAIN:  # what is said to those who look is looked at, too
            return True
        if signal.choices:
            return max(signal.choices, key=len)
        if signal.kind in _STANDS_FOR:
            return _STANDS_FOR[signal.kind]
        guessed = self._guess(signal, self._params.get(signal.name))
        return None if guessed is None else guessed[:length].strip()


def _filled(letters: str, length: int) -> str:
    return (letters * (length // len(letters) + 1))[:length].strip()


def _text(said: Any) -> str:
    """What is said as a text; one with spans keeps them."""
    return said if isinstance(said, str) else str(said)
