"""Evening: lamp light on the sofa, dusk in the window, a sleeping cat."""

from __future__ import annotations

from ..cups import mug, steam
from ..nature import streaks
from ..pen import circle, ellipse, group, line, mix, path, placed, polygon, rect, stroke
from ..plants import pot_plant
from ..sheet import Sheet
from ..things import books, contact, cushion
from ..town import skyline

FLOOR = 226.0


def _window(sheet: Sheet) -> list[str]:
    x, y, w, h = 64.0, 34.0, 138.0, 134.0
    inside = sheet.clip(rect(x, y, w, h, "#fff"))
    rng = sheet.rng
    view = [
        rect(x, y, w, h, sheet.linear("#2b2f6b", "#6a4a8a", "#d9757f", "#ffb87a")),
        streaks(sheet, 9, y + 40, y + 100, "#ffb59a", opacity=0.6),
        circle(x + 100, y + 26, 1, "#fff"),
        circle(x + 40, y + 20, 0.9, "#fff"),
        circle(x + 64, y + 44, 0.7, "#fff"),
        skyline(rng, y + h, 20, 48, "#5b3d6e", lights=("#ffd58a",), left=x, right=x + w, wide=(12, 24), share=0.35),
        skyline(rng, y + h + 4, 10, 28, "#3a2a55", lights=("#ffd58a",), left=x, right=x + w, wide=(14, 26), share=0.3),
    ]
    frame = sheet.linear("#d9b8a8", "#f6e3d3", along=(0, 0, 1, 0))
    bars = [
        rect(x - 7, y - 7, w + 14, 7, frame),
        rect(x - 7, y + h, w + 14, 9, frame),
        rect(x - 7, y, 7, h, frame),
        rect(x + w, y, 7, h, frame),
        rect(x + w / 2 - 3, y, 6, h, frame),
        rect(x, y + 42, w, 5, frame),
    ]
    sill = rect(x - 12, y + h + 6, w + 24, 6, sheet.linear("#f6e3d3", "#b99184"), r=1)
    fold = sheet.linear(*[("#b5485a", "#7a2440")[index % 2] for index in range(7)], along=(0, 0, 1, 0))
    left = path(f"M{x - 36} {y - 16}H{x + 14}C{x + 12} {y + 60} {x + 2} {y + 110} {x - 2} {FLOOR - 6}H{x - 40}Z", fold)
    right = path(
        (
            f"M{x + w - 14} {y - 16}H{x + w + 36}L{x + w + 40} {FLOOR - 6}H{x + w + 2}C{x + w - 2} {y + 110}"
            f" {x + w - 12} {y + 60} {x + w - 14} {y - 16}Z"
        ),
        fold,
    )
    rod = [
        rect(x - 46, y - 20, w + 92, 4, "#c99a5f", r=2),
        circle(x - 46, y - 18, 4, "#c99a5f"),
        circle(x + w + 46, y - 18, 4, "#e0b87a"),
    ]
    return [group(*view, clip_path=inside), *bars, sill, left, right, *rod]


def _sofa(sheet: Sheet) -> list[str]:
    teal, light, dark = "#2f6a70", "#4f9390", "#1a3f4a"
    back = sheet.ramp(light, teal, dark, along=(560, 130, 300, 240))
    made = [contact(sheet, 430, 258, 330, 22, color="#12061a", opacity=0.65)]
    made += [stroke(f"M{x} 240L{x - 2} 258", "#5b3826", 5) for x in (318, 548)]
    made.append(path("M306 236V166Q306 142 332 142H424Q434 142 434 150Q434 142 444 142H532Q558 142 558 166V236Z", back))
    made.append(stroke("M434 150V206", dark, 1.4, opacity=0.7))
    made.append(
        path(
            "M312 206Q312 196 324 196H430V228H312ZM436 228V196H542Q554 196 554 206V228Z",
            sheet.ramp(mix(light, "#ffd9a0", 0.2), teal, along=(500, 190, 380, 236)),
        )
    )
    made.append(stroke("M312 228H554M433 198V228", dark, 1.6, opacity=0.7))
    made.append(
        path("M306 228H560V246Q560 250 554 250H312Q306 250 306 246Z", sheet.ramp(teal, dark, along=(0, 226, 0, 250)))
    )
    made.append(
        path(
            "M288 190Q288 176 304 176Q320 176 320 190V246Q320 250 314 250H294Q288 250 288 246Z",
            sheet.ramp(teal, dark, along=(320, 180, 288, 240)),
        )
    )
    made.append(
        path(
            "M546 190Q546 176 562 176Q578 176 578 190V246Q578 250 572 250H552Q546 250 546 246Z",
            sheet.ramp(mix(light, "#ffd9a0", 0.25), teal, along=(578, 180, 546, 250)),
        )
    )
    return made


