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


def lifetime(decision: Decision, staleness: Staleness, now: float) -> Lifetime | None:
    """How long it may be kept at `now` (epoch seconds), a lesser rung for seconds; None where it is about to end."""
    seconds = LONGEST_S if decision.until == FOREVER else min(LONGEST_S, int(decision.until - now))
    if decision.rung is not Rung.LIVE:
        seconds = min(seconds, LESSER_S)
    if seconds < 1:
        return None
    asking = min(staleness.while_asking_s, seconds // 2)
    return Lifetime(seconds - asking, asking, staleness.if_error_s)
