"""From conditions to regions: the facts for which a condition says yes, and those for which it says no.

What is neither is unknown. The leaves are read by `leaves`; here they are joined and turned round. Regions take their
sides as independent of each other; `possible` leaves out what no open can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.authoring.insight.boxes import Box, Domain, Region, TooMany, both, either
from app.authoring.insight.calendar import days
from app.authoring.insight.leaves import Answers, answers
from app.authoring.insight.spans import EVERY, Spans, at_least, at_most, points
from app.engine.clauses import Asks, Clause
from app.engine.conditions import All, Any as AnyOf, Condition, Not
from app.engine.readings import fold
from app.engine.signals import Catalogue, Kind


@dataclass(frozen=True)
class Map:
    """Reads conditions over the signals of one catalogue."""

    catalogue: Catalogue

    def yes(self, condition: Condition) -> Region:
        """The facts for which it says yes. Raises TooMany."""
        match condition:
            case All():
                return both(map(self.yes, condition.conditions))
            case AnyOf():
                return either(map(self.yes, condition.conditions))
            case Not():
                return self.no(condition.condition)
            case _:
                return self._leaf(condition)[0]

    def no(self, condition: Condition) -> Region:
        """The facts for which it says no. Raises TooMany."""
        match condition:
            case All():
                return either(map(self.no, condition.conditions))
            case AnyOf():
                return both(map(self.no, condition.conditions))
            case Not():
                return self.yes(condition.condition)
            case _:
                return self._leaf(condition)[1]

    def possible(self, region: Region) -> Region:
        """What of a region an open can be: certain signals have a value, and the calendar goes with the clock."""
        known = (met for box in region if (met := box.meet(self._certain)) is not None)
        return tuple(dated for box in known if (dated := box.meet(days(box))) is not None)

    @cached_property
    def _certain(self) -> Box:
        certain = [name for name, signal in self.catalogue.signals.items() if signal.certain]
        return Box({(name,): Domain(self._universe(name)) for name in certain})

    def _leaf(self, condition: Condition) -> Answers:
        about = condition.signal if isinstance(condition, Clause | Asks) else ""
        return answers(condition, self._universe(about))

    def _universe(self, signal: str) -> Spans:
        """Every value the signal can have, as far as that is declared."""
        declared = self.catalogue.get(signal)
        if declared is None:
            return EVERY
        if declared.kind is Kind.BOOLEAN:
            return points([False, True])
        if declared.kind is Kind.CHOICE and declared.choices:
            return points(map(fold, declared.choices))
        return at_least(declared.span[0]) & at_most(declared.span[1]) if declared.span else EVERY


def assured_by(condition: Condition, catalogue: Catalogue) -> frozenset[str]:
    """The signals that are known, and perhaps empty, whenever the condition says yes."""
    try:
        region = Map(catalogue).yes(condition)
    except TooMany:
        return frozenset()
    known = [
        {str(side[0]) for side, domain in box.sides.items() if len(side) == 1 and not domain.unknown} for box in region
    ]
    return frozenset(set.intersection(*known)) if known else frozenset()
