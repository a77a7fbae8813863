"""The design of a placeholder: its layers as written, with the brand's colours and fonts put in, for painters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.authoring.documents.folder import Read
from app.authoring.documents.layers import layer_from
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.site import Brand
from app.authoring.operands import is_color
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.toolbox import Design, Preflight, Toolbox
from app.authoring.unread import Unread, is_sure, may_declare
from app.authoring.yamlsource import Path

GROUND: Final = "#ffffff"
"""What a picture stands on where no layer covers it."""

_COLOR_KEYS: Final = frozenset(
    {"background", "color", "colors", "empty", "fill", "gradient", "outline", "shadow", "stroke", "track"}
)
_FIELD_KEYS: Final = ("field", "max_field")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The layers that could be read with their places in the file, and the design; None where they do not fit it."""

    layers: tuple[tuple[Path, Any], ...]
    design: Design | None


def read_design(
    read: Read[Placeholder],
    toolbox: Toolbox,
    preflight: Preflight,
    brand: Brand,
    unread: Unread,
    problems: Problems,
) -> Drawn:
    """The design of a placeholder; the brand's colours and fonts have names, as far as they are not `unread`."""
    layers = []
    for index, raw in enumerate(read.document.layers):
        word, body = next(iter(raw.items()))
        named = {word: _branded(body, brand, unread)}
        layer = layer_from(named, ("layers", index), toolbox.layers, problems, read.source)
        if layer is not None:
            path: Path = ("layers", index, word)
            _check_field(layer, path, read, problems)
            _check_asset(layer, path, read, preflight, problems)
            if body.get("font") not in brand.fonts:
                _check_font(layer, path, read, preflight, brand, problems)
            if _is_placed(layer, path, read, preflight, problems):
                layers.append((path, layer))
    try:
        design = preflight.design(read.name, read.document.size, GROUND, [layer for _, layer in layers])
    except ValueError as error:
        message, _, remedy = str(error).partition("; ")
        read.source.complain(problems, ("size",), "out-of-range", message, remedy=remedy)
        return Drawn(tuple(layers), None)
    return Drawn(tuple(layers), design)


def _branded(body: Mapping[str, Any], brand: Brand, unread: Unread) -> dict[str, Any]:
    """The layer with what the brand's names stand for; the ground's colour stands for one that could not be read."""

    def named(value: Any) -> Any:
        if not isinstance(value, str) or value in brand.colors:
            return brand.colors.get(value, value)
        return GROUND if unread.may_have("brand.colors", value) and not is_color(value) else value

    shown = dict(body)
    for key, value in body.items():
        if key in _COLOR_KEYS:
            shown[key] = [named(one) for one in value] if isinstance(value, list) else named(value)
        elif key == "font" and isinstance(value, str):
            shown[key] = brand.fonts.get(value, value)
            if value not in brand.fonts and unread.may_have("brand.fonts", value):
                del shown[key]
    return shown


def _is_placed(layer: Any, path: Path, read: Read[Placeholder], preflight: Preflight, problems: Problems) -> bool:
    """Whether a layer stands in the picture; nobody knows while its size is in doubt."""
    fault = preflight.misplaced(layer, read.document.size)
    if fault and is_sure(read.source, "size"):
        message, _, remedy = fault.partition("; ")
        read.source.complain(problems, (*path, "box"), "bad-layer", message, remedy=remedy)
    return not fault


def _check_field(layer: Any, path: Path, read: Read[Placeholder], problems: Problems) -> None:
    for key in _FIELD_KEYS:
        field = getattr(layer, key, None)
        if field is None or field in read.document.fields or may_declare(read.source, ("fields",), field):
            continue
        remedy = did_you_mean(field, read.document.fields, else_say="fields are") or "declare it under fields:"
        message = f"there is no field “{field}”"
        read.source.complain(problems, (*path, key), "unknown-field", message, remedy=remedy)


def _check_asset(layer: Any, path: Path, read: Read[Placeholder], preflight: Preflight, problems: Problems) -> None:
    """That the picture a layer itself carries can be painted; one a language are words, and looked at with these."""
    fixed = getattr(layer, "picture", None)
    if isinstance(fixed, str) and not (found := preflight.examine(fixed)).ok:
        read.source.complain(problems, (*path, "picture"), "asset", found.problem, remedy=found.remedy)


def _check_font(
    layer: Any, path: Path, read: Read[Placeholder], preflight: Preflight, brand: Brand, problems: Problems
) -> None:
    """That a font which the layer itself names is there; those of the brand are looked at where they are named."""
    font = getattr(layer, "font", None)
    if font is None or not (fault := preflight.font_fault(font)):
        return
    message, _, remedy = fault.partition("; ")
    remedy = did_you_mean(font, brand.fonts) or remedy
    read.source.complain(problems, (*path, "font"), "bad-layer", message, remedy=remedy)
