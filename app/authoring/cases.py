"""Cases: tables of facts that somebody wrote down, decided by the pure engine alone. Nobody is asked.

What is not given is unknown, parameters take their defaults, and `time.*` follows from the instant and the pinned zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.operands import Misread, operand, spelled
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.languages import spoken_for
from app.engine.operators import WORDS
from app.engine.readings import EMPTY, Reading, Why, unknown
from app.engine.rules import CAMPAIGN, LANGUAGE, Ruleset
from app.engine.signals import CHANNELS, Signal

NO_INSTANT: Final = 0.0
"""The instant of a case that names none; what asks for an instant must not be decided then."""


def pinned_value(signal: Signal, text: str) -> Any:
    """A value as written for a signal: typed by its kind, in the spelling that the signal has. Raises Misread."""
    if signal.kind in WORDS:
        return spelled(signal, text)
    value = operand(signal, text)
    if signal.span and not signal.span[0] <= value <= signal.span[1]:
        least, most = signal.span
        raise Misread("out-of-range", f"{signal.name} is never {text}", f"write {least:g} to {most:g}")
    return value


def table(
    site: CompiledSite,
    placeholder: CompiledPlaceholder,
    ruleset: Ruleset,
    pinned: Mapping[str, Reading],
    at: float | None,
) -> Facts:
    """The facts of a case: what is pinned, what follows from it, and the rest unknown."""
    now = NO_INSTANT if at is None else at
    readings = with_lists(ruleset, pinned, now)
    for param in placeholder.params:
        name = param.signal.name
        known = param.default is not None
        given = Reading(name, param.default, now) if known else unknown(name, Why.NOT_IN_URL, as_of=now)
        readings.setdefault(name, given)
    if at is not None:
        _lay_times(site, ruleset, readings, at)
    for name, value in (("open.channel", CHANNELS[0]), (CAMPAIGN, ruleset.campaign)):
        readings.setdefault(name, Reading(name, value, now))
    readings.setdefault(LANGUAGE, Reading(LANGUAGE, _language(site, readings), now))
    for name in ruleset.reads - ruleset.own:
        if name not in readings:
            readings[name] = unknown(name, Why.NOT_PINNED, as_of=now)
    zone = site.clocks.zone_for(_value(readings, "geo.time_zone"), _value(readings, "geo.country"))
    return with_own(ruleset, Facts(now, zone, readings))


def with_lists(ruleset: Ruleset, pinned: Mapping[str, Reading], now: float) -> dict[str, Reading]:
    """What is pinned, with what lists hold of collections whose items are; one pinned to be empty counts nothing."""
    told: dict[str, Reading] = {}
    for one in ruleset.personal_read:
        signal, held = one.pick.signal, pinned.get(one.collection)
        if signal in pinned and pinned[signal].value is EMPTY:
            held = pinned[signal]
        if held is not None:
            told |= one.readings(held, now)
    return {**told, **pinned}


def _lay_times(site: CompiledSite, ruleset: Ruleset, readings: dict[str, Reading], at: float) -> None:
    times = site.clocks.readings(
        at,
        zone_name=_value(readings, "geo.time_zone"),
        country=_value(readings, "geo.country"),
        region=_value(readings, "geo.region"),
        latitude=_value(readings, "geo.latitude"),
        wanted=frozenset(name for name in ruleset.catalogue if name.startswith("time.")),
    )
    for name, reading in times.items():
        readings.setdefault(name, reading)


def _value(readings: Mapping[str, Reading], name: str) -> Any:
    reading = readings.get(name)
    return None if reading is None or reading.value is EMPTY else reading.value


def _language(site: CompiledSite, readings: Mapping[str, Reading]) -> str:
    """The language as an open would find it: the first readable signal of `language:` that names one of the site's."""
    languages = site.document.languages
    for name in site.document.language:
        value = _value(readings, name)
        if isinstance(value, str) and (language := spoken_for(value, languages)):
            return language
    return languages[0]


def decided(decider: Decider, facts: Facts) -> Decision:
    """The decision of a case; a table leaves nothing pending."""
    answer = decider.decide(facts)
    assert isinstance(answer, Decision), "every signal that is read has a reading"
    return answer
