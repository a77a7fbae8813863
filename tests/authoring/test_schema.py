"""The JSON Schema: whatever `check` accepts is valid, and plain slips are marked while people type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from app.authoring import schema
from app.authoring.grammar import OPERATORS, Asking
from app.authoring.yamlsource import Source, read
from app.engine.rules import RULE
from app.engine.signals import CATALOGUE, Signal
from app.render.layers import LAYERS
from tests.authoring.conftest import ROOT
from tests.authoring.sites import GOOD_SITE
from tests.authoring.test_mistakes import FINE, MISTAKES, expected, remarks

SCHEMAS = schema.schemas(CATALOGUE, LAYERS)
VALIDATORS = {name: Draft7Validator(one) for name, one in SCHEMAS.items()}
SITES = (ROOT, GOOD_SITE, ROOT / "app" / "workshop" / "starter")
FILES = [
    path
    for site in SITES
    for part in ("placeholders", "rules", "rules/feeds")
    for path in sorted((site / part).glob("*.yaml"))
]

MARKED = {
    "list-of-values",
    "missing-key",
    "not-a-list",
    "not-a-mapping",
    "not-a-percentage",
    "not-in-this-release",
    "operator-mismatch",
    "unknown-key",
    "unknown-operator",
    "unknown-signal",
}
"""Codes of slips that the schema knows enough to mark."""

EXCUSED = {
    "age_of_an_answer_that_is_always_given": "max_age may stand beside any operator",
    "attribute_nobody_declares": "attributes are declared in another file",
    "choice_without_choices": "whether choices must stand there follows from the type",
    "click_without_gone": "whether gone must stand there follows from click",
    "condition_of_the_site_with_an_unknown_parameter": "parameters are declared in another file",
    "event_field_of_choices_without_choices": "whether choices must stand there follows from the type",
    "example_of_an_item_without_its_name": "which field names an item is declared in another file",
    "event_nobody_declares": "events are declared in another file",
    "feed_in_a_text_later": "what a text reads is not looked into",
    "list_field_without_its_feed": "whether of must stand there follows from the type",
    "list_that_nobody_declares": "which lists there are follows from another key",
    "list_where_nothing_fits": "the kinds of an item's fields are declared in another file",
    "field_no_event_has": "events are declared in another file",
    "language_from_a_parameter_nobody_has": "parameters are declared in another file",
    "parameter_nobody_declares": "parameters are declared in another file",
    "shown_of_a_campaign_that_is_not_there": "each campaign is a file of its own",
    "phase_without_phases": "whether there are phases follows from another key",
}
"""Mistakes with such a code that it cannot know, and why."""


def kind_of(place: str) -> str:
    """The schema that goes with a file."""
    if place.startswith("placeholders/"):
        return "placeholder"
    if "feeds/" in place:
        return "feed"
    return {f"rules/{name}.yaml": name for name in ("site", "recipients", "events")}.get(place, "rules")


def as_tools_see_it(source: Source) -> Any:
    """The values as an editor's tools read them: numbers and truth values are none of our texts, unless quoted."""
    return _typed(source, source.value, ())


