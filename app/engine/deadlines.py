"""Deadlines as pictures say them: when something ends, on whose clock, in which language, and whether it may tick.

A deadline travels from rules to painters as one line of text, so that equal ones are equal contents of a picture.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple, Self

LIVE: Final = "live "
"""Stands before a deadline that may tick: this moment is certainly the recipient looking."""

DATED: Final = "dated"


class Deadline(NamedTuple):
    """`ends` is an instant with an offset, on the reader's clock; a day where nobody knows the reader's clock; None
    once it has passed. `language` is a code such as `de`.

    `zone` is named where it need not be the reader's, as in `Europe/Berlin`; a `dated` one is so far off that its year
    is told.
    """

    ends: datetime | date | None
    language: str
    zone: str = ""
    dated: bool = False

    def __str__(self) -> str:
        if self.ends is None:
            return f"over {self.language}"
        return " ".join(filter(None, ("until", self.ends.isoformat(), self.language, DATED * self.dated, self.zone)))

    @classmethod
    def read(cls, text: str) -> Self:
        """What was written by `str`, with or without `LIVE`; raises ValueError for any other text."""
        match text.removeprefix(LIVE).split(" "):
            case ["over", language]:
                return cls(None, language)
            case ["until", ends, language, *more]:
                told = datetime.fromisoformat(ends) if "T" in ends else date.fromisoformat(ends)
                return cls(told, language, "".join(part for part in more if part != DATED), DATED in more)
        raise ValueError(f"{text!r} is no deadline")
