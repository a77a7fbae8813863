"""Berlin: the television tower, the cathedral and the gate in evening light on the Spree."""

from __future__ import annotations

from ..land import mirrored, ripples
from ..nature import cloud, streaks
from ..pen import circle, ellipse, group, line, mix, number, path, placed, polygon, rect, stroke
from ..sheet import Sheet
from ..town import skyline
from ..trees import crown

WATER = 214.0


def _tower(sheet: Sheet, x: float, base: float) -> list[str]:
    round_ = sheet.linear("#5a4a7a", "#a98fae", "#f3d3c0", "#b58fa0", along=(0, 0, 1, 0))
    ball = sheet.radial("#fff3e6", "#e0b5b0", "#8a6a95", "#4f3d6e", x=0.68, y=0.34, r=0.72)
    made = [
        path(
            (
                f"M{x - 9} {base}C{x - 6} {base - 14} {x - 4.4} {base - 40} {x - 3} 82H{x + 3}C{x + 4.4}"
                f" {base - 40} {x + 6} {base - 14} {x + 9} {base}Z"
            ),
            round_,
        ),
        path(f"M{x - 4} 84L{x - 5.5} 80H{x + 5.5}L{x + 4} 84Z", "#7a6088"),
        circle(x, 67, 15, ball),
        path(f"M{x - 15} 66Q{x} 71 {x + 15} 66L{x + 14.6} 69.6Q{x} 75 {x - 14.6} 69.6Z", "#4a3a68"),
    ]
    facets = "".join(
        (
            f"M{number(x + d)} {number(67 - (225 - d * d) ** 0.5)}Q{number(x + d * 1.25)} 67 {number(x + d)}"
            f" {number(67 + (225 - d * d) ** 0.5)}"
        )
        for d in (-11, -6, 0, 6, 11)
    )
    made.append(stroke(facets, "#ffffff", 0.5, opacity=0.35))
    made += [
        ellipse(x + 5.6, 60, 2.6, 3.6, "#fffaf0", opacity=0.9),
        rect(x - 4, 49, 8, 4.5, "#7a6088", r=1),
        rect(x - 1.8, 38, 3.6, 12, "#fff1e6"),
    ]
    for index in range(6):
        y = 38 - index * 5.4
        half = 1.6 - index * 0.2
        made.append(rect(x - half, y - 5.4, half * 2, 5.5, ("#d3142f", "#fff6ee")[index % 2]))
    return made


def _dome(sheet: Sheet, x: float, base: float) -> list[str]:
    stone, copper = (
        sheet.linear("#6a5a80", "#c9a3a0", "#e9c3a8", along=(0, 0, 1, 0)),
        sheet.linear("#3f6a78", "#6fa5a0", "#b5d3b8", along=(0, 0, 1, 0)),
    )
    made = [rect(x - 46, base - 36, 92, 36, stone), rect(x - 49, base - 39, 98, 4, "#a98595")]
    made.extend(rect(x - 42 + index * 10, base - 30, 4, 20, "#5a4668", r=2, opacity=0.7) for index in range(9))
    made += [
        rect(x - 14, base - 44, 28, 44, mix("#e9c3a8", "#8a6a88", 0.3)),
        path(f"M{x - 9} {base}V{base - 22}A9 9 0 0 1 {x + 9} {base - 22}V{base}Z", "#54405f"),
        polygon([(x - 16, base - 44), (x, base - 52), (x + 16, base - 44)], "#b5909a"),
    ]
    for dx, w, h in ((-40, 8, 30), (40, 8, 30)):
        made += [
            rect(x + dx - w, base - 54, w * 2, 20, stone),
            path(
                (
                    f"M{x + dx - w} {base - 54}C{x + dx - w} {base - 66} {x + dx - 2} {base - 68} {x + dx}"
                    f" {base - 72}C{x + dx + 2} {base - 68} {x + dx + w} {base - 66} {x + dx + w} {base - 54}Z"
                ),
                copper,
            ),
            line(x + dx, base - 72, x + dx, base - 54 - h + 6, "#e6bf6a", width=0.9),
        ]
    made += [rect(x - 23, base - 62, 46, 24, stone)]
    made += [rect(x - 20 + i * 7, base - 58, 3, 14, "#5a4668", r=1.5, opacity=0.7) for i in range(6)]
    made += [
        path(
            (
                f"M{x - 25} {base - 62}C{x - 25} {base - 86} {x - 10} {base - 94} {x - 5} {base - 97}H{x + 5}"
                f"C{x + 10} {base - 94} {x + 25} {base - 86} {x + 25} {base - 62}Z"
            ),
            copper,
        )
    ]
    made += [
        stroke(
            "".join(
                f"M{x + d} {base - 62}Q{number(x + d * 0.8)} {base - 84} {number(x + d * 0.2)} {base - 96}"
                for d in (-16, -6, 6, 16)
            ),
            "#2f5560",
            0.8,
            opacity=0.6,
        )
    ]
    made += [
        rect(x - 5, base - 106, 10, 10, stone),
        path(f"M{x - 6} {base - 106}Q{x} {base - 116} {x + 6} {base - 106}Z", copper),
        line(x, base - 112, x, base - 124, "#f3cf7a", width=1.2),
        line(x - 3, base - 120, x + 3, base - 120, "#f3cf7a", width=1.2),
    ]
    return made


