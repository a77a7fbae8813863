"""The clauses of one signal: `{weather.temperature: {below: 15, max_age: 45m}}` to the engine's comparisons.

A plain value means equality; several operators in one mapping must all hold. What cannot be read is told and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from app.authoring.grammar import ALSO_CALLED, COMPARING, MAX_AGE, OPERATORS, SIGNS, WORDS, Asking, fitting
from app.authoring.operands import Misread, Operand, beginning, boolean, clock, duration, each, number, operand
from app.authoring.scope import Scope
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path
from app.engine.calendar import DAY
from app.engine.clauses import NEAR_SIGNALS, Asks, Clause, MovingClause, Near
from app.engine.conditions import Condition
from app.engine.moving import Age, Anniversary, InClockRange, InMomentRange, InSpanRange
from app.engine.operators import Contains, StartsWith
from app.engine.readings import FOREVER
from app.engine.signals import Kind, Signal

_PIECES: Final = (StartsWith.word, Contains.word)
_RANGE: Final = re.compile(r"\s*(-?[\d.:]+)\s*(?:-|–|\.\.|to|bis)\s*(-?[\d.:]+)\s*")
_FROM: Final = ("at_least", "above")
_ENDS: Final = frozenset({"from", "to"})
_MOST_DAYS: Final = 180
"""How far a day may be from its anniversary, so that it is near one of them at most."""
_NEAR: Final = "within: {km: 30, of: Hamburg}"
_POINT: Final = "[53.55, 9.99]"
_COORDINATES: Final = (("latitude", 90), ("longitude", 180))
"""What a point is made of, and how far each goes to either side."""


def read_clauses(signal: Signal, value: Any, path: Path, scope: Scope) -> list[Condition]:
    """What is asked of one signal; nothing where nothing of it could be read (then a problem says why)."""
    if value is None:
        scope.wrong(path, "empty-value", f"{signal.name}: is followed by nothing", "write a value, or empty: true")
        return []
    if isinstance(value, list):
        remedy = f"write {signal.name}: {{one_of: [{_written(value)}]}}"
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
        return duration(_scalar(asked[MAX_AGE], f"{MAX_AGE}: 45m"))
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
    sentence = f"{signal.name} {word.replace('_', ' ')} {_written(raw)}"
    if asking.takes in ("truth", "place") and max_age is not None:
        raise Misread("operator-mismatch", f"{MAX_AGE} does not go with {word}", "put it beside a comparison")
    match asking.takes:
        case "truth":
            return Asks(signal.name, bit, word, boolean(_scalar(raw, f"{word}: true")), sentence)
        case "place":
            return _near(raw, sentence, scope)
        case "duration":
            age = Age(word == "older_than", duration(_scalar(raw, asking.example)))
            return MovingClause(signal.name, bit, age, sentence, max_age)
        case "days":
            return MovingClause(signal.name, bit, _anniversary(asking, raw), sentence, max_age)
    if signal.kind is Kind.CLOCK:
        return MovingClause(signal.name, bit, _clock_range(word, raw), sentence, max_age)
    if signal.kind is Kind.MOMENT:
        return MovingClause(signal.name, bit, _moment_range(word, raw, signal, scope), sentence, max_age)
    if signal.kind is Kind.DURATION and signal.runs:
        return MovingClause(signal.name, bit, _span_range(word, _operands(asking, raw, signal)), sentence, max_age)
    operator: Any = COMPARING[word]
    return Clause(signal.name, bit, signal.kind, operator(_operands(asking, raw, signal)), sentence, max_age)


def _operands(asking: Asking, raw: Any, signal: Signal) -> Any:
    match asking.takes:
        case "values":
            if not isinstance(raw, list) or not raw:
                remedy = f"write {asking.word}: [{_written(raw)}]" if raw else f"write it like {asking.example}"
                raise Misread("condition-shape", f"{asking.word} wants a list", remedy)
            return frozenset(each(lambda _, one: _value(signal, one, asking), enumerate(raw)).values())
        case "range":
            low, high = _range(raw, asking, lambda _, one: _value(signal, one, asking))
            if low > high:
                raise _turned(raw, signal)
            return low, high
        case _:
            return _value(signal, raw, asking)


def _value(signal: Signal, raw: Any, asking: Asking) -> Any:
    if isinstance(raw, list):
        many = "none_of" if asking.word in ("is_not", "none_of") else "one_of"
        raise Misread("list-of-values", "a list is not a value", f"write {many}: [{_written(raw)}]")
    text = _scalar(raw, asking.example)
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
    ends = _RANGE.fullmatch(text)
    if ends is None or not all(_fits(signal, end) for end in ends.groups()):
        return ""
    return f"between: {{from: {ends[1]}, to: {ends[2]}}}"


def _fits(signal: Signal, text: str) -> bool:
    try:
        operand(signal, text)
    except Misread:
        return False
    return True


def _clock_range(word: str, raw: Any) -> InClockRange:
    asking = OPERATORS[word]
    if asking.takes == "range":
        start, end = _range(raw, asking, lambda _, one: clock(_scalar(one, asking.example)))
        if start == end:
            message = "the range begins and ends at the same time"
            raise Misread("range-turned", message, "leave the condition out to mean the whole day")
        return InClockRange(start, end)
    edge = clock(_scalar(raw, f"{word}: 18:00"))
    start, end = (edge, DAY) if word in _FROM else (0, edge)
    if start == end:
        message = f"no time of day is {word.replace('_', ' ')} {_written(raw)}"
        raise Misread("range-turned", message, "write another time")
    return InClockRange(start, end)


def _moment_range(word: str, raw: Any, signal: Signal, scope: Scope) -> InMomentRange:
    asking, read = OPERATORS[word], scope.moments.read
    if asking.takes == "range":
        start, end = _range(raw, asking, lambda key, one: read(_scalar(one, asking.example), end=key == "to"))
        if type(start.at) is type(end.at) and start.at >= end.at:  # type: ignore[operator]
            raise _turned(raw, signal)
        return InMomentRange(start, end, signal.runs)
    edge = read(_scalar(raw, f"{word}: 2026-11-27 18:00"), end=word in ("above", "at_most"))
    return InMomentRange(edge, None, signal.runs) if word in _FROM else InMomentRange(None, edge, signal.runs)


def _span_range(word: str, operands: Any) -> InSpanRange:
    """What grows with the clock is at an edge for no time at all, so that `above` is `at_least`."""
    if isinstance(operands, tuple):
        return InSpanRange(*operands)
    return InSpanRange(operands, FOREVER) if word in _FROM else InSpanRange(0.0, operands)


def _anniversary(asking: Asking, raw: Any) -> Anniversary:
    first, last = _range(raw, asking, lambda _, one: number(_scalar(one, asking.example)))
    if not (first.is_integer() and last.is_integer() and -_MOST_DAYS <= first <= last <= _MOST_DAYS):
        message = f"{_written(raw)} are no days around one"
        raise Misread(
            "out-of-range", message, f"write whole numbers from -{_MOST_DAYS} to {_MOST_DAYS}, the lesser first"
        )
    return Anniversary(int(first), int(last))


def _near(raw: Any, sentence: str, scope: Scope) -> Near:
    if not isinstance(raw, dict) or set(raw) != {"km", "of"}:
        raise Misread("condition-shape", "within wants km and of", f"write {_NEAR}")
    read: Mapping[str, Callable[[Any], Any]] = {"km": _distance, "of": partial(_point, find_city=scope.find_city)}
    found = each(lambda key, one: read[key](one), raw.items())
    latitude, longitude = found["of"]
    return Near(scope.catalogue.set_of(NEAR_SIGNALS), latitude, longitude, found["km"], sentence)


def _distance(raw: Any) -> float:
    km = number(_scalar(raw, _NEAR))
    if km <= 0:
        raise Misread("out-of-range", "there is no such distance", f"write a number above 0, as in {_NEAR}")
    return km


def _point(raw: Any, find_city: Callable[[str], tuple[float, float] | None]) -> tuple[float, float]:
    """A city by its name, or a pair of coordinates."""
    if isinstance(raw, list):
        if len(raw) != len(_COORDINATES):
            raise Misread("condition-shape", "a point has a latitude and a longitude", f"write of: {_POINT}")
        latitude, longitude = each(_degrees, enumerate(raw)).values()
        return latitude, longitude
    place = find_city(_scalar(raw, _NEAR))
    if place is None:
        raise Misread("unknown-place", f"“{raw}” is in no table of cities", "write of: [latitude, longitude]")
    return place


def _degrees(index: int, raw: Any) -> float:
    name, most = _COORDINATES[index]
    degrees = number(_scalar(raw, f"of: {_POINT}"))
    if abs(degrees) > most:
        raise Misread("out-of-range", f"there is no {name} {degrees:g}", f"write it like {_POINT}, latitude first")
    return degrees


def _scalar(raw: Any, example: str) -> str:
    if isinstance(raw, str):
        return raw
    if raw is None:
        raise Misread("empty-value", "nothing stands here", f"write it like {example}")
    raise Misread("not-a-text", "one value is expected here", f"write it like {example}")


def _range(raw: Any, asking: Asking, read: Callable[[str, Any], Operand]) -> tuple[Operand, Operand]:
    if isinstance(raw, dict) and set(raw) == _ENDS:
        ends = each(read, raw.items())
        return ends["from"], ends["to"]
    remedy = f"write it like {asking.example}"
    if isinstance(raw, list) and len(raw) == len(_ENDS) and all(isinstance(one, str) for one in raw):
        remedy = f"write {asking.word}: {{from: {raw[0]}, to: {raw[1]}}}"
    raise Misread("range-shape", "a range has a from and a to", remedy)


def _turned(raw: Any, signal: Signal) -> Misread:
    remedy = "turn from and to round"
    if signal.name == "time.hour":
        remedy = "write time.clock: {between: {from: 22:00, to: 05:00}}, which may run through midnight"
    return Misread("range-turned", f"nothing lies between {_written(raw)}", remedy)


def _written(raw: Any) -> str:
    """An operand as the editor wrote it."""
    if isinstance(raw, list):
        return ", ".join(_written(one) for one in raw)
    if isinstance(raw, dict):
        return " ".join(f"{key} {_written(value)}" for key, value in raw.items())
    return "" if raw is None else str(raw)
