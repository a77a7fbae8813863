"""One word drawn in one style and size: what it covers, what its outline covers, what has colours of its own.

A word is put together from its letters, each drawn once in its size, on whole pixels. Letters that stand apart are
runs of their own, except where their script joins them. Emoji are there in one size and are scaled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import regex
from PIL import Image, ImageDraw, ImageFont

from app.render.boxes import Area, around
from app.render.colors import CLEAR
from app.render.fonts import EMOJI, STRIKE, Fonts, feature_tags
from app.render.memory import Shelf
from app.render.runs import LEFT_MARK, RIGHT_MARK, Run, clusters
from app.render.shaping import LANGUAGE, LONGEST

JOINED: Final = regex.compile(
    "[" + "".join(rf"\p{{Script={name}}}" for name in ("Arabic", "Syriac", "Devanagari", "Bengali", "Gurmukhi")) + "]"
)
"""Letters that are joined, in whatever font: nothing is put between them."""
SOLID: Final = 255
LETTER_BYTES: Final = 1 << 20


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

    @property
    def weight(self) -> int:
        """Its bytes in memory."""
        if self.image is None:
            return 200
        return 200 + self.image.width * self.image.height * (1 + 4 * bool(self.colored) + bool(self.outlined))


class Inker:
    """Measures and draws words in the fonts it is given; may be used by several threads.

    Letters are drawn once a size and kept, in at most `letter_bytes`.
    """

    def __init__(self, fonts: Fonts, *, letter_bytes: int = LETTER_BYTES) -> None:
        self._fonts = fonts
        self._drawn: Shelf[tuple[str, str, str, bool, float, int], Mask] = Shelf(letter_bytes, lambda mask: mask.weight)

    def width(self, word: str, style: Style) -> float:
        """The advance of a word in em."""
        return sum(self._advance(run, style) for run in self._runs(word, style))

    def drawn(self, word: str, style: Style, size: int) -> Mask:
        """The word in that size in device pixels."""
        parts = list(self._parts(word, style, size))
        return parts[0] if len(parts) == 1 and parts[0].image is not None else _joined(parts)

    def _parts(self, word: str, style: Style, size: int) -> Iterator[Mask]:
        """Run by run what there is to see: letters, then their outline, or emoji."""
        runs, start = self._runs(word, style), 0.0
        for run in runs:
            if run.font == EMOJI:
                yield _emoji(run.text, self._fonts.face(EMOJI, size), size, round(start * size))
            else:
                yield from self._inked(run, style, size, start)
            if len(runs) > 1:  # mostly there is only one
                start += self._advance(run, style)

    def _inked(self, run: Run, style: Style, size: int, start: float) -> Iterator[Mask]:
        """What the letters of a run cover, and what they cover with their outline; nothing of white space."""
        letters = self._fonts.letters(run, tabular=style.tabular)
        for stroke in (0.0, style.outline) if style.outline else (0.0,):
            stamps = []
            for letter in letters:
                mask = self._letter(run, letter.text, style, size, stroke)
                if mask.image is not None:
                    right, down = round((start + letter.x) * size), round(-letter.y * size)
                    stamps.append((mask.image, mask.left + right, mask.top + down))
            if stamps:
                image, left, top = _together(stamps)
                yield Mask(None, left, top, outlined=image) if stroke else Mask(image, left, top)

    def _letter(self, run: Run, text: str, style: Style, size: int, stroke: float) -> Mask:
        """A letter of a run by itself, with a stroke of so many em around it; without an image if it is white space."""
        if len(text) > LONGEST:  # all of a run; words are kept elsewhere
            return self._newly_drawn(run, text, style, size, stroke)
        key = (run.font, text, run.direction, style.tabular, stroke, size)
        return self._drawn.get(key) or self._drawn.put(key, self._newly_drawn(run, text, style, size, stroke))

    def _newly_drawn(self, run: Run, text: str, style: Style, size: int, stroke: float) -> Mask:
        core, (left, top) = self._fonts.face(run.font, size).getmask2(
            text,
            "L",
            run.direction,
            feature_tags(tabular=style.tabular),
            LANGUAGE,
            stroke_width=stroke * size,
            anchor="ls",
            stroke_filled=True,
        )
        if core.getbbox() is None:
            return Mask(None)
        image = Image.new("L", core.size)
        image.im.paste(core, (0, 0, *core.size))  # what Pillow drew on is no picture yet
        return Mask(image, left, top)

    def _advance(self, run: Run, style: Style) -> float:
        """How far a run moves the pen in em, with the space behind it."""
        advance = self._fonts.advance(run, tabular=style.tabular)
        return advance + style.spacing * _spaced(run) if style.spacing else advance

    def _runs(self, word: str, style: Style) -> tuple[Run, ...]:
        """The runs of a word; letters that stand apart are runs of their own."""
        runs = self._fonts.runs(word, style.font)
        return tuple(chain.from_iterable(map(_apart, runs))) if style.spacing else runs


def _together(stamps: Sequence[tuple[Image.Image, int, int]]) -> tuple[Image.Image, int, int]:
    """Letters and their corners as one picture and its corner."""
    if len(stamps) == 1:
        return stamps[0]
    left, top = min(stamp[1] for stamp in stamps), min(stamp[2] for stamp in stamps)
    right = max(x + image.width for image, x, _ in stamps)
    bottom = max(y + image.height for image, _, y in stamps)
    whole = Image.new("L", (right - left, bottom - top))
    for image, x, y in stamps:
        box = (x - left, y - top, x - left + image.width, y - top + image.height)
        whole.im.paste(SOLID, box, image.im)  # the core, for a word has many letters
    return whole, left, top


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


def _apart(run: Run) -> Iterable[Run]:
    """The letters of a run by themselves, in the order in which they are seen."""
    if JOINED.search(run.text):
        return (run,)
    letters = clusters(run.text)
    return (Run(run.font, one, run.direction) for one in (letters if run.direction == "ltr" else reversed(letters)))


def _spaced(run: Run) -> int:
    """Behind how many letters of a run there is a space."""
    return 0 if run.text in (LEFT_MARK, RIGHT_MARK) or JOINED.search(run.text) else 1


def _emoji(text: str, face: ImageFont.FreeTypeFont, size: int, start: int) -> Mask:
    """Emoji, drawn in their one size and scaled."""
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="ls", language=LANGUAGE))
    strip = Image.new("RGBA", (right - left, bottom - top), CLEAR)
    ImageDraw.Draw(strip).text((-left, -top), text, font=face, anchor="ls", language=LANGUAGE, embedded_color=True)
    scale = size / STRIKE
    extent = (max(1, round(strip.width * scale)), max(1, round(strip.height * scale)))
    scaled = strip.resize(extent, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Mask(None, start + round(left * scale), round(top * scale), colored=scaled)
