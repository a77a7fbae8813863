"""The design of a placeholder: its layers as written, with the brand's colours and fonts put in, for painters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.authoring.documents.folder import Read
from app.authoring.documents.layers import layer_from
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Brand
from app.authoring.laid import Laid
from app.authoring.operands import is_color
from app.authoring.origins import Origins, own_fields
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.surroundings import Surroundings
from app.authoring.tags import Styles
from app.authoring.toolbox import Design, Preflight, Toolbox
from app.authoring.unread import Unread, is_sound, is_sure
from app.authoring.usable import is_usable
from app.authoring.yamlsource import Path, Source

GROUND: Final = "#ffffff"
"""What a picture stands on where no layer covers it."""
INK: Final = "#000000"
"""Stands for a colour that could not be read: seen on the ground, which stands for a background."""

_COLOR_KEYS: Final = frozenset(
    [
        "background",
        "color",
        "colors",
        "empty",
        "fill",
        "gradient",
        "ink",
        "label_color",
        "outline",
        "shadow",
        "stroke",
        "track",
    ]
)
TICKING: Final = "gif"
"""The format in which countdowns tick."""
DEEPEST: Final = 2
"""How deep groups may stand in each other."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The layers that could be read, and the design; None where they do not fit it.

    A layer of a group stands among them by itself, and in the design as its group has it; so does a layer of a tile,
    once for each place.
    """

    layers: tuple[Laid, ...]
    design: Design | None
    all_read: bool = True

    def styles(self, field: str) -> Styles:
        """The styles of the layers that show a field; None where nobody can tell, as one of them could not be read."""
        if not self.all_read:
            return None
        shown_by = (laid.layer for laid in self.layers if getattr(laid.layer, "field", None) == field)
        return frozenset(name for layer in shown_by for name in getattr(layer, "styles", ()))


def read_design(
    read: Read[Placeholder],
    origins: Origins,
    toolbox: Toolbox,
    preflight: Preflight,
    brand: Brand,
    unread: Unread,
    problems: Problems,
) -> Drawn:
    """The design of a placeholder; the brand's colours and fonts have names, as far as they are not `unread`."""
    reader = _Reader(read, origins, toolbox, preflight, brand, unread, problems)
    outside = Surroundings(own_fields(read))
    layers = enumerate(read.document.layers)
    found = [one for index, raw in layers for one in reader.read_layer(raw, ("layers", index), outside)]
    laid = tuple(layer for layer, _ in found)
    if read.document.format == TICKING:
        _check_covered(found, read.source, problems)
    all_read = is_sound(read.source, ("layers",))
    try:
        design = preflight.design(read.name, read.document.size, GROUND, [drawn for _, drawn in found])
    except ValueError as error:
        message, _, remedy = str(error).partition("; ")
        read.source.complain(problems, ("size",), "out-of-range", message, remedy=remedy)
        return Drawn(laid, None, all_read)
    return Drawn(laid, design, all_read)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the layers of one placeholder."""

    read: Read[Placeholder]
    origins: Origins
    toolbox: Toolbox
    preflight: Preflight
    brand: Brand
    unread: Unread
    problems: Problems

    def read_layer(self, raw: Mapping[str, Any], path: Path, around: Surroundings) -> Iterator[tuple[Laid, Any]]:
        """The layer, or those of a group or of tiles: itself where it lies, and as it is drawn in what is `around`."""
        word, body = next(iter(raw.items()))
        here: Path = (*path, word)
        named = {word: _branded(body, self.brand, self.unread)}
        layer = layer_from(named, path, self.toolbox.layers, self.problems, self.read.source)
        if layer is None:
            return
        if self._is_too_deep(layer, here, around):
            return
        around.check_fields(layer, here, self.read.source, self.problems)
        if hasattr(layer, "around"):
            yield from self._each(layer.layers, (*here, "layers"), around.within(layer))
        elif hasattr(layer, "places"):
            yield from self._tiles(layer, here, around)
        else:
            _check_asset(layer, here, self.read, self.preflight, self.problems)
            self._check_font(layer, body, here)
            for name, style in getattr(layer, "styles", {}).items():
                self._check_font(style, body["styles"][name], (*here, "styles", name))
            if self._is_placed(layer, here, around):
                yield Laid(here, layer, around.tile), around.drawn(layer)

    def _is_too_deep(self, layer: Any, path: Path, around: Surroundings) -> bool:
        """Whether groups or tiles stand in each other further than anybody can follow; a problem says so."""
        if hasattr(layer, "around") and around.depth == DEEPEST:
            message, remedy = "groups stand in each other too deep", "take its layers out of this one"
        elif hasattr(layer, "places") and around.tile is not None:
            message, remedy = "tiles cannot stand in a tile", "put these beside the others"
        elif hasattr(layer, "meaning") and around.tile is not None:
            message, remedy = "a countdown cannot stand in a tile", "put it beside the tiles"
        else:
            return False
        self.read.source.complain(self.problems, path, "bad-layer", message, remedy=remedy, key=True)
        return True

    def _tiles(self, tiles: Any, path: Path, around: Surroundings) -> Iterator[tuple[Laid, Any]]:
        items = self.origins.of(self.read.document.fields.get(tiles.field))
        for place in tiles.places():
            yield from self._each(tiles.tile, (*path, "tile"), around.at(place, items))
        yield from self._each(tiles.empty, (*path, "empty"), around.instead(tiles.nowhere()))

    def _each(self, layers: Iterable[Any], path: Path, around: Surroundings) -> Iterator[tuple[Laid, Any]]:
        for index, raw in enumerate(layers):
            yield from self.read_layer(raw, (*path, index), around)

    def _check_font(self, layer: Any, written: Mapping[str, Any], path: Path) -> None:
        """That a font which a layer or a style itself names is there; those of the brand are looked at where they are
        named.
        """
        font = getattr(layer, "font", None)
        if (
            font is not None
            and written.get("font") not in self.brand.fonts
            and (fault := self.preflight.font_fault(font))
        ):
            message, _, remedy = fault.partition("; ")
            remedy = did_you_mean(font, self.brand.fonts) or remedy
            self.read.source.complain(self.problems, (*path, "font"), "bad-layer", message, remedy=remedy)

    def _is_placed(self, layer: Any, path: Path, around: Surroundings) -> bool:
        """Whether a layer stands in the picture; nobody knows while its size is in doubt."""
        fault = self.preflight.misplaced(layer, self.read.document.size, around.origin)
        if fault and is_sure(self.read.source, "size"):
            message, _, remedy = fault.partition("; ")
            self.read.source.complain(self.problems, (*path, "box"), "bad-layer", message, remedy=remedy)
        return not fault


def _branded(body: Mapping[str, Any], brand: Brand, unread: Unread) -> dict[str, Any]:
    """The layer with what the brand's names stand for, and something that can be for one that could not be read."""

    def named(value: Any, instead: str = INK) -> Any:
        if not isinstance(value, str):
            return value
        if value in brand.colors:
            return brand.colors[value]
        return instead if unread.may_have("brand.colors", value) and not is_color(value) else value

    shown = dict(body)
    for key, value in body.items():
        if key in _COLOR_KEYS:
            instead = GROUND if key == "background" else INK
            shown[key] = [named(one) for one in value] if isinstance(value, list) else named(value, instead)
        elif key == "styles" and isinstance(value, dict):
            shown[key] = {name: _style(one, brand, unread) for name, one in value.items()}
        elif key == "font" and isinstance(value, str):
            shown[key] = brand.fonts.get(value, value)
            if value not in brand.fonts and unread.may_have("brand.fonts", value):
                del shown[key]
    return shown


