"""The Black Forest: misty ranks of firs, a farmhouse below its great roof, deer in the clearing."""

from __future__ import annotations

from ..land import hills, ridge
from ..nature import bird, streaks
from ..pen import circle, ellipse, group, line, mix, path, placed, polygon, rect, stroke, under
from ..plants import flowers, grass
from ..sheet import Sheet
from ..things import contact
from ..trees import bush, conifers, fir


def _mist(sheet: Sheet, y: float, color: str, strength: float = 0.5) -> str:
    rng = sheet.rng
    return group(
        *[
            ellipse(
                rng.uniform(0, 600),
                y + rng.uniform(-4, 8),
                rng.uniform(80, 190),
                rng.uniform(4, 10),
                color,
                opacity=strength,
            )
            for _ in range(9)
        ],
        filter=sheet.blur(7),
    )


def _farmhouse(sheet: Sheet, x: float, base: float) -> list[str]:
    wood = sheet.linear("#3f2720", "#6b4230", "#8f5c3d", along=(0, 0, 1, 0))
    shingle = sheet.linear("#8a6a55", "#5b3f3a", "#3a2730")
    made = [
        contact(sheet, x + 50, base, 190, 16, color="#12241f", opacity=0.6),
        rect(x, base - 22, 116, 22, sheet.linear("#b5a08f", "#f0dcc3", along=(0, 0, 1, 0))),
        rect(x + 3, base - 66, 110, 44, wood),
    ]
    made += [
        line(x + 3, base - 66 + i * 5.5, x + 113, base - 66 + i * 5.5, "#2a1814", width=0.6, opacity=0.6)
        for i in range(8)
    ]
    for row, y in enumerate((base - 58, base - 37)):
        for column in range(5 if row else 4):
            wx = x + 13 + column * 21 + (0 if row else 10)
            lit = (row + column) % 3 != 1
            made += [
                rect(
                    wx,
                    y,
                    11,
                    11,
                    sheet.linear("#fff2c4", "#ffc765") if lit else "#4a5a66",
                    r=0,
                    stroke="#fff1de",
                    stroke_width=1.4,
                ),
                line(wx + 5.5, y, wx + 5.5, y + 11, "#fff1de", width=0.9),
            ]
            made += [rect(wx - 4.4, y, 3, 11, "#2f5a48"), rect(wx + 12.4, y, 3, 11, "#3f7a5a")]
            made += [
                rect(wx - 3, y + 11.5, 17, 2.6, "#4a2f25"),
                flowers(
                    sheet.rng,
                    wx + 5.5,
                    y + 11.5,
                    17,
                    4,
                    colors=["#e3263f", "#ff5a6a", "#c8102e", "#3f8a50"],
                    count=12,
                    size=1.5,
                ),
            ]
    made += [
        rect(x - 6, base - 24, 128, 3.4, "#54352a"),
        stroke("".join(f"M{x - 4 + i * 7} {base - 24}v-9" for i in range(18)), "#54352a", 1.1),
        rect(x - 6, base - 34, 128, 2, "#6b4536"),
    ]
    made += [
        path(f"M{x + 50} {base}v-16h14v16Z", "#54352a"),
        rect(x + 14, base - 16, 10, 8, "#ffd78a", r=0, stroke="#fff1de", stroke_width=1.2),
        rect(x + 86, base - 16, 10, 8, "#ffd78a", r=0, stroke="#fff1de", stroke_width=1.2),
    ]
    roof = (
        f"M{x - 18} {base - 46}Q{x - 6} {base - 62} {x + 16} {base - 98}L{x + 36} {base - 112}H{x + 80}"
        f"L{x + 100} {base - 98}Q{x + 122} {base - 62} {x + 134} {base - 46}Q{x + 112} {base - 58} {x + 58}"
        f" {base - 60}Q{x + 4} {base - 58} {x - 18} {base - 46}Z"
    )
    made += [
        path(roof, shingle),
        path(
            (
                f"M{x + 80} {base - 112}L{x + 100} {base - 98}Q{x + 122} {base - 62} {x + 134} {base - 46}"
                f"Q{x + 116} {base - 56} {x + 92} {base - 58.6}Z"
            ),
            "#b58a66",
            opacity=0.35,
        ),
    ]
    inside = sheet.clip(path(roof))
    made.append(
        group(
            *[stroke(f"M{x - 20} {base - 110 + i * 6}q77 -4 156 0", "#2a1a1f", 0.7, opacity=0.5) for i in range(12)],
            clip_path=inside,
        )
    )
    made += [
        rect(x + 84, base - 124, 9, 20, sheet.linear("#6b5a55", "#b5a08f", along=(0, 0, 1, 0))),
        rect(x + 82, base - 126, 13, 3, "#8f7d72"),
    ]
    return made


