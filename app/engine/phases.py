"""The phases of a campaign: named instants, each lasting until the next.

Before the first phase the signal `phase` is empty. Where the instants are wall-clock times, each recipient reaches
them in their own zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.engine.calendar import Zone
from app.engine.moving import Moment
from app.engine.readings import EMPTY, FOREVER, Empty, Reading

PHASE_SIGNAL: Final = "phase"


@dataclass(frozen=True, slots=True)
class Phases:
    """Phase names with their beginnings, in the order of time."""

    starts: tuple[tuple[str, Moment], ...]

    @property
    def local(self) -> bool:
        """Whether recipients in different zones can be in different phases at one instant."""
        return any(moment.is_local for _, moment in self.starts)

    def reading(self, now: float, zone: Zone) -> Reading:
        """The phase at `now` for somebody in that zone, until the next one begins."""
        current: str | Empty = EMPTY
        until = FOREVER
        for name, moment in self.starts:
            start = moment.instant(zone)
            if start > now:
                until = start
                break
            current = name
        return Reading(PHASE_SIGNAL, current, now, until, "campaign")
