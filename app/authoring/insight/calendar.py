"""The days that recipients can have while a rule's `from` and `until` hold.

Somebody else's midnight is not ours, so absolute moments leave the days around them open; and clocks that are put back
at midnight have the end of a day twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.authoring.insight.boxes import ANYTHING, Box, Domain
from app.authoring.insight.leaves import NOW
from app.authoring.insight.spans import EVERY, Spans, at_least, at_most

_FARTHEST: Final = timedelta(hours=15)
"""No zone is farther from UTC."""

_PUT_BACK: Final = timedelta(hours=3)
"""No clock is put back by more."""

_INSTANT: Final = timedelta(microseconds=1)


def days(box: Box) -> Box:
    """What the moments of a box leave of `time.date`; nothing where they leave all."""
    absolute = box.sides.get((*NOW, "instant", "absolute"), ANYTHING).values.ends
    wall = box.sides.get((*NOW, "instant", "wall"), ANYTHING).values.ends
    left = _between(*map(_utc, absolute), early=_FARTHEST, late=_FARTHEST) & _between(*wall, early=_PUT_BACK)
    return Box() if left == EVERY else Box({("time.date",): Domain(left)})


def _utc(instant: float | None) -> datetime | None:
    return None if instant is None else datetime.fromtimestamp(instant, UTC).replace(tzinfo=None)


def _between(start: Any, end: Any, *, early: timedelta, late: timedelta = -_INSTANT) -> Spans:
    """The days from `early` before the start until `late` behind the end."""
    first = EVERY if start is None else at_least((start - early).date())
    return first if end is None else first & at_most((end + late).date())
