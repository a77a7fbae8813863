"""Rain: a red umbrella on wet pavement, seen through drops on the glass."""

from __future__ import annotations

from ..land import mirrored
from ..nature import cloud, rain
from ..pen import ellipse, group, polygon, rect
from ..sheet import Sheet
from ..things import contact, droplets, umbrella
from ..town import awning, cobbles, lamp, skyline
from ..trees import tree
from ..village import Plan, built

GROUND = 206.0


HOUSES = (
    Plan(-20, GROUND, 74, 122, "#5f6f8c", "#3d4a68", 44, 0.35, 4, 2, "stepped"),
    Plan(56, GROUND, 64, 96, "#7d7f96", "#3b4560", 40, 0.5, 3, 2, "gable"),
    Plan(122, GROUND, 76, 112, "#6a7894", "#39435f", 34, 0.4, 3, 3, "curved"),
    Plan(200, GROUND, 58, 84, "#8a8398", "#3d4562", 42, 0.6, 3, 2, "gable"),
    Plan(452, GROUND, 66, 104, "#73809b", "#3a4663", 44, 0.5, 3, 2, "gable"),
    Plan(520, GROUND, 90, 128, "#596a88", "#364260", 40, 0.5, 4, 3, "stepped"),
)


def _row(sheet: Sheet) -> list[str]:
    return built(sheet, HOUSES, frame="#4a4a66", glass=("#6d7f99", "#465672"), gloom=0.28)


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=12)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#33425f", "#54678a", "#8b9bb3", "#c9bfc0", along=(0, 0, 0, 206))))
    for x, y, w, h in ((90, 44, 260, 50), (330, 34, 260, 44), (540, 56, 260, 50), (240, 78, 220, 34)):
        sheet.add(cloud(sheet, x, y, w, h, light="#7d8ca8", shade="#3f4d6b", torn=1.7))
    sheet.add(sheet.glow(362, 196, 170, "#ffc98a", 0.75))
    far = [
        skyline(rng, GROUND, 30, 66, "#8d97ae", lights=("#ffe0a0",), left=240, right=470, wide=(14, 28), share=0.2),
        polygon([(352, GROUND), (352, 120), (359, 88), (366, 120), (366, GROUND)], "#818ca6"),
    ]
    row = _row(sheet)
    shop = [
        rect(60, GROUND - 32, 56, 30, sheet.linear("#ffe2a0", "#f7a95a")),
        awning(sheet, 58, GROUND - 36, 60, 10, stripes=("#c8102e", "#e9dcd6"), count=8, flare=3),
        rect(458, GROUND - 30, 54, 28, sheet.linear("#ffe2a0", "#f7a95a")),
        awning(sheet, 456, GROUND - 34, 58, 9, stripes=("#3d6a6f", "#e9dcd6"), count=8, flare=3),
    ]
    sheet.add(*far, rect(230, 110, 240, 100, sheet.linear("#d8cfc800", "#ecd2b466")), *row, *shop)
    sheet.add(tree(sheet, 424, GROUND + 2, 118, "#2b4450", mid="#44686a", light="#7d9d86", trunk="#2d2a38", wide=0.34))
    sheet.add(rect(0, GROUND, 600, 100, sheet.ramp("#6b7890", "#39465f", "#1d2840", along=(0, GROUND, 0, 300))))
    floor = sheet.clip(rect(0, GROUND, 600, 100, "#fff"))
    wet = mirrored(sheet, GROUND, *far, *row, *shop, scale=0.8, ripple=8, opacity=0.75, smear=3)
    sheet.add(group(wet, clip_path=floor), sheet.glow(362, 214, 90, "#ffcf94", 0.8, squash=0.5))
    sheet.add(
        cobbles(sheet, GROUND + 2, 300, "#101a30", 12, opacity=0.5),
        cobbles(sheet, GROUND + 3, 300, "#dfe6f2", 10, opacity=0.12),
    )
    for x, base, tall in ((288, 218, 104), (404, 212, 70), (324, 210, 54)):
        sheet.add(
            lamp(sheet, x, base, tall, "#1c2236"),
            sheet.glow(x, base - tall * 0.9, tall * 0.75, "#ffd58a", 0.95),
            sheet.glow(x, base + 14, tall * 0.3, "#ffd08a", 0.6, squash=1.3),
        )
    sheet.add(_puddle(sheet, 470, 276, 120, 14), _puddle(sheet, 300, 254, 70, 7))
    red = umbrella(sheet, 500, 166, 90, "#c8102e", turn=39, drop=0.75)
    shine = group(
        umbrella(sheet, 500, 166, 90, "#c8102e", turn=39, drop=0.75), transform="translate(0 387) scale(1 -.46)"
    )
    sheet.add(group(group(shine, filter=sheet.rough(8, "0.012 0.11", 8)), filter=sheet.blur(1, 3), opacity=0.55))
    sheet.add(contact(sheet, 486, 265, 150, 12, color="#0a1020", opacity=0.6), red)
    sheet.add(rain(sheet, 260, opacity=0.42))
    for _ in range(46):
        px, py = rng.uniform(0, 600), rng.uniform(GROUND + 14, 296)
        size = 1.5 + 4 * (py - GROUND) / 90
        sheet.add(ellipse(px, py, size, size * 0.28, "none", stroke="#dfe9f5", stroke_width=0.6, opacity=0.45))
    sheet.add(droplets(sheet, 26, (0, 0, 600, 300), 2.6))
    sheet.finish("#0c1226", 0.55)
    return sheet


def _puddle(sheet: Sheet, x: float, y: float, rx: float, ry: float) -> str:
    return group(
        ellipse(x, y, rx, ry, sheet.linear("#c9d3e088", "#5d6f8c66")),
        ellipse(x, y + 0.8, rx, ry, "none", stroke="#0e1730", stroke_width=0.8, opacity=0.4),
        filter=sheet.rough(8, "0.03", 4),
    )
