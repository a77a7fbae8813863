"""One campaign for one placeholder, from documents to a rule set.

Conditions, parts, outcomes, schedules and examples are read here, each in the document in which it stands; what they
say is read by `outcomes`, what they ask by `whens`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from app.authoring.captions import Captions
from app.authoring.compiled import CompiledCampaign
from app.authoring.designs import Drawn
from app.authoring.documents.campaign import Campaign, Rule as WrittenRule
from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Site
from app.authoring.examples import read_examples
from app.authoring.faces import moves
from app.authoring.firsts import has_place, offers
from app.authoring.insight.regions import assured_by
from app.authoring.lists import Listed, Shelves, read_lists
from app.authoring.operands import Misread, Moments
from app.authoring.outcomes import Outcomes
from app.authoring.parts import check_chains
from app.authoring.problems import Problems
from app.authoring.scope import Named, Noted, Scope
from app.authoring.speech import Speaker
from app.authoring.tiles import item_names
from app.authoring.vocabulary import holdout, lots
from app.authoring.whens import read_named, read_when
from app.authoring.yamlsource import Path, Source
from app.engine.calendar import Zone
from app.engine.clauses import ZONE_SIGNAL, Window
from app.engine.conditions import ALWAYS, Condition, Not, every
from app.engine.lists import ItemList, PersonalList
from app.engine.moving import InMomentRange, Moment
from app.engine.phases import Phases
from app.engine.rules import Field, Part, Row, Rule, Ruleset
from app.engine.signals import Catalogue
from app.engine.words import Words

NO_SOURCE = Source("", {})


@dataclass(frozen=True)
class CampaignReader:
    """Reads one campaign (or none: a placeholder nobody fills shows its defaults) for one placeholder."""

    placeholder: Read[Placeholder]
    campaign: Read[Campaign] | None
    catalogue: Catalogue
    zone: Zone
    drawn: Drawn
    speaker: Speaker
    problems: Problems
    shelves: Shelves
    site: Read[Site] | None
    find_city: Callable[[str], tuple[float, float] | None]
    siblings: tuple[Placeholder, ...]
    noted: Noted

    def read(self) -> CompiledCampaign:
        """The rule set that is served, the one for previews, and the examples."""
        for name in self._written.conditions:
            read_named(name, self._scope)
        preview = self._ruleset(tuple(self._rules()))
        served = preview.without({rule.name for rule in self._written.rules if rule.draft})
        if self.campaign is None:
            return CompiledCampaign("", served, preview, (), None)
        told = self.shelves.tellable
        examples = read_examples(self.campaign, self.catalogue, self._moments, self._outcomes, told, self.problems)
        return CompiledCampaign(self.campaign.name, served, preview, examples, self.campaign.source)

    @cached_property
    def _written(self) -> Campaign:
        return self.campaign.document if self.campaign else Campaign(placeholder=(self.placeholder.name,))

    @cached_property
    def _source(self) -> Source:
        return self.campaign.source if self.campaign else NO_SOURCE

    @cached_property
    def _speaker(self) -> Speaker:
        """The placeholder's own, who knows the campaign's phases."""
        return replace(self.speaker, moments=self._moments)

    @cached_property
    def _outcomes(self) -> Outcomes:
        """The reader of outcomes, which speak in this campaign's own document and read the parts that say a word."""
        parts = self._written.parts
        saying = frozenset(name for name, rows in parts.items() if any(row.say is not None for row in rows))
        own = self.placeholder.document.fields
        everywhere = frozenset(name for document in self.siblings for name in document.fields) | set(own)
        speaker = replace(self._speaker.of(self._source), parts=saying, giving=frozenset(parts) - saying)
        slots = self.placeholder.document.slots
        names = frozenset[str]() if slots is None else item_names(own.get(slots.list), self.shelves.feeds)
        return Outcomes(speaker, own, everywhere, self.drawn.styles, self._lists, slots, names)

    @cached_property
    def _moments(self) -> Moments:
        recipient = self._written.zone == "recipient"
        plain = Moments({}, self.zone, recipient)
        phases: dict[str, Moment] = {}
        for name, text in self._written.phases.items():
            try:
                phases[name] = plain.read(text)
            except Misread as error:
                error.tell(self._source, self.problems, ("phases", name))
        return Moments(phases, self.zone, recipient, self.speaker.unread)

    @cached_property
    def _scope(self) -> Scope:
        site = (self.site.source, self.site.document.conditions) if self.site else (NO_SOURCE, {})
        named = {
            name: Named(source, ("conditions", name), raw)
            for source, conditions in (site, (self._source, self._written.conditions))
            for name, raw in conditions.items()
        }
        return Scope(
            source=self._source,
            problems=self.problems,
            catalogue=self.catalogue,
            conditions=named,
            moments=self._moments,
            find_city=self.find_city,
            placeholder=self.placeholder.source.file,
            campaign=self._source.file,
            unread=self.speaker.unread,
            noted=self.noted,
        )

    @cached_property
    def _lists(self) -> dict[str, Listed]:
        return read_lists(self._written.lists, self.shelves, self._scope)

    def _ruleset(self, rules: tuple[Rule, ...]) -> Ruleset:
        written, name = self._written, self.campaign.name if self.campaign else ""
        otherwise = self._outcomes.read(written.otherwise, ("otherwise",))
        lists = [one.made for one in self._lists.values()]
        if not otherwise.link.by_language and self.site is not None:
            otherwise = replace(otherwise, link=self._home(self.site))
        return Ruleset(
            placeholder=self.placeholder.name,
            campaign=name,
            digest=self._digest(),
            catalogue=self.catalogue,
            fields=tuple(self._fields()),
            rules=rules,
            otherwise=otherwise,
            unknown=None if isinstance(written.unknown, str) else self._outcomes.read(written.unknown, ("unknown",)),
            parts=self._parts(),
            captions=Captions(self.placeholder, self.drawn.layers, self._speaker, self.shelves.feeds).read(),
            alt=self.speaker.text(self.placeholder.document.alt, ("alt",)),
            lots=tuple(lots(name, written)),
            holdout=holdout(name, written),
            phases=Phases(tuple(self._moments.phases.items())) if self._moments.phases else None,
            lists=tuple(made for made in lists if isinstance(made, ItemList)),
            personal=tuple(made for made in lists if isinstance(made, PersonalList)),
            offers=tuple(offers(name, written)),
        )

    def _home(self, site: Read[Site]) -> Words:
        return self.speaker.of(site.source).link(site.document.home, ("home",))

    def _digest(self) -> str:
        """Names the documents this set was made of, so that a receipt can tell which rules decided."""
        sources = [self.placeholder.source, self._source] + ([self.site.source] if self.site else [])
        text = "\0".join("\n".join(source.lines) for source in sources)
        return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

    def _fields(self) -> Iterator[Field]:
        for name, written in self.placeholder.document.fields.items():
            styles = self.drawn.styles(name)
            default = self._speaker.field(written, written.default, ("fields", name, "default"), styles=styles)
            yield Field(name, written.type, default, written.required)

    def _parts(self) -> Mapping[str, Part]:
        parts = {}
        for name, rows in self._written.parts.items():
            made = []
            for index, row in enumerate(rows):
                path: Path = ("parts", name, index)
                condition = None if row.when is None else read_when(row.when, (*path, "when"), self._scope)
                moving = condition is not None and moves(condition.signals())
                say = replace(self._outcomes.speaker, moving=moving).text(row.say, (*path, "say"))
                assured = assured_by(condition, self.catalogue) if condition else frozenset[str]()
                show = self._outcomes.shown(row.show, (*path, "show"), assured=assured, moving=moving)
                made.append(Row(condition or ALWAYS, say, show))
            parts[name] = Part(name, tuple(made))
        check_chains(parts, self._source, self.problems)
        return parts

    def _rules(self) -> Iterator[Rule]:
        for index, written in enumerate(self._written.rules):
            path: Path = ("rules", index)
            conditions = list(self._conditions(written, path))
            condition = every(conditions) if conditions else ALWAYS
            moving = moves(condition.signals()) or written.from_ is not None or written.until is not None
            assured = assured_by(condition, self.catalogue)
            outcome = self._outcomes.read(written, path, assured=assured, moving=moving)
            yield Rule(written.name, condition, outcome, written.note or "", self._source.place(path).line)

    def _conditions(self, written: WrittenRule, path: Path) -> Iterator[Condition]:
        if written.when is not None and (when := read_when(written.when, (*path, "when"), self._scope)):
            yield when
        if (window := self._window(written, path)) is not None:
            yield window
        for quiet, where in ((written.quiet_when, (*path, "quiet_when")), (self._written.quiet_when, ("quiet_when",))):
            if quiet is not None and (silent := read_when(quiet, where, self._scope)):
                yield Not(silent, "not quiet")
        yield from has_place(written, self.catalogue)

    def _window(self, written: WrittenRule, path: Path) -> Window | None:
        """The stretch between `from` and `until`; their moments were checked with the document."""
        try:
            start = self._moments.read(written.from_) if written.from_ is not None else None
            end = self._moments.read(written.until, end=True) if written.until is not None else None
        except Misread as error:
            error.tell(self._source, self.problems, path)
            return None
        if start is None and end is None:
            return None
        local = any(moment is not None and moment.is_local for moment in (start, end))
        said = " ".join(f"{word} {text}" for word, text in (("from", written.from_), ("until", written.until)) if text)
        bit = self.catalogue.bits[ZONE_SIGNAL] if local else 0
        return Window(InMomentRange(start, end, runs=True), bit, said)
