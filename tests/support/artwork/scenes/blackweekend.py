"""The Black Weekend in four phases: a moon, price tags by night and on red, a fir tree; flat, in few colours.

A countdown ticks on them, and a GIF has 63 colours for everything in it.
"""

from __future__ import annotations

from ..pen import circle, path, placed, rect
from ..sheet import Sheet

INK, DEEP, RED, WINE, CREAM = "#17120f", "#2a211c", "#c8102e", "#a50d26", "#f4ead8"
SAND, WOOD, PINE, MOSS, FIR, GOLD = "#e9dcc3", "#6b4a33", "#20352c", "#2a4638", "#4e7a5f", "#e9c46a"


def _sheet(ground: str, *fragments: str) -> Sheet:
    sheet = Sheet(1)
    sheet.add(rect(0, 0, 600, 300, ground), *fragments)
    return sheet


def _tag(x: float, y: float, size: float, color: str, hole: str, turn: float = 0) -> str:
    """A price tag whose tip is at (x, y)."""
    outline = path("M0 0L0.6 -0.42H1.66Q1.7 -0.42 1.7 -0.38V0.38Q1.7 0.42 1.66 0.42H0.6Z", color)
    return placed(outline, circle(0.5, 0, 0.1, hole), x=x, y=y, scale=size, turn=turn)


def teaser() -> Sheet:
    """A moon, and a few stars."""
    stars = ((400, 40), (560, 180), (430, 150), (540, 30), (380, 110))
    return _sheet(
        INK, circle(490, 90, 64, SAND), circle(462, 74, 58, INK), *(circle(x, y, 2.2, SAND) for x, y in stars)
    )


def live() -> Sheet:
    """Two price tags by night."""
    return _sheet(INK, circle(520, 70, 150, DEEP), _tag(412, 58, 64, RED, INK, -8), _tag(452, 132, 50, CREAM, INK, 6))


def last_chance() -> Sheet:
    """The same on red."""
    return _sheet(RED, circle(520, 70, 150, WINE), _tag(412, 58, 64, CREAM, RED, -8), _tag(452, 132, 50, INK, RED, 6))


def over() -> Sheet:
    """A fir tree with four lights."""
    tiers = ((60, 34), (92, 50), (128, 66))
    tree = [path(f"M480 {y - 42}L{480 - wide} {y + 26}H{480 + wide}Z", FIR) for y, wide in tiers]
    lights = [circle(x, y, 4, GOLD) for x, y in ((470, 70), (496, 100), (452, 118), (506, 136))]
    return _sheet(PINE, circle(500, 230, 150, MOSS), rect(473, 152, 14, 24, WOOD), *tree, *lights)
