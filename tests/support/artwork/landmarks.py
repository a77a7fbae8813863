"""The cathedral of Cologne, seen from the river."""

from __future__ import annotations

from .pen import circle, group, line, number, path, polygon, rect, stroke
from .sheet import Sheet

LIT, MID, DARK = "#d9ab94", "#8f6a78", "#54406a"


def _spire(x: float, base: float, width: float, height: float) -> str:
    """A pinnacle."""
    return group(
        polygon([(x - width / 2, base), (x, base - height), (x + width / 2, base)], MID),
        polygon([(x, base), (x, base - height), (x + width / 2, base)], LIT),
    )


def _tower(sheet: Sheet, x: float, base: float) -> list[str]:
    stone = sheet.linear(DARK, MID, LIT, along=(0, 0, 1, 0))
    made = []
    levels = ((base, 46, 40), (base - 46, 42, 36), (base - 88, 34, 30))
    for y, tall, wide in levels:
        made.append(rect(x - wide / 2, y - tall, wide, tall, stone))
        for share in (0.3, 0.7):
            wx = x - wide / 2 + wide * share
            made.append(
                path(
                    (
                        f"M{number(wx - 4)} {y - 4}V{number(y - tall * 0.62)}Q{number(wx)}"
                        f" {number(y - tall * 0.92)} {number(wx + 4)} {number(y - tall * 0.62)}V{y - 4}Z"
                    ),
                    "#3a2a52",
                    opacity=0.85,
                )
            )
            made.append(line(wx, y - 4, wx, y - tall * 0.78, MID, width=0.7))
        for share in (0, 0.5, 1):
            wx = x - wide / 2 + wide * share
            made += [rect(wx - 1.6, y - tall, 3.2, tall, LIT if share else MID), _spire(wx, y - tall + 1, 5, 15)]
        made.append(rect(x - wide / 2 - 1.5, y - tall, wide + 3, 2, LIT))
    top = base - 122
    made.append(polygon([(x - 13, top), (x, top - 66), (x + 13, top)], DARK))
    made.append(polygon([(x - 2, top), (x, top - 66), (x + 13, top)], MID))
    made.append(polygon([(x + 6, top), (x, top - 66), (x + 13, top)], LIT))
    for index in range(9):
        y = top - 6 - index * 6.6
        half = 13 * (1 - (6 + index * 6.6) / 66)
        made += [
            circle(x - half, y, 1.1, MID),
            circle(x + half, y, 1.1, LIT),
            line(x - half * 0.7, y, x + half * 0.7, y, "#3a2a52", width=0.5, opacity=0.7),
        ]
    return [
        *made,
        line(x, top - 64, x, top - 74, MID, width=1),
        line(x - 2.4, top - 70, x + 2.4, top - 70, MID, width=1),
        circle(x, top - 64, 1.6, LIT),
    ]


def cathedral(sheet: Sheet, x: float, base: float) -> list[str]:
    """Both towers, the nave with its buttresses; `x` is the middle of the left tower."""
    roof = sheet.linear("#5f7a86", "#3f5468")
    wall = sheet.linear(LIT, MID)
    made = [
        rect(x + 58, base - 52, 116, 52, wall),
        polygon([(x + 56, base - 74), (x + 64, base - 104), (x + 160, base - 104), (x + 170, base - 74)], roof),
        rect(x + 56, base - 80, 116, 28, wall),
    ]
    for index in range(8):
        px = x + 62 + index * 14.4
        made += [
            path(f"M{number(px)} {base - 56}v-12q3 -7 6 0v12Z", "#3a2a52", opacity=0.8),
            path(f"M{number(px - 1)} {base - 4}v-26q4 -10 8 0v26Z", "#3a2a52", opacity=0.8),
        ]
        made += [
            rect(px - 6, base - 58, 3, 58, MID),
            _spire(px - 4.5, base - 57, 5, 17),
            _spire(px - 2, base - 79, 3, 9),
        ]
        made.append(
            stroke(f"M{number(px - 4)} {base - 50}Q{number(px - 1)} {base - 62} {number(px + 3)} {base - 66}", LIT, 1.1)
        )
    made += [
        rect(x + 104, base - 118, 8, 16, MID),
        polygon([(x + 101, base - 116), (x + 108, base - 150), (x + 115, base - 116)], "#4f6474"),
        polygon([(x + 108, base - 116), (x + 108, base - 150), (x + 115, base - 116)], "#7f98a0"),
    ]
    made += [
        polygon(
            [(x + 92, base), (x + 92, base - 84), (x + 108, base - 102), (x + 124, base - 84), (x + 124, base)],
            sheet.linear(MID, LIT, along=(0, 0, 1, 0)),
        ),
        circle(x + 108, base - 62, 9, "#3a2a52", opacity=0.85),
        stroke(
            "".join(
                f"M{x + 108} {base - 62}L{number(x + 108 + dx)} {number(base - 62 + dy)}"
                for dx, dy in ((9, 0), (-9, 0), (0, 9), (0, -9), (6.3, 6.3), (-6.3, 6.3), (6.3, -6.3), (-6.3, -6.3))
            ),
            LIT,
            0.7,
        ),
        path(f"M{x + 100} {base}v-26q8 -18 16 0v26Z", "#3a2a52", opacity=0.85),
        _spire(x + 92, base - 82, 6, 22),
        _spire(x + 124, base - 82, 6, 22),
    ]
    return [*made, *_tower(sheet, x + 48, base), *_tower(sheet, x, base)]
