"""What keeps an erasure from being written behind: a mark of it, for a while.

What was shown is written after the answer, by whichever process gave it, and may still be under way when somebody is
erased. So an erasure leaves a mark under keyed hashes of the page. It shuts the page to all that comes behind an
answer; once nothing is left that could be read, it says when that was, and what was asked for before is kept out.

The instants are those of the processes that answered and erased, so their clocks have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from app.engine.readings import FOREVER
from app.recipients.hiding import Hider

Clock = Callable[[], float]
"""Tells epoch seconds, anew at each step of what takes its time."""

ERASED: Final = " erased"
"""The page of all marks, where they are on a page; no id of a recipient begins with a blank."""

MARKED_S: Final = 3_600.0
"""How long a mark stays, in seconds."""

LATE_S: Final = 600.0
"""How old the open may be, in seconds, that something is still written behind: no mark since then can be gone yet."""


class Marks:
    """Names the marks of pages; `hiders` are those of the keys in use. Without any nothing is marked."""

    def __init__(self, hiders: Sequence[Hider] = ()) -> None:
        self._hiders = hiders

    def of(self, page: str) -> tuple[str, ...]:
        """Where an erasure of this page is marked, by processes that have some of the keys."""
        return tuple(hider.mark(page) for hider in self._hiders)


def dated(at: float) -> bytes:
    """What a mark says of an erasure that was done at this instant."""
    return repr(at).encode()


SHUT: Final = dated(FOREVER)
"""What it says while the erasure goes on."""


def is_kept_out(asked_at: float | None, marks: Iterable[bytes], now: float) -> bool:
    """Whether what comes behind an answer must not be written: it was asked for before an erasure, or too long ago.

    `asked_at` is None for what somebody waits for: it happens now, whatever was erased before.
    """
    if asked_at is None:
        return False
    return now - asked_at > LATE_S or any(asked_at <= float(mark) for mark in marks)
