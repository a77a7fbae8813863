"""A rule set without what is withdrawn of it: a pure function from what was written to what is still shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from app.engine.rules import OTHERWISE, UNKNOWN, Outcome, Ruleset
from app.engine.withdrawals import Withdrawal
from app.engine.words import NOTHING_SAID


def withdrawing(ruleset: Ruleset, withdrawals: Iterable[Withdrawal]) -> Ruleset:
    """The set as if what is withdrawn had not been written: such a rule is passed over like a draft, such a field takes
    its default, and where it is required the rule counts as unknown.

    The digest is another one. Withdrawals from other campaigns change nothing, and from rules that there are no longer
    only what clicks follow.
    """
    mine = frozenset(one for one in withdrawals if one.campaign == ruleset.campaign)
    if not mine:
        return ruleset
    left = ruleset.without({one.rule for one in mine if not one.field})
    return replace(
        left,
        rules=tuple(replace(rule, outcome=_lacking(rule.name, rule.outcome, mine)) for rule in left.rules),
        otherwise=_lacking(OTHERWISE, ruleset.otherwise, mine),
        unknown=None if ruleset.unknown is None else _lacking(UNKNOWN, ruleset.unknown, mine),
        digest=blake2b(f"{ruleset.digest} {sorted(map(str, mine))}".encode(), digest_size=8).hexdigest(),
        withdrawn=mine,
    )


def _lacking(rule: str, outcome: Outcome, withdrawn: Iterable[Withdrawal]) -> Outcome:
    """The outcome without its withdrawn fields, also where a part would give them."""
    nothing = {one.field: NOTHING_SAID for one in withdrawn if one.rule == rule and one.field}
    return replace(outcome, fields={**outcome.fields, **nothing}) if nothing else outcome
