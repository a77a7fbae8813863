"""Spans: parts of one text that look different, from the tags that an editor wrote to the painter.

A written tag travels as a *mark*: the same tag between two noncharacters instead of brackets. Unicode keeps those out
of every text that is exchanged, and values are stripped of them: nothing that a recipient brings in becomes a span.
To everybody but the painter a text with spans is its plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

BEGIN: Final = "\ufdd0"
END: Final = "\ufdd1"

Names = tuple[str, ...]
"""The spans around some words, the outermost first."""

_MARK: Final = re.compile(f"{BEGIN}(/?)([^{BEGIN}{END}]*){END}")
_TO_MARK: Final = str.maketrans("<>", BEGIN + END)
_TO_TAG: Final = str.maketrans(BEGIN + END, "<>")
_STRIPPED: Final = str.maketrans("", "", BEGIN + END)


class Spanned(str):
    """A text with spans: the plain words, and beside them the `marked` text.

    Only the same words with the same spans equal it, so that no memory mistakes one picture for another.
    """

    __slots__ = ("marked",)
    marked: str

    def __new__(cls, marked: str) -> Spanned:
        """The text with these marks in it."""
        self = super().__new__(cls, unmarked(_MARK.sub("", marked)))
        self.marked = marked
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spanned) and self.marked == other.marked

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.marked)


class Spoken(NamedTuple):
    """What a layer says in words, and whether it is struck out, as an old price is."""

    text: str
    struck: bool = False


def mark(tag: str) -> str:
    """The mark for a tag such as `<price>` or `</price>`; it is as long."""
    return tag.translate(_TO_MARK)


def spanned(marked: str) -> str:
    """What a text with marks says; nothing where no words are between them."""
    return Spanned(marked) or ""


def unmarked(text: str) -> str:
    """The text without what could begin a mark."""
    return text.translate(_STRIPPED) if BEGIN in text or END in text else text


def for_painter(text: str) -> str:
    """The text as a painter reads it: with its marks if it has spans, else surely without any."""
    return text.marked if isinstance(text, Spanned) else unmarked(text)


def as_written(marked: str) -> str:
    """The text with tags again."""
    return marked.translate(_TO_TAG) if BEGIN in marked else marked


def segments(marked: str) -> Iterator[tuple[Names, str]]:
    """The words in their order with the spans that they stand in.

    A loop that is left early may leave a span open; it ends with the text, or with the span around it.
    """
    around: Names = ()
    end = 0
    for found in _MARK.finditer(marked):
        if words := unmarked(marked[end : found.start()]):
            yield around, words
        end = found.end()
        closes, name = found.groups()
        if not closes:
            around = (*around, name)
        elif name in around:
            around = around[: len(around) - 1 - around[::-1].index(name)]
    if words := unmarked(marked[end:]):
        yield around, words
