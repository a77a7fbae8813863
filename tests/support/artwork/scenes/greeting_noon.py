"""Noon: a picnic below the linden tree, the sun high over river and town."""

from __future__ import annotations

from ..cups import glass
from ..houses import house
from ..land import hills, ridge, ripples
from ..nature import cloud
from ..pen import circle, curve, ellipse, group, mix, number, path, placed, polygon, rect, stroke, under
from ..plants import flowers, grass
from ..sheet import Sheet
from ..things import contact
from ..trees import bush, conifers, tree
from ..village import church

CORNERS = ((318, 232), (524, 226), (592, 284), (290, 292))


def _on_cloth(u: float, v: float) -> tuple[float, float]:
    a, b, c, d = CORNERS
    top = (a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u)
    low = (d[0] + (c[0] - d[0]) * u, d[1] + (c[1] - d[1]) * u)
    return (top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v)


def _blanket(sheet: Sheet) -> list[str]:
    edge = [
        _on_cloth(u, v)
        for u, v in (
            (0, 0),
            (0.25, -0.02),
            (0.5, 0.03),
            (0.75, -0.02),
            (1, 0),
            (1.01, 0.5),
            (1, 1),
            (0.7, 1.04),
            (0.4, 0.97),
            (0.15, 1.03),
            (0, 1),
            (-0.01, 0.5),
        )
    ]
    d = curve(edge, closed=True, tension=9)
    checks = []
    for index in range(9):
        a, b = (index + 0.15) / 9, (index + 0.65) / 9
        checks.append(
            polygon(
                [_on_cloth(a, -0.05), _on_cloth(b, -0.05), _on_cloth(b, 1.05), _on_cloth(a, 1.05)],
                "#c8102e",
                opacity=0.62,
            )
        )
    for index in range(6):
        a, b = ((index + 0.15) / 6) ** 1.15, ((index + 0.65) / 6) ** 1.15
        checks.append(
            polygon(
                [_on_cloth(-0.05, a), _on_cloth(1.05, a), _on_cloth(1.05, b), _on_cloth(-0.05, b)],
                "#c8102e",
                opacity=0.62,
            )
        )
    shade = path(d, "#12301f", transform="translate(-3 5)", filter=sheet.blur(3), opacity=0.6)
    return [
        shade,
        path(d, "#fff4e8"),
        group(*checks, clip_path=sheet.clip(path(d))),
        path(d, sheet.linear("#fff3c833", "#3a102044", along=(1, 0, 0, 1))),
    ]


def _basket(sheet: Sheet, x: float, base: float) -> list[str]:
    body = f"M{x - 36} {base - 36}H{x + 36}L{x + 30} {base - 2}Q{x} {base + 3} {x - 30} {base - 2}Z"
    inside = sheet.clip(path(body))
    weave = []
    for row in range(7):
        for column in range(15):
            px, py = x - 38 + column * 5.4 + (row % 2) * 2.7, base - 36 + row * 5.6
            weave.append(rect(px, py, 5, 4.4, ("#d9a566", "#b57f45", "#e6bb80")[(row + column) % 3], r=1.6))
    made = [
        contact(sheet, x - 6, base, 100, 14, color="#3a0a18", opacity=0.55),
        stroke(f"M{x - 33} {base - 36}C{x - 30} {base - 84} {x + 30} {base - 84} {x + 33} {base - 36}", "#9a6634", 4.4),
        stroke(f"M{x - 33} {base - 37}C{x - 30} {base - 85} {x + 30} {base - 85} {x + 33} {base - 37}", "#e0b070", 1.4),
    ]
    loaf = sheet.linear("#f3c27a", "#c9823f", "#9a5526")
    for turn, length, dx in ((-26, 66, -10), (-12, 58, 2)):
        cuts = "".join(f"M-4 {number(-length + 14 + 11 * i)}L4 {number(-length + 8 + 11 * i)}" for i in range(4))
        made.append(
            placed(
                rect(-6.5, -length, 13, length, loaf, r=6.5),
                stroke(cuts, "#ffe6b5", 1.8),
                x=x + dx,
                y=base - 20,
                turn=turn,
            )
        )
    made.append(
        placed(
            rect(-6, -34, 12, 30, "#2f5a48", r=4),
            rect(-2.4, -50, 4.8, 20, "#2f5a48", r=2),
            rect(-2.9, -52, 5.8, 7, "#c8102e", r=1.2),
            rect(-6, -22, 12, 10, "#fff1dc"),
            rect(2.6, -32, 1.6, 26, "#a8d3b8", r=0.8, opacity=0.7),
            x=x + 18,
            y=base - 22,
            turn=12,
        )
    )
    made.append(
        path(
            (
                f"M{x - 38} {base - 38}Q{x - 10} {base - 30} {x + 38} {base - 38}L{x + 34} {base - 20}"
                f"Q{x + 18} {base - 28} {x + 8} {base - 14}Q{x - 6} {base - 26} {x - 20} {base - 18}Q{x - 28}"
                f" {base - 26} {x - 36} {base - 24}Z"
            ),
            sheet.linear("#ffffff", "#e3d3cf"),
        )
    )
    basket = [
        path(body, "#8a5a30"),
        group(*weave, clip_path=inside),
        path(body, sheet.linear("#2a101866", "#2a101800", "#fff0c022", along=(0, 0, 1, 0))),
    ]
    cloth = made.pop()
    return [*made, *basket, cloth, rect(x - 38, base - 39, 76, 5, sheet.linear("#e0b070", "#a97640"), r=2.4)]