def _style(written: Any, brand: Brand, unread: Unread) -> Any:
    return _branded(written, brand, unread) if isinstance(written, dict) else written


def _check_covered(found: Sequence[tuple[Laid, Any]], source: Source, problems: Problems) -> None:
    """That nothing stands above a countdown: while it ticks, its figures would be drawn over that."""
    for place, (laid, counting) in enumerate(found):
        if not hasattr(counting, "meaning"):
            continue
        for above, drawn in found[place + 1 :]:
            if _overlap(counting.box, drawn.box):
                message = "this stands above a countdown, which would cover it while it ticks"
                line = source.place(laid.path).line
                remedy = f"move the countdown of line {line} behind it in layers:, so that it is on top"
                source.complain(problems, above.path, "bad-layer", message, remedy=remedy, key=True)


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes, [x, y, width, height], share more than an edge."""
    return all(one[at] < other[at] + other[at + 2] and other[at] < one[at] + one[at + 2] for at in (0, 1))


def _check_asset(layer: Any, path: Path, read: Read[Placeholder], preflight: Preflight, problems: Problems) -> None:
    """That the picture a layer itself carries can be painted; one a language are words, and looked at with these."""
    fixed = getattr(layer, "picture", None)
    if isinstance(fixed, str):
        is_usable(preflight.examine(fixed), read.source, (*path, "picture"), problems)
