"""What a receipt holds, decided once more by the rules that it names. It asks nobody, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

from app.engine.calendar import Zone
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.explain import plain_field
from app.engine.facts import Facts
from app.engine.readings import Reading
from app.engine.rules import Ruleset
from app.recipients.receipts import Receipt, readings_of


def decided_again(decider: Decider, receipt: Receipt, recipient: str, zone: Zone) -> tuple[Decision, Facts]:
    """The answer to the readings of a receipt, at its instant and in that zone, with the facts it rests on.

    Raises ValueError where the rules ask what the receipt does not hold.
    """
    ruleset = decider.ruleset
    readings = {one.signal: one for one in readings_of(receipt, ruleset.catalogue, ruleset.reproducible)}
    readings |= _listed(ruleset, readings, receipt)
    facts = with_own(ruleset, Facts(receipt.at, zone, readings, recipient))
    decision = decider.decide(facts)
    if not isinstance(decision, Decision):
        raise ValueError(f"it does not hold {', '.join(sorted(decision.wants))}")
    return decision, facts


def is_as_shown(decision: Decision, receipt: Receipt) -> bool:
    """Whether an answer is what the receipt says was shown."""
    fields = {} if decision.nothing else {name: plain_field(value) for name, value in decision.fields}
    return (decision.rule, decision.link, fields) == (receipt.rule, receipt.link, receipt.fields)


def _listed(ruleset: Ruleset, readings: Mapping[str, Reading], receipt: Receipt) -> dict[str, Reading]:
    """What lists held of somebody's collections: a receipt has the keys and what was told, the tables of that time the
    rest of the items.
    """
    lists = {one.pick.signal: one for one in ruleset.personal_read}
    told = {name: receipt.readings[name].told for name in lists if name in readings}
    return {
        name: reading._replace(value=lists[name].named(reading.value, told[name] or repeat({}, len(reading.value))))
        for name, reading in readings.items()
        if name in lists and isinstance(reading.value, list)
    }
