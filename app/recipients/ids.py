"""Ids of recipients: which can stand in a mail, and whether one could have been guessed.

Who puts another's id into a URL must not see what is known about them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log2
from typing import Final

from app.engine.params import tidy

IDENTIFIER: Final = 200
"""Characters of an id of a recipient, a mailing or an event; longer ones read as absent."""

ENOUGH_BITS: Final = 96.0
"""Of chance in an id that nobody guesses, however many there are."""

_DECIMAL: Final = frozenset("0123456789")
_HEX: Final = _DECIMAL | frozenset("abcdefABCDEF")
_LETTERS: Final = 26
_SIGNS: Final = re.compile("[^0-9A-Za-z]+")


def is_identifier(text: str) -> bool:
    """Whether an id can be told from others by looking at it: visible characters, without blanks around them."""
    return 1 <= len(text) <= IDENTIFIER and tidy(text) == text


@lru_cache(maxsize=64)  # one open asks several times
def is_hard_to_guess(recipient: str) -> bool:
    """Whether a plain id is long enough for its alphabet. Only letters and digits of ASCII count: hyphens stand where
    they always do.
    """
    if not (recipient.isascii() and recipient.isprintable()):
        return False
    chosen = _SIGNS.sub("", recipient)
    return len(chosen) * log2(_alphabet(chosen)) >= ENOUGH_BITS


def _alphabet(letters: str) -> int:
    """How many letters there may be, judging by those that there are."""
    used = frozenset(letters)
    if used <= _DECIMAL:
        return len(_DECIMAL)
    cases = (letters != letters.lower()) + (letters != letters.upper())
    if used <= _HEX and cases == 1:
        return 16
    return len(_DECIMAL) * bool(used & _DECIMAL) + _LETTERS * cases
