"""Afternoon: low gold light in the shopping street, bags on a bench below the linden."""

from __future__ import annotations

from ..animals import pigeon
from ..nature import cloud, streaks
from ..pen import circle, fade, group, mix, polygon, rect, stroke
from ..plants import flowers, leaf
from ..sheet import Sheet
from ..things import bag, contact
from ..town import awning, cobbles, skyline
from ..trees import bush, tree
from ..village import Plan, built, church

GROUND = 206.0


HOUSES = (
    Plan(-24, GROUND, 84, 122, "#e9b58a", "#8f4a3a", 46, 0.1, 4, 2, "stepped"),
    Plan(62, GROUND, 66, 94, "#f3d3a8", "#a3503c", 40, 0.1, 3, 2, "gable", "#9a6044"),
    Plan(130, GROUND, 74, 104, "#e0a184", "#8f4a3a", 32, 0.1, 3, 3, "curved"),
    Plan(206, GROUND, 56, 80, "#f6dcb4", "#a3503c", 36, 0.1, 3, 2, "gable"),
    Plan(264, GROUND, 50, 66, "#e6b08a", "#95503f", 34, 0.1, 2, 2, "gable"),
    Plan(470, GROUND, 62, 80, "#d99a78", "#8f4a3a", 40, 0.1, 3, 2, "gable"),
    Plan(534, GROUND, 84, 112, "#e6b48c", "#95503f", 40, 0.1, 4, 2, "stepped"),
)


def _street(sheet: Sheet) -> list[str]:
    made = built(sheet, HOUSES, frame="#fff3e0", glass=("#f0b98a", "#7a4f55"), gloom=0.3)
    for x, width, color in (
        (-18, 74, "#c8102e"),
        (66, 58, "#3f7a78"),
        (136, 62, "#d98a2b"),
        (210, 48, "#c8102e"),
        (268, 42, "#4a6a8a"),
        (540, 70, "#3f7a78"),
    ):
        made.append(rect(x, GROUND - 32, width, 32, sheet.linear("#7a4a45", "#4d2c33")))
        made.append(rect(x + 3, GROUND - 28, width - 6, 24, sheet.linear("#ffe6b0", "#d9955f")))
        made.append(rect(x + width * 0.44, GROUND - 28, width * 0.16, 28, "#5b3538"))
        made.append(awning(sheet, x - 1, GROUND - 38, width + 2, 10, stripes=(color, "#fff1dc"), count=8, flare=3))
    return made


def _bench(sheet: Sheet, x: float, base: float, width: float) -> list[str]:
    wood = sheet.linear("#d9945a", "#8f5536")
    seat, back = base - 28, base - 66
    made = [
        stroke(
            f"M{leg - 3} {base}L{leg} {seat}L{leg - 2} {back - 4}M{leg + 6} {base + 3}L{leg + 5} {seat + 4}",
            "#3a2430",
            3.4,
        )
        for leg in (x + 14, x + width - 14)
    ]
    for index in range(4):
        made += [
            rect(x, back + index * 9, width, 6.4, wood, r=1.4),
            rect(x, back + index * 9, width, 1.3, "#ffd9a0", r=0.6, opacity=0.8),
        ]
    for index in range(3):
        made.append(
            rect(
                x - 2 - index * 1.6,
                seat + index * 4.6,
                width + 4 + index * 3.2,
                3.9,
                mix("#e6a868", "#8f5536", index / 3),
                r=1.2,
            )
        )
    return made


