"""What stands in streets: skylines, lamps, strings of light, awnings, paving.

The houses are in `houses`.
"""

from __future__ import annotations

from random import Random

from .pen import Point, circle, curve, ellipse, fade, group, line, mix, number, path, polygon, rect, stroke
from .sheet import Sheet


def skyline(
    rng: Random,
    base: float,
    low: float,
    high: float,
    fill: str,
    *,
    lights: tuple[str, ...] = (),
    left: float = -10,
    right: float = 610,
    wide: tuple[float, float] = (14, 34),
    share: float = 0.3,
) -> str:
    """City blocks side by side, some with pitched roofs, some windows lit."""
    made: list[str] = []
    windows: list[str] = []
    x = left
    while x < right:
        width, height = rng.uniform(*wide), rng.uniform(low, high)
        top = base - height
        roof = rng.choice(("flat", "pitch", "flat", "step", "mast"))
        d = f"M{number(x)} {number(base)}V{number(top)}"
        if roof == "pitch":
            d += f"L{number(x + width / 2)} {number(top - width * 0.45)}L{number(x + width)} {number(top)}"
        elif roof == "step":
            d += (
                f"H{number(x + width * 0.25)}V{number(top - 6)}H{number(x + width * 0.75)}V{number(top)}"
                f"H{number(x + width)}"
            )
        elif roof == "mast":
            d += f"H{number(x + width * 0.5)}v-9h0.8v9H{number(x + width)}"
        else:
            d += f"H{number(x + width)}"
        made.append(d + f"V{number(base)}Z")
        y = top + 4
        while lights and y < base - 4:
            windows.extend(
                rect(x + 2 + column * 5, y, 2.2, 3, rng.choice(lights), opacity=rng.uniform(0.5, 1))
                for column in range(int(width // 5))
                if rng.random() < share
            )
            y += 6.5
        x += width + rng.choice((0, 0, 0, 1.5))
    return group(path("".join(made), fill), *windows)


def lamp(sheet: Sheet, x: float, base: float, height: float, color: str, *, lit: bool = True) -> str:
    """A street lamp of the old kind; its glow is laid on with `Sheet.glow`."""
    top, size = base - height, height * 0.085
    glass = sheet.linear("#fff8dc", "#ffd27a") if lit else "#cdd5de"
    thick = max(1.2, height * 0.018)
    return group(
        polygon(
            [
                (x - size * 0.7, base),
                (x - thick / 2, base - height * 0.14),
                (x + thick / 2, base - height * 0.14),
                (x + size * 0.7, base),
            ],
            color,
        ),
        rect(x - thick / 2, top + size * 2, thick, height - size * 2, color),
        polygon(
            [
                (x - size * 0.55, top + size * 2.1),
                (x - size, top + size * 0.55),
                (x + size, top + size * 0.55),
                (x + size * 0.55, top + size * 2.1),
            ],
            glass,
        ),
        line(x, top + size * 0.5, x, top + size * 2.1, color, width=thick * 0.4),
        polygon(
            [(x - size * 1.25, top + size * 0.6), (x, top - size * 0.35), (x + size * 1.25, top + size * 0.6)], color
        ),
        circle(x, top - size * 0.4, size * 0.22, color),
        rect(x - size * 0.7, top + size * 2.05, size * 1.4, thick * 0.9, color),
    )


def string_lights(
    sheet: Sheet,
    start: Point,
    end: Point,
    sag: float,
    count: int,
    *,
    wire: str,
    bulbs: tuple[str, ...] = ("#ffe6a3",),
    size: float = 1.8,
) -> list[str]:
    """A hanging wire with bulbs; glows come as fragments of their own, so keep them at the top level."""
    points = []
    for index in range(count + 1):
        share = index / count
        points.append(
            (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share + sag * 4 * share * (1 - share),
            )
        )
    made = [stroke(curve(points), wire, 0.8)]
    for index, (x, y) in enumerate(points[1:-1]):
        color = bulbs[index % len(bulbs)]
        made.append(sheet.glow(x, y + size * 1.6, size * 7, color, 0.8))
        made.append(rect(x - size * 0.4, y, size * 0.8, size * 0.9, wire))
        made.append(ellipse(x, y + size * 1.7, size, size * 1.2, mix(color, "#ffffff", 0.45)))
    return made


def awning(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    drop: float,
    *,
    stripes: tuple[str, str],
    count: int,
    flare: float = 5,
) -> str:
    """A striped awning with a scalloped hem, hanging from the line y."""
    made = []
    for index in range(count):
        a, b = index / count, (index + 1) / count
        top_a, top_b = x + width * a, x + width * b
        low_a, low_b = x - flare + (width + 2 * flare) * a, x - flare + (width + 2 * flare) * b
        color = stripes[index % 2]
        hem = (low_b - low_a) / 2
        made.append(
            path(
                (
                    f"M{number(top_a)} {number(y)}H{number(top_b)}L{number(low_b)} {number(y + drop)}"
                    f"A{number(hem)} {number(hem * 0.9)} 0 0 1 {number(low_a)} {number(y + drop)}Z"
                ),
                sheet.linear(mix(color, "#ffffff", 0.12), color, mix(color, "#2a0a18", 0.22)),
            )
        )
    shadow = rect(x - flare, y + drop, width + flare * 2, drop * 0.5, sheet.linear("#1a0c2288", "#1a0c2200"))
    return group(shadow, *made)


def cobbles(sheet: Sheet, top: float, bottom: float, color: str, rows: int = 12, *, opacity: float = 0.35) -> str:
    """Paving stones in perspective, as flecks that grow towards the viewer."""
    rng = sheet.rng
    made = []
    for row in range(rows):
        share = ((row + 0.5) / rows) ** 1.7
        y = top + (bottom - top) * share
        width = 5 + 34 * share
        x = -rng.uniform(0, width)
        while x < 610:
            w = width * rng.uniform(0.75, 1.2)
            if rng.random() < 0.62:
                made.append(ellipse(x + w / 2, y, w * 0.44, 0.5 + 3.4 * share, fade(color, rng.uniform(0.25, 1))))
            x += w
    return group(*made, opacity=opacity)