def _gate(sheet: Sheet, x: float, base: float) -> list[str]:
    stone = sheet.linear("#8a6a82", "#d9ad9a", "#f6d3b0", along=(0, 0, 1, 0))
    made = [rect(x - 48, base - 44, 96, 44, mix("#7a5a7a", "#c08a8a", 0.3))]
    made.extend(rect(x - 46 + index * 17.2, base - 44, 6, 44, stone) for index in range(6))
    made += [
        rect(x - 50, base - 54, 100, 11, stone),
        rect(x - 52, base - 57, 104, 3.6, "#f0cbb0"),
        rect(x - 30, base - 66, 60, 9, stone),
    ]
    for dx in (-66, 54):
        made += [
            rect(x + dx, base - 28, 12, 28, stone),
            polygon([(x + dx - 2, base - 28), (x + dx + 6, base - 34), (x + dx + 14, base - 28)], "#b58a90"),
        ]
    horses = "".join(f"M{x - 12 + i * 6} {base - 66}v-6q1 -4 4 -5l2 2q-2 1 -2 4v5" for i in range(4))
    made += [
        stroke(horses, "#4f7a78", 1.4),
        path(f"M{x + 8} {base - 66}q5 -6 10 0Z", "#4f7a78"),
        line(x + 12, base - 69, x + 12, base - 82, "#4f7a78", width=1.6),
        path(f"M{x + 8} {base - 78}q4 -5 8 0q-4 2 -8 0Z", "#6f9a90"),
    ]
    return made


def _town_hall(sheet: Sheet, x: float, base: float) -> list[str]:
    brick = sheet.linear("#6b2f48", "#b5524f", "#d9755f", along=(0, 0, 1, 0))
    made = [
        rect(x - 44, base - 34, 60, 34, brick),
        rect(x - 9, base - 92, 20, 92, brick),
        rect(x - 11, base - 95, 24, 4, "#e09a7a"),
        rect(x - 7, base - 104, 16, 10, brick),
        polygon([(x - 8, base - 104), (x + 1, base - 114), (x + 10, base - 104)], "#5b2a45"),
        line(x + 1, base - 112, x + 1, base - 126, "#5b2a45", width=1),
    ]
    made += [
        circle(x + 1, base - 84, 5.4, "#fff1dc"),
        line(x + 1, base - 84, x + 1, base - 88, "#5b2a45", width=0.8),
        line(x + 1, base - 84, x + 4, base - 84, "#5b2a45", width=0.8),
    ]
    made += [rect(x - 40 + i * 8, base - 26, 4, 12, "#ffd9a0" if i % 3 else "#4f2540", r=2) for i in range(4)]
    made += [
        rect(x - 5 + i * 8, base - 70 + r * 16, 4, 10, "#4f2540", r=2, opacity=0.8) for r in range(4) for i in range(2)
    ]
    return made


