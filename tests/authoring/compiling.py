"""Compiled campaigns in tests: what was made of one, and what it decides where only a few things are known."""

from __future__ import annotations

from typing import Any

from app.authoring.compiled import CompiledCampaign, CompiledSite
from app.engine.calendar import find_zone
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.readings import Reading, Why, unknown
from app.engine.rules import Ruleset

BERLIN = find_zone("Europe/Berlin")
NOON = 1_795_950_000.0
"""Sunday, 29 November 2026, 12:00 in Berlin."""


def campaign(site: CompiledSite, placeholder: str = "hero") -> CompiledCampaign:
    return site.placeholders[placeholder].campaigns["advent"]


def decided(ruleset: Ruleset, **known: Any) -> Decision:
    """What is decided where only this is known (`geo_country` is `geo.country`)."""
    named = {name.replace("_", ".", 1): value for name, value in known.items()}
    readings = {name: Reading(name, value, NOON) for name, value in named.items()}
    readings |= {
        name: unknown(name, Why.NOT_PINNED, as_of=NOON)
        for name in ruleset.reads
        if name not in readings and not name.startswith("split.") and name != "phase"
    }
    assert BERLIN is not None
    facts = with_own(ruleset, Facts(NOON, BERLIN, readings, recipient="ada"))
    answer = Decider(ruleset).decide(facts)
    assert isinstance(answer, Decision)
    return answer


def when(site: CompiledSite) -> Any:
    return campaign(site).ruleset.rules[0].condition


ONE = "rules:\n  - name: one\n    when: {when}\n    link: https://shop.example/one\nunknown: otherwise\n"
