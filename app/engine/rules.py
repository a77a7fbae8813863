"""The running form of a campaign for one placeholder: rules, outcomes, parts, and the set they make.

Compiled once by authoring and never changed; a reload makes new ones. `digest` names the set in logs and receipts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.engine.clauses import ZONE_SIGNAL
from app.engine.conditions import ALWAYS, Condition
from app.engine.facts import Facts
from app.engine.lists import ItemList
from app.engine.lottery import Lot
from app.engine.offers import Offer
from app.engine.personal import PersonalList
from app.engine.phases import PHASE_SIGNAL, Phases
from app.engine.readings import Reading
from app.engine.scripts import Line, Script, asks_for_language, line, script
from app.engine.signals import Catalogue
from app.engine.withdrawals import Withdrawal
from app.engine.words import NOTHING_SAID, Words

OTHERWISE = "otherwise"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a placeholder: its kind, its default and whether its rule counts as unknown without it."""

    name: str
    kind: str
    default: Words
    required: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is shown and linked: words by field, the link, the alt, and the parts whose fields it takes over."""

    fields: Mapping[str, Words] = field(default_factory=dict)
    link: Words = NOTHING_SAID
    alt: Words = NOTHING_SAID
    takes: tuple[str, ...] = ()
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A named condition with its outcome. A set that is served has no drafts in it; one for previews may."""

    name: str
    condition: Condition
    outcome: Outcome
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a part: what it says, or the fields it gives, where its condition holds."""

    condition: Condition = ALWAYS
    say: Words = NOTHING_SAID
    show: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A small decision of its own: the first row that says yes; an unknown row is passed over."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Ruleset:
    """Everything one placeholder needs to be decided in one campaign.

    `lots` are the campaign's splits, `holdout` the share that sees `otherwise`, `lists` what it picks from tables,
    `personal` what it picks from collections, `offers` its rules for the first few; `captions` the texts that the
    placeholder's own layers carry, by layer index. `unknown` is None where doubt is answered with `otherwise`.
    `withdrawn` is what was recalled of it.
    """

    placeholder: str
    campaign: str
    digest: str
    catalogue: Catalogue
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    otherwise: Outcome
    unknown: Outcome | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    captions: Mapping[int, Words] = field(default_factory=dict)
    alt: Words = NOTHING_SAID
    lots: tuple[Lot, ...] = ()
    holdout: Lot | None = None
    phases: Phases | None = None
    lists: tuple[ItemList, ...] = ()
    personal: tuple[PersonalList, ...] = ()
    offers: tuple[Offer, ...] = ()
    withdrawn: frozenset[Withdrawal] = frozenset()
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _scripts: dict[tuple[str, int, tuple[int, ...], str], Script] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lines: dict[tuple[int, str], Line] = field(default_factory=dict, init=False, repr=False, compare=False)
    _speaks: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every signal that any decision of this set may read: what sources need to be asked for."""
        names = {name for rule in self.rules for name in rule.condition.signals()}
        outcomes = [rule.outcome for rule in self.rules] + [self.otherwise]
        if self.unknown is not None:
            outcomes.append(self.unknown)
        for outcome in outcomes:
            names |= reach(self, outcome)
        if self.holdout is not None:
            names.add(self.holdout.signal)
        if self.phases is not None and self.phases.local and PHASE_SIGNAL in names:
            names.add(ZONE_SIGNAL)
        return frozenset(names)

    @cached_property
    def own(self) -> frozenset[str]:
        """The signals that the campaign itself knows: its draws, its phase, its lists of tables."""
        return self.reproducible if self.phases is None else self.reproducible | {PHASE_SIGNAL}

    @cached_property
    def reproducible(self) -> frozenset[str]:
        """Those of them that come out the same at any time. A phase ends with what was known of the zone."""
        lots = self.lots if self.holdout is None else (*self.lots, self.holdout)
        return frozenset({lot.signal for lot in lots} | {name for one in self.lists for name in one.pick.signals})

    @cached_property
    def lists_read(self) -> tuple[ItemList, ...]:
        """The lists that any decision of this set may read."""
        return tuple(one for one in self.lists if not self.reads.isdisjoint(one.pick.signals))

    @cached_property
    def personal_read(self) -> tuple[PersonalList, ...]:
        """The lists of somebody's collections that any decision of this set may read."""
        return tuple(one for one in self.personal if not self.reads.isdisjoint(one.pick.signals))

    def offer_of(self, rule: str) -> Offer | None:
        """The offer that a rule is, if it is for the first few."""
        return next((offer for offer in self.offers if offer.rule == rule), None)

    def without(self, names: Collection[str]) -> Ruleset:
        """This set without the rules of these names: drafts are never served."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.name not in names))

    def linking(self, rule: str, link: Words) -> Ruleset:
        """A set beside this one that always answers with one rule, and that with nothing but a link."""
        only = Rule(rule, ALWAYS, Outcome(link=link))
        bare = replace(self, fields=(), parts={}, captions={}, alt=NOTHING_SAID)
        return replace(bare, rules=(only,), unknown=None, holdout=None, offers=())

    def script(self, rule: str, outcome: Outcome, rows: tuple[Row | None, ...], language: str) -> Script:
        """A rule's outcome laid out in a language, with the fields of the rows that it takes over; made once.

        Outcomes and rows belong to this set, so their identity names them for as long as the set lives.
        """
        key = (rule, id(outcome), tuple([id(row) for row in rows]), language)
        found = self._scripts.get(key)
        if found is None:
            if len(self._scripts) >= SCRIPTS_REMEMBERED:
                self._scripts.clear()
            shown = {name: words for row in rows if row is not None for name, words in row.show.items()}
            shown |= outcome.fields
            fields = [(one.name, one.required, (shown.get(one.name, NOTHING_SAID), one.default)) for one in self.fields]
            link, alt = (outcome.link, self.otherwise.link), (outcome.alt, self.alt)
            settled = {CAMPAIGN: self.campaign, RULE: rule}
            found = self._scripts[key] = script(fields, self.captions, link, alt, language, settled)
        return found

    def line(self, words: Words, language: str) -> Line:
        """Words of a part laid out in a language; made once."""
        key = (id(words), language)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = line((words,), language, {})
        return found

    def language_matters(self, outcome: Outcome) -> bool:
        """Whether an outcome says something else in another language."""
        key = id(outcome)
        found = self._speaks.get(key)
        if found is None:
            rows = [row for name in outcome.takes for row in self.parts[name].rows]
            words = [outcome.link, outcome.alt, self.alt, self.otherwise.link, *outcome.fields.values()]
            words += [*self.captions.values(), *(one.default for one in self.fields)]
            words += [said for row in rows for said in row.show.values()]
            found = self._speaks[key] = asks_for_language(words)
        return found

    def readings_of(self, bits: int, facts: Facts) -> tuple[Reading, ...]:
        """The readings of a set of signals, in the order of the catalogue."""
        names = self._names.get(bits)
        if names is None:
            if len(self._names) > NAMES_REMEMBERED:
                self._names.clear()
            names = self._names[bits] = self.catalogue.names_in(bits)
        readings = facts.readings
        return tuple([readings[name] for name in names])


def reach(ruleset: Ruleset, outcome: Outcome) -> set[str]:
    """Every signal that filling this outcome may read, through parts and defaults too."""
    words = [outcome.link, outcome.alt, ruleset.alt, ruleset.otherwise.link, *outcome.fields.values()]
    words += [*ruleset.captions.values(), *(field.default for field in ruleset.fields)]
    waiting, seen, names = list(outcome.takes), set[str](), set[str]()
    while words or waiting:
        while words:
            said = words.pop()
            names.update((LANGUAGE,) if said.by_language and said.depends_on_language else ())
            for bound in said.bound():
                names.update(bound.signals)
                waiting += bound.parts
        if waiting and (part := waiting.pop()) not in seen:
            seen.add(part)
            for row in ruleset.parts[part].rows:
                names.update(row.condition.signals())
                words += [row.say, *row.show.values()]
    return names


LANGUAGE = "open.language"
CAMPAIGN = "open.campaign"
RULE = "open.rule"
NAMES_REMEMBERED = 4096
SCRIPTS_REMEMBERED = 1024
