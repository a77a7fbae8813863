"""A notebook computer with the shop's page on a desk at the window."""

from __future__ import annotations

from ..cups import mug, steam
from ..pen import circle, curve, ellipse, group, line, path, placed, polygon, rect
from ..plants import leaf, pot_plant
from ..sheet import Sheet
from ..shop import page
from ..things import bag, contact
from ..town import skyline

DESK = 226.0


def _window(sheet: Sheet) -> list[str]:
    rng = sheet.rng
    inside = sheet.clip(rect(26, -10, 190, 176, "#fff"))
    view = [
        rect(26, -10, 190, 176, sheet.linear("#8fc6e6", "#d9ecec", "#ffe9c3")),
        skyline(rng, 168, 24, 66, "#b5c6cf", left=20, right=220, wide=(14, 28)),
        skyline(rng, 168, 10, 36, "#94adba", left=20, right=220, wide=(16, 30)),
    ]
    bar = sheet.linear("#d9bfae", "#fff6ea", along=(0, 0, 1, 0))
    return [
        group(*view, clip_path=inside),
        rect(20, -10, 7, 182, bar),
        rect(215, -10, 7, 182, bar),
        rect(118, -10, 5, 178, bar),
        rect(20, 62, 202, 5, sheet.linear("#fff6ea", "#d9bfae")),
        rect(12, 166, 218, 9, sheet.linear("#fff6ea", "#c9a897"), r=1),
    ]


def _notebook(sheet: Sheet) -> list[str]:
    x, y, w, h = 300.0, 30.0, 256.0, 164.0
    metal = sheet.linear("#f3edee", "#c9bdc3", "#9a8c96")
    made = [ellipse(420, 246, 190, 13, "#2a1018", opacity=0.5, filter=sheet.blur(7))]
    made += [
        rect(x - 7, y - 7, w + 14, h + 14, "#1f1822", r=10),
        rect(x - 6, y - 6, w + 12, h + 12, "none", r=9, stroke="#7a6d78", stroke_width=0.8),
    ]
    glass = sheet.clip(rect(x, y, w, 159, "#fff", r=3))
    screen = group(page(sheet), transform=f"translate({x} {y}) scale({w / 400:.3f})")
    shine = polygon(
        [(x + w * 0.5, y), (x + w * 0.86, y), (x + w * 0.5, y + h), (x + w * 0.06, y + h)], "#ffffff", opacity=0.07
    )
    made += [group(screen, shine, clip_path=glass), circle(x + w / 2, y - 3.4, 1.2, "#4a404c")]
    made += [
        polygon(
            [(x - 10, y + h + 7), (x + w + 10, y + h + 7), (x + w + 34, 238), (x - 34, 238)],
            sheet.linear("#d9ced3", "#b5a8b0"),
        )
    ]
    for row in range(4):
        share = (row + 0.5) / 4
        left, right = x + 2 - 20 * share, x + w - 2 + 20 * share
        ky = y + h + 9.5 + 18 * share
        each = (right - left) / 15
        made += [rect(left + i * each, ky, each * 0.84, 3.1, "#3a303c", r=0.7) for i in range(15)]
    made += [
        polygon([(x + 92, 230), (x + w - 92, 230), (x + w - 88, 236.4), (x + 88, 236.4)], "#a5979f"),
        path(
            f"M{x - 34} 238H{x + w + 34}Q{x + w + 32} 245 {x + w + 22} 245H{x - 22}Q{x - 32} 245 {x - 34} 238Z", metal
        ),
        rect(x + 104, 238, w - 208, 2.6, "#8a7d86", r=1.3),
    ]
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=53)
    sheet.add(sheet.whole(sheet.ramp("#f9dcc0", "#e9b39a", "#b5787a", along=(560, 0, 60, 240))))
    sheet.add(*_window(sheet), sheet.glow(560, 10, 300, "#fff0cf", 0.8))
    sheet.add(polygon([(230, 176), (300, 0), (430, 0), (300, 226)], "#fff6dc", opacity=0.2, filter=sheet.blur(6)))
    sheet.add(
        rect(0, DESK, 600, 80, sheet.ramp("#d99a68", "#9a5c40", "#4d2a2a", along=(0, DESK, 0, 300))),
        rect(0, DESK, 600, 2, "#ffe6c3", opacity=0.8),
    )
    for y in (244, 264, 286):
        sheet.add(
            path(
                curve([(-10, y), (140, y + 1.5), (300, y - 1), (470, y + 1), (610, y - 0.5)]) + "v1.2H-10Z",
                "#4a2420",
                opacity=0.3,
            )
        )
    sheet.add(
        line(252, -4, 252, 46, "#3a2a35", width=1.4),
        polygon(
            [(230, 66), (242, 44), (262, 44), (274, 66)],
            sheet.linear("#9a0c26", "#d3142f", "#f0697a", along=(0, 0, 1, 0)),
        ),
        ellipse(252, 66, 22, 4, "#fff3cf"),
        sheet.glow(252, 72, 70, "#ffe6a8", 0.7),
    )
    sheet.add(*_notebook(sheet))
    sheet.add(
        contact(sheet, 60, 167, 44, 5, color="#2a1018", opacity=0.5),
        pot_plant(sheet, 62, 167, 96, "#f0e3d6", green=("#2f6a4a", "#7fb56a"), leaves=13),
        steam(sheet, 266, 200, 40, "#ffffff", opacity=0.7),
        mug(sheet, 254, 240, 30, "#c8102e", flip=True),
    )
    sheet.add(
        bag(sheet, 548, 270, 44, 58),
        placed(
            rect(-4, -15, 22, 31, sheet.linear("#ffffff", "#d9ced3"), r=11),
            line(7, -15, 7, -4, "#b5a8b0", width=0.9),
            x=510,
            y=266,
            turn=-12,
        ),
    )
    sheet.add(leaf(214, 276, 14, 70, "#8fb56a", vein="#e3f0c0"), group(sheet.glow(560, 0, 420, "#fff0d0", 0.25)))
    sheet.finish("#2a0f1c", 0.4)
    return sheet
