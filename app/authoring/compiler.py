"""Documents to the running form: every placeholder in every campaign that fills it becomes a rule set.

One campaign may fill several placeholders; each takes the fields it has. Everything that is wrong becomes a problem,
all at once; a site with problems is compiled as far as it goes so that more can be found, and is never served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Final

from babel.numbers import get_territory_currencies

from app.authoring.addresses import TAGS
from app.authoring.campaigns import NO_SOURCE, CampaignReader
from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.designs import Drawn, read_design
from app.authoring.documents.campaign import Campaign
from app.authoring.documents.common import spoken
from app.authoring.documents.events import EventField, Events
from app.authoring.documents.feed import Column
from app.authoring.documents.folder import Documents, Read
from app.authoring.documents.links import host_of
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Site
from app.authoring.feeds import Cells, Feed, read_feed
from app.authoring.labels import read_labels
from app.authoring.limits import limits_of
from app.authoring.liquid import Conventions
from app.authoring.liquid.troubles import trouble
from app.authoring.lists import Shelves
from app.authoring.operands import Moments
from app.authoring.origins import Origins, collected_fields
from app.authoring.problems import Problems
from app.authoring.scope import Noted
from app.authoring.showings import counted_showings
from app.authoring.sitewide import check_together, check_unused_conditions
from app.authoring.speech import Speaker
from app.authoring.tellings import tellable
from app.authoring.tiles import check_list_fields
from app.authoring.toolbox import Examined, Preflight, Toolbox
from app.authoring.unread import is_sure
from app.authoring.vocabulary import campaign_signals, params, site_signals
from app.authoring.wordings import among, wordings
from app.engine.calendar import Zone, find_zone
from app.engine.params import Param
from app.engine.signals import Catalogue
from app.recipients.signals import remembered

NOWHERE = Site(home="https://localhost/")
"""Stands for the site where its file is missing."""

GONE: Final = "gone"
"""The rule by which a click is decided once what was shown is over."""

NO_CURRENCY: Final = "XXX"
"""ISO 4217 for none: stands for that of the site's country where the country could not be read."""


