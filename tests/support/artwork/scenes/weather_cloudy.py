"""Clouds: an overcast park by a pond, a coat left on the bench."""

from __future__ import annotations

from ..land import hills, mirrored, ripples
from ..nature import cloud
from ..pen import curve, ellipse, group, mix, number, path, placed, rect, stroke, under
from ..plants import grass, leaf
from ..sheet import Sheet
from ..things import contact
from ..town import lamp
from ..trees import bush, conifers, tree

HAZY = (("#7f968a", "#92a893", "#adb99a"), ("#9c9a78", "#b5a97d", "#cfbb8a"), ("#869a94", "#9aac9f", "#b0bca6"))


def _bench(sheet: Sheet, x: float, base: float, width: float) -> list[str]:
    wood = sheet.linear("#a9785a", "#7d513f")
    made = [contact(sheet, x + width * 0.45, base, width * 1.15, 14, color="#1d2a24", opacity=0.6)]
    seat, back = base - 26, base - 62
    for leg in (x + 14, x + width - 14):
        made.append(
            stroke(
                f"M{leg - 3} {base}L{leg} {seat}L{leg - 2} {back - 4}M{leg + 6} {base + 3}L{leg + 5} {seat + 4}",
                "#2b2a33",
                3.2,
            )
        )
        made.append(stroke(f"M{leg - 1} {seat - 14}Q{leg + 12} {seat - 18} {leg + 12} {seat + 2}", "#2b2a33", 2.6))
    for index in range(4):
        made.append(rect(x, back + index * 8.4, width, 6, wood, r=1.4))
        made.append(rect(x, back + index * 8.4, width, 1.3, "#d3a685", r=0.6, opacity=0.7))
    made.extend(
        rect(
            x - 2 - index * 1.5,
            seat + index * 4.4,
            width + 4 + index * 3,
            3.7,
            mix("#b98768", "#7d513f", index / 3),
            r=1.2,
        )
        for index in range(3)
    )
    return made


def _coat(sheet: Sheet, x: float, top: float) -> list[str]:
    cloth = sheet.linear("#a9794a", "#d9a86b", "#e9c08a", "#c08f58", along=(0, 0, 1, 0.2))
    d = (
        f"M{x} {top}Q{x + 24} {top - 6} {x + 50} {top}L{x + 56} {top + 36}Q{x + 58} {top + 44} {x + 52}"
        f" {top + 45}L{x + 30} {top + 47}L{x + 2} {top + 46}Q{x - 6} {top + 44} {x - 5} {top + 36}Z"
    )
    sleeve = (
        f"M{x + 40} {top}Q{x + 52} {top + 2} {x + 58} {top + 20}L{x + 64} {top + 52}L{x + 52} {top + 55}"
        f"L{x + 44} {top + 24}Z"
    )
    folds = "".join(
        f"M{number(x + a)} {top + 3}Q{number(x + a + b)} {top + 22} {number(x + a - b)} {top + 44}"
        for a, b in ((10, 3), (22, -2), (33, 3))
    )
    collar = (
        f"M{x + 8} {top - 1}Q{x + 24} {top - 12} {x + 44} {top - 1}L{x + 34} {top + 12}Q{x + 25} {top + 4}"
        f" {x + 14} {top + 12}Z"
    )
    return [
        path(d, cloth),
        stroke(folds, "#7d5430", 1.1, opacity=0.5),
        path(sleeve, sheet.linear("#c9975c", "#e3b87e", "#b98850", along=(0, 0, 1, 0))),
        path(collar, sheet.linear("#e9c08a", "#a97a49")),
        *_scarf(sheet, x - 10, top),
    ]


def _scarf(sheet: Sheet, x: float, top: float) -> list[str]:
    red = sheet.linear("#a00d28", "#e0364a", "#b80f2c", along=(0, 0, 1, 0))
    made = [path(f"M{x} {top - 2}Q{x + 9} {top - 7} {x + 18} {top - 2}L{x + 15} {top + 48}L{x - 3} {top + 46}Z", red)]
    for index in range(3):
        y = top + 30 + index * 5
        made.append(stroke(f"M{x - 1.5} {y}L{x + 15.6} {y + 1}", "#f7e0cf", 1.6, cap="butt"))
    fringe = "".join(f"M{number(x - 2.4 + 2.5 * i)} {number(top + 46 + 0.3 * i)}v7" for i in range(8))
    return [*made, stroke(fringe, "#b80f2c", 1)]


