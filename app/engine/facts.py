"""The table a decision is made from: readings by signal name, the instant, and the recipient's zone.

A signal that is not in the table is pending. A table is never changed after it was laid; `plus` lays a larger one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.calendar import Zone
from app.engine.readings import Reading


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one opening at `now` (seconds since the epoch), in the recipient's `zone` as far as known."""

    now: float
    zone: Zone
    readings: Mapping[str, Reading]
    recipient: str = ""

    def plus(self, readings: Mapping[str, Reading]) -> Facts:
        """These facts and more."""
        return Facts(self.now, self.zone, {**self.readings, **readings}, self.recipient)

    def end_of_minute(self) -> float:
        """The instant at which a clock that shows minutes changes next; offsets of zones are whole minutes."""
        return (self.now // 60 + 1) * 60
