"""Animals small enough to stand in several pictures."""

from __future__ import annotations

import math

from .pen import circle, ellipse, path, placed, stroke


def pigeon(x: float, y: float) -> str:
    """A pigeon looking right, its feet at about (x, y + 6)."""
    return placed(
        ellipse(-4, 5, 10, 1.6, "#4a1f38", opacity=0.35),
        path("M-8 1Q-4 -5 2 -4Q3 -8 6 -8Q9 -7 8 -4Q8 2 2 4Q-3 4 -8 1Z", "#8a7d92"),
        path("M-6 0Q-2 -4 3 -2Q1 3 -6 0Z", "#6a5d78"),
        stroke("M1 4v2M3 4v2", "#c8705a", 0.7),
        x=x,
        y=y,
    )


def sheep(x: float, y: float) -> str:
    """A sheep looking right."""
    wool = [circle(math.cos(a) * 6, -6 + math.sin(a) * 3.4, 3, "#fff8ec") for a in (0, 1.05, 2.1, 3.14, 4.2, 5.2)]
    return placed(
        ellipse(-3, 1, 9, 1.6, "#1f4a32", opacity=0.4),
        stroke("M-4 -3V1M4 -3V1", "#4a3a3a", 1.2),
        *wool,
        ellipse(0, -6, 6, 4, "#fff8ec"),
        ellipse(8.6, -8, 2.6, 2, "#4a3a3a"),
        x=x,
        y=y,
        scale=0.8,
    )
