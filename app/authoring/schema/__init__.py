"""JSON Schema (draft 7) of what editors write, for completion and checks while they type.

It is made from the declarations that also judge: the documents' models, the signals, the operators, the layers. It is
no law of its own; what it lets pass is judged by `check`, and what it marks, `check` refuses too, but for upper and
lower case in choices.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.authoring.documents.campaign import Campaign
from app.authoring.documents.common import Written
from app.authoring.documents.events import Events
from app.authoring.documents.feed import FeedWritten
from app.authoring.documents.placeholder import Placeholder
from app.authoring.documents.recipients import Recipients
from app.authoring.documents.site import Site
from app.authoring.schema.conditions import condition_definitions, given
from app.authoring.schema.draft7 import DRAFT, Schema, draft7
from app.authoring.schema.layers import layer_definitions
from app.engine.signals import Catalogue

DOCUMENTS: Mapping[str, type[Written]] = {
    "site": Site,
    "placeholder": Placeholder,
    "rules": Campaign,
    "recipients": Recipients,
    "events": Events,
    "feed": FeedWritten,
}
SUFFIX = ".schema.json"


def schemas(catalogue: Catalogue, layers: Mapping[str, type]) -> dict[str, Schema]:
    """The schema of every kind of file, by the name that files give it."""
    return {name: _schema(name, model, catalogue, layers) for name, model in DOCUMENTS.items()}


def write(folder: Path, catalogue: Catalogue, layers: Mapping[str, type]) -> list[Path]:
    """Write the files into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas(catalogue, layers).items():
        path = folder / f"{name}{SUFFIX}"
        path.write_text(_text(schema), encoding="utf-8")
        written.append(path)
    return written


def stale(folder: Path, catalogue: Catalogue, layers: Mapping[str, type]) -> list[str]:
    """The names of the files in a folder that are not as they would be written now."""
    return [
        f"{name}{SUFFIX}"
        for name, schema in schemas(catalogue, layers).items()
        if _read(folder / f"{name}{SUFFIX}") != _text(schema)
    ]


def _schema(name: str, model: type[Written], catalogue: Catalogue, layers: Mapping[str, type]) -> Schema:
    schema = draft7(model)
    definitions: Schema = schema.pop("definitions", {})
    if name == "placeholder":
        definitions |= layer_definitions(layers)
    if name in ("site", "rules"):
        definitions |= condition_definitions(catalogue)
    if name == "rules":
        definitions["Example"]["properties"]["given"] |= given(catalogue)
    head: Schema = {"$schema": DRAFT, "title": f"onopen: {name}"}
    tail: Schema = {"definitions": definitions} if definitions else {}
    return {**head, **schema, **tail}


def _text(schema: Any) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
