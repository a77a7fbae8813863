"""Hamburg and the North Sea: lighthouse, dunes, a beach chair, cranes on the horizon."""

from __future__ import annotations

from random import Random

from ..land import ripples
from ..nature import bird, cloud, streaks
from ..pen import Point, circle, curve, ellipse, group, line, mix, number, path, placed, polygon, rect, stroke, under
from ..plants import grass
from ..sheet import Sheet
from ..things import contact

SEA = 138.0


def _crane(x: float, base: float, height: float, color: str) -> str:
    d = (
        f"M{x} {base}L{x + 3} {base - height}M{x + 16} {base}L{x + 13} {base - height}M{x + 1}"
        f" {base - height * 0.4}H{x + 15}M{x + 3} {base - height}H{x + 13}"
        f"M{x - 26} {base - height * 0.86}H{x + 30}M{x + 8} {base - height * 1.25}L{x - 26}"
        f" {base - height * 0.86}M{x + 8} {base - height * 1.25}L{x + 30} {base - height * 0.86}M{x + 8}"
        f" {base - height * 1.25}V{base - height * 0.86}"
        f"M{x - 18} {base - height * 0.86}v{number(height * 0.3)}"
    )
    return stroke(d, color, 1.1)


def _harbour(sheet: Sheet) -> list[str]:
    haze = "#8fa6bd"
    made = [_crane(x, SEA, h, haze) for x, h in ((52, 36), (92, 40), (134, 34))]
    rng = Random(4)
    boxes: list[str] = []
    for column in range(16):
        boxes.extend(
            rect(
                34 + column * 8.6,
                SEA - 11 - row * 4.4,
                8,
                4,
                mix(rng.choice(("#c8102e", "#3f7a8a", "#e0a03a", "#7a8aa5", "#e6ddd3")), haze, 0.38),
            )
            for row in range(rng.randint(2, 4))
        )
    hull = path(f"M20 {SEA - 7}H186L178 {SEA}H30Z", mix("#3a4a6a", haze, 0.4))
    bridge = rect(160, SEA - 30, 14, 23, mix("#ffffff", haze, 0.25))
    return [*made, *boxes, hull, bridge, rect(160, SEA - 27, 14, 2.4, mix("#2a3a5a", haze, 0.4))]


def _lighthouse(sheet: Sheet, x: float, base: float) -> list[str]:
    height, low, high = 150.0, 17.0, 10.5
    top = base - height

    def half(y: float) -> float:
        return high + (low - high) * (y - top) / height

    made = []
    for index in range(6):
        y1, y2 = top + height * index / 6, top + height * (index + 1) / 6
        color = ("#d3142f", "#fff6ea")[index % 2]
        fill = sheet.linear(
            (0, mix(color, "#2a1038", 0.5)),
            (0.4, mix(color, "#2a1038", 0.1)),
            (0.75, mix(color, "#ffffff", 0.25)),
            (1, mix(color, "#2a1038", 0.12)),
            along=(0, 0, 1, 0),
        )
        a, b = half(y1), half(y2)
        made.append(
            path(
                (
                    f"M{number(x - a)} {number(y1)}Q{x} {number(y1 + 3.4)} {number(x + a)} {number(y1)}"
                    f"L{number(x + b)} {number(y2)}Q{x} {number(y2 + 3.4)} {number(x - b)} {number(y2)}Z"
                ),
                fill,
            )
        )
    made.extend(rect(x + 1, top + height * share, 4.4, 8, "#3a2a45", r=2.2) for share in (0.28, 0.6))
    made += [
        path(f"M{x - 5} {base + 2}v-13a5 5 0 0 1 10 0v13Z", "#4a2a38"),
        path(f"M{x - 16} {top}Q{x} {top + 5} {x + 16} {top}V{top - 4}H{x - 16}Z", "#3a3048"),
        stroke(
            (
                f"M{x - 15} {top - 3}V{top - 11}M{x + 15} {top - 3}V{top - 11}M{x - 15} {top - 11}H{x + 15}"
                f"M{x - 8} {top - 3}v-8M{x + 8} {top - 3}v-8M{x} {top - 3}v-8"
            ),
            "#3a3048",
            1,
        ),
    ]
    made += [
        rect(x - 8, top - 20, 16, 17, sheet.linear("#fff3c0", "#ffd27a")),
        line(x - 3, top - 20, x - 3, top - 3, "#3a3048", width=1),
        line(x + 3, top - 20, x + 3, top - 3, "#3a3048", width=1),
        path(
            f"M{x - 11} {top - 20}Q{x} {top - 34} {x + 11} {top - 20}Z",
            sheet.linear("#8f0f26", "#d3142f", "#e85a68", along=(0, 0, 1, 0)),
        ),
        circle(x, top - 29, 1.8, "#3a3048"),
        line(x, top - 30, x, top - 36, "#3a3048", width=1),
    ]
    return made


