"""Conditions in the schema: names, combinators, and every signal with the operators that can be asked of it."""

from __future__ import annotations

from typing import Any, Final

from app.authoring.documents.kinds import LENGTH
from app.authoring.grammar import COMBINATORS, MAX_AGE, MODIFIERS, OPERATORS, Asking
from app.authoring.schema.draft7 import CONDITION, FREE, NUMBER, TRUTH, Schema
from app.engine.phases import PHASE_SIGNAL
from app.engine.rules import RULE
from app.engine.signals import Catalogue, Kind, Signal

OWN: Final = {
    r"^count\.[A-Za-z_][A-Za-z0-9_]*$": "How often an event of rules/events.yaml happened; _7d and the like: lately.",
    r"^first\.[A-Za-z_][A-Za-z0-9_]*\.at$": "When the first event of a type was.",
    r"^last\.[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$": "A field of the newest event of a type, or its age.",
    r"^list\.[A-Za-z_][A-Za-z0-9_]*$": "The items of a list of the campaign; empty where it has none.",
    r"^list\.[A-Za-z_][A-Za-z0-9_]*\.(count|total)$": "What a list of the campaign holds before the cut.",
    r"^offer\.[a-z0-9_-]+$": "Whether the recipient has, or can have, a place of a rule for the first few.",
    r"^param\.[A-Za-z_][A-Za-z0-9_]*$": "A URL parameter that the placeholder declares.",
    r"^recipient\.[A-Za-z_][A-Za-z0-9_]*$": "A recipient attribute that rules/recipients.yaml declares.",
    r"^shown\.[a-z0-9][a-z0-9_-]*\.count_(1|7|30|90)d$": "How often a campaign was shown to the recipient lately.",
    r"^split\.[A-Za-z_][A-Za-z0-9_]*$": "The recipient's arm of an experiment.",
}
"""Signals that a site declares itself, by pattern."""

ITEM_FIELD: Final = r"^[A-Za-z_][A-Za-z0-9_]*$"
COLLECTION: Final = r"^(?!(at|phase)$)[A-Za-z_][A-Za-z0-9_]*$"
_COLLECTED: Final[Schema] = {
    "description": "What is in a collection of rules/events.yaml; an item is its name, or its fields.",
    "anyOf": [{"enum": ["", None]}, {"type": "array", "minItems": 1, "items": {"anyOf": [FREE, {"type": "object"}]}}],
}
_ASKING: Final[Schema] = {"$ref": "#/definitions/asking"}
_LENGTH: Final[Schema] = {"type": "string", "pattern": LENGTH}
_CLOCK: Final[Schema] = {"type": "string", "pattern": r"^\s*\d{1,2}:\d{2}(:\d{2})?\s*$"}
_DAY: Final[Schema] = {"type": "string", "pattern": r"^\s*\d{4}-\d{1,2}-\d{1,2}\s*$"}
_BY_KIND: Final = {
    Kind.NUMBER: NUMBER,
    Kind.BOOLEAN: TRUTH,
    Kind.CLOCK: _CLOCK,
    Kind.DATE: _DAY,
    Kind.DURATION: _LENGTH,
}


def condition_definitions(catalogue: Catalogue) -> Schema:
    """The definition `condition` and what it is made of."""
    signals = {name: _about(catalogue[name]) for name in catalogue if name != RULE}
    own = {pattern: _described(sentence, "anything-asked") for pattern, sentence in OWN.items()}
    asking = _asking_of(signals, own, CONDITION, _ASKING)
    item: Schema = {"$ref": "#/definitions/item-condition"}
    of_items = _asking_of({}, {ITEM_FIELD: _described("A field of the item.", "anything-asked")}, item, item)
    shared = [
        kind for kind in Kind if kind is not Kind.CHOICE and any(catalogue[name].kind is kind for name in catalogue)
    ]
    operators = {f"asked-of-{kind.value}": _operators(_any_of(kind)) for kind in shared}
    anything = {"anyOf": [FREE, _mapping(_asked(list(OPERATORS.values())))]}
    sentence = "A condition: the name of one, or signals with what is asked of them; several keys mean all."
    condition = {"description": sentence, "anyOf": [{"type": "string"}, _ASKING]}
    return {
        "condition": condition,
        "asking": asking,
        "item-condition": of_items,
        **operators,
        "anything-asked": anything,
    }


