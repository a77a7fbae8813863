"""Decisions remembered for as long as they hold.

“It holds until its horizon” makes this safe: the same request has the same answer at any later instant before the
horizon, whatever clock and weather would say by then. Sources hand out the very same mappings for what a request says,
which makes them their own keys; an entry keeps its mappings alive, so that no key can come to mean another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.engine.decision import Decision
from app.engine.readings import Reading, Rung
from app.engine.rules import Ruleset

ENTRIES: Final = 2048
"""Decisions remembered at most for one rule set; then all are forgotten, which costs one decision each."""

A_MOMENT_S: Final = 0.2
"""How long a lesser answer is remembered: what it lacks may come at any time."""

Told = tuple[Mapping[str, Reading], ...]
"""What sources told of a request: of its link, its viewer, its place. They hold for ever."""


class Remembering:
    """Remembers the decisions of one rule set by the identity of what was told of the request.

    All that the rules may read must follow from that, the recipient, and readings that hold until their horizon. There
    is `room` for so many; then all are forgotten.
    """

    def __init__(self, ruleset: Ruleset, room: int = ENTRIES) -> None:
        self._room = room
        self._by_recipient = bool(ruleset.lots) or ruleset.holdout is not None
        self._entries: dict[tuple[object, ...], tuple[Decision, float, float, Told]] = {}

    def recall(self, now: float, told: Told, recipient: str) -> Decision | None:
        """The decision on this, if it was made before and still holds."""
        entry = self._entries.get(self._key(told, recipient))
        return entry[0] if entry is not None and entry[1] <= now < entry[2] else None

    def keep(self, now: float, told: Told, recipient: str, decision: Decision) -> None:
        """Remember a decision that was just made from this."""
        if len(self._entries) >= self._room:
            self._entries.clear()
        until = decision.until if decision.rung is Rung.LIVE else min(decision.until, now + A_MOMENT_S)
        self._entries[self._key(told, recipient)] = (decision, now, until, told)

    def _key(self, told: Told, recipient: str) -> tuple[object, ...]:
        return (recipient if self._by_recipient else "", *map(id, told))
