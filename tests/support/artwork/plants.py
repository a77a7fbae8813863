"""Grass, flowers, leaves, fir twigs and pot plants.

Trees and bushes are in `trees`.
"""

from __future__ import annotations

from random import Random

from .pen import circle, element, group, mix, number, path, placed, polyline, stroke
from .sheet import Sheet


def grass(
    rng: Random,
    x: float,
    base: float,
    width: float,
    height: float,
    *,
    color: str,
    count: int = 30,
    lean: float = 0.2,
    thick: float = 1.0,
) -> str:
    """Blades growing from a line."""
    blades = []
    for _ in range(count):
        root = x + rng.uniform(-0.5, 0.5) * width
        tall = height * rng.uniform(0.45, 1)
        bend = tall * (lean + rng.uniform(-0.3, 0.3))
        foot = base + tall * rng.uniform(-0.08, 0.22)
        blades.append(
            f"M{number(root)} {number(foot)}q{number(bend * 0.2)} {number(-tall * 0.6)} {number(bend)} {number(-tall)}"
        )
    return stroke("".join(blades), color, thick)


def flowers(
    rng: Random, x: float, y: float, width: float, height: float, *, colors: list[str], count: int, size: float
) -> str:
    """Dots of bloom strewn over an area."""
    made = [
        circle(
            x + rng.uniform(-0.5, 0.5) * width,
            y + rng.uniform(-0.5, 0.5) * height,
            size * rng.uniform(0.6, 1.2),
            rng.choice(colors),
        )
        for _ in range(count)
    ]
    return group(*made)


def leaf(
    x: float, y: float, length: float, turn: float, fill: str, *, vein: str | None = None, plump: float = 0.34
) -> str:
    """One pointed leaf that starts at (x, y); turn 0 points up."""
    half = length * plump
    d = (
        f"M0 0C{number(half)} {number(-length * 0.25)} {number(half)} {number(-length * 0.7)} 0"
        f" {number(-length)}C{number(-half)} {number(-length * 0.7)} {number(-half)} {number(-length * 0.25)}"
        " 0 0Z"
    )
    parts = [path(d, fill)]
    if vein:
        parts.append(stroke(f"M0 0L0 {number(-length * 0.85)}", vein, max(0.4, length * 0.03), opacity=0.6))
    return placed(*parts, x=x, y=y, turn=turn)


def pot_plant(
    sheet: Sheet, x: float, base: float, height: float, pot: str, *, green: tuple[str, str], leaves: int = 11
) -> str:
    """Arching leaves in a pot."""
    rng = sheet.rng
    tall = height * 0.34
    half = height * 0.2
    made = []
    for index in range(leaves):
        turn = -75 + 150 * index / (leaves - 1) + rng.uniform(-8, 8)
        long = height * rng.uniform(0.5, 0.72) * (1 - abs(turn) / 260)
        made.append(
            leaf(
                x + turn * 0.03,
                base - tall * 0.9,
                long,
                turn,
                sheet.linear(green[1], green[0], along=(1, 0, 0, 1)),
                vein=mix(green[1], "#ffffff", 0.3),
                plump=0.2,
            )
        )
    rng.shuffle(made)
    clay = sheet.linear(mix(pot, "#000000", 0.35), pot, mix(pot, "#ffffff", 0.22), along=(0, 0, 1, 0))
    body = polyline(
        [(x - half, base - tall), (x + half, base - tall), (x + half * 0.78, base), (x - half * 0.78, base)]
    )
    rim = element(
        "rect", x=x - half * 1.08, y=base - tall * 1.05, width=half * 2.16, height=tall * 0.22, rx=1.5, fill=clay
    )
    return group(*made, path(body, clay), rim)


def spray(x: float, y: float, length: float, turn: float, color: str, *, thick: float = 1.1, needles: int = 26) -> str:
    """A fir twig with needles."""
    blades: list[str] = []
    for index in range(needles):
        share = (index + 1) / needles
        along = -length * share
        reach = length * 0.2 * (1.15 - share * 0.75)
        blades.extend(f"M0 {number(along)}L{number(side * reach)} {number(along - reach * 0.95)}" for side in (-1, 1))
    stem = stroke(f"M0 0L0 {number(-length)}", mix(color, "#3a2415", 0.5), thick * 1.6)
    return placed(stem, stroke("".join(blades), color, thick), x=x, y=y, turn=turn)
