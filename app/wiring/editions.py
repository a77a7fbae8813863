"""The composition root, third part: an edition put into service, with all that has to be there before the first open.

What such an open does not need is done behind it, in a thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Set
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.site import Site
from app.authoring.library import Edition
from app.authoring.unaddressed import for_anybody
from app.edge.printing import Shared
from app.engine.calendar import Zone, find_zone
from app.engine.remembering import ENTRIES
from app.engine.rules import Ruleset
from app.engine.withdrawals import Withdrawal
from app.ports import Tally
from app.recall.withdrawable import Withdrawable
from app.render.assets import Assets
from app.render.fallbacks import Job, fallback_pictures, neutral_pictures
from app.render.paint import Painter
from app.render.ticking import Countdowns
from app.resolve.served import Served
from app.serving.desk import Serving
from app.serving.gallery import Gallery
from app.serving.shown import Shown
from app.sources.viewer import identify
from app.wiring import makers
from app.wiring.cacheability import sharings
from app.wiring.fronts import dialect, policy, shared_by
from app.wiring.rehearsals import rehearsals
from app.wiring.world import World

DECISIONS: Final = 1 << 15
"""Decisions that one process remembers at most, some 2 KB each; shared out among the campaigns of a site."""
LEAST_DECISIONS: Final = 128


def serving(made: World, edition: Edition, clock: Callable[[], float]) -> Serving:
    """An edition, ready to answer, short of what is withdrawn."""
    site = edition.site
    painting = makers.painter(made, edition.folder)
    painting.assets.take_stock()
    later: list[Job] = []
    vouched = shared_by(site, made.keyring, dialect(made.settings)) if made.keyring is not None else {}
    shown = {
        name: _shown(made.telemetry, site, one, vouched.get(name), painting, later)
        for name, one in site.placeholders.items()
    }
    ticking = makers.countdowns(made, painting)
    later += [*rehearsals(site, ticking, clock()), partial(made.templates.tidy, clock())]
    threading.Thread(target=_run_each, args=(later,), name="fallbacks", daemon=True).start()
    whole = Serving(
        digest=site.digest,
        placeholders=shown,
        resolver=makers.resolver(made, site, clock),
        gallery=_gallery(made, painting, ticking, site.document),
        home=site.document.home,
        neutral=neutral_pictures(),
        tellable=site.tellable,
        may_lead=site.may_lead,
        permits=makers.permits(site),
        zone=site.zone.name,
        withdrawable=Withdrawable.of(site),
        labels=site.labels,
        short_of=partial(_short_of, made.telemetry, site, shown),
    )
    return whole.withdrawing(made.withdrawn.now.keys())


def _short_of(
    tally: Tally, site: CompiledSite, whole: Mapping[str, Shown], withdrawn: Set[Withdrawal]
) -> Mapping[str, Shown]:
    """The placeholders without what is withdrawn."""

    def serve(shown: Shown) -> Callable[[Ruleset], Served]:
        return partial(makers.served, site, site.placeholders[shown.name], room=shown.room, tally=tally)

    return {name: shown.without(withdrawn, serve(shown)) for name, shown in whole.items()}


def nothing_to_serve(made: World, clock: Callable[[], float], home: str = "") -> Serving:
    """What is served while there is no good set at all: neutral pictures, and links to the site's home."""
    nowhere = Site(home="https://localhost/")
    empty = CompiledSite(nowhere, _utc(), makers.clocks(made, nowhere), {}, "")
    painting = Painter(Assets([]), made.fonts)
    gallery = _gallery(made, painting, makers.countdowns(made, painting), nowhere)
    return Serving("", {}, makers.resolver(made, empty, clock), gallery, home or "/", neutral_pictures())


def warm(made: World, site: CompiledSite, now: float) -> None:
    """Load the tables that the first open would otherwise wait for."""
    made.cities.warm()
    made.countries.find(site.document.country or "DE")
    year = datetime.fromtimestamp(now, UTC).year
    made.holidays.warm((site.document.country,) if site.document.country else (), (year, year + 1))
    identify("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")


def _gallery(made: World, painting: Painter, ticking: Countdowns, site: Site) -> Gallery:
    spoken = policy(made.settings, site)
    return Gallery(painting, ticking, made.pictures, made.pool, made.compiling, made.telemetry, spoken)


def _shown(
    tally: Tally,
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    vouched: Shared | None,
    painting: Painter,
    later: list[Job],
) -> Shown:
    """One placeholder in service; what is not needed for the first open is added to `later`."""
    document, campaigns, room = placeholder.document, placeholder.campaigns, _room(site)
    ready, plain = partial(makers.served, site, placeholder), for_anybody(placeholder, site)
    design: Any = placeholder.design  # the painters' own, which authoring sees through its Protocol
    return Shown(
        name=placeholder.name,
        format=document.format,
        design=design,
        campaigns={name: ready(campaign.ruleset, room, tally) for name, campaign in campaigns.items()},
        sharings=sharings(site, placeholder),
        voucher=vouched.voucher.encode() if vouched is not None else None,
        fallbacks=fallback_pictures(
            painting, design, dict(plain.fields), dict(plain.captions), offered=document.format, later=later
        ),
        room=room,
        click=document.click,
        gone={name: ready(campaign.gone) for name, campaign in campaigns.items() if campaign.gone is not None},
    )


def _room(site: CompiledSite) -> int:
    """How many decisions each campaign may remember, so that a site of many does not outgrow the process."""
    campaigns = sum(len(placeholder.campaigns) for placeholder in site.placeholders.values())
    return max(LEAST_DECISIONS, min(ENTRIES, DECISIONS // max(1, campaigns)))


def _run_each(jobs: list[Job]) -> None:
    for job in jobs:
        job()


def _utc() -> Zone:
    found = find_zone("UTC")
    assert found is not None, "the time-zone database has UTC"
    return found
