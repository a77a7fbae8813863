"""Clauses and their combinations: empty, unknown, pending, old; schedules, distances; what is read, in which order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from app.engine.conditions import ALWAYS, All, Any as AnyOf, Condition, Not, every, ordered
from app.engine.moving import Age, InClockRange, InMomentRange, Moment
from app.engine.operators import Below, Is, IsNot, NoneOf, OneOf
from app.engine.readings import EMPTY, FOREVER, Reading, Why
from app.engine.verdicts import NO, PENDING, UNKNOWN, YES
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, asks, clause, moving, near, window
from tests.support.engine_tables import NOON, table, zone

COLD = clause("weather.temperature", Below(15))
GERMAN = clause("geo.country", Is("de"))
EVENING = moving("time.clock", InClockRange(18 * 3600, 22 * 3600))
LONG_AGO = moving("recipient.joined", Age(older=True, seconds=3600.0))
HIDDEN = Why.HIDDEN_BY_PROXY


def truth(condition: Condition, values: dict[str, Any], **more: Any) -> int:
    return condition.judge(table(values, **more)).truth


@pytest.mark.parametrize(
    "condition", [COLD, GERMAN, EVENING, LONG_AGO, asks("geo.city", "known", True), near(48, 11, 9)]
)
def test_a_clause_nobody_told_about_is_pending_and_wants_its_signals(condition: Condition) -> None:
    verdict = condition.judge(table({}))
    assert verdict.truth == PENDING
    assert CATALOGUE_OF_TESTS.names_in(verdict.wants) == tuple(condition.signals())


@pytest.mark.parametrize(
    "condition",
    [COLD, Not(COLD), clause("weather.temperature", IsNot(3)), asks("weather.temperature", "empty", True)],
    ids=["below", "not below", "is_not", "empty"],
)
def test_what_compares_with_an_unknown_is_unknown_and_not_leaves_it_so(condition: Condition) -> None:
    assert truth(condition, {"weather.temperature": HIDDEN}) == UNKNOWN


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (clause("param.code", Is("winter")), NO),
        (clause("param.code", OneOf(frozenset({"winter"}))), NO),
        (Not(clause("param.code", Is("winter"))), YES),
        (clause("param.code", IsNot("winter")), YES),
        (clause("param.code", NoneOf(frozenset({"winter"}))), YES),
        (clause("param.code", Is("")), NO),
        (asks("param.code", "empty", True), YES),
        (asks("param.code", "known", True), YES),
    ],
    ids=lambda value: getattr(value, "sentence", None),
)
def test_what_compares_with_an_empty_value_is_no_so_its_negation_is_yes(condition: Condition, says: int) -> None:
    assert truth(condition, {"param.code": EMPTY}) == says


def test_a_moving_clause_says_no_to_an_empty_value() -> None:
    assert truth(LONG_AGO, {"recipient.joined": EMPTY}) == NO


@pytest.mark.parametrize(("value", "known", "empty"), [("x", YES, NO), (EMPTY, YES, YES), (HIDDEN, NO, UNKNOWN)])
def test_known_always_answers_and_empty_needs_an_answer(value: Any, known: int, empty: int) -> None:
    assert truth(asks("param.code", "known", True), {"param.code": value}) == known
    assert truth(asks("param.code", "empty", True), {"param.code": value}) == empty


def test_a_clause_holds_as_long_as_its_reading() -> None:
    assert COLD.judge(table({"weather.temperature": 3.0}, until=NOON + 900)).until == NOON + 900


def test_a_reading_older_than_max_age_is_unknown_and_a_younger_one_ends_when_it_gets_there() -> None:
    recent = clause("weather.temperature", Below(15), max_age=2700.0)
    assert recent.judge(table({"weather.temperature": 3.0}, age=1000)) == (YES, NOON + 1700, recent.bit, 0)
    assert truth(recent, {"weather.temperature": 3.0}, age=2699) == YES
    assert truth(recent, {"weather.temperature": 3.0}, age=2700) == UNKNOWN


def test_max_age_bounds_an_empty_moment_too() -> None:
    recent = moving("recipient.joined", Age(older=True, seconds=60.0), max_age=600.0)
    assert recent.judge(table({"recipient.joined": EMPTY}, age=100)) == (NO, NOON + 500, recent.bit, 0)
    assert truth(recent, {"recipient.joined": EMPTY}, age=600) == UNKNOWN


def test_a_wall_clock_edge_beside_a_still_moment_rests_on_the_zone_too() -> None:
    early = moving("weather.sunset", InMomentRange(None, Moment(datetime(2026, 11, 26, 17)), runs=False))
    both = {"weather.sunset": NOON, "geo.time_zone": Reading("geo.time_zone", "Europe/Berlin", NOON, NOON + 60)}
    verdict = early.judge(table(both))
    assert (verdict.truth, verdict.until) == (YES, NOON + 60)
    assert CATALOGUE_OF_TESTS.names_in(verdict.reads) == ("geo.time_zone", "weather.sunset")
    assert CATALOGUE_OF_TESTS.names_in(early.judge(table({"weather.sunset": NOON})).wants) == ("geo.time_zone",)
    assert truth(early, {"weather.sunset": HIDDEN}) == UNKNOWN


BERLIN = {"geo.latitude": 52.52, "geo.longitude": 13.40}


@pytest.mark.parametrize(("accuracy", "says"), [(5, YES), (100, UNKNOWN)])
def test_within_is_yes_only_where_the_whole_circle_lies_within(accuracy: float, says: int) -> None:
    potsdam = near(52.40, 13.06, km=50)
    assert truth(potsdam, {**BERLIN, "geo.accuracy_km": accuracy}) == says


@pytest.mark.parametrize(("accuracy", "says"), [(5, NO), (600, UNKNOWN)])
def test_within_is_no_only_where_the_whole_circle_lies_outside(accuracy: float, says: int) -> None:
    munich = near(48.14, 11.58, km=50)
    assert truth(munich, {**BERLIN, "geo.accuracy_km": accuracy}) == says


def test_within_wants_only_what_it_was_not_told() -> None:
    wants = near(48, 11, km=50).judge(table({"geo.longitude": 11.0})).wants
    assert CATALOGUE_OF_TESTS.names_in(wants) == ("geo.latitude", "geo.accuracy_km")


def test_within_an_unknown_place_is_unknown() -> None:
    assert truth(near(48, 11, km=50), {**BERLIN, "geo.accuracy_km": HIDDEN}) == UNKNOWN


def test_an_absolute_schedule_reads_nothing() -> None:
    sale = window(Moment(NOON), Moment(NOON + 60))
    assert sale.judge(table({}, now=NOON - 1)) == (NO, NOON, 0, 0)
    assert sale.judge(table({}, now=NOON)) == (YES, NOON + 60, 0, 0)
    assert sale.judge(table({}, now=NOON + 60)) == (NO, FOREVER, 0, 0)


def test_a_local_schedule_rests_on_the_zone() -> None:
    friday = window(Moment(datetime(2026, 11, 27)), None)
    told = table({"geo.time_zone": Reading("geo.time_zone", "Europe/Berlin", NOON, NOON + 60)})
    assert friday.judge(table({})).truth == PENDING
    assert friday.judge(told) == (NO, NOON + 60, friday.bit, 0)
    assert CATALOGUE_OF_TESTS.names_in(friday.bit) == ("geo.time_zone",)
    assert zone().instant_of(datetime(2026, 11, 27)) == NOON + 12 * 3600


def test_a_cheap_no_settles_a_rule_before_the_weather_is_asked_wherever_it_was_written() -> None:
    for written in ((GERMAN, COLD), (COLD, GERMAN)):
        assert every(written).judge(table({"geo.country": "FR"})) == (NO, FOREVER, GERMAN.bit, 0)


def test_ties_go_by_the_order_of_the_catalogue_whatever_the_written_order() -> None:
    neither = {"geo.country": "FR", "weather.temperature": 30.0}
    for written in ((GERMAN, COLD), (COLD, GERMAN)):
        assert every(written).judge(table(neither)).reads == GERMAN.bit
        assert AnyOf(ordered(map(Not, written))).judge(table(neither)).reads == GERMAN.bit


def test_every_takes_nested_alls_apart_and_leaves_a_single_condition_alone() -> None:
    assert every([COLD]) is COLD
    assert every([All((COLD, GERMAN)), EVENING]) == All(ordered([COLD, GERMAN, EVENING]))


def test_a_rule_without_when_always_fires() -> None:
    assert ALWAYS.judge(table({})) == (YES, FOREVER, 0, 0)


def test_combinations_list_all_they_may_read_and_rank_by_the_earliest() -> None:
    mixed = AnyOf((Not(COLD), All((GERMAN, EVENING))))
    assert set(mixed.signals()) == {"weather.temperature", "geo.country", "time.clock"}
    assert mixed.rank() == GERMAN.bit
    assert Not(COLD).rank() == COLD.bit
    assert Not(COLD).parts() == (COLD,)
