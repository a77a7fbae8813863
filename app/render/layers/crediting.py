"""What must be read on a map whose ground is somebody's: their name, on a panel in the upper right corner."""

from __future__ import annotations

from math import ceil
from typing import Final

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.layers.layer import Materials
from app.render.layers.text import TextLayer

SIZE, LEAST, LINES, PAD = 9.0, 8.0, 3, 3.0
"""In CSS pixels, but for the number of lines: letters, the smallest of them, and what is around them."""
INK, PANEL = "#000000", (255, 255, 255, 216)
LINE_HEIGHT: Final = 1.2


def readable(credit: str, width: int, materials: Materials) -> bool:
    """Whether the words find room on a map so many device pixels wide; no words do."""
    return not credit or _line(credit, width, materials.scale).setting(credit, materials.type, materials.scale).whole


def credited(canvas: Canvas, credit: str, materials: Materials) -> None:
    """Write the words on a map, if there are any."""
    if not credit:
        return
    width, scale = canvas.image.width, materials.scale
    line = _line(credit, width, scale)
    setting = line.setting(credit, materials.type, scale)
    rows = materials.type.rows(credit, line.style, setting)
    broad = ceil(max(row.width for row in rows) + 2 * PAD * scale)
    high = ceil(len(rows) * LINE_HEIGHT * setting.size + PAD * scale)
    canvas.fill(PANEL, Area(width - broad, 0, width, high))
    line.prepare(credit, materials).onto(canvas)


def _line(credit: str, width: int, scale: float) -> TextLayer:
    broad = width / scale - 2 * PAD
    box = (PAD, PAD / 2, broad, LINES * LINE_HEIGHT * SIZE)
    return TextLayer(text=credit, box=box, align="right", size=SIZE, min_size=LEAST, line_height=LINE_HEIGHT, color=INK)
