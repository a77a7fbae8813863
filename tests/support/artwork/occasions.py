"""What the letters to single recipients are about: a gift, a cake, a card; each about 40 by 40 around the origin.

Flat and in few colours, so that a countdown may tick on them.
"""

from __future__ import annotations

from .brand import emblem
from .pen import circle, ellipse, group, line, path, placed, rect, stroke
from .sheet import Sheet
from .things import RED

CREAM, WINE, GOLD, SUN, TEAL, INK, STEEL = "#fff3e2", "#8c0b22", "#e9b44c", "#f6d27a", "#2f6a70", "#3a1a2e", "#b9b3bd"


def door(_: Sheet) -> str:
    """The door of the store, below a striped awning."""
    stripes = [path(f"M{-20 + 8 * step} -14h8v9a4 4 0 0 1 -8 0z", RED if step % 2 == 0 else CREAM) for step in range(5)]
    return group(
        rect(-17, -8, 34, 28, WINE),
        rect(-13, -3, 26, 23, "#f0c987"),
        rect(-12, -2, 11.4, 22, TEAL),
        rect(0.6, -2, 11.4, 22, TEAL),
        rect(-10, 1, 7.4, 9, "#bfe0dd"),
        rect(2.6, 1, 7.4, 9, "#bfe0dd"),
        circle(-2.4, 13, 0.9, GOLD),
        circle(2.4, 13, 0.9, GOLD),
        *stripes,
        rect(-21, -18, 42, 5, WINE, r=1.4),
    )


def profile(_: Sheet) -> str:
    """A card with somebody on it."""
    return group(
        rect(-20, -14, 40, 30, CREAM, r=3),
        rect(-20, -14, 40, 7, RED, r=3),
        rect(-20, -10, 40, 3, RED),
        circle(-9, 1, 4.4, "#c98f58"),
        path("M-17 13q0 -8 8 -8t8 8z", TEAL),
        rect(3, -2, 13, 2.4, INK, r=1.2, opacity=0.7),
        rect(3, 3, 9, 2.4, "#d9ccd0", r=1.2),
        rect(3, 8, 11, 2.4, "#d9ccd0", r=1.2),
    )


def phone(_: Sheet) -> str:
    """A phone with the leaf on its screen."""
    return group(
        rect(-11, -20, 22, 40, INK, r=4),
        rect(-9, -17, 18, 33, CREAM, r=1.6),
        emblem(0, -4, 13, RED, CREAM),
        rect(-6.4, 6, 12.8, 4.4, RED, r=2.2),
        rect(-3, 17.2, 6, 1.2, STEEL, r=0.6),
    )


def card(_: Sheet, ground: str = RED, mark: str = CREAM) -> str:
    """The loyalty card."""
    return group(
        rect(-21, -13, 42, 27, ground, r=3),
        rect(-21, -7, 42, 4.4, INK, opacity=0.35),
        emblem(12, 6, 11, mark, ground),
        rect(-16, 3, 14, 2.2, mark, r=1.1, opacity=0.9),
        rect(-16, 7.4, 9, 2.2, mark, r=1.1, opacity=0.6),
    )


def gift(_: Sheet, paper: str = RED, ribbon: str = SUN) -> str:
    """A parcel with a bow."""
    return group(
        rect(-15, -4, 30, 23, paper, r=1),
        rect(-18, -9, 36, 8, paper, r=1),
        rect(-18, -2.6, 36, 1.6, INK, opacity=0.25),
        rect(-3, -9, 6, 28, ribbon),
        path("M0 -9C-4 -20 -15 -19 -12 -12C-11 -9.4 -5 -9 0 -9ZM0 -9C4 -20 15 -19 12 -12C11 -9.4 5 -9 0 -9Z", ribbon),
        circle(0, -9.6, 2.6, GOLD),
    )


