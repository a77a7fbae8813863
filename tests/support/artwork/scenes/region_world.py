"""Anywhere in the world: a globe, a red parcel, airmail, a paper plane on its way."""

from __future__ import annotations

from ..brand import emblem
from ..globe import coasts, flat, graticule
from ..pen import circle, curve, ellipse, group, line, path, placed, polygon, rect, stroke
from ..sheet import Sheet
from ..things import books, contact

DESK = 232.0


def _globe(sheet: Sheet, x: float, y: float, r: float) -> list[str]:
    centre = (14.0, 36.0)
    sea = sheet.radial("#a9dbe0", "#4f9fb5", "#23607f", "#123a5b", x=0.66, y=0.32, r=0.78)
    land = sheet.linear("#f3dc9a", "#9fbf6a", "#4f8a5f", along=(1, 0, 0.1, 1))
    ball = sheet.clip(circle(0, 0, r, "#fff"))
    brass = sheet.linear("#8a5a2a", "#f3cf86", "#a9743a", along=(0, 0, 1, 0.4))
    shade = sheet.radial(
        (0, "#ffffff33"), (0.45, "#ffffff00"), (0.75, "#0a143a33"), (1, "#0a143acc"), x=0.66, y=0.3, r=0.85
    )
    made = [
        circle(0, 0, r, sea),
        group(
            stroke(graticule(centre, r), "#ffffff", 0.6, opacity=0.35),
            path(coasts(centre, r), "#123a4a", transform="translate(-1.2 1.6)", opacity=0.35),
            path(coasts(centre, r), land, stroke="#fff3cf", stroke_width=0.5),
            clip_path=ball,
        ),
        circle(0, 0, r, shade),
        ellipse(
            r * 0.42,
            -r * 0.5,
            r * 0.22,
            r * 0.12,
            "#ffffff",
            opacity=0.5,
            transform=f"rotate(40 {r * 0.42} {-r * 0.5})",
            filter=sheet.blur(2),
        ),
    ]
    ring = r + 7
    frame = [
        stroke(
            f"M{ring * 0.39:.1f} {-ring * 0.92:.1f}A{ring} {ring} 0 0 0 {-ring * 0.39:.1f} {ring * 0.92:.1f}", brass, 5
        ),
        circle(ring * 0.39, -ring * 0.92, 4, "#e6bf73"),
        circle(-ring * 0.39, ring * 0.92, 4, "#b5803f"),
    ]
    foot = [
        contact(sheet, x, DESK + 18, 120, 16, color="#1a0a1e", opacity=0.6),
        rect(x - 4, y + r + 4, 8, DESK + 12 - y - r, brass),
        ellipse(x, DESK + 13, 40, 8, "#5b351e"),
        ellipse(x, DESK + 10, 40, 8, sheet.linear("#6b3f22", "#c98f50", "#8a5a30", along=(0, 0, 1, 0))),
    ]
    return [*foot, placed(*frame, *made, x=x, y=y)]


def _letter(sheet: Sheet, x: float, y: float, w: float, h: float, *, turn: float) -> str:
    colors = ("#c8102e", "#ffffff", "#2f4a94", "#ffffff")
    stripes = [
        polygon(
            [(index * 5 - h * 0.5, 0), (index * 5 + 5 - h * 0.5, 0), (index * 5 + 5 - h, h), (index * 5 - h, h)],
            colors[index % 4],
        )
        for index in range(int((w + h) / 5) + 2)
    ]
    border = sheet.clip(path(f"M0 0H{w}V{h}H0ZM4 4V{h - 4}H{w - 4}V4Z", clip_rule="evenodd"))
    return placed(
        group(rect(-2, 3, w, h, "#1a0a1e"), filter=sheet.blur(3), opacity=0.5),
        rect(0, 0, w, h, "#fff8ee", r=1),
        group(*stripes, clip_path=border),
        rect(w - 22, 8, 14, 17, "#f6d3ba"),
        rect(w - 20.6, 9.4, 11.2, 14.2, "#c8102e"),
        emblem(w - 15, 16, 10, "#fff4e6"),
        circle(w - 27, 18, 8, "none", stroke="#4a4a6a", stroke_width=0.8, opacity=0.6),
        stroke(
            f"M{w - 46} 14q4 -2 8 0t8 0M{w - 46} 18q4 -2 8 0t8 0M{w - 46} 22q4 -2 8 0t8 0", "#4a4a6a", 0.7, opacity=0.6
        ),
        *[rect(14, h * 0.5 + i * 6, (w * 0.42, w * 0.5, w * 0.34)[i], 1.6, "#8a8094", r=0.8) for i in range(3)],
        x=x,
        y=y,
        turn=turn,
    )


