"""The composition root, second half: what an edition of a site is made of. It reads like a table of contents.

Everything is made here and handed inwards; nothing is opened at import. What can be broken by content or files never
stops the process: it is logged, counted, and something lesser serves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Set
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.site import Site
from app.authoring.library import Edition, Library
from app.authoring.sets import Sets
from app.authoring.toolbox import Toolbox
from app.authoring.unaddressed import for_anybody
from app.cacheability import sharings
from app.edge.printing import Shared
from app.engine.calendar import Zone, find_zone
from app.engine.decide import Decider
from app.engine.remembering import ENTRIES
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE, Purpose
from app.engine.withdrawals import Withdrawal
from app.fronts import dialect, policy, shared_by
from app.gallery import Gallery
from app.ports import Clocks, Tally
from app.recalling import Recalling
from app.recipients.collecting import holding
from app.recipients.permits import Need, Permits
from app.recipients.recollection import Recollection
from app.recipients.whereabouts import Whereabouts
from app.rehearsals import rehearsals
from app.render.assets import Assets
from app.render.atlas import Atlas
from app.render.fallbacks import Job, fallback_pictures, neutral_pictures
from app.render.layers import LAYERS
from app.render.paint import Painter
from app.render.preflight import PaintersPreflight
from app.render.ticking import Countdowns
from app.resolve import Resolver
from app.served import Served
from app.serving import Serving
from app.shown import Shown
from app.sources.clock import Clockwork
from app.sources.device import MailViewers
from app.sources.geo.declared import PROFILE_WORDS
from app.sources.geo.source import GeoSource
from app.sources.link import UrlLinks
from app.sources.viewer import identify
from app.surroundings import Sources
from app.withdrawable import Withdrawable
from app.world import World, hiders

DECISIONS: Final = 1 << 15
"""Decisions that one process remembers at most, some 2 KB each; shared out among the campaigns of a site."""
LEAST_DECISIONS: Final = 128


def toolbox(made: World) -> Toolbox:
    """What authoring is handed."""

    def find_city(name: str) -> tuple[float, float] | None:
        city = made.cities.find(name)
        return (city.latitude, city.longitude) if city else None

    return Toolbox(CATALOGUE, LAYERS, find_city, lambda site: clocks(made, site))


def clocks(made: World, site: Site) -> Clocks:
    """The clocks of a site."""
    return Clockwork(
        dayparts=site.dayparts,
        zone=site.time_zone,
        lands=made.countries,
        holidays=made.holidays,
        country=site.country,
    )


def preflight(made: World, folder: Path) -> PaintersPreflight:
    """The painters' answers about a site folder."""
    return PaintersPreflight(folder, made.fonts, made.examiner)


def library(made: World, folder: Path, state: Path) -> Library:
    """The editions of a site folder."""
    return Library(folder, Sets.of(folder, state), toolbox(made), partial(preflight, made))


def resolver(made: World, site: CompiledSite, clock: Callable[[], float]) -> Resolver:
    """Whom a site asks."""
    document = site.document
    places = GeoSource(
        addresses=made.addresses,
        cities=made.cities,
        countries=made.countries,
        postcodes=made.postcodes,
        order=document.place,
        home=document.country,
        language=document.languages[0],
    )
    sources = Sources(
        viewers=MailViewers(made.addresses.apples),
        places=places,
        clocks=site.clocks,
        weather=made.weather,
        zone=site.zone,
        languages=document.languages,
        language=document.language,
        truths=made.truths,
        recalling=Recalling(
            memory=made.store,
            trusts_plain_ids=document.recipients.trust_plain_ids,
            measured=document.consent.measurement,
            hiders=hiders(made.keyring),
            edition=site.digest,
        ),
        offers=made.store,
    )
    return Resolver(sources, clock)


def _measures_opens(site: CompiledSite) -> bool:
    return site.document.consent.measurement == "individual"


def _permits(site: CompiledSite) -> Permits:
    consent = site.document.consent
    needs: Mapping[Purpose, Need] = {Purpose.LOCATION: consent.location, Purpose.BEHAVIOUR: consent.behaviour}
    return Permits(needs, _measures_opens(site))


def painter(made: World, folder: Path) -> Painter:
    """A painter with the assets of a site folder."""
    assets, fonts = Assets([folder / "assets"]), made.fonts.with_own(folder / "assets")
    return Painter(assets, fonts, atlas=Atlas(made.tiles))


def countdowns(made: World, painting: Painter) -> Countdowns:
    """The countdowns of the pictures that a painter paints."""
    return Countdowns(painting, made.templates)


