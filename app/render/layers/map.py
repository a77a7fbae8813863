"""The map layer: a sketch of where a place lies, and where its reader is; on a ground of tiles where there are some.

By itself it shows directions and distances, and claims no streets: rings around the place, a needle to the north, a
scale. The scale's number is whole and below ten thousand, which all languages write alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PIL import Image

from app.render.boxes import Box, check_box
from app.render.canvas import OPAQUE, Canvas
from app.render.colors import check_color, color, opposite
from app.render.fonts import DEFAULT
from app.render.layers import sketching
from app.render.layers.boxed import Boxed
from app.render.layers.cartography import Coordinates, Margins, View, offset, view
from app.render.layers.crediting import credited, readable
from app.render.layers.figures import number
from app.render.layers.labels import Align, below, beside, distance
from app.render.layers.layer import STRICT, Drawing, Materials, Said, check_keys, words
from app.render.layers.masks import Size
from app.render.layers.mercator import Sheet, sheet_below
from app.render.layers.outlines import Point
from app.render.layers.text import TextLayer

SMALLEST = 120.0
FURTHEST = 5_000.0
"""The least side of a box in CSS pixels, and the kilometres around a place of which a map can be made."""

MARGINS = Margins(sides=24, top=32, bottom=44)
ON_TILES = MARGINS._replace(top=46)
"""In CSS pixels, as what follows: room for a pin above its place, below it for two rows of letters, and on tiles also
above it for one.
"""
LETTERS, CLEAR = 12.0, 2.0


def _on_earth(near: Coordinates) -> None:
    if not _is_on_earth(near):
        raise ValueError(f"near {list(near)} is no place; write [latitude, longitude] in degrees, as in [52.52, 13.41]")


def _within(km: float) -> None:
    if not 0.1 <= km <= FURTHEST:
        raise ValueError(f"km {km:g} cannot be shown; write kilometres from 0.1 to {FURTHEST:g}")


def _large(box: Box) -> None:
    check_box(box)
    if min(box[2:]) < SMALLEST:
        raise ValueError(f"box is too small for a map; write a width and a height of at least {SMALLEST:g}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer(Boxed):
    """A place, how far it is all around, and its reader."""

    sentence: ClassVar[str] = (
        "A sketch of where a place lies, with rings of distance, north, a scale and, where it is known, the reader."
    )
    example: ClassVar[str] = (
        "map: {near: [52.5208, 13.4094], reader_latitude: latitude, reader_longitude: longitude, "
        'text: Alexanderplatz, box: [24, 24, 552, 240], color: "#c8102e"}'
    )
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={
            "sentence": "Where it stands: [x, y, width, height] in CSS pixels, each side at least 120.",
            "check": _large,
        }
    )
    near: Coordinates | None = dataclasses.field(
        default=None, metadata={"sentence": "The place: [latitude, longitude] in degrees.", "check": _on_earth}
    )
    latitude: str | None = dataclasses.field(
        default=None,
        metadata={"sentence": "The number field with the place's latitude instead; nothing is drawn without it."},
    )
    longitude: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The number field with the place's longitude."}
    )
    reader_latitude: str | None = dataclasses.field(
        default=None,
        metadata={"sentence": "The number field with the reader's latitude; without it the place is shown alone."},
    )
    reader_longitude: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The number field with the reader's longitude."}
    )
    field: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The text field that stands below the place."}
    )
    text: Said | None = dataclasses.field(
        default=None, metadata={"sentence": "A fixed Liquid text that stands there instead."}
    )
    km: float = dataclasses.field(
        default=5.0,
        metadata={"sentence": "How many kilometres around a place are shown without a reader.", "check": _within},
    )
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour of the pin.", "check": check_color}
    )
    ink: str = dataclasses.field(
        default="#000000",
        metadata={"sentence": "The colour of everything else; rings are fainter.", "check": check_color},
    )
    background: str = dataclasses.field(
        default="transparent", metadata={"sentence": "The colour below.", "check": check_color}
    )
    font: str = dataclasses.field(
        default=DEFAULT, metadata={"sentence": "A bundled font, by name and weight, or one of the site's own."}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude: and longitude: make a place together; write both")
        if (self.reader_latitude is None) != (self.reader_longitude is None):
            raise ValueError("reader_latitude: and reader_longitude: make a place together; write both")
        if (self.near is None) == (self.latitude is None):
            raise ValueError("a map needs either near: (a fixed place) or latitude: and longitude: (fields); write one")
        if self.field is not None and self.text is not None:
            raise ValueError("a map has field: (a field below the place) or text: (a fixed text), not both; keep one")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """In the first line how far away the reader is, in kilometres to the east and north; below, what is written.

        Three digits of a distance are as many as can be seen, and let neighbours share a picture. A place that is not
        fixed is told behind an @.
        """
        place = self.near or _place(fields, self.latitude, self.longitude)
        if place is None:
            return None
        reader = _place(fields, self.reader_latitude, self.reader_longitude)
        far = "" if reader is None else " ".join(f"{part:.3g}" for part in offset(place, reader))
        where = "" if self.near is not None else f"@{place[0]:.5f} {place[1]:.5f}"
        label = (words(fields.get(self.field)) if self.field is not None else caption or "").strip()
        return f"{far}{where}\n{label}"

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of many
        """Never: where readers are is their own."""
        return False

    def sheet(self, content: str, scale: float) -> Sheet | None:
        """The tiles that lie below it, if there are such."""
        place, reader, _ = self._read(content)
        size = self.reach(scale).size
        return sheet_below(place, self._view(size, reader, scale, ON_TILES), size, scale)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Take the patch from the shelf, or make it."""
        atlas = materials.atlas
        sheet = None if atlas.is_empty else self.sheet(content, materials.scale)
        edition = atlas.edition(sheet)
        below = sheet if edition else None  # tiles that come from now on belong to a picture of another name
        return self.laid(f"{edition} {content}", materials, partial(self._patch, content, materials, below))

    def _patch(self, content: str, materials: Materials, sheet: Sheet | None, size: Size) -> Image.Image:
        _, reader, label = self._read(content)
        scale, ink = materials.scale, color(self.ink)
        credit = materials.atlas.credit
        tiles = materials.atlas.ground(sheet, size) if readable(credit, size[0], materials) else None
        shown = self._view(size, reader, scale, MARGINS if tiles is None else ON_TILES)
        canvas = Canvas.blank(size, color(self.background)) if tiles is None else Canvas(tiles)
        sketching.rings(canvas, shown, ink, scale)
        sketching.needle(canvas, ink, scale)
        end = sketching.bar(canvas, shown, ink, scale)
        clear = opposite(self.ink) if tiles is not None else self.background if self._is_opaque else None
        write = partial(self._write, canvas, materials, clear)
        write(distance(shown.step), beside(end, size, scale), "left")
        if reader is not None:
            sketching.dot(canvas, shown.at(reader), ink, scale)
        sketching.pin(canvas, shown.place, color(self.color), scale)
        if label:
            write(label, *below(shown.place, size, scale))
        if tiles is not None:
            credited(canvas, credit, materials)
        return canvas.image

    @property
    def _is_opaque(self) -> bool:
        return color(self.background)[3] == OPAQUE

    def _read(self, content: str) -> tuple[Coordinates, Point | None, str]:
        """What `content` tells: the place, how far away the reader is, and the label."""
        said, _, label = content.partition("\n")
        far, _, where = said.partition("@")
        fixed = self.near or _numbers(where)
        assert fixed is not None, "a map is of a place"
        return fixed, _numbers(far), label

    def _view(self, size: Size, reader: Point | None, scale: float, margins: Margins) -> View:
        return view(size, Margins(*(margin * scale for margin in margins)), self.km, reader)

    def _write(
        self, canvas: Canvas, materials: Materials, clear: str | None, text: str, box: Box, align: Align
    ) -> None:
        """One line of letters; where the ground is known, rings give way to them."""
        line = TextLayer(text=text, box=box, align=align, valign="middle", wrap=False, font=self.font, size=LETTERS)
        look = dataclasses.replace(line, color=self.ink, outline=clear, outline_width=CLEAR)
        look.prepare(text, materials).onto(canvas)


def _numbers(text: str) -> tuple[float, float] | None:
    first, _, second = text.partition(" ")
    return (float(first), float(second)) if text else None


def _place(fields: Mapping[str, object], latitude: str | None, longitude: str | None) -> Coordinates | None:
    """The place that two fields make; None where they make none on earth."""
    if latitude is None or longitude is None:
        return None
    north, east = number(fields.get(latitude)), number(fields.get(longitude))
    return (north, east) if north is not None and east is not None and _is_on_earth((north, east)) else None


def _is_on_earth(place: Coordinates) -> bool:
    return abs(place[0]) <= 90 and abs(place[1]) <= 180
