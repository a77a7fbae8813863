"""SVG elements, paths and colours as plain strings.

It knows nothing of what is drawn. Coordinates are CSS pixels, y points down, colours are `#rrggbb` or `#rrggbbaa`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]


def number(value: float, places: int = 1) -> str:
    """Write a coordinate as briefly as the picture allows (a tenth of a CSS pixel)."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def element(name: str, *children: str, **attributes: object) -> str:
    """One SVG element: `stroke_width=2` gives `stroke-width="2"`, None is left out, `blend` is a CSS blend mode."""
    words = [name]
    blend = attributes.pop("blend", None)
    for key, value in attributes.items():
        if value is None:
            continue
        text = number(value, 3) if isinstance(value, int | float) else str(value)
        words.append(f'{key.rstrip("_").replace("_", "-")}="{text}"')
    if blend:
        words.append(f'style="mix-blend-mode:{blend}"')
    head = " ".join(words)
    return f"<{head}>{''.join(children)}</{name}>" if children else f"<{head}/>"


def group(*children: str, **attributes: object) -> str:
    """Several fragments as one."""
    return element("g", *children, **attributes)


def placed(*children: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False) -> str:
    """Fragments moved, turned (degrees, clockwise), scaled, and mirrored left to right if asked."""
    steps = [f"translate({number(x)} {number(y)})"]
    if turn:
        steps.append(f"rotate({number(turn)})")
    if scale != 1 or flip:
        steps.append(f"scale({number(-scale if flip else scale, 3)} {number(scale, 3)})")
    return group(*children, transform=" ".join(steps))


def rect(x: float, y: float, width: float, height: float, fill: str, *, r: float | None = None, **more: object) -> str:
    """A rectangle, with rounded corners if `r` is given."""
    return element("rect", x=x, y=y, width=width, height=height, rx=r, fill=fill, **more)


def circle(x: float, y: float, r: float, fill: str, **more: object) -> str:
    """A disc around (x, y)."""
    return element("circle", cx=x, cy=y, r=r, fill=fill, **more)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    """An ellipse around (x, y)."""
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def path(d: str, fill: str | None = None, **more: object) -> str:
    """A filled path; without a fill it takes that of its group."""
    return element("path", d=d, fill=fill, **more)


def stroke(d: str, color: str, width: float, cap: str = "round", **more: object) -> str:
    """A stroked path with round ends and joins."""
    return element(
        "path", d=d, fill="none", stroke=color, stroke_width=width, stroke_linecap=cap, stroke_linejoin="round", **more
    )


def line(
    x1: float, y1: float, x2: float, y2: float, color: str, *, width: float, cap: str = "round", **more: object
) -> str:
    """A straight stroke."""
    return stroke(polyline([(x1, y1), (x2, y2)], closed=False), color, width, cap=cap, **more)


def polyline(points: Iterable[Point], closed: bool = True) -> str:
    """Path data through the points by straight lines."""
    joined = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{joined}" + ("Z" if closed else "")


def polygon(points: Iterable[Point], fill: str, **more: object) -> str:
    """A filled polygon."""
    return path(polyline(points), fill, **more)


def curve(points: Sequence[Point], closed: bool = False, tension: float = 6.0) -> str:
    """Path data of a Catmull-Rom spline through the points."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    steps = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for index in range(count if closed else count - 1):
        before, start, end, after = (at(index + shift) for shift in (-1, 0, 1, 2))
        first = (start[0] + (end[0] - before[0]) / tension, start[1] + (end[1] - before[1]) / tension)
        second = (end[0] - (after[0] - start[0]) / tension, end[1] - (after[1] - start[1]) / tension)
        steps.append("C" + " ".join(f"{number(x)} {number(y)}" for x, y in (first, second, end)))
    return "".join(steps) + ("Z" if closed else "")


def under(points: Sequence[Point], floor: float) -> str:
    """Path data of everything between a curve through the points and the floor below it."""
    last, first = points[-1], points[0]
    return f"{curve(points)}L{number(last[0])} {number(floor)}L{number(first[0])} {number(floor)}Z"


def blob(rng: Random, x: float, y: float, rx: float, ry: float, *, wobble: float = 0.12, corners: int = 9) -> str:
    """Path data of an uneven ellipse, as leaves, clouds and stones have it."""
    points = []
    for index in range(corners):
        angle = 2 * math.pi * (index + rng.uniform(-0.25, 0.25)) / corners
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
    return curve(points, closed=True)


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from the first to the second; alpha of the first is kept."""
    a, b = first.lstrip("#"), second.lstrip("#")
    channels = [round(int(a[i : i + 2], 16) * (1 - share) + int(b[i : i + 2], 16) * share) for i in (0, 2, 4)]
    return "#" + "".join(f"{min(255, max(0, value)):02x}" for value in channels) + a[6:]


def fade(color: str, opacity: float) -> str:
    """The same colour with another opacity (0 to 1)."""
    return f"{color[:7]}{round(opacity * 255):02x}"
