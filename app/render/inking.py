"""One word drawn in one style and size: what it covers, what its outline covers, what has colours of its own.

Letters that stand apart are drawn one by one, except where their script joins them. Emoji are there in one size and are
scaled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from app.render.boxes import Area, around
from app.render.colors import CLEAR
from app.render.fonts import EM, EMOJI, STRIKE, Fonts
from app.render.runs import Run, clusters

JOINING: Final = ("Arabic", "Devanagari")
"""Scripts whose letters are joined: nothing is put between them."""
SOLID: Final = 255


class Style(NamedTuple):
    """How letters look: the font's name; what stands between them and how far their outline reaches, in em.

    `tabular` digits all have one width, where the font has such.
    """

    font: str
    spacing: float = 0.0
    outline: float = 0.0
    tabular: bool = False


class Mask(NamedTuple):
    """One word in one size: its coverage (L), and where that stands relative to the start of its baseline.

    `colored` is what of it has colours of its own (emoji), RGBA of the same size; `outlined` what its letters and their
    outline cover.
    """

    image: Image.Image | None
    left: int = 0
    top: int = 0
    colored: Image.Image | None = None
    outlined: Image.Image | None = None

    @property
    def extent(self) -> Area:
        """Where it stands; of a part that is all letters, all emoji or all outline, too."""
        width, height = next(layer.size for layer in (self.image, self.colored, self.outlined) if layer is not None)
        return Area(self.left, self.top, self.left + width, self.top + height)


def width(word: str, style: Style, fonts: Fonts) -> float:
    """The advance of a word in em."""
    return sum(_advance(run, style, EM, fonts) for run in _runs(word, style, fonts)) / EM


def drawn(word: str, style: Style, size: int, fonts: Fonts) -> Mask:
    """The word in that size in device pixels."""
    parts = list(_parts(word, style, size, fonts))
    return parts[0] if len(parts) == 1 and parts[0].image is not None else _joined(parts)


def _parts(word: str, style: Style, size: int, fonts: Fonts) -> Iterator[Mask]:
    """Run by run what there is to see: letters, then their outline, or emoji."""
    runs, start = _runs(word, style, fonts), 0.0
    for run in runs:
        face, left = fonts.face(run.font, size), round(start)
        if run.font == EMOJI:
            yield _emoji(run.text, face, size, left)
        else:
            yield from _letters(run, style, size, face, left)
        if len(runs) > 1:  # mostly there is only one
            start += _advance(run, style, size, fonts)


def _letters(run: Run, style: Style, size: int, face: ImageFont.FreeTypeFont, start: int) -> Iterator[Mask]:
    """What the letters of a run cover, and what they cover with their outline; nothing of white space."""
    for stroke in (0.0, style.outline * size) if style.outline else (0.0,):
        core, (left, top) = face.getmask2(
            run.text, "L", run.direction, _features(style), stroke_width=stroke, anchor="ls", stroke_filled=True
        )
        if core.getbbox() is not None:
            image, left = Image.new("L", core.size), start + left
            image.im.paste(core, (0, 0, *core.size))  # what Pillow drew on is no picture yet
            yield Mask(None, left, top, outlined=image) if stroke else Mask(image, left, top)


def _joined(parts: Sequence[Mask]) -> Mask:
    """The parts of a word on surfaces of one size."""
    if not parts:
        return Mask(None)
    whole = around(part.extent for part in parts)
    covered = _spread("L", ((part, part.image) for part in parts), whole)
    colored = _spread("RGBA", ((part, part.colored) for part in parts), whole)
    outlined = _spread("L", ((part, part.outlined) for part in parts), whole)
    return Mask(covered or Image.new("L", whole.size), whole.left, whole.top, colored, outlined)


def _spread(mode: str, layers: Iterable[tuple[Mask, Image.Image | None]], whole: Area) -> Image.Image | None:
    """One layer of all parts, over what of it lies below; None if none of them has it."""
    surface = None
    for part, layer in layers:
        if layer is not None:
            surface = surface or Image.new(mode, whole.size, CLEAR if mode == "RGBA" else 0)
            box = part.extent.seen_from(whole)
            if mode == "RGBA":
                surface.alpha_composite(layer, box[:2])
            else:
                surface.paste(SOLID, box, layer)
    return surface


def _advance(run: Run, style: Style, size: int, fonts: Fonts) -> float:
    """How far a run moves the pen at that size, with the space behind it."""
    return fonts.advance(run, size, _features(style)) + style.spacing * size * _spaced(run)


def _runs(word: str, style: Style, fonts: Fonts) -> tuple[Run, ...]:
    """The runs of a word; letters that stand apart are runs of their own."""
    runs = fonts.runs(word, style.font)
    return tuple(chain.from_iterable(map(_apart, runs))) if style.spacing else runs


def _apart(run: Run) -> Iterable[Run]:
    """The letters of a run by themselves, in the order in which they are seen."""
    if any(script in run.font for script in JOINING):
        return (run,)
    letters = clusters(run.text)
    return (Run(run.font, one, run.direction) for one in (letters if run.direction == "ltr" else reversed(letters)))


def _spaced(run: Run) -> int:
    """Behind how many letters of a run there is a space."""
    return 0 if any(script in run.font for script in JOINING) else 1


def _features(style: Style) -> list[str] | None:
    return ["tnum"] if style.tabular else None


def _emoji(text: str, face: ImageFont.FreeTypeFont, size: int, start: int) -> Mask:
    """Emoji, drawn in their one size and scaled."""
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="ls"))
    strip = Image.new("RGBA", (right - left, bottom - top), CLEAR)
    ImageDraw.Draw(strip).text((-left, -top), text, font=face, anchor="ls", embedded_color=True)
    scale = size / STRIKE
    extent = (max(1, round(strip.width * scale)), max(1, round(strip.height * scale)))
    scaled = strip.resize(extent, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Mask(None, start + round(left * scale), round(top * scale), colored=scaled)
