"""`when:` to conditions: the place where an editor's words become the engine's objects.

All mistakes are collected with their places; what could not be read is left out, so that one mistake does not hide the
next. A named condition is read once for each place that names it, in the file where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.authoring.operands import Misread, Moments, boolean, clock, duration, number, operand
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path, Source
from app.engine.conditions import (
    NEAR_SIGNALS,
    Any as AnyOf,
    Asks,
    Clause,
    Condition,
    MovingClause,
    Near,
    Not,
    every,
    ordered,
)
from app.engine.moving import CLOCK_WORDS, MOMENT_WORDS, Age, InClockRange, InMomentRange, Moment
from app.engine.operators import VALUE_OPERATORS, Between, Is, NoneOf, OneOf
from app.engine.signals import Catalogue, Kind, Signal

COMBINATORS = ("all", "any", "not")
BY_WORD = {operator.word: operator for operator in VALUE_OPERATORS}
WORDS = (*BY_WORD, "within", "known", "empty", "older_than", "newer_than", "max_age")
PLACES = frozenset({"geo.city", "geo.postal_code", "geo.latitude", "geo.longitude", "geo.region"})
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Named:
    """A condition under a name, where it was written."""

    source: Source
    path: Path
    raw: Any


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a condition may refer to at its place, and where mistakes go."""

    source: Source
    problems: Problems
    catalogue: Catalogue
    conditions: Mapping[str, Named]
    moments: Moments
    find_city: Callable[[str], tuple[float, float] | None]
    within: tuple[str, ...] = field(default=())

    def wrong(self, path: Path, code: str, message: str, remedy: str = "", *, key: bool = False) -> None:
        """Note a mistake at a value, or at its key."""
        self.source.complain(self.problems, path, code, message, remedy=remedy, key=key)


def read_when(raw: Any, path: Path, scope: Scope) -> Condition | None:
    """A condition, or None where nothing of it could be read (then a problem says why)."""
    if isinstance(raw, str):
        return _named(raw, path, scope)
    if isinstance(raw, list):
        scope.wrong(
            path, "condition-shape", "a list does not say whether all or any must hold", "write all: […] or any: […]"
        )
        return None
    if not isinstance(raw, dict) or not raw:
        scope.wrong(path, "condition-shape", "a condition is a name or a mapping such as geo.country: DE")
        return None
    found = [_entry(key, value, (*path, key), scope) for key, value in raw.items()]
    read = [condition for condition in found if condition is not None]
    return every(read) if read else None


def _named(name: str, path: Path, scope: Scope) -> Condition | None:
    named = scope.conditions.get(name)
    if named is None:
        remedy = did_you_mean(name, scope.conditions, else_say="conditions here are")
        hint = f"write {name}: true or another value" if name in scope.catalogue else remedy
        scope.wrong(path, "unknown-condition", f"there is no condition named “{name}”", hint)
        return None
    if name in scope.within:
        circle = " → ".join((*scope.within, name))
        scope.wrong(path, "cycle", f"the condition “{name}” is made of itself: {circle}", "take one of them out")
        return None
    return read_when(named.raw, named.path, replace(scope, source=named.source, within=(*scope.within, name)))


def _entry(key: str, value: Any, path: Path, scope: Scope) -> Condition | None:
    if key in ("all", "any"):
        return _combined(key, value, path, scope)
    if key == "not":
        inner = read_when(value, path, scope)
        return None if inner is None else Not(inner)
    signal = scope.catalogue.get(key)
    if signal is None:
        remedy = did_you_mean(key, (*scope.catalogue, *COMBINATORS)) or _family(key, scope.catalogue)
        scope.wrong(path, "unknown-signal", f"there is no signal “{key}”", remedy, key=True)
        return None
    return _about(signal, value, path, scope)


def _family(key: str, catalogue: Catalogue) -> str:
    """What there is under the same first word, or how that family is declared."""
    family = key.split(".")[0]
    if family == "param":
        return "declare it under params: of the placeholder"
    if family == "recipient":
        return "declare it under attributes: in rules/recipients.yaml"
    there = [name for name in catalogue if name.startswith(f"{family}.")]
    return f"{family}.* has {', '.join(name.split('.', 1)[1] for name in there)}" if there else ""


