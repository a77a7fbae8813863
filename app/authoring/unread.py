"""What could not be read, and the names that may well be declared in it.

What could not be read is unknown, and a name that points at something unknown is no mistake of its own: whoever finds
no declaration of a name asks here before complaining, and nothing is judged by a declaration that has a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.authoring.yamlsource import Path, Source

LOST: Final = Source("", None, cut=True)
"""Stands for a file of which nothing could be read: anything may be in it."""

_SIGNALS: Final = {
    "count": "events",
    "first": "events",
    "last": "events",
    "list": "lists",
    "offer": "rules",
    "param": "params",
    "recipient": "attributes",
    "shown": "campaigns",
    "split": "splits",
}
"""Families of signals that a site declares itself, and the keys they are declared under."""

_WINDOW: Final = re.compile(r"_\d+d$")
"""What stands behind the name of an event that is counted in a window of days."""


def is_sound(source: Source, path: Path) -> bool:
    """Whether nothing is wrong with what stands at a path, nor with anything in it."""
    return not any(fault[: len(path)] == path for fault in source.faults) and not _is_spoiled(source, path)


def may_declare(source: Source, holder: Path, name: str) -> bool:
    """Whether a name may be declared in the mapping at a path, or among its list of named things, all the same.

    It may where lines were left unread, where the holder or one of its names was refused, and where what the name
    stands for has a mistake, whatever it is: nobody knows what it would say without.
    """
    if source.cut or _is_spoiled(source, holder):
        return True
    depth = len(holder)
    return any(
        fault == holder[: len(fault)]
        or (
            fault[:depth] == holder
            and (_called(source, fault[: depth + 1]) == name or len(fault) == depth + 1 or fault[-1] == "name")
        )
        for fault in source.faults
    )


def _called(source: Source, entry: Path) -> Any:
    """What an entry is called: by its key, in a list by the name that it says."""
    return source.at((*entry, "name")) if isinstance(entry[-1], int) else entry[-1]


def is_sure(source: Source, key: str) -> bool:
    """Whether a file says without mistakes what stands under a key; else nobody is blamed for not agreeing with it."""
    return not source.cut and () not in source.faults and is_sound(source, (key,))


def _is_spoiled(source: Source, path: Path) -> bool:
    """Whether one of the lines on which something stands is no good YAML."""
    place = source.places.get(path)
    return place is not None and any(place.line <= line <= place.end_line for line in source.spoiled)


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not read around one place; `holders` are the sources of each key under which names are declared.

    `items` is what was not read of the items that texts in a tile read.
    """

    holders: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    items: Unread | None = None

    def may_have(self, holder: str, name: str) -> bool:
        """Whether a name may be declared under that key, or `key.key`."""
        path = tuple(holder.split("."))
        return any(may_declare(source, path, name) for source in self.holders.get(holder, ()))

    def is_sure(self, holder: str) -> bool:
        """Whether nothing is wrong with anything that is declared under that key."""
        return all(is_sure(source, holder) for source in self.holders.get(holder, ()))

    def may_have_signal(self, name: str) -> bool:
        """Whether the site may declare a signal of that name."""
        family, _, own = name.partition(".")
        return family in _SIGNALS and self.may_have(_SIGNALS[family], _WINDOW.sub("", own.partition(".")[0]))

    def may_be_said(self, name: str) -> bool:
        """Whether a text may read that name: a signal, a part or a field."""
        family, dot, own = name.partition(".")
        if family == "item" and self.items is not None:
            return self.items.may_have("fields", own)
        if dot:
            return self.may_have_signal(name)
        return self.may_have("parts", name) or self.may_have("fields", name)


ALL_READ: Final = Unread()
