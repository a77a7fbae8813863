"""What `check` asks of a text before anybody opens a mail: does it fit, and can its characters be drawn?

The answers come from the typesetter that also paints, so that the check and the picture cannot disagree.
"""

from __future__ import annotations

from app.render.layers import TextLayer
from app.render.typeset import Typesetter

SCALE = 2.0


def overflows(layer: TextLayer, text: str, typesetter: Typesetter, *, scale: float = SCALE) -> bool:
    """Whether the text would be cut, or broken inside a word, even at the layer's least size."""
    return not typesetter.setting(text, layer.style, layer.room(scale)).whole


def missing(layer: TextLayer, text: str, typesetter: Typesetter) -> set[str]:
    """The characters of the text that neither the layer's font nor a stand-in can draw."""
    return typesetter.fonts.missing(text, layer.font)
