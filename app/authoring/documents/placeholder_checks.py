"""What must agree within a placeholder: options with their kind, defaults with their limits, `gone` with `click`.

Like all checks here it looks at documents that may have been mended; what has been complained about stays quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol

from pydantic_core import PydanticCustomError

from app.authoring.documents import kinds
from app.authoring.documents.common import spoken
from app.authoring.documents.placeholder import FieldWritten, ParamWritten, Placeholder
from app.authoring.documents.recipients import Recipients
from app.authoring.documents.refusals import from_error, refusal
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.tags import length
from app.authoring.unread import is_sound, may_declare
from app.authoring.yamlsource import Path, Source
from app.engine.readings import fold
from app.engine.written import parse_date

_GOES_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "max_length": ("text", "code"),
    "pattern": ("text", "code"),
    "allow": ("text",),
    "choices": ("choice",),
    "min": ("number", "money"),
    "max": ("number", "money"),
    "currency": ("money",),
    "above": ("number", "money"),
    "of": ("list",),
    "join": ("list",),
}
_TEMPLATES: Final = ("{{", "{%")


class Declared(Protocol):
    """Something that a site declares: its type, and the options beside it."""

    @property
    def type(self) -> str:
        """What kind of value it is."""
        ...

    @property
    def choices(self) -> tuple[str, ...]:
        """The values there are, with type choice."""
        ...

    @property
    def model_fields_set(self) -> set[str]:
        """The options that were written."""
        ...


def check_placeholder(placeholder: Placeholder, source: Source, problems: Problems) -> None:
    """Everything that must agree within one placeholder."""
    say = partial(source.complain, problems)
    if placeholder.alt is None:
        message = "without alt: nothing is said where pictures are blocked"
        say(
            ("alt",),
            "missing-alt",
            message,
            remedy="add alt: and a text that is true for every outcome",
            severity="warning",
        )
    if placeholder.click == "as_shown_unless_gone" and placeholder.gone is None:
        say(
            ("gone",),
            "missing-key",
            "“gone” is missing here",
            remedy="add “gone: https://…”, where a click goes then",
            key=True,
        )
    if placeholder.click != "as_shown_unless_gone" and placeholder.gone is not None and is_sound(source, ("click",)):
        message = "“gone” only goes with “click: as_shown_unless_gone”"
        say(("gone",), "option-mismatch", message, remedy="change click:, or delete the line", key=True)
    _check_slots(say, placeholder, source)
    for name, field in placeholder.fields.items():
        check_options(say, ("fields", name), field, source)
        _check_field(say, ("fields", name), field)
    for name, param in placeholder.params.items():
        check_options(say, ("params", name), param, source)
        _check_param(say, ("params", name), param)


def _check_slots(say: Callable[..., None], placeholder: Placeholder, source: Source) -> None:
    slots = placeholder.slots
    if slots is None or may_declare(source, ("fields",), slots.list):
        return
    known = [name for name, field in placeholder.fields.items() if field.type == "list"]
    if slots.list not in known:
        remedy = did_you_mean(slots.list, known, else_say="lists are") or "declare it under fields: {type: list}"
        say(("slots", "list"), "unknown-field", f"there is no list field “{slots.list}”", remedy=remedy)


def check_recipients(recipients: Recipients, source: Source, problems: Problems) -> None:
    """That choices stand where a choice is made."""
    say = partial(source.complain, problems)
    for name, attribute in recipients.attributes.items():
        check_options(say, ("attributes", name), attribute, source)


def check_options(say: Callable[..., None], path: Path, declared: Declared, source: Source) -> None:
    """That the options beside a type go with it, unless nobody knows which type is meant."""
    kind, choices = declared.type, declared.choices
    if not is_sound(source, (*path, "type")):
        return
    for key in sorted(declared.model_fields_set):
        if key in _GOES_WITH and kind not in _GOES_WITH[key]:
            message = f"“{key}” does not go with type {kind}"
            remedy = f"it belongs to type {' or '.join(_GOES_WITH[key])}"
            say((*path, key), "option-mismatch", message, remedy=remedy, key=True)
    if kind == "choice" and not choices:
        say(
            (*path, "choices"),
            "missing-key",
            "“choices” is missing here",
            remedy="add “choices: [red, blue]”",
            key=True,
        )
    for place, choice in enumerate(choices):
        if fold(choice) in map(fold, choices[:place]):
            say((*path, "choices", place), "duplicate-name", f"“{choice}” stands here twice", remedy="keep one of them")


def _check_field(say: Callable[..., None], path: Path, field: FieldWritten) -> None:
    if field.min is not None and field.max is not None and field.min > field.max:
        message = f"min {field.min:g} is above max {field.max:g}"
        say((*path, "min"), "wrong-order", message, remedy="swap the two")
    if field.type == "list":
        _check_list(say, path, field)
        return
    if field.default is None:
        return
    for alternatives in spoken(field.default, (*path, "default")).values():
        for said, place in alternatives:
            if not any(mark in said for mark in _TEMPLATES):
                _try(say, place, _field_kind(field), said)


def _check_list(say: Callable[..., None], path: Path, field: FieldWritten) -> None:
    if field.of is None:
        say((*path, "of"), "missing-key", "“of” is missing here", remedy="add “of: feed.products”", key=True)
    if field.default is not None:
        message, remedy = "a list has no default", "its tiles show what stands under empty:"
        say((*path, "default"), "option-mismatch", message, remedy=remedy, key=True)


def _check_param(say: Callable[..., None], path: Path, param: ParamWritten) -> None:
    if param.default:
        _try(say, (*path, "default"), _param_kind(param), param.default)


def _try(say: Callable[..., None], path: Path, kind: Callable[[str], Any], said: str) -> None:
    try:
        kind(said)
    except PydanticCustomError as error:
        context = error.context or {}
        say(path, error.type, context["message"], remedy=context["remedy"])


def _field_kind(field: FieldWritten) -> Callable[[str], Any]:
    match field.type:
        case "number" | "money":
            return partial(_amount, least=field.min, most=field.max)
        case "moment":
            return kinds.moment
        case "choice":
            return partial(_one_of, choices=field.choices)
        case "text":
            return partial(_short, most=field.max_length, count=length)
        case "code":
            return partial(_short, most=field.max_length)
        case _:
            return str


def _param_kind(param: ParamWritten) -> Callable[[str], Any]:
    match param.type:
        case "number":
            return kinds.number
        case "boolean":
            return kinds.boolean
        case "choice":
            return partial(_one_of, choices=param.choices)
        case "date":
            return _date
        case _:
            return partial(_short, most=param.max_length)


def _amount(said: str, *, least: float | None, most: float | None) -> None:
    """Whether it lies within its limits; what is no amount at all is told when the field is compiled."""
    try:
        value = kinds.number(said.rstrip(" ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    except PydanticCustomError:
        return
    if (least is not None and value < least) or (most is not None and value > most):
        raise refusal("out-of-range", f"the default {said} is outside its own limits", "change it, or min and max")


def _one_of(said: str, *, choices: Sequence[str]) -> None:
    if choices and fold(said) not in map(fold, choices):
        remedy = did_you_mean(said, choices, else_say="write one of")
        raise refusal("unknown-choice", f"“{said}” is not among the choices", remedy)


def _short(said: str, *, most: int | None, count: Callable[[str], int] = len) -> None:
    if most is not None and count(said) > most:
        raise refusal("out-of-range", f"the default has {count(said)} characters, max_length is {most}", "shorten it")


def _date(said: str) -> None:
    try:
        parse_date(said)
    except ValueError as error:
        raise from_error("not-a-moment", error) from None
