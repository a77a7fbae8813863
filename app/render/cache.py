"""Finished pictures by render key, bounded by bytes.

The key names everything that shapes the bytes, so a kept picture is never wrong, only unused; it is also the ETag, so
a client that has the picture is told so without painting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from app.render.encode import CONTENT_TYPES, Format
from app.render.memory import Shelf

PICTURE_BYTES = 32 << 20
OVERHEAD = 400
"""What a kept picture weighs beside its body."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture as it is sent; `headers` are those that describe its bytes."""

    body: bytes
    etag: str
    content_type: str
    headers: tuple[tuple[bytes, bytes], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        described = {"content-type": self.content_type, "content-length": str(len(self.body)), "etag": self.etag}
        headers = tuple((name.encode(), value.encode()) for name, value in described.items())
        object.__setattr__(self, "headers", headers)  # written once a picture, not once an open


class PictureCache:
    """The pictures used last, together at most `max_bytes`; may be used by several threads."""

    def __init__(self, max_bytes: int = PICTURE_BYTES) -> None:
        self._pictures: Shelf[str, Picture] = Shelf(max_bytes, lambda picture: len(picture.body) + OVERHEAD)
        self.get = self._pictures.get
        """The picture of that key, or None."""

    def put(self, key: str, body: bytes, *, format: Format) -> Picture:
        """Keep the finished bytes under their key."""
        return self._pictures.put(key, Picture(body, etag(key), CONTENT_TYPES[format]))

    def clear(self) -> None:
        """Forget every picture."""
        self._pictures.clear()

    @property
    def bytes(self) -> int:
        """The weight of what is kept."""
        return self._pictures.bytes

    def __len__(self) -> int:
        return len(self._pictures)


def render_key(digest: str, stamps: tuple[str | None, ...], *, format: Format, nothing: bool = False) -> str:
    """The name of a picture: its design's digest, what each layer shows (assets by content), format, `nothing`."""
    shaped = repr((digest, format, nothing, None if nothing else stamps))
    return blake2b(shaped.encode(), digest_size=16).hexdigest()


def etag(key: str) -> str:
    """The strong ETag of the picture of that key."""
    return f'"{key}"'
