"""How long a text may reasonably become: what stands for values that nobody knows before a mail is opened.

Where an editor set a limit, it is filled; else a long but ordinary value stands in. Nobody claims that nothing longer
can come; the painters cut what does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder
from app.authoring.deadlines import CERTAIN
from app.engine.rules import LANGUAGE, Ruleset
from app.engine.signals import Kind, Signal
from app.engine.words import Alternative, Bound, Fixed

_SHARES: Final = (1.0, 0.75, 0.5, 0.25)
"""Of the most a parameter may have: a text that grows longer than its field gives way, so shorter ones are tried."""

_FULL_NAME: Final = "Maximiliane-Charlotte von Hohenstein "
_ORDINARY: Final = 16
_DAY: Final = date(2026, 9, 30)
_STANDS_FOR: Final[Mapping[Kind, Any]] = {
    Kind.NAME: "Villingen-Schwenningen",
    Kind.NUMBER: -18.5,
    Kind.BOOLEAN: False,
    Kind.CLOCK: 22 * 3600 + 50 * 60,
    Kind.DATE: _DAY,
    Kind.MOMENT: datetime(_DAY.year, _DAY.month, _DAY.day, 20, 50, tzinfo=UTC).timestamp(),
    Kind.DURATION: 45 * 60.0,
}


NO_FIELDS: Final[Mapping[str, Any]] = MappingProxyType({})


class Samples:
    """The longest texts of one placeholder in one campaign."""

    def __init__(self, placeholder: CompiledPlaceholder, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        written = placeholder.document.params
        limited = {name for name, param in written.items() if param.max_length is not None}
        self._lengths = {param.signal.name: param.max_length for param in placeholder.params if param.name in limited}

    def longest(self, alternative: Alternative, language: str, fields: Mapping[str, Any] = NO_FIELDS) -> str:
        """The longest that an alternative says in a language, with these fields; empty where it says nothing."""
        if isinstance(alternative, Fixed):
            return _text(alternative.value)
        for share in _SHARES:
            said = alternative.produce({**fields, **dict(self._known(alternative, language, share))})
            if said is not None:
                return _text(said)
        return ""

    def _known(self, bound: Bound, language: str, share: float) -> Iterator[tuple[str, Any]]:
        for name in bound.signals:
            signal = self._ruleset.catalogue[name]
            yield name, language if name == LANGUAGE else self._value(signal, share)
        for name in bound.parts:
            said = [
                self.longest(one, language)
                for row in self._ruleset.parts[name].rows
                for one in row.say.in_language(language)[:1]
            ]
            yield name, max(said, key=len, default="")

    def _value(self, signal: Signal, share: float) -> Any:
        if signal.name == CERTAIN:  # what is said to those who look is looked at, too
            return True
        if signal.choices:
            return max(signal.choices, key=len)
        if signal.kind in _STANDS_FOR:
            return _STANDS_FOR[signal.kind]
        length = max(1, int(self._lengths.get(signal.name, _ORDINARY) * share))
        return (_FULL_NAME * (length // len(_FULL_NAME) + 1))[:length].strip()


def _text(said: Any) -> str:
    """What is said as a text; one with spans keeps them."""
    return said if isinstance(said, str) else str(said)
