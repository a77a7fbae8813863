"""What is remembered is never wrong: an answer from memory is the one that would be decided anew."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.authoring.compiled import CompiledSite
from app.engine.decision import Decision
from app.engine.opens import Open
from app.wiring import makers
from app.wiring.world import World
from tests.resolve.hinge import NOON, compiled, served
from tests.support.server import ANDROID, GMAIL, IPHONE, OUTLOOK
from tests.support.sites import ROOT


def openings(name: str, seed: int, count: int) -> Iterator[Open]:
    """Openings as they come: other people, places, devices and languages, mostly later, sometimes much later."""
    chance, now = random.Random(seed), NOON
    for number in range(count):
        now += chance.choice((0.0, 0.1, 1.0, 30.0, 600.0, 3700.0, 40_000.0, -0.5))
        params = {
            "lang": chance.choice(("de", "en", "fr", "tlh")),
            "first_name": chance.choice(("Ada", "Bob", "", f"Cem{number}")),
            "name": chance.choice(("Ada", "")),
            "city": chance.choice(("", "", "Hamburg", "München", "Zürich", "Kyoto", "Nowhere")),
        }
        yield Open(
            name,
            now,
            recipient=f"r{chance.randrange(3)}",
            params={key: value for key, value in params.items() if value},
            address=chance.choice((None, "194.25.0.68", "8.8.8.8", "80.110.1.1")),
            user_agent=chance.choice((IPHONE, ANDROID, OUTLOOK, GMAIL, "", f"Odd/{number % 7}")),
        )


@pytest.mark.parametrize("where", ["demo", "probe"])
def test_an_answer_from_memory_is_the_answer(world: World, site: CompiledSite, where: str) -> None:
    chosen = site if where == "probe" else compiled(world, ROOT)
    warm = makers.resolver(world, chosen, time.time)
    for name in chosen.placeholders:
        kept = served(chosen, name)
        for opening in openings(name, seed=len(name), count=150):
            remembered = warm.decide_now(kept, opening)
            fresh, _ = makers.resolver(world, chosen, time.time).decide_anew(served(chosen, name), opening)
            assert isinstance(remembered, Decision)
            assert isinstance(fresh, Decision)
            assert told(remembered) == told(fresh)
            assert opening.now < remembered.until
            assert remembered.until <= fresh.until


def told(decision: Decision) -> tuple[Any, ...]:
    """Everything that is said to the recipient or to a cache, but for the instants."""
    return (
        decision.campaign, decision.rule, decision.fields, decision.captions, decision.link, decision.alt,
        decision.nothing, decision.rung, decision.reads,
    )  # fmt: skip
