"""The picture layer: an asset in a box.

How it is fitted follows CSS `object-fit`; the focus point says which part of the picture must stay in sight. The
prepared patch (cut, scaled, rounded, faded) is kept, since the same asset in the same box comes again and again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import ClassVar, Literal

from PIL import Image, ImageChops

from app.render.boxes import Area, Box, area, check_box, check_radius
from app.render.canvas import OPAQUE
from app.render.layers.fitting import Fit, fitted
from app.render.layers.layer import STRICT, Drawing, Materials, Words, check_keys, check_opacity, words
from app.render.layers.masks import rounded
from app.render.layers.mercator import Sheet
from app.spans import Spoken


def _inside(focus: tuple[float, float]) -> None:
    if not all(0 <= part <= 1 for part in focus):
        raise ValueError(f"focus {list(focus)} lies outside the picture; write [0.5, 0.5] for its middle")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PictureLayer:
    """An asset, named by a field or fixed, fitted into a box."""

    sentence: ClassVar[str] = "A picture from assets/, chosen by a rule or fixed, fitted into a box."
    example: ClassVar[str] = "picture: {field: photo, box: [0, 0, 600, 300], fit: cover, focus: [0.5, 0.3]}"
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={"sentence": "Where it stands: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    field: str | None = dataclasses.field(default=None, metadata={"sentence": "The picture field it shows."})
    picture: Words | None = dataclasses.field(default=None, metadata={"sentence": "A fixed picture, below assets/."})
    fit: Literal["cover", "contain", "fill", "none"] = dataclasses.field(
        default="cover",
        metadata={
            "sentence": "cover fills the box and cuts what is too much, contain shows everything, fill distorts, none "
            "shows the picture pixel for pixel."
        },
    )
    focus: tuple[float, float] = dataclasses.field(
        default=(0.5, 0.5),
        metadata={
            "sentence": "The point that must stay in sight, from [0, 0] (upper left) to [1, 1] (lower right).",
            "check": _inside,
        },
    )
    radius: float = dataclasses.field(
        default=0.0, metadata={"sentence": "How far corners are rounded, in CSS pixels.", "check": check_radius}
    )
    opacity: float = dataclasses.field(
        default=1.0, metadata={"sentence": "From 0 (invisible) to 1 (solid).", "check": check_opacity}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.picture is None):
            raise ValueError(
                "a picture layer needs either field: (its name) or picture: (a path in assets/); write one"
            )

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The path of the asset; `caption` where a map of languages was decided."""
        if self.field is not None:
            return words(fields.get(self.field)).strip() or None
        return caption or (self.picture if isinstance(self.picture, str) else None)

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of few
        """Always: assets are few."""
        return True

    def spoken(self, content: str) -> Spoken | None:  # noqa: ARG002 - is only seen
        """None."""
        return None

    def asset(self, content: str) -> str | None:
        """The content is the path itself."""
        return content

    def sheet(self, content: str, scale: float) -> Sheet | None:  # noqa: ARG002 - stands on nothing
        """None."""
        return None

    def reach(self, scale: float) -> Area:
        """Its box."""
        return area(self.box, scale)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Take the patch from the shelf, or make it; raises AssetTrouble if the asset cannot be read."""
        place = self.reach(materials.scale)
        fit = fitted(materials.assets.size(content), place.size, self.fit, self.focus)
        radius = round(self.radius * materials.scale)
        key = (materials.assets.digest(content), place.size, self.fit, self.focus, radius, self.opacity)
        patch = materials.patches.get(key)
        if patch is None:
            part = materials.assets.part(content, fit.cut, fit.size)
            patch = materials.patches.put(key, self._patch(part, place, fit, radius))
        at = (place.left + fit.at[0], place.top + fit.at[1])
        return Drawing(place, lambda canvas: canvas.lay(patch, at))

    def _patch(self, patch: Image.Image, place: Area, fit: Fit, radius: int) -> Image.Image:
        if not radius and self.opacity == 1:
            return patch
        cover = rounded(place.size, radius).crop((*fit.at, fit.at[0] + fit.size[0], fit.at[1] + fit.size[1]))
        cover = cover.point([round(value * self.opacity) for value in range(OPAQUE + 1)])
        if patch.mode == "RGBA":
            cover = ImageChops.multiply(cover, patch.getchannel("A"))
        patch = patch.convert("RGBA")
        patch.putalpha(cover)
        return patch
