"""Town houses and village churches, seen from the front.

Walls are lighter on their right, where the light comes from; streets and lamps are in `town`.
"""

from __future__ import annotations

from .pen import Point, group, line, mix, number, path, polygon, rect, stroke
from .sheet import Sheet

WARM = ("#fff2c4", "#ffc765")


def pane(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    lit: bool,
    frame: str,
    glass: tuple[str, str] = ("#52607f", "#2e3853"),
    bars: bool = True,
    arch: bool = False,
) -> str:
    """A window with its top left corner at (x, y)."""
    fill = sheet.linear(*(WARM if lit else glass))
    head = width / 2 if arch else 0
    d = (
        f"M{number(x)} {number(y + height)}V{number(y + head)}"
        + (
            f"A{number(head)} {number(head)} 0 0 1 {number(x + width)} {number(y + head)}"
            if arch
            else f"H{number(x + width)}"
        )
        + f"V{number(y + height)}Z"
    )
    made = [path(d, fill, stroke=frame, stroke_width=max(0.5, width * 0.1))]
    if bars and width > 4:
        thin = max(0.4, width * 0.06)
        made.append(line(x + width / 2, y, x + width / 2, y + height, frame, width=thin))
        made.append(line(x, y + height * 0.42, x + width, y + height * 0.42, frame, width=thin))
    made.append(rect(x - width * 0.12, y + height, width * 1.24, max(0.8, height * 0.07), mix(frame, "#000000", 0.15)))
    return group(*made)


def house(
    sheet: Sheet,
    x: float,
    base: float,
    width: float,
    height: float,
    *,
    wall: str,
    roof: str,
    rise: float,
    lit: float = 0.5,
    floors: int = 2,
    columns: int = 2,
    shape: str = "gable",
    snow: str | None = None,
    frame: str = "#fff6ea",
    glass: tuple[str, str] = ("#52607f", "#2e3853"),
    timber: str | None = None,
    gloom: float = 0.28,
) -> str:
    """A town house from (x, base) upwards.

    `shape` is gable, stepped, curved, eaves or flat, `lit` the share of lit windows, `gloom` how dark the left side is.
    """
    rng = sheet.rng
    top, right, middle = base - height, x + width, x + width / 2
    plaster = sheet.linear(mix(wall, "#2b1d3d", gloom), wall, mix(wall, "#fff0d8", 0.18), along=(0, 0.3, 1, 0))
    made = [_outline(shape, x, top, width, base, rise=rise, plaster=plaster, roof=roof, sheet=sheet)]
    if timber and shape == "gable":
        made.append(_timber(x, top, width, height, rise, color=timber))
    tall, wide = height / floors, width / columns
    for row in range(floors):
        for column in range(columns):
            w, h = wide * 0.46, min(tall * 0.58, wide * 0.8)
            made.append(
                pane(
                    sheet,
                    x + wide * (column + 0.5) - w / 2,
                    top + tall * (row + 0.5) - h / 2 + tall * 0.04,
                    w,
                    h,
                    lit=rng.random() < lit,
                    frame=frame,
                    glass=glass,
                )
            )
    if shape in {"gable", "stepped", "curved"} and rise > width * 0.35:
        w = width * 0.17
        made.append(
            pane(
                sheet, middle - w / 2, top - rise * 0.42, w, w * 1.25, lit=rng.random() < lit, frame=frame, glass=glass
            )
        )
    if snow and shape == "gable":
        made.append(
            path(
                (
                    f"M{number(x - 3)} {number(top + 3)}L{number(middle)} {number(top - rise - 3)}"
                    f"L{number(right + 3)} {number(top + 3)}L{number(right + 1)} {number(top + 6)}"
                    f"Q{number(middle + width * 0.25)} {number(top - rise * 0.42)} {number(middle)}"
                    f" {number(top - rise + 7)}Q{number(middle - width * 0.25)} {number(top - rise * 0.42)}"
                    f" {number(x - 1)} {number(top + 6)}Z"
                ),
                snow,
            )
        )
    if snow and shape == "eaves":
        made.append(
            path(
                (
                    f"M{number(x + width * 0.03)} {number(top - rise * 0.45)}L{number(x + width * 0.1)}"
                    f" {number(top - rise - 2)}Q{number(middle)} {number(top - rise - 5)}"
                    f" {number(right - width * 0.1)} {number(top - rise - 2)}L{number(right - width * 0.03)}"
                    f" {number(top - rise * 0.45)}Q{number(right - width * 0.14)} {number(top - rise * 0.2)}"
                    f" {number(right - width * 0.3)} {number(top - rise * 0.42)}T{number(middle)}"
                    f" {number(top - rise * 0.4)}T{number(x + width * 0.24)} {number(top - rise * 0.38)}"
                    f"T{number(x + width * 0.03)} {number(top - rise * 0.45)}Z"
                ),
                snow,
            )
        )
        made.append(rect(x - 3, top - 2.5, width + 6, 4, snow, r=2))
    return group(*made)


