"""Markdown tables, for the generated pages of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of these cells; bars inside a cell are escaped, line breaks become blanks."""
    lines = [_row(head), "|" + "---|" * len(head), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def code(text: object) -> str:
    """A word as it is typed; nothing for nothing."""
    text = str(text)
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def codes(words: Iterable[object]) -> str:
    """Words as they are typed, one after the other."""
    return ", ".join(code(word) for word in words)


def page(title: str, source: str, *parts: str) -> str:
    """A whole generated page; `source` names the declaration it was made from."""
    note = f"*Generated from {source}; `make renew` writes it anew.*"
    return "\n\n".join((f"# {title}", note, *(part.strip("\n") for part in parts))) + "\n"


def _row(cells: Sequence[str]) -> str:
    clean = (cell.replace("\n", " ").replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(clean)} |"
