"""Where a text may be broken, and the greedy breaking of its pieces into lines.

A line may end at white space, after a hyphen or slash before a letter, between words of Thai, and at a soft hyphen,
which then shows. No-break spaces hold. Widths are in em and come from a *hand*, so nothing here knows a font or a
size. A line in which letters run from right to left is one word, for its words may trade places; a mark in front of it
says how its paragraph runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple, Protocol

from budoux import Parser, load_default_thai_parser

from app.render.runs import RIGHT_MARK, clusters

SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH_SPACE = "\u200b"
HYPHEN = "-"
LONGEST = 2_000
"""Characters of a text that are looked at; no picture holds more."""
SPACES = re.compile(r"[ \t\f\v\r\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")  # all but no-break and figure spaces
DASHES = re.compile(r"(?<=\w)[\-\u2013\u2014/]+(?=[^\W\d_])")  # Blu-ray and und/oder, but neither -5 nor 10-12
PARTS = re.compile(rf"([^{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}]+)([{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}]?)")
LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
DROPPED = re.compile(r"[\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")  # lone surrogates, overrides of direction
THAI = re.compile(r"[\u0e00-\u0e7f]{2,}")
NUMBER = re.compile(r"[€$£¥₹]?\d(?:[\d.,'\u2019\u00a0\u202f\u066b\u066c]*\d)?[%‰°€$£]?(?![\ufe0f\u20e3\u0300-\u036f])")
LONGEST_NUMBER, MOST_DIGITS = 20, 7
"""Characters of a number that counts something, and those of one that has no separator and no sign; longer ones are
names of orders and parcels, and may be broken.
"""
NO_BREAK = "\u00a0\u202f"
SHORTEST = 3
"""Letters of a broken word that stand together on its last line."""
TIGHT = 0.99  # letters kern: a word may be a little wider than its letters are by themselves

Width = Callable[[str], float]
"""The advance of a word, in em."""


class Hand(Protocol):
    """How words are written, as far as lines depend on it; lengths are in em of the text's own size."""

    def width(self, word: str) -> float:
        """The advance of a word."""

    def ending(self, word: str) -> str:
        """What has to begin a word that goes on in the way in which this one ends."""

    def space(self, word: str) -> float:
        """How wide the white space behind a word is."""

    def scale(self, words: Iterable[str]) -> float:
        """The size of the largest of these words, at least that of the text: 1."""


class Piece(NamedTuple):  # tuples here and in the typesetter, since every personal picture makes dozens
    """What is never broken: `spaced` if white space stands before it, `soft` if a break behind it shows a hyphen."""

    text: str
    width: float
    spaced: bool
    soft: bool = False


class Paragraph(NamedTuple):
    """Pieces in their order, and the mark of how they run."""

    pieces: list[Piece]
    mark: str


class Line(NamedTuple):
    """Words of one line with their distance from its left end, and the width of the line; all in em.

    `turned` if its paragraph runs from right to left; `scale` is the size of its largest letters, in em too.
    """

    words: tuple[tuple[str, float], ...]
    width: float
    turned: bool = False
    scale: float = 1.0


def cleaned(text: str) -> str:
    """The text composed (NFC), line ends unified, without control characters and lone surrogates, at most LONGEST."""
    text = text[:LONGEST]
    if _plain(text):
        return text
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    return DROPPED.sub("", CONTROLS.sub(" ", text))


def pieces(paragraph: str, width: Width) -> list[Piece]:
    """One paragraph's pieces in order; white space runs together, as it does in HTML."""
    found: list[Piece] = []
    for word in _words(paragraph):
        spaced = bool(found)
        cuts = PARTS.findall(word) if ZERO_WIDTH_SPACE in word or SOFT_HYPHEN in word else ((word, ""),)
        for text, end in cuts:
            advance = width(text)
            if advance > 0:
                found.append(Piece(text, advance, spaced, end == SOFT_HYPHEN))
                spaced = False
    return found


def _words(paragraph: str) -> list[str]:
    """What stands between white space, with a zero width space wherever else it may be broken."""
    if _plain(paragraph) and "-" not in paragraph and "/" not in paragraph:  # mostly, and ten times as fast
        return paragraph.split(" ")
    breakable = DASHES.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", paragraph)
    if THAI.search(paragraph):
        breakable = THAI.sub(lambda run: ZERO_WIDTH_SPACE.join(_thai().parse(run[0])), breakable)
    return SPACES.split(breakable)


