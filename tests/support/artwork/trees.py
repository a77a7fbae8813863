"""Firs, broad-leaved trees and bushes.

Crowns are gouache: a dark mass, lighter dabs towards the light at the upper right, edges frayed by a filter.
"""

from __future__ import annotations

import math
from random import Random

from .pen import blob, group, mix, number, path, polyline
from .sheet import Sheet


def conifer_path(rng: Random, x: float, base: float, height: float, slim: float = 0.36) -> str:
    """Path data of a fir: tiers of drooping branches."""
    tiers = max(5, round(height / 7))
    right, left = [], []
    for index in range(1, tiers + 1):
        share = index / tiers
        half = height * slim * 0.5 * share**0.85 * rng.uniform(0.82, 1.12)
        y = base - height + height * share * 0.97
        right += [(x + half, y + height * 0.015), (x + half * 0.5, y - height * 0.025)]
        half *= rng.uniform(0.85, 1.1)
        left += [(x - half, y + height * 0.015), (x - half * 0.5, y - height * 0.025)]
    right[-1], left[-1] = (x + height * 0.015, base), (x - height * 0.015, base)
    return polyline([(x, base - height), *right, *reversed(left)])


def conifers(
    rng: Random,
    base: float,
    count: int,
    low: float,
    high: float,
    *,
    fill: str,
    left: float = -10,
    right: float = 610,
    sway: float = 4,
) -> str:
    """A row of firs as one path."""
    made = []
    for index in range(count):
        x = left + (right - left) * (index + rng.uniform(0.1, 0.9)) / count
        made.append(conifer_path(rng, x, base + rng.uniform(-sway, sway), rng.uniform(low, high)))
    return path("".join(made), fill)


def fir(sheet: Sheet, x: float, base: float, height: float, dark: str, *, light: str, snow: str | None = None) -> str:
    """One fir near the viewer, lit from the right, with snow on its branches if a colour is given."""
    rng = sheet.rng
    made = [path(conifer_path(rng, x, base, height), sheet.linear(light, dark, along=(1, 0, 0.2, 1)))]
    tiers = max(5, round(height / 9))
    for index in range(1, tiers):
        share = index / tiers
        half = height * 0.17 * share**0.85
        y = base - height + height * share * 0.95
        dip = height * 0.035
        made.append(
            path(
                f"M{number(x - half)} {number(y + dip * 0.4)}Q{number(x)} {number(y - dip)}"
                f" {number(x + half)} {number(y + dip * 0.4)}"
                f"Q{number(x + half * 0.3)} {number(y + dip * 0.5)} {number(x)} {number(y + dip * 0.3)}"
                f"Q{number(x - half * 0.4)} {number(y + dip * 0.8)} {number(x - half)}"
                f" {number(y + dip * 0.4)}Z",
                snow or light,
                opacity=0.95 if snow else 0.28,
            )
        )
    return group(*made, filter=sheet.rough(2.5, "0.15"))


def _lobes(rng: Random, x: float, y: float, rx: float, ry: float) -> list[tuple[float, float, float, float]]:
    made = [(x, y, rx * 0.62, ry * 0.62)]
    count = 8
    for index in range(count):
        angle = 2 * math.pi * (index + rng.uniform(-0.3, 0.3)) / count
        reach, size = rng.uniform(0.52, 0.66), rng.uniform(0.3, 0.44)
        made.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle), rx * size * 1.1, ry * size))
    made.extend(
        (x + rx * rng.uniform(-0.35, 0.35), y + ry * rng.uniform(-0.3, 0.3), rx * 0.34, ry * 0.3) for _ in range(3)
    )
    return made


def crown(
    sheet: Sheet, x: float, y: float, rx: float, ry: float, *, dark: str, mid: str, light: str, fray: float = 7
) -> str:
    """The leaves of a tree or bush around (x, y): lobes, each lit at its upper right."""
    rng = sheet.rng
    lobes = _lobes(rng, x, y, rx, ry)
    masses = [path(blob(rng, *lobe, wobble=0.1)) for lobe in lobes]
    dabs = [path(blob(rng, cx + w * 0.16, cy - h * 0.22, w * 0.78, h * 0.66)) for cx, cy, w, h in lobes]
    lit = [lobe for lobe in lobes if lobe[0] + lobe[3] > x - rx * 0.45 and lobe[1] < y + ry * 0.4]
    lights = [path(blob(rng, cx + w * 0.28, cy - h * 0.38, w * 0.52, h * 0.4)) for cx, cy, w, h in lit]
    shine = [
        path(blob(rng, cx + w * 0.38, cy - h * 0.5, w * 0.34, h * 0.24)) for cx, cy, w, h in lit if cx > x - rx * 0.2
    ]
    seed = rng.randrange(1, 9)
    edge = sheet.rough(fray, number(min(0.16, max(0.07, 3 / max(rx, 12))), 3), seed=seed, octaves=3)
    fleck = number(min(0.6, max(0.27, 10 / max(rx, 12))), 2)
    base = sheet.ramp(
        mix(dark, mid, 0.45), dark, mix(dark, "#0a0a20", 0.3), along=(x + rx * 0.6, y - ry, x - rx * 0.4, y + ry)
    )
    return group(
        group(*masses, fill=base, filter=edge),
        group(*dabs, fill=mid, filter=edge, opacity=0.28),
        group(*dabs, filter=sheet.speckle(mid, fleck, 0.49, 9, seed)),
        group(*lights, filter=sheet.speckle(light, fleck, 0.5, 9, seed + 3), opacity=0.9),
        group(*shine, filter=sheet.speckle(mix(light, "#fff6d8", 0.4), fleck, 0.53, 10, seed + 5)),
    )


def tree(
    sheet: Sheet,
    x: float,
    base: float,
    height: float,
    dark: str,
    *,
    mid: str,
    light: str,
    trunk: str = "#4b3429",
    wide: float = 0.36,
    fray: float = 7,
) -> str:
    """A broad-leaved tree, a linden if you like."""
    thick = height * 0.045
    fork = base - height * 0.42
    wood = (
        f"M{number(x - thick)} {number(base)}Q{number(x - thick * 0.4)} {number(base - height * 0.2)}"
        f" {number(x - thick * 0.7)} {number(fork)}"
        f"L{number(x - height * 0.14)} {number(fork - height * 0.16)}L{number(x)}"
        f" {number(fork - height * 0.06)}L{number(x + height * 0.15)} {number(fork - height * 0.18)}"
        f"L{number(x + thick * 0.7)} {number(fork)}Q{number(x + thick * 0.5)}"
        f" {number(base - height * 0.2)} {number(x + thick * 1.1)} {number(base)}Z"
    )
    bark = path(wood, sheet.linear(mix(trunk, "#000000", 0.25), mix(trunk, "#ffd9a0", 0.25), along=(0, 0, 1, 0)))
    return group(
        bark,
        crown(sheet, x, base - height * 0.62, height * wide, height * 0.38, dark=dark, mid=mid, light=light, fray=fray),
    )


def bush(
    sheet: Sheet,
    x: float,
    base: float,
    width: float,
    height: float,
    *,
    dark: str,
    mid: str,
    light: str,
    fray: float = 6,
) -> str:
    """A crown that stands on the ground."""
    return crown(sheet, x, base - height * 0.45, width / 2, height * 0.55, dark=dark, mid=mid, light=light, fray=fray)
