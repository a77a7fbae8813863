"""Where a countdown's units stand in their box, and how large their figures and names are, in device pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from app.render.boxes import Area
from app.render.colors import Color
from app.render.inking import Style
from app.render.layers.clocks.words import Width, label
from app.render.typeset import Typesetter

Form = Literal["boxes", "plain", "flip"]

DIGITS: Final = 0.72
"""The height of digits as a share of their size."""
WIDEST_CARD, GAP = 1.35, 0.08
"""How wide a card is at most, and what stays free between two, as a share of their height."""


class Unit(NamedTuple):
    """A unit as CLDR names it, its seconds, and how many values it can have."""

    name: str
    step: int
    values: int

    def figure(self, value: int) -> str:
        """The value as it is shown: days as they are counted, the others as clocks write them."""
        return str(value) if self.name == "day" else f"{value:02d}"


UNITS: Final = (Unit("day", 86400, 100), Unit("hour", 3600, 24), Unit("minute", 60, 60), Unit("second", 1, 60))


@dataclass(frozen=True)
class Look:
    """What an editor chose, in device pixels; `size` is the largest that figures may have, 0 for any."""

    form: Form
    font: str
    size: int
    ink: Color
    label_ink: Color
    fill: Color | None
    radius: int
    labels: bool
    align: Literal["start", "center", "end", "left", "right"]

    @property
    def style(self) -> Style:
        """How figures are set: all as wide, so that nothing moves."""
        return Style(self.font, tabular=True)

    @property
    def width(self) -> Width:
        """How long the names of units are: beside figures there is less room than below them."""
        return "short" if self.form == "plain" else "long"


class Sizes(NamedTuple):
    """Of figures and labels, with the baselines of both from the upper edge, and the height of the card."""

    figures: int
    labels: int
    baseline: int
    below: int
    card: int


@dataclass(frozen=True)
class Layout:
    """The units of one countdown in its box, in one language."""

    look: Look
    units: tuple[Unit, ...]
    box: Area
    language: str
    runs_left: bool
    type: Typesetter

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Where each unit stands, in the order of the units."""
        widths, gap = self._widths, self._gap
        free = self.box.size[0] - sum(widths) - gap * (len(widths) - 1)
        side = {"start": "right" if self.runs_left else "left", "end": "left" if self.runs_left else "right"}
        left = (
            self.box.left + {"left": 0, "center": free // 2, "right": free}[side.get(self.look.align, self.look.align)]
        )
        found = []
        for width in reversed(widths) if self.mirrored else widths:
            found.append(Area(left, self.box.top, left + width, self.box.bottom))
            left += width + gap
        return tuple(reversed(found) if self.mirrored else found)

    @property
    def mirrored(self) -> bool:
        """Whether the largest unit is on the right. Figures joined by colons run to the right everywhere (UAX 9)."""
        return self.runs_left and self.look.labels

    @property
    def panel(self) -> Area:
        """What stands behind a sentence instead: the cards as one, or the whole box where there are none."""
        if self.look.form == "plain":
            return self.box
        left, right = min(area.left for area in self.areas), max(area.right for area in self.areas)
        return Area(left, self.box.top, right, self.box.top + self.sizes.card)

    @cached_property
    def _every_name(self) -> tuple[frozenset[str], ...]:
        """All names of each unit there is, shown or not, so that nothing grows when one is dropped."""
        return tuple(frozenset(self.name(unit, value) for value in range(unit.values)) for unit in UNITS)

    @property
    def _names(self) -> tuple[frozenset[str], ...]:
        """Those of the units that are shown."""
        return self._every_name[-len(self.units) :]

    def name(self, unit: Unit, value: int) -> str:
        """What a unit is called beside that value; nothing where units have no names."""
        return label(unit.name, value, self.language, self.look.width) if self.look.labels else ""

    def _em(self, texts: Sequence[str] | frozenset[str]) -> float:
        return max(self.type.width(text, self.look.style) for text in texts)

    @cached_property
    def em(self) -> float:
        """How wide two digits are, in em."""
        return self._em(("88", "00"))

    @cached_property
    def _gap(self) -> int:
        if self.look.form == "plain":
            return round(self.sizes.figures * (0.4 if self.look.labels else 0.3))
        return max(2, round(GAP * self.box.size[1]))

    @cached_property
    def _widths(self) -> list[int]:
        if self.look.form == "plain":
            figures, labels = self.sizes[:2]
            room = [self._em(names) * labels + 0.15 * figures if self.look.labels else 0 for names in self._names]
            return [round(self.em * figures + one) for one in room]
        width, height = self.box.size
        card = (width - self._gap * (len(UNITS) - 1)) // len(UNITS)
        return [min(card, round(WIDEST_CARD * height))] * len(self.units)

    @cached_property
    def sizes(self) -> Sizes:
        """How large figures and names are, and where they stand."""
        measure: Callable[[], Sizes] = {"boxes": self._in_box, "flip": self._on_flap, "plain": self._of_line}[
            self.look.form
        ]
        return measure()

    def _in_box(self) -> Sizes:
        """Figures and label in the middle of the card."""
        width, height = self._widths[0], self.box.size[1]
        names = self._label_size(0.16 * height, width)
        figures = self._figure_size((0.44 if names else 0.56) * height / DIGITS, 0.84 * width / self.em)
        between = round(0.13 * height) if names else 0
        top = round((height - DIGITS * (figures + names) - between) / 2)
        baseline = top + round(DIGITS * figures)
        return Sizes(figures, names, baseline, baseline + between + round(DIGITS * names), height)

    def _on_flap(self) -> Sizes:
        """Figures in the middle of the card, the label below it."""
        width, height = self._widths[0], self.box.size[1]
        names = self._label_size(0.17 * height, width)
        card = height - round(1.7 * names)
        figures = self._figure_size(0.66 * card / DIGITS, 0.8 * width / self.em)
        return Sizes(figures, names, round((card + DIGITS * figures) / 2), height - round(0.35 * names), card)

    def _of_line(self) -> Sizes:
        """Figures and labels on one baseline, as large as all of them together may be."""
        width, height = self.box.size
        share = 0.42 if self.look.labels else 0.0
        wide = sum(self.em + (0.15 + self._em(names) * share if share else 0) for names in self._every_name)
        wide += (len(UNITS) - 1) * (0.4 if share else 0.3)
        figures = self._figure_size(0.8 * height / DIGITS, width / wide)
        baseline = round((height + DIGITS * figures) / 2)
        return Sizes(figures, int(share * figures), baseline, baseline, height)

    def _figure_size(self, *limits: float) -> int:
        return max(1, int(min(limits)) if not self.look.size else min(int(min(limits)), self.look.size))

    def _label_size(self, most: float, width: int) -> int:
        """The size of labels: so large at most, and none wider than its card."""
        if not self.look.labels:
            return 0
        widest = max(self._em(names) for names in self._every_name)
        return max(1, int(min(most, 0.92 * width / widest)))

    def wide(self, text: str, size: int) -> float:
        """Device pixels of a text at that size."""
        return self.type.width(text, self.look.style) * size if text else 0.0