def _combined(word: str, value: Any, path: Path, scope: Scope) -> Condition | None:
    if isinstance(value, dict):
        value, places = [value], [path]
    elif isinstance(value, list) and value:
        places = [(*path, index) for index in range(len(value))]
    else:
        scope.wrong(path, "condition-shape", f"{word}: wants a list of conditions", f"write {word}: [first, second]")
        return None
    found = [read_when(one, place, scope) for one, place in zip(value, places, strict=True)]
    read = [condition for condition in found if condition is not None]
    if not read:
        return None
    return every(read) if word == "all" else AnyOf(ordered(read))


def _about(signal: Signal, value: Any, path: Path, scope: Scope) -> Condition | None:
    """The clauses of one signal: a plain value is equality, a mapping holds operators, all of which must hold."""
    if value is None:
        scope.wrong(path, "empty-value", f"{signal.name}: is followed by nothing", "write a value, or empty: true")
        return None
    if isinstance(value, list):
        listed = ", ".join(str(one) for one in value)
        scope.wrong(path, "list-of-values", "a list is not a value", f"write {signal.name}: {{one_of: [{listed}]}}")
        return None
    if isinstance(value, str):
        value = {"is": value}
        inner = {"is": path}
    else:
        inner = {word: (*path, word) for word in value}
    max_age = _max_age(value, inner, scope)
    found = [
        _clause(signal, word, raw, inner[word], scope, max_age) for word, raw in value.items() if word != "max_age"
    ]
    read = [condition for condition in found if condition is not None]
    if not found:
        scope.wrong(path, "condition-shape", "max_age stands beside an operator", "add e.g. known: true")
    return every(read) if read else None


def _max_age(value: Mapping[str, Any], inner: Mapping[str, Path], scope: Scope) -> float | None:
    if "max_age" not in value:
        return None
    try:
        return float(duration(str(value["max_age"])))
    except Misread as error:
        scope.wrong(inner["max_age"], error.code, error.message, error.remedy)
        return None


def _clause(signal: Signal, word: str, raw: Any, path: Path, scope: Scope, max_age: float | None) -> Condition | None:
    if word not in WORDS:
        remedy = did_you_mean(word, WORDS, else_say="operators are")
        scope.wrong(path, "unknown-operator", f"there is no operator “{word}”", remedy, key=True)
        return None
    sentence = f"{signal.name} {word.replace('_', ' ')} {_written(raw)}"
    bit = scope.catalogue.bits[signal.name]
    try:
        if word in ("known", "empty"):
            return Asks(signal.name, bit, word, boolean(_scalar(raw)), sentence)
        if word == "within":
            return _near(signal, raw, sentence, scope)
        if word in ("older_than", "newer_than"):
            _fits(word, signal, signal.kind is Kind.MOMENT)
            age = Age(word == "older_than", duration(_scalar(raw)))
            return MovingClause(signal.name, bit, age, sentence, max_age)
        if signal.kind is Kind.CLOCK:
            _fits(word, signal, word in CLOCK_WORDS)
            return MovingClause(signal.name, bit, _clock_range(word, raw), sentence, max_age)
        if signal.kind is Kind.MOMENT:
            _fits(word, signal, word in MOMENT_WORDS)
            return MovingClause(signal.name, bit, _moment_range(word, raw, signal, scope), sentence, max_age)
        operator = BY_WORD[word]
        _fits(word, signal, signal.kind in operator.kinds)
        return Clause(signal.name, bit, signal.kind, operator(_operands(word, raw, signal)), sentence, max_age)  # type: ignore[call-arg]
    except Misread as error:
        scope.wrong(path, error.code, error.message, error.remedy)
        return None


