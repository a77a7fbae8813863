"""Plates: what is painted once because it comes again, so that a personal picture costs only its personal part.

A layer whose content is steady goes onto the plate, unless it would have to cover something personal; the plan says
which. Of a JPEG only the rows that the rest touches are copied, painted and encoded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import Final, Self

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import Format, encode
from app.render.jpeg import ROW, Rows, cut, jpeg, within
from app.render.memory import weight

PLATES_SHARE: Final = 0.72
"""How many of a picture's bytes may be those of its plate."""


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
    """A picture without its personal part; never drawn on itself."""

    __slots__ = ("_cut", "_encoding", "_most", "_quality", "canvas")

    def __init__(self, canvas: Canvas, quality: int, most: int) -> None:
        self.canvas = canvas
        self._quality = quality
        self._most = most
        self._cut: tuple[Rows, int] | None = None
        self._encoding = Lock()

    def surface(self, format: Format, drawn: Collection[Area]) -> Canvas:
        """Where the rest is painted, within these areas: for an opaque JPEG only the rows that they touch."""
        if not self._in_rows(format):
            return self.canvas.copy()
        height = self.canvas.image.height
        first = min(max(min((area.top for area in drawn), default=0), 0), height - 1)
        last = min(max(max((area.bottom for area in drawn), default=1), first + 1), height)
        return self.canvas.rows(first // ROW * ROW, min(-(-last // ROW) * ROW, height))

    def finished(self, canvas: Canvas, design: Design, format: Format) -> bytes:
        """The bytes of the whole picture, with what was painted on the surface."""
        if not self._in_rows(format):
            return encode(canvas.image, format=format, ground=design.ground, quality=design.quality, most=design.most)
        rows, quality = self._cut or self._encoded()
        return rows.exchanged(jpeg(canvas.image, quality), first=canvas.top // ROW).joined()

    def _encoded(self) -> tuple[Rows, int]:
        """The plate's own rows, and the quality they have: some room is left for what is personal.

        One thread at a time: Pillow keeps the settings of a save in the picture itself.
        """
        with self._encoding:
            if self._cut is None:
                encoded, quality = within(self.canvas.image, self._quality, round(self._most * PLATES_SHARE))
                self._cut = cut(encoded), quality
            return self._cut

    @property
    def weight(self) -> int:
        """Bytes in memory; the encoded rows weigh little beside the pixels."""
        return weight(self.canvas.image) * 9 // 8

    def _in_rows(self, format: Format) -> bool:
        return format == "jpg" and self.canvas.image.mode == "RGB"
