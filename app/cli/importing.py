"""What somebody at a terminal sees of an import: lines that tell nothing, a progress bar where there is a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from app.workshop.importing.bookmark import Place

LISTED: Final = 1_000
"""Skipped lines that are listed for machines; on standard error each is told."""


class Onlooker:
    """Watches one import. Everything goes to standard error; where that is no terminal, there is no bar."""

    def __init__(self, table: Path) -> None:
        from rich.console import Console  # a fifth of a second, which no other command should pay for
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        self._table = table
        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        shown = TextColumn("{task.fields[told]:,} recipients")
        columns = (BarColumn(), TaskProgressColumn(), shown, TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("", total=table.stat().st_size, told=0)
        self.place = Place()
        self.began_after = 0
        self.problems: list[dict[str, Any]] = []

    def __enter__(self) -> Onlooker:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def came_to(self, place: Place) -> None:
        """Move the bar; the first place is where it begins."""
        if self.place.lines == 0 and place.lines > 1:
            self.began_after = place.lines
            self._console.print(f"{self._table}: goes on behind line {place.lines:,}; --restart begins anew")
        self.place = place
        self._bar.update(self._task, completed=place.offset, told=place.told)

    def skipped(self, line: int, said: str) -> None:
        """Tell of a line that tells nothing."""
        self._console.print(f"{self._table}:{line}: {said}")
        if len(self.problems) < LISTED:
            self.problems.append({"line": line, "said": said})

    def as_json(self, *, done: bool) -> dict[str, Any]:
        """What became of it."""
        place = self.place
        return {
            "file": str(self._table),
            "done": done,
            "told": place.told,
            "skipped": place.skipped,
            "lines": place.lines,
            "went_on_after_line": self.began_after or None,
            "problems": self.problems,
        }
