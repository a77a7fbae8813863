"""A table of recipients, and the same with a token for each: what `onopen url --csv` makes.

Rows are read, signed and written one by one, so a table may be of any length. One that cannot be signed is told of by
its line, and left out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from app.authoring.suggest import did_you_mean
from app.engine.params import Param
from app.errors import UsageError
from app.workshop.addressing import Addressing, Minting

TOKEN: Final = "token"
"""The column that is added."""

RECIPIENTS: Final = ("recipient", "recipient_id", "r", "id")
"""What the column of recipients is called, where nobody says."""

SEPARATORS: Final = (",", ";", "\t")
TOLD: Final = 20
"""Bad rows that are told one by one: whoever has more has one that comes again and again."""


@dataclass(slots=True)
class Outcome:
    """How many tokens were made, how many rows were left out, and why the first of these were."""

    made: int = 0
    left_out: int = 0
    troubles: list[str] = field(default_factory=list)

    def leave_out(self, line: int, why: str) -> None:
        """A row that begins in that line is not in what was made."""
        self.left_out += 1
        if len(self.troubles) < TOLD:
            self.troubles.append(f"line {line}: {why}")


@dataclass(frozen=True, slots=True)
class Roster:
    """Signs the rows of a table for one mailing; `column` names that of the recipients, empty for a usual name."""

    addressing: Addressing
    minting: Minting
    mailing: str
    column: str = ""

    def sign(self, file: Iterable[bytes], out: TextIO, seen: Callable[[int], object]) -> Outcome:
        """Write the rows of a file with their tokens; `seen` hears how many bytes were read. Raises UsageError where
        the file is no such table.
        """
        lines = _decoded(file, seen)
        first = next(lines, "")
        separator = max(SEPARATORS, key=first.count)
        header = [cell.strip() for cell in next(csv.reader([first], delimiter=separator), [])]
        whom, values = self._columns(header)
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerow([*header, TOKEN])
        outcome = Outcome()
        for line, row in _rows(lines, separator):
            try:
                writer.writerow([*row, self._token(row, len(header), whom, values)])
                outcome.made += 1
            except UsageError as error:
                outcome.leave_out(line, str(error))
        return outcome

    def _columns(self, header: Sequence[str]) -> tuple[int, list[tuple[int, Param]]]:
        """Where recipients stand, and where values of parameters do."""
        if TOKEN in header:
            raise UsageError(f"the table has a column “{TOKEN}” already; take it out, or rename it")
        wanted = (self.column,) if self.column else RECIPIENTS
        name = next((name for name in wanted if name in header), None)
        if name is None:
            remedy = did_you_mean(wanted[0], header, else_say="columns are") or "it has no columns"
            raise UsageError(
                f"there is no column “{wanted[0]}”, name that of the ids with --recipient-column; {remedy}"
            )
        params = {param.name: param for param in self.addressing.placeholder.params}
        values = [(place, params[one]) for place, one in enumerate(header) if one in params and one != name]
        return header.index(name), values

    def _token(self, row: Sequence[str], width: int, whom: int, values: Iterable[tuple[int, Param]]) -> str:
        if len(row) != width:
            raise UsageError(f"this row has {len(row)} cells, and the header has {width}")
        if not row[whom].strip():
            raise UsageError("there is no recipient")
        given = {param.name: cell for place, param in values if (cell := row[place].strip())}
        for _, param in values:
            if param.name in given and param.read(given[param.name], signed=True) is None:
                raise UsageError(f"{param.name} does not take “{given[param.name]}”")
        return self.minting.token(self.addressing.parameters(self.mailing, row[whom].strip(), given))


def _decoded(file: Iterable[bytes], seen: Callable[[int], object]) -> Iterator[str]:
    for number, raw in enumerate(file, 1):
        seen(len(raw))
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UsageError(f"line {number}: the table is not UTF-8; save it as “CSV UTF-8”") from error


def _rows(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows behind the header, those that say anything, each with the line in which it begins."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 2
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise UsageError(f"line {line}: the quotes of this row do not match ({error})") from error
        if row is None:
            return
        if any(row):
            yield line, row
