"""The chart layer: a few numbers as columns, bars, a sparkline or a donut.

It is small and has no scale of its own, so it must not lie by its form: columns and bars begin at zero, what is below
zero stands below its line, and of what is no number nothing is drawn.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from math import isfinite
from typing import ClassVar, Literal

from PIL import ImageChops

from app.render.boxes import Area, Box, check_box
from app.render.canvas import Canvas
from app.render.colors import Color, check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.figures import LARGEST, numbers, plain
from app.render.layers.layer import STRICT, Drawing, Materials, check_keys, words
from app.render.layers.masks import filled, painted
from app.render.layers.outlines import away, band, circle, line
from app.render.layers.plotting import Values, lengths, slots, strokes, turns

MOST = 60
SPARKLINE = 2.0
DONUT = 0.4
"""How wide a donut is where nobody said, as a share of its radius."""


def _countable(values: str) -> None:
    found = numbers(values)
    if None in found:
        raise ValueError(f"{values!r} are not all numbers; write them like 3, 5, 8.5")
    if len(found) > MOST:
        raise ValueError(f"{len(found)} numbers are too many to be told apart; write at most {MOST}")


def _apart(gap: float) -> None:
    if not (isfinite(gap) and gap >= 0):
        raise ValueError(f"gap {gap:g} cannot be; write CSS pixels, such as 4")


def _wide(width: float) -> None:
    if not 0 < width <= 1000:
        raise ValueError(f"width {width:g} cannot be drawn; write CSS pixels, such as 2")


def _within(base: float) -> None:
    if not abs(base) <= LARGEST:
        raise ValueError(f"base {base:g} cannot be; write 0, for instance")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChartLayer(Boxed):
    """Several numbers beside each other."""

    sentence: ClassVar[str] = "Numbers as columns, bars, a sparkline or a donut, at most 60 of them."
    example: ClassVar[str] = 'chart: {field: week, form: columns, box: [24, 120, 200, 60], color: "#c8102e", gap: 4}'
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={"sentence": "Where it stands: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    field: str | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "The text field with its numbers, such as `3, 5, 8.5`; with more than 60 nothing is drawn."
        },
    )
    values: str | None = dataclasses.field(
        default=None, metadata={"sentence": "Fixed numbers, written in the same way.", "check": _countable}
    )
    form: Literal["columns", "bars", "sparkline", "donut"] = dataclasses.field(
        default="columns",
        metadata={"sentence": "Columns stand, bars lie, a sparkline is a line, a donut shows shares of their sum."},
    )
    color: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The one colour; black if there are no colors.", "check": check_color}
    )
    colors: tuple[str, ...] | None = dataclasses.field(
        default=None, metadata={"sentence": "Several colours, taken in turn.", "each": check_color}
    )
    gap: float = dataclasses.field(
        default=2.0,
        metadata={"sentence": "What lies between two values, in CSS pixels; a sparkline has none.", "check": _apart},
    )
    base: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "A number that the axis holds: always 0 for columns and bars; a sparkline may do without.",
            "check": _within,
        },
    )
    width: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "How wide the line of a sparkline (2 without it) or a donut is, in CSS pixels.",
            "check": _wide,
        },
    )
    dot: bool = dataclasses.field(
        default=False, metadata={"sentence": "Whether the last value of a sparkline is a dot."}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.values is None):
            raise ValueError("a chart needs either field: (a text with its numbers) or values: (fixed ones); write one")
        if self.color is not None and self.colors is not None:
            raise ValueError("a chart has color: (one) or colors: (several), not both; keep one")
        if self.colors == ():
            raise ValueError("colors has no colour; write at least one")
        self._check_form()

    def _check_form(self) -> None:
        """What belongs to one form is no key of another."""
        if self.base and self.form in ("columns", "bars"):
            raise ValueError(f"base {self.base:g} would make small differences look large; columns and bars begin at 0")
        if self.base is not None and self.form == "donut":
            raise ValueError("base belongs to an axis, and a donut has none; leave it out")
        if self.form == "donut" and (
            below := next((one for one in numbers(self.values or "") if (one or 0) < 0), None)
        ):
            raise ValueError(f"{below:g} is no share of a whole; write numbers from 0, or form: columns")
        if self.width is not None and self.form in ("columns", "bars"):
            raise ValueError("width is that of a line or a donut; columns and bars share their box, less the gap")
        if self.dot and self.form != "sparkline":
            raise ValueError("dot belongs to a sparkline; leave it out")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - has no words
        """The numbers as they are written; None where there is none, more than can be shown, or no share of a whole."""
        text = (self.values or "") if self.field is None else words(plain(fields.get(self.field))).strip()
        found = [value for value in numbers(text) if value is not None]
        if not found or len(numbers(text)) > MOST or (self.form == "donut" and min(found) < 0):
            return None
        return text

    def steady(self, content: str) -> bool:
        """Whether these are the fixed numbers of the layer itself."""
        return content == self.values

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Lay out what the form asks for."""
        place, values = self.reach(materials.scale), numbers(content)
        if self.form in ("columns", "bars"):
            return Drawing(place, self._columns(values, place, materials.scale))
        if self.form == "sparkline":
            return Drawing(place, self._sparkline(values, place, materials.scale))
        return Drawing(place, self._donut(values, place, materials.scale))

    def _inks(self, count: int) -> list[Color]:
        return [color(one) for one in islice(cycle(self.colors or (self.color or "black",)), count)]

    def _columns(self, values: Values, place: Area, scale: float) -> Callable[[Canvas], None]:
        """Columns stand on the line of zero and bars lie against it, on whole pixels."""
        stands = self.form == "columns"
        across, along = place.size if stands else place.size[::-1]
        found = [
            Area(place.left + begin, place.bottom - tip, place.left + end, place.bottom - foot)
            if stands
            else Area(place.left + foot, place.top + begin, place.left + tip, place.top + end)
            for (begin, end), (foot, tip) in zip(
                slots(len(values), across, self.gap * scale), lengths(values, along), strict=True
            )
        ]
        inks = self._inks(len(values))

        def onto(canvas: Canvas) -> None:
            for ink, where in zip(inks, found, strict=True):
                if 0 not in where.size:
                    canvas.fill(ink, where)

        return onto

    def _sparkline(self, values: Values, place: Area, scale: float) -> Callable[[Canvas], None]:
        width = (self.width or SPARKLINE) * scale
        dot = width * 2 if self.dot else width
        paths = list(strokes(values, place.size, dot / 2, self.base))
        outlines = [outline for path in paths for outline in line(path, width)]
        if self.dot:
            outlines.append(circle(paths[-1][-1], dot / 2))
        mask, ink = filled(place.size, ((outline, True) for outline in outlines)), self._inks(1)[0]
        return lambda canvas: canvas.ink(ink, mask, (place.left, place.top))

    def _donut(self, values: Values, place: Area, scale: float) -> Callable[[Canvas], None]:
        """The shares in their colours, cut with the ring; what separates them is left out of it."""
        middle, radius = (place.size[0] / 2, place.size[1] / 2), min(place.size) / 2
        width = min(radius, radius * DONUT if self.width is None else self.width * scale)
        shares = [(turn, ink) for turn, ink in zip(turns(values), self._inks(len(values)), strict=False) if turn.wide]
        pies = [(band(middle, 2 * radius, 2 * radius, *turn), ink) for turn, ink in shares]
        gaps = [(middle, away(middle, 2 * radius, turn.begin)) for turn, _ in shares] if len(shares) > 1 else []
        cuts = [outline for gap in gaps for outline in line(gap, self.gap * scale)] if self.gap else []
        hole = circle(middle, radius - width)
        ring = filled(place.size, [(circle(middle, radius), bool(shares)), *((cut, False) for cut in (hole, *cuts))])
        patch = painted(place.size, pies)
        patch.putalpha(ImageChops.multiply(patch.getchannel("A"), ring))
        return lambda canvas: canvas.lay(patch, (place.left, place.top))
