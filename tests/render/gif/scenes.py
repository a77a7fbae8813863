"""Small scenes of every kind of layout, and what each second of a scene has to look like, drawn without any GIF."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image

from app.render.boxes import Area
from app.render.gif.palette import Palette
from app.render.gif.scene import Cell, Rest, Scene

WORDS = {"until": 9, "Fri": 5, "27": 3, "Nov": 6, "-": 1}


def clock(scene: Scene, left: int) -> Image.Image:
    """The clock so many seconds before the end: counted down cell by cell, from the last on."""
    shown = scene.plate.copy()
    for cell in reversed(scene.cells):
        left, value = divmod(left, len(cell.pictures))
        shown.paste(cell.pictures[value], cell.area[:2])
    return shown


def resting(scene: Scene, sentence: Sequence[str]) -> Image.Image:
    """The last frame with these words."""
    words = [scene.rest.words[word] for word in sentence]
    left, top, right, _ = scene.rest.band
    shown, at = scene.rest.plate.copy(), left + (right - left - sum(word.width for word in words)) // 2
    for word in words:
        shown.paste(word, (at, top))
        at += word.width
    return shown


class Expected:
    """What the GIFs of a scene have to show, in the colours that they have."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._palette = Palette.of(scene.colors)

    def frames(self, left: int, sentence: Sequence[str]) -> list[Image.Image]:
        """For an open so many seconds before the end, frame by frame."""
        return [in_palette(self._palette, frame) for frame in self._drawn(left, sentence)]

    def clock_of(self, frame: Image.Image) -> int | None:
        """The seconds that the clock of a frame tells, as somebody reads it; None where a cell shows no figure."""
        seconds = 0
        for cell in self._scene.cells:
            figures = [in_palette(self._palette, picture).tobytes() for picture in cell.pictures]
            seen = frame.crop(cell.area).tobytes()
            if seen not in figures:
                return None
            seconds += figures.index(seen) * cell.step
        return seconds

    def _drawn(self, left: int, sentence: Sequence[str]) -> list[Image.Image]:
        scene = self._scene
        if left <= 0:
            return [scene.ended]
        ticking = [clock(scene, second) for second in range(left, max(left - scene.frames, 0), -1)]
        return [*ticking, resting(scene, sentence) if left > scene.frames else scene.ended]


def in_palette(palette: Palette, picture: Image.Image) -> Image.Image:
    """The picture in the colours of that palette, RGB."""
    indices = Image.frombytes("P", picture.size, palette.indices(picture).tobytes())
    indices.putpalette(palette.table)
    return indices.convert("RGB")


def small(
    areas: Sequence[Area], counts: Sequence[int], *, size: tuple[int, int], band: Area, frames: int, seed: int
) -> Scene:
    """A scene of noise, so that nothing is right by chance; the cells count in these radices."""
    chance = Random(seed)
    rest = _noise(chance, size)
    rest.paste("navy", band)
    cells, step = [], 1
    for area, count in reversed(list(zip(areas, counts, strict=True))):
        cells.append(Cell(area, step, tuple(_noise(chance, area.size) for _ in range(count))))
        step *= count
    words = {word: _noise(chance, (width, band.size[1])) for word, width in WORDS.items()}
    return Scene(
        plate=_noise(chance, size),
        cells=tuple(reversed(cells)),
        rest=Rest(rest, band, words),
        ended=_noise(chance, size),
        frames=frames,
    )


def _noise(chance: Random, size: tuple[int, int]) -> Image.Image:
    """Large grain of few colours, so that runs and transparency have something to find."""
    grain = Image.frombytes("L", size, bytes(chance.choices((0, 0, 0, 90, 200), k=size[0] * size[1])))
    return Image.merge("RGB", (grain, grain.point(lambda level: level // 2), grain))
