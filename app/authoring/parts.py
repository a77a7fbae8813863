"""How parts stand in each other: one made of itself would never end, and a long chain would be deep to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.authoring.problems import Problems
from app.authoring.yamlsource import Source
from app.engine.rules import Part

LONGEST_CHAIN: Final = 12
"""Parts that may stand in each other; saying the last one is as deep as that."""


def check_chains(parts: Mapping[str, Part], source: Source, problems: Problems) -> None:
    """Tell of each circle once, and of chains that are too long."""
    needs = {
        name: sorted({used for row in part.rows for bound in row.say.bound() for used in bound.parts})
        for name, part in parts.items()
    }
    told: set[str] = set()
    for name in parts:
        if name not in told and (trail := _circle(name, needs)):
            told.update(trail)
            message = f"the part “{name}” is made of itself: {' → '.join(trail)}"
            source.complain(problems, ("parts", name), "cycle", message, remedy="take one of them out", key=True)
    if not told:
        _check_lengths(needs, source, problems)


def _circle(name: str, needs: Mapping[str, list[str]]) -> list[str]:
    """The way from a part back to itself, or nothing."""
    waiting = [[name, needed] for needed in needs[name]]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop()
        if trail[-1] == name:
            return trail
        if trail[-1] not in seen:
            seen.add(trail[-1])
            waiting += [[*trail, needed] for needed in needs.get(trail[-1], ())]
    return []


def _check_lengths(needs: Mapping[str, list[str]], source: Source, problems: Problems) -> None:
    """Each round says the parts that need none left unsaid; what is left after the last is too deep."""
    unsaid = dict(needs)
    for _ in range(LONGEST_CHAIN):
        ready = [name for name, needed in unsaid.items() if not any(one in unsaid for one in needed)]
        for name in ready:
            del unsaid[name]
    for name in list(unsaid)[:1]:
        message = f"parts stand in each other more than {LONGEST_CHAIN} deep here"
        source.complain(problems, ("parts", name), "too-deep", message, remedy="say more of it in one part", key=True)
