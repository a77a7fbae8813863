"""Layers in the schema: one word each, with the keys that its class declares."""

from __future__ import annotations

from collections.abc import Mapping

from app.authoring.documents.layers import written_model
from app.authoring.schema.draft7 import Schema, draft7


def layer_definitions(layers: Mapping[str, type]) -> Schema:
    """The definition `layer`, and one for each word."""
    definitions: Schema = {}
    for word, layer in layers.items():
        schema = draft7(written_model(layer))
        definitions |= schema.pop("definitions", {})
        sentence, example = getattr(layer, "sentence", ""), getattr(layer, "example", "")
        definitions[f"layer-{word}"] = {**schema, "description": f"{sentence}\n\n{example}".strip()}
    return {
        "layer": {
            "description": "One layer of the picture: its word, and what belongs to it.",
            "type": "object",
            "properties": {word: {"$ref": f"#/definitions/layer-{word}"} for word in layers},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
        **definitions,
    }
