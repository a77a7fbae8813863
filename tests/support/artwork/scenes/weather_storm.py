"""Thunderstorm: lightning over the roofs, wind in the trees."""

from __future__ import annotations

from random import Random

from ..land import hills, jag
from ..nature import cloud, rain
from ..pen import Point, group, path, placed, polyline, rect, stroke, under
from ..sheet import Sheet
from ..town import skyline
from ..trees import crown, tree
from ..village import Plan, built, church

GROUND = 236.0


def _bolt(rng: Random, start: Point, end: Point, depth: int = 0) -> list[tuple[list[Point], float]]:
    line = jag(rng, start, end, 0.2, 5)
    made = [(line, 2.4 if depth == 0 else 1.1)]
    if depth < 2:
        for _ in range(4 - depth * 2):
            at = line[rng.randrange(len(line) // 5, len(line) * 3 // 4)]
            reach = (end[1] - start[1]) * rng.uniform(0.2, 0.42)
            made += _bolt(
                rng, at, (at[0] + rng.choice((-1, 1)) * reach * rng.uniform(0.5, 1), at[1] + reach), depth + 1
            )
    return made


def _lightning(sheet: Sheet) -> list[str]:
    made = [sheet.glow(420, 86, 270, "#c9b8ff", 0.85), sheet.glow(404, 190, 120, "#ffd9ff", 0.7)]
    for line, width in _bolt(sheet.rng, (446, 36), (396, 206)):
        d = polyline(line, closed=False)
        made.append(group(stroke(d, "#b79bff", width * 3.4), filter=sheet.blur(3), opacity=0.8))
        made.append(stroke(d, "#fffaff", width))
    return made


HOUSES = (
    Plan(10, GROUND, 50, 50, "#4a4568", "#221d38", 32, 0.5, 2, 2, "gable"),
    Plan(64, GROUND, 62, 62, "#544a70", "#251f3c", 30, 0.5, 3, 2, "stepped"),
    Plan(128, GROUND, 46, 44, "#4d4a70", "#221d38", 32, 0.6, 2, 2, "gable"),
    Plan(196, GROUND, 66, 54, "#574c6e", "#271f3b", 28, 0.5, 2, 3, "eaves"),
    Plan(470, GROUND, 58, 60, "#5d5178", "#271f3b", 36, 0.5, 3, 2, "gable"),
    Plan(530, GROUND, 80, 76, "#524b74", "#221d38", 36, 0.45, 3, 3, "stepped"),
)


def _town(sheet: Sheet) -> list[str]:
    made = built(sheet, HOUSES, frame="#2a2440", glass=("#4b4a73", "#2e2c4d"), gloom=0.5)
    made.insert(6, church(306, GROUND, 150, "#5b5480", "#2b2444", nave=0.62, dark="#3a3458"))
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=5)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#15132e", "#2b2753", "#5a4a86", "#a86f93", "#e0a08a", along=(0, 0, 0, 236))))
    for x, y, w, h, light, shade in (
        (100, 100, 360, 96, "#5b558a", "#1d1a3c"),
        (480, 90, 380, 100, "#8578b8", "#25204a"),
        (290, 64, 420, 84, "#4a457a", "#171532"),
        (60, 46, 320, 70, "#3d3969", "#141230"),
        (540, 40, 340, 70, "#5b5390", "#1b1838"),
        (330, 22, 420, 50, "#2f2b56", "#110f28"),
    ):
        sheet.add(cloud(sheet, x, y, w, h, light=light, shade=shade, torn=1.9))
    sheet.add(*_lightning(sheet))
    sheet.add(cloud(sheet, 470, 62, 260, 52, light="#7d70b4", shade="#2b2655", torn=1.7))
    sheet.add(
        hills(sheet, 204, 8, "#6a5a86", "#4b4270", floor=250),
        skyline(rng, GROUND, 14, 34, "#47406a", lights=("#ffce7a",), wide=(12, 26), share=0.2),
    )
    sheet.add(*_town(sheet), rect(0, 150, 600, 90, sheet.linear("#b98fb000", "#b98fb044")))
    sheet.add(
        path(
            under([(-10, 234), (150, 238), (320, 232), (480, 240), (610, 232)], 310),
            sheet.ramp("#3d3a5c", "#1d1c36", "#100f22", along=(0, 232, 0, 300)),
        )
    )
    sheet.add(
        placed(
            tree(sheet, 0, 0, 120, "#171d35", mid="#2b3a52", light="#40566c", trunk="#1b1628", wide=0.36, fray=9),
            x=566,
            y=264,
            turn=-13,
        )
    )
    sheet.add(
        placed(
            tree(sheet, 0, 0, 84, "#191d38", mid="#2f3c58", light="#465c78", trunk="#1b1628", wide=0.36, fray=9),
            x=500,
            y=254,
            turn=-12,
        )
    )
    sheet.add(
        crown(sheet, 440, 256, 34, 16, dark="#14182e", mid="#263049", light="#364860"),
        crown(sheet, 20, 258, 60, 20, dark="#14182e", mid="#232c45", light="#2f3c55"),
    )
    for _ in range(26):
        px, py = rng.uniform(300, 600), rng.uniform(120, 270)
        sheet.add(
            path(
                f"M{px:.1f} {py:.1f}q3 -3 6 0q-3 3 -6 0Z",
                rng.choice(("#c8102e", "#8fa06a", "#d98a4a")),
                transform=f"rotate({rng.uniform(-60, 60):.0f} {px:.1f} {py:.1f})",
                opacity=0.8,
            )
        )
    sheet.add(rain(sheet, 330, "#cfd6f5", 0.4, lean=-0.5))
    sheet.finish("#080716", 0.55)
    return sheet
