"""The icon layer: a small drawing in one colour, fixed or named by a field; smooth at any size."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import ClassVar

from app.render.boxes import Box, check_box
from app.render.colors import check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.drawings import DRAWINGS, Icon, drawing
from app.render.layers.layer import STRICT, Drawing, Materials, check_keys, words


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IconLayer(Boxed):
    """One of the bundled drawings."""

    sentence: ClassVar[str] = "A small drawing in one colour: the weather, an arrow, a truck, a heart and so on."
    example: ClassVar[str] = 'icon: {icon: truck, box: [24, 200, 32, 32], color: "#1d1d1b"}'
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={
            "sentence": "Where it stands: [x, y, width, height] in CSS pixels; as large as it lets, in its middle.",
            "check": check_box,
        }
    )
    field: str | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "The field that names the icon, as `weather.condition` does; another word draws nothing."
        },
    )
    icon: Icon | None = dataclasses.field(default=None, metadata={"sentence": "A fixed icon."})
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour it is drawn in.", "check": check_color}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.icon is None):
            raise ValueError("an icon layer needs either field: (a field that names it) or icon: (its name); write one")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - has no words
        """The icon's name, if there is one of that name."""
        name = words(fields.get(self.field)).strip().lower() if self.field is not None else self.icon
        return name if name in DRAWINGS else None

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of few
        """Always: icons are few."""
        return True

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Take the mask from the shelf, or draw it."""
        place = self.reach(materials.scale)
        width, height = place.size
        side = min(width, height)
        key = ("icon", content, side)
        mask = materials.patches.get(key) or materials.patches.put(key, drawing(content, side))
        at, ink = (place.left + (width - side) // 2, place.top + (height - side) // 2), color(self.color)
        return Drawing(place, lambda canvas: canvas.ink(ink, mask, at))
