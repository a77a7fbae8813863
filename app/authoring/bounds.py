"""What a field takes of the texts that fill it: so many characters, and what its pattern matches.

A text that only an open brings, and that the field does not take, gives way. One that is written is a mistake then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, NamedTuple

from app.authoring.documents.placeholder import FieldWritten
from app.authoring.documents.refusals import shown
from app.engine.params import matches
from app.engine.words import Bound


class Overstep(NamedTuple):
    """Why a field does not take a text, as problems say it."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one field; None where there is none."""

    longest: int | None = None
    pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, field: FieldWritten) -> Bounds:
        """Those that a field was written with."""
        return cls(field.max_length, None if field.pattern is None else re.compile(field.pattern))

    def overstepped(self, text: str) -> Overstep | None:
        """Why the field does not take a text; None if it does."""
        if self.longest is not None and len(text) > self.longest:
            message = f"the text has {len(text)} characters, and its field takes {self.longest}"
            return Overstep("too-long", message, "shorten it, or raise max_length")
        if text and self.pattern is not None and not matches(self.pattern, text):
            message = f"{shown(text)} is not what the pattern of its field asks for: {self.pattern.pattern}"
            return Overstep("pattern-mismatch", message, "change the text, or the pattern")
        return None

    def within(self, said: Bound) -> Bound:
        """The same words, which give way where the field would not take them."""
        return said if self == BOUNDLESS else replace(said, produce=partial(_within, said.produce, self))


BOUNDLESS: Final = Bounds()


def _within(produce: Callable[[Mapping[str, Any]], Any], bounds: Bounds, known: Mapping[str, Any]) -> Any:
    said = produce(known)
    return None if said is None or bounds.overstepped(said) else said
