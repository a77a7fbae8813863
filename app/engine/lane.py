"""The fast lane: one generated function for a whole rule list, for the common open of which everything is known.

It reads each signal once into local variables and runs the rules one after the other without a call. Where a signal is
missing, empty or unknown, or a rule is in doubt, it gives up and says so; the general judge then answers. As in
`shapes.py`, the source is made of positions and operator templates alone, never of anything an editor wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from app.engine.clauses import Clause, MovingClause
from app.engine.conditions import Condition
from app.engine.facts import Facts
from app.engine.operators import comparable
from app.engine.readings import EMPTY, FOREVER, fold
from app.engine.shapes import clauses_of, inline
from app.engine.signals import Catalogue, Kind

LONGEST: Final = 64
"""Rules a lane may have: what it costs to generate grows with them, and an index is faster soon after."""

T = TypeVar("T")

READ = """
        reading = get(c{name})
        if reading is None or reading.why_unknown is not None or reading.value is EMPTY:
            return None
        v{slot} = {value}
        h{slot} = reading.until
"""

COMPARED = """
        if {horizon} > best and not ({test}):
            best, by = {horizon}, {bit}
"""

MOVED = """
        if best != FOREVER:
            passes, x{n} = c{n}(v{slot}, facts.now, facts.zone)
            if h{slot} < x{n}:
                x{n} = h{slot}
            if x{n} > best and not passes:
                best, by = x{n}, {bit}
"""

CALLED = """
        if best != FOREVER:
            truth, x{n}, y{n}, _ = c{n}(facts)
            if truth == 0:
                if x{n} > best:
                    best, by = x{n}, y{n}
            elif truth != 1:
                return None
"""

RULE = """
        best, by = NEVER, 0
        {clauses}
        if best == NEVER:
            return make({place}, min(until, {horizons}), reads | {bits})
        if best < until:
            until = best
        reads |= by
"""

FRAME = """
def lane({constants}):
    def judge(facts):
        get = facts.readings.get
        until, reads = FOREVER, 0
        {body}
        return make(-1, until, reads)
    return judge
"""


class _Writer:
    """Writes the source of one lane and gathers the constants that it closes over."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._slots: dict[str, int] = {}
        self.constants: list[Any] = []
        self.heads: list[str] = []
        self.rules: list[str] = []

    def rule(self, condition: Condition) -> None:
        """One rule behind the ones before it."""
        written = [self._clause(clause) for clause in clauses_of(condition)]
        clauses = "".join(source for source, _, _ in written).strip() or "pass"
        horizons = ", ".join((*(horizon for _, horizon, _ in written), "FOREVER"))
        bits = " | ".join((*(bits for _, _, bits in written), "0"))
        self.rules.append(RULE.format(clauses=clauses, place=len(self.rules), horizons=horizons, bits=bits))

    def _clause(self, clause: Condition) -> tuple[str, str, str]:
        """Its source, and where its horizon and its evidence stand after it."""
        if isinstance(clause, Clause) and inline(clause):
            slot, source = self._slot(clause.signal), clause.operator.source(clause.kind)
            n = self._constant(clause.operator.test if source is None else clause.operator.operand)  # type: ignore[attr-defined]
            names = {"c": f"c{n}", "v": f"v{slot}"}
            test = re.sub(r"\b[cv]\b", lambda found: names[found[0]], source or "c(v)")
            return COMPARED.format(horizon=f"h{slot}", test=test, bit=clause.bit), f"h{slot}", str(clause.bit)
        if isinstance(clause, MovingClause) and clause.max_age is None and not clause.operator.reads_zone:
            slot, n = self._slot(clause.signal), self._constant(clause.operator.test_at)
            return MOVED.format(n=n, slot=slot, bit=clause.bit), f"x{n}", str(clause.bit)
        n = self._constant(clause.judge)
        return CALLED.format(n=n), f"x{n}", f"y{n}"

    def _constant(self, value: Any) -> int:
        self.constants.append(value)
        return len(self.constants) - 1

    def _slot(self, signal: str) -> int:
        """Where a signal's value and horizon stand; it is read once, before the first rule."""
        slot = self._slots.get(signal)
        if slot is None:
            slot = self._slots[signal] = len(self._slots)
            value = VALUES.get(self._catalogue[signal].kind, "reading.value")
            self.heads.append(READ.format(name=self._constant(signal), slot=slot, value=value))
        return slot


VALUES = {Kind.TEXT: "fold(reading.value)", Kind.CHOICE: "fold(reading.value)", Kind.NAME: "spellings(reading.value)"}
"""How a reading's value becomes comparable, by its kind; what is not here is so already."""


def lane(
    conditions: Sequence[Condition], catalogue: Catalogue, make: Callable[[int, float, int], T]
) -> Callable[[Facts], T | None]:
    """A function that makes an answer of (place of the rule that fires or -1, horizon, evidence), or gives up: None."""
    writer = _Writer(catalogue)
    for condition in conditions:
        writer.rule(condition)
    constants = ", ".join(f"c{n}" for n in range(len(writer.constants)))
    source = FRAME.format(constants=constants, body="".join((*writer.heads, *writer.rules)).strip() or "pass")
    namespace: dict[str, Any] = {
        "EMPTY": EMPTY,
        "FOREVER": FOREVER,
        "NEVER": -FOREVER,
        "fold": lru_cache(REMEMBERED)(fold),
        "spellings": lambda value: comparable(Kind.NAME, value),
        "make": make,
    }
    exec(source, namespace)  # the source is this file's templates filled with numbers
    judge: Callable[[Facts], T | None] = namespace["lane"](*writer.constants)
    return judge


REMEMBERED: Final = 4096
"""Folded texts a lane remembers."""
