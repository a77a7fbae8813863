"""The mark of the fictional department store Lindner: a linden leaf.

The leaf is computed (a heart with a toothed edge), so that no font and no foreign drawing is needed.
"""

from __future__ import annotations

import math

from .pen import Point, number, path, placed, polyline, stroke


def _outline(teeth: int = 11) -> str:
    points: list[Point] = []
    steps = teeth * 2
    for index in range(steps + 1):
        share = index / steps
        tooth = 1.035 if index % 2 else 0.985
        angle = math.pi * share
        wide = 43 * math.sin(angle) ** 0.62 * (1 - 0.5 * share**1.6) * tooth
        long = 22 + 14 * math.sin(min(angle * 2.2, math.pi)) - 78 * share**1.12
        points.append((wide, long * tooth if share < 1 else -60))
    return polyline(points + [(-x, y) for x, y in reversed(points[:-1])])


def emblem(x: float, y: float, size: float, color: str, vein: str | None = None, *, turn: float = 32) -> str:
    """The leaf in a square of `size` around (x, y); `vein` is the colour of what lies behind."""
    parts = [path(_outline(), color, stroke=color, stroke_width=3, stroke_linejoin="round")]
    if vein:
        ribs = "".join(
            f"M0 {number(at)}L{number(side * reach)} {number(at - reach * 0.75)}"
            for at, reach in ((6, 24), (-9, 19), (-22, 11))
            for side in (-1, 1)
        )
        parts.append(stroke(f"M0 20V-36{ribs}", vein, 3.4))
    parts.append(stroke("M0 12C0 30 2 42 9 54", color, 5))
    return placed(*parts, x=x, y=y, scale=size / 100, turn=turn)
