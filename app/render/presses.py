"""Presses: how a plate and what is painted on it become bytes, each for one kind of picture.

A press is set up once for a plate, and hands out surfaces for each picture: of a JPEG only the cells that are painted
on are copied and encoded, of flat art as PNG only such rows; everything else is encoded anew as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, Self

from PIL import Image

from app.render.boxes import Area, apart
from app.render.canvas import Canvas
from app.render.design import Design
from app.render.encode import Format, encode, true_color
from app.render.flat import Flat, Stroke
from app.render.jpeg import FAIR, best, cut, jpeg, within
from app.render.palettes import in_palette
from app.render.png import READY_LEVEL, Bands, head, piece

PLATES_SHARE: Final = 0.72
"""How many of a JPEG's bytes may be those of its plate: some room is left for what is personal."""

A_CALL: Final = 1 << 14
"""Pixels that are encoded in the time that a second call of the encoder takes by itself."""

Span = tuple[int, int]
"""Rows of a picture, from the first up to, not including, the second."""


class Press(Protocol):
    """Turns what was painted on a plate into bytes."""

    def surfaces(self, drawn: Sequence[Area]) -> tuple[Canvas, ...]:
        """Where to paint: parts of the plate that hold these areas together, as far as they lie in the picture."""

    def printed(self, painted: Sequence[Canvas]) -> bytes:
        """The whole picture, with what was painted on those surfaces."""


@dataclass(frozen=True, slots=True)
class WholePress:
    """Encodes every picture as a whole; `true` keeps the colours of a PNG without looking whether a few would do."""

    plate: Canvas
    design: Design
    format: Format
    true: bool = False

    def surfaces(self, drawn: Sequence[Area]) -> tuple[Canvas]:  # noqa: ARG002 - all of it
        """The plate's copy."""
        return (self.plate.copy(),)

    def printed(self, painted: Sequence[Canvas]) -> bytes:
        """All of it encoded."""
        (canvas,), design = painted, self.design
        if self.true:
            return true_color(canvas.image)
        return encode(canvas.image, format=self.format, ground=design.ground, quality=design.quality, most=design.most)


class CellPress:
    """An opaque JPEG, of which cells are exchanged; `quality` is that of pictures whose personal part is light."""

    def __init__(self, plate: Canvas, design: Design) -> None:
        # In fair quality even if that leaves little room for what is personal.
        encoded, self.quality = within(plate.image, design.quality, round(design.most * PLATES_SHARE), FAIR)
        self.cells = cut(encoded, plate.image.size)
        self._plate = plate
        self._most = design.most
        self._in = {self.quality: self.cells}

    def surfaces(self, drawn: Sequence[Area]) -> tuple[Canvas, ...]:
        """The cells that they touch, in rectangles that share none."""
        return tuple(map(self._plate.part, apart((self.cells.around(area) for area in drawn), A_CALL)))

    def printed(self, painted: Sequence[Canvas]) -> bytes:
        """The plate's cells with those that were painted on; all in lesser quality where it weighs too much."""
        return best(partial(self._exchanged, painted), self.quality, self._most)[0]

    def _exchanged(self, painted: Sequence[Canvas], quality: int) -> bytes:
        cells = self._in.get(quality)
        if cells is None:  # encoded when it is first needed; a copy, since several threads may be here
            cells = self._in[quality] = cut(jpeg(self._plate.copy().image, quality), self._plate.image.size)
        for canvas in painted:
            cells = cells.exchanged(canvas.image, quality, left=canvas.left, top=canvas.top)
        return cells.joined()


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

    def surfaces(self, drawn: Sequence[Area]) -> tuple[Canvas, ...]:
        """As much of each band as lies around what is drawn there."""
        bands = (Area(0, top, self.flat.image.width, bottom) for top, bottom in self.spans)
        return tuple(self.flat.plate.part(area) for band in bands for area in apart(map(band.common, drawn)))

    def printed(self, painted: Sequence[Canvas]) -> bytes:
        """The plate's bands with those that were painted on; as a whole where the palette was not made for that."""
        pieces = list(self.bands.pieces)
        for number, (top, bottom) in enumerate(self.spans):
            here = [canvas for canvas in painted if top <= canvas.top < bottom]
            if here:
                rows = self.flat.painted(here, top, bottom)
                if rows is None:
                    return encode(_whole(self.flat.plate, painted), format="png")
                pieces[number] = piece(rows)
        return Bands(self.bands.head, tuple(pieces)).joined()


def press(plate: Canvas, design: Design, format: Format, strokes: Sequence[Stroke]) -> Press:
    """The press for pictures on which these strokes are painted."""
    opaque = plate.image.mode == "RGB"
    if opaque and format == "jpg":
        return CellPress(plate, design)
    flat = Flat.of(plate, strokes) if format == "png" else None
    if flat is not None:
        return BandPress.of(flat, strokes)
    return WholePress(plate, design, format, true=format == "png" and (opaque or in_palette(plate.image) is None))


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


def _whole(plate: Canvas, painted: Sequence[Canvas]) -> Image.Image:
    """The plate with the parts of it that were painted on."""
    whole = plate.copy()
    for canvas in painted:
        whole.lay(canvas.image, (canvas.left, canvas.top))
    return whole.image
