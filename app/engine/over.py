"""Whether a rule that was shown once can still be shown: it is there, and the calendar has not ended it for good."""

from __future__ import annotations

from app.engine.calendar import Zone
from app.engine.clauses import ZONE_SIGNAL
from app.engine.conditions import Condition
from app.engine.facts import Facts
from app.engine.phases import PHASE_SIGNAL, Phases
from app.engine.readings import FOREVER, Reading, Why, unknown
from app.engine.rules import OTHERWISE, UNKNOWN, Ruleset
from app.engine.verdicts import NO

_SOMEWHERE = unknown(ZONE_SIGNAL, Why.NOT_PINNED, as_of=FOREVER)
"""Edges on the wall clock are those of `facts.zone`; whoever asks for the zone itself is not told."""


def is_over(ruleset: Ruleset, rule: str, now: float, zone: Zone) -> bool:
    """Whether a rule of this name is not there, or can never say yes again whatever the weather and the reader.

    What is shown where no rule fires is never over.
    """
    if rule in (OTHERWISE, UNKNOWN):
        return False
    found = next((one for one in ruleset.rules if one.name == rule), None)
    return found is None or _is_past(found.condition, ruleset.phases, now, zone)


def _is_past(condition: Condition, phases: Phases | None, now: float, zone: Zone) -> bool:
    """Whether it says no now and behind every edge ahead, where nothing is known but the date and the phase."""
    edge = now
    while edge < FOREVER:
        verdict = condition.judge(_calendar(phases, edge, zone))
        if verdict.truth != NO:
            return False
        edge = verdict.until
    return True


def _calendar(phases: Phases | None, now: float, zone: Zone) -> Facts:
    """The facts that follow from the instant alone; they never grow old, so that only edges end what they say."""
    readings = {ZONE_SIGNAL: _SOMEWHERE}
    if phases is not None:
        phase = phases.reading(now, zone)
        readings[PHASE_SIGNAL] = Reading(PHASE_SIGNAL, phase.value, FOREVER, phase.until)
    return Facts(now, zone, readings)
