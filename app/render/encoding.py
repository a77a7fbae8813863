"""How a picture is encoded, and which format suits it best: what `check` says of each placeholder.

The rule: what moves is a GIF, what lets through a PNG, flat art a PNG in a palette, everything else a JPEG, whose
quality follows what a picture may weigh.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final, NamedTuple

from PIL import Image

from app.render.design import Design
from app.render.encode import Format, encode, flattened
from app.render.jpeg import within
from app.render.layers import CountdownLayer
from app.render.palettes import in_palette

WHY: Final[dict[Format, str]] = {
    "gif": "a countdown ticks in no other",
    "png": "it is flat art, and stays sharp there",
    "jpg": "to PNG and GIF it is a photograph, heavy or in steps",
}


class Encoded(NamedTuple):
    """A picture's format and settings: `colors` of a palette (None for true colours), `quality` of a JPEG.

    It has so many bytes (of one that `ticks`, the still picture), and `most` are meant; `suits` is the format that the
    rule chooses.
    """

    format: Format
    colors: int | None
    quality: int | None
    ticks: bool
    bytes: int
    most: int
    suits: Format

    def line(self) -> str:
        """The same for people, with a hint where another format suits better."""
        hint = "" if self.format == self.suits else f"; {self.suits} suits it better: {WHY[self.suits]}"
        return f"{self.format} {self._settings()}, {_kilobytes(self.bytes)} of {_kilobytes(self.most)} KB{hint}"

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return self._asdict()

    def _settings(self) -> str:
        if self.ticks:
            return "that ticks in 63 colours, its still picture"
        if self.quality is not None:
            return f"at quality {self.quality}"
        return "in true colours" if self.colors is None else f"in a palette of {self.colors} colours"


def encoded(image: Image.Image, design: Design, format: Format) -> Encoded:
    """What becomes of a picture (RGB or RGBA) of that design."""
    moves = any(isinstance(layer, CountdownLayer) for layer in design.layers)
    quality = colors = None
    if format == "jpg":
        body, quality = within(flattened(image, design.ground), design.quality, design.most)
    else:
        body = encode(image, format=format, ground=design.ground)
        palette = Image.open(BytesIO(body)).getpalette()
        colors = None if palette is None else len(palette) // 3
    suits = _suiting(image, moves=moves)
    return Encoded(format, colors, quality, moves and format == "gif", len(body), design.most, suits)


def _suiting(image: Image.Image, *, moves: bool) -> Format:
    """The format in which least is seen to be missing, for as few bytes as that takes."""
    if moves:
        return "gif"
    return "png" if image.has_transparency_data or in_palette(image) is not None else "jpg"


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f}" if size < 10_000 else f"{size / 1000:.0f}"
