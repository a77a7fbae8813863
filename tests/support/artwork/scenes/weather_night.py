"""A clear night: film in the garden under the stars."""

from __future__ import annotations

import math

from ..land import hills, ridge
from ..nature import stars
from ..pen import circle, ellipse, group, path, placed, polygon, rect, stroke, under
from ..plants import grass
from ..sheet import Sheet
from ..things import contact
from ..town import string_lights
from ..trees import conifers, crown, tree

SCREEN = (322.0, 62.0, 196.0, 110.0)


def _milky_way(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    band = ellipse(0, 0, 360, 46, sheet.radial("#b9a8ff88", "#7f7ae033", "#7f7ae000"))
    made = [placed(group(band, filter=sheet.blur(6)), x=190, y=70, turn=-28)]
    dust = ellipse(0, 0, 350, 52, sheet.radial((0, "#fff"), (0.4, "#ffffffbb"), (1, "#ffffff00")))
    made.append(placed(group(dust, filter=sheet.melt("#cfc4ff", "0.02 0.035", 1.3, 0.86, 6)), x=190, y=70, turn=-28))
    dots = []
    for _ in range(170):
        along, off = rng.uniform(-330, 330), rng.gauss(0, 16)
        a = math.radians(-28)
        x, y = 190 + along * math.cos(a) - off * math.sin(a), 70 + along * math.sin(a) + off * math.cos(a)
        if y < 180:
            dots.append(circle(x, y, rng.uniform(0.25, 0.6), "#fff6ff", opacity=rng.uniform(0.3, 0.9)))
    return [*made, *dots]


def _film(sheet: Sheet) -> list[str]:
    x, y, w, h = SCREEN
    inside = sheet.clip(rect(x, y, w, h, "#fff", r=2))
    sea = y + h * 0.62
    still = [
        rect(x, y, w, h, sheet.linear("#f7a46b", "#ffd39a", "#fff0c8")),
        circle(x + w * 0.62, sea - 12, 22, "#fffbe3"),
        path(
            under(
                [(x - 5, sea - 12), (x + 30, sea - 26), (x + 62, sea - 14), (x + 90, sea - 8), (x + 120, sea)], sea + 4
            ),
            "#d9805a",
        ),
        rect(x, sea, w, h, sheet.linear("#f7b878", "#c9606a", "#8a3f6a")),
        *[
            rect(x + w * 0.62 - 24 + index * 2.4, sea + 2 + index * 5, 48 - index * 5, 2, "#fff6d0", r=1, opacity=0.8)
            for index in range(7)
        ],
        polygon([(x + 44, sea + 12), (x + 44, sea - 30), (x + 68, sea + 8)], "#fff6e6"),
        polygon([(x + 41, sea + 12), (x + 41, sea - 22), (x + 26, sea + 8)], "#f3d0b8"),
        path(f"M{x + 22} {sea + 12}H{x + 72}L{x + 64} {sea + 20}H{x + 30}Z", "#b0142f"),
    ]
    frame = rect(x - 4, y - 4, w + 8, h + 8, "#2a2344", r=4)
    poles = [
        rect(px, 30, 4, 204, sheet.linear("#5b4238", "#2b1d26", along=(1, 0, 0, 0)), r=1) for px in (x - 12, x + w + 8)
    ]
    return [
        *poles,
        frame,
        group(*still, clip_path=inside),
        rect(x, y, w, h, sheet.linear("#ffffff33", "#ffffff00", along=(1, 0, 0, 1)), r=2),
    ]


def _chair(sheet: Sheet, x: float, base: float, cloth: tuple[str, str], size: float = 1) -> str:
    stripes = [
        polygon(
            [(-22 + i * 8.8, -62), (-13.2 + i * 8.8, -62), (-15.6 + i * 10.4, -14), (-26 + i * 10.4, -14)], cloth[i % 2]
        )
        for i in range(5)
    ]
    return placed(
        contact(sheet, 0, 2, 76, 10, color="#05060f", opacity=0.6),
        stroke("M-25 -64L-31 2M25 -64L31 2M-26 -60L-14 0M26 -60L14 0", "#1b1426", 3),
        *stripes,
        rect(-28, -66, 56, 5, "#3a2a35", r=2),
        rect(-28, -66, 56, 1.4, "#ffcf9a", r=0.6, opacity=0.55),
        polygon([(-22, -62), (22, -62), (26, -14), (-26, -14)], sheet.linear("#0a0a2255", "#0a0a22cc")),
        x=x,
        y=base,
        scale=size,
    )


def _popcorn(sheet: Sheet, x: float, base: float) -> list[str]:
    rng = sheet.rng
    made = [contact(sheet, x, base, 40, 8, color="#05060f", opacity=0.6)]
    for _ in range(36):
        px, py = x + rng.gauss(0, 7.5), base - 37 - abs(rng.gauss(0, 5))
        r = rng.uniform(2.2, 3.6)
        made.append(circle(px, py, r, rng.choice(("#fff3d6", "#ffe3a8", "#f7cf85"))))
        made.append(circle(px + r * 0.3, py - r * 0.3, r * 0.45, "#fffdf3"))
    for index in range(6):
        a, b = index / 6, (index + 1) / 6
        color = ("#c8102e", "#fff1e2")[index % 2]
        made.append(
            polygon(
                [
                    (x - 17 + 34 * a, base - 38),
                    (x - 17 + 34 * b, base - 38),
                    (x - 12.5 + 25 * b, base),
                    (x - 12.5 + 25 * a, base),
                ],
                color,
            )
        )
    made.append(
        polygon(
            [(x - 17, base - 38), (x + 17, base - 38), (x + 12.5, base), (x - 12.5, base)],
            sheet.linear("#0a082288", "#0a082200", "#ffb98a33", along=(0, 0, 1, 0)),
        )
    )
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=9)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#0b0f33", "#1b2259", "#38387e", "#7a5a92", "#c98a8a", along=(0, 0, 0, 205))))
    sheet.add(*_milky_way(sheet), stars(sheet, 260, 180))
    sheet.add(stroke("M92 40L58 58", "#ffffff", 1, opacity=0.8), sheet.glow(92, 40, 8, "#ffffff"))
    sheet.add(
        hills(sheet, 176, 12, "#4d4a86", "#3b3a72", floor=230), hills(sheet, 190, 8, "#34346a", "#28295a", floor=240)
    )
    for _ in range(26):
        x = rng.uniform(0, 310)
        sheet.add(circle(x, 192 + rng.uniform(-5, 8), 0.9, "#ffd58a", opacity=0.9))
    sheet.add(conifers(rng, 214, 44, 14, 38, fill="#1c1f4a"))
    lawn = ridge(rng, 214, 3, 8)
    sheet.add(path(under(lawn, 310), sheet.ramp("#27406a", "#16244a", "#0a1130", along=(0, 210, 0, 300))))
    sheet.add(
        tree(sheet, 566, 226, 216, "#141a3d", mid="#24305c", light="#4a5a86", trunk="#171327", wide=0.34, fray=9),
        tree(sheet, 268, 218, 124, "#151b40", mid="#222e5a", light="#41517c", trunk="#171327", wide=0.34, fray=8),
    )
    x, y, w, h = SCREEN
    sheet.add(sheet.glow(x + w / 2, y + h / 2, 210, "#ffc890", 0.65), *_film(sheet))
    sheet.add(
        sheet.glow(x + w / 2, y + h / 2 + 10, 150, "#ffca90", 0.35),
        sheet.glow(x + w / 2, 226, 170, "#ffb57a", 0.6, squash=0.3),
    )
    sheet.add(*string_lights(sheet, (312, 34), (528, 34), 9, 12, wire="#0d1026", size=1.7))
    sheet.add(*string_lights(sheet, (312, 34), (-12, 70), 24, 18, wire="#0d1026", size=1.5))
    red, cream, teal = "#a8142e", "#d9c2b3", "#2f6a7d"
    sheet.add(_chair(sheet, 364, 268, (red, cream)), _chair(sheet, 470, 268, (teal, cream)))
    sheet.add(rect(401, 252, 32, 4, "#3a2a35", r=1), stroke("M406 256L402 274M428 256L432 274", "#1b1426", 2))
    sheet.add(*_popcorn(sheet, 417, 252))
    sheet.add(
        crown(sheet, 590, 290, 60, 30, dark="#0a0f28", mid="#151d40", light="#2c3a66"),
        crown(sheet, 0, 292, 60, 26, dark="#0a0f28", mid="#141c3e", light="#26325a"),
    )
    for index in range(30):
        sheet.add(grass(rng, index * 21, 308, 30, rng.uniform(16, 34), color="#0a1030", count=9, lean=0.1, thick=1.1))
    for _ in range(14):
        fx, fy = rng.uniform(180, 600), rng.uniform(200, 280)
        sheet.add(sheet.glow(fx, fy, 5, "#ffe98a", 0.9), circle(fx, fy, 0.7, "#fff9cf"))
    sheet.finish("#050618", 0.5)
    return sheet
