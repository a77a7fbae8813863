"""The text layer: words set into a box.

The text takes the largest size between `size` and `min_size` at which it fits; only what does not fit even then is
broken inside words and, at last, cut with an ellipsis. Lines stand as in CSS: each in a line box of `line_height`, its
leading shared above and below.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar, Literal, NamedTuple

from PIL import Image

from app.render.boxes import Area, Box, area, check_box
from app.render.canvas import Canvas
from app.render.colors import check_color, color
from app.render.fonts import DEFAULT, check_font
from app.render.layers.layer import STRICT, Drawing, Materials, Words, check_keys, words
from app.render.typeset import Room, Setting, Typesetter

SMALLEST = 4.0
LARGEST = 400.0
USUAL_LEAST, USUAL_SHARE = 8.0, 0.6
"""How small a text may become where nobody said: rather small than cut."""
OVERHANG = 0.25
"""How far letters may reach out of their box, as a share of their size; what reaches further is cut off."""
SIDES = ({"start": "left", "end": "right"}, {"start": "right", "end": "left"})
"""What start and end are where lines run to the right, and where they run to the left."""
TALLEST = 1.5
"""Ascent and descent together, as a share of the size: more than in any bundled font."""


def _legible(key: str, size: float) -> None:
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"{key} {size:g} cannot be read; write a size between {SMALLEST:g} and {LARGEST:g}")


def _spaced(line_height: float) -> None:
    if not 0.5 <= line_height <= 5:
        raise ValueError(f"line_height {line_height:g} is a multiple of the size; write 1.2, for instance")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
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
    text: Words | None = dataclasses.field(default=None, metadata={"sentence": "A fixed Liquid text."})
    font: str = dataclasses.field(
        default=DEFAULT, metadata={"sentence": "A bundled font, by name and weight.", "check": check_font}
    )
    size: float = dataclasses.field(
        default=16.0,
        metadata={"sentence": "The size of the letters in CSS pixels.", "check": partial(_legible, "size")},
    )
    min_size: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "How small a long text may become; without it six tenths of its size, but at least 8.",
            "check": partial(_legible, "min_size"),
        },
    )
    color: str = dataclasses.field(
        default="#000000", metadata={"sentence": "The colour of the letters.", "check": check_color}
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
        default=1.2, metadata={"sentence": "From line to line, as a multiple of the size.", "check": _spaced}
    )
    wrap: bool = dataclasses.field(default=True, metadata={"sentence": "Whether long lines are broken."})

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.text is None):
            raise ValueError("a text layer needs either field: (a field it shows) or text: (a fixed text); write one")
        if self.min_size is not None and self.min_size > self.size:
            raise ValueError(
                f"min_size {self.min_size:g} is above size ({self.size:g}); write min_size: {self.size:g} to keep the "
                "size"
            )

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The words; None if there are none."""
        text = words(fields.get(self.field)) if self.field is not None else (caption or "")
        return text if text.strip() else None

    def steady(self, content: str) -> bool:
        """Whether these are the fixed words of the layer themselves."""
        return content == self.text or (isinstance(self.text, dict) and content in self.text.values())

    def asset(self, content: str) -> str | None:  # noqa: ARG002 - shows no asset
        """None."""
        return None

    def reach(self, scale: float) -> Area:
        """Its box and a margin for what hangs over: italics, letters in tight line boxes."""
        return area(self.box, scale).grown(round(max(OVERHANG, (TALLEST - self.line_height) / 2) * self.size * scale))

    def room(self, scale: float) -> Room:
        """The box and the sizes allowed, in device pixels."""
        return self._room(area(self.box, scale), scale)

    def _room(self, place: Area, scale: float) -> Room:
        size = max(1, round(self.size * scale))
        usual = min(self.size, max(USUAL_LEAST, USUAL_SHARE * self.size))
        least = max(1, round((usual if self.min_size is None else self.min_size) * scale))
        return Room(*place.size, size, least, self.line_height, self.wrap)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Set the words and fetch the mask of each; what leaves the layer's reach is cut off."""
        place, whole = area(self.box, materials.scale), self.reach(materials.scale)
        setting = materials.type.setting(content, self.font, self._room(place, materials.scale))
        inside = (_cut(stamp, whole) for stamp in self._stamps(setting, place, materials.type))
        stamps = [stamp for stamp in inside if stamp is not None]
        top = min((stamp.top for stamp in stamps), default=place.top)
        bottom = max((stamp.top + stamp.mask.height for stamp in stamps), default=place.top)
        ink = color(self.color)

        def onto(canvas: Canvas) -> None:
            for stamp in stamps:
                canvas.ink(ink, stamp.mask, (stamp.left, stamp.top))
                if stamp.colored is not None:
                    canvas.lay(stamp.colored, (stamp.left, stamp.top))

        return Drawing(whole._replace(top=top, bottom=bottom), onto)

    def _stamps(self, setting: Setting, place: Area, type: Typesetter) -> Iterator[_Stamp]:
        """The masks of the words, each on whole pixels."""
        step = self.line_height * setting.size
        above, below = type.ascent(self.font, setting.size)
        baseline = (
            place.top + self._down(place.size[1] - step * len(setting.lines)) + (step - above - below) / 2 + above
        )
        for row in setting.lines:
            start = self._start(place, row.width * setting.size, turned=row.turned)
            for word, offset in row.words:
                mask = type.mask(word, self.font, setting.size)
                if mask.image is not None:
                    left = round(start + offset * setting.size) + mask.left
                    yield _Stamp(mask.image, left, round(baseline) + mask.top, mask.colored)
            baseline += step

    def _down(self, spare: float) -> float:
        """How far down the first line begins; a block that is a little too high hangs over on both sides."""
        if spare < 0:
            return spare / 2
        return {"top": 0.0, "middle": spare / 2, "bottom": spare}[self.valign]

    def _start(self, place: Area, width: float, *, turned: bool) -> float:
        spare = place.size[0] - width
        side = SIDES[turned].get(self.align, self.align)
        return place.left + {"left": 0.0, "center": spare / 2, "right": spare}[side]


class _Stamp(NamedTuple):
    """A mask, the device pixel of its upper left corner, and what of it has colours of its own."""

    mask: Image.Image
    left: int
    top: int
    colored: Image.Image | None = None


def _cut(stamp: _Stamp, limits: Area) -> _Stamp | None:
    """As much of it as lies inside the limits."""
    mask, left, top, colored = stamp
    right, bottom = left + mask.width, top + mask.height
    if left >= limits.left and top >= limits.top and right <= limits.right and bottom <= limits.bottom:
        return stamp
    inside = (max(left, limits.left), max(top, limits.top), min(right, limits.right), min(bottom, limits.bottom))
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        return None
    part = (inside[0] - left, inside[1] - top, inside[2] - left, inside[3] - top)
    return _Stamp(mask.crop(part), inside[0], inside[1], colored.crop(part) if colored is not None else None)
