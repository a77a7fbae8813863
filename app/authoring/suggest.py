"""“Did you mean …?”: the word among the known ones that an editor most likely meant.

It compares spellings, knows no meanings, and rather says nothing than something far-fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

CUTOFF: Final = 0.66
"""Likeness (0 to 1) below which a suggestion would rather confuse; found by trying common misspellings."""

SHOWN: Final = 16
"""How many known words are listed where none is close."""

_JOINTS: Final = re.compile(r"[\s._-]+|(?<=[a-z])(?=[A-Z])")


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to this one, or None if none is near; ties go to the first.

    Letters swapped (`rian`), other joints (`weather_condition` for `weather.condition`, `isOneOf`), a word too many
    (`is_one_of` for `one_of`) and a prefix forgotten (`temperature` for `weather.temperature`) are all near.
    """
    best, best_score = None, CUTOFF
    for candidate in known:
        score = _likeness(word, candidate)
        if score > best_score:
            best, best_score = candidate, score
    return best


def did_you_mean(word: str, known: Iterable[str], *, else_say: str = "") -> str:
    """The remedy for a word that is not known: the closest one, else `else_say` with the words there are.

    `else_say` ends in a colon-worthy noun (`“keys here are”`); without it nothing is said where nothing is close.
    """
    words = list(known)
    if nearest := closest(word, words):
        return f"did you mean “{nearest}”?"
    if not else_say or not words:
        return ""
    more = f" … ({len(words)} in all)" if len(words) > SHOWN else ""
    return f"{else_say}: {', '.join(words[:SHOWN])}{more}"


def _likeness(word: str, candidate: str) -> float:
    """How alike two words are, from 0 to 1; 1 only for words that differ in case and joints alone."""
    mine, theirs = _tokens(word), _tokens(candidate)
    flat, wanted = "".join(mine), "".join(theirs)
    if not flat or not wanted:
        return 0.0
    if flat == wanted:
        return 1.0
    if len(flat) > 2 and sorted(flat) == sorted(wanted):
        return 0.95
    if set(theirs) <= set(mine) or set(mine) <= set(theirs):
        shared, whole = sorted((len(flat), len(wanted)))
        return 0.7 + 0.2 * shared / whole
    return SequenceMatcher(None, flat, wanted).ratio()


def _tokens(word: str) -> list[str]:
    return [token.casefold() for token in _JOINTS.split(word) if token]
