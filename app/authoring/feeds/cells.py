"""Cells to values: what a column's type makes of the text in a row.

Written plainly, as everywhere (`19.90`, `2026-11-27 18:00`, `true`); nothing is guessed, and of what does not fit it is
said what is meant. The same texts come again and again, so each is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from app.authoring.addresses import allowed
from app.authoring.documents.events import EventField
from app.authoring.documents.feed import Column
from app.authoring.documents.links import fixed_link, host_of
from app.authoring.documents.refusals import shown
from app.authoring.liquid import Conventions, FigureKind, Text, compile_figure
from app.authoring.operands import Misread, boolean, color
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Examined
from app.engine.readings import fold
from app.engine.rules import LANGUAGE
from app.engine.signals import Kind
from app.engine.words import Alternative, Figure, Fixed

KINDS: Final[Mapping[str, Kind]] = {
    "number": Kind.NUMBER,
    "money": Kind.NUMBER,
    "moment": Kind.MOMENT,
    "boolean": Kind.BOOLEAN,
    "choice": Kind.CHOICE,
}
"""What conditions may ask of a column by its type; of all others what is asked of texts."""

WORDED: Final = frozenset({"number", "money", "moment", "date"})
"""The types of what is worded in its reader's language."""

READER: Final[Mapping[str, Kind]] = {LANGUAGE: Kind.TEXT}
"""What is read of a reader to word a figure."""
REMEMBERED: Final = 4096


class Cell(NamedTuple):
    """What a cell says: the value that conditions compare, and what is shown of it."""

    value: Any
    says: Alternative


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads the cells of one column, or what events told in one field.

    Figures are worded in the reader's language. Moments are those of the site's clock: else every picture with an item
    would rest on the place of its reader, whether it shows a moment or not.
    """

    column: Column | EventField
    conventions: Conventions
    colors: Mapping[str, str]
    link_hosts: tuple[str, ...] | None
    examine: Callable[[str], Examined]

    @property
    def read(self) -> Callable[[str], Cell]:
        """The reader of this column's cells, which raises Misread; it remembers what it has read."""
        read = {
            "number": self._figure,
            "money": self._figure,
            "moment": self._figure,
            "date": self._figure,
            "boolean": self._boolean,
            "choice": self._choice,
            "color": self._color,
            "picture": self._picture,
            "link": self._link,
        }
        return lru_cache(maxsize=REMEMBERED)(read.get(self.column.type, self._text))

    def _text(self, text: str) -> Cell:
        return Cell(text, Fixed(text))

    def _figure(self, text: str) -> Cell:
        kind: FigureKind = self.column.type  # type: ignore[assignment]
        currency = self.conventions.currency
        if kind == "money" and text[-3:].isalpha() and text[:-3].rstrip()[-1:].isdigit() and text[-3:] != currency:
            message = f"{shown(text)} is no amount in {currency or 'a currency'}"
            raise Misread("not-a-number", message, "a column has one currency, named by currency:")
        made = compile_figure(kind, text, names=READER, conventions=self.conventions)
        if not isinstance(made, Text):
            raise Misread(made[0].code, made[0].message, "" if kind == "moment" else made[0].remedy)
        said = made.alternative
        figure = said.value if isinstance(said, Fixed) else said.produce({})
        assert isinstance(figure, Figure), "what was compiled can be said"
        return Cell(figure.value, said)

    def _boolean(self, text: str) -> Cell:
        value = boolean(text.lower())
        return Cell(value, Fixed("true" if value else "false"))

    def _choice(self, text: str) -> Cell:
        found = next((choice for choice in self.column.choices if fold(choice) == fold(text)), None)
        if found is None:
            remedy = did_you_mean(text, self.column.choices, else_say="it can be")
            raise Misread("unknown-choice", f"this is never {shown(text)}", remedy)
        return Cell(found, Fixed(found))

    def _color(self, text: str) -> Cell:
        value = color(self.colors.get(text, text))
        return Cell(value, Fixed(value))

    def _picture(self, path: str) -> Cell:
        found = self.examine(path)
        if not found.ok:
            raise Misread("asset", found.problem, found.remedy)
        return Cell(path, Fixed(path))

    def _link(self, text: str) -> Cell:
        try:
            address = fixed_link(text)
        except PydanticCustomError as refusal:
            raise Misread.of(refusal) from None
        if self.link_hosts is not None and not allowed(host_of(address), self.link_hosts):
            remedy = did_you_mean(host_of(address), self.link_hosts) or "add it to link_hosts: in rules/site.yaml"
            raise Misread("link-host", f"links may not go to {host_of(address)}", remedy)
        return Cell(address, Fixed(address))
