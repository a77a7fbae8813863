"""Presses: how a plate and what is painted on it become bytes, each for one kind of picture.

A press is set up once for a plate, and hands out a surface for each picture: of a JPEG and of flat art as PNG only
rows that are painted on are encoded, and no more than those between them copied; everything else is encoded anew as a
whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

from app.render.boxes import Area
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import Format, encode, true_color
from app.render.flat import Flat, Stroke
from app.render.jpeg import ROW, Rows, cut, jpeg, within
from app.render.palettes import in_palette
from app.render.png import READY_LEVEL, Bands, head, piece

PLATES_SHARE: Final = 0.72
"""How many of a JPEG's bytes may be those of its plate: some room is left for what is personal."""

Span = tuple[int, int]
"""Rows of a picture, from the first up to, not including, the second."""


class Press(Protocol):
    """Turns what was painted on a plate into bytes."""

    def surface(self, drawn: Sequence[Area]) -> Canvas:
        """Where to paint, within these areas: at least their rows."""

    def printed(self, canvas: Canvas, drawn: Sequence[Area]) -> bytes:
        """The whole picture, with what was painted on that surface."""


@dataclass(frozen=True, slots=True)
class WholePress:
    """Encodes every picture as a whole; `true` keeps the colours of a PNG without looking whether a few would do."""

    plate: Canvas
    design: Design
    format: Format
    true: bool = False

    def surface(self, drawn: Sequence[Area]) -> Canvas:  # noqa: ARG002 - all of it
        """The plate's copy."""
        return self.plate.copy()

    def printed(self, canvas: Canvas, drawn: Sequence[Area]) -> bytes:  # noqa: ARG002 - all of it
        """All of it encoded."""
        if self.true:
            return true_color(canvas.image)
        design = self.design
        return encode(canvas.image, format=self.format, ground=design.ground, quality=design.quality, most=design.most)


@dataclass(frozen=True, slots=True)
class RowPress:
    """An opaque JPEG, of which rows of blocks are exchanged."""

    plate: Canvas
    rows: Rows
    quality: int

    @classmethod
    def of(cls, plate: Canvas, design: Design) -> Self:
        """The press with the plate's own rows."""
        encoded, quality = within(plate.image, design.quality, round(design.most * PLATES_SHARE))
        return cls(plate, cut(encoded), quality)

    def surface(self, drawn: Sequence[Area]) -> Canvas:
        """The rows of blocks that they touch."""
        first, last = _touched(drawn, self.plate.image.height)
        return self.plate.rows(first // ROW * ROW, min(-(-last // ROW) * ROW, self.plate.image.height))

    def printed(self, canvas: Canvas, drawn: Sequence[Area]) -> bytes:
        """The plate's rows with those of the surface on which something was painted."""
        rows, height = self.rows, self.plate.image.height
        for top, bottom in _runs([(area.top, area.bottom) for area in drawn], height):
            strip = canvas.rows(top, bottom) if (top, bottom) != (canvas.top, canvas.bottom) else canvas
            rows = rows.exchanged(jpeg(strip.image, self.quality), first=top // ROW)
        return rows.joined()


@dataclass(frozen=True, slots=True)
class BandPress:
    """Flat art as PNG, of which bands are exchanged: `spans` are their rows."""

    flat: Flat
    spans: tuple[Span, ...]
    bands: Bands

    @classmethod
    def of(cls, flat: Flat, strokes: Sequence[Stroke]) -> Self:
        """The press for these strokes, with the plate's own bands."""
        image = flat.image
        spans = banded([(area.top, area.bottom) for area, _ in strokes], image.height)
        pieces = (piece(image.crop((0, top, image.width, bottom)), READY_LEVEL) for top, bottom in spans)
        return cls(flat, spans, Bands(head(image), tuple(pieces)))

    def surface(self, drawn: Sequence[Area]) -> Canvas:
        """The bands that they touch, and what lies between them."""
        first, last = _touched(drawn, self.flat.image.height)
        touched = [span for span in self.spans if span[0] < last and first < span[1]]
        return self.flat.plate.rows(touched[0][0], touched[-1][1])

    def printed(self, canvas: Canvas, drawn: Sequence[Area]) -> bytes:
        """The plate's bands with those that were painted on; as a whole where the palette was not made for that."""
        shown = self.flat.painted(canvas, drawn)
        if shown is None:
            whole = self.flat.plate.copy()
            whole.lay(canvas.image, (0, canvas.top))
            return encode(whole.image, format="png")
        pieces = [
            piece(shown.crop((0, top - canvas.top, shown.width, bottom - canvas.top)))
            if any(area.top < bottom and top < area.bottom for area in drawn)
            else ready
            for (top, bottom), ready in zip(self.spans, self.bands.pieces, strict=True)
        ]
        return Bands(self.bands.head, tuple(pieces)).joined()


def press(plate: Canvas, design: Design, format: Format, strokes: Sequence[Stroke]) -> Press:
    """The press for pictures on which these strokes are painted."""
    opaque = plate.image.mode == "RGB"
    if opaque and format == "jpg":
        return RowPress.of(plate, design)
    if opaque and format == "png" and (flat := Flat.of(plate, strokes)):
        return BandPress.of(flat, strokes)
    true = format == "png" and (opaque or in_palette(plate.image) is None)
    return WholePress(plate, design, format, true)


def banded(spans: Sequence[Span], height: int) -> tuple[Span, ...]:
    """All rows of a picture, parted so that none of these spans begins or ends inside a band, nor meets another's."""
    bands: list[Span] = []
    reached = 0
    for top, bottom in sorted((max(top, 0), min(bottom, height)) for top, bottom in spans):
        if top >= bottom:
            continue
        if top < reached:
            bands[-1] = bands[-1][0], max(bands[-1][1], bottom)
        else:
            bands += [(reached, top), (top, bottom)] if top > reached else [(top, bottom)]
        reached = bands[-1][1]
    return (*bands, (reached, height)) if reached < height else tuple(bands)


def _runs(spans: Sequence[Span], height: int) -> list[Span]:
    """The rows of blocks that these spans touch, in as few runs as there can be."""
    blocks = [(max(top, 0) // ROW * ROW, min(-(-bottom // ROW) * ROW, height)) for top, bottom in spans]
    runs: list[Span] = []
    for top, bottom in sorted(block for block in blocks if block[0] < block[1]):
        if runs and top <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], bottom)
        else:
            runs.append((top, bottom))
    return runs


def _touched(drawn: Sequence[Area], height: int) -> Span:
    """From the first to the last row of these areas; one row at least."""
    first = min(max(min((area.top for area in drawn), default=0), 0), height - 1)
    return first, min(max(max((area.bottom for area in drawn), default=1), first + 1), height)
