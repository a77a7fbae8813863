"""What pictures are found to be when a folder is checked, remembered by their content.

To look at every byte of every picture is a fifth of a check. A site that changes has most of its pictures as before, so
only the new ones are looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Final

from cachetools import LRUCache

from app.render.intake import Header, Refused
from app.render.pictures import examined

CONTENTS: Final = 10_000
"""Contents that are remembered, some hundred bytes each."""

Examine = Callable[[bytes], Header]
"""A file's bytes to what the picture in them is; raises Refused."""


class Examiner:
    """Looks at each content once, wherever it lies; may be used by several threads."""

    def __init__(self, examine: Examine = examined) -> None:
        self._examine = examine
        self._known: LRUCache[bytes, Header | Refused] = LRUCache(CONTENTS)
        self._lock = Lock()

    def __call__(self, blob: bytes) -> Header:
        """What the picture in a file is; raises Refused."""
        content = blake2b(blob, digest_size=16).digest()
        with self._lock:
            found = self._known.get(content)
        if found is None:
            found = self._looked_at(blob)
            with self._lock:
                self._known[content] = found
        if isinstance(found, Refused):
            raise Refused(found.problem, found.remedy)
        return found

    def _looked_at(self, blob: bytes) -> Header | Refused:
        try:
            return self._examine(blob)
        except Refused as refused:
            return Refused(refused.problem, refused.remedy)