def _fruit(sheet: Sheet) -> list[str]:
    made = []
    for x, y, r, color in ((392, 266, 9, "#d3142f"), (406, 270, 8.4, "#e8a03a"), (379, 270, 8.4, "#8fb54a")):
        made += [
            contact(sheet, x - 2, y + r, r * 2.6, r * 0.8, color="#3a0a18", opacity=0.5),
            circle(
                x,
                y,
                r,
                sheet.radial(mix(color, "#ffffff", 0.45), color, mix(color, "#300818", 0.45), x=0.65, y=0.3, r=0.75),
            ),
            stroke(f"M{x} {y - r * 0.8}q1 -4 3 -5", "#5b3a20", 1.4),
        ]
    made.append(contact(sheet, 508, 279, 62, 9, color="#3a0a18", opacity=0.5))
    wedge = "M478 262Q508 300 540 258Q508 268 478 262Z"
    made += [
        path("M475 262Q508 306 543 257Q508 264 475 262Z", "#3f8a4a"),
        path("M477 262Q508 302 541 258Q508 265 477 262Z", "#eef6cf"),
        path(wedge, sheet.linear("#ff7a6a", "#e23a4a")),
    ]
    made += [ellipse(492 + index * 8, 270 + (index % 2) * 4 - abs(index - 2), 1, 1.7, "#3a1018") for index in range(5)]
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=23)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#3f97dd", "#7fc3ec", "#cfeaf2", "#fdf4dc", along=(0, 0, 0, 160))))
    sheet.add(sheet.glow(330, -10, 260, "#fff6cf", 1), circle(330, 10, 22, "#fffdf0"))
    sheet.add(
        cloud(sheet, 110, 66, 150, 32, light="#ffffff", shade="#b5d3ea"),
        cloud(sheet, 236, 104, 110, 20, light="#ffffff", shade="#c5ddec"),
        cloud(sheet, 440, 92, 130, 24, light="#ffffff", shade="#c0daea"),
        cloud(sheet, 20, 112, 90, 16, light="#ffffff", shade="#c9e0ec"),
    )
    sheet.add(
        hills(sheet, 138, 9, "#a5c6d3", "#c3dccb", floor=180),
        hills(sheet, 150, 7, "#86b58a", "#a3c988", floor=190),
        conifers(rng, 160, 60, 5, 12, fill="#5f9a78"),
    )
    sheet.add(hills(sheet, 162, 4, "#9ccb74", "#7fb55f", floor=210))
    sheet.add(
        *[
            house(sheet, x, 174, w, h, wall=wall, roof="#b8503f", rise=w * 0.5, lit=0, floors=1, columns=2, gloom=0.15)
            for x, w, h, wall in (
                (96, 24, 14, "#fff0dc"),
                (126, 20, 12, "#ffe3c8"),
                (196, 26, 15, "#fff3e0"),
                (228, 20, 13, "#ffe6cf"),
                (262, 22, 12, "#fff0dc"),
            )
        ]
    )
    sheet.add(church(164, 174, 56, "#fff4e2", "#b8503f", nave=0.6, dark="#d9c9c0"))
    sheet.add(
        *[
            bush(sheet, x, 178, w, 14, dark="#3f7a4a", mid="#5f9a55", light="#a5cf6a", fray=4)
            for x, w in ((84, 26), (148, 18), (216, 20), (290, 34), (330, 24))
        ]
    )
    river = (
        "M-10 186C90 180 170 190 270 186C360 183 420 178 610 184V204C470 198 380 204 290 206C180 208 90 200 -10 208Z"
    )
    sheet.add(
        path(under(ridge(rng, 178, 2, 6), 310), sheet.ramp("#a3d06a", "#63a551", "#2f6f3f", along=(0, 176, 0, 300)))
    )
    sheet.add(
        path(river, sheet.ramp("#c3e9f2", "#5fb5d6", along=(0, 182, 0, 208))),
        group(
            ripples(sheet, 187, 204, 44, "#ffffff", opacity=0.8, middle=300, spread=600),
            clip_path=sheet.clip(path(river)),
        ),
    )
    sheet.add(
        path(
            under([(-10, 214), (140, 208), (300, 212), (460, 204), (610, 208)], 310),
            sheet.ramp("#9bcf5f", "#57a04c", "#22603a", along=(0, 204, 0, 300)),
        )
    )
    sheet.add(tree(sheet, 560, 236, 250, "#2f6a40", mid="#569a4a", light="#b9d86a", trunk="#5b4030", wide=0.46, fray=9))
    sheet.add(ellipse(470, 262, 190, 34, "#123a2a", opacity=0.42, filter=sheet.blur(9)))
    sheet.add(*_blanket(sheet), *_basket(sheet, 452, 258), *_fruit(sheet))
    sheet.add(
        glass(sheet, 356, 257, 17, 28, drink=("#f7a58a", "#e2546a")),
        glass(sheet, 328, 276, 18, 30, drink=("#f7a58a", "#e2546a"), straw="#fff4e6"),
    )
    for _ in range(40):
        x, y = rng.uniform(330, 590), rng.uniform(228, 290)
        sheet.add(ellipse(x, y, rng.uniform(3, 9), rng.uniform(1.4, 3.6), "#fff6b8", opacity=0.16))
    for index in range(24):
        x = index * 13
        sheet.add(
            grass(
                rng,
                x,
                306,
                24,
                rng.uniform(22, 44),
                color=rng.choice(("#1f5a38", "#2f7a44", "#4d9a4c")),
                count=10,
                lean=0.12,
                thick=1.2,
            )
        )
    sheet.add(flowers(rng, 140, 262, 280, 50, colors=["#ffffff", "#ffd84a", "#f7889a"], count=50, size=1.7))
    sheet.finish("#12301f", 0.35)
    return sheet
