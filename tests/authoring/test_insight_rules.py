"""What insight claims of conditions and rules is certain: it reckons with regions of facts as the judge does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from app.authoring.compiled import CompiledCampaign
from app.authoring.insight.boxes import Region, Side
from app.authoring.insight.firing import lists_of
from app.authoring.insight.regions import Map, assured_by
from app.authoring.insight.shadows import Candidate, Contradictory, Shadowed, fates
from app.authoring.insight.spans import Spans
from app.engine.conditions import ALWAYS, Any as AnyOf, Condition, Not, every
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.geodesy import distance_km
from app.engine.moving import Anniversary, InClockRange, InMomentRange, Moment
from app.engine.operators import (
    Above,
    AtLeast,
    Below,
    Contains,
    Is,
    IsNot,
    NoneOf,
    OneOf,
    Operator,
    StartsWith,
    comparable,
)
from app.engine.readings import EMPTY, Reading
from app.engine.signals import Kind
from app.engine.verdicts import NO, YES
from tests.support.engine_scenes import CATALOGUE_OF_TESTS, SCENES, asks, clause, moving, near, window
from tests.support.engine_strategies import Case, cases, condition as a_condition, topics, when
from tests.support.engine_worlds import a_world

READER = Map(CATALOGUE_OF_TESTS)
LOOKS = (0.0, 600.0, 1800.0, 3600.5, 86_400.0)
"""Seconds after the first look at which somebody looks again."""


def compiled(case: Case) -> CompiledCampaign:
    return CompiledCampaign("laws", case.ruleset, case.ruleset, (), None)


@given(cases(people=3))
def test_a_rule_that_is_said_never_to_fire_never_does(case: Case) -> None:
    """Whenever insight claims contradictory or shadowed, no facts make the rule win."""
    (rules, *_) = lists_of(compiled(case))
    doomed = {name.removeprefix("rule “").rstrip("”") for name in fates(rules.candidates, READER)}
    decider = Decider(case.ruleset)
    for world in case.people if doomed else ():
        for later in LOOKS:
            answer = decider.decide(with_own(case.ruleset, world.facts_at(world.start + later)))
            assert isinstance(answer, Decision)
            assert answer.rule not in doomed


@given(st.data())
def test_a_condition_in_a_long_list_that_is_said_never_to_be_first_never_is(data: st.DataObject) -> None:
    """The same over conditions alone, which speak of few signals and so shadow each other often."""
    scene = data.draw(st.sampled_from(SCENES))
    about = topics(data.draw, scene)
    conditions = [when(data.draw, about) for _ in range(data.draw(st.integers(2, 9)))]
    worlds = [a_world(data.draw, scene, scene.base) for _ in range(3)]
    doomed = fates([Candidate(str(place), one) for place, one in enumerate(conditions)], READER)
    for world in worlds if doomed else ():
        for later in LOOKS:
            facts = with_lots(world.facts_at(scene.base + later))
            fired = (place for place, one in enumerate(conditions) if judged(one, facts) == YES)
            assert str(next(fired, "none")) not in doomed


def judged(condition: Condition, facts: Facts) -> int:
    return condition.judge(facts).truth


@given(st.data())
def test_a_region_holds_just_the_facts_for_which_the_condition_says_so(data: st.DataObject) -> None:
    """Every yes and every no of the judge lies in its region, and nothing else does: no clause is misread."""
    scene = data.draw(st.sampled_from(SCENES))
    condition = a_condition(data.draw, topics(data.draw, scene))
    yes, no = READER.yes(condition), READER.no(condition)
    world = a_world(data.draw, scene, scene.base)
    for later in LOOKS[:3]:
        facts = with_lots(world.facts_at(scene.base + later))
        truth = judged(condition, facts)
        assert lies_in(facts, yes) == (truth == YES)
        assert lies_in(facts, no) == (truth == NO)


def with_lots(facts: Facts) -> Facts:
    """The facts with what a campaign would know itself."""
    own = {"split.headline": "a", "phase": "teaser", "list.sale": EMPTY, "list.sale.count": 0, "list.sale.total": 0}
    return facts.plus({name: Reading(name, value, facts.now) for name, value in own.items()})


def lies_in(facts: Facts, region: Region) -> bool:
    return any(all(fits(facts, side, domain) for side, domain in box.sides.items()) for box in region)


def fits(facts: Facts, side: Side, domain: Any) -> bool:
    """Whether a side of a box is as the facts have it."""
    match side:
        case ("now", _, order):
            return stands_in(facts.now, domain.values, order, facts)
        case ("distance", latitude, longitude, which):
            apart = distance(facts, latitude, longitude, which)
            return apart is not None and apart in domain.values
    reading = facts.readings[str(side[0])]
    if len(side) == 1:
        if not reading.known or reading.value is EMPTY:
            return domain.empty if reading.known else domain.unknown
        values = comparable(CATALOGUE_OF_TESTS[side[0]].kind, reading.value)
        return domain.values == ~Spans() or (not isinstance(values, frozenset) and values in domain.values)
    if side[1] == "as of":
        return facts.now - reading.as_of in domain.values
    return answer(reading, side, domain, facts)


def answer(reading: Reading, side: Side, domain: Any, facts: Facts) -> bool:
    """What is asked of one value, beside the value itself."""
    if not reading.known:
        return False
    kind = CATALOGUE_OF_TESTS[reading.signal].kind
    match side[1:]:
        case ("spelt", spelling):
            return (reading.value is not EMPTY and spelling in comparable(kind, reading.value)) in domain.values
        case ("age",):
            return reading.value is not EMPTY and facts.now - reading.value in domain.values
        case ("moment", order):
            return reading.value is not EMPTY and stands_in(reading.value, domain.values, order, facts)
    operator: Operator | Anniversary = side[1]  # type: ignore[assignment]
    return (reading.value is not EMPTY and passes(operator, reading.value, kind, facts)) in domain.values


def passes(operator: Operator | Anniversary, value: Any, kind: Kind, facts: Facts) -> bool:
    """Whether a value passes; days that come round again depend on the day of the reader."""
    if isinstance(operator, Anniversary):
        return operator.test_at(value, facts.now, facts.zone)[0]
    return operator.test(comparable(kind, value))


def stands_in(instant: float, values: Spans, order: object, facts: Facts) -> bool:
    """Whether an instant lies in a stretch whose edges are instants, or wall clocks of the recipient's zone."""
    if order == "absolute":
        return instant in values
    passed = sum(facts.zone.instant_of(edge) <= instant for edge, _ in values.cuts)
    return values.begins_inside ^ bool(passed % 2)


