"""A shelf: a memory bounded by bytes, from which the least recently used goes first.

Several threads may use one shelf. What does not fit at all is not kept, so that `put` never fails; a shelf of 0 bytes
keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache
from PIL import Image

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Values by key, together at most `max_bytes` heavy; `weigh` tells the bytes of one value."""

    def __init__(self, max_bytes: int, weigh: Callable[[V], int]) -> None:
        self._kept: LRUCache[K, V] = LRUCache(max(max_bytes, 1), getsizeof=weigh)
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value of that key, if it is still kept."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep the value if it fits, and hand it back."""
        with self._lock:
            try:
                self._kept[key] = value
            except ValueError:  # cachetools: heavier than the whole shelf
                self._kept.pop(key, None)
        return value

    def drop(self, key: K) -> None:
        """Forget that key."""
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    @property
    def bytes(self) -> int:
        """The weight of what is kept."""
        return int(self._kept.currsize)

    def __len__(self) -> int:
        return len(self._kept)


def weight(image: Image.Image) -> int:
    """The bytes of a picture in memory; Pillow keeps RGB in four bytes a pixel, too."""
    return 200 + image.width * image.height * (1 if image.mode == "L" else 4)
