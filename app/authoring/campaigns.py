"""One campaign for one placeholder, from documents to a rule set.

Rules fill the fields that this placeholder has; what only its siblings have is left to them. Conditions, parts,
outcomes, schedules and examples all are read here, in the document in which they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from app.authoring.cases import read_examples
from app.authoring.compiled import CompiledCampaign
from app.authoring.documents.campaign import Campaign, Rule as WrittenRule
from app.authoring.documents.common import Outcome as WrittenOutcome
from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Site
from app.authoring.operands import Misread, Moments
from app.authoring.problems import Problems
from app.authoring.speech import Speaker
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Design
from app.authoring.vocabulary import holdout, lots
from app.authoring.whens import Named, Scope, read_when
from app.authoring.yamlsource import Path, Source
from app.engine.calendar import Zone
from app.engine.conditions import ALWAYS, ZONE_SIGNAL, Condition, Not, Window, every
from app.engine.moving import InMomentRange, Moment
from app.engine.phases import Phases
from app.engine.rules import Field, Outcome, Part, Row, Rule, Ruleset
from app.engine.signals import Catalogue
from app.engine.words import NOTHING_SAID, Words, fixed

NO_SOURCE = Source("", {})


@dataclass(frozen=True)
class CampaignReader:
    """Reads one campaign (or none: a placeholder nobody fills shows its defaults) for one placeholder."""

    placeholder: Read[Placeholder]
    campaign: Read[Campaign] | None
    catalogue: Catalogue
    zone: Zone
    design: Design
    speaker: Speaker
    problems: Problems
    site: Read[Site] | None
    find_city: Callable[[str], tuple[float, float] | None]
    siblings: tuple[Placeholder, ...]

    def read(self) -> CompiledCampaign:
        """The rule set that is served, the one for previews, and the examples."""
        rules = tuple(self._rules(drafts=True))
        drafts = {rule.name for rule in self._written.rules if rule.draft}
        preview = self._ruleset(rules)
        served = preview.without(drafts)
        name = self.campaign.name if self.campaign else ""
        examples = read_examples(self.campaign, self.catalogue, self._moments, self.problems) if self.campaign else ()
        return CompiledCampaign(name, served, preview, examples, self.campaign.source if self.campaign else None)

    @cached_property
    def _written(self) -> Campaign:
        return self.campaign.document if self.campaign else Campaign(placeholder=(self.placeholder.name,))

    @cached_property
    def _source(self) -> Source:
        return self.campaign.source if self.campaign else NO_SOURCE

    @cached_property
    def _speaker(self) -> Speaker:
        """The speaker of this campaign's own document."""
        return replace(self.speaker, source=self._source, parts=frozenset(self._written.parts))

    @cached_property
    def _moments(self) -> Moments:
        recipient = self._written.zone == "recipient"
        plain = Moments({}, self.zone, recipient)
        phases: dict[str, Moment] = {}
        for name, text in self._written.phases.items():
            try:
                phases[name] = plain.read(text)
            except Misread as error:
                self._source.complain(self.problems, ("phases", name), error.code, error.message, remedy=error.remedy)
        return Moments(phases, self.zone, recipient)

    @cached_property
    def _scope(self) -> Scope:
        named: dict[str, Named] = {}
        if self.site is not None:
            for name, raw in self.site.document.conditions.items():
                named[name] = Named(self.site.source, ("conditions", name), raw)
        for name, raw in self._written.conditions.items():
            named[name] = Named(self._source, ("conditions", name), raw)
        return Scope(self._source, self.problems, self.catalogue, named, self._moments, self.find_city)

    def _ruleset(self, rules: tuple[Rule, ...]) -> Ruleset:
        written, document = self._written, self.placeholder.document
        name = self.campaign.name if self.campaign else ""
        unknown = None if isinstance(written.unknown, str) else self._outcome(written.unknown, ("unknown",))
        otherwise = self._outcome(written.otherwise, ("otherwise",))
        if not otherwise.link.by_language and self.site is not None:
            otherwise = replace(otherwise, link=self._home())
        for condition_name in written.conditions:
            read_when(written.conditions[condition_name], ("conditions", condition_name), self._scope)
        return Ruleset(
            placeholder=self.placeholder.name,
            campaign=name,
            digest=self._digest(),
            catalogue=self.catalogue,
            fields=tuple(self._fields()),
            rules=rules,
            otherwise=otherwise,
            unknown=unknown,
            parts=self._parts(),
            captions=dict(self._captions()),
            alt=self._alt(document),
            lots=tuple(lots(name, written)),
            holdout=holdout(name, written),
            phases=Phases(tuple(self._moments.phases.items())) if self._moments.phases else None,
        )

    def _home(self) -> Words:
        assert self.site is not None
        return replace(self.speaker, source=self.site.source).link(self.site.document.home, ("home",))

    def _alt(self, document: Placeholder) -> Words:
        return self.speaker.text(document.alt, ("alt",)) if document.alt is not None else NOTHING_SAID

    def _digest(self) -> str:
        """Names the documents this set was made of, so that a receipt can tell which rules decided."""
        sources = [self.placeholder.source, self._source] + ([self.site.source] if self.site else [])
        text = "\0".join("\n".join(source.lines) for source in sources)
        return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

    def _fields(self) -> Iterator[Field]:
        for name, written in self.placeholder.document.fields.items():
            default = self.speaker.field(written, written.default, ("fields", name, "default"))
            yield Field(name, written.type, default, written.required)

    def _captions(self) -> Iterator[tuple[int, Words]]:
        """The texts that layers carry themselves."""
        for index, layer in enumerate(self.design.layers):
            text = getattr(layer, "text", None)
            if text is not None:
                yield index, self.speaker.text(text, ("layers", index, "text", "text"))

    def _parts(self) -> Mapping[str, Part]:
        parts = {}
        for name, rows in self._written.parts.items():
            made = []
            for index, row in enumerate(rows):
                path: Path = ("parts", name, index)
                condition = ALWAYS if row.when is None else read_when(row.when, (*path, "when"), self._scope)
                say = self._speaker.text(row.say, (*path, "say")) if row.say is not None else NOTHING_SAID
                show = self._shown(row.show, (*path, "show")) if isinstance(row.show, dict) else {}
                made.append(Row(condition or ALWAYS, say, show))
            parts[name] = Part(name, tuple(made))
        self._refuse_circles(parts)
        return parts

    def _refuse_circles(self, parts: Mapping[str, Part]) -> None:
        """A part that needs itself to be said would never end; its texts are dropped."""
        needs = {
            name: {used for row in part.rows for bound in row.say.bound() for used in bound.parts}
            for name, part in parts.items()
        }
        for name in parts:
            trail = _circle(name, needs)
            if trail:
                message = f"the part “{name}” is made of itself: {' → '.join(trail)}"
                self._source.complain(
                    self.problems, ("parts", name), "cycle", message, remedy="take one of them out", key=True
                )

    def _rules(self, *, drafts: bool) -> Iterator[Rule]:
        for index, written in enumerate(self._written.rules):
            if written.draft and not drafts:
                continue
            path: Path = ("rules", index)
            conditions = list(self._conditions(written, path))
            yield Rule(
                name=written.name,
                condition=every(conditions) if conditions else ALWAYS,
                outcome=self._outcome(written, path),
                note=written.note or "",
                line=self._source.place(path).line,
            )

    def _conditions(self, written: WrittenRule, path: Path) -> Iterator[Condition]:
        if written.when is not None and (when := read_when(written.when, (*path, "when"), self._scope)):
            yield when
        if (window := self._window(written, path)) is not None:
            yield window
        for quiet, where in ((written.quiet_when, (*path, "quiet_when")), (self._written.quiet_when, ("quiet_when",))):
            if quiet is not None and (silent := read_when(quiet, where, self._scope)):
                yield Not(silent, "not quiet")

    def _window(self, written: WrittenRule, path: Path) -> Window | None:
        """The stretch between `from` and `until`; their moments were checked with the document."""
        try:
            start = self._moments.read(written.from_) if written.from_ is not None else None
            end = self._moments.read(written.until, end=True) if written.until is not None else None
        except Misread as error:
            self._source.complain(self.problems, path, error.code, error.message, remedy=error.remedy)
            return None
        if start is None and end is None:
            return None
        local = any(moment is not None and moment.is_local for moment in (start, end))
        said = " ".join(f"{word} {text}" for word, text in (("from", written.from_), ("until", written.until)) if text)
        bit = self.catalogue.bits[ZONE_SIGNAL] if local else 0
        return Window(InMomentRange(start, end, runs=True), bit, said)

    def _outcome(self, written: WrittenOutcome, path: Path) -> Outcome:
        nothing = written.show == "nothing"
        shown = {} if nothing else self._shown(written.show, (*path, "show"))
        fields = frozenset(self.placeholder.document.fields)
        link = self._speaker.link(written.link, (*path, "link"), fields=fields)
        alt = self._speaker.text(written.alt, (*path, "alt"), fields=fields) if written.alt is not None else NOTHING_SAID
        return Outcome(shown, link, alt, written.takes, nothing)

    def _shown(self, show: object, path: Path) -> dict[str, Words]:
        """The words of the fields this placeholder has; a field that no placeholder has is a mistake."""
        words: dict[str, Words] = {}
        own = self.placeholder.document.fields
        everywhere = {name for document in self.siblings for name in document.fields} | set(own)
        for name, written in show.items() if isinstance(show, dict) else ():
            if name in own:
                said = self._speaker.field(own[name], written, (*path, name))
                words[name] = said if said.by_language else fixed("")
            elif name not in everywhere:
                remedy = did_you_mean(name, everywhere, else_say="fields are")
                message = f"the placeholder has no field “{name}”"
                self._source.complain(self.problems, (*path, name), "unknown-field", message, remedy=remedy, key=True)
        return words


def _circle(name: str, needs: Mapping[str, set[str]]) -> list[str]:
    """The way from a part back to itself, or nothing."""
    waiting = [[name, needed] for needed in sorted(needs[name])]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop()
        if trail[-1] == name:
            return trail
        if trail[-1] not in seen:
            seen.add(trail[-1])
            waiting += [[*trail, needed] for needed in sorted(needs.get(trail[-1], ()))]
    return []
