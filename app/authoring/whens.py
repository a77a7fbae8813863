"""`when:` to conditions: names, combinators and signals, as they stand in each other.

All mistakes are collected with their places; what could not be read is left out, so that one mistake does not hide the
next. A named condition is read once for each place that names it, in the file where it stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from app.authoring.clauses import read_clauses
from app.authoring.grammar import ALSO_CALLED, COMBINATORS, COMBINED_ELSEWHERE, SIGNS, WORDS
from app.authoring.scope import DEEPEST, LARGEST, TOO_LARGE, Named, Scope
from app.authoring.suggest import closest, did_you_mean
from app.authoring.vocabulary import is_later
from app.authoring.yamlsource import Path
from app.engine.conditions import Any as AnyOf, Condition, Not, every, ordered
from app.engine.phases import PHASE_SIGNAL
from app.engine.readings import fold
from app.engine.rules import RULE
from app.engine.signals import Catalogue, Kind

_ALWAYS: Final = frozenset({"always", "true", "yes", "immer"})
DECLARED: Final = {
    "count": "declare the event under events: in rules/events.yaml",
    "first": "declare the event under events: in rules/events.yaml",
    "last": "declare the event under events: in rules/events.yaml",
    "list": "declare it under lists: in {campaign}",
    "offer": "write first: into that rule of {campaign}",
    "param": "declare it under params: in {placeholder}",
    "recipient": "declare it under attributes: in rules/recipients.yaml",
    "shown": "the name behind it is that of a file in rules/",
    "split": "declare it under splits: in {campaign}",
}
"""Families of signals that a site declares itself, and where."""


def read_when(raw: Any, path: Path, scope: Scope) -> Condition | None:
    """A condition, or None where nothing of it could be read (then a problem says why)."""
    scope.noted.size = 0
    found = _condition(raw, path, scope)
    if not scope.noted.is_too_large:
        return found
    message = f"with all its names written out, this condition is made of more than {LARGEST:,}"
    scope.too_much(path, TOO_LARGE, message, "one_of: [...] asks for many values in one clause")
    return None


def read_named(name: str, scope: Scope) -> None:
    """Read the condition of that name for its mistakes alone."""
    named = scope.conditions[name]
    read_when(named.raw, named.path, replace(scope, source=named.source, within=(name,)))


def _condition(raw: Any, path: Path, scope: Scope) -> Condition | None:
    if scope.depth > DEEPEST:
        message = f"conditions stand in each other more than {DEEPEST} deep here"
        scope.too_much(path, "too-deep", message, "write fewer names in names, fewer all: in any:")
        return None
    scope.noted.size += 1
    if scope.noted.is_too_large:
        return None
    if isinstance(raw, str):
        return _named(raw, path, scope)
    if isinstance(raw, list):
        message = "a list does not say whether all or any must hold"
        scope.wrong(path, "condition-shape", message, "write all: [...] or any: [...]")
        return None
    if not isinstance(raw, dict) or not raw:
        scope.wrong(path, "condition-shape", "a condition is a name, or a mapping", "write it like geo.country: DE")
        return None
    inner = replace(scope, depth=scope.depth + 1)
    found = [condition for key, value in raw.items() for condition in _entry(key, value, (*path, key), inner)]
    return every(found) if found else None


def _named(name: str, path: Path, scope: Scope) -> Condition | None:
    scope.noted.used.add(name)
    named = scope.conditions.get(name)
    if named is None and scope.unread.may_have("conditions", name):
        return None
    if named is None:
        scope.wrong(path, "unknown-condition", f"there is no condition named “{name}”", _instead(name, scope))
        return None
    if name in scope.within:
        _tell_circle(name, path, scope)
        return None
    inside = replace(scope, source=named.source, within=(*scope.within, name), depth=scope.depth + 1)
    return _condition(named.raw, named.path, inside)


def _instead(name: str, scope: Scope) -> str:
    """What may have been meant by a condition that there is not."""
    if name.lower() in _ALWAYS:
        return "without when: a rule always fires"
    if name in scope.catalogue:
        return f"a signal wants a value, as in {{{name}: …}}"
    first, _, rest = name.partition(" ")
    if first in scope.catalogue:
        sign, _, operand = rest.strip().partition(" ")
        word = SIGNS.get(sign) or ALSO_CALLED.get(sign) or (sign if sign in WORDS else "")
        return f"write {first}: {{{word}: {operand.strip()}}}" if word else f"write {first}: {rest.strip()}"
    meant = did_you_mean(name, scope.conditions, else_say="conditions here are")
    return meant or "name one under conditions:, or write a signal with its value, as in geo.country: DE"


def _tell_circle(name: str, path: Path, scope: Scope) -> None:
    circle = scope.within[scope.within.index(name) :]
    if frozenset(circle) not in scope.noted.circles:
        scope.noted.circles.add(frozenset(circle))
        message = f"the condition “{name}” is made of itself: {' → '.join((*circle, name))}"
        scope.wrong(path, "cycle", message, "take one of them out")


def _entry(key: str, value: Any, path: Path, scope: Scope) -> list[Condition]:
    """The conditions that one key with its value stands for."""
    if key in ("all", "any"):
        return _combined(key, value, path, scope)
    if key == "not":
        inner = _condition(value, path, scope)
        return [] if inner is None else [Not(inner)]
    signal = scope.catalogue.get(key)
    if scope.table and not is_field(key, path, scope):
        return []
    if signal is None and is_later(key):
        scope.wrong(path, "not-in-this-release", f"“{key}” is not in this release", "leave it out for now", key=True)
        return []
    if signal is None and scope.unread.may_have_signal(key):
        return []
    if key == PHASE_SIGNAL and signal is not None and signal.kind is Kind.CHOICE and not signal.choices:
        scope.wrong(path, "unknown-signal", "this campaign has no phases", "name them under phases:", key=True)
        return []
    if signal is None or key == RULE:
        scope.wrong(path, "unknown-signal", f"there is no signal “{key}”", _meant(key, value, scope), key=True)
        return []
    clauses = read_clauses(signal, value, path, scope)
    scope.noted.size += len(clauses)
    return clauses


def is_field(name: str, path: Path, scope: Scope) -> bool:
    """Whether the items that are asked have a field; a problem says that they have not, at its key."""
    if name not in scope.catalogue and not scope.unread.may_have("fields", name):
        remedy = did_you_mean(name, scope.catalogue, else_say="fields are")
        scope.wrong(path, "unknown-field", f"the items of {scope.table} have no field “{name}”", remedy, key=True)
    return name in scope.catalogue


def _combined(word: str, value: Any, path: Path, scope: Scope) -> list[Condition]:
    if isinstance(value, dict):
        value, places = [value], [path]
    elif isinstance(value, list) and value:
        places = [(*path, index) for index in range(len(value))]
    else:
        scope.wrong(path, "condition-shape", f"{word}: wants a list of conditions", f"write {word}: [first, second]")
        return []
    found = [_condition(one, place, scope) for one, place in zip(value, places, strict=True)]
    read = [condition for condition in found if condition is not None]
    if not read:
        return []
    return [every(read) if word == "all" else AnyOf(ordered(read))]


def _meant(key: str, value: Any, scope: Scope) -> str:
    """What may have been meant by a signal that there is not."""
    if combinator := COMBINED_ELSEWHERE.get(key.lower()):
        return f"here it is called {combinator}"
    if key == RULE:
        return "the rule that wins is known only in link_params"
    if key in scope.conditions:
        return f"a name stands alone, without a value: {key}, or all: [{key}, …]"
    family = key.split(".", maxsplit=1)[0]
    known = [name for name in scope.catalogue if name != RULE]
    if family == key and (written := _within(key, value, scope.catalogue)):
        return f"write {written}"
    if family in DECLARED:
        own = {name.split(".", 1)[1]: name for name in known if name.startswith(f"{family}.")}
        meant = closest(key.partition(".")[2], own)
        where = DECLARED[family].format(placeholder=scope.placeholder, campaign=scope.campaign)
        return f"did you mean “{own[meant]}”?" if meant else where
    there = _family(key, scope.catalogue)
    return (not there and did_you_mean(key, (*known, *COMBINATORS))) or _instead_of_family(family, scope.catalogue)


def _within(family: str, value: Any, catalogue: Catalogue) -> str:
    """A signal for its family alone: the one that a mapping behind it names, or that can have the value."""
    there = _family(family, catalogue)
    if isinstance(value, dict) and value:
        inner, asked = next(iter(value.items()))
        name = closest(inner, there)
        return f"{family}.{name}: {asked if isinstance(asked, str) else '…'}" if name else ""
    if not isinstance(value, str):
        return ""
    names = (f"{family}.{name}" for name in there)
    fitting = (name for name in names if fold(value) in map(fold, catalogue[name].choices))
    return next((f"{name}: {value}" for name in fitting), "")


def _family(family: str, catalogue: Catalogue) -> list[str]:
    """What there is behind a first word."""
    return [name.partition(".")[2] for name in catalogue if name.startswith(f"{family}.")]


def _instead_of_family(family: str, catalogue: Catalogue) -> str:
    """What there is under the same first word, else the first words there are."""
    if there := _family(family, catalogue):
        return f"{family}.* has {', '.join(there)}"
    return f"signals begin with {', '.join(dict.fromkeys(name.split('.')[0] for name in catalogue))}"


__all__ = ["Named", "Scope", "read_named", "read_when"]
