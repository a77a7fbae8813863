"""What asking the local sources costs while everything is warm, and what a mail client never seen before costs."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import user_agents

from app.authoring.compiled import CompiledSite
from app.engine.opens import Open
from app.resolve.hinge import Sources
from app.settings import Settings
from app.sources.viewer import identify
from app.wiring import makers
from app.wiring.world import World, world_of
from bench.processes import ROOT
from bench.report import Figure, Report, ratios
from bench.rounds import ROUNDS, Job, costs
from bench.site import write_cities, write_site
from bench.visitors import visitors

TIMES = frozenset({"time.daypart", "time.hour", "time.clock", "time.is_weekend", "time.weekday", "time.is_holiday"})
TOGETHER_US = 8.0
SHARE_OF_USER_AGENTS = 1 / 20
NEVER_SEEN = 60_000
"""Made-up user agents at hand; every call takes one that no call had before."""


def signals(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Microseconds for each source and for all of them together."""
    spent = costs(_warm(folder), rounds=rounds)
    micro = {name: [one * 1e6 for one in found] for name, found in spent.items()}
    new = costs(_cold(), rounds=rounds)
    micro |= {name: [one * 1e6 for one in found] for name, found in new.items()}
    return Report(
        "3. local signals, warm; and a mail client never seen before",
        (
            *(Figure.of(f"{name}, warm", micro[name], "µs") for name in ("device", "geo", "time", "weather")),
            Figure.at_most("all of them for one open, warm", micro["all"], "µs", TOGETHER_US),
            Figure.of("a user agent never seen, onopen", micro["ours"], "µs"),
            Figure.of("a user agent never seen, user_agents.parse", micro["user_agents"], "µs"),
            Figure.at_most("onopen / user_agents.parse", ratios(new["ours"], new["user_agents"]), "x", 0.05),
        ),
    )


def _warm(folder: Path) -> dict[str, Job]:
    """A job for each source, and one that asks all of them for one open after the other."""
    sources, opens = _sources(folder), [one.opening("offer", time.time()) for one in visitors()]

    def device(turn: int) -> object:
        return sources.viewers.read(opens[turn % len(opens)])

    def place(turn: int) -> object:
        return _place(sources, opens[turn % len(opens)])

    def clock(turn: int) -> object:
        return _clock(sources, opens[turn % len(opens)].now)

    def weather(turn: int) -> object:
        return sources.weather.remembered(53.55, 10.0, opens[turn % len(opens)].now)

    def everything(turn: int) -> object:
        return device(turn), place(turn), clock(turn), weather(turn)

    return {"device": device, "geo": place, "time": clock, "weather": weather, "all": everything}


def _place(sources: Sources, opening: Open) -> object:
    return sources.places.read(
        opening,
        via="direct",
        prefetch=False,
        machine=False,
        declared=frozenset({"lang"}),
        recipient={},
        location_allowed=True,
    )


def _clock(sources: Sources, now: float) -> object:
    return sources.clocks.readings(
        now, zone_name="Europe/Berlin", country="DE", region="DE-HH", latitude=53.55, wanted=TIMES
    )


def _sources(folder: Path) -> Sources:
    """The sources of the site that is measured, with its City file."""
    settings = Settings(log_level="error", geo={"city_file": write_cities(folder / "signals.mmdb")})  # type: ignore[arg-type]
    world = world_of(settings)
    resolver = makers.resolver(world, _compiled(world, write_site(folder / "signals"), folder), time.time)
    return resolver._sources


def _compiled(world: World, site: Path, folder: Path) -> CompiledSite:
    edition = makers.library(world, site, folder / "signals-state").start().edition
    assert edition is not None, "the site of the benches is good"
    return edition.site


def _cold() -> dict[str, Job]:
    """Two jobs that each recognise a mail client that nobody has seen before."""
    return {"ours": _each(identify), "user_agents": _each(user_agents.parse)}


def _each(recognise: Callable[[str], object]) -> Job:
    agents = iter(list(islice(_made_up(), NEVER_SEEN)))
    return lambda _: recognise(next(agents))


def _made_up() -> Iterator[str]:
    """User agents as they are, each with another number in the last place that has one."""
    lines = (ROOT / "tests" / "fixtures" / "user_agents.jsonl").read_text("utf-8").splitlines()
    found = [agent for agent in dict.fromkeys(json.loads(line)["ua"] for line in lines) if re.search(r"\d", agent)]
    for number in count(1000):
        for agent in found:
            yield re.sub(r"\d+(?=\D*\Z)", str(number), agent)
