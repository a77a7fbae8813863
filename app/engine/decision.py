"""The one answer, from which everything else that is said about it is computed.

Cache policy, ETag, explanation, log line, receipt and text twin are projections of a Decision; nothing about what an
answer depends on is written down in a second place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.engine.readings import Reading, Rung


class Decision(NamedTuple):
    """What is shown and linked, on the strength of which readings, and until which instant (epoch seconds) that holds.

    `rule` is a rule's name, `otherwise` or `unknown`. `fields` and `captions` are sorted pairs, so that equal answers
    are equal values; an empty field is left out. `ruleset` is the digest of the rules that decided, `zone` the name of
    the time zone in which they did. A named tuple is made in a fifth of the time of a frozen dataclass, and one is made
    at every open.
    """

    placeholder: str
    campaign: str
    rule: str
    fields: tuple[tuple[str, Any], ...]
    captions: tuple[tuple[int, str], ...]
    link: str
    alt: str
    nothing: bool
    readings: tuple[Reading, ...]
    until: float
    ruleset: str
    zone: str = ""

    @property
    def rung(self) -> Rung:
        """The worst rung of what it rests on."""
        return max([reading.rung for reading in self.readings], default=Rung.LIVE)

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the signals it rests on, in the order of the catalogue."""
        return tuple(reading.signal for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Pending:
    """No answer yet: tell these signals and ask again."""

    wants: frozenset[str]