def _outline(
    shape: str, x: float, top: float, width: float, base: float, *, rise: float, plaster: str, roof: str, sheet: Sheet
) -> str:
    right, middle = x + width, x + width / 2
    if shape == "gable":
        body = polygon([(x, base), (x, top), (middle, top - rise), (right, top), (right, base)], plaster)
        eave = max(2.0, width * 0.06)
        cover = polygon(
            [
                (x - eave, top + eave * 1.2),
                (middle, top - rise - eave * 0.9),
                (right + eave, top + eave * 1.2),
                (right + eave * 0.4, top + eave * 1.9),
                (middle, top - rise + eave),
                (x - eave * 0.4, top + eave * 1.9),
            ],
            roof,
        )
        return group(body, cover)
    if shape == "stepped":
        steps: list[Point] = [(x, base), (x, top)]
        for index in range(1, 5):
            steps += [
                (x + width / 2 * index / 5, top - rise * (index - 1) / 4),
                (x + width / 2 * index / 5, top - rise * index / 4),
            ]
        steps += [(right - (px - x), py) for px, py in reversed(steps)]
        return group(
            polygon(steps, plaster),
            stroke(
                "M" + "L".join(f"{number(px)} {number(py)}" for px, py in steps[1:-1]), roof, max(1.2, width * 0.03)
            ),
        )
    if shape == "curved":
        d = (
            f"M{number(x)} {number(base)}V{number(top)}C{number(x + width * 0.18)} {number(top)}"
            f" {number(x + width * 0.12)} {number(top - rise * 0.5)} {number(x + width * 0.28)}"
            f" {number(top - rise * 0.55)}C{number(x + width * 0.3)} {number(top - rise * 1.1)}"
            f" {number(right - width * 0.3)} {number(top - rise * 1.1)} {number(right - width * 0.28)}"
            f" {number(top - rise * 0.55)}C{number(right - width * 0.12)} {number(top - rise * 0.5)}"
            f" {number(right - width * 0.18)} {number(top)} {number(right)} {number(top)}V{number(base)}Z"
        )
        return path(d, plaster, stroke=roof, stroke_width=max(1.2, width * 0.03))
    body = rect(x, top, width, base - top, plaster)
    if shape == "flat":
        return group(body, rect(x - 2, top - 3, width + 4, 4, roof))
    tiles = sheet.linear(mix(roof, "#ffffff", 0.1), roof, mix(roof, "#1c1030", 0.3))
    return group(
        body,
        polygon(
            [(x - 3, top + 1), (x + width * 0.1, top - rise), (right - width * 0.1, top - rise), (right + 3, top + 1)],
            tiles,
        ),
    )


def _timber(x: float, top: float, width: float, height: float, rise: float, *, color: str) -> str:
    thick = max(1.2, width * 0.035)
    right, middle, base = x + width, x + width / 2, top + height
    lines = [
        f"M{number(x)} {number(top)}H{number(right)}",
        f"M{number(x)} {number(top + height / 2)}H{number(right)}",
        f"M{number(middle)} {number(top - rise)}V{number(base)}",
    ]
    lines += [
        (
            f"M{number(x + thick / 2)} {number(top)}V{number(base)}M{number(right - thick / 2)} {number(top)}"
            f"V{number(base)}"
        )
    ]
    for row in (0, 1):
        y = top + height / 2 * row
        lines.append(
            f"M{number(x)} {number(y + height / 2)}L{number(x + width * 0.13)} {number(y)}M{number(right)}"
            f" {number(y + height / 2)}L{number(right - width * 0.13)} {number(y)}"
        )
    lines.append(
        f"M{number(x + width * 0.2)} {number(top)}L{number(middle)} {number(top - rise * 0.45)}"
        f"L{number(right - width * 0.2)} {number(top)}"
    )
    return stroke("".join(lines), color, thick, cap="butt")
