"""Every operator on values that stand still: what it says, to whom, and that its source says the same."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from app.engine.operators import (
    NEGATIONS,
    VALUE_OPERATORS,
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Contains,
    Is,
    IsNot,
    NoneOf,
    OneOf,
    Operator,
    StartsWith,
    comparable,
)
from app.engine.readings import Name
from app.engine.signals import Kind

MUNICH = Name("München", also=("Munich", "Monaco di Baviera"))
GERMAN = frozenset({"de", "at"})

SAYS: list[tuple[Operator, Kind, Any, bool]] = [
    (Is("de"), Kind.TEXT, "DE", True),
    (Is("de"), Kind.TEXT, " De ", True),
    (Is("de"), Kind.TEXT, "AT", False),
    (Is("munich"), Kind.NAME, MUNICH, True),
    (Is("münchen"), Kind.NAME, MUNICH, True),
    (Is("monaco"), Kind.NAME, MUNICH, False),
    (Is("hamburg"), Kind.NAME, "Hamburg", True),
    (Is(5), Kind.NUMBER, 5.0, True),
    (Is(True), Kind.BOOLEAN, True, True),
    (Is(date(2026, 11, 27)), Kind.DATE, date(2026, 11, 28), False),
    (IsNot("de"), Kind.TEXT, "AT", True),
    (IsNot("munich"), Kind.NAME, MUNICH, False),
    (IsNot("hamburg"), Kind.NAME, MUNICH, True),
    (OneOf(GERMAN), Kind.TEXT, "AT", True),
    (OneOf(GERMAN), Kind.TEXT, "CH", False),
    (OneOf(frozenset({"munich", "rom"})), Kind.NAME, MUNICH, True),
    (NoneOf(GERMAN), Kind.TEXT, "CH", True),
    (NoneOf(GERMAN), Kind.TEXT, "DE", False),
    (NoneOf(frozenset({"munich", "rom"})), Kind.NAME, MUNICH, False),
    (AtLeast(10), Kind.NUMBER, 10, True),
    (AtLeast(10), Kind.NUMBER, 9.9, False),
    (AtMost(10), Kind.NUMBER, 10, True),
    (AtMost(10), Kind.NUMBER, 10.1, False),
    (Above(10), Kind.NUMBER, 10, False),
    (Above(10), Kind.NUMBER, 10.1, True),
    (Below(10), Kind.NUMBER, 10, False),
    (Below(10), Kind.NUMBER, 9.9, True),
    (Below(date(2026, 1, 1)), Kind.DATE, date(2025, 12, 31), True),
    (AtLeast(600.0), Kind.DURATION, 599.0, False),
    (Between((15, 25)), Kind.NUMBER, 15, True),
    (Between((15, 25)), Kind.NUMBER, 25, True),
    (Between((15, 25)), Kind.NUMBER, 25.01, False),
    (StartsWith("20"), Kind.TEXT, "20095", True),
    (StartsWith("20"), Kind.TEXT, "12043", False),
    (StartsWith("monaco"), Kind.NAME, MUNICH, True),
    (Contains("outlook"), Kind.TEXT, "Microsoft Outlook 16", True),
    (Contains("nch"), Kind.NAME, MUNICH, True),
    (Contains("ham"), Kind.NAME, MUNICH, False),
]


def spoken(case: tuple[Operator, Kind, Any, bool]) -> str:
    operator, kind, value, says = case
    operand: Any = getattr(operator, "operand", "")
    written = " ".join(sorted(operand)) if isinstance(operand, frozenset) else operand
    return f"{kind.value} {value!s} {operator.word} {written}: {'yes' if says else 'no'}"


@pytest.mark.parametrize(("operator", "kind", "value", "says"), SAYS, ids=[spoken(case) for case in SAYS])
def test_an_operator_says(operator: Operator, kind: Kind, value: Any, says: bool) -> None:
    assert operator.test(comparable(kind, value)) is says


@pytest.mark.parametrize(("operator", "kind", "value", "says"), SAYS, ids=[spoken(case) for case in SAYS])
def test_its_source_says_the_same(operator: Operator, kind: Kind, value: Any, says: bool) -> None:
    source = operator.source(kind)
    if source is not None:
        names = {"v": comparable(kind, value), "c": getattr(operator, "operand", None)}
        assert set(re.findall(r"\b[a-z]\b", source)) <= {"v", "c"}
        assert eval(source, {}, names) is says


@pytest.mark.parametrize("operator", VALUE_OPERATORS, ids=lambda operator: operator.word)
def test_every_operator_explains_itself(operator: type[Operator]) -> None:
    assert operator.sentence.endswith(".")
    assert re.fullmatch(rf"[a-z_.]+: \{{{operator.word}: .+\}}", operator.example)
    assert operator.kinds


def test_the_words_are_those_of_the_language() -> None:
    words = "is is_not one_of none_of at_least at_most above below between starts_with contains"
    assert [operator.word for operator in VALUE_OPERATORS] == words.split()


def test_only_negations_say_yes_to_an_empty_value() -> None:
    assert {IsNot, NoneOf} == NEGATIONS
