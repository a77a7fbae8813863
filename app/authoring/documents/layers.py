"""Layers: from what an editor wrote to the class that can paint it.

The classes belong to another room and are handed in, word → frozen dataclass; their annotations say what kind each
key is, and the `check` in a field's metadata (or `each`, for members) what its value must be, so a new layer needs
nothing here. What a class itself finds wrong with keys that are right one by one becomes a problem too.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, Field, create_model

from app.authoring.documents.common import TextByLanguage, Texts, Written
from app.authoring.documents.kinds import Boolean, Number, Text, Whole
from app.authoring.documents.placeholder import RawLayer
from app.authoring.documents.refusals import from_error
from app.authoring.documents.translate import flawless
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path, Source

LATER: Final = frozenset(("bars", "list"))
"""Layer words that belong to the language; those without a class are not in this release."""

Check = Callable[[Any], None]
"""Raises ValueError, `what is wrong; what would be right`, unless a value can be."""

_KINDS: Final[Mapping[Any, Any]] = types.MappingProxyType(
    {str: Text, int: Whole, float: Number, bool: Boolean, dict[str, Any]: RawLayer}
)


def layer_from(
    raw: Mapping[str, Any], path: Path, classes: Mapping[str, type], problems: Problems, source: Source
) -> Any | None:
    """The layer that `raw` (one word → its keys) describes, or None where it has a mistake.

    `path` is that of the whole entry, `("layers", 2)`.
    """
    word, body = next(iter(raw.items()))
    here = (*path, word)
    if word not in classes:
        if word in LATER:
            message = f"the layer “{word}” is not in this release"
            source.complain(problems, here, "not-in-this-release", message, remedy="leave it out for now", key=True)
        else:
            remedy = did_you_mean(word, classes, else_say="layers are")
            source.complain(problems, here, "unknown-key", f"there is no layer “{word}”", remedy=remedy, key=True)
        return None
    written = flawless(written_model(classes[word]), source, problems, raw=body, at=here)
    if written is None:
        return None
    try:
        return _of(classes[word], written)
    except ValueError as error:
        message, _, remedy = str(error).rpartition("; ")
        where = (*here, *_culprit(str(error), body))
        source.complain(
            problems, where, "bad-layer", message or remedy, remedy=remedy if message else "", key=where == here
        )
        return None


@lru_cache(maxsize=64)
def written_model(layer: type) -> type[Written]:
    """The written form of a layer's class: the same keys, read from text; for validation and for the schema."""
    hints = get_type_hints(layer)
    fields = {}
    for field in dataclasses.fields(layer):
        sentence = field.metadata.get("sentence", "")
        default = ... if field.default is dataclasses.MISSING else field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        kind = _kind(hints[field.name], field.metadata.get("each"))
        fields[field.name] = (_checked(kind, field.metadata.get("check")), Field(default, description=sentence))
    model = create_model(layer.__name__, __base__=Written, __doc__=layer.__doc__, **cast(Any, fields))
    return cast(type[Written], model)


def _of(kind: type, written: Written) -> Any:
    """What was written as an instance of its class; ValueError where its keys do not go together."""
    return kind(**{key: getattr(written, key) for key in written.model_fields_set})


def _made(kind: type, written: Written) -> Any:
    """The same where it stands inside a layer."""
    try:
        return _of(kind, written)
    except ValueError as error:
        raise from_error("bad-layer", error) from None


def _kind(annotation: Any, each: Check | None = None) -> Any:
    """The kind that reads a value of this annotation from text; `each` looks at the members of a tuple or list."""
    if annotation in _KINDS:
        return _KINDS[annotation]
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        return Annotated[written_model(annotation), AfterValidator(partial(_made, annotation))]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return _union(arguments, each)
    if origin in (tuple, list, dict):
        return origin[tuple(one if one is ... else _checked(_kind(one), each) for one in arguments)]
    return annotation


def _checked(kind: Any, check: Check | None) -> Any:
    """The kind, with what a layer's class says of its values."""

    def checked(value: Any) -> Any:
        try:
            cast(Check, check)(value)
        except ValueError as error:
            raise from_error("bad-layer", error) from None
        return value

    return Annotated[kind, AfterValidator(checked)] if check else kind


def _union(alternatives: tuple[Any, ...], each: Check | None) -> Any:
    """A text or a map of texts is a text by language, one or a list of them is what an outcome may say, too; anything
    else is tried in its order.
    """
    texts = [one for one in alternatives if one is str or get_origin(one) in (list, dict)]
    found = [_kind(one, each) for one in alternatives if one not in texts]
    if len(texts) > 1:
        found.insert(0, Texts if any(get_origin(one) is list for one in texts) else TextByLanguage)
    else:
        found[:0] = [_kind(one) for one in texts]
    return Union[tuple(found)]  # noqa: UP007 - made at run time


def _culprit(message: str, body: Mapping[str, Any]) -> Path:
    """The key that a message is about: the first it names, else the one whose value it repeats."""
    for named in re.findall(r"[a-z_]+", message):
        if named in body:
            return (named,)
    return next(((key,) for key, value in body.items() if repr(value) in message), ())
