"""Sets: complete copies of a site at one moment, by digest, in the state directory.

What is served is always such a copy, so an editor's half-saved file or broken picture cannot reach a recipient, and
the last good set is there after a restart. A set is staged under a name of its own and becomes one by a rename.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

PARTS: Final = ("placeholders", "rules", "assets")
POINTER: Final = "last-good"
KEPT: Final = 3
"""Sets that stay on disk: the one in use, and those that other workers may still be serving."""


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the site does: path, time of change, size. Cheap enough to ask every second."""
    found = []
    for path in files(folder):
        try:
            stat = path.stat()
        except OSError:
            continue  # gone between listing and looking: the next look sees it gone
        found.append((path.relative_to(folder).as_posix(), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def files(folder: Path) -> Iterator[Path]:
    """Every file of a site, in order; hidden ones are none of its business."""
    for part in PARTS:
        for path in sorted((folder / part).rglob("*")):
            if not any(name.startswith(".") for name in path.relative_to(folder).parts) and path.is_file():
                yield path


class Sets:
    """The sets of one site below a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @classmethod
    def of(cls, site: Path, state: Path) -> Sets:
        """The sets of the site in that folder; sites that share a state directory do not meet."""
        name = blake2b(str(site.resolve()).encode(), digest_size=6).hexdigest()
        return cls(state / f"site-{name}")

    def stage(self, site: Path) -> tuple[str, Path]:
        """Copy the site as it is now; returns its digest and where the copy is. Raises OSError."""
        self._directory.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(prefix="staged-", dir=self._directory))
        digest = blake2b(digest_size=10)
        for path in files(site):
            name = path.relative_to(site)
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            content = target.read_bytes()
            digest.update(f"{name.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest(), staged

    def keep(self, digest: str, staged: Path) -> Path:
        """Make a staged copy the last good set; returns the folder it is served from."""
        folder = self._directory / digest
        if folder.is_dir():
            shutil.rmtree(staged)
        else:
            staged.rename(folder)
        pointer = self._directory / f"{POINTER}.{os.getpid()}"
        pointer.write_text(digest, encoding="ascii")
        pointer.replace(self._directory / POINTER)
        folder.touch()
        self._tidy(folder)
        return folder

    def drop(self, staged: Path) -> None:
        """Throw a staged copy away."""
        shutil.rmtree(staged, ignore_errors=True)

    def last_good(self) -> tuple[str, Path] | None:
        """The digest and folder of the last good set, if there is one."""
        try:
            digest = (self._directory / POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self._directory / digest
        return (digest, folder) if digest and folder.is_dir() else None

    def _tidy(self, current: Path) -> None:
        """Remove sets nobody serves any more, and what a killed process left staged."""
        folders = [path for path in self._directory.iterdir() if path.is_dir() and path != current]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in folders[KEPT - 1 :]:
            shutil.rmtree(path, ignore_errors=True)
