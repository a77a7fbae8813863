"""Decisions remembered for as long as they hold.

Two laws make this safe: only the reads matter, and an answer holds until its horizon. So the same readings at a later
instant before the horizon have the same answer. Sources hand out the very same reading objects while nothing has
changed, which makes them their own keys; an entry keeps its readings alive, so that no key can come to mean another.
"""

from __future__ import annotations

from typing import Final

from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.readings import Reading
from app.engine.rules import Ruleset

ENTRIES: Final = 4096
"""Decisions remembered at most for one rule set; then all are forgotten, which costs one decision each."""

Key = tuple[object, ...]
Entry = tuple[Decision, float, tuple[Reading | None, ...]]


class Remembering:
    """Remembers the decisions of one rule set by the identity of the readings it may read."""

    def __init__(self, ruleset: Ruleset) -> None:
        own = {lot.signal for lot in ruleset.lots} | {"phase"}
        if ruleset.holdout is not None:
            own.add(ruleset.holdout.signal)
        # What runs with the clock, and what the campaign knows itself, follows from the instant, zone and recipient.
        self._names = tuple(name for name in ruleset.reads if name not in own and not ruleset.catalogue[name].runs)
        self._by_recipient = bool(ruleset.lots) or ruleset.holdout is not None
        self._entries: dict[Key, Entry] = {}

    def recall(self, facts: Facts) -> Decision | None:
        """The decision for these facts, if it was made before and still holds."""
        entry = self._entries.get(self._key(facts))
        if entry is not None and entry[1] <= facts.now < entry[0].until:
            return entry[0]
        return None

    def keep(self, facts: Facts, decision: Decision) -> None:
        """Remember a decision that was just made from these facts."""
        if len(self._entries) >= ENTRIES:
            self._entries.clear()
        get = facts.readings.get
        readings = tuple([get(name) for name in self._names])
        self._entries[self._key(facts)] = (decision, facts.now, readings)

    def _key(self, facts: Facts) -> Key:
        get = facts.readings.get
        who = facts.recipient if self._by_recipient else ""
        return (who, facts.zone.name, *[id(get(name)) for name in self._names])