def _asking_of(properties: Schema, patterns: Schema, one: Schema, mapping: Schema) -> Schema:
    """What asks of these signals; combinators join what is `one` condition, or a `mapping` of several."""
    both = {"type": "array", "items": one, "minItems": 1}
    combined = {"all": [both, mapping], "any": [both, mapping], "not": [one]}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {
            **{word: {"description": COMBINATORS[word], "anyOf": either} for word, either in combined.items()},
            **properties,
        },
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def _described(sentence: str, definition: str) -> Schema:
    return {"description": sentence, "allOf": [{"$ref": f"#/definitions/{definition}"}]}


def given(catalogue: Catalogue) -> Schema:
    """What an example pins: the instant, and one value for each signal; an empty one for what is empty."""
    values = {
        name: {"description": _sentence(catalogue[name]), "anyOf": [_value(catalogue[name]), {"enum": ["", None]}]}
        for name in catalogue
        if name != RULE
    }
    own = {pattern: {"description": sentence} for pattern, sentence in OWN.items()}
    return {
        "properties": {"at": {"description": "The instant of the open.", "type": "string"}, **values},
        "patternProperties": {**own, COLLECTION: _COLLECTED},
        "additionalProperties": False,
    }


def _about(signal: Signal) -> Schema:
    """What may stand behind a signal: a value, or operators."""
    shared = signal.kind is not Kind.CHOICE and not _asks_for_place(signal)
    operators = {"$ref": f"#/definitions/asked-of-{signal.kind.value}"} if shared else _operators(signal)
    plain = [_value(signal)] if OPERATORS["is"].fits(signal) else []
    return {"description": _sentence(signal), "anyOf": [*plain, operators]}


def _asks_for_place(signal: Signal) -> bool:
    return OPERATORS["within"].fits(signal)


def _sentence(signal: Signal) -> str:
    return f"{signal.sentence} ({signal.unit})" if signal.unit else signal.sentence


def _any_of(kind: Kind) -> Signal:
    """A signal of this kind of which nothing else is known."""
    return Signal("", kind, "")


def _value(signal: Signal) -> Schema:
    if signal.choices and signal.name != PHASE_SIGNAL:
        return {"enum": list(signal.choices)}
    return _BY_KIND.get(signal.kind, FREE)


def _operators(signal: Signal) -> Schema:
    return _mapping(_asked([one for one in OPERATORS.values() if one.fits(signal)], signal))


def _mapping(properties: Schema) -> Schema:
    """A mapping with some of these keys and no others."""
    return {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False}


def _asked(operators: list[Asking], signal: Signal | None = None) -> Schema:
    asked: Schema = {
        one.word: {"description": f"{one.sentence}\n\n{one.example}", **_taken(one, signal)} for one in operators
    }
    asked[MAX_AGE] = {"description": MODIFIERS[MAX_AGE], **_LENGTH}
    return asked


def _taken(asking: Asking, signal: Signal | None) -> Schema:
    """What stands behind an operator."""
    value: Schema = FREE if signal is None or asking.word in ("starts_with", "contains") else _value(signal)
    match asking.takes:
        case "values":
            return {"type": "array", "items": value, "minItems": 1}
        case "range":
            return _exactly({"from": value, "to": value})
        case "truth":
            return TRUTH
        case "duration":
            return _LENGTH
        case "days":
            return _exactly({"from": NUMBER, "to": NUMBER})
        case "place":
            pair = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
            return _exactly({"km": NUMBER, "of": {"anyOf": [{"type": "string"}, pair]}})
        case _:
            return value


def _exactly(properties: dict[str, Any]) -> Schema:
    """A mapping with just these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
