"""The rating layer: stars or hearts for a number, the last of them filled as far as the number goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from math import isfinite
from typing import ClassVar, Literal

from PIL import Image

from app.render.boxes import Box, check_box
from app.render.colors import check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.drawings import drawing
from app.render.layers.figures import number
from app.render.layers.layer import STRICT, Drawing, Materials, check_keys
from app.render.layers.masks import SOLID, Size, divided

MOST = 20


def _countable(most: int) -> None:
    if not 1 <= most <= MOST:
        raise ValueError(f"max {most} cannot be; write how many stars there are, from 1 to {MOST}")


def _apart(gap: float) -> None:
    if not (isfinite(gap) and gap >= 0):
        raise ValueError(f"gap {gap:g} cannot be; write CSS pixels, such as 4")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RatingLayer(Boxed):
    """A number as that many stars."""

    sentence: ClassVar[str] = "Stars or hearts for a number, side by side; 4.3 fills a third of the fifth."
    example: ClassVar[str] = 'rating: {field: stars, max: 5, box: [24, 200, 140, 24], color: "#f5a623", gap: 4}'
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={
            "sentence": "Where it stands: [x, y, width, height] in CSS pixels; as large as it lets, from the left.",
            "check": check_box,
        }
    )
    field: str = dataclasses.field(metadata={"sentence": "The number field it shows."})
    max: int = dataclasses.field(default=5, metadata={"sentence": "How many there are.", "check": _countable})
    form: Literal["star", "heart"] = dataclasses.field(default="star", metadata={"sentence": "What they are."})
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour of what is filled.", "check": check_color}
    )
    empty: str = dataclasses.field(
        default="#0000001a", metadata={"sentence": "The colour of what is not.", "check": check_color}
    )
    gap: float = dataclasses.field(
        default=4.0, metadata={"sentence": "What lies between two of them, in CSS pixels.", "check": _apart}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if self.box[2] <= self.gap * (self.max - 1):
            raise ValueError(f"gap {self.gap:g} leaves no room in a box {self.box[2]:g} wide; write a smaller one")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - has no words
        """How many are filled."""
        filled = number(fields.get(self.field))
        return None if filled is None else f"{min(max(filled, 0), self.max):.2f}"

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of many
        """Never: there are as many as there are numbers."""
        return False

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Take the patch from the shelf, or make it."""
        return self.laid(content, materials, partial(self._patch, float(content), materials.scale))

    def _patch(self, filled: float, scale: float, size: Size) -> Image.Image:
        gap = self.gap * scale
        side = max(1, min(size[1], int((size[0] - gap * (self.max - 1)) / self.max)))
        one = drawing(self.form, side)
        first, _, last, _ = one.getbbox() or (0, 0, side, side)
        row, part = Image.new("L", size, 0), Image.new("L", size, 0)
        for index in range(self.max):
            left, top = round(index * (side + gap)), (size[1] - side) // 2
            row.paste(one, (left, top))
            reached = round((last - first) * min(max(filled - index, 0), 1))
            part.paste(SOLID, (left + first, 0, left + first + reached, size[1]))
        return divided(row, part, (color(self.color), color(self.empty)))
