"""Snow: a village street under thick flakes, cocoa in a scarf on the rail."""

from __future__ import annotations

from ..cups import mug, steam
from ..land import hills, mountain
from ..nature import snowfall
from ..pen import curve, ellipse, group, number, path, placed, polygon, rect, stroke, under
from ..sheet import Sheet
from ..town import lamp
from ..trees import conifers, fir
from ..village import Plan, built, church

GROUND = 212.0
HOUSES = (
    Plan(8, GROUND - 8, 66, 66, "#b98a8a", "#6b4a5e", 46, 0.7, 2, 2, "gable", "#6b4450"),
    Plan(196, GROUND - 12, 52, 54, "#9fa6c6", "#5a5577", 36, 0.6, 2, 2, "gable"),
    Plan(92, GROUND - 4, 84, 60, "#c2a08a", "#70505a", 44, 0.8, 2, 3, "eaves"),
    Plan(262, GROUND - 14, 44, 44, "#b78f95", "#5f4a66", 32, 0.7, 2, 2, "gable", "#6b4450"),
    Plan(410, GROUND - 8, 60, 58, "#a88a9a", "#5f4a66", 42, 0.7, 2, 2, "gable"),
    Plan(486, GROUND - 2, 92, 66, "#bf8d84", "#6b4a5e", 50, 0.7, 2, 3, "gable", "#6b4450"),
)


def _village(sheet: Sheet) -> list[str]:
    white = sheet.linear("#ffffff", "#d3ddf2")
    made = built(sheet, HOUSES, frame="#efe6ee", glass=("#7b8ab0", "#4f5f8a"), gloom=0.4, snow=white)
    for x, y in ((56, 104), (150, 90), (450, 108), (554, 108)):
        made.insert(0, rect(x, y, 9, 30, "#8a6a78"))
        made.append(rect(x - 1.5, y - 3, 12, 5, "#f7f9ff", r=2))
    return made


def _scarf(sheet: Sheet, x: float, base: float, width: float) -> list[str]:
    w, h = width / 2, width * 0.92
    red = "#c8102e"
    made = []
    for row, (top, deep) in enumerate(((-h * 0.72, 0.3), (-h * 0.44, 0.3))):
        half = w * (1.06 - 0.04 * row)
        d = (
            f"M{number(-half)} {number(top)}Q0 {number(top + w * 0.42)} {number(half)} {number(top)}"
            f"V{number(top + h * deep)}Q0 {number(top + h * deep + w * 0.42)} {number(-half)}"
            f" {number(top + h * deep)}Z"
        )
        made.append(path(d, sheet.linear("#7a0a24", red, "#e2485a", "#a80d2a", along=(0, 0, 1, 0))))
        made.append(_stitches(half, top, h * deep, w))
    end = (
        f"M{number(-w * 0.55)} {number(-h * 0.32)}Q{number(-w * 0.9)} {number(h * 0.02)} {number(-w * 0.85)}"
        f" {number(h * 0.44)}L{number(-w * 0.2)} {number(h * 0.5)}Q{number(-w * 0.15)} {number(h * 0.05)}"
        f" {number(w * 0.02)} {number(-h * 0.24)}Z"
    )
    made.append(path(end, sheet.linear("#8a0c28", "#d3142f", "#a80d2a", along=(0, 0, 1, 0))))
    for index in range(3):
        y = h * (0.2 + 0.09 * index)
        made.append(
            stroke(
                f"M{number(-w * 0.86)} {number(y)}L{number(-w * 0.17)} {number(y + h * 0.05)}",
                "#fff1e2",
                width * 0.03,
                cap="butt",
            )
        )
    fringe = "".join(
        (
            f"M{number(-w * 0.83 + w * 0.105 * i)} {number(h * 0.44 + h * 0.01 * i)}"
            f"l{number(-0.6 + 0.3 * (i % 3))} {number(h * 0.12)}"
        )
        for i in range(7)
    )
    made.append(stroke(fringe, "#a80d2a", width * 0.03))
    return [placed(*made, x=x, y=base)]


def _stitches(half: float, top: float, deep: float, w: float) -> str:
    marks = []
    for column in range(15):
        share = (column + 0.5) / 15 * 2 - 1
        x = half * share
        sag = w * 0.21 * (1 - share * share)
        for row in range(3):
            y = top + sag + deep * (row + 0.3) / 3
            marks.append(f"M{number(x - 1.6)} {number(y)}l1.6 2.2l1.6 -2.2")
    return stroke("".join(marks), "#5f0a1e", 0.7, opacity=0.55)


