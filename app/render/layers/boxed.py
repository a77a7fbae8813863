"""What layers share that stay in their box: they show no asset, and mostly are one patch, made once for a content."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from app.render.boxes import Area, Box, area
from app.render.layers.layer import Drawing, Materials
from app.render.layers.mercator import Sheet
from app.spans import Spoken


class Boxed:
    """A layer that draws what it says by itself, within its box."""

    __slots__ = ()
    box: Box

    def spoken(self, content: str) -> Spoken | None:  # noqa: ARG002 - is only seen
        """None."""
        return None

    def asset(self, content: str) -> str | None:  # noqa: ARG002 - shows no asset
        """None."""
        return None

    def sheet(self, content: str, scale: float) -> Sheet | None:  # noqa: ARG002 - stands on nothing
        """None."""
        return None

    def reach(self, scale: float) -> Area:
        """Its box."""
        return area(self.box, scale)

    def laid(self, content: str, materials: Materials, make: Callable[[tuple[int, int]], Image.Image]) -> Drawing:
        """The patch of this content from the shelf, else one that is made in the size of the box, laid on it."""
        place = self.reach(materials.scale)
        key = (repr(self), content, materials.scale)
        patch = materials.patches.get(key) or materials.patches.put(key, make(place.size))
        return Drawing(place, lambda canvas: canvas.lay(patch, (place.left, place.top)))
