"""How long a shared cache may keep an answer: a horizon becomes a duration here and nowhere else.

A horizon is a promise, so what is served while a cache asks anew is served within it: `stale-while-revalidate` is taken
off the end of the lifetime, not put behind it. Behind it stands only what is better than no picture at all, while the
origin is down.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from app.engine.decision import Decision
from app.engine.readings import FOREVER, Rung

LONGEST_S: Final = 3600
"""A shared cache keeps nothing longer, so that a corrected rule is seen within the hour without a purge."""

LESSER_S: Final = 5
"""How long an answer below the rung `live` may be kept."""


class Staleness(NamedTuple):
    """What a site allows, in seconds: answered from the cache while it asks anew, and while nobody answers it."""

    while_asking_s: int = 10
    if_error_s: int = 3600


DEFAULT: Final = Staleness()


class Lifetime(NamedTuple):
    """Whole seconds: fresh for so long, then for so long served while the cache asks anew, and then as long as nobody
    answers it.
    """

    fresh_s: int
    while_asking_s: int
    if_error_s: int


def seconds_left(decision: Decision, rung: Rung, now: float) -> int:
    """For how many whole seconds it is true at `now` (epoch seconds) and may be kept; a lesser rung for few."""
    seconds = LONGEST_S if decision.until == FOREVER else min(LONGEST_S, int(decision.until - now))
    return seconds if rung is Rung.LIVE else min(seconds, LESSER_S)


def lifetime(seconds: int, staleness: Staleness) -> Lifetime | None:
    """What a cache is told of an answer that may be kept for so long; None where it is about to end."""
    if seconds < 1:
        return None
    asking = min(staleness.while_asking_s, seconds // 2)
    return Lifetime(seconds - asking, asking, staleness.if_error_s)