def _rail(sheet: Sheet) -> list[str]:
    wood = sheet.linear("#6b4a4a", "#3d2a38")
    made = [rect(336, 262, 280, 50, wood)]
    made += [stroke(f"M336 {y}H610", "#2a1c2c", 0.8, opacity=0.5) for y in (274, 286)]
    top = [(322, 266), (336, 254), (380, 249), (430, 253), (480, 248), (540, 251), (620, 245)]
    low = [(620, 264), (560, 270), (500, 262), (440, 271), (390, 264), (350, 270), (322, 266)]
    made.append(path(curve(top) + "L" + curve(low)[1:] + "Z", sheet.linear("#ffffff", "#dbe4f7", "#a9b8de")))
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=31)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#3f4f8a", "#7886b8", "#c9b7cf", "#f6d3c2", along=(0, 0, 0, 200))))
    sheet.add(sheet.glow(360, 170, 240, "#ffd9b0", 0.7))
    faint, blue = ("#a9aed3", "#d8cbdb"), ("#8f97c6", "#cabfd8")
    sheet.add(
        mountain(
            sheet,
            (150, 60),
            -60,
            330,
            190,
            lit=faint,
            dark=blue,
            snow=("#f3eefa", "#c8cbea"),
            snow_line=0.9,
            stone=0.35,
        ),
        mountain(
            sheet,
            (470, 48),
            270,
            700,
            190,
            lit=faint,
            dark=blue,
            snow=("#f3eefa", "#c8cbea"),
            snow_line=0.9,
            stone=0.35,
        ),
    )
    sheet.add(rect(0, 90, 600, 110, sheet.linear("#e7d5de00", "#efd9dccc")))
    sheet.add(conifers(rng, 188, 50, 14, 34, fill="#8b96bd"), conifers(rng, 196, 36, 18, 44, fill="#67759f"))
    sheet.add(hills(sheet, 194, 4, "#dfe4f5", "#b9c5e6", floor=240))
    sheet.add(
        church(350, 200, 108, "#d7cadd", "#6b5a86", nave=0.42, dark="#9a94bd"),
        polygon([(338, 142), (350, 92), (351, 92), (344, 142)], "#f3f5ff", opacity=0.9),
    )
    sheet.add(*_village(sheet))
    ground = under(
        [
            (-10, GROUND - 8),
            (120, GROUND - 6),
            (240, GROUND - 12),
            (340, GROUND - 14),
            (460, GROUND - 8),
            (610, GROUND - 2),
        ],
        310,
    )
    sheet.add(path(ground, sheet.ramp("#eef1fb", "#c3cdea", "#8a9ac8", "#6273a8", along=(0, 200, 0, 300))))
    road = (
        "M330 199C344 214 300 232 236 256C180 276 120 290 96 310H300C320 280 400 240 392 214C390 204 364 200 356 199Z"
    )
    sheet.add(
        group(
            path(road, sheet.ramp("#fbe6d8", "#b4bfe2", "#7485b6", along=(0, 199, 0, 300))),
            filter=sheet.rough(5, "0.04"),
        )
    )
    for shift in (0, 60):
        sheet.add(
            stroke(
                (
                    f"M{338 + shift * 0.2} 201C{352 + shift * 0.3} 216 {316 + shift * 0.7} 238 {256 + shift}"
                    f" 262S{150 + shift} 296 {130 + shift} 306"
                ),
                "#7b8cc0",
                2.2,
                opacity=0.45,
                filter=sheet.rough(3, "0.2"),
            )
        )
    drifts = [
        ellipse(x, y, w, h, "#f4f6ff")
        for x, y, w, h in (
            (40, 204, 60, 7),
            (134, 210, 70, 8),
            (222, 201, 46, 6),
            (284, 199, 40, 5),
            (440, 206, 50, 6),
            (532, 214, 80, 9),
        )
    ]
    sheet.add(group(*drifts, filter=sheet.blur(1.6)))
    mounds = [
        ellipse(x, y, w, h, c)
        for x, y, w, h, c in (
            (60, 262, 130, 16, "#dfe6f7"),
            (60, 272, 150, 16, "#8797c9"),
            (420, 232, 90, 8, "#e9eefb"),
            (430, 240, 110, 9, "#9fadd8"),
        )
    ]
    sheet.add(group(*mounds, filter=sheet.blur(6), opacity=0.5))
    for x, base, tall in ((318, 226, 78), (402, 212, 56)):
        sheet.add(
            ellipse(x, base, 9, 2.4, "#f6f8ff"),
            lamp(sheet, x, base, tall, "#2a2747"),
            rect(x - tall * 0.09, base - tall - 3, tall * 0.18, 4, "#ffffff", r=2),
            sheet.glow(x, base - tall * 0.9, tall * 0.9, "#ffd58a", 1),
            sheet.glow(x, base + 4, tall * 0.75, "#ffce8a", 0.5, squash=0.3),
        )
    for x, y, r in ((134, 196, 80), (40, 192, 66), (530, 190, 90), (440, 190, 60)):
        sheet.add(sheet.glow(x, y, r, "#ffc27a", 0.5, squash=0.7))
    sheet.add(
        fir(sheet, 582, 262, 132, "#1f3557", light="#39587a", snow="#f3f6ff"),
        fir(sheet, 548, 266, 84, "#223a5c", light="#3d5f80", snow="#f3f6ff"),
        fir(sheet, 14, 256, 92, "#24365f", light="#3a5480", snow="#e3e9fb"),
    )
    sheet.add(*_rail(sheet))
    sheet.add(ellipse(452, 256, 48, 6, "#8290bd", opacity=0.6, filter=sheet.blur(3)))
    sheet.add(
        steam(sheet, 462, 180, 80, "#ffffff", opacity=0.75),
        mug(sheet, 462, 254, 74, "#fbf0e4", drink="#5a2c1a", foam="#f7e3d0"),
    )
    for dx, dy, size in ((-12, -2, 8), (6, -5, 9), (17, 0, 7)):
        sheet.add(
            rect(
                462 + dx - size / 2,
                185 + dy - size / 2,
                size,
                size * 0.85,
                sheet.linear("#ffffff", "#efdcd8", along=(1, 0, 0, 1)),
                r=size * 0.3,
            )
        )
    sheet.add(*_scarf(sheet, 462, 254, 74))
    sheet.add(snowfall(sheet, 420))
    sheet.finish("#141b40", 0.4)
    return sheet
