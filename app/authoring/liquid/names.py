"""The names that one text may read, and what is said where a name is none of them.

A dotted path is a signal, a part or a field, or a mistake; nothing lies inside a signal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.authoring.suggest import did_you_mean
from app.engine.rules import RULE
from app.engine.signals import Kind


@dataclass(frozen=True)  # not slotted: what follows from the names is worked out once
class Names:
    """Signals with their kinds, in the order of the catalogue, parts and fields.

    A signal is meant before a part, a part before a field. `open.rule` is no signal that is ever looked up: it is known
    where `rule` says so.
    """

    signals: Mapping[str, Kind]
    parts: Collection[str] = ()
    fields: Collection[str] = ()
    rule: bool = False

    @cached_property
    def roots(self) -> frozenset[str]:
        """The first words of all names: what a text may not use for names of its own."""
        return frozenset(name.split(".")[0] for name in (*self.signals, *self.parts, *self.fields))

    def is_known(self, name: str) -> bool:
        """Whether the text may read this name."""
        if name == RULE:
            return self.rule
        return name in self.signals or name in self.parts or name in self.fields

    def kind(self, name: str) -> Kind | None:
        """The kind of a signal; parts are texts, fields are said alike in every language."""
        return self.signals.get(name, Kind.TEXT if name in self.parts else None)

    def remedy(self, name: str, *, is_word: bool = False) -> str:
        """What may have been meant by a name that is not known; `is_word` where it may be a text without quotes."""
        if is_word and "." not in name:
            meant = did_you_mean(name, (*self.parts, *self.fields, "true", "false"))
            return meant or f'a text stands in quotes: "{name}"'
        if name == RULE:
            return "open.rule is known only in link_params"
        if outer := next((one for one in _outer(name) if self.is_known(one)), None):
            return f"nothing lies inside {outer}; a filter changes it, as in {{{{ {outer} | size }}}}"
        known = (*self.signals, *self.parts, *sorted(self.fields))
        own = [one for one in known if one.partition(".")[0] == name.partition(".")[0]]
        there = f"there is {', '.join(own[:16])}" if own else "signals can be read here, and parts that say a word"
        return did_you_mean(name, known) or there

    def signals_among(self, read: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are signals, in the order of the catalogue."""
        wanted = set(read)
        return tuple(name for name in self.signals if name in wanted and name != RULE)


def _outer(name: str) -> Iterable[str]:
    """The name without its last word, without its last two …"""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
