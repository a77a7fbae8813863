"""Anywhere in Germany: rolling fields, a village, a castle on its hill, a red balloon."""

from __future__ import annotations

from ..animals import sheep
from ..brand import emblem
from ..houses import house
from ..nature import bird, cloud, streaks
from ..pen import Point, circle, ellipse, group, line, mix, number, path, placed, polygon, rect, stroke, under
from ..plants import flowers, grass
from ..sheet import Sheet
from ..trees import bush, conifers, tree
from ..village import church


def _field(
    sheet: Sheet,
    points: list[Point],
    floor: float,
    colors: tuple[str, str],
    furrow: str | None = None,
    *,
    lean: float = 0,
) -> list[str]:
    d = under(points, floor)
    top = min(y for _, y in points)
    made = [path(d, sheet.ramp(*colors, along=(0, top, 0, floor)))]
    if furrow:
        rows = []
        x0, x1 = points[0][0], points[-1][0]
        for index in range(60):
            x = x0 + (x1 - x0) * index / 60
            rows.append(
                f"M{number(x)} {number(top - 10)}L{number(x + lean + (x - (x0 + x1) / 2) * 0.9)} {number(floor)}"
            )
        made.append(group(stroke("".join(rows), furrow, 1.1, opacity=0.4), clip_path=sheet.clip(path(d))))
    return made


def _turbine(x: float, base: float, height: float, turn: float) -> str:
    r = height * 0.52
    blades = "".join(
        placed(polygon([(-0.9, 0), (0, -r), (1.3, -r * 0.3), (0.9, 0)], "#ffffff"), turn=turn + a)
        for a in (0, 120, 240)
    )
    return group(
        polygon([(x - 1.2, base), (x - 0.6, base - height), (x + 0.6, base - height), (x + 1.2, base)], "#f3f5f6"),
        placed(blades, circle(0, 0, 1.1, "#d9dfe3"), x=x, y=base - height),
        opacity=0.9,
    )


def _castle(sheet: Sheet, x: float, base: float) -> list[str]:
    wall = sheet.linear("#a98f95", "#e3cbb5", "#f6e3c8", along=(0, 0, 1, 0))
    roof = "#8f4a52"
    made = []
    for dx, w, h, rise in ((0, 12, 34, 18), (16, 22, 22, 9), (38, 10, 46, 20), (50, 26, 18, 10), (76, 13, 30, 17)):
        made.append(rect(x + dx, base - h, w, h, wall))
        made.append(
            polygon([(x + dx - 1.5, base - h), (x + dx + w / 2, base - h - rise), (x + dx + w + 1.5, base - h)], roof)
        )
        made.append(
            polygon(
                [(x + dx + w / 2, base - h), (x + dx + w / 2, base - h - rise), (x + dx + w + 1.5, base - h)],
                mix(roof, "#ffb59a", 0.25),
            )
        )
        made.append(rect(x + dx + w / 2 - 1, base - h + 5, 2, 4, "#5b4a5f", r=1))
    return [
        *made,
        line(x + 43, base - 66, x + 43, base - 74, "#5b4a5f", width=0.7),
        path(f"M{x + 43} {base - 74}h8l-2.4 2.4l2.4 2.4h-8Z", "#c8102e"),
    ]


