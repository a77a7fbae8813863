"""Sets: complete copies of a site at one moment, by digest, in the state directory.

What is served is always such a copy, so an editor's half-saved file or broken picture cannot reach a recipient, and
the last good set is there after a restart. A set is staged under a name of its own and becomes one by a rename.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from app.authoring.documents.folder import content_of
from app.engine.readings import FOREVER

PARTS: Final = ("placeholders", "rules", "assets")
POINTER: Final = "last-good"
STAGED: Final = "staged-"
KEPT: Final = 3
"""Sets that stay on disk: the one in use, and those that other workers may still be serving."""

ABANDONED_S: Final = 3600.0
"""After so many seconds a staged copy was left behind by a process that was killed."""


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
        staged = Path(mkdtemp(prefix=STAGED, dir=self._directory))
        try:
            return self._copied(site, staged), staged
        except OSError as error:
            self.drop(staged)
            error.filename = error.filename or str(staged)  # a full disk does not say which file it had no room for
            raise

    def _copied(self, site: Path, staged: Path) -> str:
        digest = blake2b(digest_size=10)
        for path in files(site):
            name = path.relative_to(site)
            content = content_of(path)
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            digest.update(f"{name.as_posix()}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return digest.hexdigest()

    def keep(self, digest: str, staged: Path) -> Path:
        """Make a staged copy the last good set; returns the folder it is served from. Raises OSError."""
        folder = self._directory / digest
        try:
            staged.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
            self.drop(staged)  # another worker was quicker with the same content
        os.utime(folder)
        pointer = self._directory / f"{POINTER}.{os.getpid()}.{staged.name}"
        pointer.write_text(digest, encoding="ascii")
        pointer.replace(self._directory / POINTER)
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
        return (digest, folder) if re.fullmatch("[0-9a-f]+", digest) and folder.is_dir() else None

    def _tidy(self, current: Path) -> None:
        """Remove sets nobody serves any more, and what killed processes left staged; others may be tidying too."""
        now = _changed(current)
        sets: list[Path] = []
        staged: list[Path] = []
        for path in self._directory.iterdir():
            if path.is_dir() and path != current:
                (staged if path.name.startswith(STAGED) else sets).append(path)
        sets.sort(key=_changed, reverse=True)
        abandoned = [path for path in staged if _changed(path) < now - ABANDONED_S]
        for path in sets[KEPT - 1 :]:
            gone = path.with_name(f"{STAGED}gone-{path.name}")  # so that half a set is never found under its digest
            with suppress(OSError):
                path.rename(gone)
                abandoned.append(gone)
        for path in abandoned:
            shutil.rmtree(path, ignore_errors=True)


def _changed(path: Path) -> float:
    """When a folder was last made or taken; a folder that is gone already counts as just changed."""
    try:
        return path.stat().st_mtime
    except OSError:
        return FOREVER