def _cat(x: float, y: float) -> str:
    fur, stripe = "#e39a4f", "#b56a2c"
    return placed(
        ellipse(0, 2, 30, 4, "#12262e", opacity=0.5),
        path("M-28 0C-34 -16 -18 -24 0 -22C20 -21 30 -12 28 0Q14 4 0 3Q-18 4 -28 0Z", fur),
        path("M28 -2C34 4 20 8 4 5C-4 4 -6 0 -2 -1C8 3 20 2 26 -5Z", "#d0843c"),
        path(
            "M-32 -6C-33 -15 -28 -18 -26 -21L-22 -17Q-17 -18 -14 -16L-9 -19C-8 -14 -8 -10 -10 -5C-14 1 -28 2 -32 -6Z",
            "#eeab63",
        ),
        stroke("M-28 -7q2 2 4 0M-18 -7q2 2 4 0M-21 -4l-1 1", "#5b3018", 0.9),
        stroke("M2 -21q3 5 2 10M10 -20q4 5 3 10M18 -17q4 4 3 8", stripe, 1.8, opacity=0.8),
        path("M0 -22C14 -22 26 -16 28 -4C20 -14 8 -19 -8 -20Z", "#ffd08a", opacity=0.7),
        x=x,
        y=y,
    )


def _lamp(sheet: Sheet, x: float) -> list[str]:
    shade = sheet.linear("#e8a35a", "#ffe6ae", "#fff8e0", "#ffd98f", along=(0, 0, 1, 0))
    return [
        line(x, 100, x, 252, "#c99a5f", width=2.6),
        line(x + 0.8, 100, x + 0.8, 252, "#ffe3b0", width=0.8),
        ellipse(x, 253, 15, 3.6, "#a97a45"),
        polygon([(x - 30, 104), (x - 17, 62), (x + 17, 62), (x + 30, 104)], shade),
        ellipse(x, 104, 30, 4.4, "#fffbe8"),
        ellipse(x, 62, 17, 2.6, "#f3c98a"),
    ]


