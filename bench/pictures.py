"""Painting: one personalised picture beside plain Pillow, and the demo's pictures beside those kept in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from app import wiring
from app.engine.decision import Decision
from app.engine.opens import Open
from app.render.cache import PictureCache
from app.render.encode import Format
from app.render.paint import Painter
from app.serving import Serving, Shown
from app.settings import load
from bench.cold_paint import contenders
from bench.report import Figure, Report, ratios
from bench.rounds import costs

ROOT = Path(__file__).resolve().parents[1]
FORMATS: tuple[Format, ...] = ("jpg", "png", "gif")
BATCH = 12
ROUNDS = 7
MILLI, KILO = 1e3, 1024.0


def beside_pillow(folder: Path) -> Report:
    """The same 600×300 picture, new words each time, by our painter and by plain Pillow."""
    figures: list[Figure] = []
    for scale in (1, 2):
        ours, plain = contenders(folder / f"at-{scale}", scale=scale)
        spent: dict[str, list[float]] = {ours.name: [], plain.name: []}
        for number in range(ROUNDS + 1):
            for one in (ours, plain):
                one.ready()
                started = time.process_time()
                for word in range(number * BATCH, (number + 1) * BATCH):
                    one.paint(word)
                if number:  # the first round warms up
                    spent[one.name].append((time.process_time() - started) / BATCH * MILLI)
        times = ratios(spent[plain.name], spent[ours.name])
        size = len(ours.paint(1)) / KILO
        name = f"personalised JPEG at {scale}×"
        if scale == 1:
            figures += [
                Figure.of(name, spent[ours.name], "ms"),
                Figure.at_least(f"{name}: plain Pillow / onopen", times, "x", 2),
            ]
        else:
            figures += [
                Figure.at_most(name, spent[ours.name], "ms", 6),
                Figure.of(f"{name}: plain Pillow / onopen", times, "x"),
                Figure.at_most(f"{name}: bytes", [size], "KB", 100),
            ]
    return Report("4. a picture painted cold, with photo, panel, wrapped headline, logo and button", tuple(figures))


def demo(folder: Path) -> Report:
    """Each placeholder of the demo site painted cold, and found again in memory."""
    settings, _ = load(log_level="error")
    world = wiring.world(settings)
    edition = wiring.library(world, ROOT, folder / "state").start().edition
    assert edition is not None, "the demo site passes its check"
    serving = wiring.serving(world, edition, time.time)
    painter = wiring.painter(world, edition.folder)
    figures: list[Figure] = []
    for name, shown in serving.placeholders.items():
        decision = serving.resolver.decide_now(shown.served(""), Open(name, time.time(), params={"city": "Hamburg"}))
        assert isinstance(decision, Decision), "recorded weather never waits"
        for format in FORMATS:
            figures += _painted(serving, painter, shown, format, decision)
    return Report("5. the demo's pictures", tuple(figures))


def _painted(serving: Serving, painter: Painter, shown: Shown, format: Format, decision: Decision) -> Iterator[Figure]:
    """One picture painted cold, and taken from memory."""
    fields, captions = dict(decision.fields), dict(decision.captions)
    body = painter.paint(shown.design, fields, captions, format=format)
    kept = PictureCache()
    key = serving.gallery.key(shown, format, decision)
    kept.put(key, body, format=format)
    spent = costs(
        {
            "cold": lambda _: painter.paint(shown.design, fields, captions, format=format),
            "kept": lambda _: kept.get(serving.gallery.key(shown, format, decision)),
        },
        rounds=3,
        at_most=20_000,
    )
    name = f"{shown.name}.{format}"
    yield Figure.of(f"{name}: painted, {len(body) / KILO:.0f} KB", [one * MILLI for one in spent["cold"]], "ms")
    if format == "jpg":
        yield Figure.at_least(f"{name}: painted / from memory", ratios(spent["cold"], spent["kept"]), "x", 50)