def distance(facts: Facts, latitude: Any, longitude: Any, which: object) -> float | None:
    """The distance with the accuracy added or taken off; None where it is unknown."""
    found = [facts.readings[name].value for name in ("geo.latitude", "geo.longitude", "geo.accuracy_km")]
    if any(not isinstance(one, int | float) for one in found):
        return None
    apart = distance_km(found[0], found[1], latitude, longitude)
    return apart + found[2] if which == "farthest" else apart - found[2]


@given(st.data())
def test_what_a_condition_assures_is_known_wherever_it_says_yes(data: st.DataObject) -> None:
    """A text in a rule may rely on it: the signals are never unknown there."""
    scene = data.draw(st.sampled_from(SCENES))
    condition = when(data.draw, topics(data.draw, scene))
    facts = a_world(data.draw, scene, scene.base).facts_at(scene.base)
    if judged(condition, facts) == YES:
        assert all(facts.readings[name].known for name in assured_by(condition, CATALOGUE_OF_TESTS))


DE, AT = clause("geo.country", Is("de")), clause("geo.country", Is("at"))
COLD, MILD, WARM = (
    clause("weather.temperature", Below(5)),
    clause("weather.temperature", AtLeast(5)),
    clause("weather.temperature", Above(10)),
)
NIGHT = moving("time.clock", InClockRange(22 * 3600, 5 * 3600))
DAY = moving("time.clock", InClockRange(5 * 3600, 21 * 3600))
MUNICH, HAMBURG = clause("geo.city", Is("münchen")), clause("geo.city", Is("hamburg"))
NEAR = near(48.1, 11.6, 20)
SOON, LATE = Moment(1000.0), Moment(2000.0)