class Compiler:
    """Compiles one snapshot of a site."""

    def __init__(
        self,
        documents: Documents,
        toolbox: Toolbox,
        preflight: Preflight,
        problems: Problems,
        tables: Callable[[str], bytes],
    ) -> None:
        self._documents = documents
        self._tables = tables
        self._toolbox = toolbox
        self._preflight = preflight
        self._problems = problems
        self._site = documents.site.document if documents.site else NOWHERE
        self._zone: Zone = find_zone(self._site.time_zone) or _utc()
        recipients = documents.recipients.document if documents.recipients else None
        self._tellable = tellable(recipients, documents.events.document if documents.events else None)
        self._recollectable = tuple(remembered(self._tellable, counted_showings(documents)))
        about_recipients = [one.signal for one in self._recollectable]
        self._catalogue = site_signals(
            toolbox.catalogue, self._site, about_recipients, dayparts=self._is_sure_of("dayparts")
        )
        self._origins = Origins(documents.feeds, documents.events)
        self._noted: dict[str, Noted] = {}

    def compile(self, digest: str) -> CompiledSite:
        """The whole site."""
        check_together(self._documents, self._preflight, self._currency, self._problems)
        placeholders = {name: self._placeholder(read) for name, read in self._documents.placeholders.items()}
        used = {name for noted in self._noted.values() for name in noted.used}
        check_unused_conditions(self._documents, used, self._catalogue, self._toolbox.find_city, self._problems)
        return CompiledSite(
            document=self._site,
            zone=self._zone,
            clocks=self._toolbox.clocks(self._site),
            placeholders={name: made for name, made in placeholders.items() if made is not None},
            digest=digest,
            feeds=self._feeds,
            tellable=self._tellable,
            recollectable=self._recollectable,
            labels=read_labels(self._documents, self._languages, self._problems),
        )

    def _placeholder(self, read: Read[Placeholder]) -> CompiledPlaceholder | None:
        document, declared = read.document, params(read.document, limits_of(self._site.languages))
        self._check_alt(read)
        unread = self._documents.unread([read], [])
        check_list_fields(read, self._origins, unread, self._problems)
        drawn = read_design(
            read, self._origins, self._toolbox, self._preflight, self._site.brand, unread, self._problems
        )
        filling = [one for one in self._documents.campaigns.values() if read.name in one.document.placeholder]
        campaigns = {one.name: self._campaign(read, declared, drawn, one) for one in filling}
        campaigns = campaigns or {"": self._campaign(read, declared, drawn, None)}
        if drawn.design is None:
            return None
        return CompiledPlaceholder(read.name, document, drawn.design, drawn.layers, declared, campaigns, read.source)

    def _campaign(
        self, read: Read[Placeholder], declared: tuple[Param, ...], drawn: Drawn, campaign: Read[Campaign] | None
    ) -> CompiledCampaign:
        written = campaign.document if campaign else None
        local = written is not None and written.zone == "recipient"
        phases = campaign is not None and is_sure(campaign.source, "phases")
        catalogue = campaign_signals(
            self._catalogue, declared, written, self._tellable, local_phases=local, phases=phases
        )
        unread = self._documents.unread([read], [campaign] if campaign else [])
        speaker = replace(self._speaker(catalogue, self._link_params).of(read.source), unread=unread)
        targets = written.placeholder if written else ()
        reader = CampaignReader(
            placeholder=read,
            campaign=campaign,
            catalogue=catalogue,
            zone=self._zone,
            drawn=drawn,
            speaker=speaker,
            problems=self._problems,
            shelves=self._shelves,
            site=self._documents.site,
            find_city=self._toolbox.find_city,
            siblings=tuple(one.document for name, one in self._documents.placeholders.items() if name in targets),
            noted=self._noted.setdefault(campaign.name if campaign else "", Noted()),
        )
        made = reader.read()
        if read.document.gone is None:
            return made
        return replace(made, gone=made.ruleset.linking(GONE, speaker.link(read.document.gone, ("gone",))))

    def _speaker(self, catalogue: Catalogue, link_params: Mapping[str, str]) -> Speaker:
        """A speaker without a document; each place gives it its own."""
        site = self._site
        return Speaker(
            source=NO_SOURCE,
            problems=self._problems,
            catalogue=catalogue,
            preflight=self._preflight,
            languages=site.languages,
            checks_languages=self._is_sure_of("languages"),
            moments=Moments({}, self._zone),
            link_hosts=self._link_hosts,
            link_params=link_params,
            colors=site.brand.colors,
            currency=self._currency,
        )

    @cached_property
    def _feeds(self) -> dict[str, Feed]:
        """The feeds of the site; of one that could not be read, what its document says."""
        feeds = self._documents.feeds.items()
        return {name: read_feed(read, self._tables, self._cells, self._problems) for name, read in feeds}

    @cached_property
    def _shelves(self) -> Shelves:
        """What lists pick from."""
        events = self._documents.events.document if self._documents.events else Events()
        told = [field.type for event in events.events.values() for field in event.fields.values()]
        pictures = self._preflight.pictures() if "picture" in told else ()
        cells = partial(self._cells, examine=among(pictures))
        worded = {name: wordings(collected_fields(one, events), cells) for name, one in events.collections.items()}
        return Shelves(self._feeds, self._tellable, self._origins, worded)

    def _cells(self, column: Column | EventField, examine: Callable[[str], Examined] | None = None) -> Cells:
        """A reader of what stands in a column, or is told in a field; its pictures are looked at, or looked up."""
        site = self._site
        return Cells(
            column=column,
            conventions=Conventions(site.languages, self._zone.name, column.currency or self._currency),
            colors=site.brand.colors,
            link_hosts=self._link_hosts,
            examine=examine or self._preflight.examine,
        )

    @property
    def _currency(self) -> str:
        return currency_of(self._site.country) if self._is_sure_of("country") else NO_CURRENCY

    @property
    def _link_hosts(self) -> tuple[str, ...] | None:
        """The hosts that links may go to; None where the site does not say it rightly."""
        sure = self._is_sure_of("link_hosts") and self._is_sure_of("home")
        return (*self._site.link_hosts, host_of(self._site.home)) if sure else None

    @cached_property
    def _link_params(self) -> dict[str, str]:
        """The site's link parameters that can be said; problems name the others."""
        read = self._documents.site
        if read is None:
            return {}
        speaker = self._speaker(self._catalogue, {}).of(read.source)
        written = self._site.link_params
        return {name: value for name, value in written.items() if speaker.sound_param(value, ("link_params", name))}

    @property
    def _languages(self) -> tuple[str, ...] | None:
        """The languages of the site; None where it does not say them rightly."""
        return self._site.languages if self._is_sure_of("languages") else None

    def _is_sure_of(self, key: str) -> bool:
        """Whether the site says this without mistakes; else nobody is blamed for what does not agree with it."""
        read = self._documents.site
        return read is not None and is_sure(read.source, key)

    def _check_alt(self, read: Read[Placeholder]) -> None:
        """The placeholder's alt stands in the sent mail, where no signal is known yet."""
        message = "this text is frozen in the sent mail, before anything is known of who opens it"
        remedy = "write what is true for every outcome; rules have an alt: of their own"
        for alternatives in spoken(read.document.alt or "", ("alt",)).values():
            for text, path in alternatives:
                found = [
                    trouble(text, "frozen-alt", message, remedy, offset=tag.start(), width=len(tag[0]))
                    for tag in TAGS.finditer(text)
                ]
                read.source.complain_inside(self._problems, path, found)


def currency_of(country: str | None) -> str:
    """The currency that prices have in a country (CLDR), or nothing."""
    return next(iter(get_territory_currencies(country)), "") if country else ""


def _utc() -> Zone:
    zone = find_zone("UTC")
    assert zone is not None, "the time-zone database has UTC"
    return zone
