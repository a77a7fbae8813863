"""A shelf: a memory bounded by bytes, from which the least recently used goes first.

Several threads may use one shelf. What does not fit at all is not kept, so that `put` never fails; a shelf of 0 bytes
keeps nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from PIL import Image

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Values by key, together at most `max_bytes` heavy; `weigh` tells the bytes of one value."""

    def __init__(self, max_bytes: int, weigh: Callable[[V], int]) -> None:
        self._most = max_bytes
        self._weigh = weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value of that key, if it is still kept."""
        found = self._kept.get(key)
        if found is None:
            return None
        try:
            self._kept.move_to_end(key)
        except KeyError:  # gone meanwhile; each of the two calls is whole by itself, so no lock is needed
            return None
        return found[0]

    def put(self, key: K, value: V) -> V:
        """Keep the value if it fits, and hand it back."""
        weight = self._weigh(value)
        with self._lock:
            self._drop(key)
            if weight <= self._most:
                self._kept[key] = (value, weight)
                self._bytes += weight
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1][1]
        return value

    def drop(self, key: K) -> None:
        """Forget that key."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    @property
    def bytes(self) -> int:
        """The weight of what is kept."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: K) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= found[1]


def weight(image: Image.Image) -> int:
    """The bytes of a picture in memory; Pillow keeps RGB in four bytes a pixel, too."""
    return 200 + image.width * image.height * (1 if image.mode == "L" else 4)
