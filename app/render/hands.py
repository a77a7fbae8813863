"""Who writes a text: the plain hand, in which all of it looks alike.

A hand cuts its text into pieces, tells how wide and high they are while lines are made of them, and at last gives out
each line in *parts* that are drawn in one go. `rich` has the other one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.render.breaking import Line, Paragraph, cleaned, pieces
from app.render.inking import Style
from app.render.runs import base

Measure = Callable[[str, Style], float]
"""The advance of letters in a style, in em of their own size."""


class Part(NamedTuple):
    """Letters of one line that look alike, and their size and their distance from its left end in device pixels.

    `span` is the number of the span that they belong to; 0 is the text itself.
    """

    text: str
    style: Style
    size: int
    offset: float
    span: int = 0


class PlainHand:
    """Writes a text in one style."""

    def __init__(self, text: str, style: Style, measure: Measure) -> None:
        self._text = text
        self._style = style
        self._measure = measure
        self._space = measure(" ", style)

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the text."""
        written = cleaned(self._text).strip("\n").split("\n")
        return [Paragraph(pieces(paragraph, self.width), base(paragraph)) for paragraph in written]

    def width(self, word: str) -> float:
        """The advance of a word, in em."""
        return self._measure(word, self._style)

    def ending(self, word: str) -> str:  # noqa: ARG002 - all words are written alike
        """Nothing."""
        return ""

    def space(self, word: str) -> float:  # noqa: ARG002 - all words are written alike
        """A space."""
        return self._space

    def scale(self, words: Iterable[str]) -> float:  # noqa: ARG002 - all words are written alike
        """The size of the text."""
        return 1.0

    def parts(self, line: Line, size: int) -> tuple[list[Part], float]:
        """Each word of a line at that size, and the width of the line in pixels."""
        return [Part(word, self._style, size, offset * size) for word, offset in line.words], line.width * size
