"""Documents to the running form: every placeholder in every campaign that fills it becomes a rule set.

One campaign may fill several placeholders; each takes the fields it has. Everything that is wrong becomes a problem,
all at once; a site with problems is compiled as far as it goes so that more can be found, and is never served.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from babel.numbers import get_territory_currencies

from app.authoring.campaigns import NO_SOURCE, CampaignReader
from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.documents.campaign import Campaign
from app.authoring.documents.folder import Documents, Read
from app.authoring.documents.layers import layer_from
from app.authoring.documents.links import host_of
from app.authoring.documents.placeholder import ParamWritten, Placeholder
from app.authoring.documents.site import Site
from app.authoring.operands import boolean, date, number
from app.authoring.problems import Problems
from app.authoring.speech import Speaker
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Design, Studio, Toolbox
from app.authoring.vocabulary import attributes, campaign_signals, site_signals
from app.engine.calendar import Zone, find_zone
from app.engine.params import MAX_LENGTH, TYPES, Param, Value
from app.engine.readings import EMPTY, Empty
from app.engine.signals import Catalogue, Kind

COLOR_KEYS = frozenset({"color", "fill", "stroke", "background"})


class Compiler:
    """Compiles one snapshot of a site."""

    def __init__(self, documents: Documents, toolbox: Toolbox, studio: Studio, problems: Problems) -> None:
        self._documents = documents
        self._toolbox = toolbox
        self._studio = studio
        self._problems = problems
        self._site = documents.site.document if documents.site else Site(home="https://localhost/")
        found = find_zone(self._site.time_zone)
        self._zone: Zone = found if found is not None else _utc()
        recipients = documents.recipients.document if documents.recipients else None
        self._attributes = attributes(recipients)
        self._catalogue = site_signals(toolbox.catalogue, self._site, self._attributes)
        self._link_params = self._sound_params()

    def compile(self, digest: str) -> CompiledSite:
        """The whole site."""
        self._check_language()
        self._check_targets()
        placeholders = {name: self._placeholder(read) for name, read in self._documents.placeholders.items()}
        return CompiledSite(
            document=self._site,
            zone=self._zone,
            clocks=self._toolbox.clocks(self._site),
            placeholders={name: made for name, made in placeholders.items() if made is not None},
            attributes=self._attributes,
            digest=digest,
        )

    def _placeholder(self, read: Read[Placeholder]) -> CompiledPlaceholder | None:
        document = read.document
        params = tuple(_param(name, written) for name, written in document.params.items())
        design = self._design(read)
        if design is None:
            return None
        campaigns: dict[str, CompiledCampaign] = {}
        for name, campaign in self._documents.campaigns.items():
            if read.name in campaign.document.placeholder:
                campaigns[name] = self._campaign(read, params, design, campaign)
        if not campaigns:
            campaigns[""] = self._campaign(read, params, design, None)
        return CompiledPlaceholder(read.name, document, design, params, campaigns, read.source)

    def _campaign(
        self, read: Read[Placeholder], params: tuple[Param, ...], design: Design, campaign: Read[Campaign] | None
    ) -> CompiledCampaign:
        written = campaign.document if campaign else None
        local = written is not None and written.zone == "recipient"
        catalogue = campaign_signals(self._catalogue, params, written, local_phases=local)
        reader = CampaignReader(
            placeholder=read,
            campaign=campaign,
            catalogue=catalogue,
            zone=self._zone,
            design=design,
            speaker=replace(self._speaker(catalogue, self._link_params), source=read.source),
            problems=self._problems,
            site=self._documents.site,
            find_city=self._toolbox.find_city,
            siblings=tuple(
                self._documents.placeholders[name].document
                for name in (written.placeholder if written else ())
                if name in self._documents.placeholders
            ),
        )
        return reader.read()

    def _speaker(self, catalogue: Catalogue, link_params: Mapping[str, str]) -> Speaker:
        """A speaker without a document; each place gives it its own."""
        site = self._site
        return Speaker(
            source=NO_SOURCE,
            problems=self._problems,
            catalogue=catalogue,
            studio=self._studio,
            languages=site.languages,
            zone=self._zone.name,
            link_hosts=(*site.link_hosts, host_of(site.home)),
            link_params=link_params,
            colors=site.brand.colors,
            currency=currency_of(site.country),
        )

    def _design(self, read: Read[Placeholder]) -> Design | None:
        source, document = read.source, read.document
        layers = []
        for index, raw in enumerate(document.layers):
            path = ("layers", index)
            word, body = next(iter(raw.items()))
            layer = layer_from({word: self._colored(body)}, path, self._toolbox.layers, self._problems, source)
            if layer is None:
                continue
            field = getattr(layer, "field", None)
            if field is not None and field not in document.fields:
                remedy = did_you_mean(field, document.fields, else_say="fields are") or "declare it under fields:"
                source.complain(
                    self._problems, (*path, word, "field"), "unknown-field", f"there is no field “{field}”", remedy=remedy
                )
            self._check_fixed_asset(layer, (*path, word), read)
            layers.append(layer)
        try:
            return self._studio.design(read.name, document.size, "#ffffff", layers)
        except ValueError as error:
            source.complain(self._problems, ("layers",), "bad-layer", str(error), key=True)
            return None

    def _colored(self, body: Mapping[str, object]) -> dict[str, object]:
        """The layer with the brand's colour names put in."""
        colors = self._site.brand.colors

        def named(value: object) -> object:
            return colors.get(value, value) if isinstance(value, str) else value

        shown: dict[str, object] = {}
        for key, value in body.items():
            if key in COLOR_KEYS:
                shown[key] = named(value)
            elif key == "gradient" and isinstance(value, list):
                shown[key] = [named(one) for one in value]
            else:
                shown[key] = value
        return shown

    def _check_fixed_asset(self, layer: object, path: tuple[str | int, ...], read: Read[Placeholder]) -> None:
        fixed = getattr(layer, "picture", None)
        if isinstance(fixed, str):
            found = self._studio.examine(fixed)
            if not found.ok:
                read.source.complain(self._problems, (*path, "picture"), "asset", found.problem, remedy=found.remedy)

    def _sound_params(self) -> dict[str, str]:
        """The site's link parameters that can be said; problems name the others."""
        read = self._documents.site
        if read is None:
            return {}
        speaker = replace(self._speaker(self._catalogue, {}), source=read.source)
        params = self._site.link_params
        return {name: value for name, value in params.items() if speaker.sound_param(value, ("link_params", name))}

    def _check_language(self) -> None:
        """That the signals which tell the language exist."""
        read = self._documents.site
        if read is None:
            return
        declared = {f"param.{name}" for one in self._documents.placeholders.values() for name in one.document.params}
        known = declared | {signal.name for signal in self._attributes}
        for index, name in enumerate(self._site.language):
            if name not in known and not name.startswith(("recipient.", "param.")):
                remedy = did_you_mean(name, known, else_say="it can be")
                read.source.complain(
                    self._problems, ("language", index), "unknown-signal", f"“{name}” tells no language", remedy=remedy
                )

    def _check_targets(self) -> None:
        """Every campaign fills placeholders that exist; a placeholder with several campaigns needs c= in its URL."""
        fillers: dict[str, list[str]] = {}
        for name, campaign in self._documents.campaigns.items():
            for index, target in enumerate(campaign.document.placeholder):
                fillers.setdefault(target, []).append(name)
                if target not in self._documents.placeholders:
                    path = ("placeholder",) if isinstance(campaign.source.at(("placeholder",)), str) else ("placeholder", index)
                    remedy = did_you_mean(target, self._documents.placeholders, else_say="placeholders are")
                    campaign.source.complain(
                        self._problems, path, "unknown-placeholder", f"there is no placeholder “{target}”", remedy=remedy
                    )
        for target, names in fillers.items():
            if len(names) > 1 and target in self._documents.placeholders:
                read = self._documents.placeholders[target]
                message = f"the campaigns {', '.join(names)} all fill this placeholder; without c= in the URL it is {names[0]}"
                read.source.complain(
                    self._problems, (), "several-campaigns", message, remedy="write c= into each URL; snippets do", severity="warning"
                )


def currency_of(country: str | None) -> str:
    """The currency that prices have in a country (CLDR), or nothing."""
    return next(iter(get_territory_currencies(country)), "") if country else ""


def _utc() -> Zone:
    zone = find_zone("UTC")
    assert zone is not None, "the time-zone database has UTC"
    return zone


def _param(name: str, written: ParamWritten) -> Param:
    """The parameter as it is read from URLs; its limits were checked with the document."""
    kind = TYPES[written.type]
    default: Value | Empty | None = None
    if written.default is not None:
        default = EMPTY if written.default == "" else _typed(kind, written.default)
    return Param(
        name,
        kind,
        written.choices,
        default,
        written.max_length or MAX_LENGTH,
        re.compile(written.pattern) if written.pattern else None,
    )


def _typed(kind: Kind, text: str) -> Value:
    match kind:
        case Kind.NUMBER:
            return number(text)
        case Kind.BOOLEAN:
            return boolean(text)
        case Kind.DATE:
            found: Value = date(text)
            return found
        case _:
            return text

