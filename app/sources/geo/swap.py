"""A file of the operator's that is read into memory and read anew when it was replaced, while opens go on.

Not a watcher: somebody calls `refresh` now and then, off the open path. The law it keeps: the new file is read and
judged whole before the one swap, so a broken, truncated or vanished file changes nothing but what `problem` says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What a file holds, and how old that is."""

    @property
    def as_of(self) -> float:
        """When the file's content was made, in seconds since the epoch."""
        ...


Content = TypeVar("Content", bound=Dated)
_Signature = tuple[int, int, int]


class Swapped(Generic[Content]):
    """The last good content of one file.

    `name` is the setting's name, for logs and metrics; `current` is None until a good file was read; `problem` is empty
    or says what is wrong with the file that lies there now. `read` raises OSError or ValueError with words for people.
    """

    def __init__(self, name: str, path: Path, read: Callable[[Path], Content]) -> None:
        """Nothing is read yet; call `refresh`."""
        self.name = name
        self.path = path
        self.current: Content | None = None
        self.problem = ""
        self._read = read
        self._judged: _Signature | None = None

    def refresh(self) -> bool:
        """Read the file if it is another than at the last call; True if there is new content."""
        try:
            signature = self._signature()
            if signature == self._judged:
                return False
            content = self._read(self.path)
            if self._signature() != signature:
                return False  # replaced while it was read: the next call sees the new one
        except (OSError, ValueError) as trouble:
            self._judged = self._signature_or_none()
            self.problem = f"{self.path}: {trouble}"
            return False
        self.current, self.problem, self._judged = content, "", signature
        return True

    @property
    def as_of(self) -> float | None:
        """When the content in use was made, in seconds since the epoch; None without content."""
        return self.current.as_of if self.current is not None else None

    def _signature(self) -> _Signature:
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _signature_or_none(self) -> _Signature | None:
        try:
            return self._signature()
        except OSError:
            return None
