"""What is remembered of each grid cell: the last report while it is fresh or stale, and recent misses.

Process memory only, bounded, least recently renewed first out. It starts nothing and waits for nothing; instants are
handed in. Readings are built once and handed out until one of them ends, so a warm look costs a dictionary look-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.engine.readings import Reading, Rung, Why
from app.sources.weather.grid import Cell
from app.sources.weather.readings import nothing, seen
from app.sources.weather.report import HOUR, Report

Readings = Mapping[str, Reading]

STALE_HOLD_S: Final = 30.0
"""How long an answer may rest on stale readings before it is worth looking again."""
HOLD_S: Final = 5.0
RENEWABLE_S: Final = 2 * HOUR
"""How old a report may be that a vendor's "not modified" renews: what is kept of it looks six hours ahead."""
RETRY_S: Final = 5.0
MOST_RETRY_S: Final = 60.0
_NONE: Final[Readings] = MappingProxyType({})


@dataclass(slots=True)
class Kept:
    """One cell. `readings` may be handed out from `since` until `until`; `last_modified` is the vendor's own words."""

    report: Report | None = None
    made: float = 0.0
    expires: float = 0.0
    last_modified: str = ""
    readings: Readings = field(default_factory=lambda: _NONE)
    since: float = 0.0
    until: float = 0.0
    misses: int = 0
    retry_at: float = 0.0
    why: Why = Why.UPSTREAM_FAILED


class Memory:
    """The remembered cells of one vendor."""

    def __init__(self, *, source: str, stale_s: float, most_cells: int) -> None:
        self._source, self._stale_s, self._most = source, stale_s, most_cells
        self._cells: dict[Cell, Kept] = {}

    def __len__(self) -> int:
        return len(self._cells)

    def warm(self, cell: Cell | None, now: float) -> Readings | None:
        """Readings that were built already and still hold."""
        kept = self._cells.get(cell)  # type: ignore[arg-type]  # no cell is in no dictionary
        return kept.readings if kept is not None and kept.since <= now < kept.until else None

    def look(self, cell: Cell, now: float, *, flying: bool = False) -> tuple[Readings | None, bool]:
        """The readings at an instant, and whether the cell should be asked for again; None: it must be waited for.

        `flying`: a fetch is under way. Whoever asks for a cell that was late or failed before does not wait for it.
        """
        kept = self._cells.get(cell)
        if kept is None:
            return None, True
        if kept.report is not None and now < kept.expires:
            return self._show(kept, kept.report, now, kept.expires, Rung.LIVE), False
        if kept.report is not None and now < kept.expires + self._stale_s:
            until = min(now + STALE_HOLD_S, kept.expires + self._stale_s)
            return self._show(kept, kept.report, now, until, Rung.STALE), now >= kept.retry_at
        if flying and kept.retry_at <= now:
            kept.retry_at = now + HOLD_S
        if now < kept.retry_at:
            return self._blank(kept, now, kept.retry_at), False
        return None, True

    def last_modified(self, cell: Cell, now: float) -> str:
        """When the last report was made, in the vendor's own words; empty where it is not worth renewing."""
        kept = self._cells.get(cell)
        return kept.last_modified if kept is not None and kept.report and now < kept.made + RENEWABLE_S else ""

    def keep(self, cell: Cell, report: Report, now: float, *, expires: float, last_modified: str = "") -> None:
        """Remember a report; what is dead or too much goes."""
        self._put(cell, Kept(report.trimmed(now), now, expires, last_modified), now)

    def renew(self, cell: Cell, now: float, *, expires: float) -> bool:
        """The vendor says that nothing has changed; False where there is nothing to renew."""
        kept = self._cells.get(cell)
        if kept is None or kept.report is None:
            return False
        self._put(cell, Kept(kept.report, kept.made, expires, kept.last_modified), now)
        return True

    def _put(self, cell: Cell, kept: Kept, now: float) -> None:
        self._cells.pop(cell, None)  # the newest stands last
        self._cells[cell] = kept
        self._forget(now)

    def missed(self, cell: Cell, why: Why, now: float) -> None:
        """A fetch failed: the cell is left alone for seconds, longer each time."""
        kept = self._cells.setdefault(cell, Kept())
        kept.misses += 1
        kept.why, kept.retry_at = why, now + min(RETRY_S * 2 ** min(kept.misses - 1, 10), MOST_RETRY_S)
        kept.until = now if kept.report is None else kept.until  # what was said while waiting no longer holds
        self._forget(now)

    def hold(self, cell: Cell, why: Why, now: float) -> Readings:
        """Somebody could not have an answer: nobody else shall wait for it for a few seconds."""
        kept = self._cells.setdefault(cell, Kept())
        kept.why, kept.retry_at = why, now + HOLD_S
        self._forget(now)
        return self._blank(kept, now, kept.retry_at)

    def _show(self, kept: Kept, report: Report, now: float, until: float, rung: Rung) -> Readings:
        sight = seen(report, now=now, until=until, source=self._source, rung=rung)
        kept.readings, kept.since, kept.until = sight.readings, now, sight.holds_until
        return sight.readings

    def _blank(self, kept: Kept, now: float, until: float) -> Readings:
        kept.readings = nothing(kept.why, now=now, until=until, source=self._source)
        kept.since, kept.until = now, until
        return kept.readings

    def _forget(self, now: float) -> None:
        """The oldest cells, while they are dead or too many. Renewing a cell puts it last."""
        while self._cells:
            cell, kept = next(iter(self._cells.items()))
            dead = max(kept.expires + self._stale_s if kept.report else 0.0, kept.retry_at + MOST_RETRY_S) <= now
            if not dead and len(self._cells) <= self._most:
                return
            del self._cells[cell]
