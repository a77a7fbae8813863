"""`examples:`: facts that editors pin, and what must come of them; and cases in general, tables of facts.

They run in `onopen check` and before every reload. What is not given is unknown, parameters take their defaults, and
`time.*` follows from `at` and the pinned zone. Nobody is asked: a case is decided by the pure engine alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite, Example
from app.authoring.documents.campaign import Campaign, Expected
from app.authoring.documents.folder import Read
from app.authoring.operands import Misread, Moments, operand
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.engine.conditions import Condition, MovingClause, Window
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.explain import shown
from app.engine.facts import Facts
from app.engine.readings import EMPTY, FOREVER, Reading, Why, unknown
from app.engine.rules import LANGUAGE, Ruleset
from app.engine.signals import CHANNELS, Catalogue, Kind, Signal

NO_INSTANT = 0.0
SECOND = 1.0


def pinned_value(signal: Signal, text: str) -> Any:
    """A value as written for a signal: typed by its kind, with the spelling it was given."""
    value = operand(signal, text)
    if signal.kind in (Kind.TEXT, Kind.NAME):
        return text
    if signal.kind is Kind.CHOICE:
        return next((choice for choice in signal.choices if choice.casefold() == value), text)
    return value


def read_examples(
    read: Read[Campaign], catalogue: Catalogue, moments: Moments, problems: Problems
) -> tuple[Example, ...]:
    """The examples of a campaign with their facts typed."""
    found = []
    for index, written in enumerate(read.document.examples):
        path = ("examples", index)
        pinned: dict[str, Reading] = {}
        at: float | None = None
        for name, raw in written.given.items():
            where = (*path, "given", name)
            try:
                if name == "at":
                    at = moments.read(str(raw)).instant(moments.zone)
                    continue
                reading = _pinned(name, raw, catalogue, moments)
            except Misread as error:
                read.source.complain(
                    problems, where, error.code, error.message, remedy=error.remedy, key=error.code == "unknown-signal"
                )
                continue
            pinned[name] = reading
        name = written.name or f"example {index + 1}"
        found.append(Example(name, pinned, at, written.expect, read.source, path))
    return tuple(found)


def _pinned(name: str, raw: Any, catalogue: Catalogue, moments: Moments) -> Reading:
    signal = catalogue.get(name)
    if signal is None:
        raise Misread("unknown-signal", f"there is no signal “{name}”", did_you_mean(name, (*catalogue, "at")))
    if raw is None or raw == "":
        return Reading(name, EMPTY, NO_INSTANT, source="pinned")
    if not isinstance(raw, str):
        raise Misread("not-a-text", "one value is expected here", "a case has one value for each signal")
    if signal.kind is Kind.MOMENT:
        return Reading(name, moments.read(raw).instant(moments.zone), NO_INSTANT, source="pinned")
    return Reading(name, pinned_value(signal, raw), NO_INSTANT, source="pinned")


def table(
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    ruleset: Ruleset,
    pinned: Mapping[str, Reading],
    at: float | None,
) -> Facts:
    """The facts of a case: what is pinned, what follows from it, and the rest unknown."""
    now = NO_INSTANT if at is None else at
    readings = {name: Reading(name, one.value, now, one.until, one.source) for name, one in pinned.items()}
    for param in placeholder.params:
        name = param.signal.name
        if name not in readings:
            given = param.default is not None
            readings[name] = Reading(name, param.default, now) if given else unknown(name, Why.NOT_IN_URL, as_of=now)
    zone_name = _value(readings, "geo.time_zone")
    if at is not None:
        for name, reading in site.clocks.readings(
            now,
            zone_name=zone_name,
            country=_value(readings, "geo.country"),
            region=_value(readings, "geo.region"),
            latitude=_value(readings, "geo.latitude"),
            wanted=frozenset(name for name in ruleset.catalogue if name.startswith("time.")),
        ).items():
            readings.setdefault(name, reading)
    readings.setdefault("open.channel", Reading("open.channel", CHANNELS[0], now))
    readings.setdefault("open.campaign", Reading("open.campaign", ruleset.campaign, now))
    readings.setdefault(LANGUAGE, Reading(LANGUAGE, _language(site, readings), now))
    for name in ruleset.reads:
        if name not in readings and name != "phase" and not name.startswith("split."):
            readings[name] = unknown(name, Why.NOT_PINNED, as_of=now)
    zone = site.clocks.zone_for(zone_name, _value(readings, "geo.country"))
    return with_own(ruleset, Facts(now, zone, readings))


def _value(readings: Mapping[str, Reading], name: str) -> Any:
    reading = readings.get(name)
    return None if reading is None or reading.value is EMPTY else reading.value


def _language(site: CompiledSite, readings: Mapping[str, Reading]) -> str:
    languages = site.document.languages
    for name in site.document.language:
        value = _value(readings, name)
        if isinstance(value, str):
            for language in languages:
                if value.casefold() == language.casefold():
                    return language
    return languages[0]


def decided(ruleset: Ruleset, facts: Facts) -> Decision:
    """The decision of a case; a table leaves nothing pending."""
    answer = Decider(ruleset).decide(facts)
    assert isinstance(answer, Decision), "every signal that is read has a reading"
    return answer


def run_examples(site: CompiledSite, problems: Problems) -> int:
    """Decide every example of every campaign; each one that comes out otherwise is a problem. Returns how many ran."""
    ran = 0
    for placeholder in site.placeholders.values():
        for campaign in placeholder.campaigns.values():
            for example in campaign.examples:
                ran += 1
                _run(site, placeholder, campaign, example, problems)
    return ran


def _run(
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    campaign: CompiledCampaign,
    example: Example,
    problems: Problems,
) -> None:
    ruleset = campaign.preview
    if example.at is None and "phase" not in example.pinned and _needs_instant(ruleset):
        message = "whether these rules hold depends on the instant, and the example names none"
        example.source.complain(
            problems, (*example.path, "given"), "example-instant", message, remedy="add at: 2026-11-27 18:00", key=True
        )
        return
    decision = decided(ruleset, table(site, placeholder, ruleset, example.pinned, example.at))
    for key, wanted, got in _differences(example.expect, decision, placeholder, site):
        message = f"{example.name} of {placeholder.name} expects {key} {wanted} and gets {got}"
        path = (*example.path, "expect", *key.split(" "))
        remedy = f"see why: onopen explain {placeholder.name}"
        example.source.complain(problems, path, "example-fails", message, remedy=remedy)


def _needs_instant(ruleset: Ruleset) -> bool:
    if ruleset.phases is not None:
        return True
    conditions = [rule.condition for rule in ruleset.rules]
    conditions += [row.condition for part in ruleset.parts.values() for row in part.rows]
    return any(_turns(condition) for condition in conditions)


def _turns(condition: Condition) -> bool:
    """Whether a condition asks for the instant itself."""
    if isinstance(condition, Window):
        return True
    if isinstance(condition, MovingClause):
        return condition.signal != "time.clock" and condition.signal != "time.local"
    return any(_turns(one) for one in condition.parts())


def _differences(
    expect: Expected, decision: Decision, placeholder: CompiledPlaceholder, site: CompiledSite
) -> Iterator[tuple[str, str, str]]:
    if expect.rule is not None and expect.rule != decision.rule:
        yield "rule", expect.rule, decision.rule
    if expect.link is not None and expect.link != decision.link:
        yield "link", expect.link, decision.link or "no link"
    if expect.alt is not None and expect.alt != decision.alt:
        yield "alt", f"“{expect.alt}”", f"“{decision.alt}”"
    fields = dict(decision.fields)
    for name, wanted in expect.fields.items():
        got = shown(fields[name]) if name in fields else ""
        if name in placeholder.document.fields and wanted != got:
            yield f"fields {name}", f"“{wanted}”", f"“{got}”"
    if expect.until is not None:
        until = Moments({}, site.zone).read(expect.until).instant(site.zone)
        if abs(until - decision.until) >= SECOND:
            yield "until", expect.until, _instant(decision.until, site)


def _instant(until: float, site: CompiledSite) -> str:
    return "no end" if until == FOREVER else f"{site.zone.wall(until):%Y-%m-%d %H:%M:%S}"


