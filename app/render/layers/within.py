"""A layer within something else: all that it is by itself, but for what the thing around it changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from app.render.boxes import Area, Box, moved
from app.render.layers.layer import Drawing, Layer, Materials
from app.render.layers.mercator import Sheet
from app.spans import Spoken


@dataclasses.dataclass(frozen=True, slots=True)
class Within:
    """A layer as it is drawn within a group or a tile: here as if it stood alone."""

    sentence: ClassVar[str] = "A layer within a group or a tile."
    example: ClassVar[str] = ""

    layer: Layer

    @property
    def box(self) -> Box:
        """The layer's own."""
        return self.layer.box

    @property
    def field(self) -> str | None:
        """The layer's own."""
        return self.layer.field

    @property
    def font(self) -> str | None:
        """The layer's own, if it is one with letters: its bytes are part of what a picture is named by."""
        font: str | None = getattr(self.layer, "font", None)
        return font

    @property
    def styles(self) -> Mapping[str, Any]:
        """The layer's own, if it has spans; they may name fonts too."""
        styles: Mapping[str, Any] = getattr(self.layer, "styles", {})
        return styles

    def moved(self, offset: tuple[float, float]) -> Self:
        """The same at another place."""
        return dataclasses.replace(self, layer=moved_layer(self.layer, offset))

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """As the layer."""
        return self.layer.content(fields, caption)

    def steady(self, content: str) -> bool:
        """As the layer."""
        return self.layer.steady(content)

    def spoken(self, content: str) -> Spoken | None:
        """As the layer."""
        return self.layer.spoken(content)

    def asset(self, content: str) -> str | None:
        """As the layer."""
        return self.layer.asset(content)

    def sheet(self, content: str, scale: float) -> Sheet | None:
        """As the layer."""
        return self.layer.sheet(content, scale)

    def reach(self, scale: float) -> Area:
        """As far as the layer."""
        return self.layer.reach(scale)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """As the layer."""
        return self.layer.prepare(content, materials)


def moved_layer(layer: Any, offset: tuple[float, float]) -> Layer:
    """The layer at another place, [right, down] in CSS pixels."""
    there: Layer = (
        layer.moved(offset) if isinstance(layer, Within) else dataclasses.replace(layer, box=moved(layer.box, offset))
    )
    return there
