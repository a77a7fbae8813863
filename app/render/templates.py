"""Compiled countdowns by name: in memory as far as they have room, and in a folder for the next start.

One is compiled at a time, in the caller's thread, which is never that of the opens. The folder has what is compiled
ahead, for everybody; what an open asked for may hold somebody's name, and stays in memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from app.render.allocator import give_back
from app.render.gif.keeping import dump, load
from app.render.gif.scene import Scene
from app.render.gif.ticking import Template, compiled
from app.render.memory import Shelf

TEMPLATE_BYTES: Final = 32 << 20
A_MINUTE: Final = 6
"""Templates that opens may have compiled in a minute: texts that are new to every open must not take a core."""
MINUTE_S: Final = 60.0
HOPELESS: Final = 1000
"""So many that cannot be compiled are remembered; then all are forgotten."""
OLD_S: Final = 30 * 86_400
"""After so long without being read, a file is given up."""


class Kept(NamedTuple):
    """A template, and its bytes."""

    template: Template
    bytes: int


class Templates:
    """Templates of at most `max_bytes` in memory; without a folder nothing outlives the process."""

    def __init__(self, folder: Path | None, max_bytes: int = TEMPLATE_BYTES) -> None:
        self._folder = folder
        self._kept: Shelf[str, Kept] = Shelf(max_bytes, lambda kept: kept.bytes)
        self._begun: dict[str, float] = {}
        self._hopeless: set[str] = set()
        self._compiling = Lock()

    def get(self, name: str) -> Template | None:
        """The template of that name, if it is in memory."""
        kept = self._kept.get(name)
        return None if kept is None else kept.template

    @property
    def weight(self) -> int:
        """Bytes of what is in memory."""
        return self._kept.bytes

    def admitted(self, name: str, now: float) -> bool:
        """Whether an open may have one compiled that is not there, at that instant (epoch seconds).

        It counts once, however many opens wait for it.
        """
        if name in self._hopeless:
            return False
        self._begun = {one: begun for one, begun in self._begun.items() if begun > now - MINUTE_S}
        if len(self._begun) < A_MINUTE:
            self._begun.setdefault(name, now)
        return name in self._begun

    def made(self, name: str, scene: Callable[[], Scene], *, lasting: bool) -> Template:
        """The template of that name: from memory, from the folder, or compiled; raises what `scene` raises.

        One that is `lasting` is written into the folder.
        """
        with self._compiling:
            try:
                return self.get(name) or self._read(name) or self._compiled(name, scene, lasting=lasting)
            except Exception:
                self._give_up(name)
                raise

    def tidy(self, now: float) -> None:
        """Remove files that nobody has read for long; `now` in epoch seconds."""
        for file in self._folder.glob("*") if self._folder else ():
            try:
                if file.stat().st_mtime < now - OLD_S:
                    file.unlink()
            except OSError:  # another process was faster
                continue

    def _read(self, name: str) -> Template | None:
        if self._folder is None:
            return None
        file = self._file(self._folder, name)
        try:
            kept = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        template = load(kept, name.encode())
        return template and self._keep(name, template, kept)

    def _give_up(self, name: str) -> None:
        if len(self._hopeless) >= HOPELESS:
            self._hopeless.clear()
        self._hopeless.add(name)

    def _compiled(self, name: str, scene: Callable[[], Scene], *, lasting: bool) -> Template:
        template = compiled(scene())
        give_back()  # a scene is hundreds of pictures
        kept = dump(template, name.encode())
        if lasting and self._folder is not None:
            self._write(self._folder, name, kept)
        return self._keep(name, template, kept)

    def _keep(self, name: str, template: Template, kept: bytes) -> Template:
        return self._kept.put(name, Kept(template, len(kept))).template

    def _write(self, folder: Path, name: str, kept: bytes) -> None:
        """Put it where it is read, at once and whole; a disk that is full only costs the next start."""
        file = self._file(folder, name)
        written = file.with_suffix(f".{os.getpid()}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            written.write_bytes(kept)
            written.replace(file)
        except OSError:
            written.unlink(missing_ok=True)

    def _file(self, folder: Path, name: str) -> Path:
        return folder / f"{name}.template"