def _beach_chair(sheet: Sheet, x: float, base: float, scale: float = 1) -> str:
    wicker = sheet.linear("#c9a06a", "#e9cd98", "#d3ab74", along=(0, 0, 1, 0))
    stripes = [
        polygon(
            [(-20 + i * 5.7, -50), (-14.3 + i * 5.7, -50), (-14.3 + i * 5.7, -22), (-20 + i * 5.7, -22)],
            ("#c8102e", "#fff6ea")[i % 2],
        )
        for i in range(7)
    ]
    seat = [
        polygon(
            [(-20 + i * 5.7, -22), (-14.3 + i * 5.7, -22), (-16 + i * 6.3, -13), (-22.3 + i * 6.3, -13)],
            ("#b00d28", "#efe0d2")[i % 2],
        )
        for i in range(7)
    ]
    weave = "".join(f"M-27 {-8 + i * 3}H27" for i in range(3)) + "".join(f"M{-26 + i * 4} -11V0" for i in range(14))
    return placed(
        contact(sheet, -6, 1, 84, 11, color="#5a3a2a", opacity=0.55),
        path("M-28 0V-52Q-28 -64 -16 -66Q0 -69 16 -66Q28 -64 28 -52V0Z", wicker),
        path("M-21 -13V-52Q-20 -59 0 -60Q20 -59 21 -52V-13Z", "#6b3f35"),
        *stripes,
        rect(-20, -50, 40, 30, sheet.linear("#2a0a2288", "#2a0a2200")),
        *seat,
        rect(-28, -12, 56, 12, wicker, r=1),
        stroke(weave, "#9a7443", 0.6, opacity=0.7),
        path(
            "M-30 -50Q-30 -66 -16 -69Q0 -72 16 -69Q30 -66 30 -50Q16 -57 0 -57Q-16 -57 -30 -50Z",
            sheet.linear("#f3dcb0", "#c99f68"),
        ),
        stroke("M-30 -50Q-16 -57 0 -57Q16 -57 30 -50", "#fff6ea", 2),
        x=x,
        y=base,
        scale=scale,
    )


