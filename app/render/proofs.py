"""A design with room for a line of words across its foot: for test sends, whose sender wants to know why.

The words come as the caption of the last layer, so that one such design serves all of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.render.design import Design
from app.render.layers.shape import ShapeLayer
from app.render.layers.text import TextLayer

HEIGHT: Final = 22.0
"""Of the bar, in CSS pixels."""

GROUND, INK = "#000000cc", "#ffffff"
LARGEST, LEAST, MARGIN = 12.0, 4.0, 4.0


def proof_of(design: Design, *, nothing: bool) -> tuple[Design, int]:
    """The design with a bar over its foot, alone where the picture shows `nothing`; and the layer of its words."""
    width, height = design.size
    tall = min(HEIGHT, height)
    bar = ShapeLayer(box=(0, height - tall, width, tall), color=GROUND)
    inside = (MARGIN, height - tall, max(1, width - 2 * MARGIN), tall)
    words = TextLayer(text="", box=inside, size=LARGEST, min_size=LEAST, color=INK, valign="middle", line_height=1.1)
    layers = (*(() if nothing else design.layers), bar, words)
    return replace(design, layers=layers), len(layers) - 1
