"""Sky and weather: clouds, stars, the moon, rain, snow, birds.

The land below is in `land`. Every function answers fragments, farthest first.
"""

from __future__ import annotations

import math

from .pen import circle, ellipse, fade, group, mix, number, stroke
from .sheet import Sheet


def cloud(
    sheet: Sheet, x: float, y: float, width: float, height: float, *, light: str, shade: str, torn: float = 2.6
) -> str:
    """A heap of vapour above the line `y`, lit from the upper right; a higher `torn` gives harder edges."""
    rng = sheet.rng
    puffs = max(4, round(width / height * 1.6))
    heap = []
    for index in range(puffs):
        share = (index + 0.5) / puffs
        swell = math.sin(math.pi * share) ** 0.8
        r = height * (0.34 + 0.42 * swell) * rng.uniform(0.85, 1.15)
        heap.append((x + (share - 0.5) * width * 0.8, y - r * 0.55 - height * 0.16 * swell * rng.random(), r))
    soft = sheet.radial((0, "#fff"), (0.45, "#ffffffd0"), (1, "#ffffff00"))
    frequency, seed = f"{number(2.2 / height, 3)} {number(3 / height, 3)}", rng.randrange(1, 60)

    def layer(color: str, dx: float, dy: float, size: float, opacity: float) -> str:
        discs = [ellipse(cx + dx * r, cy + dy * r, r * size * 1.35, r * size, soft) for cx, cy, r in heap]
        return group(*discs, filter=sheet.melt(color, frequency, torn, 0.92, seed), opacity=opacity)

    return group(
        layer(shade, 0, 0.16, 1.12, 0.85),
        layer(light, 0.1, -0.1, 1, 0.9),
        layer(mix(light, "#ffffff", 0.45), 0.26, -0.3, 0.6, 0.6),
    )


def streaks(sheet: Sheet, count: int, top: float, bottom: float, color: str, *, opacity: float = 0.5) -> str:
    """Long thin veils of cloud, as at dawn and dusk."""
    rng = sheet.rng
    made = []
    for _ in range(count):
        y = rng.uniform(top, bottom)
        made.append(
            ellipse(
                rng.uniform(-20, 620),
                y,
                rng.uniform(50, 150),
                rng.uniform(1.2, 4.5),
                color,
                opacity=rng.uniform(0.3, 1) * opacity,
            )
        )
    return group(*made, filter=sheet.blur(4, 1.1))


def stars(sheet: Sheet, count: int, bottom: float, color: str = "#fff6e0") -> str:
    """Stars, the brighter ones with a faint halo."""
    rng = sheet.rng
    made = []
    for _ in range(count):
        x, y, size = rng.uniform(0, 600), bottom * rng.random() ** 1.3, rng.random() ** 4
        made.append(circle(x, y, 0.35 + 0.75 * size, color, opacity=0.3 + 0.7 * rng.random()))
        if size > 0.6:
            made.append(circle(x, y, 4, sheet.radial(fade(color, 0.5), fade(color, 0))))
    return group(*made)


def moon(sheet: Sheet, x: float, y: float, r: float) -> str:
    """A full moon with seas; its light is laid on with `Sheet.glow`."""
    disc = circle(x, y, r, sheet.radial("#fffdf2", "#fff3d0", "#f3dca6", x=0.62, y=0.36, r=0.75))
    seas = [(-0.3, -0.25, 0.3), (0.15, -0.42, 0.18), (-0.12, 0.2, 0.26), (0.38, 0.12, 0.2), (-0.5, 0.3, 0.12)]
    marks = [ellipse(x + dx * r, y + dy * r, s * r, s * r * 0.8, "#d9bb83", opacity=0.45) for dx, dy, s in seas]
    return group(disc, group(*marks, filter=sheet.blur(r * 0.05)))


def rain(sheet: Sheet, count: int, color: str = "#dfe9f5", opacity: float = 0.4, lean: float = -0.16) -> str:
    """Slanting streaks, nearer ones longer and brighter."""
    rng = sheet.rng
    near: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for _ in range(count):
        depth = rng.choice((0, 0, 0, 1, 1, 2))
        length = (10, 18, 30)[depth] * rng.uniform(0.7, 1.3)
        x, y = rng.uniform(-20, 640), rng.uniform(-30, 300)
        near[depth].append(f"M{number(x)} {number(y)}l{number(lean * length)} {number(length)}")
    widths = (0.4, 0.7, 1.0)
    return group(
        *[
            stroke("".join(lines), color, widths[depth], opacity=opacity * (0.6, 0.8, 1)[depth])
            for depth, lines in near.items()
            if lines
        ]
    )


def snowfall(sheet: Sheet, count: int, color: str = "#ffffff") -> str:
    """Flakes at three distances, the nearest out of focus."""
    rng = sheet.rng
    layers: list[list[str]] = [[], [], []]
    for _ in range(count):
        depth = rng.choices((0, 1, 2), (10, 5, 1))[0]
        r = (0.6, 1.3, 3.2)[depth] * rng.uniform(0.7, 1.3)
        layers[depth].append(
            circle(
                rng.uniform(0, 600),
                rng.uniform(0, 300),
                r,
                color,
                opacity=rng.uniform(0.5, 0.95) * (0.9, 0.85, 0.5)[depth],
            )
        )
    return group(
        group(*layers[0]), group(*layers[1], filter=sheet.blur(0.4)), group(*layers[2], filter=sheet.blur(1.3))
    )


def bird(x: float, y: float, span: float, color: str, lift: float = 0.25, *, width: float = 1.0) -> str:
    """A gull or swallow far away, as one stroke."""
    half = span / 2
    d = (
        f"M{number(x - half)} {number(y - span * lift * 0.4)}Q{number(x - half * 0.5)}"
        f" {number(y - span * lift)} {number(x)} {number(y)}"
        f"Q{number(x + half * 0.5)} {number(y - span * lift)} {number(x + half)} {number(y - span * lift * 0.4)}"
    )
    return stroke(d, color, width)
