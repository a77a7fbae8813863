"""An atlas: the ground of maps, put together from an operator's tiles as far as they are there.

Tiles come from elsewhere and in their own time; whoever asks for them here has asked for them there. A ground is drawn
from all of its tiles or not at all, and its edition names their bytes, so that a picture gets another name once they
have come.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from PIL import Image

from app.ports import Tiles
from app.render import intake
from app.render.canvas import Canvas
from app.render.intake import Refused
from app.render.layers.mercator import Quad, Sheet

LARGEST_SIDE: Final = 1024
"""Device pixels of a tile: four times the usual."""
PAPER: Final = (255, 255, 255, 255)
"""Below what lets through."""


def is_tile(body: bytes) -> bool:
    """Whether a file is a whole picture that can be a tile."""
    try:
        found = intake.examined(body)
    except Refused:
        return False
    return found.width == found.height <= LARGEST_SIDE


class Atlas:
    """Grounds from these tiles; without any it has none. May be used by several threads."""

    def __init__(self, tiles: Tiles | None) -> None:
        self._tiles = tiles

    @property
    def is_empty(self) -> bool:
        """Whether it never has a ground, since nobody set where tiles come from."""
        return self._tiles is None

    @property
    def credit(self) -> str:
        """What must be read wherever a ground is shown."""
        return self._tiles.credit if self._tiles is not None else ""

    def edition(self, sheet: Sheet | None) -> str:
        """A name for the ground of a sheet as it would be drawn now; empty if it cannot be. Total, and short."""
        bodies = self._bodies(sheet)
        return blake2b(b"".join(bodies), digest_size=12, person=b"ground").hexdigest() if bodies else ""

    def ground(self, sheet: Sheet | None, size: tuple[int, int]) -> Image.Image | None:
        """The ground of a sheet (RGB), in the size of its sketch; None if there is none. Raises Refused."""
        bodies = self._bodies(sheet)
        if sheet is None or not bodies:
            return None
        tiles = [intake.decode(body) for body in bodies]
        side = tiles[0].width
        spread = Canvas.blank((sheet.columns * side, sheet.rows * side), PAPER)
        for number, tile in enumerate(tiles):
            down, right = divmod(number, sheet.columns)
            spread.lay(tile if tile.width == side else tile.resize((side, side)), (right * side, down * side))
        meshes = [(box, _times(quad, side)) for box, quad in sheet.meshes]
        return spread.image.transform(size, Image.Transform.MESH, meshes, Image.Resampling.BICUBIC)

    def _bodies(self, sheet: Sheet | None) -> list[bytes]:
        """The files of all tiles, in their order; none if one is missing. Every missing one is asked for."""
        if self._tiles is None or sheet is None:
            return []
        found = [self._tiles.get(*tile) for tile in sheet.tiles()]
        there = [body for body in found if body is not None]
        return there if len(there) == len(found) else []


def _times(quad: Quad, side: int) -> tuple[float, ...]:
    return tuple(part * side for part in quad)