def _typed(source: Source, value: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _typed(source, one, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [_typed(source, one, (*path, place)) for place, one in enumerate(value)]
    if not isinstance(value, str) or source.place(path).quoted:
        return value
    if re.fullmatch("true|True|TRUE|false|False|FALSE", value):
        return value.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", value):
        return int(value)
    return float(value) if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", value) else value


def slips(kind: str, value: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in VALIDATORS[kind].iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_draft_7_schema_that_names_itself(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert SCHEMAS[name]["title"] == f"onopen: {name}"


def test_the_committed_files_are_up_to_date() -> None:
    assert schema.stale(ROOT / ".schema", CATALOGUE, LAYERS) == [], "write them anew with: onopen schema .schema"


def test_a_file_that_is_missing_or_changed_is_stale(tmp_path: Path) -> None:
    paths = schema.write(tmp_path / "new", CATALOGUE, LAYERS)
    assert [path.name for path in paths] == [f"{name}.schema.json" for name in SCHEMAS]
    assert schema.stale(tmp_path / "new", CATALOGUE, LAYERS) == []
    paths[0].write_text("{}", encoding="utf-8")
    paths[1].unlink()
    paths[2].write_bytes(b"\xff")
    assert schema.stale(tmp_path / "new", CATALOGUE, LAYERS) == [path.name for path in paths[:3]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_file_of_a_good_site_is_valid_as_text_and_as_tools_see_it(path: Path) -> None:
    source = read(path.read_bytes(), file=path.name)
    kind = kind_of(f"{path.parent.name}/{path.name}")
    assert slips(kind, source.value) == []
    assert slips(kind, as_tools_see_it(source)) == []


@pytest.mark.parametrize("fixture", FINE, ids=lambda path: path.stem)
def test_what_only_looks_wrong_is_valid(fixture: Path) -> None:
    source = read(fixture.read_bytes(), file=fixture.name)
    assert slips(kind_of(remarks(fixture, "file")[0]), as_tools_see_it(source)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_files_name_the_schema_they_are_written_by(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    kind = kind_of(f"{path.parent.name}/{path.name}")
    up = "../../" if kind == "feed" else "../"
    assert first == f"# yaml-language-server: $schema={up}.schema/{kind}.schema.json"


def marked() -> list[Path]:
    return [
        fixture
        for fixture in MISTAKES
        if fixture.stem not in EXCUSED
        and {one.code for one in expected(fixture, "")} <= MARKED
        and not read(fixture.read_bytes(), file="").problems
    ]


@pytest.mark.parametrize("fixture", marked(), ids=lambda path: path.stem)
def test_plain_slips_are_marked(fixture: Path) -> None:
    source = read(fixture.read_bytes(), file=fixture.name)
    kind = kind_of(remarks(fixture, "file")[0])
    assert slips(kind, as_tools_see_it(source)), source.value


def test_enough_slips_are_marked_to_be_worth_it() -> None:
    assert len(marked()) > 30


def condition(when: Any) -> list[str]:
    return slips("rules", {"placeholder": "hero", "rules": [{"name": "a", "when": when}]})


SAMPLES: dict[str, Any] = {
    "number": 3,
    "boolean": True,
    "clock": "18:00",
    "date": "2026-12-24",
    "duration": "45m",
    "moment": "2026-12-24 18:00",
}


def sample(signal: Signal) -> Any:
    return signal.choices[0] if signal.choices else SAMPLES.get(signal.kind.value, "Hamburg")


def taken(asking: Asking, signal: Signal) -> Any:
    value = sample(signal)
    behind = {
        "values": [value, value],
        "range": {"from": value, "to": value},
        "truth": True,
        "duration": "45m",
        "days": {"from": -3, "to": 6},
        "place": {"km": 30, "of": [53.55, 9.99]},
    }
    return behind.get(asking.takes, value)


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name != RULE])
def test_every_signal_takes_just_the_operators_that_fit_it(name: str) -> None:
    signal = CATALOGUE[name]
    for word, asking in OPERATORS.items():
        found = condition({name: {word: taken(asking, signal), "max_age": "45m"}})
        assert bool(found) != asking.fits(signal), (word, found)
    assert bool(condition({name: sample(signal)})) != OPERATORS["is"].fits(signal)


@pytest.mark.parametrize(
    "when",
    [
        "wet",
        {"all": ["wet", {"time.daypart": "evening"}, {"not": "late"}]},
        {"any": {"geo.country": "DE", "param.lang": "de"}},
        {"not": {"recipient.tier": {"one_of": ["gold", "platinum"]}}},
        {"split.tone": "warm", "phase": {"is_not": "over"}},
        {"geo.city": {"within": {"km": "30", "of": "Hamburg"}}, "geo.postal_code": 20095},
        {"weather.temperature": {"between": {"from": "-5", "to": 25.5}, "max_age": "1h30m"}},
    ],
)
def test_conditions_may_stand_in_each_other(when: Any) -> None:
    assert condition(when) == []


@pytest.mark.parametrize(
    "when",
    [
        ["wet", "late"],
        {},
        {"all": []},
        {"all": "wet"},
        {"nearly": ["wet"]},
        {"weather.temprature": 3},
        {"weather.condition": "sunny"},
        {"weather.condition": ["rain", "snow"]},
        {"weather.temperature": {"bellow": 3}},
        {"weather.temperature": "cold"},
        {"time.is_weekend": "yes"},
        {"time.clock": {"at_least": "5pm"}},
        {"geo.city": {"within": {"km": 30}}},
        {"weather.temperature": {"between": [3, 4]}},
        {"all": [{"not": {"any": [{"geo.contry": "DE"}]}}]},
        {"open.rule": "evening"},
    ],
)
def test_a_slip_is_marked_however_deep_it_stands(when: Any) -> None:
    assert condition(when)


def test_every_key_signal_and_operator_carries_its_sentence() -> None:
    definition = SCHEMAS["rules"]["definitions"]["asking"]["properties"]
    for name in CATALOGUE:
        if name != RULE:
            assert CATALOGUE[name].sentence in definition[name]["description"]
    layer = SCHEMAS["placeholder"]["definitions"]["layer-text"]
    assert LAYERS["text"].sentence in layer["description"]
    for owner in (SCHEMAS["site"], SCHEMAS["placeholder"], SCHEMAS["rules"], layer):
        for name, one in owner["properties"].items():
            assert "description" in one or "$ref" in str(one), name  # what is referred to describes itself
