"""The store front at dusk: warm windows, red awnings, wet pavement."""

from __future__ import annotations

from ..brand import emblem
from ..houses import house, pane
from ..land import mirrored
from ..nature import streaks
from ..pen import circle, ellipse, group, line, mix, path, polygon, rect
from ..sheet import Sheet
from ..things import bag
from ..town import awning, cobbles, lamp, skyline, string_lights
from ..trees import crown

GROUND = 232.0
STONE = "#8d6a72"


def _store(sheet: Sheet) -> list[str]:
    left, right, top = 262.0, 640.0, 34.0
    wall = sheet.ramp("#6b4f6b", "#8a6470", "#b98274", along=(left, 0, 600, 0))
    made = [rect(left, top, right - left, GROUND - top, wall)]
    made.append(rect(left, top, right - left, GROUND - top, sheet.linear("#2a1a4a88", "#2a1a4a00")))
    made += [rect(left, top + 6 + index * 8.4, 400, 0.8, "#2a1838", opacity=0.22) for index in range(12)]
    made += [rect(left + index * 9, top + 3, 4, 4.4, "#4a3452") for index in range(42)]
    made.append(rect(left, top + 60, 400, 2.4, "#d9a58f", opacity=0.4))
    made.append(rect(left - 6, top - 7, 400, 7, sheet.linear("#a5788a", "#5a4260")))
    made.append(rect(left - 3, top, 400, 3, "#3c2a4a"))
    bays = 4
    wide = 84.0
    for bay in range(bays):
        x = left + 12 + bay * wide
        made.append(rect(x - 9, top + 3, 6, GROUND - top, sheet.linear("#4a355688", "#c79a8a88", along=(0, 0, 1, 0))))
        for column in range(2):
            px = x + 6 + column * 34
            made.append(rect(px - 3, top + 62.4, 28, 3, "#c9968a", opacity=0.55))
            made.append(pane(sheet, px, top + 16, 22, 38, lit=(bay + column) % 3 != 1, frame="#4a3550", arch=True))
            made.append(pane(sheet, px, top + 66, 22, 30, lit=(bay * 2 + column) % 4 != 2, frame="#4a3550"))
    made.append(rect(left - 3, top + 104, 400, 12, sheet.linear("#4a2f45", "#2f1d33")))
    for bay in range(bays):
        made.extend(_display(sheet, left + 8 + bay * wide, bay))
    return made


def _display(sheet: Sheet, x: float, bay: int) -> list[str]:
    top, width = 152.0, 70.0
    glow = sheet.linear("#ffdf9a", "#ffc063", "#f59a4a")
    made = [rect(x, top, width, GROUND - top - 8, glow, stroke="#33202f", stroke_width=2.4)]
    made.append(ellipse(x + width / 2, top + 22, 30, 26, sheet.radial("#fff8dcff", "#fff3c000")))
    floor = GROUND - 8
    if bay == 0:
        made += [_dummy(x + 24, floor, "#8a1f33"), _dummy(x + 48, floor, "#2f4a5e")]
    elif bay == 1:
        made += [bag(sheet, x + 12, floor, 18, 24), bag(sheet, x + 34, floor, 24, 32, color="#fff1dc", mark="#c8102e")]
    elif bay == 2:
        made += [_lampshade(x + 20, floor), _armchair(x + 48, floor)]
    else:
        made += [
            _dummy(x + 22, floor, "#3f6a55"),
            rect(x + 40, floor - 16, 20, 16, "#a8323f", r=1),
            rect(x + 48, floor - 16, 3, 16, "#ffe9c0"),
        ]
    made.append(line(x + width / 2, top, x + width / 2, floor, "#33202f", width=1.2))
    made.append(polygon([(x + 4, top + 2), (x + 18, top + 2), (x + 2, floor), (x + 2, top + 40)], "#fff", opacity=0.13))
    return made


def _dummy(x: float, floor: float, coat: str) -> str:
    return group(
        line(x, floor, x, floor - 20, "#5b3a33", width=1.2),
        ellipse(x, floor - 0.5, 6, 1.4, "#5b3a33"),
        path(
            (
                f"M{x - 7} {floor - 38}Q{x} {floor - 43} {x + 7} {floor - 38}L{x + 9} {floor - 12}Q{x}"
                f" {floor - 9} {x - 9} {floor - 12}Z"
            ),
            coat,
        ),
        path(
            f"M{x} {floor - 41}L{x + 7} {floor - 38}L{x + 9} {floor - 12}Q{x + 4} {floor - 10.5} {x} {floor - 10.3}Z",
            mix(coat, "#ffd9a0", 0.22),
        ),
        circle(x, floor - 45, 3.6, "#8a5a48"),
    )


