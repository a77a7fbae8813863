"""Pictures that weigh more than a phone should load: asked of the painters, with all tiles and fields by default."""

from __future__ import annotations

from typing import Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.insight.items import entries_in, tiled_fields
from app.authoring.problems import Problems
from app.authoring.toolbox import Preflight
from app.authoring.unaddressed import by_default

FITTED: Final = "jpg"
"""The format whose quality follows what a picture may weigh."""


def weighing(placeholder: CompiledPlaceholder, site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """Tell of a placeholder whose format makes its picture too heavy."""
    format = placeholder.document.format
    if format == FITTED:
        return
    weight, most = preflight.weight(placeholder.design, *fullest(placeholder, site), format)
    if weight > most:
        message = f"the picture has {weight // 1000} KB as {format}, and {most // 1000} KB are meant at its size"
        remedy = f"write format: {FITTED}, which suits photographs"
        path = ("format",) if "format" in placeholder.document.model_fields_set else ("size",)
        placeholder.source.complain(problems, path, "heavy-picture", message, remedy=remedy, severity="warning")


def fullest(placeholder: CompiledPlaceholder, site: CompiledSite) -> tuple[dict[str, object], dict[int, str]]:
    """What fields show where nobody is known, in tiles all items that may be there; and the texts of layers."""
    shown = by_default(placeholder, site)
    tiles = {name: entries_in(name, placeholder, site) for name in tiled_fields(placeholder)}
    return dict(shown.fields) | tiles, dict(shown.captions)
