"""Layers: what an editor wrote, built from the classes of another room, and what is wrong said at its key."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

import pytest

from app.authoring.documents.layers import layer_from, written_model
from app.authoring.problems import Problems
from app.authoring.yamlsource import read


def codes(problems: Problems) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in problems]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """A layer of another room, for these tests."""

    box: tuple[float, float, float, float] = dataclasses.field(metadata={"sentence": "Where it stands."})
    text: str | dict[str, str] | None = None
    side: Literal["left", "right"] = "left"
    size: float = 16.0
    steps: int = 4
    shadow: bool = False
    ink: str = "#000000"

    def __post_init__(self) -> None:
        if not 4 <= self.size <= 400:
            raise ValueError(f"size {self.size:g} cannot be read; write a size between 4 and 400")
        if not self.ink.startswith("#"):
            raise ValueError(f"{self.ink!r} is no colour; write it like #000000")


def dial(body: str) -> tuple[Dial | None, Problems]:
    source, problems = read(f"layers:\n  - dial: {body}\n", file="placeholders/hero.yaml"), Problems()
    raw: Mapping[str, Any] = source.at(("layers", 0))
    return layer_from(raw, ("layers", 0), {"dial": Dial}, problems, source), problems


def test_a_layer_is_built_from_its_class_and_typed_by_its_annotations() -> None:
    layer, problems = dial('{box: [0, 0, 60, "30"], text: {de: eins, en: one}, size: 12.5, steps: 6, shadow: true}')
    assert not problems
    assert layer == Dial(box=(0, 0, 60, 30), text={"de": "eins", "en": "one"}, size=12.5, steps=6, shadow=True)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{box: [0, 0, 60, 30], size: 36px}", ("not-a-number", 2, 39)),
        ("{box: [0, 0, 60, 30], steps: 2.5}", ("not-a-number", 2, 40)),
        ("{box: [0, 0, 60, 30], shadow: yes}", ("not-a-boolean", 2, 41)),
        ("{box: [0, 0, 60, 30], side: lft}", ("unknown-choice", 2, 39)),
        ("{box: [0, 0, 60, 30], sise: 12}", ("unknown-key", 2, 33)),
        ("{box: [0, 0, 60]}", ("wrong-count", 2, 17)),
        ("{size: 12}", ("missing-key", 2, 5)),
        ("{box: [0, 0, 60, 30], size: 1000}", ("bad-layer", 2, 39)),
        ("{box: [0, 0, 60, 30], ink: red}", ("bad-layer", 2, 38)),
    ],
)
def test_what_is_wrong_with_a_layer_is_said_at_its_key(body: str, found: tuple[str, int, int]) -> None:
    layer, problems = dial(body)
    assert layer is None
    assert codes(problems) == [found]


def test_the_written_form_of_a_layer_describes_itself() -> None:
    schema = written_model(Dial).model_json_schema()
    assert schema["properties"]["box"]["description"] == "Where it stands."
    assert schema["required"] == ["box"]
    assert schema["additionalProperties"] is False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Something with keys of its own inside a layer."""

    long: float = 1.0

    def __post_init__(self) -> None:
        if self.long < 0:
            raise ValueError(f"long {self.long:g} cannot be; write 0")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A layer with such things by name."""

    hands: dict[str, Hand] = dataclasses.field(default_factory=dict)


def watch(body: str) -> tuple[Watch | None, Problems]:
    source, problems = read(f"layers:\n  - watch: {body}\n", file="placeholders/hero.yaml"), Problems()
    return layer_from(source.at(("layers", 0)), ("layers", 0), {"watch": Watch}, problems, source), problems


def test_a_class_inside_a_layer_is_read_in_the_same_way() -> None:
    assert watch("{hands: {hour: {long: 2}, minute: {}}}")[0] == Watch(hands={"hour": Hand(long=2), "minute": Hand()})


@pytest.mark.parametrize(
    ("hour", "code", "column"),
    [("{lon: 2}", "unknown-key", 28), ("{long: far}", "not-a-number", 34), ("{long: -1}", "bad-layer", 27)],
)
def test_a_mistake_inside_it_is_told_at_its_place(hour: str, code: str, column: int) -> None:
    layer, problems = watch(f"{{hands: {{hour: {hour}}}}}")
    assert layer is None and codes(problems) == [(code, 2, column)], problems.render()
