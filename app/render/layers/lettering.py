"""Words on a canvas: their shadow below, then their outlines, then the letters, then what has colours of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from PIL import Image, ImageChops, ImageFilter

from app.render.boxes import Area, around
from app.render.canvas import OPAQUE, Canvas
from app.render.colors import Color
from app.render.inking import Mask

BLUR_REACH = 1.5
"""How far a shadow can be seen beyond its letters, as a multiple of its blur; CSS blurs by twice the deviation."""
STRIKE_HEIGHT, STRIKE_THICKNESS = 0.322, 0.06
"""Where a line through letters runs above their baseline (that of Noto Sans), and how thick it is, by their size."""


class Shadow(NamedTuple):
    """What lies below the words: its colour, how far it is moved to the right and down, its blur; in device pixels."""

    color: Color
    offset: tuple[int, int]
    blur: float

    @property
    def reach(self) -> int:
        """How far it may be seen outside the words."""
        return round(BLUR_REACH * self.blur) + max(map(abs, self.offset))


class Look(NamedTuple):
    """How words are inked."""

    ink: Color
    outline: Color | None = None
    shadow: Shadow | None = None


class Stamp(NamedTuple):
    """A word's masks, the device pixel of their upper left corner, and its own colour, if it has one."""

    mask: Image.Image
    left: int
    top: int
    colored: Image.Image | None = None
    outlined: Image.Image | None = None
    ink: Color | None = None

    @classmethod
    def of(cls, mask: Mask, start: int, baseline: int, ink: Color | None = None) -> Self | None:
        """A word that starts there; None if there is nothing to see of it."""
        if mask.image is None:
            return None
        return cls(mask.image, start + mask.left, baseline + mask.top, mask.colored, mask.outlined, ink)

    @classmethod
    def through(cls, start: float, baseline: int, width: float, size: int) -> Self:
        """A line through words of that size, all in device pixels."""
        thick = max(1, round(STRIKE_THICKNESS * size))
        line = Image.new("L", (max(1, round(width)), thick), OPAQUE)
        return cls(line, round(start), baseline - round(STRIKE_HEIGHT * size + thick / 2))

    @property
    def extent(self) -> Area:
        """Where it stands."""
        width, height = self.mask.size
        return Area(self.left, self.top, self.left + width, self.top + height)

    @property
    def silhouette(self) -> Image.Image:
        """Everything that it covers."""
        whole = self.mask if self.outlined is None else self.outlined
        return whole if self.colored is None else ImageChops.lighter(whole, self.colored.getchannel("A"))

    def cut(self, limits: Area) -> Stamp | None:
        """As much of it as lies inside the limits."""
        inside = limits.common(self.extent)
        if not all(inside.size):
            return None
        part = inside.seen_from(self.extent)
        colored, outlined = (mask and mask.crop(part) for mask in (self.colored, self.outlined))
        return Stamp(self.mask.crop(part), inside.left, inside.top, colored, outlined, self.ink)


def within(stamps: Sequence[Stamp], limits: Area) -> tuple[Sequence[Stamp], Area]:
    """As much of the words as lies inside the limits, mostly all of it, and where that is."""
    extent = _around(stamps)
    if limits.holds(extent):
        return stamps, extent
    inside = [cut for stamp in stamps if (cut := stamp.cut(limits)) is not None]
    return inside, _around(inside)


def letter(canvas: Canvas, stamps: Sequence[Stamp], look: Look) -> None:
    """Draw the words."""
    if look.shadow is not None and stamps:
        _shade(canvas, stamps, look.shadow)
    if look.outline is not None:
        for stamp in stamps:
            if stamp.outlined is not None:
                canvas.ink(look.outline, stamp.outlined, (stamp.left, stamp.top))
    for stamp in stamps:
        canvas.ink(stamp.ink or look.ink, stamp.mask, (stamp.left, stamp.top))
        if stamp.colored is not None:
            canvas.lay(stamp.colored, (stamp.left, stamp.top))


def _around(stamps: Sequence[Stamp]) -> Area:
    """Where they stand; nowhere, if there are none."""
    return around(stamp.extent for stamp in stamps) if stamps else Area(0, 0, 0, 0)


def _shade(canvas: Canvas, stamps: Sequence[Stamp], shadow: Shadow) -> None:
    """One shadow of all the words, so that it is nowhere darker because two of them are near."""
    whole = around(stamp.extent for stamp in stamps).grown(round(BLUR_REACH * shadow.blur))
    covered = Image.new("L", whole.size, 0)
    for stamp in stamps:
        box = stamp.extent.seen_from(whole)
        covered.paste(ImageChops.lighter(covered.crop(box), stamp.silhouette), box)
    if shadow.blur:
        covered = covered.filter(ImageFilter.GaussianBlur(shadow.blur / 2))
    canvas.ink(shadow.color, covered, (whole.left + shadow.offset[0], whole.top + shadow.offset[1]))
