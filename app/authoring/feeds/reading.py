"""From a feed's document and its table to items, each row on its own.

A row without its key, without a required cell or with a cell that cannot be read is left out, and told of. A picture
that is not there only leaves its cell empty, so that the column's default stands for it; an amount that does not exceed
what it must does so silently, as that is what `above` means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from app.authoring.documents.feed import Column, FeedWritten
from app.authoring.documents.folder import Read
from app.authoring.feeds.cells import KINDS, Cell, Cells
from app.authoring.feeds.tables import Row, Table, read_table
from app.authoring.operands import Misread
from app.authoring.problems import Problem, Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import is_sure
from app.authoring.yamlsource import Source
from app.engine.lists import Item
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.signals import Catalogue, Kind, Signal
from app.engine.words import Bound

TOLD: Final = 50
"""Problems of one table that are told one by one: whoever has more has one that comes again and again."""


@dataclass(frozen=True)  # not slotted: what follows from the items is worked out once
class Feed:
    """A table as it is served: its columns, and its items in the order of the file.

    `rows` are those of the items, by key; `left_out` counts the rows that were none. Without a `table` it could not be
    read, and nothing is known of its items.
    """

    name: str
    document: FeedWritten
    source: Source
    table: Table | None = None
    items: tuple[Item, ...] = ()
    rows: Mapping[str, Row] = field(default_factory=dict)
    left_out: int = 0

    @cached_property
    def catalogue(self) -> Catalogue:
        """The fields of an item, as conditions ask about them."""
        columns = self.document.fields.items()
        return Catalogue.of(
            Signal(name, KINDS.get(one.type, Kind.TEXT), f"The field {name}.", choices=one.choices)
            for name, one in columns
        )

    @cached_property
    def signals(self) -> frozenset[str]:
        """What must be known of a reader before the items can be worded."""
        said = (alternative for item in self.items for alternative in item.says.values())
        return frozenset(name for one in said if isinstance(one, Bound) for name in one.signals)

    @property
    def summed(self) -> str:
        """The field whose sum is the total of a list: the first amount of money, if there is one."""
        return next((name for name, one in self.document.fields.items() if one.type == "money"), "")


def read_feed(
    read: Read[FeedWritten], content: Callable[[str], bytes], cells_of: Callable[[Column], Cells], problems: Problems
) -> Feed:
    """The feed with its items; `content` answers the bytes of a file below `assets/`, or raises OSError."""
    document, empty = read.document, Feed(read.name, read.document, read.source)
    if not _is_sound(read):
        return empty
    columns = {name: one.column or name for name, one in document.fields.items()}
    try:
        raw = content(document.file)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError)
        message = "there is no such file below assets/" if gone else f"it cannot be read: {error.strerror or error}"
        remedy = "write its path below assets/, such as tables/products.csv" if gone else "let the server read it"
        code = "missing-file" if gone else "unreadable"
        read.source.complain(problems, ("file",), code, message, remedy=remedy)
        return empty
    table = read_table(raw, f"assets/{document.file}", columns.values(), problems)
    if table is None or not _has_columns(table, columns, problems):
        return empty
    found = Problems()
    items = dict(_Rows(read, table, columns, cells_of, found, problems).read())
    _tell(found, problems)
    rows = {item.key: row for item, row in items.items()}
    return replace(empty, table=table, items=tuple(items), rows=rows, left_out=len(table.rows) - len(items))


def _is_sound(read: Read[FeedWritten]) -> bool:
    """Whether the document says what it must; else problems say what is wrong, and no row is judged by it."""
    fields = read.document.fields
    needed = {read.document.key, *(one.above for one in fields.values() if one.above)}
    return needed <= fields.keys() and is_sure(read.source, "file")


def _has_columns(table: Table, columns: Mapping[str, str], problems: Problems) -> bool:
    missing = [heading for heading in columns.values() if heading not in table.header]
    for heading in missing:
        message = f"there is no column “{heading}”"
        remedy = did_you_mean(heading, [one for one in table.header if one], else_say="columns are")
        table.complain(
            problems, Row(1, table.header), None, "missing-column", message, remedy=remedy, severity="problem"
        )
    return not missing


def _tell(found: Problems, problems: Problems) -> None:
    told = list(found)
    problems.extend(told[:TOLD])
    if more := told[TOLD:]:
        first = more[0]
        message = f"and {len(more):,} more like these"
        problems.append(Problem(first.file, first.line, 1, first.code, message, severity="left-out"))


class _Rows:
    """Reads the rows of one table."""

    def __init__(
        self,
        read: Read[FeedWritten],
        table: Table,
        columns: Mapping[str, str],
        cells_of: Callable[[Column], Cells],
        found: Problems,
        problems: Problems,
    ) -> None:
        self._feed = read.document
        self._table = table
        self._places = {name: table.header.index(heading) for name, heading in columns.items()}
        self._readers = {name: cells_of(one).read for name, one in self._feed.fields.items()}
        self._found = found
        self._defaults = dict(self._read_defaults(read, problems))
        self._taken: dict[str, int] = {}

    def read(self) -> Iterator[tuple[Item, Row]]:
        """The items, each with its row."""
        for row in self._table.rows:
            cells = {name: self._cell(name, row) for name in self._feed.fields}
            if any(isinstance(cell, _Bad) for cell in cells.values()) or not self._is_new(row):
                continue
            good = {name: cell for name, cell in cells.items() if isinstance(cell, Cell)}
            shown = {name: cell for name, cell in good.items() if self._exceeds(name, good)}
            says = {name: cell.says for name, cell in shown.items()}
            values = {name: shown[name].value if name in shown else EMPTY for name in self._feed.fields}
            readings = {name: Reading(name, value, FOREVER) for name, value in values.items()}
            yield Item(row.cells[self._places[self._feed.key]], readings, says), row

    def _read_defaults(self, read: Read[FeedWritten], problems: Problems) -> Iterator[tuple[str, Cell]]:
        for name, column in self._feed.fields.items():
            if column.default:
                try:
                    yield name, self._readers[name](column.default)
                except Misread as error:
                    error.tell(read.source, problems, ("fields", name, "default"))

    def _cell(self, name: str, row: Row) -> Cell | _Bad | None:
        """The cell of a field, else its default, else None; what its row cannot be shown with is bad."""
        column, text = self._feed.fields[name], row.cells[self._places[name]]
        needed = column.required or name == self._feed.key
        try:
            if text:
                return self._readers[name](text)
        except Misread as error:
            self._complain(row, name, error.code, f"{name}: {error.message}", error.remedy)
            if column.type != "picture" or needed:
                return _BAD
        if needed:
            self._complain(row, name, "empty-value", f"{name}: nothing stands here", "fill the cell")
            return _BAD
        return self._defaults.get(name)

    def _exceeds(self, name: str, cells: Mapping[str, Cell]) -> bool:
        """Whether an amount is above the field that it must be above."""
        other = self._feed.fields[name].above
        return other is None or other not in cells or bool(cells[name].value > cells[other].value)

    def _is_new(self, row: Row) -> bool:
        key = row.cells[self._places[self._feed.key]]
        first = self._taken.setdefault(key, row.line)
        if first != row.line:
            message = f"{self._feed.key}: “{key}” is there already"
            self._complain(row, self._feed.key, "duplicate-name", message, f"it is on line {first}; keep one of them")
        return first == row.line

    def _complain(self, row: Row, name: str, code: str, message: str, remedy: str) -> None:
        self._table.complain(self._found, row, self._places[name], code, message, remedy=remedy)


class _Bad:
    """Stands for a cell with which its row is left out."""


_BAD: Final = _Bad()