def _shadow(x: float, base: float, width: float, reach: float) -> str:
    return polygon([(x, base), (x + width, base), (x + width - reach, base + 40), (x - reach, base + 40)], "#4a1f38")


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=41)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#6fa6cf", "#a9c6d0", "#ffe0a8", "#ffc873", along=(0, 0, 0, GROUND))))
    sheet.add(
        streaks(sheet, 10, 60, 150, "#fff3d6", opacity=0.7),
        cloud(sheet, 250, 52, 150, 28, light="#fff6e3", shade="#e9bfa3"),
        cloud(sheet, 360, 84, 100, 18, light="#fff6e3", shade="#f0c8a3"),
        cloud(sheet, 120, 30, 110, 18, light="#fff6e3", shade="#dcc3b5"),
    )
    sheet.add(sheet.glow(412, 120, 260, "#ffd98a", 0.9), circle(412, 122, 22, "#fffdf0"))
    sheet.add(
        skyline(rng, GROUND, 26, 50, "#e0ab84", left=300, right=480, wide=(14, 26)),
        church(352, GROUND, 112, "#e6b58f", "#b5755f", nave=0.5, dark="#c9957f"),
    )
    sheet.add(
        *_street(sheet),
        rect(0, 80, 600, 128, sheet.linear("#ffd78a00", "#ffd08a44")),
        sheet.glow(406, 160, 170, "#ffe19a", 0.55),
    )
    sheet.add(rect(0, GROUND, 600, 100, sheet.ramp("#ffdba0", "#d9a06f", "#8a5450", along=(0, GROUND, 0, 300))))
    sheet.add(
        cobbles(sheet, GROUND + 1, 300, "#8a4f4a", 12, opacity=0.32),
        cobbles(sheet, GROUND + 2, 300, "#fff0c0", 10, opacity=0.3),
    )
    shade = [_shadow(x, GROUND, 66, 150) for x in (-24, 62, 200)] + [
        _shadow(400, 262, 12, 190),
        polygon([(404, 262), (560, 262), (420, 292), (230, 292)], "#4a1f38"),
    ]
    sheet.add(group(*shade, filter=sheet.blur(4), opacity=0.2))
    sheet.add(polygon([(406, 140), (150, 310), (330, 310)], "#fff3c0", opacity=0.16, filter=sheet.blur(10)))
    sheet.add(tree(sheet, 566, 240, 262, "#6a6a34", mid="#a39a3d", light="#f3d668", trunk="#5a3a30", wide=0.46, fray=9))
    for x, w in ((330, 40), (454, 36)):
        sheet.add(
            rect(x - w / 2, 214, w, 12, sheet.linear("#8f4f3a", "#d98f5f", along=(0, 0, 1, 0)), r=2),
            bush(sheet, x, 217, w, 22, dark="#45663a", mid="#7a9a45", light="#e0d66a", fray=4),
            flowers(rng, x, 206, w * 0.8, 14, colors=["#e23a4a", "#fff3e0", "#f7a0a8"], count=16, size=1.6),
        )
    sheet.add(contact(sheet, 470, 272, 180, 16, color="#3a1226", opacity=0.55), *_bench(sheet, 404, 270, 150))
    sheet.add(
        bag(sheet, 424, 246, 38, 50, color="#fff1dc", mark="#c8102e"),
        bag(sheet, 490, 246, 34, 44, color="#2f6f72", mark="#fff1dc"),
        bag(sheet, 450, 252, 46, 62),
    )
    sheet.add(bag(sheet, 524, 284, 40, 50, color="#e0a03a", mark="#fff6e6"))
    for x, y in ((352, 250), (326, 258), (306, 246)):
        sheet.add(pigeon(x, y))
    for _ in range(34):
        px, py = rng.uniform(280, 600), rng.uniform(228, 296)
        sheet.add(
            leaf(
                px,
                py,
                rng.uniform(3, 5.5),
                rng.uniform(0, 360),
                rng.choice(("#f3c04a", "#d98f2b", "#b5b04a")),
                vein=None,
                plump=0.42,
            )
        )
    for x, y in ((380, 96), (440, 180), (352, 160), (500, 150), (320, 210)):
        sheet.add(leaf(x, y, 6, rng.uniform(0, 360), "#f7cf5a", vein=None, plump=0.42))
    for _ in range(40):
        sheet.add(
            circle(
                rng.uniform(180, 600),
                rng.uniform(60, 280),
                rng.uniform(0.5, 1.6),
                fade("#fff6c8", rng.uniform(0.3, 0.8)),
            )
        )
    sheet.add(sheet.glow(412, 130, 380, "#ffb75e", 0.22))
    sheet.finish("#4a1530", 0.4)
    return sheet
