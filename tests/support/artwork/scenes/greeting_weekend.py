"""Weekend: market stalls on the square, a bicycle with flowers."""

from __future__ import annotations

import itertools
import math

from ..animals import pigeon
from ..nature import cloud
from ..pen import Point, circle, ellipse, group, line, mix, number, path, polygon, rect, stroke
from ..plants import leaf
from ..sheet import Sheet
from ..things import contact
from ..town import awning, cobbles
from ..trees import bush, tree
from ..village import Plan, built, church

GROUND = 204.0


HOUSES = (
    Plan(-18, GROUND, 70, 104, "#f3c6a0", "#b8503f", 42, 0, 4, 2, "gable", "#8a5540"),
    Plan(54, GROUND, 64, 90, "#fbe6c4", "#a84a3f", 38, 0, 3, 2, "stepped"),
    Plan(120, GROUND, 60, 98, "#a9cdc3", "#b8503f", 30, 0, 4, 2, "curved"),
    Plan(284, GROUND, 68, 88, "#f7b9a0", "#a84a3f", 40, 0, 3, 3, "gable"),
    Plan(354, GROUND, 62, 96, "#fff0d3", "#b8503f", 32, 0, 3, 2, "curved"),
    Plan(418, GROUND, 66, 84, "#c9d6a8", "#a84a3f", 42, 0, 3, 2, "gable", "#7a5f45"),
    Plan(486, GROUND, 62, 100, "#f9d3a8", "#b8503f", 34, 0, 4, 2, "stepped"),
    Plan(550, GROUND, 70, 92, "#f3b59a", "#a84a3f", 40, 0, 3, 2, "gable"),
)


def _square(sheet: Sheet) -> list[str]:
    made = built(sheet, HOUSES, frame="#ffffff", glass=("#a9cfe0", "#5f8aa8"), gloom=0.14)
    made.insert(3, church(226, GROUND, 158, "#fff1dc", "#4f8a80", nave=0.36, dark="#dcc7bb"))
    return made


