"""Mugs, glasses and what belongs to them: steam, ice, a slice of lemon.

Each stands on its `base` line, lit from the right.
"""

from __future__ import annotations

import math

from .pen import circle, curve, ellipse, fade, group, mix, number, path, placed, polygon, rect, stroke
from .sheet import Sheet
from .things import RED, contact, round_body


def mug(
    sheet: Sheet,
    x: float,
    base: float,
    width: float,
    color: str,
    *,
    drink: str = "#4a2516",
    foam: str | None = None,
    flip: bool = False,
) -> str:
    """A mug with its handle at the right (left if flipped); `width` without the handle."""
    w, h = width / 2, width * 0.92
    body = (
        f"M{number(-w)} {number(-h)}C{number(-w)} {number(-h * 0.3)} {number(-w * 0.92)} 0 {number(-w * 0.55)}"
        f" 0H{number(w * 0.55)}C{number(w * 0.92)} 0 {number(w)} {number(-h * 0.3)} {number(w)} {number(-h)}Z"
    )
    handle = stroke(
        (
            f"M{number(w * 0.9)} {number(-h * 0.78)}C{number(w * 1.75)} {number(-h * 0.85)} {number(w * 1.7)}"
            f" {number(-h * 0.16)} {number(w * 0.8)} {number(-h * 0.22)}"
        ),
        mix(color, "#1a0820", 0.2),
        width * 0.12,
    )
    inner = ellipse(0, -h, w, w * 0.24, mix(color, "#1a0820", 0.3))
    rim = ellipse(0, -h, w, w * 0.24, "none", stroke=mix(color, "#ffffff", 0.4), stroke_width=width * 0.025)
    cup = [ellipse(0, -h + w * 0.06, w * 0.9, w * 0.18, sheet.radial(mix(drink, "#ffb86b", 0.35), drink))]
    if foam:
        cup.append(ellipse(w * 0.05, -h + w * 0.04, w * 0.62, w * 0.11, foam, opacity=0.9))
    shine = path(
        (
            f"M{number(w * 0.55)} {number(-h * 0.75)}Q{number(w * 0.62)} {number(-h * 0.4)} {number(w * 0.5)}"
            f" {number(-h * 0.15)}"
        ),
        "none",
        stroke="#ffffff",
        stroke_width=width * 0.05,
        stroke_linecap="round",
        opacity=0.4,
    )
    made = group(
        contact(sheet, -w * 0.3, 0, width * 1.5, width * 0.2),
        handle,
        path(body, round_body(sheet, color)),
        inner,
        *cup,
        rim,
        shine,
    )
    return placed(made, x=x, y=base, flip=flip)


def steam(sheet: Sheet, x: float, y: float, height: float, color: str = "#ffffff", *, opacity: float = 0.5) -> str:
    """Three wisps rising from (x, y)."""
    wisps = []
    for shift, tall in ((-0.16, 0.8), (0.02, 1), (0.2, 0.72)):
        points = [
            (x + shift * height * 0.8 + math.sin(i * 1.7 + shift * 9) * height * 0.07, y - height * tall * i / 5)
            for i in range(6)
        ]
        wisps.append(
            stroke(
                curve(points),
                sheet.ramp(fade(color, 0.9), fade(color, 0), along=(0, y, 0, y - height * tall)),
                height * 0.07,
            )
        )
    return group(*wisps, filter=sheet.blur(height * 0.035), opacity=opacity)


def glass(
    sheet: Sheet,
    x: float,
    base: float,
    width: float,
    height: float,
    *,
    drink: tuple[str, str],
    slice_: bool = True,
    straw: str | None = RED,
    ice: int = 3,
    handle: bool = False,
) -> str:
    """A tumbler (or jug, with a handle) of something cold, with ice."""
    w, foot = width / 2, width * 0.39
    level = height * 0.86
    rim = w - (w - foot) * (1 - level / height)
    rng = sheet.rng
    made = [contact(sheet, -w * 0.5, 0, width * 1.8, width * 0.28, opacity=0.4)]
    made.append(
        ellipse(
            -width * 0.55,
            width * 0.06,
            width * 0.55,
            width * 0.09,
            drink[0],
            opacity=0.5,
            filter=sheet.blur(width * 0.05),
        )
    )
    if handle:
        made.append(
            stroke(
                (
                    f"M{number(w * 0.9)} {number(-height * 0.82)}C{number(w * 2)} {number(-height * 0.9)}"
                    f" {number(w * 1.9)} {number(-height * 0.2)} {number(foot)} {number(-height * 0.25)}"
                ),
                "#ffffff",
                width * 0.1,
                opacity=0.65,
            )
        )
    if straw:
        made.append(
            stroke(
                f"M{number(-foot * 0.5)} {number(-height * 0.1)}L{number(w * 0.75)} {number(-height * 1.3)}",
                straw,
                width * 0.07,
            )
        )
    fluid = sheet.linear(drink[0], drink[1])
    made.append(
        polygon([(-rim, -level), (rim, -level), (foot, -height * 0.04), (-foot, -height * 0.04)], fluid, opacity=0.92)
    )
    for index in range(ice):
        side = width * 0.26
        cube = rect(
            -side / 2,
            -side / 2,
            side,
            side,
            sheet.linear("#ffffffcc", "#ffffff33", along=(1, 0, 0, 1)),
            r=side * 0.2,
            stroke="#ffffff",
            stroke_width=width * 0.012,
            stroke_opacity=0.7,
        )
        made.append(
            placed(
                cube,
                x=rng.uniform(-0.2, 0.2) * width,
                y=-level + side * (0.35 + 0.75 * index),
                turn=rng.uniform(-30, 30),
            )
        )
    made.append(ellipse(0, -level, rim, width * 0.09, mix(drink[0], "#ffffff", 0.35), opacity=0.85))
    body = polygon(
        [(-w, -height), (w, -height), (foot, 0), (-foot, 0)],
        sheet.linear(
            (0, "#ffffff40"),
            (0.3, "#ffffff08"),
            (0.75, "#ffffff66"),
            (0.85, "#ffffff10"),
            (1, "#ffffff77"),
            along=(0, 0, 1, 0),
        ),
    )
    made += [
        body,
        ellipse(0, -height, w, width * 0.1, "none", stroke="#ffffff", stroke_width=width * 0.025, stroke_opacity=0.85),
        ellipse(0, 0, foot, width * 0.07, "#ffffff", opacity=0.35),
    ]
    if slice_:
        made.append(citrus(-w * 0.82, -height * 1.0, width * 0.3))
    return placed(*made, x=x, y=base)


def citrus(x: float, y: float, r: float, peel: str = "#f7c52b", flesh: str = "#ffe883", *, turn: float = 12) -> str:
    """A slice of lemon, cut face to the viewer."""
    made = [circle(0, 0, r, peel), circle(0, 0, r * 0.88, "#fffbe2")]
    made.extend(
        placed(
            path(
                (
                    f"M0 {number(-r * 0.1)}L{number(r * 0.24)} {number(-r * 0.66)}Q0 {number(-r * 0.88)}"
                    f" {number(-r * 0.24)} {number(-r * 0.66)}Z"
                ),
                flesh,
            ),
            turn=index * 45,
        )
        for index in range(8)
    )
    return placed(*made, x=x, y=y, turn=turn)
