"""A table goes into the store, a batch at a time: each is acknowledged as a whole before the next is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from app.errors import StoreTrouble
from app.recipients.tellable import Misfit, Telling
from app.workshop.importing.bookmark import Bookmark, Place
from app.workshop.importing.sheet import Sheet

BATCH: Final = 1_000
"""Lines that are written together; so long nobody else can write."""


class Tells(Protocol):
    """What takes in what is told about several recipients; on return it is durable. Raises StoreTrouble."""

    async def tell_each(self, tellings: Sequence[Telling]) -> None:
        """Merge attributes and consent of each."""
        ...


class Watcher(Protocol):
    """Whoever looks on."""

    def came_to(self, place: Place) -> None:
        """Everything before it is durable."""
        ...

    def skipped(self, line: int, said: str) -> None:
        """A line, counted from 1, tells nothing, and why."""
        ...


@dataclass(frozen=True, slots=True)
class Import:
    """One table on its way. `bookmark` says where it goes on."""

    table: Path
    sheet: Sheet
    bookmark: Bookmark
    watcher: Watcher

    async def run(self, store: Tells) -> Place:
        """Do what is left; raises StoreTrouble, and the same again goes on where that was."""
        place = self.bookmark.read()
        with self.table.open("rb") as lines:
            lines.seek(place.offset)
            if not place.lines:
                place = Place(offset=len(lines.readline()), lines=1)
            self.watcher.came_to(place)
            for batch in _batches(lines):
                place = await self._done(batch, place, store)
                self.watcher.came_to(place)
        self.bookmark.remove()
        return place

    async def _done(self, batch: Sequence[bytes], place: Place, store: Tells) -> Place:
        """The place behind a batch, once that is durable. A bookmark that cannot be kept costs a repetition at most."""
        misfits: list[tuple[int, str]] = []
        tellings = list(self._tellings(batch, place.lines + 1, misfits))
        try:
            await store.tell_each(tellings)
        except StoreTrouble as trouble:
            raise StoreTrouble(f"{trouble.operator}; nothing from line {place.lines + 1:,} on was written") from trouble
        for misfit in misfits:
            self.watcher.skipped(*misfit)
        reached = Place(
            offset=place.offset + sum(map(len, batch)),
            lines=place.lines + len(batch),
            told=place.told + len(tellings),
            skipped=place.skipped + len(misfits),
        )
        with suppress(OSError):
            self.bookmark.put(reached)
        return reached

    def _tellings(self, batch: Iterable[bytes], first: int, misfits: list[tuple[int, str]]) -> Iterator[Telling]:
        for line, raw in enumerate(batch, first):
            try:
                telling = self.sheet.read(raw)
            except Misfit as misfit:
                misfits.append((line, str(misfit)))
            else:
                if telling is not None:
                    yield telling


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(lines)
    while batch := list(islice(lines, BATCH)):
        yield batch
