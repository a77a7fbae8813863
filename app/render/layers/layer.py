"""What the painter asks of a layer, and what a layer may ask of the painter.

A layer is what an editor wrote, checked and frozen. Its *content* is the one text that decides what it shows this
time: the words, the path of an asset, a colour. Two layers that are equal and have equal content leave the same pixels.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from PIL import Image

from app.render.assets import Assets
from app.render.boxes import Area, Box
from app.render.canvas import Canvas
from app.render.colors import Color, check_color, color
from app.render.layers.mercator import Sheet
from app.render.memory import Shelf
from app.render.typeset import Typesetter
from app.spans import Spoken

if TYPE_CHECKING:  # an atlas knows sheets, which are told by layers
    from app.render.atlas import Atlas

STRICT: dict[str, str] = {"extra": "forbid"}
"""Read by pydantic from `__pydantic_config__`: an unknown key is a mistake."""

Check = Callable[[Any], None]
"""Raises ValueError, `what is wrong; what would be right`, unless a value can be."""

Words = str | dict[str, str]
"""A text, or a map of languages; which one is read is decided before the painter sees it."""

Said = str | list[Words] | dict[str, Words | list[Words]]
"""Whatever an outcome may say: also alternatives, or a claim with two faces. Decided before the painter sees it."""


class Materials(NamedTuple):
    """What layers paint with: assets, type, patches prepared earlier, grounds of maps, and device pixels for one CSS
    pixel.
    """

    assets: Assets
    type: Typesetter
    patches: Shelf[tuple[object, ...], Image.Image]
    atlas: Atlas
    scale: float


class Drawing(NamedTuple):
    """A layer ready to be drawn: the device pixels it stays within this time, and the act itself."""

    extent: Area
    onto: Callable[[Canvas], None]


class Layer(Protocol):
    """One layer of a design."""

    sentence: ClassVar[str]
    """For documentation and schema: what the layer is for."""
    example: ClassVar[str]
    """The same: the layer in YAML, as an editor writes it."""

    @property
    def box(self) -> Box:
        """Where the layer stands, in CSS pixels."""

    @property
    def field(self) -> str | None:
        """The field it shows, if it shows one."""

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """What it shows; None if its field is empty, so that it is not drawn. `caption` is its own evaluated text."""

    def steady(self, content: str) -> bool:
        """Whether this content is likely to come again, so that painting it ahead is worth while."""

    def spoken(self, content: str) -> Spoken | None:
        """What this content says in words, to those who do not see the picture; None for what is only seen."""

    def asset(self, content: str) -> str | None:
        """The path of the asset that this content stands for, if it is one."""

    def sheet(self, content: str, scale: float) -> Sheet | None:
        """The part of the world that this content stands on, if it is a map."""

    def reach(self, scale: float) -> Area:
        """The device pixels beyond which it never draws."""

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Get ready to draw this content; raises RenderTrouble if it cannot be drawn."""


def check_keys(layer: Any) -> None:
    """Raise ValueError unless every key of a layer can be what it is.

    A field's metadata may hold a `check` of its value, and one of `each` of its members. Declared so, they are told
    of one by one where a layer is read, and what several keys make together is not judged before.
    """
    for key in dataclasses.fields(layer):
        value = getattr(layer, key.name)
        if value is not None and (check := key.metadata.get("check")):
            check(value)
        if value is not None and (each := key.metadata.get("each")):
            for member in value:
                each(member)


def inks(layer: Any) -> Iterator[Color]:
    """The colours that a layer, or one that it holds, names in its keys; what is drawn last stands last.

    A key is one of a colour where it is checked as one; of several, the first names what is on top.
    """
    for key in reversed(dataclasses.fields(layer)):
        value = getattr(layer, key.name)
        if dataclasses.is_dataclass(value):
            yield from inks(value)
        elif value is not None and key.metadata.get("check") is check_color:
            yield color(value)
        elif value is not None and key.metadata.get("each") is check_color:
            yield from map(color, value)


def check_opacity(opacity: float) -> None:
    """Raise ValueError unless something can be so solid."""
    if not 0 <= opacity <= 1:
        raise ValueError(f"opacity {opacity:g} cannot be; write a number from 0 (invisible) to 1 (solid)")


def fonts(layer: Any) -> set[str]:
    """The names of the fonts that a layer asks for, its styles among them."""
    asking = (layer, *getattr(layer, "styles", {}).values())
    return {font for one in asking if (font := getattr(one, "font", None))}


def words(value: object) -> str:
    """A field's value as it is shown: whole numbers without a fraction, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)


def texts(said: Said | list[str] | dict[str, str] | None) -> Iterator[str]:
    """Every text that a layer carries itself, as it is written."""
    if isinstance(said, str):
        yield said
        return
    for one in said.values() if isinstance(said, dict) else said or ():
        yield from texts(one)


def says(fields: Mapping[str, object], name: str) -> bool:
    """Whether a field says something: it is neither empty nor `false`."""
    return words(fields.get(name)).strip().lower() not in ("", "false")
