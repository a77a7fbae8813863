"""Merge tags that a sending platform left unrendered: counted and logged for each mailing.

A mailing's id comes out of a URL, so anybody can make one up. Only what looks like an id is repeated, and only of so
many mailings; all others are counted together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from app.platforms import platforms
from app.ports import Tally

MOST: Final = 100
"""Mailings that one process names."""

OTHER, UNNAMED = "other", "none"
"""What stands for mailings that are not named, and for URLs without one."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class MergeTags:
    """Counts the tags of each mailing, and has each family of them told once a mailing."""

    def __init__(self, tally: Tally, tell: Callable[..., object]) -> None:
        self._tally = tally
        self._tell = tell
        self._mailings: set[str] = set()
        self._told: set[tuple[str, str]] = set()

    def found(self, mailing: str, families: Iterable[str]) -> None:
        """The URL of an open in that mailing had tags of these families."""
        named = self._named(mailing)
        for family in families:
            self._tally.count("unrendered_tags", mailing=named, family=family)
            if (named, family) not in self._told:
                self._told.add((named, family))
                self._tell("unrendered tag", mailing=named, family=family, platforms=platforms_of(family))

    def _named(self, mailing: str) -> str:
        if not mailing:
            return UNNAMED
        if mailing not in self._mailings:
            if len(self._mailings) >= MOST or not _ID.fullmatch(mailing):
                return OTHER
            self._mailings.add(mailing)
        return mailing


def platforms_of(family: str) -> list[str]:
    """The sending platforms whose tags are of that family."""
    return [platform.id for platform in platforms().values() if platform.family == family]
