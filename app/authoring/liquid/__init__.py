"""Editors' texts, links and figures in reduced Liquid, compiled to what the engine calls.

Parsing is `python-liquid`'s; names, values and filters are ours, so a template reaches signals, parts and fields and
nothing else. A compiled text is total: it says something or gives way, and never raises.
"""

from app.authoring.liquid.compile import Mode, Text, compile_text
from app.authoring.liquid.conventions import Conventions
from app.authoring.liquid.dialect import TAGS
from app.authoring.liquid.figures import FigureKind, compile_figure
from app.authoring.liquid.filters import FILTERS
from app.authoring.liquid.troubles import TextTrouble

__all__ = [
    "FILTERS",
    "TAGS",
    "Conventions",
    "FigureKind",
    "Mode",
    "Text",
    "TextTrouble",
    "compile_figure",
    "compile_text",
]
