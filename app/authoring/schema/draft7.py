"""From the models of documents to JSON Schema draft 7, as editors' tools read YAML.

Tools see `36` as a number and `true` as a truth value, also where we read a text; and we read the text in quotes where
a number is meant. So a free value may be any scalar, and a number may stand in quotes.
"""

from __future__ import annotations

from typing import Any, Final

from app.authoring.documents.common import Written
from app.authoring.documents.kinds import ANYTHING_WRITTEN

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
NUMBER: Final[Schema] = {"type": ["number", "string"], "pattern": r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d)?$"}
WHOLE: Final[Schema] = {"type": ["integer", "string"], "pattern": r"^[+-]?\d+$"}
TRUTH: Final[Schema] = {"enum": [True, False, "true", "false"]}
FREE: Final[Schema] = dict(ANYTHING_WRITTEN)
CONDITION: Final[Schema] = {"$ref": "#/definitions/condition"}

_BY_TYPE: Final = {"number": NUMBER, "integer": WHOLE, "boolean": TRUTH, "string": FREE}
_BOUNDS: Final = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_ALONE: Final = frozenset({"add", "placeholder", "remove", "with"})
"""Keys whose list may be a single name."""

_SHARE: Final[Schema] = {"type": ["number", "string"], "pattern": r"^\d+(\.\d+)?\s*%?$", "minimum": 0}


def draft7(model: type[Written]) -> Schema:
    """The schema of a model, with what it is made of under `definitions`."""
    made = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {name: _converted(one) for name, one in made.pop("$defs", {}).items()}
    schema: Schema = _converted(made)
    return {**schema, "definitions": definitions} if definitions else schema


def _converted(schema: Any) -> Any:
    """A schema with everything below it, in draft 7."""
    if isinstance(schema, list):
        return [_converted(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if marked := schema.get("x-onopen"):
        return _beside({"$ref": f"#/definitions/{marked}"}, schema)
    if "$ref" in schema:
        return _beside({"$ref": schema["$ref"]}, schema)
    made = {key: _below(key, value) for key, value in schema.items() if key not in ("title", "default")}
    return _typed(_without_null(made))


def _below(key: str, value: Any) -> Any:
    if key == "properties":
        return {name: _property(name, one) for name, one in value.items()}
    if key == "patternProperties":
        return {pattern: _converted(one) for pattern, one in value.items()}
    if key in ("anyOf", "oneOf", "allOf", "prefixItems", "items", "additionalProperties"):
        return _converted(value)
    return value


def _property(name: str, schema: Schema) -> Schema:
    made: Schema = _converted(schema)
    if name in _ALONE:
        either = [made.get("items", FREE), {key: made[key] for key in ("type", "items", "minItems") if key in made}]
        made = {**_words(made), "anyOf": either}
    elif name == "splits":
        made["additionalProperties"]["additionalProperties"] = _SHARE
    return made


def _beside(reference: Schema, schema: Schema) -> Schema:
    """A reference with its description; draft 7 passes over what stands beside `$ref`."""
    words = _words(schema)
    return {**words, "allOf": [dict(reference)]} if words else dict(reference)


def _words(schema: Schema) -> Schema:
    return {key: schema[key] for key in ("description", "examples") if key in schema}


def _without_null(schema: Schema) -> Schema:
    """A key that may be left out may not be left empty; so null is no choice."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1:
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**rest, **choices[0]}
    return {**schema, "anyOf": choices} if choices else schema


def _typed(schema: Schema) -> Schema:
    made = {_BOUNDS.get(key, key): value for key, value in schema.items()}
    if "prefixItems" in made:
        made["items"] = made.pop("prefixItems")
        made["additionalItems"] = False
    if "patternProperties" in made:  # else a key that fits none would be free
        made["additionalProperties"] = False
    if "pattern" in made:
        made["pattern"] = made["pattern"] if made["pattern"].startswith("^") else f"^(?:{made['pattern']})$"
    elif "enum" in made or "const" in made:
        made.pop("type", None)
    elif isinstance(made.get("type"), str) and made["type"] in _BY_TYPE:
        made |= _BY_TYPE[made.pop("type")]
    return made