def _balloon(sheet: Sheet, x: float, y: float, r: float) -> list[str]:
    drop = r * 1.32
    made = []
    edges = (-1, -0.74, -0.34, 0.14, 0.58, 0.88, 1)
    for index in range(6):
        a, b = edges[index] * r, edges[index + 1] * r
        color = ("#c8102e", "#fff1e0")[index % 2]
        tone = 0.4 - index * 0.12
        fill = mix(color, "#2a0a22", tone) if tone > 0 else mix(color, "#ffdfb5", -tone)

        def side(v: float) -> str:
            return (
                f"C{number(v * 1.02)} {number(-r * 0.62)} {number(v * 1.3)} {number(r * 0.42)}"
                f" {number(v * 0.2)} {number(drop)}"
            )

        back = f"C{number(a * 1.3)} {number(r * 0.42)} {number(a * 1.02)} {number(-r * 0.62)} 0 {number(-r)}"
        made.append(path(f"M0 {number(-r)}{side(b)}L{number(a * 0.2)} {number(drop)}{back}Z", fill))
    made.append(
        stroke(
            (
                f"M{number(-r * 0.2)} {number(drop)}L{number(-r * 0.13)} {number(drop + r * 0.3)}"
                f"M{number(r * 0.2)} {number(drop)}L{number(r * 0.13)} {number(drop + r * 0.3)}"
            ),
            "#5b4030",
            0.8,
        )
    )
    made.append(
        rect(
            -r * 0.16, drop + r * 0.3, r * 0.32, r * 0.26, sheet.linear("#8a5a30", "#d9a566", along=(0, 0, 1, 0)), r=1.5
        )
    )
    made.append(
        ellipse(
            r * 0.46,
            -r * 0.42,
            r * 0.1,
            r * 0.26,
            "#ffffff",
            opacity=0.45,
            transform=f"rotate(24 {number(r * 0.46)} {number(-r * 0.42)})",
        )
    )
    return [placed(*made, emblem(-r * 0.13, -r * 0.08, r * 0.5, "#fff1e0", "#c8102e"), x=x, y=y)]


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=29)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#4f9bd6", "#93cbea", "#dcefee", "#fff0cf", along=(0, 0, 0, 160))))
    sheet.add(sheet.glow(560, 26, 300, "#fff0bd", 1), streaks(sheet, 10, 70, 120, "#ffffff", opacity=0.6))
    for x, y, w, h in (
        (120, 60, 170, 34),
        (286, 92, 130, 18),
        (536, 100, 120, 18),
        (250, 34, 90, 16),
        (24, 112, 110, 16),
    ):
        sheet.add(cloud(sheet, x, y, w, h, light="#ffffff", shade="#b3cfe3"))
    sheet.add(
        path(
            under([(-20, 136), (80, 122), (190, 134), (300, 126), (420, 138), (620, 120)], 200),
            sheet.ramp("#a3c0d0", "#c9dccb", along=(0, 120, 0, 170)),
        )
    )
    sheet.add(_turbine(70, 126, 34, 12), _turbine(98, 127, 30, 50), _turbine(126, 130, 27, 84))
    sheet.add(
        path(
            under([(-20, 152), (110, 140), (240, 152), (360, 142), (500, 150), (620, 140)], 220),
            sheet.ramp("#8fb88f", "#b5cf94", along=(0, 138, 0, 190)),
        ),
        conifers(rng, 152, 70, 5, 13, fill="#6a9a80"),
    )
    hill = [(380, 190), (440, 168), (490, 134), (530, 122), (572, 132), (640, 170)]
    sheet.add(
        path(under(hill, 240), sheet.ramp("#6f9f66", "#8fb566", along=(0, 122, 0, 200))), *_castle(sheet, 486, 131)
    )
    sheet.add(
        *[
            bush(sheet, x, y, 30, 20, dark="#3f7050", mid="#659a58", light="#aecb70", fray=5)
            for x, y in ((472, 158), (496, 150), (520, 148), (548, 148), (574, 152), (452, 170), (600, 160))
        ]
    )
    sheet.add(
        *_field(
            sheet, [(-20, 176), (90, 162), (200, 166), (300, 182)], 240, ("#f3d873", "#d9b045"), "#b58a2a", lean=-40
        )
    )
    sheet.add(
        *_field(
            sheet,
            [(140, 212), (180, 200), (230, 184), (300, 173), (420, 172), (520, 190)],
            250,
            ("#a9cf66", "#6fa84a"),
            "#5a913f",
            lean=20,
        )
    )
    sheet.add(*_field(sheet, [(400, 196), (500, 180), (620, 172)], 260, ("#e3c46b", "#c29a3f"), "#a07a2a", lean=50))
    red, cream = "#b8503f", "#fff1dc"
    for x, y, w, h, wall in (
        (262, 186, 22, 13, cream),
        (286, 189, 24, 14, "#fbe0c3"),
        (350, 190, 26, 15, cream),
        (378, 187, 22, 13, "#f9e6cc"),
        (402, 190, 24, 14, "#fbdcc0"),
        (232, 188, 22, 13, "#fbe6d0"),
    ):
        sheet.add(house(sheet, x, y, w, h, wall=wall, roof=red, rise=w * 0.55, lit=0, floors=1, columns=2, gloom=0.18))
    sheet.add(church(322, 192, 66, cream, red, nave=0.42, dark="#d9c6bb"))
    sheet.add(
        *[
            bush(sheet, x, 194, w, 15, dark="#3a7048", mid="#5f9a52", light="#aed06e", fray=4)
            for x, w in ((222, 24), (258, 16), (312, 18), (344, 18), (394, 22), (430, 28))
        ]
    )
    sheet.add(
        *_field(
            sheet, [(-20, 206), (120, 196), (260, 208), (400, 200), (520, 214), (620, 206)], 310, ("#96c75c", "#3f8446")
        )
    )
    road = (
        "M300 194C316 202 344 206 338 216C330 230 290 236 286 254C282 276 318 292 330 312H400C372 288 322 276"
        " 320 256C320 240 356 232 360 216C362 204 326 200 306 193Z"
    )
    sheet.add(
        path(road, sheet.ramp("#f6ecd3", "#d9c9ab", "#a5957f", along=(0, 194, 0, 300))),
        stroke(
            "M304 196C322 204 352 206 349 217C344 232 304 238 303 256C302 278 344 292 364 312",
            "#ffffff",
            1,
            opacity=0.7,
            stroke_dasharray="6 6",
        ),
    )
    for index in range(7):
        px, py, tall = 360 + index * 38, 214 + index * 6.5, 44 + index * 11
        sheet.add(
            ellipse(px - tall * 0.35, py + 1, tall * 0.5, 3 + index * 0.5, "#1f4a32", opacity=0.35),
            tree(sheet, px, py, tall, "#2f6a40", mid="#569a4a", light="#b9d86a", trunk="#5b4030", wide=0.3, fray=5),
        )
    sheet.add(
        path(
            under([(-20, 250), (80, 252), (190, 268), (270, 290), (310, 312)], 330),
            sheet.ramp("#6fae4c", "#2a6a3a", "#174a30", along=(0, 250, 0, 300)),
        )
    )
    for index in range(20):
        x = index * 15
        sheet.add(
            grass(
                rng,
                x,
                262 + 46 * (x / 300) ** 1.4,
                22,
                24,
                color=rng.choice(("#2f7a44", "#4d9a4c", "#7ab855")),
                count=11,
                lean=0.2,
                thick=1.1,
            )
        )
    sheet.add(flowers(rng, 110, 276, 230, 40, colors=["#e3263f", "#ffffff", "#5f7ae0", "#e3263f"], count=46, size=1.8))
    for px, py in ((420, 270), (452, 280), (496, 272), (540, 284), (584, 276)):
        sheet.add(sheep(px, py))
    sheet.add(*_balloon(sheet, 404, 64, 40), *[placed(*_balloon(sheet, 0, 0, 13), x=218, y=92)])
    for x, y, s in ((330, 112, 11), (346, 120, 8), (318, 122, 7)):
        sheet.add(bird(x, y, s, "#4f6a80"))
    sheet.finish("#1f3a3a", 0.3)
    return sheet
