"""Waiting for something that happens elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable

READY_S = 30.0


def until(condition: Callable[[], object], *, within_s: float = READY_S) -> None:
    """Wait until a condition holds; what it raises means that it does not yet."""
    end = time.monotonic() + within_s
    while True:
        try:
            if condition():
                return
        except Exception:
            if time.monotonic() > end:
                raise
        assert time.monotonic() < end, "not in time"
        time.sleep(0.05)
