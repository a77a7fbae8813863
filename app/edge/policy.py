"""From what a decision rests on to the headers of its answer, in the words of the CDN in front.

Whether an answer may be shared was settled by `sharing`, from everything its placeholder can read; how long follows
here from what this decision did read.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.edge.dialect import PRIVATE, Dialect, Pairs
from app.edge.lifetime import DEFAULT, Staleness, lifetime
from app.engine.decision import Decision


@dataclass(frozen=True, slots=True)
class Policy:
    """How the answers of one site are kept by the cache in front."""

    dialect: Dialect
    staleness: Staleness = DEFAULT

    def shared(self, decision: Decision, tags: Pairs, now: float) -> Pairs:
        """The headers of an answer that may be shared, at `now` (epoch seconds); `tags` find it again."""
        found = lifetime(decision, self.staleness, now)
        return PRIVATE if found is None else (*self.dialect.speaks(found), *tags)
