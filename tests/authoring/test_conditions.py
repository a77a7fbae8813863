"""Conditions and schedules become the engine's own, and hold when editors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.clauses import Asks, Clause, MovingClause, Near, Window
from app.engine.conditions import ALWAYS, All, Not
from app.engine.moving import InClockRange
from app.engine.signals import CATALOGUE
from tests.authoring.compiling import NOON, ONE, campaign, decided, when
from tests.authoring.conftest import CheckSite, Compile
from tests.authoring.sites import with_campaign


@pytest.mark.parametrize(
    ("written", "kind", "sentence"),
    [
        ("{geo.country: de}", Clause, "geo.country is de"),
        ("{geo.country: {none_of: [DE, AT]}}", Clause, "geo.country none of DE, AT"),
        ("{geo.city: {known: true}}", Asks, "geo.city known true"),
        ("{time.clock: {at_least: 18:00}}", MovingClause, "time.clock at least 18:00"),
        ("{weather.as_of: {older_than: 2h}}", MovingClause, "weather.as_of older than 2h"),
        ("{geo.city: {within: {km: 30, of: Hamburg}}}", Near, "geo.city within km 30 of Hamburg"),
        ("{not: {time.is_weekend: true}}", Not, "not"),
        ("{geo.country: DE, time.is_weekend: true}", All, "all of"),
        ("{all: []  , geo.country: DE}", None, ""),
    ],
)
def test_a_condition_becomes_the_engines_own(written: str, kind: type | None, sentence: str, compiled: Compile) -> None:
    if kind is None:
        with pytest.raises(AssertionError, match="condition-shape"):
            compiled(ONE.format(when=written))
        return
    found = when(compiled(ONE.format(when=written)))
    assert isinstance(found, kind)
    assert found.sentence == sentence


def test_a_name_stands_for_its_condition_and_several_keys_mean_all(compiled: Compile) -> None:
    named = "conditions:\n  wet: {weather.condition: {one_of: [drizzle, rain]}}\n"
    ruleset = campaign(compiled(named + ONE.format(when="{all: [wet, {not: {geo.country: AT}}]}"))).ruleset
    assert decided(ruleset, weather_condition="rain", geo_country="DE").rule == "one"
    assert decided(ruleset, weather_condition="rain", geo_country="AT").rule == "otherwise"
    assert decided(ruleset, weather_condition="clear").rule == "otherwise"


def test_a_condition_of_the_campaign_goes_before_the_sites_own(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(tmp_path, "conditions: {here: {geo.country: AT}}\n" + ONE.format(when="here"))
    path = site / "rules" / "site.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "conditions: {here: {geo.country: DE}}\n", encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    assert decided(campaign(checked.site).ruleset, geo_country="AT").rule == "one"


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ('{between: {from: "22:00", to: "05:00"}}', 22 * 3600, 5 * 3600),
        ('{between: {from: "00:00", to: "24:00"}}', 0, 24 * 3600),
        ('{at_least: "18:00"}', 18 * 3600, 24 * 3600),
        ('{above: "00:00"}', 0, 24 * 3600),
        ('{below: "06:30"}', 0, 6 * 3600 + 1800),
    ],
)
def test_clock_ranges_begin_with_from_and_end_before_to(written: str, start: int, end: int, compiled: Compile) -> None:
    assert when(compiled(ONE.format(when=f"{{time.clock: {written}}}"))).operator == InClockRange(start, end)


SCHEDULED = "rules:\n  - {{name: one, from: {start}, until: {end}, link: https://shop.example/one}}\n"


def test_a_schedule_by_dates_includes_its_last_day_in_the_sites_zone(compiled: Compile) -> None:
    window = when(compiled(SCHEDULED.format(start="2026-11-29", end="2026-11-29")))
    assert isinstance(window, Window)
    assert (window.range.start.at, window.range.end.at) == (NOON - 12 * 3600, NOON + 12 * 3600)
    assert window.bit == 0


def test_in_the_recipients_zone_a_schedule_waits_for_their_clock(compiled: Compile) -> None:
    window = when(
        compiled("placeholder: hero\nzone: recipient\n" + SCHEDULED.format(start="2026-11-29", end="2026-11-30"))
    )
    assert window.range.start.is_local
    assert window.bit == CATALOGUE.bits["geo.time_zone"]


def test_phases_are_moments_and_a_signal(compiled: Compile) -> None:
    phases = "phases: {live: 2026-11-27, over: 2026-12-01 00:00}\n"
    text = phases + "rules:\n  - {name: one, when: {phase: live}, until: over, link: https://shop.example/one}\n"
    ruleset = campaign(compiled(text)).ruleset
    assert ruleset.catalogue["phase"].choices == ("live", "over")
    answer = decided(ruleset)
    assert answer.rule == "one"
    assert answer.until == NOON + 36 * 3600


def test_a_quiet_rule_does_not_fire_and_a_quiet_file_none(compiled: Compile) -> None:
    text = (
        "quiet_when: {geo.country: AT}\nrules:\n"
        "  - {name: one, when: {time.is_weekend: true}, quiet_when: {geo.country: CH}, link: https://shop.example/one}\n"
        "  - {name: two, when: {time.is_weekend: true}, link: https://shop.example/two}\nunknown: otherwise\n"
    )
    ruleset = campaign(compiled(text)).ruleset
    assert decided(ruleset, time_is_weekend=True, geo_country="DE").rule == "one"
    assert decided(ruleset, time_is_weekend=True, geo_country="CH").rule == "two"
    assert decided(ruleset, time_is_weekend=True, geo_country="AT").rule == "otherwise"


def test_a_campaign_without_rules_has_a_condition_for_nothing(compiled: Compile) -> None:
    made = campaign(compiled("rules:\n  - {name: always, link: https://shop.example/a}\n")).ruleset
    assert made.rules[0].condition == ALWAYS
    assert decided(made).rule == "always"
