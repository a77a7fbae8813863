"""The composition root, second part: what works on a site is made of. It reads like a table of contents.

Everything is made here and handed inwards; nothing is opened at import. What can be broken by content or files never
stops the process: it is logged, counted, and something lesser serves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.site import Site
from app.authoring.library import Library
from app.authoring.sets import Sets
from app.authoring.toolbox import Toolbox
from app.engine.decide import Decider
from app.engine.remembering import ENTRIES
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE, Purpose
from app.ports import Clocks, Tally
from app.recipients.collecting import holding
from app.recipients.permits import Need, Permits
from app.recipients.recollection import Recollection
from app.recipients.whereabouts import Whereabouts
from app.render.assets import Assets
from app.render.atlas import Atlas
from app.render.layers import LAYERS
from app.render.paint import Painter
from app.render.preflight import PaintersPreflight
from app.render.ticking import Countdowns
from app.resolve.hinge import Resolver
from app.resolve.recalling import Recalling
from app.resolve.served import Served
from app.resolve.surroundings import Sources
from app.sources.clock import Clockwork
from app.sources.device import MailViewers
from app.sources.geo.declared import PROFILE_WORDS
from app.sources.geo.source import GeoSource
from app.sources.link import UrlLinks
from app.wiring.keeping import DAY_S
from app.wiring.world import World, hiders


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
    sets = Sets.of(folder, state, receipts_s=made.settings.keep.shown_days * DAY_S)
    return Library(folder, sets, toolbox(made), partial(preflight, made))


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


def permits(site: CompiledSite) -> Permits:
    """What recipients are asked for before a site reads it of them."""
    consent = site.document.consent
    needs: Mapping[Purpose, Need] = {Purpose.LOCATION: consent.location, Purpose.BEHAVIOUR: consent.behaviour}
    return Permits(needs, consent.measurement == "individual")


def painter(made: World, folder: Path) -> Painter:
    """A painter with the assets of a site folder, which shares out the room that it is given."""
    room, place = made.settings.render_mb << 20, folder / "assets"
    assets, fonts = Assets([place], decoded_bytes=room // 4), made.fonts.with_own(place)
    return Painter(assets, fonts, atlas=Atlas(made.tiles), plate_bytes=room // 2, patch_bytes=room // 4)


def countdowns(made: World, painting: Painter) -> Countdowns:
    """The countdowns of the pictures that a painter paints."""
    return Countdowns(painting, made.templates)


def served(
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    ruleset: Ruleset,
    room: int = ENTRIES,
    tally: Tally | None = None,
) -> Served:
    """One placeholder in one campaign, ready to be decided."""
    declared, permitted = frozenset(param.name for param in placeholder.params), permits(site)
    held = tuple((one, holding(one.collection, site.tellable, one.reads)) for one in ruleset.personal_read)
    return Served.of(
        Decider(ruleset),
        UrlLinks(placeholder.params, tally),
        declared,
        site.document.language,
        partial(Recollection.of, site.recollectable, permitted, held=held),
        Whereabouts.of(site.tellable, permitted, PROFILE_WORDS if "recipient" in site.document.place else ()),
        room,
    )
