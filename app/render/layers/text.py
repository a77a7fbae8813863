"""The text layer: words set into a box.

The text takes the largest size between `size` and `min_size` at which it fits; only what does not fit even then is
broken inside words and, at last, cut with an ellipsis. Lines stand as in CSS: each in a line box of `line_height`, its
leading shared above and below.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import ClassVar, Literal

from app.render.boxes import Area, Box, area, check_box
from app.render.colors import Color, check_color, color
from app.render.fonts import DEFAULT
from app.render.inking import Style
from app.render.layers.boxed import Boxed
from app.render.layers.layer import STRICT, Drawing, Materials, Said, check_keys, texts, words
from app.render.layers.lettering import Look, Shadow, Stamp, letter, within
from app.render.layers.styles import Letters, SpanStyle, check_names, inside
from app.render.layers.typography import (
    check_apart,
    check_cast,
    check_least,
    check_legible,
    check_near,
    check_outlining,
    check_soft,
    check_spaced,
)
from app.render.rich import Rich, Span
from app.render.typeset import Room, Setting, Typesetter
from app.spans import BEGIN, Names, Spoken, as_written, for_painter, segments, spanned

USUAL_LEAST, USUAL_SHARE = 8.0, 0.6
"""How small a text may become where nobody said: rather small than cut."""
OVERHANG = 0.25
"""How far letters may reach out of their box, as a share of their size; what reaches further is cut off."""
SIDES = ({"start": "left", "end": "right"}, {"start": "right", "end": "left"})
"""What start and end are where lines run to the right, and where they run to the left."""
TALLEST = 1.5
"""Ascent and descent together, as a share of the size: more than in any bundled font."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer(Boxed):
    """Words, from a field or fixed, wrapped and fitted into a box."""

    sentence: ClassVar[str] = "Words in a box: wrapped, and made smaller until they fit."
    example: ClassVar[str] = (
        "text: {field: headline, box: [24, 196, 552, 80], font: Noto Sans Bold, size: 36, min_size: 22, "
        'color: "#ffffff"}'
    )
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={"sentence": "Where it stands: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    field: str | None = dataclasses.field(default=None, metadata={"sentence": "The field it shows."})
    text: Said | None = dataclasses.field(default=None, metadata={"sentence": "A fixed Liquid text."})
    font: str = dataclasses.field(
        default=DEFAULT, metadata={"sentence": "A bundled font, by name and weight, or one of the site's own."}
    )
    size: float = dataclasses.field(
        default=16.0,
        metadata={"sentence": "The size of the letters in CSS pixels.", "check": partial(check_legible, "size")},
    )
    min_size: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "How small a long text may become; without it six tenths of its size, but at least 8.",
            "check": partial(check_legible, "min_size"),
        },
    )
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour of the letters.", "check": check_color}
    )
    styles: dict[str, SpanStyle] = dataclasses.field(
        default_factory=dict,
        metadata={
            "sentence": "Names for parts of the text that look different: `<price>9 €</price>` is one of the style "
            "`price: {size: 48}`. A style says a font, a size, a color; what it does not say stays as around it.",
            "check": check_names,
        },
    )
    align: Literal["start", "center", "end", "left", "right"] = dataclasses.field(
        default="start",
        metadata={
            "sentence": "Where lines stand in the box, from side to side; `start` is right where the script runs so."
        },
    )
    valign: Literal["top", "middle", "bottom"] = dataclasses.field(
        default="top", metadata={"sentence": "Where the text stands in the box, from top to bottom."}
    )
    line_height: float = dataclasses.field(
        default=1.2, metadata={"sentence": "From line to line, as a multiple of the size.", "check": check_spaced}
    )
    wrap: bool = dataclasses.field(default=True, metadata={"sentence": "Whether long lines are broken."})
    letter_spacing: float = dataclasses.field(
        default=0.0,
        metadata={
            "sentence": "What stands between letters at their full size, in CSS pixels; scripts that join stay joined.",
            "check": check_apart,
        },
    )
    tabular: bool = dataclasses.field(
        default=False, metadata={"sentence": "Whether all digits have one width, where the font has such digits."}
    )
    strike: bool = dataclasses.field(
        default=False, metadata={"sentence": "Whether a line runs through the letters, as through an old price."}
    )
    outline: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The colour of a line around the letters.", "check": check_color}
    )
    outline_width: float = dataclasses.field(
        default=1.0,
        metadata={"sentence": "How far the outline reaches at full size, in CSS pixels.", "check": check_outlining},
    )
    shadow: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The colour of a shadow below the letters.", "check": check_color}
    )
    shadow_offset: tuple[float, float] = dataclasses.field(
        default=(0.0, 1.0),
        metadata={"sentence": "How far the shadow lies to the right and below, in CSS pixels.", "check": check_cast},
    )
    shadow_blur: float = dataclasses.field(
        default=2.0, metadata={"sentence": "How soft the shadow is, in CSS pixels.", "check": check_soft}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.text is None):
            raise ValueError("a text layer needs either field: (a field it shows) or text: (a fixed text); write one")
        check_least(self.min_size, self.size)
        check_near(self.letter_spacing, min(self._sizes))

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The words; None if there are none."""
        said = fields.get(self.field) if self.field is not None else caption
        text = said if isinstance(said, str) else words(said)
        return for_painter(text) if text.strip() else None

    def steady(self, content: str) -> bool:
        """Whether these are the fixed words of the layer themselves."""
        written = as_written(content)
        return written in texts(self.text)

    def spoken(self, content: str) -> Spoken:
        """The plain words."""
        return Spoken(str(spanned(content)), self.strike)

    @property
    def _sizes(self) -> tuple[float, ...]:
        """Its size, and those of its styles that have one."""
        return (self.size, *(style.size for style in self.styles.values() if style.size))

    def reach(self, scale: float) -> Area:
        """Its box and a margin for what hangs over: italics, letters in tight line boxes, outline and shadow."""
        overhang = round(max(OVERHANG, (TALLEST - self.line_height) / 2) * max(self._sizes) * scale)
        outline = ceil(self.outline_width * scale) if self.outline else 0
        shadow = self._shadow(scale)
        return area(self.box, scale).grown(overhang + outline + (shadow.reach if shadow else 0))

    @property
    def style(self) -> Style:
        """How its letters look, whatever their size."""
        return self._style(self.font, self.size)

    def _style(self, font: str, size: float) -> Style:
        outline = self.outline_width / size if self.outline else 0.0
        return Style(font, self.letter_spacing / size, outline, self.tabular)

    def room(self, scale: float) -> Room:
        """The box and the sizes allowed, in device pixels."""
        size = max(1, round(self.size * scale))
        usual = min(self.size, max(USUAL_LEAST, USUAL_SHARE * self.size))
        least = max(1, round((usual if self.min_size is None else self.min_size) * scale))
        return Room(*area(self.box, scale).size, size, least, self.line_height, self.wrap)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Set the words and fetch the mask of each; what leaves the layer's reach is cut off."""
        place, shadow = area(self.box, materials.scale), self._shadow(materials.scale)
        stamps, extent = within(list(self._stamps(content, place, materials)), self.reach(materials.scale))
        extent = extent.grown(shadow.reach) if shadow and stamps else extent
        look = Look(color(self.color), color(self.outline) if self.outline else None, shadow)
        return Drawing(extent, partial(letter, stamps=stamps, look=look))

    def _shadow(self, scale: float) -> Shadow | None:
        if self.shadow is None:
            return None
        right, down = (round(part * scale) for part in self.shadow_offset)
        return Shadow(color(self.shadow), (right, down), self.shadow_blur * scale)

    def _stamps(self, content: str, place: Area, materials: Materials) -> Iterator[Stamp]:
        """The masks of the words, each on whole pixels."""
        type, (text, inks) = materials.type, self.worded(content)
        setting = type.setting(text, self.style, self.room(materials.scale))
        rows = type.rows(text, self.style, setting)
        step = self.line_height * setting.size
        above, below = type.ascent(self.font, setting.size)
        top = place.top + self._down(place.size[1] - step * sum(row.scale for row in rows))
        baseline, scale = top + (step - above - below) / 2 + above, 1.0  # of a line of the text's own size
        for row in rows:
            baseline += ((step - above - below) / 2 + above) * (row.scale - scale)
            start = self._start(place, row.width, turned=row.turned)
            for part in row.parts:
                mask = type.mask(part.text, part.style, part.size)
                stamp = Stamp.of(mask, round(start + part.offset), round(baseline), inks[part.span])
                if stamp is not None:
                    yield stamp
            if self.strike and row.parts:
                yield Stamp.through(start, round(baseline), row.width, setting.size)
            baseline, scale = baseline + step * row.scale, row.scale

    def setting(self, content: str, type: Typesetter, scale: float) -> Setting:
        """The words as they will stand in the box."""
        return type.setting(self.worded(content)[0], self.style, self.room(scale))

    def letters(self, names: Names) -> Letters:
        """How words in these spans look."""
        return inside(names, self.styles, Letters(self.font, self.size, self.color))

    def worded(self, content: str) -> tuple[str | Rich, Sequence[Color | None]]:
        """The words as they are set, and the colours of their spans, None for the text's own."""
        if BEGIN not in content:
            return content, (None,)
        numbers: dict[Names, int] = {(): 0}
        cut = [(numbers.setdefault(names, len(numbers)), part) for names, part in segments(content)]
        looks = [self.letters(names) for names in numbers]
        spans = tuple(Span(self._style(look.font, look.size), look.size / self.size) for look in looks)
        return Rich.of(cut, spans), [color(look.color) for look in looks]

    def _down(self, spare: float) -> float:
        """How far down the first line begins; a block that is a little too high hangs over on both sides."""
        if spare < 0:
            return spare / 2
        return {"top": 0.0, "middle": spare / 2, "bottom": spare}[self.valign]

    def _start(self, place: Area, width: float, *, turned: bool) -> float:
        spare = place.size[0] - width
        side = SIDES[turned].get(self.align, self.align)
        return place.left + {"left": 0.0, "center": spare / 2, "right": spare}[side]
