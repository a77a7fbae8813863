"""Assets in memory: each read, checked and decoded once, kept as long as there is room, told apart by content.

`digest` is asked at opens, so it looks at a disk only for a path that nobody has asked for; whoever makes the assets
of an edition ready has every file looked at with `take_stock`. What comes from here is shared: nobody may draw on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from cachetools import LRUCache
from PIL import Image

from app.render.examining import Examine
from app.render.folder import NO_SUCH_FILE, AssetFolder
from app.render.intake import MAX_FILE_BYTES, Cut, Refused, Size
from app.render.memory import Shelf
from app.render.pictures import Picture, examined, let_in
from app.render.troubles import AssetTrouble

DECODED_BYTES = 16 << 20
ABSENT = "absent"
"""The digest of an asset that cannot be used."""
PATHS = 10_000


@dataclass(frozen=True, slots=True)
class Examination:
    """What `check` wants to know of an asset; where it cannot be used, `problem` and `remedy` say why."""

    ok: bool
    problem: str = ""
    remedy: str = ""
    format: str = ""
    width: int = 0
    height: int = 0
    mode: str = ""
    frames: int = 1
    bytes: int = 0

    @property
    def moves(self) -> bool:
        """Whether it has several frames, of which the first is painted."""
        return self.frames > 1


class Assets:
    """The pictures below one or several folders; may be used by several threads."""

    def __init__(
        self, roots: Sequence[Path], *, decoded_bytes: int = DECODED_BYTES, examine: Examine = examined
    ) -> None:
        self.folder = AssetFolder(roots)
        self._examine = examine
        self._pictures: Shelf[str, Picture] = Shelf(decoded_bytes, lambda picture: picture.weight)
        self._digests: dict[str, str] = {}
        self._sizes: dict[str, tuple[float, float]] = {}
        self._refused: LRUCache[str, Refused] = LRUCache(256)
        self._decoding = Lock()

    def picture(self, path: str) -> Picture:
        """The asset; raises AssetTrouble."""
        kept = self._pictures.get(self.digest(path))
        if kept is not None:
            return kept
        with self._decoding:  # one decode at a time, and never the same twice
            return self._pictures.get(self.digest(path)) or self._decoded(path)

    def part(self, path: str, cut: Cut, size: Size) -> Image.Image:
        """A part of the asset in that size in pixels, RGB or RGBA; raises AssetTrouble. Shared: never draw on it."""
        try:
            return self.picture(path).part(cut, size)
        except Refused as refused:
            raise AssetTrouble(path, refused.problem, refused.remedy) from refused

    def size(self, path: str) -> tuple[float, float]:
        """Its width and height in its own pixels, upright; raises AssetTrouble."""
        known = self._sizes.get(self.digest(path))
        return self.picture(path).size if known is None else known

    def digest(self, path: str) -> str:
        """A hash of the asset's bytes as they were when first looked at; `absent` if there is none to use."""
        known = self._digests.get(path)
        return self._noted(path, self._looked_up(path)) if known is None else known

    def take_stock(self) -> None:
        """Look at every picture, so that no open has to."""
        for path in self.folder.listing():
            self.digest(path)

    def examine(self, path: str) -> Examination:
        """Look at the asset on disk, every byte of it, and say what it is or why it cannot be used."""
        try:
            file = self.folder.find(path)
            self.folder.check_case(path)
            blob = _read(file)
            found = self._examine(blob)
        except Refused as refused:
            return Examination(False, refused.problem, refused.remedy)
        return Examination(True, "", "", found.format, found.width, found.height, found.mode, found.frames, len(blob))

    def _decoded(self, path: str) -> Picture:
        try:
            blob = self._bytes(path)
            digest = _hash(blob)
            picture = self._let_in(blob, digest)
        except Refused as refused:
            raise AssetTrouble(path, refused.problem, refused.remedy) from refused
        self._noted(path, digest)  # it may have changed since it was looked at
        if len(self._sizes) >= PATHS:
            self._sizes.clear()
        self._sizes[digest] = picture.size
        return self._pictures.put(digest, picture)

    def _let_in(self, blob: bytes, digest: str) -> Picture:
        """The decoded picture; a file once refused is not decoded again until its bytes change."""
        refused = self._refused.get(digest)
        if refused is not None:
            raise refused
        try:
            return let_in(blob)
        except Refused as fresh:
            self._refused[digest] = Refused(fresh.problem, fresh.remedy)
            raise

    def _looked_up(self, path: str) -> str:
        try:
            return _hash(self._bytes(path))
        except Refused:
            return ABSENT

    def _noted(self, path: str, digest: str) -> str:
        if len(self._digests) >= PATHS:
            self._digests.clear()
        self._digests[path] = digest
        return digest

    def _bytes(self, path: str) -> bytes:
        file = self.folder.locate(path)
        if file is None:
            raise Refused(NO_SUCH_FILE, "copy the file into assets/")
        return _read(file)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(f"the file cannot be read ({error.strerror})", "let the server read it") from error


def _hash(blob: bytes) -> str:
    return blake2b(blob, digest_size=12).hexdigest()
