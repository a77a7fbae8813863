"""A ticking countdown: a GIF of 60 seconds for a moment and a deadline that nobody asked for before.

Pillow is given all it can use: figures drawn and quantised ahead, one palette for all frames, no dithering. What is
left to it is pasting them and encoding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from time import thread_time

from PIL import Image

from app.render.gif.keeping import dump, load
from app.render.gif.palette import Palette
from app.render.gif.scene import Scene
from app.render.gif.ticking import compiled
from bench.report import Figure, Report, ratios
from bench.rounds import ROUNDS, costs
from tests.support.countdown import DAY, SIZE, scene

TIMES_AS_FAST = 300.0
TIMES_A_COPY = 40.0
SHARE_OF_BYTES = 0.75
COMPILED_S = 1.0
MOMENTS = 4096
"""More than a round asks of Pillow; ours meets some again, which is of no use to it."""

Asked = tuple[int, Sequence[str]]
"""Seconds left, and the deadline in words."""


def countdown(*, rounds: int = ROUNDS) -> Report:
    """Times and bytes beside Pillow's, and what a start pays."""
    drawn = scene()
    template, pillow, asked = compiled(drawn), Pillow(drawn), asked_for()
    finished = memoryview(template.gif(*asked[0]))
    spent = costs(
        {
            "joined": lambda turn: template.gif(*asked[turn % MOMENTS]),
            "Pillow": lambda turn: pillow.gif(*asked[turn % MOMENTS]),
            "copy": lambda _: bytes(finished),
        },
        rounds=rounds,
    )
    ours, theirs = ([len(maker.gif(*one)) for one in asked[:20]] for maker in (template, pillow))
    kept = dump(template, b"demo")
    return Report(
        f"8. a countdown of 60 frames, {SIZE[0]}x{SIZE[1]}, with a new deadline at each call",
        (
            Figure.of("joined by onopen", [one * 1e6 for one in spent["joined"]], "µs"),
            Figure.of("encoded by Pillow, as carefully as it can be", [one * 1e3 for one in spent["Pillow"]], "ms"),
            Figure.at_least("Pillow / onopen", ratios(spent["Pillow"], spent["joined"]), "x", TIMES_AS_FAST),
            Figure.at_most("onopen / a copy of the bytes", ratios(spent["joined"], spent["copy"]), "x", TIMES_A_COPY),
            Figure.of("bytes, onopen", [one / 1024 for one in ours], "KB"),
            Figure.at_most("bytes / Pillow's bytes", ratios(ours, theirs), "x", SHARE_OF_BYTES),
            Figure.at_most("a template is compiled within", _seconds(lambda: compiled(drawn)), "s", COMPILED_S),
            Figure.of("and loaded again", [1e3 * one for one in _seconds(lambda: load(kept, b"demo"))], "ms"),
        ),
    )


class Pillow:
    """The same frames, pasted from pictures in the palette and encoded by `save_all`."""

    def __init__(self, drawn: Scene) -> None:
        self._scene, self._palette = drawn, Palette.of(drawn.colors)
        self._clock, self._rest, self._ended = map(self._colored, (drawn.plate, drawn.rest.plate, drawn.ended))
        self._cells = [[self._colored(picture) for picture in cell.pictures] for cell in drawn.cells]
        self._words = {word: self._colored(picture) for word, picture in drawn.rest.words.items()}

    def gif(self, left: int, words: Sequence[str]) -> bytes:
        """A GIF of the seconds from that one on, and the deadline."""
        first, *others = [self._second(second) for second in range(left, left - self._scene.frames, -1)]
        out = BytesIO()
        first.save(out, "GIF", save_all=True, append_images=[*others, self._deadline(words)], duration=1000)
        return out.getvalue()

    def _second(self, left: int) -> Image.Image:
        shown = self._clock.copy()
        for cell, pictures in zip(self._scene.cells, self._cells, strict=True):
            shown.paste(pictures[left // cell.step % len(pictures)], cell.area[:2])
        return shown

    def _deadline(self, words: Sequence[str]) -> Image.Image:
        shown, (left, top, right, _) = self._rest.copy(), self._scene.rest.band
        pictures = [self._words[word] for word in words]
        left += (right - left - sum(picture.width for picture in pictures)) // 2
        for picture in pictures:
            shown.paste(picture, (left, top))
            left += picture.width
        return shown

    def _colored(self, picture: Image.Image) -> Image.Image:
        colored = Image.frombytes("P", picture.size, self._palette.indices(picture).tobytes())
        colored.putpalette(self._palette.table)
        return colored


def asked_for(seed: int = 3) -> list[Asked]:
    """Moments up to 300 days before the end, and deadlines."""
    chance = Random(seed)
    days, months = (("Mon ", "Fri "), ("27 ", "3 ")), (("Nov, ", "Dec, "), ("23:", "09:"), ("59", "00"))
    return [
        (chance.randrange(120, 300 * DAY), ("until ", *(chance.choice(words) for words in (*days, *months))))
        for _ in range(MOMENTS)
    ]


def _seconds(job: Callable[[], object], times: int = 3) -> list[float]:
    found = []
    for _ in range(times):
        started = thread_time()
        job()
        found.append(thread_time() - started)
    return found
