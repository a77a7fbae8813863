"""Heat: a pool from above at noon, a swim ring, palm shadows, something with ice."""

from __future__ import annotations

import math

from ..cups import citrus
from ..pen import Point, circle, curve, ellipse, group, number, path, placed, polygon, rect, stroke
from ..sheet import Sheet

EDGE: list[Point] = [(-20, 166), (90, 186), (190, 222), (262, 268), (300, 330)]


def _ring(sheet: Sheet, x: float, y: float, r: float) -> list[str]:
    hole = r * 0.46
    d = (
        f"M{number(-r)} 0A{number(r)} {number(r)} 0 1 1 {number(r)} 0A{number(r)} {number(r)} 0 1 1"
        f" {number(-r)} 0ZM{number(-hole)} 0A{number(hole)} {number(hole)} 0 1 0 {number(hole)} 0"
        f"A{number(hole)} {number(hole)} 0 1 0 {number(-hole)} 0Z"
    )
    shade = placed(path(d, "#0a4a78", fill_rule="evenodd"), x=x - 26, y=y + 24)
    made = [group(shade, filter=sheet.blur(5), opacity=0.5)]
    parts = [path(d, "#fff4e6", fill_rule="evenodd")]
    for index in range(5):
        a, b = math.radians(index * 72 - 12), math.radians(index * 72 + 24)
        wedge = (
            f"M{number(hole * math.cos(a))} {number(hole * math.sin(a))}L{number(r * math.cos(a))}"
            f" {number(r * math.sin(a))}A{number(r)} {number(r)} 0 0 1 {number(r * math.cos(b))}"
            f" {number(r * math.sin(b))}L{number(hole * math.cos(b))} {number(hole * math.sin(b))}"
            f"A{number(hole)} {number(hole)} 0 0 0 {number(hole * math.cos(a))} {number(hole * math.sin(a))}Z"
        )
        parts.append(path(wedge, "#d3142f"))
    tube = sheet.radial(
        (0.44, "#5a1030aa"), (0.52, "#5a103022"), (0.7, "#ffffff66"), (0.84, "#ffffff00"), (1, "#5a103099")
    )
    parts.append(path(d, tube, fill_rule="evenodd"))
    parts.append(path(d, sheet.linear((0.35, "#ffffff00"), (1, "#40103055"), along=(1, 0, 0, 1)), fill_rule="evenodd"))
    middle = (r + hole) / 2
    arc = (
        f"M{number(middle * math.cos(-1.25))} {number(middle * 1.08 * math.sin(-1.25))}"
        f"A{number(middle * 1.08)} {number(middle * 1.08)} 0 0 1 {number(middle * 1.08 * math.cos(-0.2))}"
        f" {number(middle * 1.08 * math.sin(-0.2))}"
    )
    parts.append(stroke(arc, "#ffffff", r * 0.07, opacity=0.85))
    parts.append(
        circle(middle * 1.06 * math.cos(0.05), middle * 1.06 * math.sin(0.05), r * 0.04, "#ffffff", opacity=0.85)
    )
    made.append(placed(*parts, x=x, y=y, turn=-14))
    return made


def _palm(x: float, y: float, length: float, turn: float, color: str, *, leaves: int = 15) -> str:
    blades = []
    for index in range(leaves):
        share = (index + 1) / leaves
        along = -length * share
        reach = length * 0.42 * math.sin(math.pi * (0.16 + 0.8 * share)) + length * 0.05
        for side in (-1, 1):
            tip = (side * reach, along - reach * 0.55)
            blades.append(
                f"M0 {number(along + 3)}Q{number(side * reach * 0.5)} {number(along - reach * 0.45)}"
                f" {number(tip[0])} {number(tip[1])}Q{number(side * reach * 0.42)}"
                f" {number(along - reach * 0.12)} 0 {number(along - 3)}Z"
            )
    return placed(
        path("".join(blades), color), stroke(f"M0 0V{number(-length)}", color, length * 0.018), x=x, y=y, turn=turn
    )


