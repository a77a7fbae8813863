"""`decide(ruleset, facts)`: the pure heart. It never raises, never waits, and says what it would still like to know.

First matching rule wins. The horizons and reads of every rule passed over on the way are part of the answer. A rule
whose required fields cannot be filled counts as unknown. No yes but a doubt → `unknown`, else `otherwise`.
"""

from __future__ import annotations

from app.engine.clauses import ZONE_SIGNAL
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.filling import Filled, Filling
from app.engine.judge import CompiledJudge, Judge
from app.engine.lottery import HELD_OUT
from app.engine.phases import PHASE_SIGNAL, Phases
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.rules import OTHERWISE, UNKNOWN, Outcome, Ruleset, reach


class Decider:
    """A rule set made ready to decide. `judge` is the compiled one unless a test asks the plain one."""

    def __init__(self, ruleset: Ruleset, judge: Judge | None = None) -> None:
        self.ruleset = ruleset
        self._judge = judge or CompiledJudge([rule.condition for rule in ruleset.rules], ruleset.catalogue)
        self._settled: dict[str, Filled] = {}

    def decide(self, facts: Facts) -> Decision | Pending:
        """The answer, or what must be known first. `facts` must hold what the set itself knows (`with_own`)."""
        ruleset = self.ruleset
        until, reads, doubtful, start = FOREVER, 0, False, 0
        if ruleset.holdout is not None:
            drawn = facts.readings[ruleset.holdout.signal]
            until, reads = drawn.until, ruleset.catalogue.bits[ruleset.holdout.signal]
            if drawn.value == HELD_OUT:
                return self._otherwise(OTHERWISE, ruleset.otherwise, facts, until, reads)
        while True:
            judgement = self._judge.judge(facts, start)
            until, reads = min(until, judgement.until), reads | judgement.reads
            doubtful = doubtful or judgement.doubtful
            if judgement.wants:
                return self._everything(facts) if start else self._pending(judgement.wants)
            if judgement.winner < 0:
                break
            rule = ruleset.rules[judgement.winner]
            filled = self._fill(rule.name, rule.outcome, facts)
            until, reads = min(until, filled.until), reads | filled.reads
            if filled.wants:
                return self._unfinished(rule.outcome, facts)
            if filled.complete:
                return self._decision(rule.name, filled, facts, until, reads)
            doubtful, start = True, judgement.winner + 1
        if doubtful and ruleset.unknown is not None:
            return self._otherwise(UNKNOWN, ruleset.unknown, facts, until, reads)
        return self._otherwise(OTHERWISE, ruleset.otherwise, facts, until, reads)

    def _otherwise(self, name: str, outcome: Outcome, facts: Facts, until: float, reads: int) -> Decision | Pending:
        filled = self._fill(name, outcome, facts)
        if filled.wants:
            return self._unfinished(outcome, facts)
        return self._decision(name, filled, facts, min(until, filled.until), reads | filled.reads)

    def _fill(self, name: str, outcome: Outcome, facts: Facts) -> Filled:
        """The outcome filled for this open; a steady one is filled once for all opens."""
        filled = self._settled.get(name)
        if filled is None:
            filled = Filling(self.ruleset, facts, name).fill(outcome)
            if filled.steady:
                self._settled[name] = filled
        return filled

    def _pending(self, wants: int) -> Pending:
        return Pending(frozenset(self.ruleset.catalogue.names_in(wants)))

    def _unfinished(self, outcome: Outcome, facts: Facts) -> Pending:
        """All that this outcome may still read, at once, so that the rounds of I/O are bounded."""
        if any(field.required for field in self.ruleset.fields):
            return self._everything(facts)
        return Pending(frozenset(reach(self.ruleset, outcome) - facts.readings.keys()))

    def _everything(self, facts: Facts) -> Pending:
        """All that the set may still read: a rule that cannot be filled sends the search on, who knows how often."""
        return Pending(self.ruleset.reads - facts.readings.keys())

    def _decision(self, name: str, filled: Filled, facts: Facts, until: float, reads: int) -> Decision:
        ruleset = self.ruleset
        return Decision(
            placeholder=ruleset.placeholder,
            campaign=ruleset.campaign,
            rule=name,
            fields=filled.fields,
            captions=filled.captions,
            link=filled.link,
            alt=filled.alt,
            nothing=filled.nothing,
            readings=ruleset.readings_of(reads, facts),
            until=until,
            ruleset=ruleset.digest,
            zone=facts.zone.name,
        )


def decide(ruleset: Ruleset, facts: Facts) -> Decision | Pending:
    """Decide once. Who decides often keeps a `Decider`."""
    return Decider(ruleset).decide(with_own(ruleset, facts))


def with_own(ruleset: Ruleset, facts: Facts) -> Facts:
    """The facts with what the campaign itself knows, its draws, phase and tables, where they are not pinned already."""
    own: dict[str, Reading] = {}
    for lot in ruleset.lots if ruleset.holdout is None else (*ruleset.lots, ruleset.holdout):
        if lot.signal not in facts.readings:
            own[lot.signal] = lot.draw(facts.recipient, facts.now)
    if ruleset.phases is not None and PHASE_SIGNAL not in facts.readings:
        own[PHASE_SIGNAL] = _phase(ruleset.phases, facts)
    for one in ruleset.lists_read:
        pinned = facts.readings.get(one.pick.signal)
        told = one.readings(facts.now, facts.zone, emptied=pinned is not None and pinned.value is EMPTY)
        own |= {name: reading for name, reading in told.items() if name not in facts.readings}
    return facts.plus(own) if own else facts


def _phase(phases: Phases, facts: Facts) -> Reading:
    """The campaign's phase; one that each zone reaches on its own ends no later than what is known of the zone."""
    reading, zone = phases.reading(facts.now, facts.zone), facts.readings.get(ZONE_SIGNAL)
    if phases.local and zone is not None and zone.until < reading.until:
        return reading._replace(until=zone.until)
    return reading
