"""Hypothesis profiles: how many examples a law gets on a desk (`dev`), in CI (`ci`) and overnight (`long`).

The profile is chosen by HYPOTHESIS_PROFILE; `CI=1` chooses `ci`. Deadlines are off: shared machines have slow moments,
and a slow example is no wrong one.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

DEV, CI, LONG = 300, 2_000, 20_000


def register() -> None:
    """Make the profiles known and load the one that the environment asks for."""
    quiet = [HealthCheck.too_slow]
    settings.register_profile("dev", max_examples=DEV, deadline=None, suppress_health_check=quiet)
    settings.register_profile("ci", max_examples=CI, deadline=None, suppress_health_check=quiet, print_blob=True)
    settings.register_profile("long", max_examples=LONG, deadline=None, suppress_health_check=quiet, print_blob=True)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))
