"""Bavaria, Austria, Switzerland: a lake below snow peaks, a chapel, meadows in flower."""

from __future__ import annotations

from ..land import hills, mirrored, mountain, ripples
from ..nature import bird, cloud, streaks
from ..pen import group, path, polygon, rect, under
from ..plants import flowers, grass
from ..sheet import Sheet
from ..trees import conifers, fir


def _range(sheet: Sheet) -> list[str]:
    far = ("#b9b4d3", "#d9cfdc")
    far_dark = ("#9d9cc6", "#cfc6da")
    near, near_dark = ("#a3808f", "#8d8fa6"), ("#5f5f8e", "#7d86a5")
    snow, blue = "#fff4e6", "#c3c6e6"
    return [
        mountain(sheet, (60, 66), -70, 190, 170, lit=far, dark=far_dark, snow=("#fdeee6", "#cfcbe8"), snow_line=0.5),
        mountain(sheet, (236, 74), 130, 350, 170, lit=far, dark=far_dark, snow=("#fdeee6", "#cfcbe8"), snow_line=0.5),
        mountain(sheet, (552, 60), 430, 690, 170, lit=far, dark=far_dark, snow=("#fdeee6", "#cfcbe8"), snow_line=0.5),
        mountain(sheet, (332, 58), 230, 440, 172, lit=near, dark=near_dark, snow=(snow, blue), snow_line=0.45),
        mountain(sheet, (428, 22), 290, 580, 172, lit=near, dark=near_dark, snow=(snow, blue), snow_line=0.5),
    ]


def _chapel(x: float, base: float) -> str:
    return group(
        polygon(
            [(x - 3, base), (x - 3, base - 14), (x + 8, base - 20), (x + 20, base - 14), (x + 20, base)], "#fff1df"
        ),
        polygon([(x - 3, base), (x - 3, base - 14), (x + 8, base - 20), (x + 8, base)], "#e3cfc9"),
        polygon(
            [(x - 5, base - 13), (x + 8, base - 21.5), (x + 22, base - 13), (x + 20, base - 12), (x + 8, base - 19)],
            "#a8202e",
        ),
        rect(x - 12, base - 30, 10, 30, "#fff4e4"),
        rect(x - 12, base - 30, 4.5, 30, "#e0cdc9"),
        path(f"M{x - 13} {base - 30}c0 -4 3 -4 3 -7c0 -4 3 -5 3 -10c0 5 3 6 3 10c0 3 3 3 3 7Z", "#b32330"),
        path(f"M{x - 13} {base - 30}c0 -4 3 -4 3 -7c0 -4 3 -5 3 -10v17Z", "#7e1a2b"),
        rect(x - 8.5, base - 24, 3, 5, "#5c4a5e"),
        rect(x + 11, base - 9, 3, 5, "#5c4a5e"),
    )


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=21)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.linear("#5b8fc4", "#9cc3de", "#f6dcc4", "#ffd9b0")))
    sheet.add(streaks(sheet, 12, 70, 130, "#fff3e2", opacity=0.6), sheet.glow(520, 40, 260, "#ffe3a8", 0.9))
    sheet.add(
        cloud(sheet, 150, 60, 150, 30, light="#fff4e8", shade="#c9c3dc"),
        cloud(sheet, 300, 30, 80, 14, light="#fff4e8", shade="#c9c3dc"),
        cloud(sheet, 560, 92, 120, 22, light="#fff4e6", shade="#d9c6d2"),
    )
    peaks = _range(sheet)
    sheet.add(*peaks)
    mist = sheet.ramp((0, "#ffe9d600"), (1, "#ffe6d2cc"), along=(0, 120, 0, 176))
    sheet.add(rect(0, 110, 600, 70, mist))
    wood = [
        hills(sheet, 158, 8, "#7d9f96", "#5c8a74", floor=182),
        conifers(rng, 167, 90, 8, 17, fill="#5c8a80"),
        conifers(rng, 172, 80, 8, 18, fill="#47796b"),
        hills(sheet, 172, 4, "#83ad62", "#4f8a58", floor=184),
        conifers(rng, 178, 44, 10, 24, fill="#2a5b51", left=496, right=620),
        conifers(rng, 178, 40, 9, 22, fill="#2f6257", left=250, right=420),
        conifers(rng, 178, 30, 8, 18, fill="#356a5c", left=-10, right=150),
    ]
    chapel = _chapel(470, 177)
    sheet.add(*wood, chapel)
    sheet.add(rect(0, 178, 600, 130, sheet.ramp("#b9d3d6", "#5d9fb0", "#22627a", along=(0, 178, 0, 300))))
    sheet.add(rect(0, 177, 600, 2.2, "#1d4a4a", opacity=0.55))
    lake = sheet.clip(rect(0, 178, 600, 130, "#fff"))
    sheet.add(group(mirrored(sheet, 178, *peaks[2:], *wood, chapel, scale=0.55, opacity=0.5), clip_path=lake))
    sheet.add(
        ripples(sheet, 182, 290, 60, "#fff3dc", opacity=0.5, middle=440, spread=300),
        ripples(sheet, 184, 300, 50, "#1c5870", opacity=0.35),
    )
    bank = [(-20, 232), (60, 236), (150, 250), (240, 268), (330, 288), (400, 310)]
    sheet.add(path(under(bank, 320), sheet.ramp("#6fa84e", "#2f6a3d", "#1b4631", along=(0, 230, 0, 300))))
    other = [(420, 318), (470, 284), (530, 262), (620, 246)]
    sheet.add(path(under(other, 320), sheet.ramp("#8fbf55", "#3d7d41", along=(0, 246, 0, 300))))
    sheet.add(
        fir(sheet, 566, 268, 120, "#153f38", light="#3f7d58"),
        fir(sheet, 528, 276, 84, "#1a4a3e", light="#4f8f5e"),
        fir(sheet, 598, 262, 150, "#123a35", light="#37724f"),
    )
    for index in range(14):
        x = 425 + index * 14
        sheet.add(grass(rng, x, 312 - index * 3.4, 20, 20, color="#2d6b3a", count=12, lean=0.1))
    sheet.add(flowers(rng, 500, 290, 160, 26, colors=["#fff4e0", "#e23a4a", "#ffd166"], count=34, size=1.5))
    for index in range(16):
        x = index * 26
        y = 236 + 60 * (x / 400) ** 1.3
        sheet.add(grass(rng, x, y + 12, 30, 18, color="#4d8a45", count=14, lean=0.25))
    sheet.add(flowers(rng, 110, 262, 230, 40, colors=["#fff4e0", "#e23a4a", "#ffd166", "#f7b0b8"], count=40, size=1.4))
    sheet.add(bird(300, 70, 12, "#4d5577"), bird(318, 80, 8, "#4d5577"), bird(286, 86, 7, "#4d5577"))
    sheet.finish("#20283f", 0.4)
    return sheet
