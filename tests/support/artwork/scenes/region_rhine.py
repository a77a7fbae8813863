"""Cologne and the Rhine: the cathedral, the railway bridge, gold on the water."""

from __future__ import annotations

from ..houses import house
from ..land import mirrored, ripples
from ..landmarks import cathedral
from ..nature import bird, cloud, streaks
from ..pen import circle, ellipse, group, line, number, path, placed, polygon, rect, stroke
from ..sheet import Sheet
from ..town import skyline
from ..trees import crown

WATER = 214.0


def _bridge() -> list[str]:
    steel, shine = "#3a3a66", "#f3c08a"
    deck = WATER - 26
    made = []
    for start, span in ((-110, 150), (44, 150), (198, 150)):
        end, rise = start + span, 40
        outer = f"M{start} {deck}Q{start + span / 2} {deck - rise * 2} {end} {deck}"
        inner = f"M{start + 8} {deck}Q{start + span / 2} {deck - rise * 2 + 16} {end - 8} {deck}"
        struts = []
        for index in range(1, 12):
            t = index / 12
            x = start + span * t
            top = deck - 4 * rise * t * (1 - t)
            struts.append(f"M{number(x)} {number(top)}V{deck}")
            nxt = (index + 1) / 12
            struts.append(
                f"M{number(x)} {number(top + 1)}L{number(start + span * nxt)}"
                f" {number(deck - 4 * rise * nxt * (1 - nxt) * 0.8)}"
            )
        made += [
            stroke("".join(struts), steel, 0.9),
            stroke(outer, steel, 3.2),
            stroke(inner, steel, 1.6),
            stroke(outer, shine, 0.7, opacity=0.8, transform="translate(0 -1.4)"),
        ]
    made += [rect(-20, deck - 2, 380, 6, steel), line(-20, deck - 2.4, 360, deck - 2.4, shine, width=0.9, opacity=0.8)]
    for x in (42, 196):
        made += [
            rect(x - 7, deck + 2, 15, 26, "#5b4a6a"),
            rect(x + 2, deck + 2, 6, 26, "#9a7480"),
            polygon([(x - 10, WATER + 3), (x - 7, WATER - 6), (x + 8, WATER - 6), (x + 11, WATER + 3)], "#4a3a5f"),
        ]
    train = (
        [rect(94 + i * 30, deck - 11, 28.6, 8.4, "#f6ede6", r=1.6) for i in range(4)]
        + [rect(94 + i * 30, deck - 5.4, 28.6, 1.6, "#c8102e") for i in range(4)]
        + [rect(97 + i * 30 + j * 6.2, deck - 9.4, 4, 2.8, "#3a3a5f", r=0.6) for i in range(4) for j in range(4)]
    )
    return [*train, *made]


def _old_town(sheet: Sheet) -> list[str]:
    made = []
    x = 372.0
    walls = (
        "#f3c3a0",
        "#e09a86",
        "#f6dcb8",
        "#a9b0b5",
        "#e6ab7a",
        "#f0d3b8",
        "#d98f80",
        "#c9b8a8",
        "#f3cfa0",
        "#e3a590",
        "#b5b8a8",
        "#f3c3a0",
    )
    for index, wall in enumerate(walls):
        w, h = sheet.rng.uniform(15, 22), sheet.rng.uniform(26, 40)
        made.append(
            house(
                sheet,
                x,
                WATER - 2,
                w,
                h,
                wall=wall,
                roof="#6b4a5f",
                rise=w * 0.6,
                lit=0.25,
                floors=3,
                columns=2,
                shape=("gable", "stepped", "gable")[index % 3],
                gloom=0.35,
                frame="#fff3e2",
            )
        )
        x += w
    return made