@pytest.mark.parametrize(
    "condition",
    [
        every([DE, AT]),
        every([DE, clause("geo.country", IsNot("de"))]),
        every(
            [
                clause("geo.country", OneOf(frozenset(("de", "at")))),
                clause("geo.country", NoneOf(frozenset(("de", "at", "ch")))),
            ]
        ),
        every([COLD, WARM]),
        every([COLD, Not(COLD)]),
        every([NIGHT, DAY]),
        every([MUNICH, Not(MUNICH)]),
        every([DE, asks("geo.country", "known", False)]),
        every([DE, asks("geo.country", "empty", True)]),
        every([clause("weather.condition", NoneOf(frozenset(("rain",)))), clause("weather.condition", Is("rain"))]),
        every([clause("weather.condition", StartsWith("thunder")), clause("weather.condition", Is("rain"))]),
        every([clause("geo.postal_code", StartsWith("20")), clause("geo.postal_code", StartsWith("30"))]),
        every([clause("device.client", Contains("out")), Not(clause("device.client", Contains("out")))]),
        every([near(48.1, 11.6, 20), Not(near(48.1, 11.6, 20))])
        and every([DE, AnyOf((AT, clause("geo.country", Is("ch"))))]),
        every([window(SOON, LATE), window(LATE, None)]),
        every([window(None, SOON), moving("weather.sunset", InMomentRange(LATE, SOON, False))]),
        every([clause("time.is_weekend", Is(True)), clause("time.is_weekend", Is(False))]),
        Not(ALWAYS),
        AnyOf((every([DE, AT]), every([COLD, WARM]))),
    ],
    ids=lambda condition: condition.sentence,
)
def test_what_excludes_itself_is_seen(condition: Condition) -> None:
    assert isinstance(fates([Candidate("a", condition)], READER)["a"], Contradictory)


@pytest.mark.parametrize(
    "condition",
    [
        every([clause("geo.country", IsNot("de")), asks("geo.country", "empty", True)]),
        every([clause("geo.country", NoneOf(frozenset(("de",)))), asks("geo.country", "empty", True)]),
        every([Not(DE), asks("geo.country", "empty", True)]),
        every([Not(MUNICH), asks("geo.city", "empty", True)]),
        every([Not(NIGHT), asks("time.clock", "empty", True)]),
        every([MUNICH, clause("geo.city", Is("munich"))]),  # two spellings of one name
        every([NIGHT, moving("time.clock", InClockRange(0, 6 * 3600))]),
        every([Not(NEAR), near(48.1, 11.6, 50)]),
        every([clause("geo.postal_code", StartsWith("20")), clause("geo.postal_code", StartsWith("200"))]),
    ],
    ids=lambda condition: condition.sentence,
)
def test_what_may_hold_together_is_not_called_contradictory(condition: Condition) -> None:
    assert fates([Candidate("a", condition)], READER) == {}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (ALWAYS, DE),
        (DE, DE),
        (DE, every([DE, COLD])),
        (clause("geo.country", OneOf(frozenset(("de", "at")))), AT),
        (clause("weather.temperature", Below(15)), COLD),
        (NIGHT, moving("time.clock", InClockRange(23 * 3600, 24 * 3600))),
        (AnyOf((DE, AT)), every([AT, COLD])),
        (asks("geo.city", "known", True), MUNICH),
        (clause("geo.city", OneOf(frozenset(("münchen", "hamburg")))), HAMBURG),
        (near(48.1, 11.6, 50), near(48.1, 11.6, 20)),
        (window(SOON, None), window(LATE, None)),
        (clause("geo.postal_code", StartsWith("2")), clause("geo.postal_code", Is("20095"))),
        (clause("weather.temperature", Below(5)), clause("weather.temperature", Below(5), 1800.0)),
        (clause("geo.country", IsNot("de")), AT),
        (Not(DE), every([AT, COLD])),
        (clause("device.client", Contains("out")), every([clause("device.client", Contains("out")), COLD])),
    ],
)
def test_what_lies_within_the_one_above_is_shadowed(above: Condition, below: Condition) -> None:
    assert fates([Candidate("a", above), Candidate("b", below)], READER) == {"b": Shadowed(("a",))}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (COLD, DE),
        (every([DE, COLD]), DE),
        (clause("weather.temperature", Below(5), 1800.0), clause("weather.temperature", Below(5))),
        (asks("geo.country", "known", True), ALWAYS),
        (AnyOf((DE, Not(DE))), ALWAYS),  # unknown is neither
        (AnyOf((NEAR, Not(NEAR))), near(48.1, 11.6, 50)),  # the accuracy may not settle it
        (AnyOf((NIGHT, Not(NIGHT))), ALWAYS),
        (MUNICH, HAMBURG),
        (near(48.1, 11.6, 20), near(48.1, 11.6, 50)),
        (near(48.1, 11.6, 50), near(53.5, 10.0, 20)),
        (window(SOON, LATE), window(SOON, None)),
        (clause("geo.country", NoneOf(frozenset(("de",)))), asks("geo.country", "known", True)),
    ],
)
def test_what_may_still_fire_is_not_called_shadowed(above: Condition, below: Condition) -> None:
    assert fates([Candidate("a", above), Candidate("b", below)], READER) == {}


