"""Where the values of a chart stand, in device pixels; pure geometry, nothing here touches an image.

The axis of columns and bars holds zero, whatever the values are: lengths are to be compared, and a cut axis would lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from app.render.layers.outlines import Point

Values = Sequence[float | None]
"""None keeps its place, and nothing is drawn there."""


class Turn(NamedTuple):
    """From one angle to another, in degrees, 0 above."""

    begin: float
    end: float

    @property
    def wide(self) -> bool:
        """Whether there is anything in between."""
        return self.end > self.begin


def slots(count: int, length: int, gap: float) -> list[tuple[int, int]]:
    """Where each of so many columns begins and ends across the axis: whole pixels, at least one for each."""
    gap = min(gap, max((length - count) / count, 0))
    step = (length + gap) / count
    begins = [min(round(place * step), length - 1) for place in range(count)]
    return [(begin, max(round((place + 1) * step - gap), begin + 1)) for place, begin in enumerate(begins)]


def lengths(values: Values, length: int) -> list[tuple[int, int]]:
    """Where each column begins and ends along the axis, from its low end; all of them touch the line of zero."""
    known = [0.0, *(value for value in values if value is not None)]
    low, high = min(known), max(known)
    whole = (high - low) or 1.0
    zero, *tips = (round((value - low) / whole * length) for value in (0.0, *(value or 0.0 for value in values)))
    return [(min(zero, tip), max(zero, tip)) for tip in tips]


def strokes(values: Values, size: tuple[int, int], margin: float, base: float | None) -> Iterator[list[Point]]:
    """The points of a line through the values, `margin` away from the edges; it breaks where a value is missing.

    The axis reaches from the least value to the greatest, and to `base` if there is one.
    """
    known = [value for value in (*values, base) if value is not None]
    low, high = min(known), max(known)
    width, height = (max(side - 2 * margin, 0) for side in size)
    across = width / max(len(values) - 1, 1)
    for missing, run in groupby(enumerate(values), lambda one: one[1] is None):
        if not missing:
            yield [
                (margin + place * across, margin + height * ((high - value) / (high - low) if high > low else 0.5))
                for place, value in run
                if value is not None
            ]


def turns(values: Values) -> list[Turn]:
    """The angles between which the share of each value lies, once around from above; none is below 0."""
    ends = list(accumulate(value or 0.0 for value in values))
    whole = ends[-1] or 1.0
    return [Turn(360 * (begin / whole), 360 * (end / whole)) for begin, end in zip([0.0, *ends], ends, strict=False)]
