"""From a picture without its countdown to the scenes that tick in it: cells, the resting sentence, the end.

Words of the last frame stand on one colour, since a sentence nobody has said before is joined, not drawn: a panel of
the countdown's own fill on what is below it, on average.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from math import ceil
from typing import Final

from PIL import Image, ImageStat

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.colors import Color
from app.render.gif.scene import Rest, Scene
from app.render.layers.clocks.faces import Face
from app.render.layers.clocks.layout import UNITS, Layout, Look, Unit
from app.render.layers.clocks.words import SPACE, Sentence
from app.render.layers.masks import rounded
from app.render.typeset import Typesetter

LEAST: Final = 8.0
"""CSS pixels of the smallest letters that are read."""
SHARE: Final = 0.34
"""The size of a sentence as a share of its panel's height, at most."""
PAD: Final = 0.08
"""What stays free beside it, as a share of the height."""
LINE: Final = 1.4
"""The height of its line, as a multiple of the size."""


class Clock:
    """A countdown in one language, in its box, ready to be drawn on any plate."""

    def __init__(
        self, look: Look, sentence: Sentence, language: str, box: Area, scale: float, type: Typesetter
    ) -> None:
        self._look = look
        self.sentence = sentence
        self._language = language
        self._box = box
        self._scale = scale
        self._type = type

    def scene(self, plate: Image.Image, ended: Image.Image, units: tuple[Unit, ...]) -> Scene:
        """The countdown of these units on a plate (RGB); `ended` is the whole picture for afterwards.

        Raises ValueError where its words find no room.
        """
        face = Face(self.layout(units))
        ground = Canvas(plate.copy())
        face.backdrop(ground)
        cells = tuple(face.cell(place, ground.image) for place in range(len(units)))
        return Scene(ground.image, cells, self._rest(plate), ended)

    @cached_property
    def panel(self) -> Area:
        """What stands behind the words."""
        return self.layout(UNITS).panel

    def layout(self, units: tuple[Unit, ...]) -> Layout:
        """These units in the box."""
        return Layout(self._look, units, self._box, self._language, self.sentence.runs_left, self._type)

    def _rest(self, plate: Image.Image) -> Rest:
        panel = self.panel
        color = _below(plate.crop(panel), self._look.fill)
        resting = Canvas(plate.copy())
        resting.ink((*color, 255), rounded(panel.size, self._look.radius), (panel.left, panel.top))
        height, pad, size = panel.size[1], self.pad, self.sentence_size
        high = min(ceil(LINE * size), height)
        top = panel.top + (height - high) // 2
        band = Area(panel.left + pad, top, panel.right - pad, top + high)
        words = {word: self._word(word, size, high, color) for word in self.sentence.pieces}
        return Rest(resting.image, band, words)

    @property
    def pad(self) -> int:
        """Device pixels that stay free beside the words."""
        return max(self._look.radius, round(PAD * self.panel.size[1]))

    @cached_property
    def sentence_size(self) -> int:
        """The largest size at which the longest sentence has room; ValueError if there is none that can be read."""
        (width, height), least = self.panel.size, ceil(LEAST * self._scale)
        sizes = range(least, max(round(SHARE * height), least) + 1)
        if having_room := bisect_right(sizes, width - 2 * self.pad, key=self._longest):
            return sizes[having_room - 1]
        needed = ceil((self._longest(least) + 2 * self.pad) / self._scale)
        raise ValueError(f"the deadline in words needs {needed} CSS pixels; make the box wider, or its words shorter")

    @property
    def fits(self) -> bool:
        """Whether the longest sentence has room at any size that can be read."""
        return self._longest(ceil(LEAST * self._scale)) <= self.panel.size[0] - 2 * self.pad

    def _longest(self, size: int) -> int:
        """Device pixels of the longest sentence at that size."""
        return sum(
            max(sum(self._wide(piece, size) for piece in pieces) for pieces in can_be)
            for can_be in self.sentence.every()
        )

    def _wide(self, word: str, size: int) -> int:
        style = self._look.style
        if word == SPACE:
            return round((self._type.width("n n", style) - self._type.width("nn", style)) * size)
        return ceil(self._type.width(word, style) * size)

    def _word(self, word: str, size: int, height: int, ground: Color | tuple[int, int, int]) -> Image.Image:
        drawn = Canvas(Image.new("RGB", (self._wide(word, size), height), ground[:3]))
        if word != SPACE:
            above, below = self._type.ascent(self._look.font, size)
            mask = self._type.mask(word, self._look.style, size)
            if mask.image is not None:
                baseline = round((height - above - below) / 2) + above
                drawn.ink(self._look.ink, mask.image, (mask.left, baseline + mask.top))
        return drawn.image


def _below(plate: Image.Image, fill: Color | None) -> tuple[int, int, int]:
    """The one colour of a panel: the fill on what is below it, on average."""
    mean = [round(band) for band in ImageStat.Stat(plate).mean]
    if fill is None:
        return mean[0], mean[1], mean[2]
    red, green, blue = (
        round(own + (under - own) * (255 - fill[3]) / 255) for own, under in zip(fill, mean, strict=False)
    )
    return red, green, blue
