"""The painters' answers to what `check` asks of a site folder before anybody opens a mail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.render.assets import Assets, Examination
from app.render.boxes import misplaced
from app.render.design import SCALE, Design
from app.render.fonts import Fonts
from app.render.layers import Layer, TextLayer
from app.render.measure import missing, overflows
from app.render.typeset import Typesetter


class PaintersPreflight:
    """Answers for the assets of one folder, from the very parts that paint."""

    def __init__(self, folder: Path, fonts: Fonts) -> None:
        self._assets = Assets([folder / "assets"])
        self._type = Typesetter(fonts.with_own(folder / "assets"))

    def examine(self, path: str) -> Examination:
        """Whether the asset at this path below assets/ can be painted."""
        return self._assets.examine(path)

    def font_fault(self, name: str) -> str:
        """What is wrong with a font that a layer or the brand names, and a remedy; empty if nothing is."""
        return self._type.fonts.fault(name)

    def design(self, name: str, size: tuple[int, int], background: str, layers: Sequence[Layer]) -> Design:
        """The design made of these layers; ValueError with a remedy where they do not go together."""
        return Design(name, size, background, tuple(layers))

    def misplaced(self, layer: Layer, size: tuple[int, int]) -> str:
        """What is wrong with where a layer stands in a picture of that size, and a remedy; empty if nothing is."""
        return misplaced(layer.box, size, SCALE)

    def overflows(self, layer: TextLayer, text: str) -> bool:
        """Whether a text would be cut in its layer even at the least size."""
        return overflows(layer, text, self._type)

    def missing(self, layer: TextLayer, text: str) -> frozenset[str]:
        """Characters of the text that no font has."""
        return frozenset(missing(layer, text, self._type))
