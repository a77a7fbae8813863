"""Phases: named instants, each lasting until the next."""

from __future__ import annotations

from datetime import datetime

from app.engine.clauses import Clause
from app.engine.decide import decide, with_own
from app.engine.decision import Decision
from app.engine.moving import Moment
from app.engine.operators import Is
from app.engine.phases import PHASE_SIGNAL, Phases
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.rules import Outcome, Rule
from tests.support.engine_scenes import clause
from tests.support.engine_tables import NOON, at, ruleset, table, zone

SALE = Phases((("teaser", Moment(NOON)), ("live", Moment(NOON + 60))))
LOCAL = Phases((("live", Moment(datetime(2026, 11, 27))),))
LIVE: Clause = clause("phase", Is("live"))


def test_before_the_first_phase_there_is_none() -> None:
    reading = SALE.reading(NOON - 1, zone())
    assert (reading.value, reading.until) == (EMPTY, NOON)


def test_a_phase_lasts_until_the_next_and_the_last_for_ever() -> None:
    assert (SALE.reading(NOON, zone()).value, SALE.reading(NOON, zone()).until) == ("teaser", NOON + 60)
    assert (SALE.reading(NOON + 60, zone()).value, SALE.reading(NOON + 60, zone()).until) == ("live", FOREVER)


def test_a_wall_clock_phase_comes_to_each_zone_in_its_turn() -> None:
    assert LOCAL.local
    assert LOCAL.reading(NOON + 8 * 3600, zone()).value is EMPTY
    assert LOCAL.reading(NOON + 8 * 3600, zone("Asia/Kathmandu")).value == "live"


def test_the_phase_is_laid_with_the_facts_unless_it_is_pinned() -> None:
    rules = ruleset(phases=SALE)
    assert with_own(rules, table({})).readings[PHASE_SIGNAL].value == "teaser"
    pinned = Reading(PHASE_SIGNAL, "live", NOON)
    assert with_own(rules, table({PHASE_SIGNAL: pinned})).readings[PHASE_SIGNAL] is pinned


def test_a_wall_clock_phase_ends_with_what_is_known_of_the_zone() -> None:
    soon = Reading("geo.time_zone", "Europe/Berlin", NOON, NOON + 60)
    assert with_own(ruleset(phases=LOCAL), table({"geo.time_zone": soon})).readings[PHASE_SIGNAL].until == NOON + 60
    assert with_own(ruleset(phases=SALE), table({"geo.time_zone": soon}, now=NOON - 9)).readings[
        PHASE_SIGNAL
    ].until == (NOON)


def test_a_set_that_reads_wall_clock_phases_needs_the_zone() -> None:
    rule = Rule("live", LIVE, Outcome())
    assert "geo.time_zone" in ruleset(rule, phases=LOCAL).reads
    assert "geo.time_zone" not in ruleset(rule, phases=SALE).reads
    assert "geo.time_zone" not in ruleset(phases=LOCAL).reads


def test_a_rule_fires_in_its_phase() -> None:
    rules = ruleset(Rule("live", LIVE, Outcome()), phases=LOCAL)
    decided = [decide(rules, at(written)) for written in ("2026-11-26 23:59", "2026-11-27 00:00")]
    assert [answer.rule for answer in decided if isinstance(answer, Decision)] == ["otherwise", "live"]
