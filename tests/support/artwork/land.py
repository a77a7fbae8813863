"""Hills, mountains and water.

Every function answers fragments, farthest first; the sky above them is in `nature`.
"""

from __future__ import annotations

import itertools
import math
from random import Random

from .pen import Point, ellipse, group, number, path, polyline, under
from .sheet import Sheet


def ridge(rng: Random, y: float, swing: float, steps: int = 9, left: float = -20, *, right: float = 620) -> list[Point]:
    """Points of a soft line of hills around the height `y`."""
    phase, second = rng.uniform(0, 6.28), rng.uniform(0, 6.28)
    points = []
    for index in range(steps + 1):
        share = index / steps
        wave = 0.65 * math.sin(share * 7.5 + phase) + 0.35 * math.sin(share * 16 + second)
        points.append((left + (right - left) * share, y + swing * (wave + rng.uniform(-0.2, 0.2))))
    return points


def hills(sheet: Sheet, y: float, swing: float, top: str, bottom: str, *, floor: float = 310, steps: int = 9) -> str:
    """A line of hills filled down to the floor."""
    points = ridge(sheet.rng, y, swing, steps)
    return path(under(points, floor), sheet.ramp(top, bottom, along=(0, y - swing, 0, min(floor, y + 90))))


def jag(rng: Random, start: Point, end: Point, swing: float, depth: int = 4) -> list[Point]:
    """A broken line from start to end, by halving."""
    if depth == 0:
        return [start, end]
    length = math.dist(start, end)
    shift = rng.uniform(-swing, swing) * length
    nx, ny = (end[1] - start[1]) / (length or 1), (start[0] - end[0]) / (length or 1)
    share = rng.uniform(0.4, 0.6)
    middle = (start[0] + (end[0] - start[0]) * share + nx * shift, start[1] + (end[1] - start[1]) * share + ny * shift)
    return jag(rng, start, middle, swing, depth - 1)[:-1] + jag(rng, middle, end, swing, depth - 1)


def slope(rng: Random, foot: Point, peak: Point, shoulders: int = 3) -> list[Point]:
    """A mountainside from foot to peak: steeper towards the top, with shoulders and towers."""
    stops = [foot]
    for index in range(1, shoulders + 1):
        share = index / (shoulders + 1) + rng.uniform(-0.06, 0.06)
        lift = share**1.35 + rng.uniform(-0.03, 0.07)
        stops.append((foot[0] + (peak[0] - foot[0]) * share, foot[1] + (peak[1] - foot[1]) * lift))
    stops.append(peak)
    made: list[Point] = [foot]
    for start, end in itertools.pairwise(stops):
        made += jag(rng, start, end, 0.12, 3)[1:]
    return made


def mountain(
    sheet: Sheet,
    peak: Point,
    left: float,
    right: float,
    base: float,
    *,
    lit: tuple[str, str],
    dark: tuple[str, str],
    snow: tuple[str, str] | None = None,
    snow_line: float = 0.6,
    stone: float = 0.5,
) -> str:
    """One mountain from `left` to `right` on `base`; (top, foot) colours of the lit right and the dark left face."""
    rng = sheet.rng
    height = base - peak[1]
    west, east = slope(rng, (left, base), peak), slope(rng, (right, base), peak)[::-1]
    crest = jag(rng, peak, (peak[0] + rng.uniform(-0.1, 0.25) * height, base), 0.16)
    along = (0, peak[1], 0, base)
    whole = polyline(west + east[1:])
    shade = [polyline(west + crest[1:])]
    for share in (0.1, 0.2, 0.32, 0.45, 0.6, 0.75):
        start = crest[int(share * (len(crest) - 1))]
        shade.append(_rib(rng, start, height * rng.uniform(0.3, 0.55)))
    shades = group(*[path(d, sheet.ramp(*dark, along=along)) for d in shade])
    made = [path(whole, sheet.ramp(*lit, along=along)), shades]
    if snow:
        cover = sheet.ramp((0, "#fff"), (snow_line, "#ffffff88"), (1, "#ffffff00"), along=along)
        seed = rng.randrange(1, 40)
        made.append(path(whole, cover, filter=sheet.melt(snow[0], "0.09 0.03", 9, 1.02, seed)))
        inner = sheet.clip(*[path(d, "#fff") for d in shade])
        made.append(group(path(whole, cover, filter=sheet.melt(snow[1], "0.09 0.03", 9, 1.02, seed)), clip_path=inner))
    made.append(
        path(
            whole,
            "#fff",
            filter=sheet.relief("0.03 0.022", 14, seed=rng.randrange(1, 40)),
            blend="soft-light",
            opacity=stone,
        )
    )
    return group(*made, clip_path=sheet.clip(path(whole)), style="isolation:isolate")


def _rib(rng: Random, start: Point, length: float) -> str:
    end = (start[0] + rng.uniform(0.35, 0.6) * length, start[1] + length)
    outer = jag(rng, start, end, 0.12, 3)
    inner = jag(rng, end, (start[0] - 0.02 * length, start[1] + 0.55 * length), 0.14, 3)
    return polyline(outer + inner[1:])


def ripples(
    sheet: Sheet,
    top: float,
    bottom: float,
    count: int,
    color: str,
    *,
    opacity: float = 0.5,
    middle: float = 300,
    spread: float = 400,
) -> str:
    """Short bright strokes on water, longer and farther apart towards the viewer."""
    rng = sheet.rng
    made = []
    for _ in range(count):
        depth = rng.random() ** 1.4
        y = top + (bottom - top) * depth
        x = rng.gauss(middle, spread * (0.3 + 0.5 * depth) / 2)
        half = (3 + 22 * depth) * rng.uniform(0.4, 1.2)
        made.append(ellipse(x, y, half, 0.35 + 1.1 * depth, color, opacity=opacity * rng.uniform(0.3, 1)))
    return group(*made)


def mirrored(
    sheet: Sheet,
    water_line: float,
    *fragments: str,
    scale: float = 0.9,
    ripple: float = 9,
    opacity: float = 0.6,
    smear: float = 0,
) -> str:
    """The fragments upside down below the water line, broken by ripples; `smear` draws them down as wet stone does."""
    turned = group(
        *fragments, transform=f"translate(0 {number(water_line * (1 + scale))}) scale(1 {number(-scale, 2)})"
    )
    broken = group(turned, filter=sheet.rough(ripple, "0.012 0.11", seed=8, octaves=2), opacity=opacity)
    return group(broken, filter=sheet.blur(smear * 0.2, smear)) if smear else broken