def opened(sheet: Sheet) -> str:
    """The same parcel, opened and empty."""
    return group(
        rect(-15, -2, 30, 21, WINE, r=1),
        rect(-13, -4, 26, 5, INK, opacity=0.5),
        rect(-3, 1, 6, 18, GOLD),
        placed(rect(-18, -4, 36, 8, RED, r=1), rect(-3, -4, 6, 8, SUN), x=-6, y=-15, turn=-16),
        *[circle(x, y, 1.4, sheet_color) for x, y, sheet_color in ((12, -12, GOLD), (18, -6, TEAL), (7, -18, RED))],
    )


def cake(_: Sheet) -> str:
    """A birthday cake with three candles."""
    candles = [
        group(rect(x - 1.2, -13, 2.4, 9, color), path(f"M{x} -19q2.6 3 0 5q-2.6 -2 0 -5z", GOLD))
        for x, color in ((-8, TEAL), (0, CREAM), (8, RED))
    ]
    icing = "M-16 -1V-3Q-16 -5 -14 -5H14Q16 -5 16 -3V-1Q14 4 11 0Q8 5 4 0Q0 5 -4 0Q-8 5 -11 0Q-14 4 -16 -1Z"
    return group(
        ellipse(0, 18, 22, 3, STEEL),
        ellipse(0, 17, 22, 3, "#ffffff"),
        rect(-16, -3, 32, 19, "#c9714e", r=2),
        rect(-16, 6, 32, 3, CREAM),
        *candles,
        path(icing, "#ffffff"),
    )


def medal(_: Sheet) -> str:
    """A star on a ribbon."""
    star = "M0 -8L2.4 -2.9L8 -2.3L3.8 1.4L5 7L0 4.1L-5 7L-3.8 1.4L-8 -2.3L-2.4 -2.9Z"
    return group(
        path("M-9 -20H-1L5 -4H-3Z", WINE),
        path("M9 -20H1L-5 -4H3Z", RED),
        circle(0, 6, 14, GOLD),
        circle(0, 6, 11.4, SUN),
        placed(path(star, RED), y=6),
    )


def coins(_: Sheet) -> str:
    """Points, piled up."""
    piles = ((-13, 2), (0, 4), (13, 6))
    return group(
        *(
            group(ellipse(x, 16 - 5 * level, 8, 3.2, "#b98a2e"), ellipse(x, 14.6 - 5 * level, 8, 3.2, SUN))
            for x, height in piles
            for level in range(height)
        )
    )


def hourglass(_: Sheet) -> str:
    """Half of the time is left."""
    return group(
        path("M-11 -16H11V-12Q11 -4 2 1Q11 6 11 14V18H-11V14Q-11 6 -2 1Q-11 -4 -11 -12Z", "#dceff0"),
        path("M-8 -8H8Q6 -3 0 0Q-6 -3 -8 -8ZM-10 17V15Q-8 9 0 7Q8 9 10 15V17Z", GOLD),
        line(0, 0, 0, 9, GOLD, width=1.2),
        rect(-14, -20, 28, 4.4, SUN, r=1.4),
        rect(-14, 17, 28, 4.4, SUN, r=1.4),
    )


def letter(_: Sheet) -> str:
    """A letter, sealed with the leaf."""
    return group(
        rect(-20, -13, 40, 28, CREAM, r=2),
        stroke("M-19 -12L0 4L19 -12", "#d9b98c", 1.6),
        circle(0, 5, 6.4, RED),
        emblem(0, 5, 7, CREAM, RED),
    )


def trolley(_: Sheet) -> str:
    """A shopping trolley."""
    return group(
        stroke("M-21 -14H-15L-9 8H13L17 -8H-13", INK, 2.4),
        path("M-12.6 -7H16.2L13 7H-8.8Z", RED, opacity=0.9),
        *[line(x, -6, x * 0.86, 6.4, CREAM, width=1.2) for x in (-7, -1, 5, 11)],
        circle(-6, 14, 3, INK),
        circle(10, 14, 3, INK),
    )