def warm(made: World, site: CompiledSite, now: float) -> None:
    """Load the tables that the first open would otherwise wait for."""
    made.cities.warm()
    made.countries.find(site.document.country or "DE")
    year = datetime.fromtimestamp(now, UTC).year
    made.holidays.warm((site.document.country,) if site.document.country else (), (year, year + 1))
    identify("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")


def serving(made: World, edition: Edition, clock: Callable[[], float]) -> Serving:
    """An edition, ready to answer, short of what is withdrawn."""
    site = edition.site
    painting = painter(made, edition.folder)
    painting.assets.take_stock()
    later: list[Job] = []
    vouched = shared_by(site, made.keyring, dialect(made.settings)) if made.keyring is not None else {}
    shown = {
        name: _shown(made.telemetry, site, one, vouched.get(name), painting, later)
        for name, one in site.placeholders.items()
    }
    ticking = countdowns(made, painting)
    later += [*rehearsals(site, ticking, clock()), partial(made.templates.tidy, clock())]
    threading.Thread(target=_run_each, args=(later,), name="fallbacks", daemon=True).start()
    whole = Serving(
        digest=site.digest,
        placeholders=shown,
        resolver=resolver(made, site, clock),
        gallery=_gallery(made, painting, ticking, site.document),
        home=site.document.home,
        neutral=neutral_pictures(),
        tellable=site.tellable,
        may_lead=site.may_lead,
        permits=_permits(site),
        zone=site.zone.name,
        withdrawable=Withdrawable.of(site),
        short_of=partial(_short_of, made.telemetry, site, shown),
    )
    return whole.withdrawing(made.withdrawn.now.keys())


def _short_of(
    tally: Tally, site: CompiledSite, whole: Mapping[str, Shown], withdrawn: Set[Withdrawal]
) -> Mapping[str, Shown]:
    """The placeholders without what is withdrawn."""

    def serve(shown: Shown) -> Callable[[Ruleset], Served]:
        return partial(served, site, site.placeholders[shown.name], room=shown.room, tally=tally)

    return {name: shown.without(withdrawn, serve(shown)) for name, shown in whole.items()}


def nothing_to_serve(made: World, clock: Callable[[], float], home: str = "") -> Serving:
    """What is served while there is no good set at all: neutral pictures, and links to the site's home."""
    empty = CompiledSite(Site(home="https://localhost/"), _utc(), clocks(made, Site(home="https://localhost/")), {}, "")
    painting = Painter(Assets([]), made.fonts)
    gallery = _gallery(made, painting, countdowns(made, painting), empty.document)
    return Serving("", {}, resolver(made, empty, clock), gallery, home or "/", neutral_pictures())


def _gallery(made: World, painting: Painter, ticking: Countdowns, site: Site) -> Gallery:
    spoken = policy(made.settings, site)
    return Gallery(painting, ticking, made.pictures, made.pool, made.compiling, made.telemetry, spoken)


def served(
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    ruleset: Ruleset,
    room: int = ENTRIES,
    tally: Tally | None = None,
) -> Served:
    """One placeholder in one campaign, ready to be decided."""
    declared, permits = frozenset(param.name for param in placeholder.params), _permits(site)
    held = tuple((one, holding(one.collection, site.tellable, one.reads)) for one in ruleset.personal_read)
    return Served.of(
        Decider(ruleset),
        UrlLinks(placeholder.params, tally),
        declared,
        site.document.language,
        partial(Recollection.of, site.recollectable, permits, held=held),
        Whereabouts.of(site.tellable, permits, PROFILE_WORDS if "recipient" in site.document.place else ()),
        room,
    )


def _shown(
    tally: Tally,
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    vouched: Shared | None,
    painting: Painter,
    later: list[Job],
) -> Shown:
    room = _room(site)
    campaigns = {
        name: served(site, placeholder, campaign.ruleset, room, tally)
        for name, campaign in placeholder.campaigns.items()
    }
    gone = {
        name: served(site, placeholder, campaign.gone)
        for name, campaign in placeholder.campaigns.items()
        if campaign.gone is not None
    }
    shares = sharings(site, placeholder)
    design: Any = placeholder.design  # the painters' own, which authoring sees through its Protocol
    plain, format = for_anybody(placeholder, site), placeholder.document.format
    fallbacks = fallback_pictures(
        painting, design, dict(plain.fields), dict(plain.captions), offered=format, later=later
    )
    return Shown(
        name=placeholder.name,
        format=format,
        design=placeholder.design,
        campaigns=campaigns,
        sharings=shares,
        voucher=vouched.voucher.encode() if vouched is not None else None,
        fallbacks=fallbacks,
        room=room,
        click=placeholder.document.click,
        gone=gone,
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
