"""Cold pictures: each placeholder of the demo site in each format, and a personal picture beside plain Pillow.

Cold means that the finished picture is not in memory, nor anything of it that was painted; the assets are decoded, as
they are from the second open on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from app.engine.decision import Decision
from app.engine.opens import Open
from app.render.assets import Assets
from app.render.encode import FORMATS
from app.render.fonts import Fonts
from app.render.paint import Painter
from app.serving.desk import Serving
from app.serving.shown import Shown
from app.settings import Settings
from app.wiring import editions, makers
from app.wiring.world import world_of
from bench import cold_paint
from bench.processes import ROOT
from bench.report import Figure, Report, ratios
from bench.rounds import ROUNDS, Job, costs
from bench.visitors import AGENTS

TIMES_AS_FAST = 2.0
TIMES_LATIN = 2.0
AT_2X_MS = 6.0
AT_2X_KB = 100.0
KB = 1024
PAINTED = 3
"""How often each picture of the demo site is painted."""

OPENINGS = {
    "greeting": {"lang": "de", "first_name": "Katharina"},
    "weather": {"lang": "de", "city": "Hamburg", "country": "DE"},
    "region": {"lang": "en", "city": "München", "country": "DE"},
    "applink": {"lang": "en"},
}


def paintings(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Milliseconds and bytes."""
    figures = [figure for name, format, job in _demo(folder) for figure in _painted(name, format, job)]
    return Report("4. cold pictures", (*figures, *_beside_pillow(folder, rounds)))


def _beside_pillow(folder: Path, rounds: int) -> tuple[Figure, ...]:
    once, twice = (cold_paint.scene(folder / f"scene-{scale}x", scale=scale) for scale in (1, 2))
    large = cold_paint.onopen(twice)
    jobs = {
        "ours": _each(cold_paint.onopen(once)),
        "Arabic": _each(cold_paint.onopen(once, "ar")),
        "Hindi": _each(cold_paint.onopen(once, "hi")),
        "Pillow": _each(cold_paint.pillow(once)),
        "ours, 2x": _each(large),
        "Pillow, 2x": _each(cold_paint.pillow(twice)),
    }
    spent = costs(jobs, rounds=rounds)
    milli = {name: [one * 1e3 for one in found] for name, found in spent.items()}
    kb = [len(large(number)) / KB for number in range(4)]
    return (
        Figure.of("personal 600x300 JPEG at 1x, onopen", milli["ours"], "ms"),
        Figure.of("personal 600x300 JPEG at 1x, plain Pillow", milli["Pillow"], "ms"),
        Figure.at_least("plain Pillow / onopen at 1x", ratios(spent["Pillow"], spent["ours"]), "x", TIMES_AS_FAST),
        Figure.at_most("Arabic / Latin letters at 1x", ratios(spent["Arabic"], spent["ours"]), "x", TIMES_LATIN),
        Figure.at_most("Devanagari / Latin letters at 1x", ratios(spent["Hindi"], spent["ours"]), "x", TIMES_LATIN),
        Figure.of("plain Pillow / onopen at 2x", ratios(spent["Pillow, 2x"], spent["ours, 2x"]), "x"),
        Figure.at_most("personal 600x300 JPEG at 2x, onopen", milli["ours, 2x"], "ms", AT_2X_MS),
        Figure.at_most("personal 600x300 JPEG at 2x, onopen", kb, "KB", AT_2X_KB),
    )


def _each(paint: cold_paint.Paint) -> Job:
    """For one recipient after the other, so that the words are new at every call."""
    numbers = count()
    return lambda _: paint(next(numbers))


def _painted(name: str, format: str, job: partial[bytes]) -> Iterator[Figure]:
    spent, size = [], 0
    for _ in range(PAINTED):
        started = time.thread_time()
        size = len(job())
        spent.append((time.thread_time() - started) * 1e3)
    yield Figure.of(f"{name}.{format}", spent, "ms", note=f"{size / KB:.0f} KB")


def _demo(folder: Path) -> Iterator[tuple[str, str, partial[bytes]]]:
    """A job for each placeholder of the demo site and each format."""
    assets, fonts = Assets([ROOT / "assets"]), Fonts()
    for name, shown, decision in _decisions(folder):
        for format in FORMATS:
            paint = partial(_paint, assets, fonts, shown.design, decision, format)
            paint()  # decodes the assets
            yield name, format, paint


def _paint(assets: Assets, fonts: Fonts, design: Any, decision: Decision, format: Any) -> bytes:
    """With a painter that has not painted anything yet."""
    return Painter(assets, fonts).paint(
        design, dict(decision.fields), dict(decision.captions), format=format, nothing=decision.nothing
    )


def _decisions(folder: Path) -> list[tuple[str, Shown, Decision]]:
    """What somebody sees of each placeholder of the demo site."""
    world = world_of(Settings(log_level="error"))
    edition = makers.library(world, ROOT, folder / "demo-state").start().edition
    assert edition is not None, "the demo site is good"
    serving = editions.serving(world, edition, time.time)
    return [(name, serving.placeholders[name], _decision(serving, name)) for name in OPENINGS]


def _decision(serving: Serving, name: str) -> Decision:
    opening = Open(name, time.time(), params=OPENINGS[name], user_agent=AGENTS[0])
    return asyncio.run(serving.decide(serving.placeholders[name], opening, 1.0))
