"""The shop app and the shop's page as they show on a screen: leaf, banner, tiles. Words are grey bars.

Sizes are in a screen's own units: a phone is 150 by 312, a page 400 by 250.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import wares
from .brand import emblem
from .pen import circle, ellipse, group, line, path, placed, rect, stroke
from .sheet import Sheet
from .things import RED, bag

INK, PALE = "#4a3a48", "#e6dce0"


def heart(x: float, y: float, size: float, color: str, filled: bool = True) -> str:
    """A small heart around (x, y)."""
    d = "M0 8C-10 0 -10 -8 -4 -8Q-1 -8 0 -5Q1 -8 4 -8C10 -8 10 0 0 8Z"
    return placed(path(d, color if filled else "none", stroke=color, stroke_width=1.6), x=x, y=y, scale=size / 16)


def tile(sheet: Sheet, x: float, y: float, width: float, height: float, *, ware: int, loved: bool = False) -> str:
    """A product: its picture on a tint, two bars of name, one of price."""
    picture = height * 0.66
    return group(
        rect(x, y + 1.2, width, height, "#3a1a2e", r=5, opacity=0.12),
        rect(x, y, width, height, "#ffffff", r=5),
        rect(x + 3, y + 3, width - 6, picture, wares.TINTS[ware], r=4),
        ellipse(x + width / 2, y + picture * 0.86, width * 0.26, picture * 0.05, "#3a1a2e", opacity=0.14),
        placed(wares.ALL[ware](sheet), x=x + width / 2, y=y + 3 + picture * 0.5, scale=picture / 52),
        heart(x + width - 9, y + 10, 6.4, RED if loved else "#b5a5ad", loved),
        rect(x + 5, y + picture + 7, width * 0.56, 2.8, INK, r=1.4, opacity=0.7),
        rect(x + 5, y + picture + 12.4, width * 0.36, 2.2, PALE, r=1.1),
        rect(x + width * 0.66, y + picture + 11.4, width * 0.24, 3.4, RED, r=1.7),
    )


def banner(sheet: Sheet, x: float, y: float, width: float, height: float) -> str:
    """The offer above the tiles: bags on coral."""
    h = height
    return group(
        rect(x, y, width, h, sheet.linear("#f78a6a", "#e0394a", "#b00d30", along=(1, 0, 0, 1)), r=6),
        group(
            circle(x + width * 0.78, y + h * 0.5, h * 0.52, "#ffffff", opacity=0.14),
            circle(x + width * 0.98, y + h * 0.1, h * 0.42, "#ffffff", opacity=0.1),
            clip_path=sheet.clip(rect(x, y, width, h, "#fff", r=6)),
        ),
        bag(sheet, x + width - h * 1.02, y + h * 0.9, h * 0.42, h * 0.52, color="#fff3e2", mark=RED),
        bag(sheet, x + width - h * 0.6, y + h * 0.92, h * 0.36, h * 0.42, color="#2f6f72", mark="#fff1dc"),
        rect(x + 9, y + h * 0.22, width * 0.36, h * 0.09, "#ffffff", r=h * 0.045),
        rect(x + 9, y + h * 0.38, width * 0.26, h * 0.07, "#ffffff", r=h * 0.035, opacity=0.7),
        rect(x + 9, y + h * 0.62, width * 0.24, h * 0.2, "#ffffff", r=h * 0.1),
        rect(x + 14, y + h * 0.69, width * 0.24 - 10, h * 0.06, RED, r=1),
    )


def _icons(y: float, width: float, chosen: str) -> str:
    step = width / 4
    grey = "#9a8a94"
    return group(
        path(
            f"M{step * 0.5 - 6} {y + 1}L{step * 0.5} {y - 5}L{step * 0.5 + 6} {y + 1}V{y + 6}H{step * 0.5 - 6}Z", chosen
        ),
        heart(step * 1.5, y + 0.6, 11, grey, False),
        path(
            f"M{step * 2.5 - 5.4} {y - 2}H{step * 2.5 + 5.4}L{step * 2.5 + 6.4} {y + 6}H{step * 2.5 - 6.4}Z",
            "none",
            stroke=grey,
            stroke_width=1.2,
        ),
        stroke(f"M{step * 2.5 - 2.6} {y - 2}q0 -4 2.6 -4t2.6 4", grey, 1.2),
        circle(step * 2.5 + 6, y - 4, 3, RED),
        circle(step * 3.5, y - 2.6, 2.8, "none", stroke=grey, stroke_width=1.2),
        stroke(f"M{step * 3.5 - 5} {y + 6}q0 -5.6 5 -5.6t5 5.6", grey, 1.2),
    )


def app(sheet: Sheet, order: Sequence[int], round_bar: bool) -> str:
    """The app, 150 by 312; `round_bar` draws the chosen tab as a pill and a round button over the tiles."""
    made = [rect(0, 0, 150, 312, "#faf4f2"), rect(0, 0, 150, 60, sheet.linear("#ffffff", "#faf4f2"))]
    made += [
        rect(14, 9, 14, 3.4, INK, r=1.7),
        rect(126, 8.4, 11, 5, "none", r=1.6, stroke=INK, stroke_width=0.9),
        rect(127.4, 9.8, 7, 2.2, INK, r=0.6),
        *[rect(112 + i * 3, 13 - i * 1.4, 2, 1 + i * 1.4, INK, r=0.6) for i in range(4)],
    ]
    made += [
        emblem(20, 35, 17, RED, "#ffffff"),
        rect(34, 26, 82, 17, "#f0e6e6", r=8.5),
        circle(45, 34, 3.2, "none", stroke="#9a8a94", stroke_width=1.2),
        line(47.4, 36.4, 50, 39, "#9a8a94", width=1.2),
        rect(55, 32.6, 34, 3, "#c9bcc3", r=1.5),
    ]
    made += [
        path("M127 30.5H137L138.4 41H125.6Z", "none", stroke=INK, stroke_width=1.3),
        stroke("M129.6 30.5q0 -4.4 2.4 -4.4t2.4 4.4", INK, 1.3),
        circle(138.6, 29.4, 3.4, RED),
    ]
    made.append(banner(sheet, 9, 51, 132, 62))
    for index, ware in enumerate((6, 0, 1, 8, 7)):
        cx = 21 + index * 27
        made += [circle(cx, 130, 10.6, wares.TINTS[ware]), placed(wares.ALL[ware](sheet), x=cx, y=129.6, scale=0.36)]
    for index, ware in enumerate(order):
        made.append(
            tile(sheet, 9 + (index % 2) * 68, 149 + (index // 2) * 76, 64, 71, ware=ware, loved=index in {0, 3})
        )
    made += [rect(0, 279, 150, 34, "#ffffff"), rect(0, 279, 150, 0.7, "#e6dce0")]
    if round_bar:
        made += [
            rect(6, 284, 26, 15, "#f9d6d6", r=7.5),
            circle(130, 262, 11, "#3a1a2e", opacity=0.2),
            circle(130, 260, 11, RED),
            stroke("M130 255V265M125 260H135", "#ffffff", 2),
        ]
    return group(
        *made, _icons(291, 150, RED), rect(58 if round_bar else 50, 305, 34 if round_bar else 50, 2.4, INK, r=1.2)
    )


def page(sheet: Sheet) -> str:
    """The shop in a browser, 400 by 250."""
    made = [
        rect(0, 0, 400, 250, "#faf4f2"),
        rect(0, 0, 400, 18, "#e9dfe3"),
        stroke("M13 6L9.6 9L13 12M21 6L24.4 9L21 12", "#9a8a94", 1.3),
        circle(38, 9, 3, "none", stroke="#9a8a94", stroke_width=1.2),
        rect(60, 4.4, 250, 9.4, "#ffffff", r=4.7),
        rect(70, 7.8, 80, 2.6, "#c9bcc3", r=1.3),
    ]
    made += [
        rect(0, 18, 400, 26, "#ffffff"),
        emblem(20, 31, 18, RED, "#ffffff"),
        *[rect(46 + i * 36, 29.4, (26, 20, 28, 22)[i], 3.4, INK if i else RED, r=1.7, opacity=0.8) for i in range(4)],
        rect(214, 24, 110, 14, "#f0e6e6", r=7),
        circle(226, 30.6, 3, "none", stroke="#9a8a94", stroke_width=1.1),
        line(228.2, 32.8, 230.6, 35.2, "#9a8a94", width=1.1),
        rect(236, 29.6, 44, 2.8, "#c9bcc3", r=1.4),
        heart(346, 31.6, 11, INK, False),
    ]
    made += [
        path("M371 27.5H381L382.4 37H369.6Z", "none", stroke=INK, stroke_width=1.3),
        stroke("M373.6 27.5q0 -4 2.4 -4t2.4 4", INK, 1.3),
        circle(383, 26.4, 3.6, RED),
    ]
    made.append(banner(sheet, 12, 52, 376, 84))
    made += [
        tile(sheet, 12 + index * 76.4, 146, 70, 88, ware=ware, loved=index in {1, 4})
        for index, ware in enumerate((4, 1, 6, 0, 3))
    ]
    return group(*made, *[rect(12 + i * 76.4, 242, 70, 20, "#ffffff", r=5) for i in range(5)])