def test_several_rules_together_shadow_what_none_does_alone() -> None:
    found = fates([Candidate(name, one) for name, one in (("a", COLD), ("b", DE), ("c", MILD), ("d", WARM))], READER)
    assert found == {"d": Shadowed(("c",))}
    between = clause("weather.temperature", AtLeast(0))
    found = fates([Candidate("a", COLD), Candidate("b", DE), Candidate("c", MILD), Candidate("d", between)], READER)
    assert found == {"d": Shadowed(("a", "c"))}


def test_several_rules_that_leave_nothing_of_a_certain_signal_shadow_whatever_else_is_asked() -> None:
    """A weekday is known at every open; a country may be unknown, so nothing covers all that it can be."""
    weekend, week = clause("time.is_weekend", Is(True)), clause("time.is_weekend", Is(False))
    listed = [Candidate("a", weekend), Candidate("b", DE), Candidate("c", week), Candidate("d", every([AT, COLD]))]
    assert fates(listed, READER) == {"d": Shadowed(("a", "c"))}
    abroad = clause("geo.country", IsNot("de"))
    assert fates([Candidate("a", DE), Candidate("b", abroad), Candidate("c", COLD)], READER) == {}


ADVENT, LATER = clause("time.date", Is(date(2026, 12, 1))), clause("time.date", AtLeast(date(2026, 12, 2)))
MIDNIGHT = datetime(2026, 12, 1)
UTC_MIDNIGHT = MIDNIGHT.replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("schedule", "day", "excluded"),
    [
        (window(None, Moment(MIDNIGHT)), ADVENT, True),
        (window(None, Moment(UTC_MIDNIGHT)), ADVENT, False),  # where it is later, it is the first already
        (window(None, Moment(UTC_MIDNIGHT)), LATER, True),
        (window(Moment(datetime(2026, 12, 2)), None), ADVENT, False),  # clocks may be put back at midnight
        (window(Moment(datetime(2026, 12, 2, 4)), None), ADVENT, True),
        (window(Moment(UTC_MIDNIGHT + 36 * 3600), None), ADVENT, False),  # where it is earlier, it still is
        (window(Moment(UTC_MIDNIGHT + 40 * 3600), None), ADVENT, True),
    ],
)
def test_a_schedule_excludes_days_that_nobody_has_while_it_lasts(
    schedule: Condition, day: Condition, excluded: bool
) -> None:
    found = fates([Candidate("a", every([schedule, day]))], READER)
    assert found == ({"a": Contradictory((schedule.sentence, day.sentence))} if excluded else {})


def test_a_rule_that_may_not_be_filled_shadows_nothing() -> None:
    assert fates([Candidate("a", ALWAYS, settles=False), Candidate("b", DE)], READER) == {}


def test_what_is_too_much_to_reckon_with_is_left_alone() -> None:
    cities = [clause("geo.city", OneOf(frozenset(f"city{n}" for n in range(300)))) for _ in range(2)]
    assert fates([Candidate("a", cities[0]), Candidate("b", every([cities[1], DE]))], READER) == {}


def test_two_thousand_rules_are_looked_through_in_a_moment() -> None:
    def rule(n: int) -> Candidate:
        postal = clause("geo.postal_code", StartsWith(f"{n:05}"))
        return Candidate(str(n), every([postal, clause("geo.country", Is(f"c{n % 7}")), COLD]))

    candidates = [*(rule(n) for n in range(2000)), rule(1500)]
    assert list(fates(candidates[:-1], READER)) == []
    assert list(fates([*candidates[:-1], Candidate("again", candidates[-1].condition)], READER)) == ["again"]
