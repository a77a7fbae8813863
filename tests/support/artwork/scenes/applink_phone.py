"""A phone with the shop app, leaning in warm air among things to buy; one body for each family of systems."""

from __future__ import annotations

from .. import wares
from ..pen import circle, ellipse, fade, group, path, placed, rect
from ..plants import leaf
from ..sheet import Sheet
from ..shop import app, heart
from ..things import bag

LEAN = (0.955, 0.15, -0.2, 0.965)


def body(
    sheet: Sheet, x: float, y: float, scale: float, corner: float, *, screen: str, camera: str, metal: str
) -> list[str]:
    """The phone with its screen's top left corner near (x, y)."""
    a, b, c, d = (value * scale for value in LEAN)

    def leaning(*fragments: str, dx: float = 0, dy: float = 0, **more: object) -> str:
        return group(*fragments, transform=f"matrix({a:.3f} {b:.3f} {c:.3f} {d:.3f} {x + dx:.1f} {y + dy:.1f})", **more)

    outer = rect(-6, -6, 162, 324, metal, r=corner + 6)
    made = [
        leaning(rect(-6, -6, 162, 324, "#1a0618", r=corner + 6), dx=-26, dy=24, filter=sheet.blur(12), opacity=0.55)
    ]
    made += [leaning(outer, dx=-step * 0.9, dy=step * 0.55) for step in (8, 7, 6, 5, 4, 3, 2, 1)]
    made.append(
        leaning(
            rect(-6, -6, 162, 324, "#17121c", r=corner + 6),
            rect(-5, -5, 160, 322, "none", r=corner + 5, stroke="#6a5f72", stroke_width=0.9),
        )
    )
    glass = sheet.clip(rect(0, 0, 150, 312, "#fff", r=corner))
    shine = path("M60 0H132L40 312H-60Z", sheet.linear("#ffffff30", "#ffffff06", along=(1, 0, 0, 1)))
    made.append(leaning(group(screen, camera, shine, clip_path=glass)))
    return made


def _air(sheet: Sheet, ground: tuple[str, ...], halo: str, light: str) -> list[str]:
    rng = sheet.rng
    made = [sheet.whole(sheet.ramp(*ground, along=(600, 0, 60, 300)))]
    made += [
        circle(x, y, r, sheet.linear(fade(halo, 0.5), fade(halo, 0.08), along=(1, 0, 0, 1)))
        for x, y, r in ((430, 150, 168), (430, 150, 122), (110, 20, 90), (560, 300, 80))
    ]
    made.append(sheet.glow(540, 20, 330, light, 0.85))
    for _ in range(26):
        made.append(
            circle(
                rng.uniform(0, 600),
                rng.uniform(0, 300),
                rng.uniform(0.8, 2.4),
                "#ffffff",
                opacity=rng.uniform(0.15, 0.6),
            )
        )
    return made


def _card(sheet: Sheet, x: float, y: float, size: float, turn: float, *, ware: int) -> str:
    shade = group(
        rect(-size / 2, -size / 2, size, size, "#1a0618", r=size * 0.2),
        transform="translate(-8 10)",
        filter=sheet.blur(6),
        opacity=0.4,
    )
    return placed(
        shade,
        rect(-size / 2, -size / 2, size, size, "#fffaf6", r=size * 0.2),
        rect(-size * 0.42, -size * 0.42, size * 0.84, size * 0.84, wares.TINTS[ware], r=size * 0.15),
        placed(wares.ALL[ware](sheet), scale=size / 56),
        x=x,
        y=y,
        turn=turn,
    )


def _drifting(sheet: Sheet, tints: tuple[str, str]) -> list[str]:
    spots = (
        (246, 60, 15, 40),
        (300, 34, 11, 130),
        (214, 118, 10, 80),
        (572, 138, 13, 300),
        (330, 196, 9, 200),
        (150, 70, 9, 20),
    )
    return [leaf(x, y, size, turn, sheet.linear(*tints), vein="#ffffff", plump=0.4) for x, y, size, turn in spots]


def ios() -> Sheet:
    """Phone with a floating camera bar, on plum and coral."""
    sheet = Sheet(seed=51)
    sheet.add(
        *_air(sheet, ("#ffb08a", "#e0525e", "#8a1c48", "#3f1140"), "#ffd9b5", "#ffe3b0"),
        *_drifting(sheet, ("#ffd28a", "#f78a5a")),
    )
    sheet.add(_card(sheet, 306, 92, 66, -12, ware=1))
    screen = app(sheet, (0, 6, 8, 3), False)
    camera = group(rect(52, 6, 46, 12.6, "#0f0b14", r=6.3), circle(90, 12.3, 2.6, "#2a2a4a"))
    sheet.add(*body(sheet, 402, 14, 0.88, 21, screen=screen, camera=camera, metal="#8a7a8a"))
    sheet.add(
        _card(sheet, 556, 96, 60, 11, ware=7),
        _card(sheet, 338, 206, 54, 9, ware=2),
        bag(sheet, 508, 262, 50, 62),
        *_badge(sheet, 534, 160),
    )
    sheet.finish("#1a0622", 0.5)
    return sheet


def android() -> Sheet:
    """Phone with a round camera hole, on teal and mint."""
    sheet = Sheet(seed=52)
    sheet.add(
        *_air(sheet, ("#ffe0a3", "#5fb5a3", "#1f6a72", "#123a52"), "#d9fff0", "#fff0bd"),
        *_drifting(sheet, ("#ffe08a", "#f0a04a")),
    )
    sheet.add(_card(sheet, 304, 88, 66, -10, ware=8))
    screen = app(sheet, (4, 5, 2, 7), True)
    camera = circle(75, 11.5, 4.4, "#0f0b14")
    sheet.add(*body(sheet, 402, 14, 0.88, 14, screen=screen, camera=camera, metal="#5f7a80"))
    sheet.add(
        _card(sheet, 558, 92, 60, 12, ware=0),
        _card(sheet, 336, 204, 54, 8, ware=6),
        bag(sheet, 508, 262, 50, 62),
        *_badge(sheet, 534, 160),
    )
    sheet.finish("#06202a", 0.5)
    return sheet


def _badge(sheet: Sheet, x: float, y: float) -> list[str]:
    return [
        ellipse(x - 4, y + 7, 15, 13, "#1a0618", filter=sheet.blur(5), opacity=0.5),
        circle(x, y, 15, sheet.radial("#ff7a7a", "#d3142f", "#9a0c26", x=0.65, y=0.3, r=0.8)),
        heart(x, y + 1, 15, "#ffffff"),
    ]
