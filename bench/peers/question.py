"""The question: how fast, and how heavy, beside others who draw the same banner or countdown.

Plain Pillow is no peer: `bench.paintings` and `bench.countdown` hold it against what is painted with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from app.render.gif.ticking import compiled
from bench.cold_paint import Paint
from bench.countdown import asked_for
from bench.peers.banner import FORMATS, VARIANTS, described, ours
from bench.peers.scratch import Scratch, scratch
from bench.peers.workers import Drawn, Peer, working
from bench.report import Figure, Report, ratios
from tests.support.countdown import scene

HERE = Path(__file__).parent
SCALES = (1, 2)
"""Device pixels for one CSS pixel: what peers draw by default, and what is served."""
ROUNDS = 5
SHORTEST_S = 0.1
"""A round of one peer lasts about this long, and one picture at least."""
MOST = 200
US = "onopen"
COUNTDOWN = ("countdown", "gif")
TIMES_AS_FAST: Mapping[tuple[str, str], float] = {
    ("photo", "jpg"): 4,
    ("drawn", "png"): 10,
    ("flat", "png"): 10,
    COUNTDOWN: 2_000,
}
SHARE_OF_BYTES: Mapping[tuple[str, str], float] = {("drawn", "png"): 0.35, ("flat", "png"): 0.35}

Draw = Callable[[int, int], Drawn]
"""So many pictures, from a certain recipient on."""
Found = dict[str, list[Drawn]]
"""What each name drew of one kind, round by round."""
Kind = tuple[int, str, str]
"""Scale, variant, format."""


def peers(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Milliseconds of CPU for one picture, and how they compare."""
    installed = scratch()
    found: dict[Kind, Found] = {}
    for scale in SCALES:
        look = described(folder / f"banner-{scale}x", scale)
        with ExitStack() as stack:
            drawing = {**_ours(look.parent, scale), **_theirs(installed, look, stack)}
            for peer, drawn in _interleaved(drawing, rounds).items():
                found.setdefault((scale, peer.variant, peer.format), {})[peer.name] = drawn
    figures = tuple(figure for kind, drawn in found.items() for figure in _figures(kind, drawn))
    drew = {name for drawn in found.values() for name in drawn}
    return Report("9. the same pictures drawn by others, new words each time", figures, _absent(installed, drew))


def _ours(folder: Path, scale: int) -> dict[Peer, Draw]:
    banners = [(variant, format) for variant in VARIANTS for format in FORMATS]
    paints = {Peer(US, *banner): ours(folder, scale, *banner) for banner in banners}
    if scale == SCALES[0]:
        template, moments = compiled(scene()), asked_for()
        paints[Peer(US, *COUNTDOWN)] = lambda n: template.gif(*moments[n % len(moments)])
    return {peer: partial(_measured, paint) for peer, paint in paints.items()}


def _measured(paint: Paint, first: int, times: int) -> Drawn:
    started, size = time.process_time(), 0
    for n in range(first, first + times):
        size = len(paint(n))
    return Drawn((time.process_time() - started) / times, size)


def _theirs(installed: Scratch, look: Path, stack: ExitStack) -> dict[Peer, Draw]:
    """Whoever can draw, each through its process; countdowns have one size."""
    workers = [stack.enter_context(working(command, installed.folder)) for command in installed.commands(HERE, look)]
    able = {peer: partial(worker.draw, peer) for worker in workers for peer in worker.peers}
    first = look.parent.name.endswith(f"-{SCALES[0]}x")
    return {peer: draw for peer, draw in able.items() if first or (peer.variant, peer.format) != COUNTDOWN}


def _interleaved(drawing: Mapping[Peer, Draw], rounds: int) -> dict[Peer, list[Drawn]]:
    times = {peer: _times(draw) for peer, draw in drawing.items()}
    found: dict[Peer, list[Drawn]] = {peer: [] for peer in drawing}
    for first in range(MOST, MOST * (rounds + 1), MOST):
        for peer, draw in drawing.items():
            found[peer].append(draw(first, times[peer]))
    return found


def _times(draw: Draw) -> int:
    """How many pictures make a round; also warms up, and what only the first ones cost is not counted."""
    draw(0, 1)
    times = 1
    while times < MOST and draw(0, times).seconds * times < SHORTEST_S / 2:
        times = min(MOST, 2 * times)
    return times


def _figures(kind: Kind, drawn: Found) -> Iterator[Figure]:
    """All who draw this, and ours beside the fastest of them."""
    scale, *banner = kind
    title = f"{banner[0]}.{banner[1]} at {scale}x"
    seconds = {name: [one.seconds for one in all] for name, all in drawn.items()}
    size = {name: median(one.bytes for one in all) for name, all in drawn.items()}
    for name, all in seconds.items():
        yield Figure.of(f"{title}, {name}", [one * 1e3 for one in all], "ms", note=f"{size[name] / 1024:.1f} KB")
    others = seconds.keys() - {US}
    if others:
        fastest = min(others, key=lambda name: median(seconds[name]))
        times, share = TIMES_AS_FAST.get((banner[0], banner[1])), SHARE_OF_BYTES.get((banner[0], banner[1]))
        faster = ratios(seconds[fastest], seconds[US])
        yield _judged(f"{title}, {fastest} / onopen", faster, Figure.at_least, times)
        yield _judged(f"{title}, bytes / those of {fastest}", [size[US] / size[fastest]], Figure.at_most, share)


def _judged(name: str, rounds: Sequence[float], judge: Callable[..., Figure], goal: float | None) -> Figure:
    return Figure.of(name, rounds, "x") if goal is None else judge(name, rounds, "x", goal)


def _absent(installed: Scratch, drew: set[str]) -> tuple[str, ...]:
    """Whom the figures do not speak of, and why."""
    silent = dict.fromkeys(installed.wanted - drew, "is installed, and does not draw here")
    return tuple(f"not compared: {name} {why}" for name, why in sorted({**silent, **installed.missing}.items()))