def _drink(sheet: Sheet, x: float, y: float, r: float) -> list[str]:
    rng = sheet.rng
    made = [group(ellipse(x - r * 0.8, y + r * 0.75, r * 1.25, r, "#7a2f2a"), filter=sheet.blur(4), opacity=0.5)]
    made += [
        circle(x, y, r, "#ffffff", opacity=0.55),
        circle(x, y, r * 0.88, sheet.radial("#ff9a5a", "#f4603f", "#d43a3a", x=0.6, y=0.4)),
    ]
    for _ in range(5):
        side = r * 0.52
        cube = rect(
            -side / 2,
            -side / 2,
            side,
            side,
            sheet.linear("#fffffff2", "#ffffff55", along=(1, 0, 0, 1)),
            r=side * 0.2,
            stroke="#fff",
            stroke_width=0.5,
        )
        made.append(
            placed(cube, x=x + rng.uniform(-0.4, 0.4) * r, y=y + rng.uniform(-0.4, 0.4) * r, turn=rng.uniform(0, 90))
        )
    made += [
        citrus(x + r * 0.62, y - r * 0.5, r * 0.5, "#f59a2b", "#ffc46b"),
        stroke(f"M{x - r * 0.2} {y + r * 0.1}L{x + r * 0.1} {y - r * 1.7}", "#fff4e6", 3),
        stroke(
            f"M{x - r * 0.2} {y + r * 0.1}L{x + r * 0.1} {y - r * 1.7}",
            "#c8102e",
            3,
            cap="butt",
            stroke_dasharray="3 4",
        ),
    ]
    return made


def _deck(sheet: Sheet) -> list[str]:
    outer = curve([*EDGE]) + "L-20 330Z"
    stone = path(outer, sheet.ramp("#ffdcae", "#f2b98a", "#c9805f", along=(120, 170, 20, 320)))
    made = [group(path(outer, "#063f6a", transform="translate(9 9)"), filter=sheet.blur(5), opacity=0.45), stone]
    inside = sheet.clip(path(outer))
    joints = []
    for index in range(12):
        joints.append(f"M{-60 + index * 46} 100L{-260 + index * 46} 340")
        joints.append(f"M-40 {130 + index * 30}L380 {226 + index * 30}")
    made.append(group(stroke("".join(joints), "#8a4a3a", 1, opacity=0.35), clip_path=inside))
    made.append(stroke(curve(EDGE), "#fff3df", 9))
    made.append(stroke(curve([(x + 2, y + 3.4) for x, y in EDGE]), "#c99a7d", 2))
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=17)
    sheet.add(sheet.whole(sheet.ramp("#7fe3e0", "#2fbfd2", "#1596bd", "#0f78a8", along=(600, 0, 180, 300))))
    tiles = "".join(f"M{index * 24} -10V310M-10 {index * 24}H610" for index in range(27))
    sheet.add(group(stroke(tiles, "#eaffff", 0.8, opacity=0.28), filter=sheet.rough(16, "0.018", 5)))
    sheet.add(sheet.whole("#fff", filter=sheet.caustics("#0c6fa0", "0.011 0.014", 9, 9, 1.0), opacity=0.28))
    sheet.add(sheet.whole("#fff", filter=sheet.caustics("#e8fffb", "0.016 0.02", 12, 3), opacity=0.48, blend="screen"))
    sheet.add(*_ring(sheet, 412, 122, 82))
    sheet.add(sheet.glow(590, 10, 260, "#fff3b8", 1), *_deck(sheet))
    inside = sheet.clip(path(curve(EDGE) + "L-20 330Z"))
    sheet.add(
        group(
            group(_palm(-20, 320, 190, 40, "#6b2a3a"), _palm(-30, 250, 150, 78, "#6b2a3a"), filter=sheet.blur(2)),
            clip_path=inside,
            opacity=0.34,
        )
    )
    sheet.add(*_drink(sheet, 226, 272, 19))
    leaves = [
        (-14, -16, 150, 112, "#0f5a4a"),
        (-10, -20, 170, 136, "#17705a"),
        (30, -24, 130, 160, "#1f8a63"),
        (-24, 20, 120, 92, "#2b9a6a"),
    ]
    sheet.add(
        group(
            *[_palm(x - 20, y + 26, length, turn, "#0a4a70") for x, y, length, turn, _ in leaves],
            filter=sheet.blur(4),
            opacity=0.35,
        )
    )
    sheet.add(*[_palm(*spec) for spec in leaves])
    sheet.add(polygon([(600, -20), (300, 320), (430, 320)], "#fffbe0", opacity=0.1, filter=sheet.blur(10)))
    sheet.finish("#0a2a5a", 0.3, grain=0.02)
    return sheet
