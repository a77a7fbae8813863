"""How a countdown's units look: cards with figures, flip cards, or figures in a line.

A face draws each unit of a layout with any value, on the ground it is given. Sizes are device pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PIL import Image

from app.render.boxes import Area, around
from app.render.canvas import Canvas
from app.render.colors import Color
from app.render.gif.scene import Cell
from app.render.layers.clocks.layout import Layout, Look
from app.render.layers.lettering import Stamp
from app.render.layers.masks import rounded

UPPER: Final = (255, 255, 255, 26)
"""What lights the upper half of a flip card."""
HINGE: Final = 0.6
"""How dark the line between its halves is: its colour as a share of the card's."""
COLON: Final = ":"


@dataclass(frozen=True)
class Face:
    """The units of a layout, to be drawn."""

    layout: Layout

    @property
    def look(self) -> Look:
        """What an editor chose."""
        return self.layout.look

    def backdrop(self, canvas: Canvas) -> None:
        """Draw what never changes: cards, or what stands between units that have no names."""
        if self.look.form == "plain":
            self._colons(canvas)
        elif self.look.fill is not None:
            for left, top, right, _ in self.layout.areas:
                self._card(canvas, self.look.fill, Area(left, top, right, top + self.layout.sizes.card))

    def cell(self, place: int, ground: Image.Image) -> Cell:
        """The unit at that place with each of its values, as far as they change what is seen, on the whole picture."""
        unit = self.layout.units[place]
        shown = [list(self._stamps(place, value)) for value in range(unit.values)]
        area = around(stamp.extent for stamps in shown for stamp, _ in stamps)
        pictures = []
        for stamps in shown:
            canvas = Canvas(ground.crop(area))
            for stamp, ink in stamps:
                canvas.ink(ink, stamp.mask, (stamp.left - area.left, stamp.top - area.top))
            if self.look.form == "flip":
                self._hinge(canvas, area, area[:2])
            pictures.append(canvas.image)
        return Cell(area, unit.step, tuple(pictures))

    def _stamps(self, place: int, value: int) -> Iterator[tuple[Stamp, Color]]:
        """The figure and its name, where they stand in the picture."""
        (unit, area), sizes = (self.layout.units[place], self.layout.areas[place]), self.layout.sizes
        figure, name = unit.figure(value), self.layout.name(unit, value)
        wide, long = self.layout.wide(figure, sizes.figures), self.layout.wide(name, sizes.labels)
        if self.look.form == "plain":
            full, gap = self.layout.em * sizes.figures, 0.15 * sizes.figures
            start, behind = area.left + full - wide, area.left + full + gap
            if self.layout.mirrored:
                start, behind = area.right - full, area.right - full - gap - long
        else:
            middle = (area.left + area.right) / 2
            start, behind = middle - wide / 2, middle - long / 2
        figures = self._stamp(figure, sizes.figures, start, sizes.baseline)
        names = self._stamp(name, sizes.labels, behind, sizes.below) if name else None
        yield from ((stamp, ink) for stamp, ink in ((figures, self.look.ink), (names, self.look.label_ink)) if stamp)

    def _card(self, canvas: Canvas, fill: Color, where: Area) -> None:
        mask = rounded(where.size, self.look.radius)
        canvas.ink(fill, mask, where[:2])
        if self.look.form == "flip":
            canvas.ink(UPPER, mask.crop((0, 0, where.size[0], where.size[1] // 2)), where[:2])
            self._hinge(canvas, where, (0, 0))

    def _hinge(self, canvas: Canvas, across: Area, origin: tuple[int, int]) -> None:
        """The line between the halves of a card, over what it shows, on a canvas whose corner is at `origin`."""
        red, green, blue, _ = self.look.fill or self.look.ink
        thick = max(1, self.layout.sizes.card // 40)
        left, top = across.left - origin[0], self.layout.box.top + (self.layout.sizes.card - thick) // 2 - origin[1]
        ink = (round(HINGE * red), round(HINGE * green), round(HINGE * blue), 255)
        canvas.fill(ink, Area(left, top, left + across.size[0], top + thick))

    def _colons(self, canvas: Canvas) -> None:
        if self.look.labels:
            return
        size, baseline = self.layout.sizes.figures, self.layout.sizes.baseline
        for one, other in pairwise(sorted(self.layout.areas)):
            start = (one.right + other.left - self.layout.wide(COLON, size)) / 2
            if stamp := self._stamp(COLON, size, start, baseline):
                canvas.ink(self.look.ink, stamp.mask, (stamp.left, stamp.top))

    def _stamp(self, text: str, size: int, start: float, baseline: int) -> Stamp | None:
        mask = self.layout.type.mask(text, self.look.style, size)
        return Stamp.of(mask, round(start), self.layout.box.top + baseline)