def _fits(word: str, signal: Signal, fits: bool) -> None:
    if not fits:
        words = [other for other, operator in BY_WORD.items() if signal.kind in operator.kinds]
        if signal.kind is Kind.CLOCK:
            words = list(CLOCK_WORDS)
        elif signal.kind is Kind.MOMENT:
            words = [*MOMENT_WORDS, "older_than", "newer_than"]
        fitting = ", ".join(words)
        raise Misread(
            "operator-mismatch", f"{word} does not fit {signal.name}, a {signal.kind.value}", f"use {fitting}"
        )


def _scalar(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    raise Misread("not-a-text", "one value is expected here", "")


def _range(raw: Any) -> tuple[str, str]:
    if isinstance(raw, dict) and set(raw) == {"from", "to"}:
        return _scalar(raw["from"]), _scalar(raw["to"])
    raise Misread("range-shape", "a range has a from and a to", "write between: {from: 15, to: 25}")


def _operands(word: str, raw: Any, signal: Signal) -> Any:
    if word in (OneOf.word, NoneOf.word):
        if not isinstance(raw, list) or not raw:
            raise Misread("condition-shape", f"{word} wants a list", f"write {word}: [{_written(raw)}]")
        return frozenset(operand(signal, _scalar(one)) for one in raw)
    if word == Between.word:
        low, high = (operand(signal, text) for text in _range(raw))
        if low > high:
            raise Misread("range-turned", f"nothing lies between {_written(raw)}", "turn from and to round")
        return low, high
    if isinstance(raw, list) and word == Is.word:
        raise Misread("list-of-values", "a list is not a value", f"write one_of: [{_written(raw)}]")
    return operand(signal, _scalar(raw))


def _clock_range(word: str, raw: Any) -> InClockRange:
    if word == "between":
        start, end = (clock(text) for text in _range(raw))
        if start == end:
            raise Misread("range-turned", "the range begins and ends at the same time", "leave the condition out")
        return InClockRange(start, end % DAY if end != DAY else DAY)
    edge = clock(_scalar(raw))
    if word in ("at_least", "above"):
        return InClockRange(edge, DAY)
    return InClockRange(0, edge)


def _moment_range(word: str, raw: Any, signal: Signal, scope: Scope) -> InMomentRange:
    read: Callable[..., Moment] = scope.moments.read
    if word == "between":
        low, high = _range(raw)
        start, end = read(low), read(high, end=True)
        if type(start.at) is type(end.at) and start.at >= end.at:  # type: ignore[operator]
            raise Misread("range-turned", f"nothing lies between {low} and {high}", "turn from and to round")
        return InMomentRange(start, end, signal.runs)
    edge = read(_scalar(raw), end=word in ("above", "at_most"))
    if word in ("at_least", "above"):
        return InMomentRange(edge, None, signal.runs)
    return InMomentRange(None, edge, signal.runs)


def _near(signal: Signal, raw: Any, sentence: str, scope: Scope) -> Near:
    _fits("within", signal, signal.name in PLACES)
    if not isinstance(raw, dict) or set(raw) != {"km", "of"}:
        raise Misread("condition-shape", "within wants km and of", "write within: {km: 30, of: Hamburg}")
    km = number(_scalar(raw["km"]))
    of = raw["of"]
    if isinstance(of, list) and len(of) == 2:
        place: tuple[float, float] | None = (number(_scalar(of[0])), number(_scalar(of[1])))
    else:
        place = scope.find_city(_scalar(of))
    if place is None:
        raise Misread("unknown-place", f"“{of}” is in no table of cities", "write of: [latitude, longitude]")
    if km <= 0 or not -90 <= place[0] <= 90 or not -180 <= place[1] <= 180:
        raise Misread("out-of-range", "the distance or the coordinates cannot be", "write e.g. of: [53.55, 9.99]")
    return Near(scope.catalogue.set_of(NEAR_SIGNALS), place[0], place[1], km, sentence)


def _written(raw: Any) -> str:
    """An operand as the editor wrote it."""
    if isinstance(raw, list):
        return ", ".join(_written(one) for one in raw)
    if isinstance(raw, dict):
        return " ".join(f"{key} {_written(value)}" for key, value in raw.items())
    return str(raw)
