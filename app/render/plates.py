"""Plates: what is painted once because it comes again, so that a personal picture costs only its personal part.

A layer whose content is steady goes onto the plate, unless it would have to cover something personal; the plan says
which, the plate's press how pictures are made from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Self

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import Format
from app.render.layers.layer import Layer, inks
from app.render.memory import weight
from app.render.presses import Press, press

SHORT_S: Final = 0.001
"""CPU seconds for which a picture may hold up other opens; a thread costs a tenth to a fifth of that."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Indices of the layers that go onto the plate, and of those painted later."""

    ahead: tuple[int, ...]
    later: tuple[int, ...]

    @classmethod
    def of(cls, design: Design, steady: tuple[bool, ...]) -> Self:
        """The plan for a design whose layers have steady content or not."""
        reaches = [layer.reach(design.scale) for layer in design.layers]
        ahead: list[int] = []
        later: list[int] = []
        for index, reach in enumerate(reaches):
            free = steady[index] and not any(reach.meets(reaches[other]) for other in later)
            (ahead if free else later).append(index)
        return cls(tuple(ahead), tuple(later))


class Plate:
    """A picture without its personal part; never drawn on itself. It remembers what its pictures cost."""

    __slots__ = ("_canvas", "_costs", "_design", "_later", "_presses", "_setting_up")

    def __init__(self, canvas: Canvas, design: Design, later: Sequence[Layer]) -> None:
        self._canvas = canvas
        self._design = design
        self._later = later
        self._presses: dict[Format, Press] = {}
        self._costs: dict[Format, float] = {}
        self._setting_up = Lock()

    def press(self, format: Format) -> Press:
        """What prints its pictures in that format.

        One thread at a time sets one up: Pillow keeps the settings of a save in the picture itself.
        """
        found = self._presses.get(format)
        if found is None:
            with self._setting_up:
                found = self._presses.get(format) or self._presses.setdefault(format, self._set_up(format))
        return found

    def _set_up(self, format: Format) -> Press:
        whole = Area(0, 0, *self._canvas.image.size)
        reaches = [(layer, whole.common(layer.reach(self._design.scale))) for layer in self._later]
        strokes = [(reach, tuple(inks(layer))) for layer, reach in reaches if all(reach.size)]
        return press(self._canvas, self._design, format, strokes)

    def spent(self, format: Format, seconds: float) -> None:
        """Remember what a picture took, beside setting up the press; of a long one half is remembered for the next."""
        self._costs[format] = max(seconds, self._costs.get(format, 0.0) / 2)

    def short(self, format: Format) -> bool:
        """Whether the next picture is sure to be short: the last ones were, and the press stands ready."""
        return self._costs.get(format, SHORT_S) < SHORT_S

    @property
    def weight(self) -> int:
        """Bytes in memory: the pixels, the same in a palette, and the encoded rows, which weigh little beside them."""
        return weight(self._canvas.image) * 11 // 8
