"""Sets: complete copies of a site at one moment, by digest, in the state directory.

What is served is always such a copy, so an editor's half-saved file or broken picture cannot reach a recipient, and
the last good set is there after a restart. A set is staged under a name of its own and becomes one by a rename; it is
the last good one from the moment that it is known to be servable.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from typing import Final

from app.authoring.documents.folder import content_of, strays
from app.engine.readings import FOREVER
from app.recipients.showings import KEEP_S

PARTS: Final = ("placeholders", "rules", "assets")
POINTER: Final = "last-good"
STAGED: Final = "staged-"
KEPT: Final = 3
"""Sets that stay on disk: the one in use, and those that other workers may still be serving."""

KEPT_FOR_RECEIPTS: Final = 50
"""Sets that stay at most, where receipts may name them, so that opens can be replayed."""

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
    """Every file of a site and every link, in order; hidden ones are none of its business."""
    for part in PARTS:
        for path in sorted((folder / part).rglob("*")):
            hidden = any(name.startswith(".") for name in path.relative_to(folder).parts)
            if not hidden and (path.is_file() or path.is_symlink()):
                yield path


def digest_of(folder: Path) -> str:
    """Names the content of a site folder, and nothing else about it. Raises OSError."""
    digest = blake2b(digest_size=10)
    for path in files(folder):
        content = os.fsencode(path.readlink()) if path.is_symlink() else content_of(path, folder)
        digest.update(os.fsencode(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0"))
        digest.update(content)
    return digest.hexdigest()


class Sets:
    """The sets of one site below a directory of its own."""

    def __init__(self, directory: Path, *, receipts_s: float = KEEP_S) -> None:
        """For `receipts_s` seconds a receipt names the set that was served."""
        self._directory, self._receipts_s = directory, receipts_s

    @classmethod
    def of(cls, site: Path, state: Path, *, receipts_s: float = KEEP_S) -> Sets:
        """The sets of the site in that folder; sites that share a state directory do not meet."""
        name = blake2b(str(site.resolve()).encode(), digest_size=6).hexdigest()
        return cls(state / f"site-{name}", receipts_s=receipts_s)

    def stage(self, site: Path) -> tuple[str, Path]:
        """Copy the site as it is now; returns its digest and where the copy is. Raises OSError."""
        self._directory.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(prefix=STAGED, dir=self._directory))
        try:
            for path in files(site):
                _copy(path, staged / path.relative_to(site), site)
            return digest_of(staged), staged
        except OSError as error:
            self.drop(staged)
            error.filename = error.filename or str(staged)  # a full disk does not say which file it had no room for
            raise

    def keep(self, digest: str, staged: Path) -> Path:
        """Make a staged copy a set; returns the folder it is served from. Raises OSError."""
        folder = self._directory / digest
        if folder.is_dir() and not _whole(folder):
            self._remove(folder)
        try:
            staged.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
            self.drop(staged)  # another worker was quicker with the same content
        os.utime(folder)
        return folder

    @staticmethod
    def find(state: Path, digest: str) -> Path | None:
        """The folder of a set of any site below a state directory, if it is kept, and whole."""
        folders = state.glob(f"site-*/{digest}") if re.fullmatch("[0-9a-f]+", digest) else ()
        return next(filter(_whole, folders), None)

    def confirm(self, folder: Path, *, receipts: bool = False) -> None:
        """Make a set the last good one, and remove those that nobody serves any more. Raises OSError.

        With `receipts` those stay as well that a receipt may still name.
        """
        pointer = self._directory / f"{POINTER}.{os.getpid()}.{token_hex(4)}"
        pointer.write_text(folder.name, encoding="ascii")
        pointer.replace(self._directory / POINTER)
        self._tidy(folder, receipts=receipts)

    def drop(self, staged: Path) -> None:
        """Throw a staged copy away."""
        shutil.rmtree(staged, ignore_errors=True)

    def last_good(self) -> tuple[str, Path] | None:
        """The digest and folder of the last good set, if there is one and it is whole."""
        try:
            digest = (self._directory / POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self._directory / digest
        return (digest, folder) if re.fullmatch("[0-9a-f]+", digest) and _whole(folder) else None

    def _tidy(self, current: Path, *, receipts: bool) -> None:
        """Remove sets nobody serves any more, and what killed processes left staged; others may be tidying too."""
        now = _changed(current)
        sets: list[Path] = []
        staged: list[Path] = []
        for path in self._directory.iterdir():
            if path.is_dir() and path != current:
                (staged if path.name.startswith(STAGED) else sets).append(path)
        sets.sort(key=_changed, reverse=True)
        left = [now, *map(_changed, sets)]  # each was left when the next was taken
        for place, path in enumerate(sets[KEPT - 1 :], KEPT):
            named = receipts and left[place - 1] > now - self._receipts_s
            if not named or place >= KEPT_FOR_RECEIPTS:
                self._remove(path)
        for path in staged:
            if _changed(path) < now - ABANDONED_S:
                self.drop(path)

    def _remove(self, folder: Path) -> None:
        """Remove a set, all at once, so that half of it is never found under its digest."""
        gone = folder.with_name(f"{STAGED}gone-{folder.name}-{token_hex(4)}")
        with suppress(OSError):
            folder.rename(gone)
        self.drop(gone)


def _copy(path: Path, target: Path, site: Path) -> None:
    """Copy one file. A link that leads out stays one, so that check says of the copy what it says of the site."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if strays(path, site):
        target.symlink_to(os.path.realpath(path))
    elif path.is_file():
        target.write_bytes(content_of(path, site))
    else:  # to a folder beside it, or to nothing
        target.symlink_to(os.path.relpath(os.path.realpath(path), os.path.realpath(path.parent)))


def _whole(folder: Path) -> bool:
    """Whether a set still is what its name says: a disk may have lost or changed some of it."""
    try:
        return digest_of(folder) == folder.name
    except OSError:
        return False


def _changed(path: Path) -> float:
    """When a folder was last made or taken; a folder that is gone already counts as just changed."""
    try:
        return path.stat().st_mtime
    except OSError:
        return FOREVER
