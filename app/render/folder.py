"""The asset folders: from the path an editor wrote to a file that really lies inside.

Absolute paths, `..`, backslashes and links that lead out of the folder are refused. Upper and lower case must be as on
disk, since a folder that works on a desktop would otherwise break on the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from app.render.intake import Refused

NO_SUCH_FILE = "there is no such file in assets/"
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})


class AssetFolder:
    """One or several root folders, asked in their order."""

    def __init__(self, roots: Sequence[Path], *, suffixes: frozenset[str] = SUFFIXES) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._suffixes = suffixes

    def find(self, path: str) -> Path:
        """The file of that path; raises Refused if it may not be named or is not there, then with the likeliest one."""
        file = self.locate(path)
        if file is None:
            raise Refused(NO_SUCH_FILE, self._hint(path))
        return file

    def locate(self, path: str) -> Path | None:
        """The file of that path, if it is there; raises Refused if it may not be named. Looks for nothing else."""
        self._check_written(path)
        for root in self._roots:
            try:
                file = (root / path).resolve(strict=True)
            except (OSError, RuntimeError, ValueError):  # not there, a circle of links, a zero byte
                continue
            if not file.is_relative_to(root):
                raise Refused("it leads out of the assets folder", "copy the file into assets/")
            if file.is_file():
                return file
        return None

    def check_case(self, path: str) -> None:
        """Raise Refused if the file is only found because this disk does not mind upper and lower case."""
        for root in self._roots:
            folder = root
            for part in PurePosixPath(path).parts:
                if not folder.is_dir() or part not in {entry.name for entry in folder.iterdir()}:
                    break
                folder /= part
            else:
                return
        raise Refused("upper and lower case differ from the file's name", self._hint(path))

    def listing(self) -> list[str]:
        """The path of every file of this kind below the folders, sorted."""
        return sorted(
            {
                file.relative_to(root).as_posix()
                for root in self._roots
                for file in root.rglob("*")
                if file.suffix.lower() in self._suffixes and file.is_file()
            }
        )

    def _check_written(self, path: str) -> None:
        parts = PurePosixPath(path).parts
        if not path.strip() or "\0" in path:
            raise Refused("this is no path", "write the file's path below assets/, such as hero/rain.jpg")
        if "\\" in path:
            raise Refused("paths are written with /", f"write {path.replace(chr(92), '/')}")
        if path.startswith(("/", "~")) or ".." in parts or ":" in parts[0]:
            raise Refused("it leads out of the assets folder", "write a path below assets/, such as hero/rain.jpg")

    def _hint(self, path: str) -> str:
        likely = self._likeliest(path)
        return f"did you mean {likely}?" if likely else "copy the file into assets/"

    def _likeliest(self, path: str) -> str | None:
        """The file that is meant: other case, the same name elsewhere, a slip of the pen."""
        listing = self.listing()
        folded = path.casefold()
        name = PurePosixPath(folded).name
        names = {PurePosixPath(known).name: known for known in listing}
        candidates = (
            *(known for known in listing if known.casefold() == folded),
            *(known for known in listing if PurePosixPath(known.casefold()).name == name),
            *get_close_matches(path, listing, 1, 0.6),
            *(names[close] for close in get_close_matches(PurePosixPath(path).name, names, 1, 0.7)),
        )
        return next(iter(candidates), None)
