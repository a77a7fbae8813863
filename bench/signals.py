"""Signals: what all local ones cost together when warm, and a mail client never seen before beside `user_agents`."""

from __future__ import annotations

import time
from pathlib import Path

import user_agents

from app import wiring
from app.settings import load
from app.sources.viewer import identify
from bench.report import Figure, Report, ratios
from bench.rounds import costs
from bench.site import write_cities, write_site
from bench.visitors import AGENTS, visitors

MICRO = 1e6
NEW = 300


def signals(folder: Path) -> Report:
    """Laying place, device, time and remembered weather for an open; and a first sight of a user agent."""
    settings, _ = load(log_level="error")
    cities = write_cities(folder / "city.mmdb")
    world = wiring.world(settings.model_copy(update={"geo": settings.geo.model_copy(update={"city_file": cities})}))
    edition = wiring.library(world, write_site(folder / "site"), folder / "state").start().edition
    assert edition is not None, "the measured site passes its check"
    serving = wiring.serving(world, edition, time.time)
    served = serving.placeholders["offer"].served("")
    opens = [visitor.opening("offer", time.time()) for visitor in visitors()]
    tables = [serving.resolver.decide_anew(served, opening)[1] for opening in opens]
    fresh = [f"{agent[:-1]}{number}" for number in range(NEW * 40) for agent in AGENTS[1:3]]
    seen = iter(fresh)
    spent = costs(
        {
            "anew": lambda turn: serving.resolver.decide_anew(served, opens[turn % len(opens)]),
            "judged": lambda turn: served.decider.decide(tables[turn % len(tables)]),
            "remembered": lambda turn: serving.resolver.decide_now(served, opens[turn % len(opens)]),
            "ours": lambda _: identify(next(seen)),
            "theirs": lambda turn: user_agents.parse(f"{AGENTS[turn % 2 + 1]} {turn}"),
        },
        at_most=NEW,
    )
    laid = [whole - judged for whole, judged in zip(spent["anew"], spent["judged"], strict=True)]
    micro = {name: [one * MICRO for one in found] for name, found in spent.items()}
    return Report(
        "3. signals",
        (
            Figure.at_most("place, device, time and remembered weather, warm", [one * MICRO for one in laid], "µs", 8),
            Figure.of("an open decided from memory, signals and all", micro["remembered"], "µs"),
            Figure.of("a user agent never seen before", micro["ours"], "µs"),
            Figure.at_least("user_agents.parse / onopen", ratios(micro["theirs"], micro["ours"]), "x", 20),
        ),
    )
