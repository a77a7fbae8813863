"""Things that stand on floors and benches: bags, umbrellas, cushions, books.

Each stands on its `base` line with a soft shadow of its own; cups and glasses are in `cups`.
"""

from __future__ import annotations

from .brand import emblem
from .pen import circle, ellipse, group, mix, number, path, placed, polygon, rect, stroke
from .sheet import Sheet

RED = "#c8102e"


def contact(
    sheet: Sheet, x: float, y: float, width: float, height: float, *, color: str = "#1a0c22", opacity: float = 0.5
) -> str:
    """The soft dark patch below a thing."""
    return ellipse(x, y, width / 2, height / 2, color, filter=sheet.blur(height * 0.3), opacity=opacity)


def round_body(sheet: Sheet, color: str) -> str:
    """The shading of something round, lit from the right."""
    return sheet.linear(
        (0, mix(color, "#1a0820", 0.45)),
        (0.35, mix(color, "#1a0820", 0.08)),
        (0.72, mix(color, "#ffffff", 0.22)),
        (1, mix(color, "#1a0820", 0.18)),
        along=(0, 0, 1, 0.08),
    )


def bag(
    sheet: Sheet,
    x: float,
    base: float,
    width: float,
    height: float,
    *,
    color: str = RED,
    mark: str = "#ffffff",
    side: float = 0.22,
) -> str:
    """A paper carrier bag with the leaf on it; its narrow side at the left in shadow."""
    front = x + width * side
    right, top = x + width, base - height
    paper = sheet.linear(mix(color, "#ffffff", 0.14), color, mix(color, "#1a0820", 0.18), along=(1, 0, 0.2, 1))
    fold = x + width * side * 0.5
    made = [
        contact(sheet, x + width * 0.42, base, width * 1.35, width * 0.22),
        polygon(
            [(front, base), (front, top), (x, top + height * 0.05), (x, base - height * 0.045)],
            mix(color, "#1a0820", 0.42),
        ),
        polygon(
            [(front, base), (front, top), (fold, top + height * 0.07), (fold, base - height * 0.12)],
            mix(color, "#1a0820", 0.3),
        ),
        rect(front, top, right - front, height, paper),
        rect(front, top, right - front, height * 0.05, mix(color, "#ffffff", 0.25), opacity=0.6),
    ]
    span = right - front
    loop = (
        f"M{number(front + span * 0.28)} {number(top + height * 0.04)}C{number(front + span * 0.28)}"
        f" {number(top - height * 0.36)} {number(front + span * 0.72)} {number(top - height * 0.36)}"
        f" {number(front + span * 0.72)} {number(top + height * 0.04)}"
    )
    back = placed(stroke(loop, mix(mark, color, 0.45), max(1, width * 0.025)), x=-width * 0.07, y=height * 0.01)
    leaf = emblem(front + span / 2, top + height * 0.56, span * 0.5, mark, color)
    return group(back, *made, leaf, stroke(loop, mark, max(1, width * 0.028)))


def umbrella(
    sheet: Sheet, x: float, y: float, r: float, color: str, *, turn: float = 0, stick: bool = True, drop: float = 1.15
) -> str:
    """An open umbrella; (x, y) is its top, `r` half its span."""
    made = []
    dome = r * 0.62
    if stick:
        end = dome + r * drop
        made.append(
            stroke(
                (
                    f"M0 {number(dome * 0.5)}V{number(end)}q0 {number(r * 0.13)} {number(-r * 0.1)}"
                    f" {number(r * 0.13)}q{number(-r * 0.1)} 0 {number(-r * 0.1)} {number(-r * 0.1)}"
                ),
                "#5b3322",
                r * 0.045,
            )
        )
    made.append(canopy(sheet, r, dome, (color,)))
    made.append(stroke(f"M0 0v{number(-r * 0.1)}", "#3a2019", r * 0.035))
    return placed(*made, x=x, y=y, turn=turn)


