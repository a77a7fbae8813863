"""What people do with a site away from the open path: check it, ask why, paint one picture, configure a CDN for it.

The command line is a thin skin over this. It decides through the very resolver that serves.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.authoring import schema
from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.insight.weighing import fullest
from app.authoring.library import Checked, check
from app.authoring.snippetlines import Credit
from app.authoring.suggest import did_you_mean
from app.edge.printing import Backend, Front, printed
from app.edge.table import Row
from app.engine.decision import Decision
from app.engine.explain import Step, explain
from app.engine.facts import Facts
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE
from app.errors import SiteError, UsageError
from app.redirects import ascii_url
from app.render.encoding import Encoded
from app.render.layers import LAYERS
from app.settings import Settings
from app.sites import state_directory
from app.wiring import fronts, makers
from app.wiring.cacheability import table
from app.wiring.world import keyring_for, world_of
from app.workshop.asking import Asked, opening_of
from app.workshop.spares import spares

PATIENCE_S = 10.0
"""How long a command waits for the weather; nobody's picture is late meanwhile."""
GRACE_S = 1.0
"""How much longer than a server's own budget a cache waits for it, on a network and a machine that are busy."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the opening sees, on the strength of which facts, and how that came about."""

    decision: Decision
    facts: Facts
    steps: tuple[Step, ...]
    ruleset: Ruleset
    site: CompiledSite
    placeholder: CompiledPlaceholder


class Workshop:
    """Works on one site folder with the settings of the moment."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self._world = world_of(settings.model_copy(update={"log_level": "warning"}), json_logs=False)
        self._preflight = makers.preflight(self._world, folder)

    def check(self) -> Checked:
        """The whole check of the folder as it is."""
        return check(self.folder, makers.toolbox(self._world), self._preflight)

    def as_it_stands(self) -> CompiledSite:
        """The site as far as it can be read, whatever is wrong with it."""
        return check(self.folder, makers.toolbox(self._world), self._preflight, doubts=False).site

    def encodings(self, site: CompiledSite) -> dict[str, Encoded]:
        """How each placeholder's picture is encoded where nobody is known, with all of its tiles."""
        return {name: self._encoded(one, site) for name, one in site.placeholders.items()}

    def _encoded(self, placeholder: CompiledPlaceholder, site: CompiledSite) -> Encoded:
        design: Any = placeholder.design
        return self._preflight.encoded(design, *fullest(placeholder, site), placeholder.document.format)

    def cacheability(self, site: CompiledSite) -> tuple[Row, ...]:
        """What the cache in front may share of each placeholder."""
        return tuple(table(site, fronts.dialect(self.settings)))

    def cdn(self, kind: str, backends: Sequence[Backend]) -> str:
        """The configuration of a CDN in front of the servers that listen there."""
        site, edge = self.site(), self.settings.edge
        keyring = keyring_for(self.settings, state_directory(self.settings.state_dir))
        shared = fronts.shared_by(site, keyring, fronts.DIALECTS[kind]())
        key = edge.purge_key.get_secret_value() if edge.purge_key else ""
        front = Front(
            backends=tuple(backends),
            placeholders=tuple(shared.values()),
            spares=tuple(spares(site)),
            home=ascii_url(site.document.home),
            patience_s=self.settings.budget_ms / 1000 + GRACE_S,
            proxies=edge.trusted_proxies,
            mail_networks=fronts.mail_networks(),
            purge_key=key,
        )
        return printed(kind, front)

    def cdn_doubts(self, kind: str) -> Iterator[str]:
        """What keeps the servers from sharing by the configuration that was printed."""
        if self.settings.edge.dialect != kind:
            yield f"the servers must be told ONOPEN_EDGE__DIALECT={kind}; here it is {self.settings.edge.dialect}"
        if not self.settings.edge.trusted_proxies:
            yield "ONOPEN_EDGE__TRUSTED_PROXIES is empty: the servers would not believe this cache"
        if self.settings.secret_key is None:
            yield "ONOPEN_SECRET_KEY is not set: this fits servers alone that use the same state directory"

    def site(self) -> CompiledSite:
        """The site; raises SiteError with its problems where it has any."""
        checked = self.check()
        if not checked.good:
            raise SiteError(checked.problems.render())
        return checked.site

    def answer(self, asked: Asked) -> Answer:
        """Decide one opening through the same resolver that serves."""
        return asyncio.run(self._answer(asked))

    async def _answer(self, asked: Asked) -> Answer:
        site = self.site()
        placeholder = placeholder_of(site, asked.placeholder)
        campaign = campaign_of(placeholder, asked.campaign)
        ruleset = campaign.preview if asked.drafts else campaign.ruleset
        served = makers.served(site, placeholder, ruleset)
        resolver = makers.resolver(self._world, site, time.time)
        try:
            opening = opening_of(site, ruleset, asked)
            answer, facts = await resolver.decide_openly(served, opening, PATIENCE_S)
        finally:
            await self._world.aclose()
        return Answer(answer, facts, explain(ruleset, facts, answer), ruleset, site, placeholder)

    def picture(self, answer: Answer, format: str) -> bytes:
        """The picture of an answer; a countdown that ticks begins at its instant."""
        painter = makers.painter(self._world, self.folder)
        decision, now = answer.decision, answer.facts.now
        design: Any = answer.placeholder.design
        fields, captions = dict(decision.fields), dict(decision.captions)
        countdowns = makers.countdowns(self._world, painter)
        ticking = countdowns.of(design, fields, captions) if format == "gif" and not decision.nothing else None
        if ticking is not None:
            countdowns.make(ticking, now)
            if picture := countdowns.picture(ticking, "", now):
                return picture.body
        return painter.paint(design, fields, captions, format=format, nothing=decision.nothing)  # type: ignore[arg-type]

    def credit(self) -> Credit | None:
        """What the weather service's licence wants to stand in the mail."""
        found = self._world.weather.attribution
        return None if found is None else Credit(found.text, found.url, found.licence, found.licence_url)


def placeholder_of(site: CompiledSite, name: str) -> CompiledPlaceholder:
    """The placeholder of that name; raises UsageError."""
    found = site.placeholders.get(name)
    if found is None:
        remedy = did_you_mean(name, site.placeholders, else_say="there are") or "the site has none yet"
        raise UsageError(f"there is no placeholder “{name}”; {remedy}")
    return found


def campaign_of(placeholder: CompiledPlaceholder, name: str) -> CompiledCampaign:
    """The campaign of that name, or the first; raises UsageError."""
    if not name:
        return next(iter(placeholder.campaigns.values()))
    found = placeholder.campaigns.get(name)
    if found is None:
        remedy = did_you_mean(name, placeholder.campaigns, else_say="there are")
        raise UsageError(f"no campaign “{name}” fills {placeholder.name}; {remedy}")
    return found


def write_schemas(folder: Path) -> list[Path]:
    """Write the JSON Schema files."""
    return schema.write(folder, CATALOGUE, LAYERS)


def stale_schemas(folder: Path) -> list[str]:
    """The JSON Schema files that are not as they would be written now."""
    return schema.stale(folder, CATALOGUE, LAYERS)
