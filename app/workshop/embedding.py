"""A placeholder in a mail: the HTML that an email author pastes into a template, in the language of that mail."""

from __future__ import annotations

from collections.abc import Mapping

from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.snippet import Filling, Pictured, snippet
from app.authoring.vocabulary import SLOT
from app.engine.words import Fixed
from app.errors import UsageError
from app.workshop.workshop import Workshop, campaign_of, placeholder_of


def html_snippet(
    bench: Workshop,
    placeholder: str,
    *,
    campaign: str,
    platform: str,
    base: str,
    values: Mapping[str, str],
    language: str,
    recipient: str,
    mailing: str,
    why: str = "",
) -> str:
    """The HTML for an email template; of a placeholder with slots, one for each of them. `why` are the words of a link
    to the page for recipients, which stands once, below the last.
    """
    site = bench.site()
    found = placeholder_of(site, placeholder)
    pictured = _pictured(bench, site, found, campaign_of(found, campaign), language)
    slots = range(1, 1 + found.document.slots.count) if found.document.slots else ()
    each: list[Mapping[str, str]] = [{**values, SLOT: str(slot)} for slot in slots] or [values]
    fillings = [Filling(values=one, recipient=recipient, mailing=mailing) for one in each]
    words = [*([""] * (len(each) - 1)), why]
    return "".join(
        snippet(pictured, platform, base_url=base, filling=filling, why=said)
        for filling, said in zip(fillings, words, strict=True)
    )


def _pictured(
    bench: Workshop, site: CompiledSite, found: CompiledPlaceholder, chosen: CompiledCampaign, language: str
) -> Pictured:
    """The placeholder as a mail in that language shows it; raises UsageError for one that the site does not speak."""
    reads = {name for one in found.campaigns.values() for name in one.ruleset.reads}
    speaks = language or site.document.languages[0]
    if speaks not in site.document.languages:
        raise UsageError(f"--language {speaks}: the site speaks {', '.join(site.document.languages)}")
    alternatives = chosen.ruleset.alt.in_language(speaks)
    return Pictured(
        placeholder=found.name,
        size=found.document.size,
        format=found.document.format,
        alt=str(alternatives[0].value) if alternatives and isinstance(alternatives[0], Fixed) else "",
        language=speaks if len(site.document.languages) > 1 else "",
        params=found.params,
        campaign=chosen.name if len(found.campaigns) > 1 else "",
        credit=bench.credit() if any(name.startswith("weather.") for name in reads) else None,
    )