def canopy(
    sheet: Sheet,
    r: float,
    dome: float,
    colors: tuple[str, ...],
    edge: tuple[float, ...] = (-1, -0.62, -0.2, 0.24, 0.66, 1),
) -> str:
    """The cloth of an umbrella or parasol below (0, 0), its panels in turn of the colours, darker towards the left."""
    inside = (
        f"M{number(-r)} {number(dome)}C{number(-r)} {number(dome * 0.5)} {number(-r * 0.62)}"
        f" {number(dome * 0.06)} 0 0C{number(r * 0.62)} {number(dome * 0.06)} {number(r)} {number(dome * 0.5)}"
        f" {number(r)} {number(dome)}Q0 {number(dome * 1.3)} {number(-r)} {number(dome)}Z"
    )
    made = [path(inside, mix(colors[0], "#14061a", 0.55))]
    panels = len(edge) - 1
    for index in range(panels):
        a, b = edge[index] * r, edge[index + 1] * r
        tone = 0.36 - 0.66 * index / (panels - 1)
        color = colors[index % len(colors)]
        fill = mix(color, "#1a0820", tone) if tone > 0 else mix(color, "#ffd5b5", -tone)
        sag = dome - r * 0.13 * min(1, 5 / panels)
        d = (
            f"M0 0C{number(a * 0.62)} {number(dome * 0.06)} {number(a)} {number(dome * 0.5)} {number(a)}"
            f" {number(dome)}Q{number((a + b) / 2)} {number(sag)} {number(b)} {number(dome)}C{number(b)}"
            f" {number(dome * 0.5)} {number(b * 0.62)} {number(dome * 0.06)} 0 0Z"
        )
        made.append(path(d, sheet.linear(mix(fill, "#ffffff", 0.1), fill, mix(fill, "#1a0820", 0.15))))
    return group(*made)


def cushion(sheet: Sheet, x: float, base: float, size: float, color: str, *, turn: float = 0) -> str:
    """A square cushion standing on its edge."""
    h = size / 2
    d = (
        f"M{number(-h)} {number(-size)}Q0 {number(-size * 0.9)} {number(h)} {number(-size)}Q{number(h * 0.88)}"
        f" {number(-h)} {number(h)} 0Q0 {number(-size * 0.08)} {number(-h)} 0Q{number(-h * 0.88)} {number(-h)}"
        f" {number(-h)} {number(-size)}Z"
    )
    return placed(
        path(d, sheet.radial(mix(color, "#ffffff", 0.25), color, mix(color, "#1a0820", 0.4), x=0.68, y=0.35, r=0.75)),
        x=x,
        y=base,
        turn=turn,
    )


def books(x: float, base: float, colors: list[str], width: float = 40, thick: float = 6) -> str:
    """A lying pile of books."""
    made = []
    for index, color in enumerate(colors):
        y, w, shift = base - thick * (index + 1), width * (1 - 0.07 * index), (index % 2) * 3 - index
        made.append(rect(x + shift, y, w, thick - 0.6, color, r=1.2))
        made.append(rect(x + shift + w * 0.12, y, w * 0.06, thick - 0.6, mix(color, "#ffe9c0", 0.6)))
        made.append(rect(x + shift + w - 2.2, y + 1, 2.2, thick - 2.6, "#fff3df"))
    return group(*made)


def droplets(sheet: Sheet, count: int, area: tuple[float, float, float, float], size: float = 3.2) -> str:
    """Water drops on glass: dark above, bright below, as they turn the light round."""
    rng = sheet.rng
    x, y, width, height = area
    body = sheet.linear("#10182a88", "#8fa3bb22", "#ffffff77")
    made = []
    for _ in range(count):
        r = size * (0.25 + 0.75 * rng.random() ** 2.5)
        cx, cy = x + rng.random() * width, y + rng.random() * height
        made.append(ellipse(cx, cy, r * 0.88, r, body))
        made.append(circle(cx + r * 0.3, cy - r * 0.38, r * 0.16, "#ffffff", opacity=0.9))
    return group(*made)
