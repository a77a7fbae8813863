"""The hinge: who is asked at all, and when somebody must wait."""

from __future__ import annotations

import pytest

from app.authoring.compiled import CompiledSite
from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Reading, Rung, Why
from app.resolve.hinge import Unsettled
from tests.resolve.hinge import NOON, Asked, Everybody, resolver, served, sky


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("steady", Asked()),
        ("greet", Asked()),
        ("shared", Asked()),
        ("alone", Asked()),
        ("device", Asked(viewers=1)),
        ("place", Asked(viewers=1, places=1)),
        ("sky", Asked(viewers=1, places=1)),
    ],
)
def test_a_signal_that_no_rule_reads_is_never_resolved(site: CompiledSite, name: str, expected: Asked) -> None:
    everybody = Everybody(Asked(), site, sky=sky("rain"))
    answer = resolver(site, everybody).decide_now(served(site, name), Open(name, NOON))
    assert isinstance(answer, Decision)
    assert everybody.asked == expected


def test_remembered_weather_is_an_answer_without_waiting(site: CompiledSite) -> None:
    answer = resolver(site, Everybody(Asked(), site, sky=sky("rain"))).decide_now(
        served(site, "sky"), Open("sky", NOON)
    )
    assert isinstance(answer, Decision)
    assert (answer.rule, answer.until, answer.rung) == ("wet", NOON + 600, Rung.LIVE)


async def test_what_is_pending_is_fetched_once_with_the_time_there_is(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("clear"))
    hinge, one = resolver(site, everybody), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    assert unsettled.pending.wants == {"weather.condition"}
    answer, facts = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.25)
    assert answer.rule == "sunny"
    assert everybody.asked.weather == [(53.55, 10.0, 0.25)]
    assert facts.readings["weather.condition"].value == "clear"


async def test_what_does_not_come_is_unknown_for_a_few_seconds(site: CompiledSite) -> None:
    hinge, one = resolver(site, Everybody(Asked(), site)), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    answer, _ = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.25)
    assert (answer.rule, answer.rung) == ("unknown", Rung.UNKNOWN)
    assert NOON < answer.until <= NOON + 5
    assert [reading.why_unknown for reading in answer.readings] == [Why.UPSTREAM_LATE]


async def test_without_time_nobody_is_asked(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("clear"))
    hinge, one = resolver(site, everybody), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    answer, _ = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.0)
    assert (answer.rule, everybody.asked.weather) == ("unknown", [])


def test_where_there_is_no_place_there_is_no_weather_to_wait_for(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, located=False)
    answer = resolver(site, everybody).decide_now(served(site, "sky"), Open("sky", NOON))
    assert isinstance(answer, Decision)
    assert (answer.rule, answer.rung) == ("unknown", Rung.LIVE)
    assert answer.readings[0].why_unknown is Why.HIDDEN_BY_PROXY


def test_a_pinned_reading_wins_over_every_source(site: CompiledSite) -> None:
    pins = {
        "weather.condition": Reading("weather.condition", "snow", NOON, source="pinned"),
        "geo.city": Reading("geo.city", "München", NOON, source="pinned"),
    }
    hinge = resolver(site, Everybody(Asked(), site, sky=sky("rain")))
    for name, rule in (("sky", "white"), ("place", "munich")):
        answer = hinge.decide_now(served(site, name), Open(name, NOON, pinned=pins))
        assert isinstance(answer, Decision)
        assert answer.rule == rule
        again = hinge.decide_now(served(site, name), Open(name, NOON))
        assert isinstance(again, Decision)
        assert again.rule != rule
