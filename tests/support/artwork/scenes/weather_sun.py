"""Sun: a terrace above a lake, a parasol, lemonade."""

from __future__ import annotations

from ..cups import citrus, glass
from ..land import hills, ripples
from ..nature import bird, cloud
from ..pen import ellipse, fade, group, path, placed, polygon, rect, stroke, under
from ..plants import flowers, leaf
from ..sheet import Sheet
from ..things import canopy, contact
from ..trees import bush, conifers

DECK = 214.0


def _lake(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    return [
        hills(sheet, 112, 16, "#a9c3dd", "#c9dbe4", floor=152, steps=7),
        hills(sheet, 126, 10, "#8fb5c0", "#b5d2c9", floor=152, steps=8),
        hills(sheet, 138, 6, "#6fa58c", "#8dbb8a", floor=152, steps=9),
        conifers(rng, 150, 60, 4, 10, fill="#4d8a72", left=-10, right=340),
        rect(0, 150, 600, 80, sheet.ramp("#bfe3ea", "#5fb4cc", "#2f8fb5", along=(0, 150, 0, 214))),
        ripples(sheet, 152, 212, 70, "#ffffff", opacity=0.75, middle=430, spread=380),
        ripples(sheet, 156, 212, 40, "#1f7ba5", opacity=0.3, middle=200, spread=500),
    ]


def _boat(x: float, base: float) -> str:
    return group(
        polygon([(x, base - 2), (x, base - 34), (x + 15, base - 5)], "#fffaf0"),
        polygon([(x - 1.5, base - 2), (x - 1.5, base - 28), (x - 10, base - 5)], "#f3dcd0"),
        path(
            (
                f"M{x - 13} {base - 2}H{x + 16}Q{x + 12} {base + 4} {x + 6} {base + 4}H{x - 7}Q{x - 11}"
                f" {base + 3} {x - 13} {base - 2}Z"
            ),
            "#c8102e",
        ),
        ellipse(x + 1, base + 6, 16, 1.6, "#1f6f95", opacity=0.5),
    )


def _terrace(sheet: Sheet) -> list[str]:
    made = [rect(0, DECK, 600, 90, sheet.ramp("#f3c99a", "#d99b6c", "#9a5c45", along=(0, DECK, 0, 300)))]
    made.extend(
        polygon(
            [
                (330 + index * 26, DECK),
                (330 + index * 26 + 0.9, DECK),
                (330 + index * 66 + 2.6, 300),
                (330 + index * 66, 300),
            ],
            "#7a3f33",
            opacity=0.28,
        )
        for index in range(-16, 17)
    )
    made.extend(
        rect(0, DECK + 86 * share, 600, 0.8 + share * 1.4, "#7a3f33", opacity=0.22) for share in (0.12, 0.34, 0.66)
    )
    wall = [
        rect(0, DECK - 40, 600, 6, sheet.linear("#fffaf0", "#ead2bd")),
        rect(0, DECK - 8, 600, 8, sheet.linear("#f7e6d3", "#d3b5a0")),
    ]
    for index in range(31):
        x = 4 + index * 20
        d = f"M{x} {DECK - 8}c-5 -5 -5 -10 0 -14c2 -2 2 -7 0 -12h8c-2 5 -2 10 0 12c5 4 5 9 0 14Z"
        wall.append(path(d, sheet.linear("#cfae9c", "#fff6e8", "#efd9c6", along=(0, 0, 1, 0))))
    return [*made, *wall]


def _parasol(sheet: Sheet) -> list[str]:
    pole = rect(436, 60, 5, 190, sheet.linear("#8a5a3a", "#d9a570", "#a9744a", along=(0, 0, 1, 0)))
    cloth = canopy(sheet, 150, 60, ("#c8102e", "#fff1e2"), (-1, -0.8, -0.5, -0.17, 0.17, 0.5, 0.8, 1))
    knob = ellipse(438, 25, 3, 5, "#8a5a3a")
    return [pole, knob, placed(cloth, x=438, y=28)]


def _table(sheet: Sheet) -> list[str]:
    top = 222.0
    return [
        contact(sheet, 425, 290, 190, 22, color="#5a2a2a", opacity=0.5),
        stroke(f"M470 {top}L496 292M420 {top}L396 292M445 {top}V286", "#f7efe6", 4),
        stroke(f"M471 {top}L497 292M421 {top}L397 292", "#cbb7ab", 1.4),
        ellipse(446, top + 5, 92, 15, "#d3b9aa"),
        ellipse(446, top, 92, 15, sheet.linear("#e9d6c8", "#fffaf2", along=(0, 0, 1, 0))),
        glass(sheet, 458, top + 2, 38, 60, drink=("#fff0a0", "#f6c945"), slice_=False, straw=None, ice=4, handle=True),
        citrus(452, top - 30, 7, turn=20),
        citrus(464, top - 18, 6, turn=40),
        glass(sheet, 406, top + 5, 20, 33, drink=("#fff0a0", "#f6c945")),
        glass(sheet, 508, top + 5, 19, 31, drink=("#fff0a0", "#f6c945"), straw="#fffaf0"),
        ellipse(432, top + 8, 7, 5, "#f7c52b"),
        ellipse(434, top + 6.6, 3, 2, "#fff3b0", opacity=0.8),
    ]


def _branch(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    made = [stroke("M-10 20C40 14 90 26 150 10M30 17C50 34 70 44 96 46", "#5d4632", 2.6)]
    for index in range(34):
        share = index / 34
        x, y = -10 + 170 * share, 18 + 8 * (0.5 - share) + rng.uniform(-4, 10)
        green = rng.choice(("#2d6b45", "#3f8752", "#5da35b"))
        made.append(
            leaf(
                x,
                y,
                rng.uniform(20, 32),
                rng.uniform(40, 260),
                sheet.linear("#8cc46a", green),
                vein="#dff0b8",
                plump=0.3,
            )
        )
    for x, y, r in ((38, 44, 10), (88, 54, 11), (126, 30, 9)):
        made.append(
            path(
                (
                    f"M{x} {y - r * 1.2}C{x + r * 1.3} {y - r} {x + r} {y + r} {x} {y + r * 1.35}C{x - r}"
                    f" {y + r} {x - r * 1.3} {y - r} {x} {y - r * 1.2}Z"
                ),
                sheet.radial("#fff2a0", "#f9cf3a", "#dd9a1f", x=0.65, y=0.35, r=0.75),
            )
        )
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=8)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#2f8fd8", "#74bdea", "#cfe9f0", "#fff0d2", along=(0, 0, 0, 155))))
    sheet.add(sheet.glow(560, 20, 300, "#fff0b8", 1), ellipse(566, 22, 20, 20, "#fffbe6"))
    sheet.add(
        cloud(sheet, 250, 78, 130, 26, light="#ffffff", shade="#bcd7ea"),
        cloud(sheet, 150, 104, 90, 16, light="#ffffff", shade="#c9dfeb"),
        cloud(sheet, 330, 42, 70, 12, light="#ffffff", shade="#bcd7ea"),
    )
    sheet.add(*_lake(sheet), _boat(196, 168), _boat_far(306, 160), *_terrace(sheet))
    sheet.add(
        path(
            under([(300, 262), (360, 246), (460, 240), (560, 250), (620, 268)], 300),
            "#6b2f33",
            opacity=0.22,
            filter=sheet.blur(5),
        )
    )
    sheet.add(*_parasol(sheet), *_table(sheet))
    for x, tall, colors in ((578, 84, ["#e8425a", "#f78aa0", "#ffd0d8"]), (22, 62, ["#8f6bc4", "#b59be0", "#d9c8f2"])):
        sheet.add(contact(sheet, x, 292, 70, 12, color="#5a2a2a", opacity=0.5))
        sheet.add(
            bush(sheet, x, 262, tall, tall * 0.85, dark="#225a45", mid="#3f8a58", light="#8cc46a"),
            flowers(rng, x + 3, 262 - tall * 0.5, tall * 0.85, tall * 0.6, colors=colors, count=46, size=2.3),
        )
        sheet.add(
            polygon(
                [(x - 24, 254), (x + 24, 254), (x + 18, 292), (x - 18, 292)],
                sheet.linear("#7d3f2f", "#c9714e", "#e09a70", along=(0, 0, 1, 0)),
            ),
            rect(x - 27, 250, 54, 8, sheet.linear("#8a4735", "#d98260", along=(0, 0, 1, 0)), r=2),
        )
    sheet.add(*_branch(sheet), bird(250, 118, 10, "#ffffff"), bird(266, 110, 7, "#ffffff"))
    sheet.add(
        sheet.glow(600, 0, 420, "#ffe9a8", 0.55),
        polygon([(600, 0), (420, 300), (520, 300)], fade("#fff6d8", 0.1), filter=sheet.blur(8)),
    )
    sheet.finish("#5a2a3a", 0.25)
    return sheet


def _boat_far(x: float, base: float) -> str:
    return group(
        polygon([(x, base), (x, base - 14), (x + 7, base - 1)], "#ffffff"),
        rect(x - 4, base - 0.5, 12, 1.8, "#f3dcd0", r=0.9),
    )
