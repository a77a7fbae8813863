"""How a kind of value refuses what does not fit: with a code of ours, a sentence and a remedy.

Pydantic carries the refusal to the place it belongs to; `translate` makes a problem of it.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, Final, LiteralString

from pydantic_core import PydanticCustomError

_REPEATED: Final = re.compile(r"^'([^']*)'")
MUCH: Final = 60
"""Characters of a value that are repeated in a message."""


class Nothing(Enum):
    """Stands for a key with nothing behind it, which is not the same as a key left out."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


def refusal(code: LiteralString, message: str, remedy: str = "") -> PydanticCustomError:
    """The error that a validator raises: `code` is one of `app.authoring.codes.CODES`."""
    return PydanticCustomError(code, "{message}", {"message": message, "remedy": remedy})


def from_error(code: LiteralString, error: ValueError) -> PydanticCustomError:
    """The refusal that the engine worded itself, as `what is wrong; what would be right`."""
    message, _, remedy = _REPEATED.sub(r"“\1”", str(error)).rpartition("; ")
    return refusal(code, message or remedy, remedy if message else "")


def shown(value: Any) -> str:
    """A value as a message repeats it: a text in quotes, anything else by what it is."""
    match value:
        case None | Nothing.NOTHING:
            return "nothing"
        case str():
            return f"“{value if len(value) <= MUCH else value[: MUCH - 1] + '…'}”"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)
