"""The running form of a site: what the compiler makes of documents, and what is served.

Written and running are two types; nothing here remembers YAML except the places that explanations name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.authoring.addresses import allowed
from app.authoring.documents.campaign import Expected
from app.authoring.documents.links import host_of
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Site
from app.authoring.feeds import Feed
from app.authoring.laid import Laid
from app.authoring.toolbox import Design
from app.authoring.yamlsource import Path, Source
from app.engine.calendar import Zone
from app.engine.labels import Labels
from app.engine.params import Param
from app.engine.readings import Reading
from app.engine.rules import Ruleset
from app.ports import Clocks
from app.recipients.signals import Remembered
from app.recipients.tellable import Tellable


@dataclass(frozen=True, slots=True)
class Example:
    """Facts pinned by an editor, the instant, and what must come of them; `path` is its place in the file."""

    name: str
    pinned: Mapping[str, Reading]
    at: float | None
    expect: Expected
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class CompiledCampaign:
    """One campaign for one placeholder. `preview` has the drafts in it; `ruleset` is what is served.

    `gone` decides where a click goes once the rule that was shown is over, where the placeholder says so.
    """

    name: str
    ruleset: Ruleset
    preview: Ruleset
    examples: tuple[Example, ...]
    source: Source | None
    gone: Ruleset | None = None


@dataclass(frozen=True, slots=True)
class CompiledPlaceholder:
    """One placeholder with all campaigns that fill it; there is always at least one, perhaps without rules.

    `layers` are those of the design as they were written.
    """

    name: str
    document: Placeholder
    design: Design
    layers: tuple[Laid, ...]
    params: tuple[Param, ...]
    campaigns: Mapping[str, CompiledCampaign]
    source: Source


@dataclass(frozen=True, slots=True)
class CompiledSite:
    """A whole site. `digest` names exactly these documents and assets, `recollectable` is what the store can tell about
    a recipient, `labels` what recipients are told that declared names mean.
    """

    document: Site
    zone: Zone
    clocks: Clocks
    placeholders: Mapping[str, CompiledPlaceholder]
    digest: str
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    tellable: Tellable = field(default_factory=Tellable)
    recollectable: tuple[Remembered, ...] = ()
    labels: Labels = field(default_factory=Labels)

    def may_lead(self, link: str) -> bool:
        """Whether a click may be sent to a link that was written for an earlier edition."""
        return allowed(host_of(link), (*self.document.link_hosts, host_of(self.document.home)))
