"""What `check` sees beyond single mistakes, in a site that has none.

Rules that can never fire or never be filled, outcomes that no example covers, doubts left unanswered, texts that do not
fit their box or cannot be the code that shows them, pictures that are heavy. What is surely wrong is a problem; the
rest are warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.authoring.compiled import CompiledCampaign, CompiledSite
from app.authoring.examples import Ran
from app.authoring.insight.coverage import Coverage, coverage, uncovered
from app.authoring.insight.doubts import unanswered
from app.authoring.insight.ending import ending
from app.authoring.insight.firing import never_firing
from app.authoring.insight.fitting import fitting, fitting_example, refusing, unencodable, unsaid
from app.authoring.insight.requiring import never_filled
from app.authoring.insight.weighing import weighing
from app.authoring.problems import Problems
from app.authoring.toolbox import Preflight

__all__ = ["Coverage", "coverage", "doubt", "look_into"]


def look_into(site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """What is surely wrong in a site whose single parts have no mistakes."""
    for forms in _by_campaign(site).values():
        never_firing(forms, problems)
        never_filled(forms, problems)
    for placeholder in site.placeholders.values():
        refusing(placeholder, site, preflight, problems)
        unsaid(placeholder, site, preflight, problems)


def doubt(
    site: CompiledSite, ran: Iterable[Ran], covered: Iterable[Coverage], preflight: Preflight, problems: Problems
) -> None:
    """What is worth a second look: warnings alone."""
    campaigns = _by_campaign(site)
    for forms in campaigns.values():
        unanswered(forms[0], problems)
    for one in covered:
        uncovered(one, campaigns[one.campaign][0], problems)
    for placeholder in site.placeholders.values():
        fitting(placeholder, site, preflight, problems)
        unencodable(placeholder, site, preflight, problems)
        weighing(placeholder, site, preflight, problems)
        ending(placeholder, site, problems)
    if not problems.mistakes:  # else what an example comes to may only follow from one
        for example in ran:
            fitting_example(example, site.placeholders[example.placeholder], preflight, problems)


def _by_campaign(site: CompiledSite) -> Mapping[str, list[CompiledCampaign]]:
    """The compiled forms of each campaign, one for each placeholder that it fills."""
    found: dict[str, list[CompiledCampaign]] = {}
    for placeholder in site.placeholders.values():
        for name, campaign in placeholder.campaigns.items():
            if name:
                found.setdefault(name, []).append(campaign)
    return found
