"""The compiled judge in its parts: the fast lane, the shapes, the shelves; each as small as it is promised to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from app.engine import shapes, shelves
from app.engine.conditions import ALWAYS, Any as AnyOf, Condition, every
from app.engine.judge import CompiledJudge, Judgement, PlainJudge, unpack
from app.engine.lane import LONGEST, lane
from app.engine.moving import InClockRange
from app.engine.operators import Below, Contains, Is, OneOf, StartsWith
from app.engine.readings import EMPTY, FOREVER, Reading, Why
from app.engine.shapes import Slots
from app.engine.shelves import Shelves
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, MUNICH, asks, clause, moving
from tests.support.engine_tables import NOON, table

BITS = CATALOGUE_OF_TESTS.bits
GERMAN, FRENCH = clause("geo.country", Is("de")), clause("geo.country", Is("fr"))
COLD = clause("weather.temperature", Below(15))
EVENING = moving("time.clock", InClockRange(18 * 3600, 22 * 3600))
KNOWN = {"geo.country": "DE", "weather.temperature": 3.0, "time.clock": 12 * 3600}
LISTS: list[list[Condition]] = [
    [every([GERMAN, COLD])],
    [FRENCH, EVENING, COLD],
    [AnyOf((FRENCH, COLD)), ALWAYS],
    [clause("geo.city", StartsWith("mon")), clause("geo.country", StartsWith("d")), ALWAYS],
    [clause("geo.country", Contains("x")), asks("param.code", "known", True), ALWAYS],
    [],
]
TABLES: list[dict[str, Any]] = [
    KNOWN | {"geo.city": MUNICH, "param.code": "a"},
    KNOWN | {"geo.city": MUNICH, "param.code": EMPTY, "weather.temperature": Why.NO_PLACE},
    KNOWN | {"geo.city": Why.TOO_COARSE, "param.code": Why.NOT_IN_URL, "geo.country": EMPTY},
    {},
]


@pytest.mark.parametrize("conditions", LISTS)
@pytest.mark.parametrize("values", TABLES)
@pytest.mark.parametrize("lane_up_to", [0, LONGEST])
def test_it_says_what_the_plain_judge_says(
    conditions: list[Condition], values: dict[str, Any], lane_up_to: int
) -> None:
    compiled = CompiledJudge(conditions, CATALOGUE_OF_TESTS, lane_up_to=lane_up_to)
    for until in (FOREVER, NOON + 60):
        facts = table(values, until=until)
        said, meant = compiled.judge(facts), PlainJudge(conditions).judge(facts)
        assert said == (meant if not meant.wants else meant._replace(reads=said.reads))


def answer_of(conditions: Sequence[Condition], values: dict[str, Any]) -> Judgement | None:
    return lane(conditions, CATALOGUE_OF_TESTS, Judgement)(table(values))


def test_the_fast_lane_answers_where_everything_is_known() -> None:
    assert answer_of([FRENCH, COLD], KNOWN) == Judgement(1, FOREVER, GERMAN.bit | COLD.bit)
    assert answer_of([FRENCH], KNOWN) == Judgement(-1, FOREVER, FRENCH.bit)


@pytest.mark.parametrize("value", [EMPTY, Why.HIDDEN_BY_PROXY, None])
def test_the_fast_lane_gives_up_where_anything_is_not(value: Any) -> None:
    told = {name: one for name, one in (KNOWN | {"weather.temperature": value}).items() if one is not None}
    assert answer_of([GERMAN, COLD], told) is None


def test_the_fast_lane_gives_up_on_a_rule_in_doubt() -> None:
    assert answer_of([asks("param.code", "empty", True)], {"param.code": Why.NOT_IN_URL}) is None


def test_a_long_list_has_no_fast_lane_and_says_the_same() -> None:
    conditions = [FRENCH] * LONGEST + [GERMAN]
    assert CompiledJudge(conditions, CATALOGUE_OF_TESTS).judge(table(KNOWN)) == Judgement(LONGEST, FOREVER, GERMAN.bit)


def test_rules_of_one_shape_share_one_generated_function() -> None:
    shapes._factory.cache_clear()
    CompiledJudge([every([clause("geo.country", Is(f"c{n}")), COLD]) for n in range(500)], CATALOGUE_OF_TESTS)
    assert shapes._factory.cache_info().currsize == 1


def test_what_an_editor_wrote_never_becomes_source() -> None:
    nasty = '"); raise systemexit("'
    conditions = [clause("param.code", Is(nasty)), clause("param.code", Contains(nasty))]
    for lane_up_to in (0, LONGEST):
        judge = CompiledJudge(conditions, CATALOGUE_OF_TESTS, lane_up_to=lane_up_to)
        assert judge.judge(table({"param.code": nasty})).winner == 0


def on_the_shelf(conditions: Sequence[Condition], values: dict[str, Any], **more: Any) -> tuple[tuple[int, ...], int]:
    slots = Slots.of(conditions, CATALOGUE_OF_TESTS)
    shelf = Shelves.of(conditions, slots).shelf(unpack(table(values, **more), slots))
    return shelf.places, shelf.skipped_before(len(conditions))


def test_rules_that_an_equality_rules_out_for_ever_are_not_asked_but_leave_evidence() -> None:
    assert on_the_shelf([FRENCH, GERMAN, COLD], KNOWN) == ((1, 2), BITS["geo.country"])


def test_a_value_that_will_end_rules_nothing_out() -> None:
    assert on_the_shelf([FRENCH, GERMAN, COLD], KNOWN, until=NOON + 60) == ((0, 1, 2), 0)


@pytest.mark.parametrize("country", [Why.NOT_LOCATED, None])
def test_an_unknown_or_pending_value_rules_nothing_out(country: Any) -> None:
    told = {"geo.country": country} if country is not None else {}
    assert on_the_shelf([FRENCH, GERMAN], told) == ((0, 1), 0)


def test_an_empty_value_equals_nothing() -> None:
    assert on_the_shelf([clause("param.code", Is("x")), COLD], {"param.code": EMPTY, "weather.temperature": 3.0}) == (
        (1,),
        BITS["param.code"],
    )


def test_a_name_is_found_under_each_of_its_spellings() -> None:
    conditions: list[Condition] = [
        clause("geo.city", Is("munich")),
        clause("geo.city", OneOf(frozenset({"rom", "monaco di baviera"}))),
        clause("geo.city", Is("hamburg")),
    ]
    assert on_the_shelf(conditions, {"geo.city": MUNICH}) == ((0, 1), BITS["geo.city"])


def test_evidence_is_left_only_by_rules_before_the_winner() -> None:
    slots = Slots.of([GERMAN, FRENCH], CATALOGUE_OF_TESTS)
    shelf = Shelves.of([GERMAN, FRENCH], slots).shelf(unpack(table(KNOWN), slots))
    assert (shelf.skipped_before(1), shelf.skipped_before(2)) == (0, FRENCH.bit)


def test_shelves_remember_within_a_bound() -> None:
    conditions = [clause("param.code", Is("x")), *[COLD] * 1000]
    slots = Slots.of(conditions, CATALOGUE_OF_TESTS)
    index = Shelves.of(conditions, slots)
    for number in range(3 * shelves.REMEMBERED // 1000):
        index.shelf(unpack(table({"param.code": f"code {number}"}), slots))
    assert sum(len(shelf.places) for shelf in index._remembered.values()) <= shelves.REMEMBERED


def test_many_rules_cost_one_look_at_a_shelf() -> None:
    conditions = [clause("param.code", Is(f"shop {n}")) for n in range(5_000)]
    places, read = on_the_shelf(conditions, {"param.code": "Shop 4711"})
    assert (places, read) == ((4711,), BITS["param.code"])


def test_cells_are_unpacked_as_state_value_and_horizon() -> None:
    slots = Slots.of([GERMAN, COLD], CATALOGUE_OF_TESTS)
    told = {"geo.country": Reading("geo.country", " De", NOON, NOON + 5)}
    assert unpack(table(told), slots) == [0, "de", NOON + 5, 3, None, FOREVER]