def _wall(sheet: Sheet) -> list[str]:
    made = [sheet.whole(sheet.ramp("#6b3350", "#5a2a4c", "#3f2142", along=(600, 40, 0, 240)))]
    for x, y, w, h, art in ((300, 58, 50, 62, 0), (362, 42, 66, 48, 1), (362, 98, 40, 30, 2)):
        made += [
            rect(x + 3, y + 5, w, h, "#1f0d26", opacity=0.5, filter=sheet.blur(3)),
            rect(x, y, w, h, "#e6c08a"),
            rect(x + 2.4, y + 2.4, w - 4.8, h - 4.8, "#fff3e2"),
        ]
        ix, iy, iw, ih = x + 6, y + 6, w - 12, h - 12
        clip = sheet.clip(rect(ix, iy, iw, ih, "#fff"))
        if art == 0:
            inner = [
                rect(ix, iy, iw, ih, "#f3c9a0"),
                circle(ix + iw * 0.6, iy + 16, 9, "#c8102e"),
                path(
                    f"M{ix} {iy + ih}V{iy + 34}Q{ix + 14} {iy + 20} {ix + 24} {iy + 32}T{ix + iw} {iy + 28}V{iy + ih}Z",
                    "#2f6a70",
                ),
                path(f"M{ix} {iy + ih}V{iy + 42}Q{ix + 20} {iy + 30} {ix + iw} {iy + 42}V{iy + ih}Z", "#1f4a58"),
            ]
        elif art == 1:
            inner = [
                rect(ix, iy, iw, ih, "#d3dfd6"),
                polygon(
                    [(ix, iy + ih), (ix + 18, iy + 10), (ix + 32, iy + 26), (ix + 40, iy + 16), (ix + iw, iy + ih)],
                    "#5b7f8a",
                ),
                polygon([(ix + 12, iy + 18), (ix + 18, iy + 10), (ix + 24, iy + 17), (ix + 18, iy + 20)], "#fff"),
            ]
        else:
            inner = [
                rect(ix, iy, iw, ih, "#f0a58a"),
                circle(ix + 9, iy + 10, 5, "#fff3e2"),
                path(f"M{ix + 14} {iy + ih}q4 -16 10 -14q6 2 6 14Z", "#7a2440"),
            ]
        made.append(group(*inner, clip_path=clip))
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=19)
    sheet.add(*_wall(sheet), *_window(sheet))
    sheet.add(
        rect(0, FLOOR, 600, 80, sheet.ramp("#8a5038", "#5b3030", "#2f1828", along=(0, FLOOR, 0, 300))),
        rect(0, FLOOR - 8, 600, 8, sheet.linear("#a5757a", "#6b4058")),
    )
    for index in range(-10, 22):
        sheet.add(
            polygon(
                [
                    (300 + (index - 5) * 40, FLOOR),
                    (300.8 + (index - 5) * 40, FLOOR),
                    (302 + (index - 5) * 78, 300),
                    (300 + (index - 5) * 78, 300),
                ],
                "#2a1420",
                opacity=0.4,
            )
        )
    sheet.add(
        ellipse(408, 270, 226, 26, sheet.radial("#d98f6a", "#b5485a", "#7a2440")),
        ellipse(408, 270, 206, 22, "none", stroke="#f3d3b0", stroke_width=1.6, opacity=0.6),
        ellipse(408, 270, 190, 19, "none", stroke="#f3d3b0", stroke_width=0.8, opacity=0.5),
    )
    sheet.add(sheet.glow(500, 130, 300, "#ffb45e", 0.8))
    sheet.add(*_lamp(sheet, 506), *_sofa(sheet))
    sheet.add(
        cushion(sheet, 346, 200, 44, "#c8102e", turn=-8),
        cushion(sheet, 384, 202, 36, "#f0c48a", turn=9),
        cushion(sheet, 530, 200, 42, "#d9803f", turn=8),
    )
    sheet.add(_cat(464, 196))
    throw = "M290 178Q304 170 322 178L326 232Q306 238 286 232Z"
    sheet.add(
        path(throw, sheet.linear(*[("#f6e3cf", "#d9b8a0")[i % 2] for i in range(8)], along=(0, 0, 1, 0))),
        stroke("".join(f"M{288 + i * 4} 232v7" for i in range(10)), "#f0d9c2", 1.2),
    )
    sheet.add(
        contact(sheet, 256, 262, 60, 10, color="#12061a", opacity=0.6),
        stroke("M244 218L236 262M268 218L276 262M256 218V258", "#6b432d", 2.6),
        ellipse(256, 218, 30, 6, "#6b3f2c"),
        ellipse(256, 216, 30, 6, sheet.linear("#8f5a3d", "#e0a56b", along=(0, 0, 1, 0))),
    )
    sheet.add(
        books(240, 216, ["#2f6a70", "#f0c48a", "#b5142f"], 28, 5),
        steam(sheet, 272, 196, 40, "#fff3e0", opacity=0.6),
        mug(sheet, 271, 216, 16, "#fff1e0"),
    )
    sheet.add(
        contact(sheet, 28, 252, 70, 12, color="#12061a", opacity=0.6),
        pot_plant(sheet, 26, 252, 140, "#b5654a", green=("#1f4a48", "#4f8a5f"), leaves=13),
    )
    sheet.add(
        sheet.glow(506, 92, 120, "#ffe6a8", 0.9),
        polygon(
            [(478, 104), (534, 104), (620, 252), (392, 252)],
            sheet.linear("#ffdf9a66", "#ffdf9a00"),
            filter=sheet.blur(7),
        ),
        polygon(
            [(491, 62), (521, 62), (560, 0), (452, 0)], sheet.linear("#ffdf9a00", "#ffdf9a55"), filter=sheet.blur(6)
        ),
    )
    sheet.finish("#12061e", 0.55)
    return sheet
