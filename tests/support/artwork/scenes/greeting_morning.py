"""Morning: sunrise over misty hills behind the kitchen window, coffee and a croissant on the sill."""

from __future__ import annotations

from ..cups import mug, steam
from ..houses import house
from ..land import hills, mirrored
from ..nature import bird, streaks
from ..pen import circle, curve, ellipse, group, mix, path, placed, polygon, rect, stroke, under
from ..plants import leaf, pot_plant
from ..sheet import Sheet
from ..things import contact
from ..trees import conifers, tree
from ..village import church

SILL = 238.0


def _view(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    made = [sheet.whole(sheet.ramp("#5f7fb8", "#a9a6c9", "#f6b9a0", "#ffd58f", "#fff0c0", along=(0, 0, 0, 190)))]
    made += [streaks(sheet, 16, 30, 120, "#fff0dc", opacity=0.6), streaks(sheet, 8, 60, 140, "#f78f7a", opacity=0.45)]
    made += [
        sheet.glow(430, 140, 280, "#ffe39a", 1),
        circle(430, 138, 25, "#fffbe0"),
        sheet.glow(430, 138, 70, "#fff3b0", 1),
    ]
    made += [
        hills(sheet, 148, 10, "#d3a0a8", "#f2c3a6", floor=200),
        _mist(sheet, 150),
        hills(sheet, 164, 9, "#a58a9d", "#e0b29a", floor=220),
        _mist(sheet, 168),
    ]
    made += [conifers(rng, 184, 70, 8, 22, fill="#86718a"), hills(sheet, 180, 5, "#8a7a7f", "#c9a184", floor=230)]
    made += [church(226, 196, 58, "#f3d3bd", "#9a5560", nave=0.8, dark="#b58d94")]
    made += [
        house(sheet, x, 200, w, h, wall=wall, roof="#94505a", rise=w * 0.5, lit=0.4, floors=1, columns=2, gloom=0.35)
        for x, w, h, wall in ((180, 22, 14, "#ecc9b5"), (282, 26, 15, "#f3d5bb"), (312, 20, 13, "#e6bfae"))
    ]
    made += [_mist(sheet, 192), hills(sheet, 200, 6, "#7d8a66", "#5a6a50", floor=300)]
    made += [
        tree(sheet, 118, 214, 74, "#4f5a4c", mid="#7f8358", light="#e6c070"),
        tree(sheet, 520, 214, 92, "#4f5a4c", mid="#84875a", light="#f0c878"),
        tree(sheet, 352, 208, 44, "#5a6150", mid="#8a8a5c", light="#f0c878"),
    ]
    for turn in range(-50, 60, 16):
        made.append(
            placed(
                polygon([(0, 0), (-9, 330), (9, 330)], "#fff3c0", opacity=0.1, filter=sheet.blur(4)),
                x=430,
                y=138,
                turn=turn + 8,
            )
        )
    return [*made, bird(300, 100, 11, "#6a5a7a"), bird(318, 108, 8, "#6a5a7a"), bird(288, 112, 7, "#6a5a7a")]


def _mist(sheet: Sheet, y: float) -> str:
    rng = sheet.rng
    return group(
        *[
            ellipse(
                rng.uniform(0, 600),
                y + rng.uniform(0, 10),
                rng.uniform(70, 170),
                rng.uniform(4, 9),
                "#fff3e0",
                opacity=0.4,
            )
            for _ in range(9)
        ],
        filter=sheet.blur(6),
    )


def _frame(sheet: Sheet) -> list[str]:
    light, shade = "#fff6ea", "#c99f8f"
    bar = sheet.linear(shade, light, along=(0, 0, 1, 0))
    made = [
        rect(0, 0, 600, 9, sheet.linear("#a9807a", "#e9cdbb")),
        rect(204, 0, 13, SILL, bar),
        rect(0, 78, 600, 7, sheet.linear(light, shade)),
        rect(209, 0, 2, SILL, "#8a6266", opacity=0.5),
    ]
    return [
        *made,
        rect(0, SILL - 14, 600, 14, sheet.linear("#fff0e0", "#d3ab98")),
        rect(0, SILL - 15, 600, 1.5, "#ffffff", opacity=0.7),
    ]


def _curtain(sheet: Sheet, left: bool) -> str:
    fold = sheet.linear(*[("#fff6ecf0", "#e9c3b2d8")[index % 2] for index in range(9)], along=(0, 0, 1, 0))
    d = "M-10 -10H92C86 60 78 110 60 158C48 190 34 214 30 246H-10Z"
    cloth = path(d, fold)
    hem = stroke("M92 -10C86 60 78 110 60 158C48 190 34 214 30 246", "#ffffff", 1.2, opacity=0.6)
    return group(cloth, hem, transform=None if left else "translate(600 0) scale(-1 1)")


def _croissant(sheet: Sheet, x: float, base: float) -> list[str]:
    made = [ellipse(x, base - 1, 50, 8, sheet.linear("#fffaf2", "#d9c3b8")), ellipse(x, base - 2.4, 40, 5.2, "#efe0d5")]
    made.append(contact(sheet, x, base - 4, 70, 8, color="#5a2a20", opacity=0.5))
    crust = sheet.linear("#f7c777", "#d98f3d", "#9a5220")
    for dx, dy, rx, ry in (
        (-28, -6, 13, 7),
        (28, -6, 13, 7),
        (-17, -11, 13, 10),
        (17, -11, 13, 10),
        (0, -14, 13, 13),
    ):
        made.append(
            placed(
                ellipse(0, 0, rx, ry, crust),
                stroke(f"M{-rx * 0.5} {-ry * 0.75}Q{-rx * 0.75} 0 {-rx * 0.5} {ry * 0.75}", "#8a451c", 1, opacity=0.55),
                ellipse(rx * 0.25, -ry * 0.5, rx * 0.4, ry * 0.16, "#fff0c0", opacity=0.75),
                x=x + dx,
                y=base + dy,
            )
        )
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=6)
    sheet.add(*_view(sheet), *_frame(sheet), _curtain(sheet, True), _curtain(sheet, False))
    sheet.add(rect(0, SILL, 600, 70, sheet.ramp("#c98f66", "#8f5a41", "#4d2c28", along=(0, SILL, 0, 300))))
    for y, o in ((SILL + 16, 0.25), (SILL + 38, 0.3)):
        sheet.add(
            path(
                curve([(-10, y), (150, y + 2), (320, y - 2), (470, y + 1), (610, y)]) + "v1.4H-10Z",
                "#4a2620",
                opacity=o,
            )
        )
    sheet.add(rect(0, SILL, 600, 2, "#ffe3b8", opacity=0.8))
    glare = under([(300, SILL + 1), (430, SILL + 0.5), (560, SILL + 1)], SILL + 40)
    sheet.add(path(glare, sheet.linear("#ffe9b0aa", "#ffe9b000"), filter=sheet.blur(6)))
    sheet.add(mirrored(sheet, 262, mug(sheet, 394, 262, 62, "#c8102e"), scale=0.4, ripple=2, opacity=0.18, smear=1))
    sheet.add(
        steam(sheet, 396, 200, 96, "#fffaf0", opacity=0.85),
        mug(sheet, 394, 264, 62, "#c8102e", drink="#4a2516", foam=mix("#d9a066", "#ffffff", 0.25)),
    )
    sheet.add(*_croissant(sheet, 494, 270))
    sheet.add(
        contact(sheet, 566, 252, 60, 9, color="#3a1a1a", opacity=0.5),
        pot_plant(sheet, 568, 252, 108, "#d9c3b0", green=("#3d5f45", "#8fae62")),
    )
    sheet.add(leaf(452, 284, 15, 70, "#7f9a5a", vein="#dfe6b0"), sheet.glow(430, 138, 330, "#ffdf9a", 0.35))
    sheet.finish("#3a1626", 0.35)
    return sheet
