"""Tiles on disk, for the next start and for other workers; trouble with the disk only costs a fetch."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

MOST_FILES: Final = 4_000
"""Some 80 MB; beyond, the oldest quarter goes."""


class Kept(NamedTuple):
    """A tile, and when it was fetched (epoch seconds)."""

    body: bytes
    at: float


class TileFolder:
    """The tiles of one address below a folder, `most` of them; without a folder there are none."""

    def __init__(self, folder: Path | None, address: str, *, most: int = MOST_FILES) -> None:
        self._folder = folder and folder / blake2b(address.encode(), digest_size=8).hexdigest()
        self._most = most

    def read(self, tile: tuple[int, int, int]) -> Kept | None:
        """The tile, if it was kept."""
        if self._folder is None:
            return None
        file = _file(self._folder, tile)
        try:
            return Kept(file.read_bytes(), file.stat().st_mtime)
        except OSError:
            return None

    def write(self, tile: tuple[int, int, int], body: bytes) -> None:
        """Keep the tile, at once and whole."""
        if self._folder is None:
            return
        file = _file(self._folder, tile)
        written = file.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room(self._folder)
            written.write_bytes(body)
            written.replace(file)
        except OSError:
            written.unlink(missing_ok=True)

    def _make_room(self, folder: Path) -> None:
        files = list(folder.iterdir())
        if len(files) >= self._most:
            for file in sorted(files, key=_age)[: self._most // 4]:
                file.unlink(missing_ok=True)


def _file(folder: Path, tile: tuple[int, int, int]) -> Path:
    return folder / f"{'-'.join(map(str, tile))}.tile"


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # another process was faster
        return 0.0