def _plain(text: str) -> bool:
    """Whether it has but letters, digits, signs and blanks of ASCII, which mean no more than themselves."""
    return text.isascii() and text.isprintable()


def broken(given: Iterable[Piece], limit: float, hand: Hand, mark: str = "") -> list[Line]:
    """Greedy lines of at most `limit` em; a piece wider than that has a line of its own.

    `mark` says how the paragraph runs, if anything in it turns.
    """
    lines: list[Line] = []
    row: list[Piece] = []
    filled = 0.0
    hyphen = hand.width(HYPHEN)
    for piece in given:
        gap = hand.space(row[-1].text) if piece.spaced and row else 0.0
        need = filled + gap + piece.width
        if row and need + (hyphen if piece.soft else 0.0) > limit:
            lines.append(_line(row, hand, mark, ended=True))
            row, need = [], piece.width
        row.append(piece)
        filled = need
    if row:
        lines.append(_line(row, hand, mark))
    return lines


def placed(words: Iterable[tuple[str, float]], hand: Hand, mark: str = "") -> Line:
    """Words with their widths in a row, a space apart; under a mark they are one word, which is as wide as they."""
    start = space = 0.0
    row = []
    for word, advance in words:
        row.append((word, start))
        space = hand.space(word)
        start += advance + space
    scale = hand.scale(word for word, _ in row)
    if mark:  # measured as a whole, for its spaces are of whichever fonts draw the words beside them
        whole = mark + " ".join(word for word, _ in row)
        return Line(((whole, 0.0),), hand.width(whole), mark == RIGHT_MARK, scale)
    return Line(tuple(row), max(start - space, 0.0), scale=scale)


def _line(row: list[Piece], hand: Hand, mark: str, *, ended: bool = False) -> Line:
    """One line of these pieces, joined to words; `ended` shows the hyphen of a soft break at its end."""
    words: list[tuple[str, float]] = []
    for piece in row:
        if piece.spaced or not words:
            words.append((piece.text, piece.width))
        else:
            joined = words[-1][0] + piece.text
            words[-1] = (joined, hand.width(joined))
    if ended and row[-1].soft:
        hyphened = words[-1][0] + HYPHEN
        words[-1] = (hyphened, hand.width(hyphened))
    return placed(words, hand, mark)


def shattered(piece: Piece, limit: float, hand: Hand) -> list[Piece]:
    """A piece too wide for any line, cut between characters into parts that fit; no part is a mere comma or mark.

    A number stays whole, for half of it would be another: one that is too wide has a line of its own.
    """
    if piece.width <= limit:
        return [piece]
    parts = [start := ""]
    filled = 0.0
    for letters in _whole(piece.text.rstrip(NO_BREAK)):
        step = hand.width(start + letters)
        if step > 0 and filled > 0 and filled + step > limit * TIGHT:
            parts[-1] = parts[-1].rstrip(NO_BREAK)
            parts.append(start)
            filled = 0.0
        if len(parts) > 1 and not filled and letters in NO_BREAK:
            continue
        parts[-1] += letters
        filled += step
        start = hand.ending(parts[-1])
    lacking = SHORTEST - len(parts[-1])
    if len(parts) > 1 and 0 < lacking < len(parts[-2]) - lacking and not NUMBER.search(parts[-2][-lacking - 1 :]):
        before, moved = parts[-2][:-lacking], parts[-2][-lacking:]
        parts[-2:] = [before, hand.ending(before) + moved + parts[-1]]
    return [Piece(part, hand.width(part), piece.spaced and not number) for number, part in enumerate(parts)]


def _whole(text: str) -> Iterator[str]:
    """Its characters as they are seen, and its numbers, each as a whole."""
    at = 0
    for number in NUMBER.finditer(text):
        if len(number[0]) <= (MOST_DIGITS if number[0].isdigit() else LONGEST_NUMBER):
            yield from clusters(text[at : number.start()])
            yield number[0]
            at = number.end()
    yield from clusters(text[at:])


@cache
def _thai() -> Parser:
    """Knows where words of Thai end, which no space tells."""
    return load_default_thai_parser()
