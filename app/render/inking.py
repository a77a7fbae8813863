"""One word drawn in one style and size: what it covers, what its outline covers, what has colours of its own.

Letters that stand apart are drawn one by one, except where their script joins them. Emoji are there in one size and are
scaled.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from math import ceil
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from app.render.boxes import Area, around
from app.render.colors import CLEAR
from app.render.fonts import EM, EMOJI, STRIKE, Fonts
from app.render.runs import Run, clusters

JOINING: Final = ("Arabic", "Devanagari")
"""Scripts whose letters are joined: nothing is put between them."""


class Style(NamedTuple):
    """How letters look: the font's name; what stands between them and how far their outline reaches, in em.

    `tabular` digits all have one width, where the font has such.
    """

    font: str
    spacing: float = 0.0
    outline: float = 0.0
    tabular: bool = False


class Mask(NamedTuple):
    """One word in one size: its coverage, and where that stands relative to the start of its baseline.

    `colored` is what of it has colours of its own (emoji), RGBA of the same size; `outlined` what its letters and their
    outline cover.
    """

    image: Image.Image | None
    left: int = 0
    top: int = 0
    colored: Image.Image | None = None
    outlined: Image.Image | None = None


def width(word: str, style: Style, fonts: Fonts) -> float:
    """The advance of a word in em."""
    return sum(_advance(run, style, EM, fonts) for run in _runs(word, style, fonts)) / EM


def drawn(word: str, style: Style, size: int, fonts: Fonts, width: float) -> Mask:
    """The word, which is so many em wide, on a surface that surely holds it, then cut to what is covered."""
    stroke = style.outline * size
    margin = size // 2 + ceil(stroke)
    above = size + margin
    start = float(margin)
    runs, features = _runs(word, style, fonts), _features(style)
    extent = (ceil(width * size) + 2 * margin, above + size)
    covered = Image.new("L", extent, 0)
    outlined = Image.new("L", extent, 0) if stroke else None
    colored: Image.Image | None = None
    for run in runs:
        face, at = fonts.face(run.font, size), (round(start), above)
        if run.font == EMOJI:
            colored = colored or Image.new("RGBA", extent, CLEAR)
            _stamp_emoji(colored, run.text, face, size, at)
        else:
            _draw(covered, run, face, at, features)
            if outlined is not None:
                _draw(outlined, run, face, at, features, stroke)
        if len(runs) > 1:  # mostly there is only one
            start += _advance(run, style, size, fonts)
    boxes = (layer.getbbox() for layer in (covered, colored, outlined) if layer is not None)
    inked = [Area(*box) for box in boxes if box is not None]
    if not inked:
        return Mask(None)
    box = around(inked)
    return Mask(
        covered.crop(box),
        box[0] - margin,
        box[1] - above,
        colored and colored.crop(box),
        outlined and outlined.crop(box),
    )


def _advance(run: Run, style: Style, size: int, fonts: Fonts) -> float:
    """How far a run moves the pen at that size, with the space behind it."""
    return fonts.advance(run, size, _features(style)) + style.spacing * size * _spaced(run)


def _runs(word: str, style: Style, fonts: Fonts) -> tuple[Run, ...]:
    """The runs of a word; letters that stand apart are runs of their own."""
    runs = fonts.runs(word, style.font)
    return tuple(chain.from_iterable(map(_apart, runs))) if style.spacing else runs


def _draw(
    onto: Image.Image,
    run: Run,
    face: ImageFont.FreeTypeFont,
    at: tuple[int, int],
    features: list[str] | None,
    stroke: float = 0.0,
) -> None:
    """What a run covers, its baseline beginning at `at`; with an outline as far as `stroke` reaches."""
    ImageDraw.Draw(onto).text(
        at, run.text, 255, face, anchor="ls", direction=run.direction, features=features, stroke_width=stroke
    )


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


def _stamp_emoji(onto: Image.Image, text: str, face: ImageFont.FreeTypeFont, size: int, at: tuple[int, int]) -> None:
    """Draw emoji in their one size and lay them on scaled, their baseline beginning at `at`."""
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="ls"))
    strip = Image.new("RGBA", (right - left, bottom - top), CLEAR)
    ImageDraw.Draw(strip).text((-left, -top), text, font=face, anchor="ls", embedded_color=True)
    scale = size / STRIKE
    extent = (max(1, round(strip.width * scale)), max(1, round(strip.height * scale)))
    scaled = strip.resize(extent, Image.Resampling.LANCZOS, reducing_gap=2.0)
    onto.alpha_composite(scaled, (max(0, at[0] + round(left * scale)), max(0, at[1] + round(top * scale))))
