"""`onopen check`: everything that is wrong or doubtful in a site, at once; what a cache may share, colours of PNGs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from app.cli.common import Json, Site, print_json, workshop
from app.edge.table import Row


def check(site: Site = None, as_json: Json = False) -> None:
    """Check the site: mistakes, warnings, examples, cacheability, colours of PNGs. Exit code 1 for a mistake."""
    bench = workshop(site)
    checked = bench.check()
    rows = bench.cacheability(checked.site) if checked.good else ()
    palettes = bench.palettes(checked.site) if checked.good else {}
    if as_json:
        print_json(_as_json(bench.folder, checked, rows, palettes))
    else:
        for problem in checked.problems:
            typer.echo(problem.render())
        mistakes, warnings = len(checked.problems.failures), len(checked.problems.warnings)
        if checked.good:
            _print_table(rows)
            _print_palettes(palettes)
        typer.echo(
            f"{bench.folder}: {len(checked.site.placeholders)} placeholders, {checked.examples} examples, "
            f"{mistakes} problems, {warnings} warnings"
        )
    raise typer.Exit(0 if checked.passes else 1)


def _as_json(folder: Path, checked: Any, rows: tuple[Row, ...], palettes: dict[str, int | None]) -> dict[str, Any]:
    return {
        "site": str(folder),
        "good": checked.passes,
        "problems": checked.problems.as_json(),
        "examples": checked.examples,
        "cacheability": [row.as_json() for row in rows],
        "png_colors": palettes,
    }


def _print_table(rows: tuple[Row, ...]) -> None:
    for row in rows:
        typer.echo(row.line())


def _print_palettes(palettes: dict[str, int | None]) -> None:
    for name, colors in palettes.items():
        typer.echo(f"{name}: a PNG in {'true colours' if colors is None else f'a palette of {colors} colours'}")
