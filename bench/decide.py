"""What deciding costs: twenty rules of three clauses, and ten thousand rules beside ten.

The last rule fires, everything is known, and nothing of the answer is remembered from the call before: the engine's
own memory of finished decisions is not asked. `python -m bench.decide` prints this table alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.engine.calendar import find_zone
from app.engine.clauses import Clause, MovingClause
from app.engine.conditions import ALWAYS, Condition, every
from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.moving import InClockRange
from app.engine.operators import Above, AtLeast, AtMost, Below, Between, Is, IsNot, NoneOf, OneOf, Operator
from app.engine.readings import Reading
from app.engine.rules import Field, Outcome, Rule, Ruleset
from app.engine.signals import CATALOGUE
from app.engine.words import fixed
from bench.report import Figure, Report, ratios
from bench.rounds import ROUNDS, Job, costs

NOW = 1_795_708_800.0  # 2026-11-26 16:00 UTC, 17:00 in Berlin
HOUR = 3600
MOST_US = 10.0
MOST_TIMES = 15.0
MICRO = 1e6

COUNTRIES = ("fr", "it", "pl", "at", "ch", "nl", "be", "dk", "se", "es")
DEVICES = ("phone", "tablet", "desktop")
OTHER_DAYPARTS = ("morning", "noon", "evening", "night")

VALUES: dict[str, tuple[Any, float]] = {
    "geo.country": ("DE", float("inf")),
    "geo.region": ("DE-HH", float("inf")),
    "device.class": ("desktop", float("inf")),
    "time.clock": (17 * HOUR, float("inf")),
    "time.daypart": ("afternoon", NOW + HOUR),
    "time.is_weekend": (False, NOW + 7 * HOUR),
    "weather.condition": ("rain", NOW + 900),
    "weather.temperature": (8.5, NOW + 900),
    "weather.wind_speed": (21.0, NOW + 900),
    "weather.humidity": (88.0, NOW + 900),
}
"""What is known of the open, and until when."""


def facts() -> Facts:
    """One open in Hamburg, everything known."""
    zone = find_zone("Europe/Berlin")
    assert zone is not None
    readings = {name: Reading(name, value, NOW, until, "bench") for name, (value, until) in VALUES.items()}
    return Facts(NOW, zone, readings)


def clause(signal: str, operator: Operator) -> Clause:
    """One comparison as the compiler writes it."""
    return Clause(signal, CATALOGUE.bits[signal], CATALOGUE[signal].kind, operator, f"{signal} {operator}")


def clock(start: int, end: int) -> MovingClause:
    """A range of hours of the recipient's clock as the compiler writes it."""
    operator = InClockRange(start * HOUR, end * HOUR)
    return MovingClause("time.clock", CATALOGUE.bits["time.clock"], operator, f"time.clock {start} to {end}")


def with_equalities(place: int) -> tuple[Condition, ...]:
    """The n-th rule of a campaign by country, weather, daytime and device, that says no to this open."""
    kinds: tuple[Callable[[], tuple[Condition, ...]], ...] = (
        lambda: (
            clause("geo.country", Is(COUNTRIES[place % len(COUNTRIES)])),
            clause("weather.temperature", Below(5 + place % 20)),
            clause("time.daypart", OneOf(frozenset(("afternoon", "evening")))),
        ),
        lambda: (
            clause("geo.country", Is("de")),
            clause("weather.temperature", Above(10 + place % 20)),
            clause("device.class", IsNot("phone")),
        ),
        lambda: (
            clause("device.class", Is(DEVICES[place % 2])),
            clause("time.daypart", Is(OTHER_DAYPARTS[place % len(OTHER_DAYPARTS)])),
            clause("weather.condition", OneOf(frozenset(("rain", "drizzle")))),
        ),
        lambda: (
            clause("geo.country", OneOf(frozenset(("de", "at")))),
            clock(18 + place % 4, 23),
            clause("weather.condition", Is("rain")),
        ),
    )
    return kinds[place % len(kinds)]()


