"""From what pydantic refused to problems an editor understands, with the place, and on to the next mistake.

After a mistake the document is mended (the key left out, or something harmless put in its place) and read again, so a
document comes out although it has problems and everything behind can look for more. It must never be served:
`Problems.mistakes` says so.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.authoring.codes import CODES
from app.authoring.documents.anatomy import described_at, example_at, field_of, keys_of, model_at
from app.authoring.documents.common import Written
from app.authoring.documents.refusals import NOTHING, shown
from app.authoring.problems import Problems
from app.authoring.suggest import closest, did_you_mean
from app.authoring.yamlsource import MOST, Path, Source

ROUNDS: Final = 8
"""How often a document is mended: once for each level on which something may be missing."""

Document = TypeVar("Document", bound=Written)

_ADDED: Final = ("[key]", "<text>", "<languages>", "<alternatives>", "<nothing>", "<fields>", "<word>", "<outcome>")
_CHOICES: Final = re.compile(r"'([^']*)'")
_NUMBERS: Final = re.compile(r"\d+(?:px)?(?:\s*[x×*,;/ ]\s*\d+(?:px)?)+")
_LISTS: Final = ("list_type", "tuple_type")
_MAPPINGS: Final = ("model_type", "dict_type", "model_attributes_type", "mapping_type")
_BOUNDS: Final = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")
_SIZES: Final = ("too_short", "too_long")


def validated(
    model: type[Document], source: Source, problems: Problems, *, raw: Any = None, at: Path = ()
) -> Document | None:
    """The document in a file, or the part of it (`raw`) at a path, as its model.

    Every mistake becomes a problem; what is wrong is left out or made up. None only where nothing could be made of it.
    """
    return _read(model, source, problems, source.value if raw is None else raw, at)[0]


def flawless(model: type[Document], source: Source, problems: Problems, *, raw: Any, at: Path) -> Document | None:
    """As `validated`, but None where there was any mistake."""
    document, faults = _read(model, source, problems, raw, at)
    return None if faults else document


def _read(
    model: type[Document], source: Source, problems: Problems, written: Any, at: Path
) -> tuple[Document | None, int]:
    faults = 0
    if not isinstance(written, dict):
        if written is not None:
            _not_a_mapping(source, problems, at, written)
        written, faults = {}, 1
    for _ in range(ROUNDS):
        try:
            return model.model_validate(written), faults
        except ValidationError as error:
            written = copy.deepcopy(written)
            found = error.errors(include_url=False)
            for path in _misspelt(model, written, found[:MOST]):
                source.faults.setdefault((*at, *path), "missing-key")
            for fault in found[:MOST]:
                _report(model, source, problems, fault, at)
            for fault in found:
                _mend(model, written, fault)
            faults += len(found)
    return None, faults


def _misspelt(model: type[Written], written: Any, faults: list[ErrorDetails]) -> Iterator[Path]:
    """The keys, not written, that unknown keys beside them stand for: `hom` for `home` is one mistake."""
    for fault in faults:
        path = path_of(fault)
        if fault["type"] == "extra_forbidden" and (owner := model_at(model, path[:-1])):
            meant = closest(str(path[-1]), keys_of(owner))
            if meant is not None and meant not in _follow(written, path[:-1]):
                yield (*path[:-1], meant)


def path_of(fault: ErrorDetails) -> Path:
    """The path in the document: what pydantic adds of its own (`<text>`, `[key]`) left out."""
    return tuple(step for step in fault["loc"] if step not in _ADDED)


def _report(model: type[Written], source: Source, problems: Problems, fault: ErrorDetails, at: Path) -> None:
    path, kind, value = path_of(fault), fault["type"], fault["input"]
    where = (*at, *path)
    context: Mapping[str, Any] = fault.get("ctx", {})
    if kind in CODES:
        about_key = fault["loc"][-1:] == ("[key]",)
        source.complain(problems, where, kind, context["message"], remedy=context["remedy"], key=about_key)
    elif kind == "extra_forbidden":
        _unknown_key(model, source, problems, path, where)
    elif kind == "missing":
        _missing(model, source, problems, path, where)
    elif value is None or value is NOTHING:
        remedy = _remedy_for_nothing(model, path)
        source.complain(problems, where, "empty-value", "nothing stands here", remedy=remedy, key=True)
    elif kind in _MAPPINGS:
        _not_a_mapping(source, problems, where, value)
    elif kind in _LISTS:
        of_texts = isinstance(value, str) and model_at(model, (*path, 0)) is None
        remedy = f"write “[{_separated(value)}]”" if of_texts else _remedy(model, path)
        source.complain(problems, where, "not-a-list", f"a list is expected here, not {shown(value)}", remedy=remedy)
    elif kind in _SIZES or kind in _BOUNDS:
        code, message = _out_of_bounds(kind, value, context)
        source.complain(problems, where, code, message, remedy=_remedy(model, path))
    else:
        expected = str(context.get("expected", ""))
        _unknown_choice(source, problems, where, value=value, expected=expected)


def _out_of_bounds(kind: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the message for too many, too few, too large, too small."""
    if kind in _BOUNDS:
        side = "at most" if kind.startswith("less") else "at least"
        return "out-of-range", f"{shown(value)} cannot be meant: {side} {next(iter(context.values())):g} is possible"
    side, limit = ("at most", "max_length") if kind == "too_long" else ("at least", "min_length")
    return "wrong-count", f"{side} {context[limit]} can stand here, not {context['actual_length']}"


