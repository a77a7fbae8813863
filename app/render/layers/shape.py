"""The shape layer: rectangles, rounded panels, ellipses, lines, gradients.

Forms are drawn smooth and stay inside their box, their outline too, as `box-sizing: border-box` of CSS has it. A
gradient runs between two colours along an angle, counted as in CSS, and blends as CSS does (premultiplied).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from math import isfinite
from typing import ClassVar, Literal

from PIL import Image, ImageChops

from app.render.boxes import Area, Box, area, check_box, check_radius
from app.render.canvas import OPAQUE
from app.render.colors import CLEAR, Color, check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.gradients import blended, ramp
from app.render.layers.layer import STRICT, Drawing, Materials, check_keys, words
from app.render.layers.masks import ellipse, rounded, stroke


def _finite(angle: float) -> None:
    if not isfinite(angle):
        raise ValueError(f"angle {angle:g} cannot be; write degrees, such as 180")


def _seen(width: float) -> None:
    if not 0 < width <= 1000:
        raise ValueError(f"width {width:g} cannot be seen; write a width in CSS pixels, such as 1")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShapeLayer(Boxed):
    """A plain form in one colour or a gradient, with or without an outline."""

    sentence: ClassVar[str] = "A rectangle, rounded panel, ellipse or line, in a colour or a gradient."
    example: ClassVar[str] = 'shape: {box: [0, 180, 600, 120], gradient: ["#00000000", "#000000aa"]}'
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={
            "sentence": "Where it stands: [x, y, width, height] in CSS pixels.",
            "check": partial(check_box, flat=True),
        }
    )
    form: Literal["rectangle", "ellipse", "line"] = dataclasses.field(
        default="rectangle",
        metadata={"sentence": "A line runs from the upper left to the lower right corner of its box."},
    )
    color: str | None = dataclasses.field(
        default=None, metadata={"sentence": "What it is filled with.", "check": check_color}
    )
    field: str | None = dataclasses.field(default=None, metadata={"sentence": "The color field it is filled with."})
    gradient: tuple[str, str] | None = dataclasses.field(
        default=None, metadata={"sentence": "Filled from the first colour to the second.", "each": check_color}
    )
    angle: float = dataclasses.field(
        default=180.0,
        metadata={
            "sentence": "Where the gradient runs to, in degrees: 0 up, 90 to the right, 180 down.",
            "check": _finite,
        },
    )
    radius: float = dataclasses.field(
        default=0.0,
        metadata={"sentence": "How far a rectangle's corners are rounded, in CSS pixels.", "check": check_radius},
    )
    stroke: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The colour of the outline.", "check": check_color}
    )
    width: float = dataclasses.field(
        default=1.0, metadata={"sentence": "How wide the outline or the line is, in CSS pixels.", "check": _seen}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        check_box(self.box, flat=self.form == "line")
        if sum(fill is not None for fill in (self.color, self.field, self.gradient)) > 1:
            raise ValueError("a shape is filled with one of color:, field: or gradient:, not with several; keep one")
        if all(ink is None for ink in (self.color, self.field, self.gradient, self.stroke)):
            raise ValueError("a shape needs color:, field:, gradient: or stroke:, else nothing is to be seen")
        if self.form == "line" and (self.gradient or self.stroke):
            raise ValueError("a line takes color: (or field:) and width:, neither gradient: nor stroke:")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - has no words
        """The colour of its field; nothing further where it is fixed."""
        return (words(fields.get(self.field)).strip() or None) if self.field is not None else ""

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of few either way
        """Always: a form does not change, and colours are few."""
        return True

    def reach(self, scale: float) -> Area:
        """Its box; a line's box and half the line's width around it."""
        x, y, width, height = self.box
        if self.form != "line":
            return area(self.box, scale)
        half = self.width / 2
        if not height:
            return area((x, y - half, width, self.width), scale)
        if not width:
            return area((x - half, y, self.width, height), scale)
        return area((x - half, y - half, width + self.width, height + self.width), scale)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """A plain rectangle is filled; every other form is a patch, kept on the shelf."""
        place = self.reach(materials.scale)
        fill = color(content or self.color) if content or self.color else None
        if fill and not (self.stroke or self.radius) and (self.form == "rectangle" or 0 in self.box[2:]):
            return Drawing(place, lambda canvas: canvas.fill(fill, place))
        key = (repr(self), content, materials.scale)
        patch = materials.patches.get(key) or materials.patches.put(key, self._patch(place, fill, materials.scale))
        return Drawing(place, lambda canvas: canvas.lay(patch, (place.left, place.top)))

    def _patch(self, place: Area, fill: Color | None, scale: float) -> Image.Image:
        outline = color(self.stroke) if self.stroke else None
        if self.gradient:
            patch = blended(ramp(place.size, self.angle), *map(color, self.gradient))
        else:
            patch = Image.new("RGBA", place.size, fill or (*(outline or CLEAR)[:3], 0))
        mask = self._mask(place.size, self.radius * scale, scale)
        if outline:  # painted up to the edge and cut with the form, so that no fill shines through at the edge
            edge = Image.alpha_composite(patch, Image.new("RGBA", place.size, outline))
            patch = Image.composite(patch, edge, self._inside(mask, scale))
        patch.putalpha(ImageChops.multiply(patch.getchannel("A"), mask))
        return patch if patch.getchannel("A").getextrema() != (OPAQUE, OPAQUE) else patch.convert("RGB")

    def _mask(self, size: tuple[int, int], radius: float, scale: float) -> Image.Image:
        if self.form == "ellipse":
            return ellipse(size)
        if self.form == "rectangle":
            return rounded(size, radius)
        half = self.width * scale / 2
        return stroke(size, (half, half), (size[0] - half, size[1] - half), self.width * scale)

    def _inside(self, mask: Image.Image, scale: float) -> Image.Image:
        """What the outline leaves free: the same form, smaller by the outline's width all around."""
        wide = max(1, round(self.width * scale))
        inner = (mask.width - 2 * wide, mask.height - 2 * wide)
        free = Image.new("L", mask.size, 0)
        if min(inner) > 0:
            free.paste(self._mask(inner, max(self.radius * scale - wide, 0), scale), (wide, wide))
        return free
