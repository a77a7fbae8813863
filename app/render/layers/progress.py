"""The progress layer: how much of a whole is reached, as a bar or a ring.

What is beyond the whole is a full bar, what is below nothing an empty one. Its content is the share alone, so that
values that look alike are one picture.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial
from math import asin, degrees, isfinite
from typing import ClassVar, Literal

from PIL import Image, ImageChops

from app.render.boxes import Box, check_box
from app.render.colors import check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.figures import number
from app.render.layers.layer import STRICT, Drawing, Materials, check_keys
from app.render.layers.masks import Size, divided, filled, rounded
from app.render.layers.outlines import Outline, Point, arc, band, circle

USUAL_WIDTH = 0.25
"""How wide a ring is where nobody said, as a share of its radius."""
WIDEST_ROUND = 0.5
"""The same, up to which ends are rounded: those of a wider ring would hide more than they show."""


def _positive(whole: float) -> None:
    if not (isfinite(whole) and whole > 0):
        raise ValueError(f"max {whole:g} cannot be reached; write what a full bar stands for, such as 100")


def _sized(size: float) -> None:
    if not 0 < size <= 5000:
        raise ValueError(f"a ring of {size:g} cannot be; write CSS pixels, such as 10")


def _turned(angle: float) -> None:
    if not -360 <= angle <= 360:
        raise ValueError(f"angle {angle:g} is more than a turn; write degrees, such as 0 for above or 90 for the right")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLayer(Boxed):
    """A number's share of a whole."""

    sentence: ClassVar[str] = "How far a number has come on its way to a whole: a bar, or a ring."
    example: ClassVar[str] = 'progress: {field: points, max: 500, box: [24, 200, 552, 16], color: "#c8102e"}'
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={"sentence": "Where it stands: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    field: str = dataclasses.field(metadata={"sentence": "The number field it shows."})
    max: float = dataclasses.field(
        default=100.0, metadata={"sentence": "The number that makes it full.", "check": _positive}
    )
    max_field: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The number field that says so instead; nothing is drawn without it."}
    )
    form: Literal["bar", "ring"] = dataclasses.field(
        default="bar",
        metadata={"sentence": "A bar fills its box from the left, a ring is filled clockwise in the middle of it."},
    )
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour of what is reached.", "check": check_color}
    )
    track: str = dataclasses.field(
        default="#0000001a", metadata={"sentence": "The colour of what is not reached.", "check": check_color}
    )
    ends: Literal["round", "flat"] = dataclasses.field(
        default="round",
        metadata={"sentence": "How it begins and ends; a ring wider than half its radius always ends flat."},
    )
    radius: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "How far a ring reaches from its middle, in CSS pixels; without it up to its box.",
            "check": _sized,
        },
    )
    width: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "How wide a ring is, in CSS pixels; without it a quarter of its radius.",
            "check": _sized,
        },
    )
    angle: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "Where a ring begins, in degrees: 0 above, 90 on the right; without it above.",
            "check": _turned,
        },
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if self.form == "bar" and not (self.radius is self.width is self.angle is None):
            raise ValueError("radius:, width: and angle: belong to a ring; leave them out, or write form: ring")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - has no words
        """The share of the whole, from 0 to 1."""
        reached = number(fields.get(self.field))
        whole = self.max if self.max_field is None else number(fields.get(self.max_field))
        if reached is None or whole is None or whole <= 0:
            return None
        return f"{min(max(reached / whole, 0), 1):.4f}"

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of many
        """Never: how far somebody has come is their own."""
        return False

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Take the patch from the shelf, or make it."""
        return self.laid(content, materials, partial(self._patch, float(content), materials.scale))

    def _patch(self, share: float, scale: float, size: Size) -> Image.Image:
        form, part = self._bar(size, share) if self.form == "bar" else self._ring(size, share, scale)
        return divided(form, part, (color(self.color), color(self.track)))

    def _bar(self, size: Size, share: float) -> tuple[Image.Image, Image.Image]:
        """The whole bar, and what is reached of it."""
        radius = size[1] / 2 if self.ends == "round" else 0
        reached = Image.new("L", size, 0)
        if length := round(share * size[0]):
            reached.paste(rounded((length, size[1]), radius), (0, 0))
        return rounded(size, radius), reached

    def _ring(self, size: Size, share: float, scale: float) -> tuple[Image.Image, Image.Image]:
        """The whole ring, and what is reached of it."""
        middle, radius = (size[0] / 2, size[1] / 2), min(size) / 2
        if self.radius is not None:
            radius = min(radius, self.radius * scale)
        width = min(radius, radius * USUAL_WIDTH if self.width is None else self.width * scale)
        begin = self.angle or 0.0
        end = begin + 360 * share
        ring = filled(size, [(circle(middle, radius), True), (circle(middle, radius - width), False)])
        reached = filled(size, [(band(middle, radius, width, begin, end), True)] if share else [])
        if 0 < share < 1 and self.ends == "round" and width <= radius * WIDEST_ROUND:
            reached = ImageChops.multiply(reached, filled(size, _pen(middle, radius, width, begin, end)))
        return ring, reached


def _pen(middle: Point, radius: float, width: float, begin: float, end: float) -> Iterator[tuple[Outline, bool]]:
    """The same piece of a ring drawn with a round pen that stays inside it, so that nearly full never looks full."""
    halfway = radius - width / 2
    inset = degrees(asin(width / 2 / halfway))
    path = arc(middle, halfway, begin + inset, max(begin + inset, end - inset))
    yield band(middle, radius, width, begin + inset, max(begin + inset, end - inset)), True
    yield circle(path[0], width / 2), True
    yield circle(path[-1], width / 2), True
