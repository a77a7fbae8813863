"""A CSV file as a table: a header, and rows that know their line.

Commas, semicolons and tabs separate; which of them does is told by the header. Cells in quotes may have any of them in
it, and line ends. Nothing here knows what the columns mean.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from app.authoring.problems import Problem, Problems, Severity
from app.authoring.yamltext import decoded

LARGEST: Final = 4_000_000
"""Bytes; a file of more is refused unread."""
MOST_ROWS: Final = 10_000
LONGEST: Final = 2_000
"""Characters of a cell."""

SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row without blanks around them; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and rows; every row has as many cells as the header. `left_out` were told of and have not."""

    file: str
    lines: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def complain(
        self,
        problems: Problems,
        row: Row,
        place: int | None,
        code: str,
        message: str,
        *,
        remedy: str = "",
        severity: Severity = "left-out",
    ) -> None:
        """Add a problem about a cell of a row, or about the whole row."""
        text = self.lines[row.line - 1]
        column, width = (0, len(text)) if place is None else _whereabouts(text, row.cells, place)
        problems.append(Problem(self.file, row.line, column + 1, code, message, remedy, severity, width or 1, text))


def read_table(raw: bytes, file: str, columns: Collection[str], problems: Problems) -> Table | None:
    """The table in a file, of which these columns are meant; None where it is none, and a problem says why."""
    text, slips = decoded(raw, LARGEST)
    for slip in slips:
        line = text.count("\n", 0, slip.index)
        column = slip.index - (text.rfind("\n", 0, slip.index) + 1)
        shown = text.split("\n")[line]
        problems.append(Problem(file, line + 1, column + 1, slip.code, slip.message, slip.remedy, text=shown))
    if slips:
        return None
    lines = tuple(text.split("\n"))
    try:
        header, *rows = _rows(text, _separator(lines[0], columns)) or [Row(1, ())]
    except _Torn as torn:
        message, remedy = "the quotes of this row do not match", 'a quote inside quotes is written twice: ""'
        shown = lines[torn.line - 1]
        problems.append(Problem(file, torn.line, 1, "unclosed-quote", message, remedy, width=len(shown), text=shown))
        return None
    return _checked(Table(file, lines, header.cells, tuple(rows)), header, columns, problems)


class _Torn(Exception):
    """A row whose quotes do not match begins in this line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _separator(first: str, columns: Collection[str]) -> str:
    """The separator with which the first line has most of the columns."""

    def found(separator: str) -> int:
        cells = next(csv.reader([first], delimiter=separator), [])
        return len({cell.strip() for cell in cells} & set(columns))

    return max(SEPARATORS, key=found)


def _rows(text: str, separator: str) -> list[Row]:
    """All rows that say anything; raises `_Torn`."""
    return [row for row in _every_row(text, separator) if any(row.cells)]


def _every_row(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Row(line, tuple(cell.strip() for cell in next(reader)))
        except StopIteration:
            return
        except csv.Error:
            raise _Torn(line) from None


def _checked(table: Table, header: Row, columns: Collection[str], problems: Problems) -> Table | None:
    """The table without rows that are no rows of it; None where columns are missing or there are too many rows."""
    before = len(problems)
    for place, name in enumerate(table.header):
        if name in columns and name in table.header[:place]:
            message = f"the column “{name}” is there twice"
            table.complain(problems, header, place, "duplicate-name", message, remedy="rename one", severity="problem")
    if len(table.rows) > MOST_ROWS:
        message = f"the table has {len(table.rows):,} rows"
        remedy = f"at most {MOST_ROWS:,} are read; leave out what no mail shows"
        table.complain(problems, header, None, "too-large", message, remedy=remedy, severity="problem")
    if len(problems) > before:
        return None
    good = tuple(row for row in table.rows if _is_whole(table, row, problems))
    return Table(table.file, table.lines, table.header, good, len(table.rows) - len(good))


def _is_whole(table: Table, row: Row, problems: Problems) -> bool:
    if len(row.cells) != len(table.header):
        message = f"this row has {len(row.cells)} cells, and the header has {len(table.header)}"
        table.complain(problems, row, None, "wrong-count", message, remedy="put a cell with separators in it in quotes")
        return False
    for place, cell in enumerate(row.cells):
        if len(cell) > LONGEST:
            message = f"this cell has {len(cell):,} characters"
            table.complain(problems, row, place, "too-long", message, remedy=f"at most {LONGEST:,} are read")
            return False
    return True


def _whereabouts(text: str, cells: tuple[str, ...], place: int) -> tuple[int, int]:
    """Where a cell stands in its line, and how wide it is; the whole line where it cannot be found there."""
    start = 0
    for cell in cells[:place]:
        start = max(start, text.find(cell, start) + len(cell)) + 1
    column = text.find(cells[place], start) if cells[place] else min(start, len(text))
    return (0, len(text)) if column < 0 else (column, len(cells[place]))
