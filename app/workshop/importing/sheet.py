"""A table of recipients: what its columns tell, and what each of its lines comes to.

Every line is a recipient, whole or not at all. No value that may be told has a line end in it, so a quote that is not
closed, or a letter in another encoding, spoils its own line and no other.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from app.authoring.suggest import did_you_mean
from app.engine.signals import Kind
from app.errors import UsageError
from app.recipients.ids import IDENTIFIER, is_identifier
from app.recipients.tellable import CONSENTS, Misfit, Slot, Tellable, Telling

SEPARATORS: Final = (",", ";", "\t")
BOM: Final = "\ufeff"
CONSENT: Final = "consent."
YES_OR_NO: Final = Slot(Kind.BOOLEAN)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read: the column of the ids, columns that are left out, and its encoding."""

    id_column: str = "id"
    ignored: tuple[str, ...] = ()
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a table; those that are ignored tell nothing."""

    reading: Reading
    separator: str
    columns: tuple[str, ...]
    tellable: Tellable
    slots: Mapping[str, Slot]

    @classmethod
    def of(cls, header: bytes, reading: Reading, tellable: Tellable) -> Sheet:
        """The table that this line is the header of; raises UsageError, which says what to do about it."""
        if not _keeps_ascii(reading.encoding):
            raise UsageError(f"{reading.encoding} is no encoding that a table can have; save it as UTF-8")
        try:
            text = _decoded(header, reading.encoding).removeprefix(BOM)
            separator = max(SEPARATORS, key=text.count)
            columns = tuple(cell.strip() for cell in _cells(text, separator))
        except Misfit as misfit:
            raise UsageError(f"the header {misfit}") from misfit
        slots = {**tellable.attributes, **{CONSENT + purpose: YES_OR_NO for purpose in CONSENTS}}
        _check(columns, reading, slots.keys())
        return cls(reading, separator, columns, tellable, slots)

    def read(self, line: bytes) -> Telling | None:
        """What a line tells, None for one without anything in it; raises Misfit. An empty cell tells nothing."""
        text = _decoded(line, self.reading.encoding)
        if not text.strip():
            return None
        cells = _cells(text, self.separator)
        if len(cells) != len(self.columns):
            raise Misfit(f"has {len(cells)} cells, and the header {len(self.columns)}")
        said = {name: cell.strip() for name, cell in zip(self.columns, cells, strict=True)}
        recipient = said.pop(self.reading.id_column)
        if not is_identifier(recipient):
            raise Misfit(f"“{self.reading.id_column}” must have 1 to {IDENTIFIER} visible characters")
        told = {name: _value(self.slots[name], cell) for name, cell in said.items() if cell and name in self.slots}
        return self._telling(recipient, told)

    def _telling(self, recipient: str, told: Mapping[str, Any]) -> Telling:
        attributes = {name: value for name, value in told.items() if name in self.tellable.attributes}
        self.tellable.check_attributes(attributes)
        consent = {name: value for name, value in told.items() if name not in attributes}
        for name, value in consent.items():
            if not isinstance(value, bool):
                raise Misfit(f"“{name}” must be {YES_OR_NO.wanted}")
        return Telling(recipient, attributes, {name.removeprefix(CONSENT): value for name, value in consent.items()})


def _check(columns: Sequence[str], reading: Reading, known: Collection[str]) -> None:
    """That every column is known, or ignored, once, and that there are ids; raises UsageError."""
    if reading.id_column not in columns:
        first = columns[0] if columns else "…"
        raise UsageError(f"no column is named “{reading.id_column}”; name the one with the ids: --id-column {first}")
    for place, name in enumerate(columns):
        if name in columns[:place] and name not in reading.ignored:
            raise UsageError(f"the column “{name}” is there twice; rename one, or leave both out: --ignore {name}")
        if name not in (*known, *reading.ignored, reading.id_column):
            meant = did_you_mean(name, known)
            raise UsageError(
                f"rules/recipients.yaml declares no attribute “{name}”; {f'{meant} ' if meant else ''}"
                f"declare it, or leave the column out: --ignore {name}"
            )


def _keeps_ascii(encoding: str) -> bool:
    """Whether lines end, and cells are separated, by the bytes that they always are."""
    signs = '\n\t,;"'
    try:
        return signs.encode(encoding) == signs.encode("ascii")
    except LookupError:
        return False


def _decoded(line: bytes, encoding: str) -> str:
    try:
        return line.rstrip(b"\r\n").decode(encoding)
    except UnicodeDecodeError as error:
        raise Misfit(f"is not in {encoding}; name the encoding of the table, such as --encoding cp1252") from error


def _cells(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise Misfit("has quotes that do not match; a quote inside quotes is written twice") from error


def _value(slot: Slot, cell: str) -> Any:
    """A cell as JSON has its value: numbers, true and false bare, everything else as text."""
    if slot.kind in (Kind.NUMBER, Kind.BOOLEAN):
        try:
            return msgspec.json.decode(cell.lower(), type=int | float | bool)
        except msgspec.DecodeError:
            return cell
    return cell