def without_equalities(place: int) -> tuple[Condition, ...]:
    """The n-th rule of a campaign of comparisons and ranges only, that says no to this open."""
    kinds: tuple[Callable[[], tuple[Condition, ...]], ...] = (
        lambda: (
            clause("weather.temperature", Between((10 + place % 10, 30))),
            clause("weather.wind_speed", AtLeast(20)),
            clause("device.class", IsNot("phone")),
        ),
        lambda: (
            clause("geo.country", NoneOf(frozenset(("at", "ch")))),
            clock(18 + place % 4, 23),
            clause("weather.humidity", Above(80)),
        ),
        lambda: (
            clause("weather.temperature", AtMost(9)),
            clause("weather.wind_speed", Above(25 + place)),
            clause("time.is_weekend", IsNot(True)),
        ),
        lambda: (
            clause("time.daypart", NoneOf(frozenset(("night",)))),
            clause("weather.temperature", Below(8 - place % 20)),
            clause("weather.humidity", Between((40, 90))),
        ),
    )
    return kinds[place % len(kinds)]()


WINNERS: tuple[Condition, ...] = (
    clause("weather.temperature", Below(15)),
    clause("time.daypart", NoneOf(frozenset(("night",)))),
    clause("device.class", IsNot("phone")),
)
"""The last rule, which fires."""


def ruleset(conditions: Iterable[Sequence[Condition]]) -> Ruleset:
    """A campaign of these rules, each with a picture, a headline and a link."""
    return Ruleset(
        placeholder="hero",
        campaign="bench",
        digest="bench",
        catalogue=CATALOGUE,
        fields=(Field("photo", "picture", fixed("hero.jpg")), Field("headline", "text", fixed("Good to see you"))),
        rules=tuple(Rule(f"rule {n}", every(one), _outcome(n)) for n, one in enumerate(conditions)),
        otherwise=Outcome(link=fixed("https://shop.example/")),
        alt=fixed("Our offer"),
    )


def _outcome(n: int) -> Outcome:
    shown = {"photo": fixed(f"photo{n}.jpg"), "headline": fixed(f"Headline {n}")}
    return Outcome(shown, fixed(f"https://shop.example/{n}"))


def campaign(rule: Callable[[int], Sequence[Condition]], rules: int) -> Ruleset:
    """Rules of one mix, of which only the last fires."""
    return ruleset([*(rule(place) for place in range(rules - 1)), WINNERS])


def by_shop(rules: int) -> Ruleset:
    """A rule for each shop's region, and a last one that serves everybody else."""
    conditions = [
        (
            clause("geo.region", Is(_region(place))),
            clause("weather.temperature", Below(5 + place % 20)),
            clause("device.class", Is(DEVICES[place % len(DEVICES)])),
        )
        for place in range(rules - 1)
    ]
    return ruleset([*conditions, (ALWAYS,)])


def _region(place: int) -> str:
    return f"de-{place:04d}"


def deciding(of: Ruleset) -> Job:
    """A job that decides this open by these rules, of which the last fires."""
    decider, open_ = Decider(of), facts()
    answer = decider.decide(open_)
    assert isinstance(answer, Decision), "everything is known"
    assert answer.rule == of.rules[-1].name, f"the last rule was to fire, not {answer.rule}"
    return lambda _: decider.decide(open_)


def deciding_by_shop(rules: int) -> Job:
    """A job that decides opens from one region after the other by these many rules."""
    decider, open_ = Decider(by_shop(rules)), facts()
    opens = [open_.plus({"geo.region": Reading("geo.region", _region(place).upper(), NOW)}) for place in range(rules)]
    return lambda turn: decider.decide(opens[turn % rules])


def decisions(*, rounds: int = ROUNDS) -> Report:
    """The question that this file answers."""
    spent = costs(
        {
            "equalities": deciding(campaign(with_equalities, 20)),
            "comparisons": deciding(campaign(without_equalities, 20)),
            "ten": deciding_by_shop(10),
            "ten thousand": deciding_by_shop(10_000),
        },
        rounds=rounds,
    )
    micro = {name: [one * MICRO for one in found] for name, found in spent.items()}
    many = ratios(spent["ten thousand"], spent["ten"])
    return Report(
        "decide, everything known, the last rule fires",
        (
            Figure.at_most("20 rules of 3 clauses, many by equality", micro["equalities"], "us", MOST_US),
            Figure.at_most("20 rules of 3 clauses, comparisons only", micro["comparisons"], "us", MOST_US),
            Figure.of("10 rules, opens from each one's region in turn", micro["ten"], "us"),
            Figure.of("10,000 rules, likewise", micro["ten thousand"], "us"),
            Figure.at_most("10,000 rules / 10 rules", many, "x", MOST_TIMES),
        ),
    )


def main() -> None:
    """Print the table."""
    print(decisions().text())


if __name__ == "__main__":
    main()