def _parcel(sheet: Sheet, x: float, base: float, w: float, h: float) -> list[str]:
    face = sheet.linear("#8a0c24", "#c8102e", "#e2485a", along=(0, 0.5, 1, 0))
    cord = sheet.linear("#d9b88a", "#fff3dc", along=(0, 0, 1, 0))
    made = [
        contact(sheet, x + w * 0.46, base, w * 1.3, 16, color="#1a0a1e", opacity=0.65),
        rect(x, base - h, w, h, face, r=1),
        polygon([(x, base - h), (x + 16, base - h - 15), (x + w + 12, base - h - 15), (x + w, base - h)], "#e8697a"),
        polygon([(x + w, base), (x + w, base - h), (x + w + 12, base - h - 15), (x + w + 12, base - 13)], "#f07f8a"),
    ]
    made += [
        rect(x + w * 0.44, base - h, 4, h, cord),
        rect(x, base - h * 0.56, w, 4, "#f6e3c6"),
        polygon(
            [
                (x + w * 0.44, base - h),
                (x + w * 0.44 + 16, base - h - 15),
                (x + w * 0.44 + 20, base - h - 15),
                (x + w * 0.44 + 4, base - h),
            ],
            "#fff3dc",
        ),
        polygon(
            [
                (x + w, base - h * 0.56),
                (x + w + 12, base - h * 0.56 - 14),
                (x + w + 12, base - h * 0.56 - 10),
                (x + w, base - h * 0.56 + 4),
            ],
            "#fffaf0",
        ),
    ]
    bx, by = x + w * 0.44 + 8, base - h - 8
    made.append(
        stroke(
            (
                f"M{bx} {by}C{bx - 8} {by - 20} {bx - 26} {by - 12} {bx} {by}C{bx + 8} {by - 20} {bx + 26}"
                f" {by - 12} {bx} {by}M{bx} {by}q-8 8 -14 7M{bx} {by}q9 6 14 5"
            ),
            "#fff3dc",
            2.4,
        )
    )
    return [
        *made,
        rect(x + w * 0.58, base - h * 0.4, w * 0.34, h * 0.28, "#fff6e6", r=1),
        emblem(x + w * 0.66, base - h * 0.26, 10, "#c8102e"),
        rect(x + w * 0.72, base - h * 0.32, w * 0.16, 1.4, "#8a8094"),
        rect(x + w * 0.72, base - h * 0.25, w * 0.12, 1.4, "#8a8094"),
    ]


def _plane(sheet: Sheet, x: float, y: float) -> list[str]:
    trail = [(64, 176), (120, 128), (176, 128), (196, 158), (170, 172), (152, 146), (190, 100), (254, 70)]
    return [
        stroke(curve(trail), "#fff6e6", 1.5, opacity=0.75, stroke_dasharray="1 6"),
        placed(
            group(
                polygon([(-30, 8), (34, -12), (-4, 26)], "#14082a"),
                transform="translate(-8 16)",
                filter=sheet.blur(4),
                opacity=0.35,
            ),
            polygon([(-32, 2), (34, -14), (-8, 10)], "#ffffff"),
            polygon([(-8, 10), (34, -14), (6, 22)], "#e6dcec"),
            polygon([(-8, 10), (34, -14), (-12, 24)], "#b5a3c4"),
            line(-8, 10, 34, -14, "#ffffff", width=0.6),
            stroke("M-28 3L26 -11", "#c8102e", 1.6, opacity=0.85),
            x=x,
            y=y,
            turn=-8,
        ),
    ]


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=38)
    sheet.add(sheet.whole(sheet.ramp("#1f3a5f", "#2f5f7d", "#5f8f98", along=(0, 0, 500, 260))))
    sheet.add(placed(path(flat(640), "#d9efe6", opacity=0.13), x=270, y=150))
    sheet.add(sheet.glow(520, 30, 330, "#ffd99a", 0.75))
    sheet.add(
        rect(0, DESK, 600, 80, sheet.ramp("#c98a58", "#8a5038", "#3f2028", along=(0, DESK, 0, 300))),
        rect(0, DESK, 600, 2, "#ffdcb0", opacity=0.7),
    )
    for y in (250, 268, 288):
        sheet.add(
            path(
                curve([(-10, y), (140, y + 1.5), (300, y - 1), (470, y + 1), (610, y - 0.5)]) + "v1.2H-10Z",
                "#3a1820",
                opacity=0.35,
            )
        )
    sheet.add(*[sheet.glow(430, 240, 200, "#ffd9a0", 0.35, squash=0.3)])
    sheet.add(*_plane(sheet, 282, 66))
    sheet.add(books(520, 244, ["#2f5f6a", "#e0b26a", "#8a2438", "#f0e0c8"], 76, 10))
    sheet.add(*_globe(sheet, 420, 122, 80))
    sheet.add(
        _letter(sheet, 300, 226, 82, 50, turn=-9),
        *_parcel(sheet, 474, 280, 84, 58),
        _letter(sheet, 358, 244, 84, 46, turn=6),
    )
    sheet.add(
        placed(
            rect(0, 0, 70, 4.4, sheet.linear("#7d0a22", "#e2485a", along=(0, 1, 0, 0)), r=2),
            polygon([(70, 0), (84, 2.2), (70, 4.4)], "#e6bf73"),
            rect(48, -0.4, 3, 5.2, "#e6bf73"),
            x=268,
            y=288,
            turn=-6,
        )
    )
    sheet.add(sheet.glow(540, 0, 420, "#ffe3b0", 0.3))
    sheet.finish("#0a1230", 0.5)
    return sheet
