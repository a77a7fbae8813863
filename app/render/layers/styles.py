"""The styles that a text layer declares for spans, and how the words in a span, or in several, look."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final, NamedTuple

from app.render.colors import check_color
from app.render.layers.layer import check_keys
from app.render.layers.typography import check_legible
from app.spans import Names

NAME: Final = re.compile(r"[a-z][a-z0-9_-]*", re.I | re.A)


class Letters(NamedTuple):
    """How letters look: the name of their font, their size in CSS pixels, their colour as it is written."""

    font: str
    size: float
    color: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SpanStyle:
    """How the words of a span look; what it does not say stays as it is around them."""

    sentence: ClassVar[str] = "How a part of a text looks; what is left out stays as around it."

    font: str | None = dataclasses.field(default=None, metadata={"sentence": "Its font, as that of a text."})
    size: float | None = dataclasses.field(
        default=None,
        metadata={
            "sentence": "The size of its letters in CSS pixels, where the text has its own full size.",
            "check": partial(check_legible, "size"),
        },
    )
    color: str | None = dataclasses.field(
        default=None, metadata={"sentence": "The colour of its letters.", "check": check_color}
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if self.font is None and self.size is None and self.color is None:
            raise ValueError("a style that says nothing changes nothing; write a font, a size or a color")

    def within(self, around: Letters) -> Letters:
        """How a span of this style looks where the letters around it look so."""
        return Letters(self.font or around.font, self.size or around.size, self.color or around.color)


Styles = Mapping[str, SpanStyle]


def check_names(styles: Styles) -> None:
    """Raise ValueError unless every style has a name that can stand in a tag."""
    for name in styles:
        if not NAME.fullmatch(name):
            raise ValueError(f"“{name}” cannot stand in a tag; write a name of letters, digits, _ and -, such as price")


def inside(names: Names, styles: Styles, letters: Letters) -> Letters:
    """How the letters inside these spans look; a name without a style changes nothing."""
    for name in names:
        if name in styles:
            letters = styles[name].within(letters)
    return letters
