"""PNG in bands: a picture in a palette of which some rows can be exchanged without deflating the others again.

Every band is deflated by itself and ends on a whole byte (a full flush, RFC 1951), so bands stand one behind the other
in any mixture; the checksum over all of them is put together from theirs. A personal line of words costs only its own
rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack
from typing import Final, NamedTuple
from zlib import crc32

from PIL import Image
from zlib_ng import zlib_ng

READY_LEVEL, QUICK_LEVEL = 9, 5
"""How hard is tried with what is deflated once, and at each open."""
RAW: Final = -15
"""Deflate without a head of its own."""
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PIXELS_A_METRE: Final = 3780
"""96 dpi."""
DEFLATE_HEAD: Final = b"\x78\x9c"
LAST_BLOCK: Final = b"\x03\x00"
"""An empty one, that says it is the last."""
MODULUS: Final = 65521
"""Of Adler-32, RFC 1950."""


class Piece(NamedTuple):
    """A band, ready to be put into a file; `checksum` is Adler-32 over its `length` bytes before they were deflated."""

    chunk: bytes
    checksum: int
    length: int


@dataclass(frozen=True, slots=True)
class Bands:
    """A PNG cut into bands: everything before the first, then the bands."""

    head: bytes
    pieces: tuple[Piece, ...]

    def joined(self) -> bytes:
        """The whole file."""
        checksum = 1
        for piece in self.pieces:
            checksum = _together(checksum, piece)
        end = _chunk(b"IDAT", LAST_BLOCK + pack(">I", checksum))
        return b"".join((self.head, *(piece.chunk for piece in self.pieces), end, _chunk(b"IEND", b"")))


def head(image: Image.Image) -> bytes:
    """What stands in a file before the pixels of this picture (P)."""
    size = pack(">2I5B", *image.size, 8, 3, 0, 0, 0)
    opacities = bytes((image.getpalette("RGBA") or [])[3::4]).rstrip(b"\xff")
    chunks = (
        _chunk(b"IHDR", size),
        _chunk(b"PLTE", bytes(image.getpalette() or [])),
        *([_chunk(b"tRNS", opacities)] if opacities else []),
        _chunk(b"pHYs", pack(">2IB", PIXELS_A_METRE, PIXELS_A_METRE, 1)),
        _chunk(b"IDAT", DEFLATE_HEAD),
    )
    return SIGNATURE + b"".join(chunks)


def piece(rows: Image.Image, level: int = QUICK_LEVEL) -> Piece:
    """These rows of a picture (P) as a band."""
    # Every row begins with the number of its filter: one more column, which is 0 for none. Palettes are best without.
    raw = rows.crop((-1, 0, *rows.size)).tobytes()
    deflating = zlib_ng.compressobj(level, zlib_ng.DEFLATED, RAW)
    deflated = deflating.compress(raw) + deflating.flush(zlib_ng.Z_FULL_FLUSH)
    return Piece(_chunk(b"IDAT", deflated), zlib_ng.adler32(raw), len(raw))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return b"".join((pack(">I", len(body)), kind, body, pack(">I", crc32(body, crc32(kind)))))


def _together(before: int, piece: Piece) -> int:
    """Adler-32 over what `before` is that of, and the piece behind it (RFC 1950: two sums, the second of the first)."""
    sums, more = divmod(before, 1 << 16), divmod(piece.checksum, 1 << 16)
    low = (sums[1] + more[1] - 1) % MODULUS
    high = (sums[0] + more[0] + piece.length * (sums[1] - 1)) % MODULUS
    return high << 16 | low
