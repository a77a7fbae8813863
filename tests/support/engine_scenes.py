"""Scenes for the laws: a night in a place, and every clause the language knows about the signals there.

A scene fixes an instant around which everything happens (often one at which clocks change) and the zones people are
in. Its clauses are listed in full, every operator over every kind, so that a strategy only has to pick.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from app.engine.clauses import NEAR_SIGNALS, ZONE_SIGNAL, Asks, Clause, MovingClause, Near, Window
from app.engine.conditions import Condition
from app.engine.lists import Item, ItemList, Pick
from app.engine.moving import Age, Anniversary, InClockRange, InMomentRange, Moment, Moving
from app.engine.operators import (
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
)
from app.engine.phases import PHASE_SIGNAL, Phases
from app.engine.readings import EMPTY, FOREVER, Name, Reading, Why, fold, unknown
from app.engine.signals import CATALOGUE, Catalogue, Kind, Purpose, Signal, attribute, listed, param, split
from app.engine.words import Fixed
from tests.support.honest_clock import TIMES

MUNICH = Name("München", also=("Munich", "Monaco di Baviera"))
HAMBURG = Name("Hamburg", also=("Amburgo",))
HOLDOUT = "split.holdout"
ARMS = ("a", "b", "c")
PHASES = ("teaser", "live")
OWN_VALUES: dict[str, tuple[Any, ...]] = {
    "split.headline": ARMS,
    PHASE_SIGNAL: PHASES,
    "list.sale": ("",),
    "list.sale.count": (0, 1, 3),
    "list.sale.total": (9.5, 60),
}
"""What a campaign knows by itself."""

OFTEN = frozenset({"time.clock", "time.local", "schedules", PHASE_SIGNAL, "weather.sunset", "weather.temperature"})
"""What most can go wrong with: a strategy picks them three times as often."""

CATALOGUE_OF_TESTS = CATALOGUE.plus(
    (
        param("code", Kind.TEXT),
        attribute("birthday", Kind.DATE, Purpose.NONE),
        attribute("joined", Kind.MOMENT, Purpose.NONE),
        split("headline", ARMS),
        split("holdout", ("held_out", "taking_part")),
        *listed("sale").values(),
    )
)

STILL_VALUES: dict[str, tuple[Any, ...]] = {
    "geo.country": ("DE", "fr"),
    "geo.city": (MUNICH, HAMBURG),
    "geo.latitude": (48.14, 53.55),
    "geo.longitude": (11.58, 9.99),
    "geo.accuracy_km": (5, 400),
    "open.language": ("de", "en", "it"),
    "device.class": ("phone", "desktop"),
    "open.machine": (True, False),
    "open.count": (0, 3),
    "weather.condition": ("rain", "snow"),
    "weather.temperature": (3, 14.5, 30.0),
    "weather.next_rain_in": (600.0, 7200.0),
    "recipient.birthday": (date(1990, 5, 1), date(2001, 10, 25)),
    "param.code": ("Sommer", "winter"),
}
"""What signals can be that stand still, the same in every scene."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when: `base` is the instant (epoch seconds) around which everything happens."""

    name: str
    base: float
    zones: tuple[str, ...]
    site_zone: str = "Europe/Berlin"

    def local(self, hours: float) -> datetime:
        """The wall clock of the first zone that many hours from the base, as editors write it."""
        tz = ZoneInfo(self.zones[0])
        written = datetime.fromtimestamp(self.base, tz).replace(tzinfo=None, fold=0)
        return written + timedelta(hours=hours)

    def values(self, signal: str) -> tuple[Any, ...]:
        """What a signal can be here."""
        if signal in STILL_VALUES:
            return STILL_VALUES[signal]
        if signal == ZONE_SIGNAL:
            return self.zones
        return self.base - 5400, self.base + 2700.0  # moments: a sunset, the day somebody joined


SIGNALS = (*STILL_VALUES, ZONE_SIGNAL, "weather.sunset", "recipient.joined")
"""Signals that a world of the laws lays out; `time.*` follows from its clock, `split.*` from its lots."""


def phases(scene: Scene) -> tuple[Phases, ...]:
    """Absolute phases, and phases that each recipient reaches in their own zone."""
    teaser, live = PHASES
    return (
        Phases(((teaser, Moment(scene.base - 3000)), (live, Moment(scene.base + 2000)))),
        Phases(((teaser, Moment(scene.local(-0.5))), (live, Moment(scene.local(0.5))))),
    )


