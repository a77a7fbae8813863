"""Problems: what is wrong in what an editor wrote, where, and what to do about it.

A problem carries its source line, so it can be shown long after the file has changed. It is text for people; it is
never raised. Lines are printed as they are and never wrapped, so tools may read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

Severity = Literal["problem", "left-out", "warning"]

EXCERPT: Final = 160
"""How many characters of a source line are shown; of longer lines a window around the place."""


_UNSEEN: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake (`problem`, fails `check`) or doubt (`warning`) at one place of one file.

    A mistake in a row of a table (`left-out`) fails `check` too, but all the rest is served without what it is about.
    `line` and `column` count from 1, `width` is in characters; `text` is the source line. `code` is one of
    `app.authoring.codes.CODES`, `remedy` a sentence such as “did you mean …?” or empty.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    remedy: str = ""
    severity: Severity = "problem"
    width: int = 1
    text: str = ""

    @property
    def order(self) -> tuple[str, int, int]:
        """Where it stands among others: by file, then by place."""
        return self.file, self.line, self.column

    def render(self) -> str:
        """The problem for a terminal: `file:line:column code message`, the line, a caret, the remedy."""
        kind = {"problem": "", "left-out": "left out: ", "warning": "warning: "}[self.severity]
        shown = [f"{self.file}:{self.line}:{self.column} {self.code} {kind}{self.message}"]
        if self.text.strip():
            line, column = _window(self.text, self.column - 1)
            carets = "^" * max(1, min(self.width, len(line) - column))
            shown += [f"    {line}", f"    {_blank(line[:column])}{carets}"]
        if self.remedy:
            shown.append(f"    {self.remedy}")
        return "\n".join(shown)

    def as_json(self) -> dict[str, Any]:
        """The problem for machines; the keys are those of the class, without the source line."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "width": self.width,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "remedy": self.remedy,
        }


class Inside(Protocol):
    """A mistake inside a text: `offset` counts characters from its start, as `width` does."""

    @property
    def code(self) -> str:
        """One of `app.authoring.codes.CODES`."""
        ...

    @property
    def message(self) -> str:
        """What is wrong."""
        ...

    @property
    def remedy(self) -> str:
        """What to do about it."""
        ...

    @property
    def offset(self) -> int:
        """Where it begins."""
        ...

    @property
    def width(self) -> int:
        """How far it goes."""
        ...


class Problems:
    """A growing list of problems; equal ones are kept once, reading is in the order of files and places."""

    __slots__ = ("_found",)

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found: dict[Problem, None] = dict.fromkeys(found)

    def append(self, problem: Problem) -> None:
        """Take one more."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several more."""
        for problem in problems:
            self.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda problem: problem.order))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def mistakes(self) -> tuple[Problem, ...]:
        """Those with which nothing is served."""
        return tuple(problem for problem in self if problem.severity == "problem")

    @property
    def failures(self) -> tuple[Problem, ...]:
        """Those that fail a check: all but the warnings."""
        return tuple(problem for problem in self if problem.severity != "warning")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Those that do not fail a check."""
        return tuple(problem for problem in self if problem.severity == "warning")

    def render(self) -> str:
        """All of them for a terminal, one after the other."""
        return "\n".join(problem.render() for problem in self)

    def as_json(self) -> list[dict[str, Any]]:
        """All of them for machines."""
        return [problem.as_json() for problem in self]


def _window(line: str, column: int) -> tuple[str, int]:
    """The line, or the part of a long one around the column, with the column in it."""
    if len(line) <= EXCERPT:
        return _seen(line), column
    start = max(0, min(column - EXCERPT // 2, len(line) - EXCERPT))
    head, tail = "…" if start else "", "…" if start + EXCERPT < len(line) else ""
    return f"{head}{_seen(line[start : start + EXCERPT])}{tail}", column - start + len(head)


def _seen(text: str) -> str:
    """The text with a sign for each letter that nobody would see."""
    return "".join("\ufffd" if unicodedata.category(one) in _UNSEEN and one != "\t" else one for one in text)


def _blank(text: str) -> str:
    """Blanks as wide as the text stands in a terminal: tabs stay, East Asian letters take two, accents none."""
    return "".join("\t" if letter == "\t" else " " * _cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
