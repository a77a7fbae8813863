"""Night: a full moon over the river and the lit city, a cat on the roof."""

from __future__ import annotations

from ..land import mirrored, ripples
from ..nature import cloud, moon, stars
from ..pen import ellipse, group, line, path, placed, polygon, rect, stroke
from ..sheet import Sheet
from ..town import skyline
from ..village import church

WATER = 208.0


def _cat(x: float, y: float, scale: float) -> str:
    body = (
        "M-14 0C-17 -14 -12 -28 -4 -36C-6 -40 -6 -44 -4 -48L-4 -56L2 -51Q6 -52 10 -51L16 -56L16 -47C18"
        " -42 16 -36 11 -34"
        "C13 -24 16 -12 15 0Z"
    )
    tail = "M-10 -4C-24 -2 -34 -8 -34 -20C-34 -28 -28 -32 -24 -29"
    rim = "M16 -56L16 -47C18 -42 16 -36 11 -34C13 -24 16 -12 15 0"
    return placed(
        stroke(tail, "#0b0c22", 5),
        path(body, "#0b0c22"),
        stroke(rim, "#ffe3b0", 1.1, opacity=0.85),
        stroke("M-4 -56L2 -51Q6 -52 10 -51L16 -56", "#ffe3b0", 0.9, opacity=0.7),
        x=x,
        y=y,
        scale=scale,
    )


def _bridge() -> str:
    arches = "".join(f"M{x} {WATER}A27 24 0 0 1 {x + 54} {WATER}Z" for x in range(-10, 300, 64))
    deck = f"M-10 {WATER - 34}Q160 {WATER - 42} 318 {WATER - 30}V{WATER}H-10Z"
    lamps = "".join(f"M{x} {WATER - 34}v-12" for x in range(20, 310, 32))
    return group(
        path(deck + arches, "#2a2a5a", fill_rule="evenodd"),
        stroke(f"M-10 {WATER - 34}Q160 {WATER - 42} 318 {WATER - 30}", "#7a78b5", 1.4),
        stroke(lamps, "#1d1d45", 1.2),
    )


def _roof(sheet: Sheet) -> list[str]:
    tiles = sheet.ramp("#3d3360", "#221c45", "#12102c", along=(560, 200, 420, 300))
    made = [polygon([(356, 310), (436, 232), (610, 214), (610, 310)], tiles)]
    inside = sheet.clip(polygon([(356, 310), (436, 232), (610, 214), (610, 310)], "#fff"))
    rows = []
    for row in range(9):
        y = 236 + row * 9
        scallops = "".join("q4 5 8 0" for _ in range(34))
        rows.append(
            stroke(
                f"M{346 + (row % 2) * 4} {y}" + scallops, "#0c0a22", 1.1, opacity=0.6, transform=f"rotate(-6 480 {y})"
            )
        )
    made.append(group(*rows, clip_path=inside))
    made += [stroke("M432 233L612 214", "#564c80", 4), stroke("M432 231.4L612 212.4", "#ffdfae", 0.9, opacity=0.7)]
    made += [
        rect(560, 168, 24, 54, sheet.linear("#2a2148", "#5f4a72", along=(0, 0, 1, 0))),
        rect(556, 163, 32, 7, sheet.linear("#3a2f5c", "#7d6488", along=(0, 0, 1, 0)), r=1),
        rect(564, 154, 7, 10, "#4a3a62"),
        rect(574, 154, 7, 10, "#5f4a72"),
    ]
    return made


def draw() -> Sheet:
    """The picture."""
    sheet = Sheet(seed=33)
    rng = sheet.rng
    sheet.add(sheet.whole(sheet.ramp("#0a0e30", "#161d55", "#303a86", "#6a5fa8", "#b58ab5", along=(0, 0, 0, WATER))))
    sheet.add(
        stars(sheet, 230, 170),
        sheet.glow(402, 78, 250, "#c3c8ff", 0.6),
        sheet.glow(402, 78, 120, "#fff0c8", 0.8),
        moon(sheet, 402, 78, 42),
    )
    sheet.add(
        cloud(sheet, 452, 124, 190, 24, light="#8f8fd0", shade="#3d3f86", torn=1.6),
        cloud(sheet, 330, 104, 120, 14, light="#a8a5dd", shade="#4a4a94", torn=1.5),
        cloud(sheet, 110, 92, 170, 22, light="#5f63b0", shade="#2d3278", torn=1.6),
        cloud(sheet, 560, 62, 140, 16, light="#6f72bc", shade="#343a80", torn=1.6),
    )
    lights = ("#ffd98a", "#ffc06a", "#ffe9b8", "#f7a87a")
    far = skyline(rng, WATER, 36, 84, "#4d4f98", lights=("#d9c3c8",), wide=(14, 30), share=0.16)
    mid = skyline(rng, WATER, 24, 66, "#34367c", lights=lights, wide=(16, 32), share=0.3)
    near = skyline(rng, WATER, 14, 42, "#1f2058", lights=lights, wide=(16, 34), share=0.36)
    spires = [
        church(250, WATER, 132, "#2c2e6e", "#23245c", nave=0.5, dark="#24265f"),
        polygon([(160, WATER), (160, 110), (166, 84), (172, 110), (172, WATER)], "#3a3c86"),
    ]
    bridge = _bridge()
    city = [far, *spires, mid, near]
    sheet.add(far, rect(0, 120, 600, 90, sheet.linear("#d99ac000", "#e0a0b855")), *spires, mid, near, bridge)
    sheet.add(rect(0, WATER, 600, 100, sheet.ramp("#5a559f", "#262a6b", "#0d1038", along=(0, WATER, 0, 300))))
    water = sheet.clip(rect(0, WATER, 600, 100, "#fff"))
    sheet.add(group(mirrored(sheet, WATER, *city, bridge, scale=0.7, ripple=9, opacity=0.75, smear=2), clip_path=water))
    sheet.add(
        group(
            *[
                ellipse(
                    402 + rng.gauss(0, 4 + i * 0.5),
                    WATER + 4 + i * 3,
                    26 * rng.uniform(0.4, 1),
                    1,
                    "#fff3cf",
                    opacity=0.7,
                )
                for i in range(30)
            ]
        )
    )
    sheet.add(
        ripples(sheet, WATER + 2, 298, 60, "#c8c3f5", opacity=0.35, middle=200, spread=500),
        line(0, WATER, 600, WATER, "#12143f", width=1.4),
    )
    for x in range(20, 310, 32):
        sheet.add(
            sheet.glow(x, WATER - 48, 13, "#ffd98a", 0.9),
            ellipse(x, WATER - 48, 1.5, 1.7, "#fff6d8"),
            sheet.glow(x, WATER + 22, 16, "#ffca7a", 0.35, squash=1.6),
        )
    sheet.add(*_roof(sheet), _cat(486, 228, 1.05))
    sheet.finish("#040518", 0.5)
    return sheet
