"""A YAML error as it is looked at to find out what it means: the text around it, and what was read before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """A YAML error: where it showed (`at`), where what it belongs to began (`since`), and what was said."""

    text: str
    at: int
    since: int
    problem: str
    during: str
    last: Any
    brackets: tuple[int, ...]
    in_flow: bool

    @property
    def char(self) -> str:
        """The character at which YAML gave up; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    def line_start(self, index: int) -> int:
        """Where the line of that index begins."""
        return self.text.rfind("\n", 0, index) + 1

    @property
    def leads_its_line(self) -> bool:
        """Whether nothing but blanks stands before it on its line."""
        return not self.text[self.line_start(self.at) : self.at].strip()

    @property
    def after_quote(self) -> bool:
        """Whether a quoted text ended on this line, just before it."""
        return self.quoted_before(self.at)

    def quoted_before(self, index: int) -> bool:
        """Whether the last scalar is a quoted text that ended just before that index, on its line."""
        if self.last is None or self.last.style not in ("'", '"') or self.last.end_mark.index > index:
            return False
        between = self.text[self.last.end_mark.index : index]
        return not between.strip() and "\n" not in between
