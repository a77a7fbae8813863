"""`examples:`: facts that editors pin, and what must come of them. They run in `onopen check` and before every reload.

An example is decided by what is served; one that expects a draft, by what is previewed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.authoring.cases import decided, pinned_value, table
from app.authoring.collected import pinned_items
from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite, Example
from app.authoring.documents.campaign import Campaign, Expected
from app.authoring.documents.folder import Read
from app.authoring.lists import Shelves
from app.authoring.operands import Misread, Moments
from app.authoring.outcomes import Outcomes
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.vocabulary import is_later
from app.authoring.yamlsource import Path
from app.engine.clauses import MovingClause, Window
from app.engine.conditions import Condition
from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.explain import shown
from app.engine.phases import PHASE_SIGNAL
from app.engine.readings import EMPTY, FOREVER, Reading, pinned
from app.engine.rules import RULE, Ruleset
from app.engine.signals import Catalogue, Kind

AT: Final = "at"
"""Beside the signals: the instant of an example."""

SECOND: Final = 1.0
_BLANK: Final = re.compile(r"[^\S\n]")
_CLOCKS: Final = frozenset({"time.clock", "time.local"})


@dataclass(frozen=True, slots=True)
class Ran:
    """One example decided for one placeholder, and what came of it; None where it could not be decided."""

    campaign: str
    placeholder: str
    example: Example
    decision: Decision | None

    @property
    def outcome(self) -> str:
        """The outcome that it came to; empty where it could not be decided."""
        return self.decision.rule if self.decision is not None else ""


def read_examples(
    read: Read[Campaign],
    catalogue: Catalogue,
    moments: Moments,
    outcomes: Outcomes,
    shelves: Shelves,
    problems: Problems,
) -> tuple[Example, ...]:
    """The examples of a campaign with their facts typed; of a collection that there is not, the list was told of."""
    found, collections = [], shelves.tellable.collections
    missing = {one.of for one in read.document.lists.values()} - collections.keys()
    for index, written in enumerate(read.document.examples):
        path: Path = ("examples", index)
        at: float | None = None
        given: dict[str, Reading] = {}
        for name, raw in written.given.items():
            if name in missing:
                continue
            try:
                if name == AT:
                    at = moments.read(_single(raw)).instant(moments.zone)
                elif name in collections:
                    given[name] = pinned_items(name, raw, shelves.tellable, moments, shelves.wordings[name])
                else:
                    given[name] = _pinned(name, raw, catalogue, moments)
            except Misread as error:
                error.tell(read.source, problems, (*path, "given", name))
        for name in written.expect.fields:
            if name not in outcomes.everywhere:
                outcomes.refuse(name, (*path, "expect", "fields", name), key=True)
        found.append(Example(written.name or f"example {index + 1}", given, at, written.expect, read.source, path))
    return tuple(found)


def _single(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    raise Misread("not-a-text", "one value is expected here", "an example has one value for each signal")


def _pinned(name: str, raw: Any, catalogue: Catalogue, moments: Moments) -> Reading:
    signal = catalogue.get(name)
    if signal is None and is_later(name):
        raise Misread("not-in-this-release", f"“{name}” is not in this release", "leave it out for now", at_key=True)
    if signal is None or name == RULE:
        known = [one for one in catalogue if one != RULE]
        follows = moments.unread.may_have_signal(name) or moments.unread.may_have("collections", name)
        remedy = did_you_mean(name, (*known, AT))
        raise Misread("unknown-signal", f"there is no signal “{name}”", remedy, follows=follows, at_key=True)
    if raw == "":
        return pinned(name, EMPTY)
    text = _single(raw)
    if signal.kind is Kind.MOMENT:
        return pinned(name, moments.read(text).instant(moments.zone))
    return pinned(name, pinned_value(signal, text))


def run_examples(site: CompiledSite, problems: Problems) -> tuple[Ran, ...]:
    """Decide every example of every campaign; each that comes out otherwise is a problem."""
    return tuple(
        Ran(campaign.name, placeholder.name, example, decision)
        for placeholder in site.placeholders.values()
        for campaign in placeholder.campaigns.values()
        for example, decision in _Bench(site, placeholder, campaign, problems).run()
    )


class _Bench:
    """Runs the examples of one campaign for one placeholder."""

    def __init__(
        self, site: CompiledSite, placeholder: CompiledPlaceholder, campaign: CompiledCampaign, problems: Problems
    ) -> None:
        self._site = site
        self._placeholder = placeholder
        self._campaign = campaign
        self._problems = problems
        self._drafts = {rule.name for rule in campaign.preview.rules} - {rule.name for rule in campaign.ruleset.rules}
        self._deciders: Callable[[bool], Decider] = cache(
            lambda drafts: Decider(campaign.preview if drafts else campaign.ruleset)
        )

    def run(self) -> Iterator[tuple[Example, Decision | None]]:
        """What came of each example; nothing where it lacks an instant."""
        for example in self._campaign.examples:
            yield example, self._decided(example)

    def _decided(self, example: Example) -> Decision | None:
        decider = self._deciders(example.expect.rule in self._drafts)
        if example.at is None and _needs_instant(decider.ruleset, example):
            message = "whether these rules hold depends on the instant, and the example names none"
            place, remedy = (*example.path, "given"), "add at: 2026-11-27 18:00"
            example.source.complain(self._problems, place, "example-instant", message, remedy=remedy, key=True)
            return None
        facts = table(self._site, self._placeholder, decider.ruleset, example.pinned, example.at)
        decision = decided(decider, facts)
        for path, wanted, got in self._differences(example.expect, decision):
            message = f"{example.name} of {self._placeholder.name} expects {wanted} and gets {got}"
            remedy = f"see why: onopen explain {self._placeholder.name}"
            place = (*example.path, "expect", *path)
            example.source.complain(self._problems, place, "example-fails", message, remedy=remedy)
        return decision

    def _differences(self, expect: Expected, decision: Decision) -> Iterator[tuple[Path, str, str]]:
        """Where it came out otherwise: the path below `expect`, what was expected, and what came."""
        if expect.rule is not None and expect.rule != decision.rule:
            yield ("rule",), f"the rule {expect.rule}", decision.rule
            return  # the rest follows from it
        if expect.link is not None and expect.link != decision.link:
            yield ("link",), f"the link {expect.link}", decision.link or "none"
        if expect.alt is not None and _as_seen(expect.alt) != _as_seen(decision.alt):
            yield ("alt",), f"the alt “{expect.alt}”", f"“{decision.alt}”"
        fields = dict(decision.fields)
        for name, wanted in expect.fields.items():
            got = shown(fields[name]) if name in fields else ""
            if name in self._placeholder.document.fields and _as_seen(wanted) != _as_seen(got):
                yield ("fields", name), f"{name} to be “{wanted}”", f"“{got}”"
        if expect.until is not None:
            until = Moments({}, self._site.zone).read(expect.until).instant(self._site.zone)
            if until != decision.until and not abs(until - decision.until) < SECOND:
                yield ("until",), f"it to hold until {expect.until}", self._instant(decision.until)

    def _instant(self, until: float) -> str:
        return "no end" if until == FOREVER else f"{self._site.zone.wall(until):%Y-%m-%d %H:%M:%S}"


def _as_seen(text: str) -> str:
    """A text in which all blanks are alike: an amount has one that does not break, and nobody sees which it is."""
    return _BLANK.sub(" ", text)


def _needs_instant(ruleset: Ruleset, example: Example) -> bool:
    if PHASE_SIGNAL in ruleset.reads and PHASE_SIGNAL not in example.pinned:
        return True
    conditions = [rule.condition for rule in ruleset.rules]
    conditions += [row.condition for part in ruleset.parts.values() for row in part.rows]
    conditions += [one.pick.where for one in ruleset.lists_read]
    filled = {name for name, reading in example.pinned.items() if reading.value is not EMPTY}
    conditions += [one.pick.where for one in ruleset.personal_read if one.collection in filled]
    return any(_turns(condition) for condition in conditions)


def _turns(condition: Condition) -> bool:
    """Whether a condition asks for the instant itself; without one the clocks are unknown, and it need not."""
    if isinstance(condition, Window):
        return True
    if isinstance(condition, MovingClause):
        return condition.signal not in _CLOCKS
    return any(_turns(one) for one in condition.parts())
