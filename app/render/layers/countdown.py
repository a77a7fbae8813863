"""The countdown layer: how long is left, ticking where the moment is certain, else the deadline in words.

What it draws on a plate is the durable face alone, which stays true however late it is seen; the ticking one is joined
from what `render/clocks` makes of the same layer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from functools import partial
from math import isfinite
from typing import ClassVar, Literal

from PIL import Image

from app.engine.deadlines import LIVE, Deadline
from app.render.boxes import Box, area, check_box, check_radius
from app.render.canvas import Canvas
from app.render.colors import CLEAR, check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.clocks.layout import Form, Look
from app.render.layers.clocks.scenes import LEAST, Clock
from app.render.layers.clocks.words import ENDS, Sentence
from app.render.layers.layer import STRICT, Drawing, Materials, Words, check_keys
from app.render.layers.masks import rounded
from app.render.layers.text import TextLayer
from app.render.typeset import Typesetter
from app.spans import Spoken

Meaning = Literal["one_instant", "local_midnight", "evergreen"]
LONGEST_HOURS = 24 * 90


def _each(written: Words) -> Iterable[str]:
    return written.values() if isinstance(written, dict) else (written,)


def _fixed(text: str) -> bool:
    """Whether it reads nothing, as Liquid would: what is said of a deadline is drawn ahead."""
    return "{{" not in text and "{%" not in text


def _sentence(written: Words) -> None:
    for text in _each(written):
        if text.count(ENDS) != 1 or not _fixed(text.replace(ENDS, "")):
            raise ValueError(f"{text!r} does not say the deadline once; write it like until {ENDS}")


def _ending(written: Words) -> None:
    for text in _each(written):
        if not _fixed(text):
            raise ValueError(f"{text!r} reads something; write fixed words, such as The offer is over")


def _lasting(hours: float) -> None:
    if not (isfinite(hours) and 0 < hours <= LONGEST_HOURS):
        raise ValueError(f"hours {hours:.9g} cannot be; write how long it lasts, up to {LONGEST_HOURS}")


def _sized(size: float) -> None:
    if not 8 <= size <= 300:
        raise ValueError(f"size {size:g} cannot be; write CSS pixels from 8 to 300")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CountdownLayer(Boxed):
    """How long is left until a moment."""

    sentence: ClassVar[str] = (
        "How long is left: in a placeholder of format gif it ticks from the second of the open and rests on the "
        "deadline in words, where `open.certain` is yes; everybody else sees the words."
    )
    example: ClassVar[str] = (
        'countdown: {field: ends, box: [24, 180, 552, 96], style: boxes, color: white, fill: "#1d1d1b", '
        'words: {de: "noch bis {{ ends }} Uhr", en: "until {{ ends }}"}}'
    )
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    box: Box = dataclasses.field(
        metadata={"sentence": "Where it stands: [x, y, width, height] in CSS pixels.", "check": check_box}
    )
    field: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The moment field that has its end (with evergreen: its beginning)."}
    )
    until: str | None = dataclasses.field(
        default=None,
        metadata={"sentence": "A fixed end: a date with a time, a date that includes the day, or the name of a phase."},
    )
    meaning: Meaning = dataclasses.field(
        default="one_instant",
        metadata={
            "sentence": "Whose clock it is: `one_instant` ends everywhere at once, `local_midnight` when the clock of "
            "each recipient shows that time, `evergreen` so many `hours` after its field."
        },
    )
    hours: float | None = dataclasses.field(
        default=None, metadata={"sentence": "With evergreen: how many hours it lasts.", "check": _lasting}
    )
    style: Form = dataclasses.field(
        default="boxes", metadata={"sentence": "Figures on cards, in a plain line, or on flip cards."}
    )
    font: str = dataclasses.field(
        default="Noto Sans Bold", metadata={"sentence": "A bundled font, by name and weight, or one of the site's own."}
    )
    size: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "The largest size of figures in CSS pixels; without it, as the box allows.",
            "check": _sized,
        },
    )
    color: str = dataclasses.field(
        default="#ffffff", metadata={"sentence": "The colour of figures and words.", "check": check_color}
    )
    label_color: str | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "The colour of the units' names; without it as figures, and below flip cards as these.",
            "check": check_color,
        },
    )
    fill: str | None = dataclasses.field(
        default="#1d1d1b",
        metadata={
            "sentence": "The colour of cards, and of what words stand on; none with style plain.",
            "check": check_color,
        },
    )
    radius: float = dataclasses.field(
        default=8.0, metadata={"sentence": "How round the cards' corners are, in CSS pixels.", "check": check_radius}
    )
    labels: bool = dataclasses.field(
        default=True, metadata={"sentence": "Whether units have their names, in the reader's language; else colons."}
    )
    leading_zeros: Literal["show", "drop"] = dataclasses.field(
        default="show", metadata={"sentence": "Whether units of which none is left stay in front."}
    )
    align: Literal["start", "center", "end", "left", "right"] = dataclasses.field(
        default="center", metadata={"sentence": "Where it stands in its box, from side to side."}
    )
    words: Words = dataclasses.field(
        default=ENDS,
        metadata={"sentence": "What is said of the deadline, for which `{{ ends }}` stands.", "check": _sentence},
    )
    over: Words | None = dataclasses.field(
        default=None,
        metadata={"sentence": "What is said once it has passed; without it nothing is drawn then.", "check": _ending},
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.until is None):
            raise ValueError("a countdown needs either field: (a moment that rules fill) or until: (a fixed one)")
        if (self.meaning == "evergreen") != (self.hours is not None):
            raise ValueError("hours: belongs to meaning: evergreen; write both, or neither")
        if self.meaning == "evergreen" and self.field is None:
            raise ValueError("meaning: evergreen counts from a field; write field: instead of until:")

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:  # noqa: ARG002 - in the caption
        """The deadline in its reader's language; None if there is none, or nothing is said once it has passed."""
        if caption is None:
            return None
        said = caption.removeprefix(LIVE)
        return None if self.over is None and Deadline.read(said).ends is None else said

    def steady(self, content: str) -> bool:  # noqa: ARG002 - one of few
        """Unless everybody has their own."""
        return self.meaning != "evergreen"

    def spoken(self, content: str) -> Spoken:
        """The deadline in words, as the durable face says it."""
        deadline = Deadline.read(content)
        return Spoken(self._told(deadline, self._said(deadline)))

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """The durable face: take the patch from the shelf, or make it."""
        return self.laid(content, materials, partial(self._patch, Deadline.read(content), materials))

    def clock(self, deadline: Deadline, type: Typesetter, scale: float) -> Clock:
        """The same to be drawn ticking, for any deadline that is told as this one is; zone and year where they fit."""
        look, place, language = self._look(scale), area(self.box, scale), deadline.language
        full = Clock(look, self._said(deadline), language, place, scale, type)
        if not (deadline.zone or deadline.dated) or full.fits:
            return full
        return Clock(look, self._said(Deadline(deadline.ends, language)), language, place, scale, type)

    def seen(self, deadline: Deadline, type: Typesetter, scale: float) -> tuple[str, ...]:
        """The words of the last frame."""
        assert deadline.ends is not None, "what has passed is not counted down to"
        return self.clock(deadline, type, scale).sentence.seen(deadline.ends)

    def _said(self, deadline: Deadline) -> Sentence:
        language = deadline.language
        return Sentence.of(_in(self.words, language), language, deadline.zone, dated=deadline.dated)

    def _look(self, scale: float) -> Look:
        return Look(
            form=self.style,
            font=self.font,
            size=round((self.size or 0) * scale),
            ink=color(self.color),
            label_ink=color(self.label_color or (self.fill if self.style == "flip" else None) or self.color),
            fill=color(self.fill) if self.fill is not None and self.style != "plain" else None,
            radius=round(self.radius * scale),
            labels=self.labels,
            align=self.align,
        )

    def _patch(self, deadline: Deadline, materials: Materials, size: tuple[int, int]) -> Image.Image:
        scale, look = materials.scale, self._look(materials.scale)
        canvas, clock = Canvas(Image.new("RGBA", size, CLEAR)), self.clock(deadline, materials.type, scale)
        panel = clock.panel.seen_from(area(self.box, scale))
        if look.fill is not None:
            canvas.ink(look.fill, rounded(panel.size, look.radius), panel[:2])
        text, (width, height) = self._told(deadline, clock.sentence), panel.size
        told = TextLayer(
            text=text,
            box=((panel.left + clock.pad) / scale, panel.top / scale, (width - 2 * clock.pad) / scale, height / scale),
            font=self.font,
            size=clock.sentence_size / scale,
            min_size=LEAST,
            color=self.color,
            align="center",
            valign="middle",
            tabular=True,
            wrap=deadline.ends is None,
        )
        told.prepare(text, materials).onto(canvas)
        return canvas.image

    def _told(self, deadline: Deadline, sentence: Sentence) -> str:
        if deadline.ends is None:
            return _in(self.over or "", deadline.language)
        return "".join(sentence.words(deadline.ends))


def _in(written: Words, language: str) -> str:
    """A text in a language, else in the first that was written."""
    if isinstance(written, str):
        return written
    return written.get(language) or next(iter(written.values()), "")