def _ship(sheet: Sheet, x: float, y: float) -> str:
    rows = [rect(6 + i * 11, -17, 8, 6, sheet.linear("#fff3c4", "#ffc978"), r=1) for i in range(13)] + [
        rect(30 + i * 11, -29, 8, 6, sheet.linear("#fff3c4", "#ffc978"), r=1) for i in range(8)
    ]
    return placed(
        ellipse(76, 9, 96, 3, "#2a1a3f", opacity=0.55, filter=sheet.blur(1.5)),
        path("M-16 -8H164Q162 4 152 9H8Q-8 6 -16 -8Z", sheet.linear("#ffffff", "#d9bfc0")),
        path("M-12 0H158Q156 4 150 9H8Q-4 7 -12 0Z", "#c8102e"),
        rect(-2, -20, 152, 12, "#fff8f0"),
        rect(22, -32, 102, 12, "#fff1e6"),
        *rows,
        rect(-4, -22, 156, 2.4, "#e3c6bc"),
        rect(18, -34.4, 110, 2.8, "#e3c6bc", r=1),
        rect(112, -44, 18, 11, "#fff8f0", r=2),
        rect(114, -42, 14, 5, "#8fb5c0", r=1),
        line(136, -22, 136, -52, "#6b5570", width=1),
        path("M136 -52h10v6h-10Z", "#c8102e"),
        x=x,
        y=y,
        scale=0.8,
    )


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=18)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#5a83bf", "#a3b5cf", "#f6d3ac", "#ffb873", "#ffd999", along=(0, 0, 0, WATER))))
    sheet.add(
        streaks(sheet, 20, 60, 180, "#fff0d8", opacity=0.65),
        streaks(sheet, 8, 100, 180, "#f78f6a", opacity=0.4),
        sheet.glow(330, 176, 250, "#ffe39a", 1),
        circle(330, 172, 20, "#fffbe0"),
    )
    for x, y, w, h in ((120, 56, 190, 30), (270, 92, 130, 16), (548, 50, 130, 20), (30, 104, 130, 16)):
        sheet.add(cloud(sheet, x, y, w, h, light="#fff0de", shade="#c9a5ad", torn=2.3))
    far = [
        skyline(rng, WATER, 16, 40, "#dba58c", left=-10, right=610, wide=(14, 30)),
        polygon([(24, WATER), (28, 120), (31, 104), (34, 120), (38, WATER)], "#dba58c"),
        ellipse(31, 128, 8, 4, "#dba58c"),
    ]
    far.append(rect(-10, WATER - 16, 380, 20, "#dba58c"))
    dom = cathedral(sheet, 412, WATER - 6)
    town = _old_town(sheet)
    bridge = _bridge()
    sheet.add(*far, rect(0, 130, 600, 86, sheet.linear("#ffd99900", "#ffcf8a77")), *dom, *town)
    for x in (368, 588, 470, 536):
        sheet.add(
            crown(sheet, x, WATER - 8, rng.uniform(11, 15), 10, dark="#4f4f45", mid="#7d7a4f", light="#dcb868", fray=4)
        )
    sheet.add(rect(356, WATER - 3, 260, 6, sheet.linear("#c9977a", "#6b4a5b")), *bridge)
    sheet.add(
        rect(0, WATER + 3, 600, 100, sheet.ramp("#ffcf94", "#d98f78", "#7a5578", "#35285a", along=(0, WATER, 0, 300)))
    )
    water = sheet.clip(rect(0, WATER + 3, 600, 100, "#fff"))
    sheet.add(
        group(
            mirrored(sheet, WATER + 3, *far, *dom, *town, *bridge, scale=0.42, ripple=9, opacity=0.5, smear=1.4),
            clip_path=water,
        )
    )
    sheet.add(
        group(
            *[
                ellipse(
                    330 + rng.gauss(0, 6 + i * 1.2),
                    WATER + 6 + i * 3,
                    (16 + i) * rng.uniform(0.5, 1.1),
                    0.9 + i * 0.03,
                    "#fff3c8",
                    opacity=0.65,
                )
                for i in range(28)
            ]
        )
    )
    sheet.add(
        ripples(sheet, WATER + 6, 298, 80, "#ffe3b0", opacity=0.55, middle=360, spread=560),
        ripples(sheet, WATER + 8, 300, 60, "#3a2a5a", opacity=0.4, middle=220, spread=600),
    )
    sheet.add(_ship(sheet, 404, 262))
    for x, y, s in ((250, 70, 12), (268, 80, 8), (236, 84, 8)):
        sheet.add(bird(x, y, s, "#54406a"))
    sheet.finish("#2a1238", 0.4)
    return sheet