def _crate(sheet: Sheet, x: float, y: float, width: float, kind: tuple[str, str]) -> list[str]:
    rng = sheet.rng
    made = []
    for row in range(2):
        for index in range(int(width // 6)):
            cx, cy = x + 4 + index * 6 + row * 2, y - 4 + row * 4 - rng.uniform(0, 1.5)
            made.append(
                circle(cx, cy, 3.6, sheet.radial(mix(kind[0], "#ffffff", 0.35), kind[0], kind[1], x=0.65, y=0.3, r=0.8))
            )
    made.append(rect(x, y + 2, width, 13, sheet.linear("#d9a566", "#a97640"), r=1))
    return [*made, line(x, y + 8.5, x + width, y + 8.5, "#7d5028", width=0.8)]


def _stall(
    sheet: Sheet, x: float, base: float, width: float, stripes: tuple[str, str], *, goods: list[tuple[str, str]]
) -> list[str]:
    top = base - 92
    made = [contact(sheet, x + width / 2 - 8, base, width * 1.1, 16, color="#4a2a3a", opacity=0.45)]
    made += [
        rect(px, top + 8, 4, 92 - 8, sheet.linear("#8a5a38", "#d9a570", along=(0, 0, 1, 0)))
        for px in (x + 2, x + width - 6)
    ]
    made.append(rect(x + 6, top + 20, width - 12, 44, "#5b3a3f", opacity=0.55))
    made.append(rect(x, base - 34, width, 34, sheet.linear("#c98f55", "#8f5a38")))
    made += [
        line(x + index * width / 7, base - 34, x + index * width / 7, base, "#6b3f28", width=0.9)
        for index in range(1, 7)
    ]
    each = width / len(goods)
    for index, kind in enumerate(goods):
        made += _crate(sheet, x + index * each + 2, base - 44, each - 4, kind)
    return [*made, awning(sheet, x - 2, top, width + 4, 22, stripes=stripes, count=9, flare=7)]


def _wheel(x: float, y: float, r: float) -> str:
    spokes = "".join(
        (
            f"M{number(x)} {number(y)}L{number(x + r * math.cos(a * math.pi / 9))}"
            f" {number(y + r * math.sin(a * math.pi / 9))}"
        )
        for a in range(18)
    )
    return group(
        stroke(spokes, "#d9d3d0", 0.5, opacity=0.9),
        circle(x, y, r, "none", stroke="#2b2230", stroke_width=3.4),
        circle(x, y, r - 2.2, "none", stroke="#e9dcd0", stroke_width=1),
        circle(x, y, 2.4, "#5b5560"),
    )


def _bicycle(sheet: Sheet, x: float, base: float) -> list[str]:
    r = 29.0
    y = base - r
    back, front = (x, y), (x + 96, y)
    hub: Point = (x + 38, y + 2)
    seat: Point = (x + 24, y - 48)
    head: Point = (x + 80, y - 50)
    red = "#c8102e"
    tubes = (
        f"M{back[0]} {back[1]}L{hub[0]} {hub[1]}L{seat[0] + 3} {seat[1] + 8}ZM{hub[0]} {hub[1]}Q{x + 66}"
        f" {y - 6} {head[0] + 2} {head[1] + 10}M{seat[0] + 6} {seat[1] + 16}Q{x + 54} {y - 14} {head[0] + 1}"
        f" {head[1] + 4}M{head[0] - 2} {head[1] - 8}L{front[0]} {front[1]}"
    )
    made = [
        group(ellipse(x + 20, base + 3, 84, 6, "#4a2a3a"), filter=sheet.blur(3), opacity=0.5),
        _wheel(*back, r),
        _wheel(*front, r),
    ]
    made += [
        stroke(tubes, "#7d0a22", 5),
        stroke(tubes, red, 3.8),
        stroke(tubes, "#ff8a8a", 0.9, opacity=0.7, transform="translate(0.6 -0.8)"),
    ]
    made += [
        stroke(f"M{x - 24} {y - 22}A33 33 0 0 1 {x + 26} {y - 19}", red, 2.6),
        stroke(f"M{x + 80} {y - 29}A33 33 0 0 1 {x + 124} {y - 17}", red, 2.6),
    ]
    made += [
        circle(*hub, 7, "none", stroke="#5b5560", stroke_width=2),
        stroke(f"M{hub[0]} {hub[1]}L{hub[0] + 8} {hub[1] + 12}M{hub[0] + 4} {hub[1] + 12}h9", "#4a4450", 2),
    ]
    made += [
        stroke(f"M{seat[0] + 3} {seat[1] + 8}L{seat[0]} {seat[1] - 4}", "#8a8590", 2.6),
        path(
            (
                f"M{seat[0] - 15} {seat[1] - 9}Q{seat[0] - 4} {seat[1] - 12} {seat[0] + 14} {seat[1] - 7}"
                f"Q{seat[0] + 4} {seat[1] - 2} {seat[0] - 4} {seat[1] - 1}Q{seat[0] - 13} {seat[1] - 1}"
                f" {seat[0] - 15} {seat[1] - 9}Z"
            ),
            "#6b4028",
        ),
    ]
    made.append(
        stroke(
            f"M{head[0] - 3} {head[1] - 9}q-1 -6 5 -8q8 -2 10 2M{head[0] - 2} {head[1] - 15}q-10 -2 -15 4",
            "#8a8590",
            2.6,
        )
    )
    made.append(stroke(f"M{head[0] - 17} {head[1] - 11}l-6 3", "#6b4028", 4))
    return made


def _flower_basket(sheet: Sheet, x: float, y: float) -> list[str]:
    rng = sheet.rng
    made = [
        leaf(
            x + rng.uniform(-12, 12),
            y - 2,
            rng.uniform(14, 24),
            rng.uniform(-60, 60),
            rng.choice(("#3f8a50", "#5fa55a", "#2d6b45")),
        )
        for _ in range(18)
    ]
    blooms = (
        ("#ffffff", "#ffd84a"),
        ("#f7889a", "#c8304f"),
        ("#ffd25a", "#d98a20"),
        ("#c8102e", "#7d0a22"),
        ("#b58ae0", "#6a4aa0"),
    )
    for _ in range(17):
        bx, by = x + rng.uniform(-17, 17), y - 14 + rng.uniform(-11, 9)
        petal, heart = rng.choice(blooms)
        for index in range(6):
            a = index * math.pi / 3
            made.append(circle(bx + 2.6 * math.cos(a), by + 2.6 * math.sin(a), 2.1, petal))
        made.append(circle(bx, by, 1.7, heart))
    body = f"M{x - 19} {y - 6}H{x + 19}L{x + 14} {y + 18}H{x - 14}Z"
    weave = [
        rect(
            x - 20 + c * 4.2 + (r % 2) * 2,
            y - 6 + r * 4.2,
            4,
            3.4,
            ("#d9a566", "#b57f45", "#e6bb80")[(r + c) % 3],
            r=1.2,
        )
        for r in range(6)
        for c in range(10)
    ]
    return [
        *made,
        path(body, "#8a5a30"),
        group(*weave, clip_path=sheet.clip(path(body))),
        rect(x - 20, y - 8, 40, 4, "#c98f50", r=2),
    ]


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=27)
    sheet.add(sheet.whole(sheet.ramp("#4aa3dd", "#94cfee", "#d9eef0", "#fff3dc", along=(0, 0, 0, GROUND))))
    sheet.add(
        sheet.glow(560, 10, 300, "#fff0b8", 0.9),
        cloud(sheet, 150, 52, 150, 30, light="#ffffff", shade="#b9d8ec"),
        cloud(sheet, 360, 36, 120, 20, light="#ffffff", shade="#c3dded"),
        cloud(sheet, 480, 76, 90, 14, light="#ffffff", shade="#cfe3ee"),
    )
    sheet.add(*_square(sheet), rect(0, 90, 600, 116, sheet.linear("#fff0d000", "#fff0d055")))
    sheet.add(
        rect(0, GROUND, 600, 100, sheet.ramp("#f6dcb8", "#d3a682", "#8f6258", along=(0, GROUND, 0, 300))),
        cobbles(sheet, GROUND + 1, 300, "#8a5f58", 12, opacity=0.3),
        cobbles(sheet, GROUND + 2, 300, "#fff6e3", 10, opacity=0.35),
    )
    sheet.add(
        tree(sheet, 196, GROUND + 2, 92, "#2f6a45", mid="#559a50", light="#b5d66a"),
        tree(sheet, 22, GROUND + 4, 110, "#2f6a45", mid="#559a50", light="#b5d66a"),
    )
    apple, orange, green, lemon, plum = (
        ("#e0394a", "#8f1230"),
        ("#f39a3a", "#b5601a"),
        ("#8fbf4a", "#4a7a2a"),
        ("#f7d24a", "#c9952a"),
        ("#7a4a90", "#402358"),
    )
    sheet.add(*_stall(sheet, 82, 220, 104, ("#3f8a80", "#fff3e2"), goods=[lemon, green, apple]))
    sheet.add(*_stall(sheet, 220, 226, 128, ("#c8102e", "#fff3e2"), goods=[apple, orange, green, plum]))
    sheet.add(*_stall(sheet, 388, 232, 140, ("#e0982f", "#fff3e2"), goods=[orange, lemon, apple, green]))
    for x, w in ((560, 50), (594, 60)):
        sheet.add(
            rect(x - w * 0.3, 236, w * 0.6, 26, sheet.linear("#a8553a", "#e09a6a", along=(0, 0, 1, 0)), r=2),
            bush(sheet, x, 242, w, 46, dark="#2f6a45", mid="#5a9f52", light="#b5d66a", fray=5),
        )
    sheet.add(*_bunting([(-10, 92), (120, 112), (250, 104), (380, 116), (500, 104), (610, 90)]))
    sheet.add(*_bicycle(sheet, 404, 280), *_flower_basket(sheet, 504, 202))
    for x, y in ((300, 262), (322, 270), (284, 274)):
        sheet.add(pigeon(x, y))
    sheet.add(sheet.glow(590, 0, 420, "#ffe9a8", 0.3))
    sheet.finish("#4a2a3a", 0.3, grain=0.03)
    return sheet


def _bunting(points: list[Point]) -> list[str]:
    colors = ("#c8102e", "#fff3e2", "#3f8a80", "#f0b03a")
    made = []
    count = 0
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        sag = 10.0
        made.append(stroke(f"M{x1} {y1}Q{(x1 + x2) / 2} {(y1 + y2) / 2 + sag * 2} {x2} {y2}", "#7a5a50", 0.7))
        for index in range(8):
            t = (index + 0.5) / 8
            x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * (x1 + x2) / 2 + t * t * x2
            y = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * ((y1 + y2) / 2 + sag * 2) + t * t * y2
            made.append(polygon([(x - 4.6, y), (x + 4.6, y), (x, y + 10)], colors[count % 4]))
            count += 1
    return made
