"""Which outcomes of a campaign an example shows, and which none does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.authoring.compiled import CompiledCampaign, CompiledSite
from app.authoring.examples import Ran
from app.authoring.problems import Problems
from app.engine.rules import OTHERWISE, UNKNOWN, Outcome, Ruleset

SHOWN: Final = 12
"""Outcomes that are named; of more, the number is said."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many examples come to each outcome of a campaign, in the order of its rules; drafts are left out."""

    campaign: str
    outcomes: Mapping[str, int]

    @property
    def missed(self) -> tuple[str, ...]:
        """The outcomes that no example comes to."""
        return tuple(name for name, count in self.outcomes.items() if not count)


def coverage(site: CompiledSite, ran: Iterable[Ran]) -> tuple[Coverage, ...]:
    """The coverage of every campaign, over all placeholders that it fills."""
    counted = Counter((one.campaign, one.outcome) for one in ran)
    rulesets = {
        campaign.name: campaign.ruleset
        for placeholder in site.placeholders.values()
        for campaign in placeholder.campaigns.values()
        if campaign.name
    }
    return tuple(
        Coverage(name, {outcome: counted[name, outcome] for outcome in _outcomes(ruleset)})
        for name, ruleset in rulesets.items()
    )


def _outcomes(ruleset: Ruleset) -> Iterable[str]:
    yield from (rule.name for rule in ruleset.rules)
    yield OTHERWISE
    if ruleset.unknown is not None:
        yield UNKNOWN


def _says_anything(outcome: Outcome) -> bool:
    """Whether an outcome shows anything of its own, beside the defaults."""
    return bool(outcome.fields or outcome.takes or outcome.nothing or outcome.alt.by_language)


def uncovered(covered: Coverage, campaign: CompiledCampaign, problems: Problems) -> None:
    """Tell what no example shows, in a campaign that has examples at all."""
    if campaign.source is None or not campaign.examples:
        return
    plain = not _says_anything(campaign.ruleset.otherwise)  # the defaults, and often nobody ever comes to them
    missed = [name for name in covered.missed if not (plain and name == OTHERWISE)]
    if not missed:
        return
    more = f" … ({len(missed)} in all)" if len(missed) > SHOWN else ""
    message = f"no example comes to {', '.join(missed[:SHOWN])}{more}"
    remedy = f"add an example with expect: {{rule: {missed[0]}}}"
    campaign.source.complain(problems, ("examples",), "uncovered", message, remedy=remedy, severity="warning", key=True)
