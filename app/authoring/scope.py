"""Where a condition stands: what it may refer to, how deep it is, and where its mistakes go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.authoring.operands import Misread, Moments
from app.authoring.problems import Problems
from app.authoring.unread import ALL_READ, Unread
from app.authoring.yamlsource import Path, Source
from app.engine.signals import Catalogue

LARGEST: Final = 2_000
"""Conditions that one may be made of, with every name in it written out; names in names could make millions."""

TOO_LARGE: Final = "condition-size"

DEEPEST: Final = 40
"""Conditions that may stand in each other, names counted; judging one is as deep as that."""


@dataclass(frozen=True, slots=True)
class Named:
    """A condition under a name, where it was written."""

    source: Source
    path: Path
    raw: Any


@dataclass(slots=True)
class Noted:
    """What is remembered while the conditions of one campaign are read.

    `used` are the names that were asked for, `size` counts what the condition being read is made of. Each circle is
    told once, and so is that conditions are too large or too deep: those made of them are so too.
    """

    used: set[str] = field(default_factory=set)
    size: int = 0
    circles: set[frozenset[str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    @property
    def is_too_large(self) -> bool:
        """Whether the condition being read is; where one was found, nobody waits as long for the next."""
        return self.size > (LARGEST if TOO_LARGE not in self.told else LARGEST // 20)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a condition may refer to at its place. `within` are the names that are being written out around it.

    `placeholder` and `campaign` say where what is missing could be declared; `table` is the one whose items are asked.
    """

    source: Source
    problems: Problems
    catalogue: Catalogue
    conditions: Mapping[str, Named]
    moments: Moments
    find_city: Callable[[str], tuple[float, float] | None]
    placeholder: str = "a placeholder"
    campaign: str = "a campaign"
    table: str = ""
    unread: Unread = ALL_READ
    within: tuple[str, ...] = ()
    depth: int = 0
    noted: Noted = field(default_factory=Noted)

    def too_much(self, path: Path, code: str, message: str, remedy: str) -> None:
        """Note, once, that a condition is more than can be judged in time."""
        if code not in self.noted.told:
            self.noted.told.add(code)
            self.wrong(path, code, message, remedy)

    def wrong(self, path: Path, code: str, message: str, remedy: str = "", *, key: bool = False) -> None:
        """Note a mistake at a value, or at its key."""
        self.source.complain(self.problems, path, code, message, remedy=remedy, key=key)

    def misread(self, path: Path, error: Misread) -> None:
        """Note that a value is not what its place asks for."""
        error.tell(self.source, self.problems, path)
