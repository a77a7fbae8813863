"""Letters put in a row by HarfBuzz: how far a text reaches, and what of it may be drawn by itself.

Pillow shapes as well, but reads the tables of the font anew at each call, which takes ten times as long as shaping with
tables that stay open. What stands here tells where each letter of a word goes, so that letters are drawn once and words
are put together from them. A letter is a cluster that looks the same alone, or alone with joints (a zero width joiner
before it, behind it or both); a text with any other is drawn in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self

import regex
import uharfbuzz

from app.render.runs import ZERO_WIDTH_JOINER, Direction

LANGUAGE = "und"
"""No language in particular: that of the machine must not decide how a picture looks."""
JOINTS = (("", ""), ("", ZERO_WIDTH_JOINER), (ZERO_WIDTH_JOINER, ""), (ZERO_WIDTH_JOINER, ZERO_WIDTH_JOINER))
"""What may stand before and behind a cluster so that it looks as it does between others."""
COMPRESSED = b"wOF"
"""How WOFF and WOFF2 begin, which HarfBuzz does not unpack."""
FLAGS = uharfbuzz.BufferFlags.BOT | uharfbuzz.BufferFlags.EOT | uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
"""A text is all there is: marks that lack a letter get a circle. What is never seen takes no part, nor do joints."""
CLUSTERS, LONGEST = 20_000, 16
"""How many clusters are remembered, and of how many characters at most: they come from recipients."""

Glyphs = tuple[tuple[int, int, int], ...]
"""The glyphs of a cluster, and how far right and up each stands from the first; in font units."""


class Letter(NamedTuple):
    """What is drawn in one go, and where its pen starts; in em, from the start of the text, upwards."""

    text: str
    x: float = 0.0
    y: float = 0.0


class _Alone(NamedTuple):
    """What is drawn instead of a cluster, and where its first glyph stands then; in font units."""

    text: str
    x: int
    y: int


class _Cluster(NamedTuple):
    """Characters that are shaped together: where they start in their text, and where their first glyph stands."""

    start: int
    glyphs: Glyphs
    x: int
    y: int


def of_one_script(text: str) -> bool:
    """Whether all its letters are of one script: HarfBuzz shapes a text by the rules of the first that it finds."""
    if text.isascii():
        return True
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    return buffer.script is None or _written_in(buffer.script).fullmatch(text) is not None


@cache
def _written_in(script: str) -> regex.Pattern[str]:
    """Texts in this script (ISO 15924), with digits, signs and marks that all scripts have in common."""
    return regex.compile(rf"[\p{{Script={script}}}\p{{Script=Zyyy}}\p{{Script=Zinh}}]*")


class Shaper:
    """Shapes with one font, texts of one script; may be used by several threads."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._unit = 1 / font.face.upem
        self._alone: dict[tuple[str, Direction, bool, Glyphs], _Alone | None] = {}

    @classmethod
    def of(cls, file: Path | bytes, axes: Sequence[float] = ()) -> Self | None:
        """For the font in that file, with these values of all its axes; None if HarfBuzz cannot read it."""
        if isinstance(file, bytes) and file.startswith(COMPRESSED):
            return None
        blob = uharfbuzz.Blob(file) if isinstance(file, bytes) else uharfbuzz.Blob.from_file_path(str(file))
        font = uharfbuzz.Font(uharfbuzz.Face(blob))
        if not font.face.glyph_count:
            return None
        if axes:
            font.set_var_coords_design(list(axes))
        return cls(font)

    def advance(self, text: str, direction: Direction, *, tabular: bool = False) -> float:
        """How far the text moves the pen, in em; `tabular` gives all digits one width, where the font has such."""
        positions = self._buffer(text, direction, tabular=tabular).glyph_positions or ()  # None where there are none
        return float(sum(position.x_advance for position in positions) * self._unit)

    def letters(self, text: str, direction: Direction, *, tabular: bool = False) -> tuple[Letter, ...]:
        """The letters of the text in the order in which they are seen; one that is all of it where they are joined."""
        clusters = self._clusters(text, direction, tabular=tabular)
        ends = dict(pairwise([*sorted(cluster.start for cluster in clusters), len(text)]))
        letters = []
        for cluster in clusters:
            piece = text[cluster.start : ends[cluster.start]]
            alone = self._alone_like(piece, direction, cluster.glyphs, tabular=tabular)
            if alone is None:
                return (Letter(text),)
            letters.append(Letter(alone.text, (cluster.x - alone.x) * self._unit, (cluster.y - alone.y) * self._unit))
        return tuple(letters)

    def _alone_like(self, piece: str, direction: Direction, glyphs: Glyphs, *, tabular: bool) -> _Alone | None:
        """What looks by itself as this piece does here; None if nothing does."""
        if len(piece) > LONGEST:
            return None
        key = (piece, direction, tabular, glyphs)
        if key not in self._alone:
            if len(self._alone) >= CLUSTERS:
                self._alone.clear()
            self._alone[key] = self._looked_for(piece, direction, glyphs, tabular=tabular)
        return self._alone[key]

    def _looked_for(self, piece: str, direction: Direction, glyphs: Glyphs, *, tabular: bool) -> _Alone | None:
        for before, behind in JOINTS:
            text = before + piece + behind
            clusters = self._clusters(text, direction, tabular=tabular)
            if len(clusters) == 1 and clusters[0].glyphs == glyphs:
                return _Alone(text, clusters[0].x, clusters[0].y)
        return None

    def _clusters(self, text: str, direction: Direction, *, tabular: bool) -> list[_Cluster]:
        """The clusters of a text in the order in which they are seen."""
        buffer = self._buffer(text, direction, tabular=tabular)
        found: list[_Cluster] = []
        pen = 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
            x, y = pen + position.x_offset, position.y_offset
            if found and found[-1].start == info.cluster:
                last = found[-1]
                found[-1] = last._replace(glyphs=(*last.glyphs, (info.codepoint, x - last.x, y - last.y)))
            else:
                found.append(_Cluster(info.cluster, ((info.codepoint, 0, 0),), x, y))
            pen += position.x_advance
        return found

    def _buffer(self, text: str, direction: Direction, *, tabular: bool) -> Any:
        """What HarfBuzz makes of a text."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.language, buffer.flags = direction, LANGUAGE, FLAGS
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, {"tnum": True} if tabular else None)
        return buffer
