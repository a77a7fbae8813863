"""The wordmark and the button: letters of straight and round strokes, so that no font is needed.

Letters stand on the line y = 0, small ones are 15 units high, tall ones 23; each answers its path and its advance.
"""

from __future__ import annotations

from ..brand import emblem
from ..pen import circle, group, number, placed, rect, stroke
from ..sheet import Sheet
from ..things import RED

THICK = 4.3
GAP = 7.6
_STROKES: dict[str, tuple[str, float]] = {
    "L": ("M0 -23V0H11.5", 11.5),
    "i": ("M0 -15V0", 0),
    "n": ("M0 -15V0M0 -8.4A6.4 6.4 0 0 1 12.8 -8.4V0", 12.8),
    "d": ("M14.8 -23V0M14.8 -7.4A7.4 7.4 0 1 0 14.8 -7.3", 14.8),
    "e": ("M0.4 -7.4H14.4A7.2 7.4 0 1 0 12.2 -2.2", 14.6),
    "r": ("M0 -15V0M0 -7.6C0.6 -12.6 3.4 -14.8 8 -14.8", 7),
    "Z": ("M0.6 -23H14.2L0 0H14.8", 14.6),
    "u": ("M0 -15V-6.6A6.4 6.4 0 0 0 12.8 -6.6V-15M12.8 -15V0", 12.8),
    "A": ("M0 0L9 -23L18 0M3.4 -8H14.6", 18),
    "p": ("M0 -15V7.6M0 -7.4A7.4 7.4 0 1 1 0 -7.3", 14.8),
    " ": ("M0 0", 2),
}


def _word(text: str, color: str) -> tuple[str, float]:
    made, x = [], 0.0
    for letter in text:
        d, advance = _STROKES[letter]
        made.append(placed(stroke(d, color, THICK), x=x))
        if letter == "i":
            made.append(circle(x, -21.4, THICK * 0.62, color))
        x += advance + GAP
    return group(*made), x - GAP


def _leaf(sheet: Sheet, x: float, y: float, size: float, color: str) -> str:
    veins = emblem(0, 0, 100, "#ffffff", "#000000", turn=0)
    cut = sheet.mask(rect(-100, -100, 200, 200, "#ffffff"), veins)
    return placed(group(emblem(0, 0, 100, color, turn=0), mask=cut), x=x, y=y, scale=size / 100, turn=32)


def _logo(leaf: str, word: str) -> Sheet:
    sheet = Sheet(seed=1, width=140, height=36)
    letters, _ = _word("Lindner", word)
    sheet.add(_leaf(sheet, 17, 17.5, 30, leaf), placed(letters, x=41, y=27.2, scale=0.8))
    return sheet


def logo() -> Sheet:
    """Leaf and word in the brand's red."""
    return _logo(RED, RED)


def logo_white() -> Sheet:
    """For dark grounds and photographs."""
    return _logo("#ffffff", "#ffffff")


def logo_dark() -> Sheet:
    """Red leaf, dark word, for light grounds."""
    return _logo(RED, "#2b1d28")


def button_app() -> Sheet:
    """A pill that says "Zur App", with an arrow; no store's mark."""
    sheet = Sheet(seed=1, width=130, height=40)
    letters, width = _word("Zur App", "#ffffff")
    scale = 0.56
    left = (130 - width * scale - 22) / 2
    sheet.add(rect(0.5, 0.5, 129, 39, sheet.linear("#dc2440", RED, "#a90d27"), r=19.5))
    sheet.add(placed(letters, x=left, y=26, scale=scale))
    x = left + width * scale + 10
    sheet.add(
        stroke(
            f"M{number(x)} 20H{number(x + 11)}M{number(x + 6.4)} 15.4L{number(x + 11)} 20L{number(x + 6.4)} 24.6",
            "#ffffff",
            2.5,
        )
    )
    return sheet
