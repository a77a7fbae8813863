"""What can go wrong on the way to an upstream service, with two faces: a short reason for metrics, words for operators.

    UpstreamTrouble
    ├── Refused       we would not go there, or would not take the answer
    ├── Late          no whole answer before the deadline
    ├── Unreachable   no connection, a broken one, or something that is not HTTP
    └── BadStatus     the service answered with an error

Neither face ever holds a query string: keys travel there.
"""

from __future__ import annotations

from typing import Final

MOST_WORDS: Final = 200


class UpstreamTrouble(Exception):
    """A fetch that gave nothing.

    `reason` is one of a small set of words and may label a metric; `str()` is for operators; `where` is scheme, host,
    port and path.
    """

    def __init__(self, reason: str, where: str, detail: str) -> None:
        super().__init__(f"GET {where}: {detail} ({reason})")
        self.reason = reason
        self.where = where


class Refused(UpstreamTrouble):
    """Reasons: refused_url, refused_address, refused_redirect, encoded, too_big."""


class Late(UpstreamTrouble):
    """Reason: timeout."""


class Unreachable(UpstreamTrouble):
    """Reasons: connection, garbage."""


class BadStatus(UpstreamTrouble):
    """Reason: `status_` and the number. `retry_after_s` is what the service asked for, if it did."""

    def __init__(self, where: str, status: int, *, retry_after_s: float | None = None, said: str = "") -> None:
        super().__init__(f"status_{status}", where, f"answered {status}{': ' + said if said else ''}")
        self.status = status
        self.retry_after_s = retry_after_s


def printable(text: str) -> str:
    """Foreign words cut to one harmless line for an operator's log."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:MOST_WORDS]).strip()
