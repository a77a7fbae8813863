"""What a model says about itself at a path: which keys it takes there, which model stands there, how it is written.

It reads annotations and judges no values; problems and their remedies are worded from it.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.authoring.documents.common import Written
from app.authoring.yamlsource import Path


def keys_of(model: type[Written]) -> tuple[str, ...]:
    """The keys a model takes, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


@lru_cache(maxsize=1024)
def model_at(model: type[Written], path: Path) -> type[Written] | None:
    """The model of the mapping that stands at a path, or None if something else stands there."""
    return next(_models(_annotations_at(model, path)), None)


def example_at(model: type[Written], path: Path) -> Any:
    """The first example of what stands at a path (entries of lists share their list's), else None."""
    field = _field_at(model, path)
    if field is not None:
        return field.examples[0] if field.examples else None
    around = example_at(model, path[:-1]) if path else None
    return next(iter(around.values()), None) if isinstance(around, dict) else None


def described_at(model: type[Written], path: Path) -> str:
    """What the key that a path ends with is for, in a sentence; empty if there is none."""
    field = _field_at(model, path)
    return (field.description or "") if field is not None else ""


def _field_at(model: type[Written], path: Path) -> FieldInfo | None:
    while path and isinstance(path[-1], int):
        path = path[:-1]
    owner = model_at(model, path[:-1]) if path else None
    return field_of(owner, path[-1]) if owner else None


def field_of(model: type[Written], key: str | int) -> FieldInfo | None:
    """The field that takes a key."""
    return next((field for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def _annotations_at(model: type[Written], path: Path) -> tuple[Any, ...]:
    found: tuple[Any, ...] = (model,)
    for step in path:
        found = tuple(inner for annotation in found for inner in _step_into(annotation, step))
    return found


def _step_into(annotation: Any, step: str | int) -> Iterator[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _step_into(arguments[0], step)
    elif origin in (Union, types.UnionType):
        for alternative in arguments:
            yield from _step_into(alternative, step)
    elif isinstance(annotation, type) and issubclass(annotation, Written):
        if (field := field_of(annotation, step)) is not None:
            yield field.annotation
    elif origin is dict and isinstance(step, str):
        yield arguments[1]
    elif origin in (list, tuple) and isinstance(step, int) and arguments:
        yield arguments[min(step, len(arguments) - 1) if Ellipsis not in arguments else 0]


def _models(annotations: tuple[Any, ...]) -> Iterator[type[Written]]:
    for annotation in annotations:
        if get_origin(annotation) is Annotated:
            yield from _models(get_args(annotation)[:1])
        elif get_origin(annotation) in (Union, types.UnionType):
            yield from _models(get_args(annotation))
        elif isinstance(annotation, type) and issubclass(annotation, Written):
            yield annotation
