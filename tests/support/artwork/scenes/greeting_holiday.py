"""A holiday: fir twigs, baubles and lights, presents and a lantern."""

from __future__ import annotations

import itertools
import math

from ..brand import emblem
from ..pen import circle, ellipse, fade, group, line, mix, number, path, polygon, rect
from ..plants import spray
from ..sheet import Sheet
from ..things import contact

FLOOR = 240.0


def _bokeh(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    made = []
    for _ in range(58):
        x, y = rng.uniform(0, 600), rng.uniform(0, 250)
        r = rng.uniform(5, 20)
        color = rng.choice(("#ffd27a", "#ffb45e", "#ff8a5a", "#fff0c0", "#f76a6a", "#9fd6c0"))
        fill = sheet.radial(
            (0, fade(color, 0.32)), (0.82, fade(color, 0.4)), (0.94, fade(color, 0.62)), (1, fade(color, 0))
        )
        made.append(circle(x, y, r, fill, opacity=rng.uniform(0.2, 0.75), blend="screen"))
    return made


def _bauble(sheet: Sheet, x: float, y: float, r: float, color: str, *, mark: bool = False, top: float = 0) -> list[str]:
    ball = sheet.radial(
        (0, mix(color, "#ffffff", 0.6)),
        (0.28, mix(color, "#ffffff", 0.12)),
        (0.7, color),
        (1, mix(color, "#12020e", 0.6)),
        x=0.66,
        y=0.32,
        r=0.72,
    )
    made = [line(x, top, x, y - r, "#e6c98a", width=0.8), circle(x, y, r, ball)]
    if mark:
        made.append(emblem(x - r * 0.04, y + r * 0.1, r * 0.95, fade("#fff1d6", 0.92)))
    made += [
        ellipse(
            x + r * 0.36,
            y - r * 0.44,
            r * 0.2,
            r * 0.12,
            "#ffffff",
            opacity=0.85,
            transform=f"rotate(38 {number(x + r * 0.36)} {number(y - r * 0.44)})",
        ),
        path(
            (
                f"M{number(x - r * 0.8)} {number(y + r * 0.3)}A{number(r * 0.86)} {number(r * 0.86)} 0 0 0"
                f" {number(x + r * 0.1)} {number(y + r * 0.85)}"
            ),
            "none",
            stroke="#ffc08a",
            stroke_width=r * 0.07,
            stroke_linecap="round",
            opacity=0.5,
        ),
        rect(
            x - r * 0.19,
            y - r * 1.16,
            r * 0.38,
            r * 0.24,
            sheet.linear("#a97a35", "#ffe9b0", "#b98a40", along=(0, 0, 1, 0)),
            r=0.8,
        ),
        circle(x, y - r * 1.22, r * 0.1, "none", stroke="#e6c98a", stroke_width=0.8),
    ]
    return made


def _present(sheet: Sheet, x: float, base: float, w: float, h: float, *, paper: str, ribbon: str) -> list[str]:
    face = sheet.linear(mix(paper, "#12020e", 0.45), paper, mix(paper, "#ffd9a0", 0.25), along=(0, 0.4, 1, 0))
    tie = sheet.linear(mix(ribbon, "#12020e", 0.3), ribbon, mix(ribbon, "#ffffff", 0.3), along=(0, 0, 1, 0))
    mid, lid = x + w / 2, base - h
    dots = [
        circle(x + 8 + (i % 7) * w / 7, lid + 16 + (i // 7) * 13, 1.3, ribbon, opacity=0.4)
        for i in range(7 * int(max(1, (h - 18) // 13)))
    ]
    made = [
        contact(sheet, mid - 4, base, w * 1.25, 14, color="#0a0208", opacity=0.7),
        rect(x, lid, w, h, face, r=1.5),
        *dots,
    ]
    made += [
        rect(mid - w * 0.07, lid, w * 0.14, h, tie),
        rect(x - 3, lid - 2, w + 6, 12, face, r=1.5),
        rect(x - 3, lid + 9, w + 6, 3, "#12020e", opacity=0.25),
        rect(mid - w * 0.075, lid - 2, w * 0.15, 12, tie),
    ]
    bow = w * 0.26
    for side in (-1, 1):
        d = (
            f"M{number(mid)} {number(lid - 3)}C{number(mid + side * bow * 0.5)} {number(lid - bow * 1.25)}"
            f" {number(mid + side * bow * 1.7)} {number(lid - bow * 1.1)} {number(mid + side * bow * 1.35)}"
            f" {number(lid - bow * 0.35)}C{number(mid + side * bow * 1.1)} {number(lid)}"
            f" {number(mid + side * bow * 0.5)} {number(lid)} {number(mid)} {number(lid - 3)}Z"
        )
        made.append(path(d, sheet.linear(mix(ribbon, "#ffffff", 0.3), mix(ribbon, "#12020e", 0.22))))
        made.append(
            path(
                (
                    f"M{number(mid)} {number(lid - 3)}C{number(mid + side * bow * 0.5)}"
                    f" {number(lid - bow * 0.8)} {number(mid + side * bow * 1.2)} {number(lid - bow * 0.8)}"
                    f" {number(mid + side * bow * 1.05)} {number(lid - bow * 0.4)}"
                    f"C{number(mid + side * bow * 0.8)} {number(lid - bow * 0.1)}"
                    f" {number(mid + side * bow * 0.4)} {number(lid - 2)} {number(mid)} {number(lid - 3)}Z"
                ),
                mix(ribbon, "#12020e", 0.45),
            )
        )
    return [*made, rect(mid - 4, lid - 8, 8, 7.5, mix(ribbon, "#ffffff", 0.25), r=2.5)]


def _lantern(sheet: Sheet, x: float, base: float) -> list[str]:
    metal, shine = "#2b1d28", "#8a6a5a"
    top = base - 92
    made = [
        contact(sheet, x, base, 74, 12, color="#0a0208", opacity=0.7),
        rect(x - 25, top, 50, 84, sheet.radial("#fff3c4", "#ffc569", "#b5602f", x=0.5, y=0.62, r=0.7)),
    ]
    made += [
        rect(x - 8, base - 46, 16, 38, sheet.linear("#d9c3b0", "#fffaf0", "#e6cdb5", along=(0, 0, 1, 0)), r=2),
        ellipse(x, base - 46, 8, 2, "#fff3d6"),
        line(x, base - 46, x, base - 51, "#3a2018", width=1),
    ]
    made += [
        path(
            (
                f"M{x} {base - 68}C{x + 8} {base - 57} {x + 5} {base - 49} {x} {base - 49}C{x - 5} {base - 49}"
                f" {x - 8} {base - 57} {x} {base - 68}Z"
            ),
            sheet.linear("#fff6cf", "#ffd25a", "#ff9a3a"),
        )
    ]
    for px in (x - 27, x - 1.2, x + 23.5):
        made.append(
            rect(
                px,
                top,
                3.4 if px != x - 1.2 else 1.6,
                86,
                sheet.linear(metal, shine, along=(0, 0, 1, 0)),
                opacity=1 if px != x - 1.2 else 0.55,
            )
        )
    made += [
        rect(x - 31, base - 9, 62, 9, sheet.linear(shine, metal), r=1.5),
        rect(x - 31, top - 4, 62, 6, sheet.linear(shine, metal), r=1.5),
        polygon(
            [(x - 28, top - 4), (x - 12, top - 24), (x + 12, top - 24), (x + 28, top - 4)],
            sheet.linear(metal, "#6b4f4a", along=(0, 0, 1, 0)),
        ),
        rect(x - 13, top - 28, 26, 5, metal, r=1.5),
        circle(x, top - 36, 9, "none", stroke="#5b4340", stroke_width=2.2),
    ]
    return made


def _garland(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    made = []
    greens = ("#12382f", "#1c4f3d", "#2b6a4a", "#3f8458")
    for depth in range(4):
        for index in range(22):
            x = -14 + index * 29.5 + rng.uniform(-10, 10)
            dip = 15 * math.cos((x - 300) / 600 * math.pi * 3) + (24 if x < 70 or x > 540 else 0)
            made.append(
                spray(
                    x,
                    -10 + depth * 2 + dip * 0.4,
                    rng.uniform(36, 58) + dip * 0.5,
                    180 + rng.uniform(-48, 48),
                    greens[depth],
                    thick=1.2 - depth * 0.1,
                    needles=20,
                )
            )
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=25)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.radial("#8a2438", "#5b1430", "#2b0a24", x=0.68, y=0.45, r=0.75)))
    sheet.add(sheet.glow(440, 150, 280, "#ff9a5a", 0.7), group(*_bokeh(sheet), filter=sheet.blur(0.8), blend="screen"))
    sheet.add(
        rect(0, FLOOR, 600, 70, sheet.ramp("#7a3f33", "#4a2028", "#200a18", along=(0, FLOOR, 0, 300))),
        rect(0, FLOOR - 1, 600, 2, "#ffb98a", opacity=0.35),
    )
    for y in (258, 280):
        sheet.add(line(0, y, 600, y, "#1a0812", width=1, opacity=0.5))
    sheet.add(ellipse(468, 262, 170, 20, "#ffb45e", opacity=0.28, filter=sheet.blur(10)))
    sheet.add(
        sheet.glow(504, 196, 190, "#ffb45e", 0.9), *_lantern(sheet, 504, 262), sheet.glow(504, 200, 70, "#ffe3a0", 0.9)
    )
    sheet.add(
        *_present(sheet, 382, 268, 84, 62, paper="#c8102e", ribbon="#f6dfb8"),
        *_present(sheet, 434, 282, 54, 36, paper="#f3e3cf", ribbon="#c8102e"),
        *_present(sheet, 546, 276, 66, 48, paper="#1f5a4a", ribbon="#f0c983"),
    )
    for x, y, turn in ((352, 284, 70), (366, 290, 100), (530, 288, 80), (500, 290, 96)):
        sheet.add(
            spray(x, y, 46, turn, "#1c4f3d", thick=1.1, needles=18),
            spray(x + 4, y - 2, 40, turn - 24, "#3f8458", thick=1, needles=16),
        )
    for x, y in ((398, 284), (405, 290), (392, 291)):
        sheet.add(circle(x, y, 4, sheet.radial("#ff9a8a", "#d3142f", "#6b0a1e", x=0.65, y=0.3, r=0.75)))
    sheet.add(*_garland(sheet))
    wire = [(-10.0, 34.0), (90.0, 56.0), (200.0, 44.0), (310.0, 58.0), (420.0, 46.0), (520.0, 58.0), (610.0, 40.0)]
    for (x1, y1), (x2, y2) in itertools.pairwise(wire):
        for index in range(4):
            t = index / 4
            px, py = x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + rng.uniform(-8, 4)
            color = rng.choice(("#ffe3a0", "#ffd27a", "#fff3d0"))
            sheet.add(sheet.glow(px, py, 20, color, 0.95), ellipse(px, py, 2.1, 2.7, "#fffbe8"))
    sheet.add(
        *_bauble(sheet, 118, 108, 24, "#c8102e"),
        *_bauble(sheet, 60, 78, 15, "#e0a850"),
        *_bauble(sheet, 176, 80, 13, "#1f6a58"),
    )
    sheet.add(
        *_bauble(sheet, 342, 112, 30, "#c8102e", mark=True),
        *_bauble(sheet, 288, 82, 14, "#e0a850"),
        *_bauble(sheet, 404, 84, 16, "#f0e3d6"),
        *_bauble(sheet, 570, 96, 19, "#c8102e"),
    )
    for _ in range(60):
        sheet.add(
            circle(
                rng.uniform(0, 600),
                rng.uniform(40, 290),
                rng.uniform(0.4, 1.3),
                "#fff3d0",
                opacity=rng.uniform(0.3, 0.9),
            )
        )
    sheet.finish("#120410", 0.5)
    return sheet