ITEMS = Catalogue.of((Signal("price", Kind.NUMBER, "Its price."), Signal("added", Kind.MOMENT, "When it came.")))


def item(key: str, **fields: Any) -> Item:
    """An item with these values; a Why stands for what is unknown."""
    readings = {
        name: unknown(name, value, as_of=0.0) if isinstance(value, Why) else Reading(name, value, FOREVER)
        for name, value in fields.items()
    }
    return Item(key, readings, {name: Fixed(value) for name, value in fields.items() if value is not EMPTY})


def lists(scene: Scene) -> tuple[ItemList, ...]:
    """Lists that stand still, that change as their items grow old, and of which one item is in doubt."""
    old, new = item("old", price=9.5, added=scene.base - 5400), item("new", price=20.25, added=scene.base + 900.0)
    lost = item("lost", price=EMPTY, added=Why.NEVER_HEARD_OF)
    cheap = Clause("price", ITEMS.bits["price"], Kind.NUMBER, Below(15), "price below 15")
    aged = MovingClause("added", ITEMS.bits["added"], Age(True, 3600.0), "added older than 1h")
    return (
        ItemList(Pick("sale", "feed.products", cheap, summed="price", limit=1), (new, old, lost)),
        ItemList(Pick("sale", "feed.products", aged, summed="price", limit=1), (new, old)),
        ItemList(Pick("sale", "feed.products", aged, summed="price"), (old, lost)),
        ItemList(Pick("sale", "feed.products"), ()),
    )


