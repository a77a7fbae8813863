"""A countdown of days, hours, minutes and seconds, drawn with Pillow and the bundled fonts, for tests and benches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw

from app.render.boxes import Area
from app.render.fonts import Fonts
from app.render.gif.scene import Cell, Rest, Scene

SIZE = (400, 100)
GROUND, BOX, INK, LABEL = "#121826", "#2962ff", "#ffffff", "#aab4c8"
BOLD, SEMI = "Noto Sans Bold", "Noto Sans SemiBold"
MINUTE, HOUR, DAY = 60, 3600, 86400
BOXES = {"DAYS": (8, 98), "HOURS": (118, 82), "MINUTES": (214, 82), "SECONDS": (310, 82)}
"""Left edge and width."""
TOP, BOTTOM = 10, 75
WORDS = ("until ", "Mon ", "Fri ", "27 ", "3 ", "Nov, ", "Dec, ", "23:", "09:", "59", "00")


def scene(*, scale: int = 1, frames: int = 60, plate: Image.Image | None = None) -> Scene:
    """It counts from 999 days down; the digits of the days are cells of their own."""
    return Drawing(scale, plate).scene(frames)


class Drawing:
    """Draws at that many device pixels to a CSS pixel, on that plate."""

    def __init__(self, scale: int, plate: Image.Image | None) -> None:
        self._scale = scale
        self._fonts = Fonts()
        self._plate = plate or Image.new("RGB", (SIZE[0] * scale, SIZE[1] * scale), GROUND)

    def scene(self, frames: int) -> Scene:
        clock, rest, ended = self._plate.copy(), self._plate.copy(), self._plate.copy()
        for label, (left, width) in BOXES.items():
            box = self._area(left, TOP, left + width, BOTTOM)
            ImageDraw.Draw(clock).rounded_rectangle((*box[:2], box.right - 1, box.bottom - 1), 10 * self._scale, BOX)
            self._write(clock, (left + width / 2, 87), label, 11, LABEL, font=SEMI)
        self._write(rest, (200, 34), "Only a little while", 22, INK)
        band = self._area(20, 56, 380, 82)
        rest.paste(GROUND, band)
        self._write(ended, (200, 50), "This offer has ended", 24, INK)
        words = {word: self._word(word, band.size[1]) for word in WORDS}
        return Scene(clock, tuple(self._cells(clock)), Rest(rest, band, words), ended, frames)

    def _cells(self, clock: Image.Image) -> Iterator[Cell]:
        for place, worth in enumerate((100, 10, 1)):
            digits = ["", *"123456789"] if worth == 100 else list("0123456789")
            yield self._cell(clock, (16 + 27 * place, TOP, 43 + 27 * place, BOTTOM), DAY * worth, digits)
        for label, step, count in (("HOURS", HOUR, 24), ("MINUTES", MINUTE, 60), ("SECONDS", 1, 60)):
            left, width = BOXES[label]
            yield self._cell(clock, (left, TOP, left + width, BOTTOM), step, [f"{value:02}" for value in range(count)])

    def _cell(self, clock: Image.Image, box: tuple[int, int, int, int], step: int, shown: Iterable[str]) -> Cell:
        area = self._area(*box)
        middle = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        empty = clock.crop(area)
        return Cell(area, step, tuple(self._write(empty.copy(), middle, text, 40, INK) for text in shown))

    def _word(self, word: str, height: int) -> Image.Image:
        face = self._fonts.face(SEMI, 15 * self._scale)
        picture = Image.new("RGB", (round(face.getlength(word)), height), GROUND)
        ImageDraw.Draw(picture).text((0, height * 0.72), word, INK, face, "ls")
        return picture

    def _write(
        self, on: Image.Image, at: tuple[float, float], text: str, size: int, ink: str, *, font: str = BOLD
    ) -> Image.Image:
        middle = at[0] * self._scale, at[1] * self._scale
        ImageDraw.Draw(on).text(middle, text, ink, self._fonts.face(font, size * self._scale), "mm")
        return on

    def _area(self, *sides: int) -> Area:
        return Area(*(side * self._scale for side in sides))
