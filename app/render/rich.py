"""Rich texts: words that are not all written alike, set with the same care as those that are.

While lines are made, each word begins with a *switch*, a private character that says how the letters behind it are
written, up to the next one; so words can be cut and joined as any others, and stay what they are. What is drawn at last
are *parts*, each of one span and in the order in which they are seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import regex

from app.render.breaking import LONGEST, Line, Paragraph, Piece, cleaned, pieces
from app.render.hands import Measure, Part
from app.render.inking import Style
from app.render.runs import RIGHT_MARK, ZERO_WIDTH_JOINER, Run, base, in_sight, turns

FIRST: Final = 0x100000
"""The first switch, of a plane for private use; from texts themselves they are taken out."""
SWITCH: Final = re.compile("([\U00100000-\U0010fffd])")
JOINT: Final = regex.compile(r"[\p{Jt=D}\p{Jt=C}]\p{Jt=T}*\|\p{Jt=T}*[\p{Jt=D}\p{Jt=C}\p{Jt=R}]")  # UAX 44
"""Two letters on both sides of a boundary that are written in one go."""
LOOK: Final = 8
"""Characters on each side that are looked at: a letter with its marks."""
SLACK: Final = 1e-6


class Span(NamedTuple):
    """How the letters of a span look, and their size as a multiple of the text's."""

    style: Style
    scale: float = 1.0

    def size(self, text: int) -> int:
        """The size of its letters in a text of that size, in device pixels; rather too small than out of the box."""
        return max(1, int(self.scale * text + SLACK))


class Rich(NamedTuple):
    """A text, for each of its characters a switch, and the spans that switches stand for; the first is the text's."""

    text: str
    switches: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, segments: Iterable[tuple[int, str]], spans: tuple[Span, ...]) -> Rich:
        """A text of such segments, each with the number of its span."""
        clean = [(chr(FIRST + span), SWITCH.sub("", cleaned(words))) for span, words in segments]
        text = "".join(words for _, words in clean)[:LONGEST]
        switches = "".join(switch * len(words) for switch, words in clean)
        inside = slice(len(text) - len(text.lstrip("\n")), len(text.rstrip("\n")))
        return cls(text[inside], switches[inside], spans)


class RichHand:
    """Writes the words of a rich text."""

    def __init__(self, rich: Rich, measure: Measure) -> None:
        self._rich = rich
        self._measure = measure

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the text, their words behind switches."""
        rich, place, found = self._rich, 0, []
        for paragraph in rich.text.split("\n"):
            there = slice(place, place + len(paragraph))
            found.append(Paragraph(list(self._pieces(paragraph, rich.switches[there])), base(paragraph)))
            place = there.stop + 1
        return found

    def _pieces(self, paragraph: str, switches: str) -> Iterator[Piece]:
        """Pieces are cut as in a plain text, and then found in this one again.

        Behind each stands the switch of what follows: a space or a hyphen there is written as it is meant.
        """
        end = 0
        for piece in pieces(paragraph, lambda word: self._measure(word, self._rich.spans[0].style)):
            start = paragraph.index(piece.text, end)
            end = start + len(piece.text)
            word = _switched(piece.text, switches[start:end]) + switches[end : end + 1]
            yield piece._replace(text=word, width=self.width(word))

    def width(self, word: str) -> float:
        """The advance of a word."""
        return sum(span.scale * self._measure(letters, span.style) for _, span, letters in self._segments(word))

    def ending(self, word: str) -> str:
        """The last switch in a word."""
        return next((one for one in reversed(word) if SWITCH.match(one)), "")

    def space(self, word: str) -> float:
        """A space as it is written behind this word."""
        return self.width(self.ending(word) + " ")

    def scale(self, words: Iterable[str]) -> float:
        """The size of the largest letters in these words."""
        return max([1.0, *(span.scale for word in words for _, span, _ in self._segments(word))])

    def parts(self, line: Line, size: int) -> tuple[list[Part], float]:
        """The parts of a line at that size from left to right, and its width in pixels."""
        found, pen, space = list[Part](), 0.0, 0.0
        for word, _ in line.words:
            pen += space
            for number, span, letters in self._seen(word):
                own = span.size(size)
                found.append(Part(letters, span.style, own, pen, number))
                pen += own * self._measure(letters, span.style)
            space = self.space(word) * size
        return found, pen

    def _segments(self, word: str) -> Iterator[tuple[int, Span, str]]:
        """The letters of a word with the number of their span and itself; what stands before a switch is the text's."""
        for switch, letters in _joined(SWITCH.split(chr(FIRST) + word)[1:]):
            number = ord(switch) - FIRST
            yield number, self._rich.spans[number], letters

    def _seen(self, word: str) -> Iterator[tuple[int, Span, str]]:
        """The same in the order in which they are seen; a mark keeps what runs from right to left doing so."""
        runs = [Run(chr(FIRST + number), letters) for number, _, letters in self._segments(word)]
        plain = "".join(run.text for run in runs)
        for run in in_sight(runs, plain) if turns(plain) else runs:
            number = ord(run.font) - FIRST
            yield number, self._rich.spans[number], (RIGHT_MARK if run.direction == "rtl" else "") + run.text


def _joined(cut: list[str]) -> Iterator[tuple[str, str]]:
    """Switches with the letters behind them; those that are joined by hand, as Arabic, stay so across a switch."""
    segments = [(switch, letters) for switch, letters in zip(cut[::2], cut[1::2], strict=True) if letters]
    before = ""
    for number, (switch, letters) in enumerate(segments, 1):
        behind = segments[number][1] if number < len(segments) else ""
        after = ZERO_WIDTH_JOINER if JOINT.search(f"{letters[-LOOK:]}|{behind[:LOOK]}") else ""
        yield switch, before + letters + after
        before = after


def _switched(text: str, switches: str) -> str:
    """The text with a switch wherever the way of writing changes, and at its beginning."""
    same = groupby(zip(switches, text, strict=True), itemgetter(0))
    return "".join(switch + "".join(letter for _, letter in letters) for switch, letters in same)