def _lampshade(x: float, floor: float) -> str:
    return group(
        line(x, floor, x, floor - 40, "#5b3a33", width=1.2),
        ellipse(x, floor - 0.5, 6, 1.4, "#5b3a33"),
        polygon([(x - 9, floor - 36), (x - 5, floor - 50), (x + 5, floor - 50), (x + 9, floor - 36)], "#fff6dd"),
    )


def _armchair(x: float, floor: float) -> str:
    return group(
        rect(x - 14, floor - 30, 28, 24, "#9b2b3a", r=6),
        rect(x - 17, floor - 18, 9, 15, "#b5394a", r=4),
        rect(x + 8, floor - 18, 9, 15, "#c34a58", r=4),
        rect(x - 10, floor - 15, 20, 9, "#c34a58", r=3),
        line(x - 12, floor - 3, x - 13, floor, "#4a2b26", width=1.6),
        line(x + 12, floor - 3, x + 13, floor, "#4a2b26", width=1.6),
    )


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=4)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#2b2a63", "#5d3f86", "#b45a83", "#f08d6c", "#ffc27a", along=(0, 0, 0, 232))))
    sheet.add(
        sheet.glow(210, 220, 260, "#ffb070", 0.8),
        streaks(sheet, 16, 40, 170, "#ffb59a", opacity=0.55),
        streaks(sheet, 8, 20, 90, "#8a5aa0", opacity=0.5),
    )
    town = [
        skyline(rng, GROUND, 40, 86, "#a9668a", left=-10, right=280),
        house(
            sheet,
            -14,
            GROUND,
            62,
            92,
            wall="#8a5478",
            roof="#5b3a63",
            rise=34,
            lit=0.5,
            floors=3,
            columns=2,
            shape="stepped",
            frame="#5b3a63",
        ),
        house(
            sheet,
            50,
            GROUND,
            54,
            72,
            wall="#a0607a",
            roof="#5b3157",
            rise=34,
            lit=0.5,
            floors=3,
            columns=2,
            shape="gable",
            frame="#5b3a63",
        ),
        house(
            sheet,
            106,
            GROUND,
            66,
            86,
            wall="#7d4f78",
            roof="#4f315b",
            rise=30,
            lit=0.6,
            floors=3,
            columns=3,
            shape="curved",
            frame="#4f315b",
        ),
        house(
            sheet,
            176,
            GROUND,
            70,
            62,
            wall="#93566f",
            roof="#532f52",
            rise=36,
            lit=0.6,
            floors=2,
            columns=2,
            shape="gable",
            frame="#5b3a63",
        ),
    ]
    store = _store(sheet)
    shade = [awning(sheet, 268 + bay * 84, 150, 74, 17, stripes=("#c8102e", "#f3dfd2"), count=7) for bay in range(4)]
    sheet.add(*town, rect(0, 150, 262, 84, sheet.linear("#ff9a6a00", "#ff9a6a66")), *store, *shade)
    sheet.add(circle(430, 26, 17, "#3c2440"), circle(430, 26, 15, "#c8102e"), emblem(430, 26, 20, "#fff6e6", "#c8102e"))
    sheet.add(rect(0, GROUND, 600, 70, sheet.ramp("#5b3d5c", "#33233f", "#1b1430", along=(0, GROUND, 0, 300))))
    floor = sheet.clip(rect(0, GROUND, 600, 70, "#fff"))
    sheet.add(
        group(
            mirrored(sheet, GROUND, *town, *store, *shade, scale=0.62, ripple=7, opacity=0.7, smear=2.4),
            clip_path=floor,
        )
    )
    sheet.add(
        cobbles(sheet, GROUND + 2, 300, "#140e26", 11, opacity=0.45),
        cobbles(sheet, GROUND + 4, 300, "#ffb27a", 9, opacity=0.12),
    )
    sheet.add(rect(0, GROUND - 1.5, 600, 3, "#2a1b33"))
    for bay in range(4):
        sheet.add(
            sheet.glow(303 + bay * 84, 192, 70, "#ffb45e", 0.55),
            sheet.glow(303 + bay * 84, 244, 60, "#ffab5a", 0.45, squash=0.35),
        )
    for x in (258, 342, 426, 510):
        sheet.add(
            rect(x - 7, GROUND - 8, 16, 12, "#3a2634", r=1.5),
            crown(sheet, x + 1, GROUND - 17, 11, 12, dark="#1f3a36", mid="#2f5a48", light="#86a05a", fray=4),
        )
    sheet.add(
        lamp(sheet, 228, 246, 116, "#1d142c"),
        sheet.glow(228, 142, 80, "#ffd98a", 0.95),
        sheet.glow(228, 250, 50, "#ffc878", 0.4, squash=0.3),
    )
    sheet.add(*string_lights(sheet, (228, 142), (264, 96), 7, 5, wire="#2a1b33", size=1.3))
    sheet.add(*string_lights(sheet, (228, 142), (-12, 110), 20, 15, wire="#2a1b33", size=1.3))
    sheet.finish("#160a26", 0.55, grain=0.03)
    return sheet
