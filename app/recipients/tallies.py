"""How often something happened: in all, and within windows of whole days, exact to a grain that is told.

No instants are kept. Windows of up to a week are counted by the hour, longer ones by the day (UTC): what happened
counts for the window and the rest of its hour, or day. So a tally stays small whatever happens, and still names
the instant at which each count changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from app.engine.readings import FOREVER

HOUR_S: Final = 3_600
DAY_S: Final = 86_400
BY_THE_HOUR: Final = 7
"""The longest window that is counted by the hour, in days."""

LONGEST: Final = 90
"""The longest window there is, in days."""


class Count(NamedTuple):
    """How many there are, and the instant at which there are fewer without anything happening."""

    value: int
    until: float


class Tally(msgspec.Struct, frozen=True):
    """A total, and the numbers of the hours and days (since the epoch) in which anything happened."""

    total: int = 0
    hours: Mapping[int, int] = {}
    days: Mapping[int, int] = {}

    def plus(self, at: float, now: float) -> Tally:
        """One more at `at`; hours and days that no window reaches at `now` are left out."""
        return Tally(
            self.total + 1,
            _counted(self.hours, at, now, HOUR_S, BY_THE_HOUR),
            _counted(self.days, at, now, DAY_S, LONGEST),
        )

    def within(self, days: int, now: float) -> Count:
        """How many of the last `days` days (1 to 90), and until when that is so."""
        if not 1 <= days <= LONGEST:
            raise ValueError(f"{days} days: a window has 1 to {LONGEST}")
        grain = HOUR_S if days <= BY_THE_HOUR else DAY_S
        buckets = self.hours if days <= BY_THE_HOUR else self.days
        gone = _last_gone(now, grain, days)
        alive = {bucket: count for bucket, count in buckets.items() if bucket > gone}
        until = (min(alive) + 1) * grain + days * DAY_S if alive else FOREVER
        return Count(sum(alive.values()), until)


def _counted(buckets: Mapping[int, int], at: float, now: float, grain: int, days: int) -> Mapping[int, int]:
    """One more in the bucket of `at`, without those that have left the window."""
    gone, mine = _last_gone(now, grain, days), int(at // grain)
    kept = {bucket: count for bucket, count in buckets.items() if bucket > gone}
    if mine > gone:
        kept[mine] = kept.get(mine, 0) + 1
    return kept


def _last_gone(now: float, grain: int, days: int) -> int:
    """The newest bucket that has left the window: its end lies the whole window back."""
    return int((now - days * DAY_S) // grain) - 1
