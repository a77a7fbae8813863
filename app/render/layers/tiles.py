"""Tiles: layers that are repeated for each item of a list, side by side and row below row.

Tiles draw nothing themselves. Where a design is made, the layers of a tile become layers of the design, once for each
place, and each shows the item that comes to its place; so painters, plates and render keys know nothing of tiles.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from app.engine.lists import Entry
from app.render.boxes import Box, check_box
from app.render.layers.layer import STRICT, Layer, check_keys
from app.render.layers.within import Within, moved_layer

MOST = 24
"""Tiles that one layer may have: each has all the layers of a tile."""


def _several(key: str, number: int) -> None:
    if not 1 <= number <= MOST:
        raise ValueError(f"{key} {number} cannot be; write a whole number from 1 to {MOST}")


def _apart(gap: float) -> None:
    if not 0 <= gap <= 500:
        raise ValueError(f"gap {gap:g} cannot be; write CSS pixels from 0 to 500, such as 12")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Layers for each item of a list, as an editor wrote them: each a word and its keys."""

    sentence: ClassVar[str] = "Layers that are repeated for each item of a list: product tiles."
    example: ClassVar[str] = (
        "tiles: {field: products, box: [16, 60, 568, 180], columns: 3, tile: [{picture: {field: photo, box: [0, 0, 180,"
        " 120]}}, {text: {field: name, box: [0, 124, 180, 24]}}, {text: {text: '{{ item.stock }} left', box: [0, 150, "
        "180, 20]}}]}"
    )
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    field: str = dataclasses.field(metadata={"sentence": "The list field whose items it shows."})
    box: Box = dataclasses.field(
        metadata={"sentence": "Where all tiles stand: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    tile: tuple[dict[str, Any], ...] = dataclasses.field(
        metadata={
            "sentence": "The layers of one tile; boxes are counted from its corner, `field` names a field of the item, "
            "and texts read it as `item.<field>`."
        }
    )
    columns: int = dataclasses.field(
        default=3, metadata={"sentence": "How many tiles stand side by side.", "check": partial(_several, "columns")}
    )
    rows: int = dataclasses.field(
        default=1, metadata={"sentence": "How many rows there are.", "check": partial(_several, "rows")}
    )
    gap: float = dataclasses.field(
        default=12.0, metadata={"sentence": "How far tiles are apart, in CSS pixels.", "check": _apart}
    )
    empty: tuple[dict[str, Any], ...] = dataclasses.field(
        default=(), metadata={"sentence": "What is drawn where the list is empty; boxes are counted from its corner."}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if self.columns * self.rows > MOST:
            raise ValueError(
                f"rows {self.rows} of columns {self.columns} are more than {MOST} tiles; write smaller numbers"
            )
        if min(self.tile_size) <= 0:
            raise ValueError(f"gap {self.gap:g} leaves no room for tiles in box {list(self.box)}; write a smaller one")

    @property
    def tile_size(self) -> tuple[float, float]:
        """Width and height of one tile, in CSS pixels."""
        _, _, width, height = self.box
        return (
            (width - self.gap * (self.columns - 1)) / self.columns,
            (height - self.gap * (self.rows - 1)) / self.rows,
        )

    def places(self) -> tuple[Place, ...]:
        """The places of its tiles, in the order in which items come to them."""
        width, height = self.tile_size
        return tuple(
            Place(
                self.field,
                row * self.columns + column,
                self._at(column * (width + self.gap), row * (height + self.gap)),
            )
            for row in range(self.rows)
            for column in range(self.columns)
        )

    def nowhere(self) -> Place:
        """The place of what is drawn instead of tiles."""
        return Place(self.field, None, self._at(0, 0))

    def _at(self, right: float, down: float) -> tuple[float, float]:
        return round(self.box[0] + right, 2), round(self.box[1] + down, 2)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the item of that `index` (from 0) of a list is shown, and where its boxes are counted from.

    Without an index it is the place of what is shown where the list is empty.
    """

    field: str
    index: int | None
    offset: tuple[float, float]

    def around(self, layer: Any) -> Layer:
        """The layer as it is drawn here."""
        return moved_layer(Tiled(layer, self.field, self.index), self.offset)


@dataclasses.dataclass(frozen=True, slots=True)
class Tiled(Within):
    """A layer of a tile: what it shows is a field of the item at its place, and nothing where there is none."""

    shows: str
    index: int | None

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The layer's own, with the fields of the item; of what stands for no item, those of the picture."""
        value = fields.get(self.shows)
        items: tuple[Entry, ...] = value if isinstance(value, tuple) else ()
        if self.index is None:
            return None if items else self.layer.content(fields, caption)
        if self.index >= len(items):
            return None
        return self.layer.content(dict(items[self.index].values), caption)
