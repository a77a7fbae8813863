"""Setting a text into a box: the largest size at which it fits, its lines, and the masks of its words.

A text is tried at its size, then smaller down to its least size; what does not fit even there is broken inside words,
and as the last resort cut with an ellipsis. Words are measured once in em and drawn once a size: both memories are
bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import inf
from typing import NamedTuple

from app.render.breaking import Hand, Line, Paragraph, broken, placed, shattered
from app.render.fonts import Fonts
from app.render.hands import Part, PlainHand
from app.render.inking import Inker, Mask, Style
from app.render.memory import Shelf
from app.render.rich import Rich, RichHand
from app.render.runs import LEFT_MARK, RIGHT_MARK, clusters

ELLIPSIS = "…"
SLACK = 1e-6  # em; what adding widths may lose
WORDS = 20_000
"""How many word widths are remembered."""
SETTINGS = 256
"""How many settings are remembered: enough that a text is set once for each picture."""
MASK_BYTES = 4 << 20
MARKS = frozenset({LEFT_MARK, RIGHT_MARK})


class Room(NamedTuple):
    """Where a text has to go, in device pixels: the box, the sizes allowed, and the line height as a factor of them."""

    width: int
    height: int
    size: int
    least: int
    line_height: float
    wrap: bool = True

    def holds(self, lines: Sequence[Line], size: int) -> bool:
        """Whether these lines fit at that size; half of the leading of the first and of the last may be lacking.

        They count as many as lines of the text's own size would be that are as high together.
        """
        leading = (self.line_height - 1) / self.line_height
        spared = (lines[0].scale + lines[-1].scale) / 2 - 1
        count = sum(line.scale for line in lines) - leading * spared
        return count <= (self.height - size) / (size * self.line_height) + 1 + SLACK

    def held(self, lines: Sequence[Line], size: int) -> int:
        """How many of these lines the box holds at that size; one always stands."""
        return next((count for count in range(len(lines), 1, -1) if self.holds(lines[:count], size)), 1)


class Setting(NamedTuple):
    """A text as it will stand: its size in device pixels and its lines; `whole` is False if it had to be mangled."""

    size: int
    lines: tuple[Line, ...]
    whole: bool


class Row(NamedTuple):
    """A line as it is drawn: its parts, and its width in device pixels; the rest as in `Line`."""

    parts: list[Part]
    width: float
    scale: float
    turned: bool


class Typesetter:
    """Sets texts in the fonts it is given; may be used by several threads."""

    def __init__(self, fonts: Fonts, *, mask_bytes: int = MASK_BYTES) -> None:
        self.fonts = fonts
        self._inker = Inker(fonts)
        self._widths: dict[tuple[str, Style], float] = {}
        self._settings: Shelf[tuple[str | Rich, Style, Room], Setting] = Shelf(SETTINGS, lambda _: 1)
        self._masks: Shelf[tuple[str, Style, int], Mask] = Shelf(mask_bytes, lambda mask: mask.weight)

    def setting(self, text: str | Rich, style: Style, room: Room) -> Setting:
        """The text in that room: largest size first, then broken words, then the ellipsis."""
        key = (text, style, room)
        return self._settings.get(key) or self._settings.put(key, self._set(text, style, room))

    def _set(self, text: str | Rich, style: Style, room: Room) -> Setting:
        hand = self._hand(text, style)
        paragraphs = hand.paragraphs()
        if not any(paragraph.pieces for paragraph in paragraphs):
            return Setting(room.size, (), True)
        return _largest(paragraphs, room, hand) or _mangled(paragraphs, room, hand)

    def rows(self, text: str | Rich, style: Style, setting: Setting) -> list[Row]:
        """What is drawn of a text that was set, line by line."""
        hand = self._hand(text, style)
        return [Row(*hand.parts(line, setting.size), line.scale, line.turned) for line in setting.lines]

    def _hand(self, text: str | Rich, style: Style) -> PlainHand | RichHand:
        return RichHand(text, self.width) if isinstance(text, Rich) else PlainHand(text, style, self.width)

    def width(self, word: str, style: Style) -> float:
        """The advance of a word in em."""
        key = (word, style)
        known = self._widths.get(key)
        if known is None:
            known = self._inker.width(word, style)
            if len(self._widths) >= WORDS:
                self._widths.clear()
            self._widths[key] = known
        return known

    def mask(self, word: str, style: Style, size: int) -> Mask:
        """The coverage of a word, drawn on a baseline at 0, 0."""
        key = (word, style, size)
        return self._masks.get(key) or self._masks.put(key, self._inker.drawn(word, style, size))

    def ascent(self, font: str, size: int) -> tuple[int, int]:
        """How far the font reaches above and below its baseline, in device pixels."""
        return self.fonts.face(font, size).getmetrics()


def _largest(paragraphs: list[Paragraph], room: Room, hand: Hand) -> Setting | None:
    """The largest size at which everything stands whole, by halving: a smaller size never needs more lines."""
    best = _fitting(paragraphs, room, room.size, hand)
    low, high = room.least, room.size - 1  # sizes still to be tried
    while best is None and low <= high:
        middle = (low + high + 1) // 2
        setting = _fitting(paragraphs, room, middle, hand)
        if setting is None:
            high = middle - 1
        elif middle == high:
            best = setting
        else:
            low = middle
    return best


def _fitting(paragraphs: list[Paragraph], room: Room, size: int, hand: Hand) -> Setting | None:
    """The setting at that size, if everything stands whole and inside."""
    lines = _lines(paragraphs, room, size, hand)
    limit = room.width / size + SLACK
    if room.holds(lines, size) and all(line.width <= limit for line in lines):
        return Setting(size, tuple(lines), True)
    return None


def _lines(paragraphs: list[Paragraph], room: Room, size: int, hand: Hand) -> list[Line]:
    limit = room.width / size if room.wrap else inf
    if len(paragraphs) == 1:
        return broken(paragraphs[0].pieces, limit, hand, paragraphs[0].mark)
    lines = (broken(one.pieces, limit, hand, one.mark) or [Line((), 0.0)] for one in paragraphs)
    return list(chain.from_iterable(lines))


def _mangled(paragraphs: list[Paragraph], room: Room, hand: Hand) -> Setting:
    """At the least size: words broken where they must be, then an ellipsis where the box ends."""
    size = room.least
    limit = room.width / size
    if room.wrap:
        paragraphs = [
            Paragraph(list(chain.from_iterable(shattered(piece, limit, hand) for piece in row)), mark)
            for row, mark in paragraphs
        ]
    lines = _lines(paragraphs, room, size, hand)
    shown = lines[: room.held(lines, size)]
    if len(shown) < len(lines):
        shown[-1] = _shortened(shown[-1], limit, hand)
    shown = [line if line.width <= limit + SLACK else _shortened(line, limit, hand) for line in shown]
    return Setting(size, tuple(shown), False)


def _shortened(line: Line, limit: float, hand: Hand) -> Line:
    """The line with an ellipsis, after as many whole words, or else letters, as leave room for it.

    A number is never cut: half of it would be another number.
    """
    words, mark = [word for word, _ in line.words], ""
    if words and words[0][:1] in MARKS:  # one word for the whole line
        mark, words = words[0][0], words[0][1:].split(" ")
    while len(words) > 1 and _ended(words, hand, mark).width > limit:
        words.pop()
    while words and words[-1] and _ended(words, hand, mark).width > limit:
        words[-1] = "" if any(map(str.isdigit, words[-1])) else "".join(clusters(words[-1])[:-1])
    return _ended(words or [""], hand, mark)


def _ended(words: list[str], hand: Hand, mark: str) -> Line:
    ended = [*words[:-1], words[-1] + ELLIPSIS]
    return placed([(word, hand.width(word)) for word in ended], hand, mark)