def _utc(month: int, day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp()


SCENES = (
    Scene("Berlin, clocks go back", _utc(10, 25, 1), ("Europe/Berlin", "America/New_York")),
    Scene("Berlin, clocks go forward", _utc(3, 29, 1), ("Europe/Berlin", "Asia/Kathmandu")),
    Scene("Lord Howe, half an hour back", _utc(4, 4, 15), ("Australia/Lord_Howe", "Europe/Berlin")),
    Scene("New York, clocks go back", _utc(11, 1, 6), ("America/New_York", "Pacific/Auckland")),
    Scene("Santiago, midnight happens twice", _utc(4, 5, 3), ("America/Santiago", "Europe/Berlin")),
    Scene("Kathmandu, midnight", _utc(11, 20, 18, 15), ("Asia/Kathmandu", "Pacific/Kiritimati")),
)


def clause(signal: str, operator: Operator, max_age: float | None = None) -> Clause:
    """A clause as the compiler writes it."""
    kind, bit = CATALOGUE_OF_TESTS[signal].kind, CATALOGUE_OF_TESTS.bits[signal]
    sentence = f"{signal} {operator.word} {_spelt(operator)}" + (f" within {max_age:g} s" if max_age else "")
    return Clause(signal, bit, kind, operator, sentence, max_age)


def moving(signal: str, operator: Moving, max_age: float | None = None) -> MovingClause:
    """A moving clause as the compiler writes it."""
    return MovingClause(signal, CATALOGUE_OF_TESTS.bits[signal], operator, f"{signal} {operator}", max_age)


def asks(signal: str, about: str, wanted: bool) -> Asks:
    """`known:` or `empty:` as the compiler writes it."""
    return Asks(signal, CATALOGUE_OF_TESTS.bits[signal], about, wanted, f"{signal} {about} {wanted}")


def near(latitude: float, longitude: float, km: float) -> Near:
    """`within` as the compiler writes it."""
    bits = CATALOGUE_OF_TESTS.set_of(NEAR_SIGNALS)
    return Near(bits, latitude, longitude, km, f"within {km} km of {latitude} {longitude}")


def window(start: Moment | None, end: Moment | None) -> Window:
    """A schedule or a phase as the compiler writes it."""
    local = any(edge is not None and edge.is_local for edge in (start, end))
    bit = CATALOGUE_OF_TESTS.bits[ZONE_SIGNAL] if local else 0
    return Window(InMomentRange(start, end, runs=True), bit, f"from {start} until {end}")


def _spelt(operator: Operator) -> str:
    operand: Any = getattr(operator, "operand", "")
    return str(sorted(map(str, operand))) if isinstance(operand, frozenset) else str(operand)


@cache
def leaves(scene: Scene) -> tuple[Condition, ...]:
    """Every clause of the scene."""
    return (*_still(scene), *_about_time(scene), *_moments(scene), *_questions(), *_windows(scene))


@cache
def families(scene: Scene) -> tuple[tuple[Condition, ...], ...]:
    """The clauses by the signal they are about, so that a strategy picks rare ones as often as common ones."""
    groups: dict[str, list[Condition]] = {}
    for leaf in leaves(scene):
        about = "schedules" if isinstance(leaf, Window) else next(leaf.signals())
        groups.setdefault(about, []).append(leaf)
    return tuple(tuple(group) for about, group in groups.items() for _ in range(3 if about in OFTEN else 1))


def _operators(kind: Kind, values: tuple[Any, ...]) -> Iterator[Operator]:
    """Every operator that fits the kind, with operands among and beside the values."""
    one, other = (fold(value) if isinstance(value, str) else value for value in (values[0], values[-1]))
    if kind in Is.kinds:
        yield from (Is(one), Is(other)) * 3
        yield from (IsNot(one), OneOf(frozenset((one, other))), NoneOf(frozenset((other,))))
    if kind in StartsWith.kinds:
        yield from (StartsWith(one[:1]), Contains(other[1:]))
    if kind in AtLeast.kinds:
        yield from (AtLeast(other), AtMost(one), Above(one), Below(other), Between((one, one)), Between((one, other)))


def _still(scene: Scene) -> Iterator[Condition]:
    for signal in (*SIGNALS, *OWN_VALUES):
        kind = CATALOGUE_OF_TESTS[signal].kind
        values = OWN_VALUES.get(signal) or scene.values(signal)
        if kind is not Kind.MOMENT:
            yield from (clause(signal, operator) for operator in _operators(kind, values))
    yield from (clause("weather.temperature", Below(15), age) for age in (1800.0, 5400.0))
    yield from (clause("weather.condition", NoneOf(frozenset(("rain",))), age) for age in (1800.0, 5400.0))
    yield clause("geo.city", Is("munich"))
    yield from (near(48.14, 11.58, km) for km in (20, 500, 900))


def _about_time(scene: Scene) -> Iterator[Condition]:
    day = scene.local(0).date()
    yield from (clause("time.date", operator) for operator in (Is(day), Above(day), Between((day, day))))
    yield from (clause("time.hour", operator) for operator in (Is(scene.local(0).hour), AtLeast(3), Between((22, 23))))
    yield from (clause("time.weekday", operator) for operator in (Is("sunday"), NoneOf(frozenset(("saturday",)))))
    yield from (clause("time.daypart", operator) for operator in (Is("night"), OneOf(frozenset(("evening", "noon")))))
    yield from (clause("time.is_weekend", operator) for operator in (Is(True), IsNot(True)))
    edges = [scene.local(hours).time() for hours in (-1.5, -0.5, 0, 0.25, 1)]
    seconds = [edge.hour * 3600 + edge.minute * 60 for edge in edges]
    for start, end in pairwise(seconds):
        yield moving("time.clock", InClockRange(start, end))
        yield moving("time.clock", InClockRange(end, start))
    yield moving("time.clock", InClockRange(22 * 3600, 5 * 3600))
    yield from (moving("recipient.birthday", Anniversary(*around)) for around in ((0, 0), (-30, 3), (1, 180)))


def _moments(scene: Scene) -> Iterator[Condition]:
    edges = (Moment(scene.base), Moment(scene.local(-0.5)), Moment(scene.local(0.5)))
    for signal in ("weather.sunset", "recipient.joined", "time.local"):
        runs = CATALOGUE_OF_TESTS[signal].runs
        yield moving(signal, InMomentRange(edges[0], None, runs))
        yield moving(signal, InMomentRange(None, edges[2], runs))
        yield moving(signal, InMomentRange(edges[1], edges[2], runs), 5400.0)
        yield moving(signal, InMomentRange(edges[1], None, runs))
        if not runs:
            yield from (moving(signal, Age(older, 3600.0)) for older in (True, False))
            yield moving(signal, Age(True, 4000.0), 1800.0)


def _questions() -> Iterator[Condition]:
    for signal in (*SIGNALS, *TIMES, *OWN_VALUES):
        yield from (asks(signal, about, wanted) for about in ("known", "empty") for wanted in (True, False))


def _windows(scene: Scene) -> Iterator[Condition]:
    soon, later = Moment(scene.base + 600), Moment(scene.base + 4000.5)
    yield from (window(soon, later), window(None, soon), window(later, None))
    yield from (window(Moment(scene.local(-0.5)), Moment(scene.local(0.5))), window(soon, Moment(scene.local(1.25))))
