"""The painters' answers to what `check` asks of a site folder before anybody opens a mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.render.assets import Assets, Examination
from app.render.boxes import misplaced
from app.render.design import SCALE, Design
from app.render.encode import Format
from app.render.encoding import Encoded, encoded
from app.render.examining import Examine
from app.render.fonts import Fonts
from app.render.layers import CodeLayer, CountdownLayer, Layer, TextLayer
from app.render.measure import missing, overflows, refuses, unsaid
from app.render.paint import Painter


class PaintersPreflight:
    """Answers for the assets of one folder, from the very parts that paint."""

    def __init__(self, folder: Path, fonts: Fonts, examine: Examine) -> None:
        self._assets = Assets([folder / "assets"], examine=examine)
        self._painter = Painter(self._assets, fonts.with_own(folder / "assets"))
        self._type = self._painter.type

    def examine(self, path: str) -> Examination:
        """Whether the asset at this path below assets/ can be painted."""
        return self._assets.examine(path)

    def pictures(self) -> frozenset[str]:
        """The paths of all pictures below assets/; what is in them is not looked at."""
        return frozenset(self._assets.folder.listing())

    def font_fault(self, name: str) -> str:
        """What is wrong with a font that a layer or the brand names, and a remedy; empty if nothing is."""
        return self._type.fonts.fault(name)

    def design(self, name: str, size: tuple[int, int], background: str, layers: Sequence[Layer]) -> Design:
        """The design made of these layers; ValueError with a remedy where they do not go together."""
        return Design(name, size, background, tuple(layers))

    def misplaced(self, layer: Layer, size: tuple[int, int], origin: tuple[float, float]) -> str:
        """What is wrong with where a layer stands in a picture, counted from `origin`, and a remedy; or nothing."""
        return misplaced(layer.box, size, SCALE, origin)

    def weight(
        self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str], format: Format
    ) -> tuple[int, int]:
        """The bytes of the design's picture with these values and texts of layers, and how many are meant."""
        return len(self._painter.fallback(design, fields, captions, format=format)), design.most

    def encoded(
        self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str], format: Format
    ) -> Encoded:
        """How that picture is encoded, and which format suits it."""
        return encoded(self._painter.paintable(design, fields, captions), design, format)

    def overflows(self, layer: Layer, text: str) -> bool:
        """Whether a text would be cut in its layer even at the least size."""
        return isinstance(layer, TextLayer) and overflows(layer, text, self._type)

    def missing(self, layer: Layer, text: str) -> frozenset[str]:
        """Characters of the text that no font has."""
        return frozenset(missing(layer, text, self._type)) if isinstance(layer, TextLayer) else frozenset()

    def refuses(self, layer: Layer, text: str) -> str:
        """Why a layer cannot show a text at all, and a remedy; empty if it can."""
        return refuses(layer, text, self._type) if isinstance(layer, CodeLayer) else ""

    def unsaid(self, layer: Layer, language: str, zone: str) -> str:
        """Why a countdown cannot say every deadline in a language and a zone, and a remedy; empty if it can."""
        return unsaid(layer, language, zone, self._type) if isinstance(layer, CountdownLayer) else ""
