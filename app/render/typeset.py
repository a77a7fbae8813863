"""Setting a text into a box: the largest size at which it fits, its lines, and the masks of its words.

A text is tried at its size, then smaller down to its least size; what does not fit even there is broken inside words,
and as the last resort cut with an ellipsis. Words are measured once in em and drawn once a size: both memories are
bounded.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from math import ceil, inf
from typing import NamedTuple

from PIL import Image, ImageDraw

from app.render.breaking import Line, Piece, Width, broken, cleaned, pieces, placed, shattered
from app.render.fonts import EM, Fonts
from app.render.memory import Shelf

ELLIPSIS = "…"
SLACK = 1e-6  # em; what adding widths may lose
WORDS = 20_000
"""How many word widths are remembered."""
SETTINGS = 256
"""How many settings are remembered: enough that a text is set once for each picture."""
MASK_BYTES = 4 << 20


class Room(NamedTuple):
    """Where a text has to go, in device pixels: the box, the sizes allowed, and the line height as a factor of them."""

    width: int
    height: int
    size: int
    least: int
    line_height: float
    wrap: bool = True

    def lines(self, size: int) -> int:
        """How many lines the box holds at that size; the last needs no more than its letters, and one always stands."""
        return max(1, int((self.height - size) / (size * self.line_height) + SLACK) + 1)

    def holds(self, lines: int, size: int) -> bool:
        """Whether so many lines fit at that size."""
        return lines <= (self.height - size) / (size * self.line_height) + 1 + SLACK


class Setting(NamedTuple):
    """A text as it will stand: its size in device pixels and its lines; `whole` is False if it had to be mangled."""

    size: int
    lines: tuple[Line, ...]
    whole: bool


class Mask(NamedTuple):
    """One word in one size: its coverage, and where that stands relative to the start of its baseline."""

    image: Image.Image | None
    left: int = 0
    top: int = 0


class Typesetter:
    """Sets texts in the fonts it is given; may be used by several threads."""

    def __init__(self, fonts: Fonts, *, mask_bytes: int = MASK_BYTES) -> None:
        self.fonts = fonts
        self._widths: dict[tuple[str, str], float] = {}
        self._settings: Shelf[tuple[str, str, Room], Setting] = Shelf(SETTINGS, lambda _: 1)
        self._masks: Shelf[tuple[str, str, int], Mask] = Shelf(mask_bytes, _weight)

    def setting(self, text: str, font: str, room: Room) -> Setting:
        """The text in that room: largest size first, then broken words, then the ellipsis."""
        key = (text, font, room)
        return self._settings.get(key) or self._settings.put(key, self._set(text, font, room))

    def _set(self, text: str, font: str, room: Room) -> Setting:
        width = partial(self.width, font=font)
        paragraphs = [pieces(paragraph, width) for paragraph in cleaned(text).strip("\n").split("\n")]
        if not any(paragraphs):
            return Setting(room.size, (), True)
        return _largest(paragraphs, room, width) or _mangled(paragraphs, room, width)

    def width(self, word: str, font: str) -> float:
        """The advance of a word in em."""
        key = (word, font)
        known = self._widths.get(key)
        if known is None:
            runs = self.fonts.runs(word, font)
            known = sum(self.fonts.face(name, EM).getlength(part) for name, part in runs) / EM
            if len(self._widths) >= WORDS:
                self._widths.clear()
            self._widths[key] = known
        return known

    def mask(self, word: str, font: str, size: int) -> Mask:
        """The coverage of a word, drawn on a baseline at 0, 0."""
        key = (word, font, size)
        return self._masks.get(key) or self._masks.put(key, self._drawn(word, font, size))

    def ascent(self, font: str, size: int) -> tuple[int, int]:
        """How far the font reaches above and below its baseline, in device pixels."""
        return self.fonts.face(font, size).getmetrics()

    def _drawn(self, word: str, font: str, size: int) -> Mask:
        """The word on a surface that surely holds it, then cut to what is covered."""
        margin = start = size // 2
        above = size + margin
        image = Image.new("L", (ceil(self.width(word, font) * size) + 2 * margin, above + size), 0)
        draw = ImageDraw.Draw(image)
        for name, text in self.fonts.runs(word, font):
            face = self.fonts.face(name, size)
            draw.text((start, above), text, fill=255, font=face, anchor="ls")
            start += round(face.getlength(text)) if len(text) < len(word) else 0
        covered = image.getbbox()
        if covered is None:
            return Mask(None)
        return Mask(image.crop(covered), covered[0] - margin, covered[1] - above)


def _largest(paragraphs: list[list[Piece]], room: Room, width: Width) -> Setting | None:
    """The largest size at which everything stands whole, by halving: a smaller size never needs more lines."""
    best = _fitting(paragraphs, room, room.size, width)
    low, high = room.least, room.size - 1  # sizes still to be tried
    while best is None and low <= high:
        middle = (low + high + 1) // 2
        setting = _fitting(paragraphs, room, middle, width)
        if setting is None:
            high = middle - 1
        elif middle == high:
            best = setting
        else:
            low = middle
    return best


def _fitting(paragraphs: list[list[Piece]], room: Room, size: int, width: Width) -> Setting | None:
    """The setting at that size, if everything stands whole and inside."""
    lines = _lines(paragraphs, room, size, width)
    limit = room.width / size + SLACK
    if room.holds(len(lines), size) and all(line.width <= limit for line in lines):
        return Setting(size, tuple(lines), True)
    return None


def _lines(paragraphs: list[list[Piece]], room: Room, size: int, width: Width) -> list[Line]:
    limit = room.width / size if room.wrap else inf
    if len(paragraphs) == 1:
        return broken(paragraphs[0], limit, width)
    return list(chain.from_iterable(broken(row, limit, width) or [Line((), 0.0)] for row in paragraphs))


def _mangled(paragraphs: list[list[Piece]], room: Room, width: Width) -> Setting:
    """At the least size: words broken where they must be, then an ellipsis where the box ends."""
    size = room.least
    limit = room.width / size
    if room.wrap:
        paragraphs = [list(chain.from_iterable(shattered(p, limit, width) for p in row)) for row in paragraphs]
    lines = _lines(paragraphs, room, size, width)
    shown = lines[: room.lines(size)]
    if len(shown) < len(lines):
        shown[-1] = _shortened(shown[-1], limit, width)
    shown = [line if line.width <= limit + SLACK else _shortened(line, limit, width) for line in shown]
    return Setting(size, tuple(shown), False)


def _shortened(line: Line, limit: float, width: Width) -> Line:
    """The line with an ellipsis, after as many whole words, or else letters, as leave room for it.

    A number is never cut: half of it would be another number.
    """
    words = [word for word, _ in line.words]
    while len(words) > 1 and _ended(words, width).width > limit:
        words.pop()
    while words and words[-1] and _ended(words, width).width > limit:
        words[-1] = "" if any(map(str.isdigit, words[-1])) else words[-1][:-1]
    return _ended(words or [""], width)


def _ended(words: list[str], width: Width) -> Line:
    ended = [*words[:-1], words[-1] + ELLIPSIS]
    return placed([(word, width(word)) for word in ended], width(" "))


def _weight(mask: Mask) -> int:
    return 200 if mask.image is None else 200 + mask.image.width * mask.image.height
