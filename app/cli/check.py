"""`onopen check`: everything that is wrong or doubtful in a site; what a cache may share, how pictures are encoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from app.cli.common import Json, Site, print_json, workshop
from app.edge.table import Row


def check(site: Site = None, as_json: Json = False) -> None:
    """Check the site: mistakes, warnings, examples, cacheability, encodings. Exit code 1 for a mistake."""
    bench = workshop(site)
    checked = bench.check()
    rows = bench.cacheability(checked.site) if checked.good else ()
    encodings = bench.encodings(checked.site) if checked.good else {}
    if as_json:
        print_json(_as_json(bench.folder, checked, rows, encodings))
    else:
        for problem in checked.problems:
            typer.echo(problem.render())
        mistakes, warnings = len(checked.problems.failures), len(checked.problems.warnings)
        if checked.good:
            _print_table(rows)
            _print_encodings(encodings)
        typer.echo(
            f"{bench.folder}: {len(checked.site.placeholders)} placeholders, {checked.examples} examples, "
            f"{mistakes} problems, {warnings} warnings"
        )
    raise typer.Exit(0 if checked.passes else 1)


def _as_json(folder: Path, checked: Any, rows: tuple[Row, ...], encodings: dict[str, Any]) -> dict[str, Any]:
    return {
        "site": str(folder),
        "good": checked.passes,
        "problems": checked.problems.as_json(),
        "examples": checked.examples,
        "cacheability": [row.as_json() for row in rows],
        "encodings": {name: encoding.as_json() for name, encoding in encodings.items()},
    }


def _print_table(rows: tuple[Row, ...]) -> None:
    for row in rows:
        typer.echo(row.line())


def _print_encodings(encodings: dict[str, Any]) -> None:
    for name, encoding in encodings.items():
        typer.echo(f"{name}: {encoding.line()}")
