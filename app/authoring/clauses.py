"""The clauses of one signal: `{weather.temperature: {below: 15, max_age: 45m}}` to the engine's comparisons.

A plain value means equality; several operators in one mapping must all hold. What cannot be read is told and left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from app.authoring.forms import as_written, ends, scalar, turned
from app.authoring.grammar import ALSO_CALLED, COMPARING, MAX_AGE, OPERATORS, SIGNS, WORDS, Asking, fitting
from app.authoring.nearness import near
from app.authoring.operands import Misread, beginning, boolean, duration, each, operand
from app.authoring.scope import Scope
from app.authoring.stretches import anniversary, clock_range, moment_range, span_range
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path
from app.engine.clauses import Asks, Clause, MovingClause
from app.engine.conditions import Condition
from app.engine.moving import Age, Moving
from app.engine.operators import Contains, StartsWith
from app.engine.signals import Kind, Signal

_PIECES: Final = (StartsWith.word, Contains.word)
_RANGE: Final = re.compile(r"\s*(-?[\d.:]+)\s*(?:-|–|\.\.|to|bis)\s*(-?[\d.:]+)\s*")


def read_clauses(signal: Signal, value: Any, path: Path, scope: Scope) -> list[Condition]:
    """What is asked of one signal; nothing where nothing of it could be read (then a problem says why)."""
    if value is None:
        scope.wrong(path, "empty-value", f"{signal.name}: is followed by nothing", "write a value, or empty: true")
        return []
    if isinstance(value, list):
        remedy = f"write {signal.name}: {{one_of: [{as_written(value)}]}}"
        scope.wrong(path, "list-of-values", "a list is not a value", remedy)
        return []
    asked = {"is": value} if isinstance(value, str) else value
    places = {word: path if isinstance(value, str) else (*path, word) for word in asked}
    if set(asked) <= {MAX_AGE}:
        scope.wrong(path, "condition-shape", f"nothing is asked of {signal.name}", "write a value or an operator")
        return []
    max_age = _max_age(asked, places, scope)
    words = [word for word in asked if word != MAX_AGE]
    found = [_clause(signal, word, asked[word], places[word], scope, max_age=max_age) for word in words]
    return [clause for clause in found if clause is not None]


def _max_age(asked: Mapping[str, Any], places: Mapping[str, Path], scope: Scope) -> float | None:
    if MAX_AGE not in asked:
        return None
    try:
        return duration(scalar(asked[MAX_AGE], f"{MAX_AGE}: 45m"))
    except Misread as error:
        scope.misread(places[MAX_AGE], error)
        return None


def _clause(
    signal: Signal, word: str, raw: Any, path: Path, scope: Scope, *, max_age: float | None
) -> Condition | None:
    asking = OPERATORS.get(word)
    if asking is None:
        meant = ALSO_CALLED.get(word.lower()) or SIGNS.get(word)
        remedy = f"here it is called {meant}" if meant else did_you_mean(word, WORDS, else_say="operators are")
        scope.wrong(path, "unknown-operator", f"there is no operator “{word}”", remedy, key=True)
        return None
    if not asking.fits(signal):
        message = f"{word} does not fit {signal.name}, a {signal.kind.value}"
        scope.wrong(path, "operator-mismatch", message, f"use {', '.join(fitting(signal))}", key=True)
        return None
    try:
        return _read(asking, signal, raw, scope, max_age)
    except Misread as error:
        scope.misread(path, error)
        return None


def _read(asking: Asking, signal: Signal, raw: Any, scope: Scope, max_age: float | None) -> Condition:
    word, bit = asking.word, scope.catalogue.bits[signal.name]
    sentence = f"{signal.name} {word.replace('_', ' ')} {as_written(raw)}"
    if asking.takes in ("truth", "place") and max_age is not None:
        raise Misread("operator-mismatch", f"{MAX_AGE} does not go with {word}", "put it beside a comparison")
    match asking.takes:
        case "truth":
            return Asks(signal.name, bit, word, boolean(scalar(raw, f"{word}: true")), sentence)
        case "place":
            return near(raw, sentence, scope)
    moving = _moving(asking, signal, raw, scope)
    if moving is not None:
        return MovingClause(signal.name, bit, moving, sentence, max_age)
    operator: Any = COMPARING[word]
    return Clause(signal.name, bit, signal.kind, operator(_operands(asking, raw, signal)), sentence, max_age)


def _moving(asking: Asking, signal: Signal, raw: Any, scope: Scope) -> Moving | None:
    """What is asked where the clock turns the answer; None where the value alone tells it."""
    match asking.takes:
        case "duration":
            return Age(asking.word == "older_than", duration(scalar(raw, asking.example)))
        case "days":
            return anniversary(asking, raw)
    if signal.kind is Kind.CLOCK:
        return clock_range(asking, raw)
    if signal.kind is Kind.MOMENT:
        return moment_range(asking, raw, signal, scope.moments)
    if signal.kind is Kind.DURATION and signal.runs:
        return span_range(asking.word, _operands(asking, raw, signal))
    return None


def _operands(asking: Asking, raw: Any, signal: Signal) -> Any:
    match asking.takes:
        case "values":
            if not isinstance(raw, list) or not raw:
                remedy = f"write {asking.word}: [{as_written(raw)}]" if raw else f"write it like {asking.example}"
                raise Misread("condition-shape", f"{asking.word} wants a list", remedy)
            return frozenset(each(lambda _, one: _value(signal, one, asking), enumerate(raw)).values())
        case "range":
            low, high = ends(raw, asking, lambda _, one: _value(signal, one, asking))
            if low > high:
                raise turned(raw, signal)
            return low, high
        case _:
            return _value(signal, raw, asking)


def _value(signal: Signal, raw: Any, asking: Asking) -> Any:
    if isinstance(raw, list):
        many = "none_of" if asking.word in ("is_not", "none_of") else "one_of"
        raise Misread("list-of-values", "a list is not a value", f"write {many}: [{as_written(raw)}]")
    text = scalar(raw, asking.example)
    if not text.strip():
        raise Misread("empty-value", "an empty text is compared with nothing", "write empty: true")
    try:
        return beginning(signal, text) if asking.word in _PIECES else operand(signal, text)
    except Misread as error:
        if asking.word == "is" and (meant := _signed(signal, text)):
            error.remedy = f"write {signal.name}: {{{meant}}}"
        raise


def _signed(signal: Signal, text: str) -> str:
    """The operator that a sign means: `< 5` is `below: 5`, `5 - 10` a range of what the signal can be."""
    for sign, word in SIGNS.items():
        if text.startswith(sign):
            return f"{word}: {text.removeprefix(sign).strip()}"
    between = _RANGE.fullmatch(text)
    if between is None or not all(_fits(signal, end) for end in between.groups()):
        return ""
    return f"between: {{from: {between[1]}, to: {between[2]}}}"


def _fits(signal: Signal, text: str) -> bool:
    try:
        operand(signal, text)
    except Misread:
        return False
    return True
