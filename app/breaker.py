"""A circuit breaker: after several failures in a row nobody is asked for a while, then one probe is.

It knows no clock and no network; instants are handed in, in seconds. It judges one service as a whole, be it a weather
vendor or the store: what is wrong with one question is no failure of the service.
"""

from __future__ import annotations

from typing import Final

PROBE_S: Final = 30.0
"""How long a probe may be under way before another may start."""


class Breaker:
    """Closed (all may ask), open (nobody may), half open (one may, to see)."""

    def __init__(self, *, failures: int = 5, pause_s: float = 30.0, most_pause_s: float = 600.0) -> None:
        self._limit, self._first_pause, self._most_pause = failures, pause_s, most_pause_s
        self._failures = 0
        self._pause = pause_s
        self._closed = True
        self._opens_at = 0.0
        self._told_until = 0.0
        self._probe_until = 0.0

    @property
    def closed(self) -> bool:
        """Whether all is well as far as is known."""
        return self._closed

    def admit(self, now: float) -> bool:
        """Whether somebody may ask now; takes the one place of a probe."""
        if self._closed:
            return True
        if now < max(self._opens_at, self._told_until, self._probe_until):
            return False
        self._probe_until = now + PROBE_S
        return True

    def succeeded(self, now: float) -> None:
        """The service answered. A wait that it asked for goes on: the answer may be to a question from before."""
        self._failures, self._pause = 0, self._first_pause
        self._closed, self._probe_until = now >= self._told_until, 0.0

    def failed(self, now: float) -> None:
        """The service did not answer, or badly; a failed probe doubles the pause."""
        self._failures += 1
        if not self._closed:
            if self._probe_until:  # a straggler from before the pause says nothing new
                self._pause = min(self._pause * 2, self._most_pause)
                self._rest(now, self._pause)
        elif self._failures >= self._limit:
            self._rest(now, self._pause)

    def told_to_wait(self, now: float, seconds: float) -> None:
        """The service asked to be left alone (429, Retry-After); the longest such wish counts."""
        wait = min(max(seconds, self._first_pause), 6 * self._most_pause)
        self._told_until = max(self._told_until, now + wait)
        self._rest(now, wait)

    def _rest(self, now: float, seconds: float) -> None:
        self._closed, self._opens_at, self._probe_until = False, now + seconds, 0.0
