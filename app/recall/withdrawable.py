"""What of a site can be recalled, found by the names that people write: `RULE`, `RULE.FIELD`, with `CAMPAIGN/` before
it where that says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from app.authoring.compiled import CompiledSite
from app.authoring.suggest import did_you_mean
from app.engine.rules import OTHERWISE, UNKNOWN, Ruleset
from app.engine.withdrawals import Withdrawal
from app.errors import UsageError

LAST: Final = frozenset({OTHERWISE, UNKNOWN})


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """By campaign, its placeholders; by campaign and outcome, the fields that it may fill."""

    placeholders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fields: Mapping[Withdrawal, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, site: CompiledSite) -> Self:
        """All that campaigns of a site can show; drafts are not served, so they cannot be recalled."""
        placeholders: dict[str, frozenset[str]] = {}
        fields: dict[Withdrawal, frozenset[str]] = {}
        for ruleset in _rulesets(site):
            own = frozenset(one.name for one in ruleset.fields)
            last = (OTHERWISE,) if ruleset.unknown is None else (OTHERWISE, UNKNOWN)
            placeholders[ruleset.campaign] = placeholders.get(ruleset.campaign, frozenset()) | {ruleset.placeholder}
            for name in (*(rule.name for rule in ruleset.rules), *last):
                outcome = Withdrawal(ruleset.campaign, name)
                fields[outcome] = fields.get(outcome, frozenset()) | own
        return cls(placeholders, fields)

    def find(self, written: str) -> Withdrawal:
        """What somebody means; raises UsageError where that is nothing, or more than one."""
        campaign, _, rest = written.rpartition("/")
        rule, dot, name = rest.partition(".")
        found = [one for one in self.fields if one.rule == rule and campaign in ("", one.campaign)]
        if not found:
            remedy = did_you_mean(
                f"{campaign}/{rule}" if campaign else rule, self._rules(campaign), else_say="there are"
            )
            raise UsageError(f"there is no rule “{campaign}{'/' if campaign else ''}{rule}”; {remedy}")
        if len(found) > 1:
            raise UsageError(f"“{rule}” is in several campaigns; write one of: {', '.join(map(str, sorted(found)))}")
        return self._with_field(found[0], name) if dot else _whole(found[0])

    def shows(self, one: Withdrawal) -> frozenset[str]:
        """The placeholders that it was shown in; none where the site has no such campaign any more."""
        return self.placeholders.get(one.campaign, frozenset())

    def _rules(self, campaign: str) -> list[str]:
        return [str(one) if campaign else one.rule for one in self.fields if one.rule not in LAST]

    def _with_field(self, outcome: Withdrawal, name: str) -> Withdrawal:
        if name not in self.fields[outcome]:
            remedy = did_you_mean(name, self.fields[outcome], else_say="there are")
            raise UsageError(f"{outcome} fills no field “{name}”; {remedy or 'its placeholder has none'}")
        return Withdrawal(outcome.campaign, outcome.rule, name)


def _rulesets(site: CompiledSite) -> Iterator[Ruleset]:
    """Those of campaigns; a placeholder that nobody fills has a nameless one."""
    for placeholder in site.placeholders.values():
        yield from (campaign.ruleset for name, campaign in placeholder.campaigns.items() if name)


def _whole(outcome: Withdrawal) -> Withdrawal:
    if outcome.rule in LAST:
        raise UsageError(f"{outcome} is what is shown instead of others; recall a field of it: {outcome}.FIELD")
    return outcome