def _boat(sheet: Sheet, x: float, y: float) -> str:
    glass = [rect(14 + i * 13, -19, 10.4, 8, sheet.linear("#fff3c4", "#ffc978"), r=1) for i in range(8)]
    return placed(
        ellipse(66, 9, 84, 3, "#241a4a", opacity=0.5, filter=sheet.blur(1.5)),
        path("M-10 -7H134Q130 8 120 8H6Q-6 6 -10 -7Z", sheet.linear("#fffaf4", "#e3c9c9")),
        rect(-9, -7, 142, 3.4, "#c8102e"),
        rect(8, -22, 112, 15, "#fff6ee", r=2),
        *glass,
        rect(4, -25, 120, 3.4, "#d9b8b5", r=1.6),
        rect(96, -34, 18, 9, "#fff6ee", r=2),
        rect(99, -32, 12, 4, "#ffd98a", r=1),
        line(-6, -7, -6, -20, "#6b5570", width=1),
        path("M-6 -20h10v5h-10Z", "#c8102e"),
        x=x,
        y=y,
        scale=0.86,
    )


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=10)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#4a5fae", "#8f84c6", "#e0a0b5", "#ffc59a", "#ffe0a8", along=(0, 0, 0, WATER))))
    sheet.add(
        streaks(sheet, 18, 50, 170, "#ffe0c8", opacity=0.6),
        streaks(sheet, 8, 30, 100, "#c07aa8", opacity=0.4),
        sheet.glow(520, 150, 270, "#ffd98a", 0.95),
    )
    for x, y, w, h in ((120, 62, 190, 28), (290, 96, 130, 16), (540, 58, 140, 20), (40, 112, 120, 14)):
        sheet.add(cloud(sheet, x, y, w, h, light="#ffe9dc", shade="#b58ab8", torn=2.2))
    sheet.add(circle(532, 158, 20, "#fffbe0"), sheet.glow(532, 158, 60, "#fff0b0", 0.9))
    back = [
        skyline(rng, WATER, 30, 62, "#c08aa8", left=-10, right=610, wide=(18, 36)),
        skyline(rng, WATER, 18, 44, "#a0709a", lights=("#ffe0a8",), left=-10, right=610, wide=(16, 34), share=0.12),
    ]
    front = [
        *_tower(sheet, 408, WATER),
        *_town_hall(sheet, 352, WATER),
        *_dome(sheet, 250, WATER),
        *_gate(sheet, 508, WATER),
    ]
    block = skyline(
        rng, WATER, 18, 36, "#6a4a80", lights=("#ffd58a", "#ffe6b0"), left=-10, right=196, wide=(16, 30), share=0.28
    )
    sheet.add(*back, rect(0, 130, 600, 86, sheet.linear("#ffd9a800", "#ffcf9a77")), block, *front)
    for x in (12, 40, 74, 108, 142, 172, 200, 308, 326, 376, 436, 590, 452):
        sheet.add(
            crown(
                sheet,
                x,
                WATER - 9,
                rng.uniform(12, 18),
                rng.uniform(9, 13),
                dark="#3f4a5f",
                mid="#6a6f6a",
                light="#c9b07a",
                fray=4,
            )
        )
    sheet.add(rect(0, WATER - 3, 600, 8, sheet.linear("#8a6a82", "#4f3a5f")))
    sheet.add(
        rect(0, WATER + 4, 600, 96, sheet.ramp("#f0b59a", "#a0709a", "#4f4585", "#2a2a5f", along=(0, WATER, 0, 300)))
    )
    water = sheet.clip(rect(0, WATER + 4, 600, 96, "#fff"))
    sheet.add(
        group(
            mirrored(sheet, WATER + 4, *back, block, *front, scale=0.42, ripple=9, opacity=0.5, smear=1.4),
            clip_path=water,
        )
    )
    sheet.add(
        ripples(sheet, WATER + 6, 298, 90, "#ffe3b8", opacity=0.6, middle=470, spread=420),
        ripples(sheet, WATER + 8, 300, 60, "#2a2560", opacity=0.4, middle=220, spread=600),
    )
    sheet.add(_boat(sheet, 372, 254))
    sheet.finish("#1a1240", 0.4)
    return sheet
