"""Rows of houses from a table, and the church among them.

A plan is one line of such a table; what all houses of a picture share is given once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .houses import house
from .pen import circle, group, mix, polygon, rect
from .sheet import Sheet


class Plan(NamedTuple):
    """Where a house stands, how big it is, and what it is made of."""

    x: float
    base: float
    width: float
    height: float
    wall: str
    roof: str
    rise: float
    lit: float
    floors: int
    columns: int
    shape: str
    timber: str | None = None


def built(
    sheet: Sheet, plans: Iterable[Plan], *, frame: str, glass: tuple[str, str], gloom: float, snow: str | None = None
) -> list[str]:
    """The houses of the plans, in their order."""
    return [house(sheet, **plan._asdict(), frame=frame, glass=glass, gloom=gloom, snow=snow) for plan in plans]


def church(
    x: float, base: float, height: float, wall: str, roof: str, *, nave: float = 0.9, dark: str | None = None
) -> str:
    """A village church, tower at the left with a pointed spire."""
    half = height * 0.1
    shade = dark or mix(wall, "#3a2a4d", 0.3)
    eave = base - height * 0.26
    body = [
        polygon([(x, base), (x, eave), (x + height * nave, eave), (x + height * nave, base)], wall),
        polygon(
            [
                (x, eave + 1),
                (x + height * 0.08, eave - height * 0.2),
                (x + height * nave * 0.92, eave - height * 0.2),
                (x + height * nave + 2, eave + 1),
            ],
            roof,
        ),
        rect(x - half, base - height * 0.55, half * 2, height * 0.55, wall),
        rect(x - half, base - height * 0.55, half * 0.8, height * 0.55, shade),
        polygon(
            [(x - half * 1.25, base - height * 0.54), (x, base - height), (x + half * 1.25, base - height * 0.54)], roof
        ),
        polygon(
            [(x - half * 1.25, base - height * 0.54), (x, base - height), (x - half * 0.2, base - height * 0.54)],
            mix(roof, "#1c1030", 0.35),
        ),
        circle(x + half * 0.2, base - height * 0.47, half * 0.42, mix(roof, "#fff6e0", 0.8)),
    ]
    windows = max(1, round(nave * 3.2))
    pitch = (height * nave - half) / windows
    for index in range(windows):
        left = x + half + pitch * (index + 0.5) - height * 0.025
        body.append(rect(left, base - height * 0.2, height * 0.05, height * 0.12, shade, r=height * 0.025))
    return group(*body)
