"""From what a decision rests on to the headers of its answer, in the words of the CDN in front.

Whether an answer may be shared was settled by `sharing`, from everything its placeholder can read; how long follows
here from what this decision did read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.edge.dialect import PRIVATE, Dialect, Pairs
from app.edge.lifetime import DEFAULT, Staleness, lifetime, seconds_left
from app.engine.decision import Decision
from app.engine.readings import Rung


@dataclass(frozen=True, slots=True)
class Policy:
    """How the answers of one site are kept by the cache in front; what some seconds come to is remembered."""

    dialect: Dialect
    staleness: Staleness = DEFAULT
    _said: dict[int, Pairs] = field(default_factory=dict, init=False, repr=False, compare=False)

    def shared(self, decision: Decision, rung: Rung, tags: Pairs, now: float) -> Pairs:
        """The headers of an answer that may be shared, at `now` (epoch seconds); `tags` find it again."""
        seconds = seconds_left(decision, rung, now)
        said = self._said.get(seconds) if seconds >= 1 else PRIVATE
        if said is None:
            found = lifetime(seconds, self.staleness)
            said = self._said[seconds] = PRIVATE if found is None else self.dialect.speaks(found)
        return said if said is PRIVATE else said + tags