def _far_tree(sheet: Sheet, x: float) -> str:
    rng = sheet.rng
    middle, height = x + rng.uniform(-9, 9), rng.uniform(46, 72)
    dark, mid, light = rng.choice(HAZY)
    return tree(sheet, middle, 172, height, dark, mid=mid, light=light, trunk="#6b6a66", fray=5)


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=14)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#8894a8", "#aeb6c3", "#d0d0d2", "#e9dfd3", along=(0, 0, 0, 170))))
    for x, y, w, h, light, shade in (
        (120, 96, 420, 60, "#d9dbe0", "#a3abba"),
        (470, 92, 420, 66, "#e6e3e2", "#a9afbc"),
        (300, 60, 480, 60, "#ccd0d9", "#8d97aa"),
        (60, 42, 380, 54, "#b9c0cd", "#7f8aa0"),
        (520, 40, 400, 56, "#c3c9d3", "#828da3"),
        (280, 18, 460, 40, "#a9b2c2", "#75819a"),
    ):
        sheet.add(cloud(sheet, x, y, w, h, light=light, shade=shade, torn=1.8))
    sheet.add(sheet.glow(420, 120, 200, "#fff0d8", 0.5))
    far = [
        hills(sheet, 142, 8, "#b3bcbf", "#a9b5b0", floor=190),
        conifers(rng, 158, 60, 10, 24, fill="#9caaa9"),
        *[_far_tree(sheet, 14 + index * 48) for index in range(13)],
        hills(sheet, 172, 3, "#9fae86", "#7f9670", floor=190),
    ]
    sheet.add(*far, rect(0, 120, 600, 66, sheet.linear("#e6e2dd00", "#e6e2dd77")))
    near = [
        tree(sheet, 60, 186, 128, "#4d6a58", mid="#6d8a66", light="#a3ab70", trunk="#4f443f", wide=0.36),
        tree(sheet, 178, 182, 92, "#8a6a3d", mid="#b58a48", light="#dcb765", trunk="#4f443f", wide=0.38),
        tree(sheet, 268, 180, 76, "#546f60", mid="#74906f", light="#a7b07c", trunk="#4f443f", wide=0.36),
    ]
    sheet.add(*near)
    pond = [(-20, 190), (80, 186), (200, 184), (330, 190), (380, 202), (340, 218), (220, 230), (90, 240), (-20, 246)]
    sheet.add(
        path(
            under([(-10, 180), (200, 178), (400, 182), (610, 176)], 310),
            sheet.ramp("#93a572", "#5f7a55", "#34503f", along=(0, 178, 0, 300)),
        )
    )
    water = sheet.clip(path(curve(pond, closed=True)))
    sheet.add(
        path(
            curve(pond, closed=True),
            sheet.ramp("#cfd3d6", "#9aa8b3", "#75889a", along=(0, 184, 0, 246)),
            stroke="#51664e",
            stroke_width=2.4,
        )
    )
    sheet.add(
        group(
            mirrored(sheet, 183, *near, scale=0.6, ripple=6, opacity=0.55, smear=1),
            ripples(sheet, 188, 244, 60, "#eef0f0", opacity=0.6, middle=170, spread=330),
            clip_path=water,
        )
    )
    sheet.add(_duck(296, 208, 1), _duck(330, 201, 0.8))
    walk = "M610 214C520 214 470 222 430 240C380 262 350 284 338 312H610Z"
    sheet.add(
        path(walk, sheet.ramp("#d9cbb5", "#a5957f", "#6f6355", along=(0, 214, 0, 300)), filter=sheet.rough(4, "0.05"))
    )
    sheet.add(lamp(sheet, 372, 232, 128, "#2d333a", lit=False))
    sheet.add(tree(sheet, 560, 236, 236, "#6b5230", mid="#a8793a", light="#e0b050", trunk="#463630", wide=0.42, fray=9))
    sheet.add(*_bench(sheet, 418, 252, 132), *_coat(sheet, 452, 189))
    for _ in range(70):
        px, py = rng.uniform(330, 600), rng.uniform(226, 298)
        sheet.add(
            leaf(
                px,
                py,
                rng.uniform(3, 6) * (0.6 + (py - 226) / 90),
                rng.uniform(0, 360),
                rng.choice(("#d99a3d", "#c8702e", "#e6bb5a", "#b8342e")),
                vein=None,
                plump=0.4,
            )
        )
    for x, y in ((392, 90), (430, 160), (340, 140), (500, 196), (300, 200)):
        sheet.add(leaf(x, y, 6, rng.uniform(0, 360), "#d99a3d", vein=None, plump=0.4))
    for index in range(22):
        sheet.add(
            grass(
                rng,
                index * 17,
                306,
                30,
                rng.uniform(26, 48),
                color=rng.choice(("#2f4a3a", "#3d5c44", "#54734f")),
                count=10,
                lean=0.15,
                thick=1.2,
            )
        )
    sheet.add(bush(sheet, 12, 300, 90, 60, dark="#2d4538", mid="#456048", light="#7d8f5c"))
    sheet.finish("#1d2430", 0.4)
    return sheet


def _duck(x: float, y: float, scale: float) -> str:
    return placed(
        ellipse(0, 4.5, 12, 1.6, "#5b6f80", opacity=0.5),
        path(
            "M-10 0Q-12 -4 -14 -5Q-8 -6 0 -5Q4 -5 5 -9Q6 -13 10 -12Q13 -11 12 -8Q12 -5 10 -2Q8 4 0 4Q-8 4 -10 0Z",
            "#6b5446",
        ),
        path("M5 -8Q6 -13 10 -12Q13 -11 12 -8Q9 -6 5 -8Z", "#2f6a55"),
        path("M12.4 -9.6l4 1l-4 1.4Z", "#e0a23a"),
        x=x,
        y=y,
        scale=scale,
    )
