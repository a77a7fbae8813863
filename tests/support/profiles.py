"""Hypothesis profiles: how many examples a property gets on a desk (`dev`), in CI (`ci`) and overnight (`long`).

The profile is chosen by HYPOTHESIS_PROFILE; `CI=1` chooses `ci`. The laws of the engine get more than the rest, where
mistakes hide less deep. Deadlines are off: shared machines have slow moments, and a slow example is no wrong one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import HealthCheck, settings


class Examples(NamedTuple):
    """How many examples a property gets that says no number itself, and how many a law does."""

    ordinary: int
    law: int


PROFILES = {"dev": Examples(200, 300), "ci": Examples(400, 2_000), "long": Examples(20_000, 20_000)}
CHOSEN = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")


def register() -> None:
    """Make the profiles known and load the one that the environment asks for."""
    quiet = [HealthCheck.too_slow]
    for name, examples in PROFILES.items():
        settings.register_profile(
            name,
            max_examples=examples.ordinary,
            deadline=None,
            suppress_health_check=quiet,
            print_blob=name != "dev",
        )
    settings.load_profile(CHOSEN)


def law(test: Callable[..., None]) -> Callable[..., None]:
    """Decorates a law of the engine."""
    return settings(max_examples=PROFILES[CHOSEN].law)(test)
