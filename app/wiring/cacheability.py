"""How far the answers of a site may be shared: one `Sharing` for each placeholder in each campaign.

Headers, the table of `onopen check` and the configuration that `onopen cdn` prints are all made of what is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.edge.dialect import Dialect
from app.edge.keys import Key
from app.edge.sharing import Habits, Obstacle, Sharing, sharing
from app.edge.table import Row, can_make, row_of
from app.render.layers.countdown import CountdownLayer
from app.resolve.served import reads_of
from app.sources.geo.declared import PROFILE_WORDS

TICKS = Obstacle(
    "countdown", "a countdown that ticks is joined for the second of each open; as png or jpg it could be shared"
)


def sharings(site: CompiledSite, placeholder: CompiledPlaceholder) -> Mapping[str, Sharing]:
    """By campaign, who may share the answers of a placeholder."""
    document = site.document
    profiled = not site.tellable.attributes.keys().isdisjoint(PROFILE_WORDS)
    habits = Habits(
        place=tuple(one for one in document.place if one != "recipient" or profiled),
        consent=document.consent.location != "not_needed",
        declared=frozenset(param.name for param in placeholder.params),
        as_shown=placeholder.document.click != "latest",
        several=len(placeholder.campaigns) > 1,
    )
    found = {
        name: sharing(campaign.ruleset, reads_of(campaign.ruleset, document.language), habits)
        for name, campaign in placeholder.campaigns.items()
    }
    if not _ticks(placeholder):
        return found
    return {name: Sharing(one.key, (*one.obstacles, TICKS)) for name, one in found.items()}


def shared_key(found: Mapping[str, Sharing]) -> Key | None:
    """The key of a placeholder, whichever of its campaigns decides; None where each of them is private."""
    keys = [one.key for one in found.values() if one.shareable]
    return reduce(Key.and_also, keys) if keys else None


def keys_of(site: CompiledSite, dialect: Dialect) -> Mapping[str, Key]:
    """The keys that the cache of a dialect makes, by placeholder; those are left out that it cannot share."""
    found: dict[str, Key] = {}
    for name, made in site.placeholders.items():
        able = {campaign: one for campaign, one in sharings(site, made).items() if can_make(dialect, one.key)}
        if (key := shared_key(able)) is not None:
            found[name] = key
    return found


def table(site: CompiledSite, dialect: Dialect) -> Iterator[Row]:
    """A row for each placeholder in each campaign."""
    for placeholder in site.placeholders.values():
        found = sharings(site, placeholder)
        for campaign in placeholder.campaigns.values():
            ruleset = campaign.ruleset
            reads = reads_of(ruleset, site.document.language)
            yield row_of(placeholder.name, campaign.name, found[campaign.name], reads, ruleset.catalogue, dialect)


def _ticks(placeholder: CompiledPlaceholder) -> bool:
    return placeholder.document.format == "gif" and any(
        isinstance(one.layer, CountdownLayer) for one in placeholder.layers
    )