def _surf(sheet: Sheet, shore: list[Point]) -> list[str]:
    made = []
    for shift, opacity, width in ((-15, 0.5, 2.4), (-7, 0.75, 3.4), (0, 1, 5)):
        points = [(x + 6 * shift * 0.2, y + shift) for x, y in shore]
        made.append(
            stroke(
                curve(points), "#ffffff", width, opacity=opacity, filter=sheet.rough(7, "0.05 0.09", 4 + int(-shift))
            )
        )
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=16)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#4b93cf", "#93c6e6", "#dcecec", "#ffeed2", along=(0, 0, 0, SEA))))
    sheet.add(sheet.glow(560, 30, 300, "#fff0c0", 0.9), streaks(sheet, 12, 60, 128, "#ffffff", opacity=0.7))
    for x, y, w, h in (
        (120, 62, 190, 36),
        (300, 44, 130, 24),
        (392, 96, 150, 20),
        (250, 112, 120, 14),
        (20, 104, 120, 18),
        (560, 80, 120, 20),
    ):
        sheet.add(cloud(sheet, x, y, w, h, light="#ffffff", shade="#b3cde2"))
    sheet.add(*_harbour(sheet), rect(0, SEA - 40, 600, 42, sheet.linear("#fff0dc00", "#fff0dc77")))
    sheet.add(rect(0, SEA, 600, 120, sheet.ramp("#9fcbd6", "#4f9fb8", "#2f7f9f", "#7fc0c0", along=(0, SEA, 0, 246))))
    sheet.add(
        ripples(sheet, SEA + 2, 228, 110, "#ffffff", opacity=0.6, middle=380, spread=600),
        ripples(sheet, SEA + 4, 232, 60, "#1d6488", opacity=0.3, middle=200, spread=600),
    )
    sheet.add(
        group(
            polygon([(262, 168), (262, 116), (286, 163)], "#fffaf0"),
            polygon([(259, 168), (259, 124), (243, 163)], "#f0d9cc"),
            path("M238 168H290Q285 177 277 177H250Q241 176 238 168Z", "#c8102e"),
            rect(240, 170, 49, 1.6, "#fff"),
            ellipse(264, 179, 30, 2, "#1d6488", opacity=0.4),
        )
    )
    sheet.add(polygon([(348, 150), (348, 134), (356, 148)], "#fffaf0"), rect(344, 150, 13, 2, "#6b4a5a", r=1))
    shore = [(-20, 226), (70, 222), (170, 228), (280, 222), (380, 214), (470, 204), (540, 196), (620, 190)]
    sheet.add(
        path(under([(x, y - 4) for x, y in shore], 320), "#c9b38a"),
        path(under(shore, 320), sheet.ramp("#e9d3a5", "#f6e3b8", "#d9b380", "#a97f5a", along=(0, 200, 0, 300))),
    )
    sheet.add(*_surf(sheet, [(x, y - 2) for x, y in shore]))
    dune = [(330, 320), (380, 268), (430, 236), (480, 214), (530, 204), (580, 208), (620, 202)]
    sheet.add(
        path(
            under(dune, 320),
            sheet.ramp("#fbe8bd", "#ecd09c", "#cfa676", along=(580, 200, 420, 310)),
            filter=sheet.blur(5),
        )
    )
    sheet.add(ellipse(470, 226, 60, 8, "#7a5540", opacity=0.3, filter=sheet.blur(5)), *_lighthouse(sheet, 512, 214))
    tones = ("#5f7a45", "#7f9a55", "#a9b56a", "#4a6a45")
    for x, y, w, h in ((540, 214, 70, 30), (480, 222, 60, 24), (590, 214, 50, 36), (444, 240, 40, 22)):
        for tone in tones:
            sheet.add(grass(rng, x, y + 3, w, h, color=tone, count=13, lean=-0.3, thick=0.9))
    sheet.add(_beach_chair(sheet, 400, 262, 0.95), _beach_chair(sheet, 322, 246, 0.58))
    front = [(400, 330), (450, 292), (520, 262), (620, 248)]
    sheet.add(
        path(under(front, 330), sheet.ramp("#f0d5a0", "#c2946a", along=(600, 250, 460, 310)), filter=sheet.blur(2))
    )
    for index in range(13):
        x = 452 + index * 13
        for tone in tones:
            sheet.add(grass(rng, x, 302 - index * 3.1, 20, 46, color=tone, count=6, lean=-0.35, thick=1.1))
    left = [(-20, 262), (40, 266), (110, 280), (180, 306)]
    sheet.add(path(under(left, 330), sheet.ramp("#d9b380", "#9a734f", along=(0, 262, 0, 300)), filter=sheet.blur(2)))
    for index in range(11):
        x = index * 15
        for tone in tones:
            sheet.add(grass(rng, x, 274 + index * 2.6, 20, 38, color=tone, count=6, lean=0.3, thick=1.1))
    for x, y, s in ((330, 72, 22), (366, 92, 15), (296, 96, 13), (438, 60, 16), (214, 84, 11)):
        sheet.add(
            bird(x, y, s, "#ffffff", 0.32, width=s * 0.1), bird(x, y + s * 0.06, s, "#5f7a95", 0.3, width=s * 0.05)
        )
    for _ in range(14):
        sheet.add(
            ellipse(
                rng.uniform(180, 400),
                rng.uniform(240, 290),
                rng.uniform(1, 2.2),
                rng.uniform(0.7, 1.3),
                rng.choice(("#fff6e6", "#c9a380", "#a97f5f")),
            )
        )
    sheet.finish("#2a2a45", 0.3)
    return sheet