def _deer(x: float, y: float, scale: float, antlers: bool, flip: bool = False) -> str:
    fur = "#6b4630"
    parts = [
        ellipse(0, 1, 20, 2.6, "#12241f", opacity=0.5),
        path(
            (
                "M-16 -22Q-18 -30 -8 -31Q4 -30 10 -33Q14 -40 16 -47Q17 -52 22 -51L29 -47Q30 -45 27 -44L21 -43"
                "Q20 -34 16 -26Q14 -20 14 -14L15 0H12L10 -15Q2 -17 -6 -16L-9 -8L-8 0H-11L-12 -9L-14 -14Z"
            ),
            fur,
        ),
        path("M8 -16L7 0H4.6L5 -16ZM-13 -15L-15 -7L-14 0H-16.4L-17 -8L-16 -18Z", mix(fur, "#1a0f12", 0.4)),
        path(
            "M10 -33Q14 -40 16 -47Q17 -52 22 -51L29 -47L21 -43Q20 -34 16 -26Q13 -29 10 -33Z", mix(fur, "#ffd9a0", 0.15)
        ),
        path("M-16 -26q-3 3 -1 6l2 -2Z", "#fff1e0"),
        path("M17 -50l-5 -5q-1 4 3 7Z", fur),
        circle(22.4, -48, 0.8, "#1a0f12"),
    ]
    if antlers:
        parts.append(
            stroke(
                (
                    "M19 -51C16 -60 10 -62 11 -70M15 -59C19 -62 18 -66 20 -69M21 -51C23 -60 29 -62 29 -70M25"
                    " -60C22 -63 24 -66 23 -70"
                ),
                "#4a3226",
                1.5,
            )
        )
    return placed(*parts, x=x, y=y, scale=scale, flip=flip)


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=13)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#6f9fb8", "#a9c9c6", "#f0e3bf", "#ffe3a8", along=(0, 0, 0, 180))))
    sheet.add(
        streaks(sheet, 12, 20, 90, "#fff6e0", opacity=0.6),
        sheet.glow(462, 60, 290, "#ffe9a8", 1),
        circle(462, 58, 22, "#fffbe3"),
    )
    tones = ("#a9c3bd", "#8fb0aa", "#719a92", "#528078", "#376860")
    for index, tone in enumerate(tones):
        y = 92 + index * 22
        sheet.add(hills(sheet, y, 13 - index, mix(tone, "#ffe9b8", 0.12), mix(tone, "#ffe9c8", 0.45), floor=y + 60))
        sheet.add(
            conifers(rng, y + 11, 90 - index * 9, 8 + index * 4, 18 + index * 7, fill=tone, sway=7),
            _mist(sheet, y + 22, "#fff3d8", 0.34),
        )
    for turn in (-38, -24, -10, 4, 18, 32, 46):
        sheet.add(
            placed(
                polygon([(0, 0), (-13, 330), (13, 330)], sheet.linear("#fff6cf44", "#fff6cf00"), filter=sheet.blur(5)),
                x=462,
                y=50,
                turn=turn + rng.uniform(-3, 3),
            )
        )
    meadow = ridge(rng, 212, 4, 7)
    sheet.add(path(under(meadow, 310), sheet.ramp("#a3bf5f", "#5f9450", "#22503a", along=(0, 206, 0, 300))))
    sheet.add(
        conifers(rng, 216, 16, 40, 78, fill="#234f48", left=-20, right=160),
        conifers(rng, 214, 7, 36, 62, fill="#2a5a50", left=250, right=336),
    )
    sheet.add(*_farmhouse(sheet, 388, 232))
    sheet.add(
        path(
            "M446 232C440 248 410 262 372 280C350 292 340 302 336 312H410C420 290 452 262 462 232Z",
            sheet.ramp("#e9d6a5", "#a98f66", along=(0, 232, 0, 300)),
            filter=sheet.rough(4, "0.06"),
            opacity=0.9,
        )
    )
    sheet.add(
        *[
            bush(sheet, x, 240, w, h, dark="#24503f", mid="#4a8050", light="#a9c066", fray=5)
            for x, w, h in ((374, 36, 24), (520, 40, 26), (548, 30, 18))
        ]
    )
    for x in range(476, 600, 12):
        sheet.add(rect(x, 244 + (x - 476) * 0.05, 3, 16, "#6b4a38", r=0.8))
    sheet.add(stroke("M472 250L604 257M472 256L604 263", "#7d5a44", 1.8))
    sheet.add(
        fir(sheet, 590, 276, 190, "#12332f", light="#3a6a50"), fir(sheet, 552, 282, 120, "#163b35", light="#447858")
    )
    sheet.add(fir(sheet, 8, 270, 210, "#0f2e2c", light="#2f5f4c"), fir(sheet, 52, 262, 138, "#143833", light="#3a6e55"))
    sheet.add(_deer(300, 218, 0.62, True, True), _deer(332, 220, 0.47, False))
    for index in range(46):
        left = index * 13.4
        low = 302 - (10 if 330 < left < 420 else 0)
        sheet.add(
            grass(
                rng,
                left,
                low,
                26,
                rng.uniform(18, 36),
                color=rng.choice(("#16402f", "#245a3c", "#3f7a48", "#5f9450")),
                count=9,
                lean=0.1,
                thick=1.1,
            )
        )
    sheet.add(
        flowers(rng, 190, 276, 260, 30, colors=["#ffffff", "#ffd84a", "#e3263f", "#b59be0"], count=34, size=1.5),
        flowers(rng, 500, 286, 150, 20, colors=["#ffffff", "#ffd84a", "#e3263f"], count=22, size=1.5),
    )
    for x, y, s in ((300, 66, 13), (320, 76, 9), (286, 80, 8)):
        sheet.add(bird(x, y, s, "#3f5f5f"))
    for _ in range(34):
        sheet.add(
            circle(
                rng.uniform(150, 560),
                rng.uniform(110, 270),
                rng.uniform(0.5, 1.4),
                "#fff6c8",
                opacity=rng.uniform(0.3, 0.8),
            )
        )
    sheet.finish("#0f2428", 0.45)
    return sheet
