"""A layer where it lies in a design: as it was written, with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.authoring.yamlsource import Path


@dataclass(frozen=True, slots=True)
class Tile:
    """The tile that a layer is part of: it shows the item at that `place` (from 0) of the list that `field` holds."""

    field: str
    place: int


@dataclass(frozen=True, slots=True)
class Laid:
    """One layer of a design. A layer of a tile lies there once for each place that its items may take."""

    path: Path
    layer: Any
    tile: Tile | None = None
