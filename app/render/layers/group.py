"""Groups: layers that are moved, cut off, made fainter or left out together.

A group draws nothing itself. Where a design is made, each layer inside becomes one of the design's own: moved to its
place and, where the group says more than that, seen through a `Pane`. So nothing else needs to know of groups.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from app.render.boxes import FURTHEST, Area, Box, area, check_box, moved
from app.render.layers.layer import STRICT, Drawing, Layer, Materials, check_keys, check_opacity, says
from app.render.layers.within import Within, moved_layer


def _near(offset: tuple[float, float]) -> None:
    if not all(abs(part) <= FURTHEST for part in offset):
        raise ValueError(f"offset {list(offset)} goes too far; write [right, down] in CSS pixels")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Layers that belong together, as an editor wrote them: each a word and its keys."""

    sentence: ClassVar[str] = "Layers that are moved, cut off, made fainter or left out together."
    example: ClassVar[str] = (
        "group: {offset: [24, 24], show_if: badge, layers: [{shape: {box: [0, 0, 90, 30], color: white, radius: 15}}, "
        "{text: {field: badge, box: [10, 5, 70, 20]}}]}"
    )
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    layers: tuple[dict[str, Any], ...] = dataclasses.field(
        metadata={"sentence": "What is in it, from the bottom up; a group may stand in a group, and no deeper."}
    )
    offset: tuple[float, float] = dataclasses.field(
        default=(0.0, 0.0),
        metadata={"sentence": "Where its boxes are counted from: [right, down] in CSS pixels.", "check": _near},
    )
    clip: Box | None = dataclasses.field(
        default=None,
        metadata={"sentence": "A box, counted as those inside; what leaves it is cut off.", "check": check_box},
    )
    opacity: float = dataclasses.field(
        default=1.0,
        metadata={"sentence": "How solid each layer inside is, from 0 to 1 (as it is).", "check": check_opacity},
    )
    show_if: str | None = dataclasses.field(
        default=None, metadata={"sentence": "A field: where it is empty or `false`, nothing inside is drawn."}
    )

    def __post_init__(self) -> None:
        check_keys(self)

    def around(self, layer: Any) -> Layer:
        """The layer as it is drawn, being in this group; its own place is counted from the group's."""
        if self.clip is None and self.opacity == 1 and self.show_if is None:
            return moved_layer(layer, self.offset)
        return moved_layer(Pane(layer, self.clip, self.opacity, self.show_if), self.offset)


@dataclasses.dataclass(frozen=True, slots=True)
class Pane(Within):
    """A layer seen through a group: with its field, its content and its place, but cut off or fainter."""

    clip: Box | None
    opacity: float
    show_if: str | None

    def moved(self, offset: tuple[float, float]) -> Self:
        """The same at another place."""
        clip = self.clip and moved(self.clip, offset)
        return dataclasses.replace(self, layer=moved_layer(self.layer, offset), clip=clip)

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The layer's own; None where the group is not shown."""
        shown = self.show_if is None or says(fields, self.show_if)
        return self.layer.content(fields, caption) if shown else None

    def reach(self, scale: float) -> Area:
        """As far as the layer and the clip do."""
        return self._cut(self.layer.reach(scale), scale)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """As the layer, drawn through the pane."""
        extent, onto = self.layer.prepare(content, materials)
        seen = self._cut(extent, materials.scale)
        return Drawing(seen, lambda canvas: canvas.through(onto, seen, self.opacity))

    def _cut(self, whole: Area, scale: float) -> Area:
        return whole if self.clip is None else whole.common(area(self.clip, scale))