def _unknown_key(model: type[Written], source: Source, problems: Problems, path: Path, where: Path) -> None:
    key, owner = str(path[-1]), model_at(model, path[:-1])
    if owner is not None and key in owner.later:
        message = f"“{key}” is not in this release"
        source.complain(problems, where, "not-in-this-release", message, remedy="leave it out for now", key=True)
        return
    remedy = did_you_mean(key, keys_of(owner) if owner else (), else_say="keys here are")
    source.complain(problems, where, "unknown-key", f"there is no key “{key}” here", remedy=remedy, key=True)


def _missing(model: type[Written], source: Source, problems: Problems, path: Path, where: Path) -> None:
    if isinstance(path[-1], int):
        message = f"only {path[-1]} {'stands' if path[-1] == 1 else 'stand'} here, and more are expected"
        source.complain(problems, where[:-1], "wrong-count", message, remedy=_remedy(model, path))
        return
    example = example_at(model, path)
    remedy = f"add “{path[-1]}: …”" if example is None else f"add “{path[-1]}: {_flow(example)}”, for instance"
    source.complain(problems, where, "missing-key", f"“{path[-1]}” is missing here", remedy=remedy, key=True)


def _not_a_mapping(source: Source, problems: Problems, where: Path, value: Any) -> None:
    remedy = "write it as “key: value” lines"
    if isinstance(value, str) and (glued := re.match(r"([\w.-]+):(\S.*)", value)):
        remedy = f"put a blank behind the colon: “{glued[1]}: {glued[2]}”"
    message = f"a mapping is expected here, not {shown(value)}"
    source.complain(problems, where, "not-a-mapping", message, remedy=remedy)


def _separated(value: str) -> str:
    """A text as the entries of a list: numbers, as in `600 x 200`, are told apart."""
    return ", ".join(re.findall(r"\d+", value)) if _NUMBERS.fullmatch(value) else value


def _unknown_choice(source: Source, problems: Problems, where: Path, *, value: Any, expected: str) -> None:
    choices = _CHOICES.findall(expected)
    if not isinstance(value, str):
        remedy = f"write one of: {', '.join(choices)}" if choices else ""
        source.complain(problems, where, "not-a-text", f"a word is expected here, not {shown(value)}", remedy=remedy)
        return
    remedy = did_you_mean(value, choices, else_say="write one of")
    source.complain(problems, where, "unknown-choice", f"{shown(value)} is not known here", remedy=remedy)


def _mend(model: type[Written], written: dict[str, Any], fault: ErrorDetails) -> None:
    """Put something harmless where the fault is: an example of what is missing, nothing where something is wrong."""
    path = path_of(fault)
    if fault["type"] == "missing" and isinstance(path[-1], str):
        example = example_at(model, path)
        _put(written, path, copy.deepcopy(example if example is not None else {}))
        return
    if (
        fault["type"] != "extra_forbidden"
        and path
        and model_at(model, path) is not None
        and not _is_mapping(written, path)
    ):
        _put(written, path, {})
        return
    while path and isinstance(path[-1], int):
        path = path[:-1]
    holder = _follow(written, path[:-1]) if path else None
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


def _put(written: Any, path: Path, value: Any) -> None:
    holder = _follow(written, path[:-1])
    if isinstance(holder, dict) or (isinstance(holder, list) and isinstance(path[-1], int)):
        holder[path[-1]] = value  # type: ignore[index]


def _is_mapping(written: Any, path: Path) -> bool:
    return isinstance(_follow(written, path), dict)


def _follow(written: Any, path: Path) -> Any:
    for step in path:
        try:
            written = written[step]
        except (LookupError, TypeError):
            return None
    return written


def _remedy(model: type[Written], path: Path) -> str:
    """How it is written: by its example, else by what it is for."""
    example = example_at(model, path)
    return described_at(model, path) if example is None else f"write it like {_flow(example)}"


def _remedy_for_nothing(model: type[Written], path: Path) -> str:
    """What to do about a key with nothing behind it; some must not be left out."""
    example, owner = example_at(model, path), model_at(model, path[:-1])
    written = "write something below it" if example is None else f"write it like {_flow(example)}"
    field = field_of(owner, path[-1]) if owner else None
    return written if field is not None and field.is_required() else f"{written}, or leave the key out"


def _flow(value: Any) -> str:
    """A value in YAML's flow style."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_flow(item) for item in value) + "]"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
