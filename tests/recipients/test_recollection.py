"""What is remembered of a recipient, as rules read it: what is permitted, what is known, and for how long it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from app.engine.calendar import find_zone
from app.engine.clauses import MovingClause
from app.engine.conditions import ALWAYS, Condition
from app.engine.explain import plain
from app.engine.lists import Pick
from app.engine.moving import Age, InSpanRange
from app.engine.personal import PersonalList
from app.engine.readings import EMPTY, FOREVER, Reading, Why
from app.engine.signals import Edge, Kind, Purpose
from app.recipients.collecting import holding
from app.recipients.events import Collection, Event, after
from app.recipients.ids import is_hard_to_guess
from app.recipients.permits import Permits
from app.recipients.person import Happened, Item as Kept, Person
from app.recipients.recollection import Recollection
from app.recipients.showings import Opened, Past
from app.recipients.signals import remembered
from app.recipients.tallies import Tally
from app.recipients.tellable import EventType, Slot, Tellable

HOUR, DAY = 3_600.0, 86_400.0
NOW = 1_795_000_000.0
ASKED = Permits({Purpose.LOCATION: "asked", Purpose.BEHAVIOUR: "asked"})
TELLABLE = Tellable(
    attributes={
        "tier": Slot(Kind.CHOICE, ("gold", "platinum")),
        "born": Slot(Kind.DATE),
        "joined": Slot(Kind.MOMENT),
        "points": Slot(Kind.NUMBER, purpose=Purpose.BEHAVIOUR),
    },
    events={"viewed": EventType(Purpose.BEHAVIOUR, {"sku": Slot(Kind.TEXT)})},
)
KNOWN = tuple(remembered(TELLABLE, ["advent"]))
NAMES = [one.signal.name for one in KNOWN if not one.measured]
SHOWN = [one.signal.name for one in KNOWN if one.measured]


def recollection(permits: Permits = ASKED) -> Recollection:
    found = Recollection.of(KNOWN, permits, NAMES)
    assert found is not None
    return found


def read(person: Person | None, now: float = NOW, permits: Permits = ASKED) -> dict[str, Any]:
    """The values by name; in place of a value, why it is unknown."""
    readings = recollection(permits).readings(Past(person, None), now)
    assert readings.keys() == set(NAMES)
    return {name: reading.why_unknown or reading.value for name, reading in readings.items()}


def somebody(*ages: float, consent: bool | None = True, **attributes: Any) -> Person:
    """Somebody who looked at something so many seconds ago."""
    person = Person(attributes=attributes, consent={} if consent is None else {"behaviour": consent})
    for number, age in enumerate(ages):
        person = after(person, viewed(age, number), {}, NOW)
    return person


def viewed(age: float, number: int = 0) -> Event:
    return Event(f"e{number}", "r", "viewed", NOW - age, {"sku": f"S{age:g}"}, "behaviour")


def test_everything_that_is_declared_is_a_signal_of_one_person() -> None:
    signals = [one.signal for one in KNOWN]
    assert NAMES[4:] == [
        "last.viewed.sku",
        "last.viewed.age",
        "last.viewed.at",
        "first.viewed.at",
        "count.viewed",
        "count.viewed_1d",
        "count.viewed_7d",
        "count.viewed_30d",
        "count.viewed_90d",
    ]
    assert [f"shown.advent.count_{days}d" for days in (1, 7, 30, 90)] == SHOWN
    assert {signal.edge for signal in signals} == {Edge.PERSON}
    assert all(signal.doubtful for signal in signals)
    assert {signal.purpose for signal in signals if signal.name.startswith(("last", "first", "count"))} == {
        Purpose.BEHAVIOUR
    }


def test_attributes_are_read_in_their_kind() -> None:
    told = read(somebody(tier="GOLD", born="1980-02-29", joined="2026-11-27T18:00:00+01:00", points=7))
    assert (told["recipient.tier"], told["recipient.born"]) == ("gold", date(1980, 2, 29))
    assert (told["recipient.joined"], told["recipient.points"]) == (1795798800.0, 7.0)


def test_what_was_never_told_is_empty_and_what_fits_no_more_is_unknown() -> None:
    told = read(somebody(tier="silver", born=None, points=""))
    assert told["recipient.tier"] is Why.NOT_OFFERED
    assert told["recipient.born"] is told["recipient.joined"] is EMPTY
    assert told["recipient.points"] is Why.NOT_OFFERED


def test_the_newest_event_is_read_and_all_are_counted() -> None:
    told = read(somebody(2 * HOUR, 40 * DAY, 3 * DAY))
    assert (told["last.viewed.sku"], told["last.viewed.age"]) == ("S7200", 2 * HOUR)
    counts = [told[f"count.viewed{window}"] for window in ("", "_1d", "_7d", "_30d", "_90d")]
    assert counts == [3, 1, 2, 2, 3]


def test_the_first_event_is_the_first_whatever_comes_later() -> None:
    told = read(somebody(3 * DAY, 40 * DAY, 2 * HOUR))
    assert (told["first.viewed.at"], told["last.viewed.at"]) == (NOW - 40 * DAY, NOW - 2 * HOUR)


def test_of_what_was_written_before_anybody_kept_the_first_the_newest_is_the_first() -> None:
    old = Happened(NOW - DAY, {}, Tally().plus(NOW - DAY, NOW))
    person = after(Person(consent={"behaviour": True}, events={"viewed": old}), viewed(HOUR), {}, NOW)
    assert read(person)["first.viewed.at"] == NOW - DAY


def test_who_did_nothing_has_counts_of_zero_and_an_empty_last() -> None:
    told = read(somebody())
    assert told["last.viewed.sku"] is told["last.viewed.age"] is told["last.viewed.at"] is EMPTY
    assert told["first.viewed.at"] is EMPTY
    assert told["count.viewed"] == told["count.viewed_1d"] == 0


def test_nothing_is_known_of_somebody_never_heard_of() -> None:
    assert set(read(None).values()) == {Why.NEVER_HEARD_OF}


@pytest.mark.parametrize(
    ("need", "said", "permitted"),
    [
        ("asked", True, True),
        ("asked", None, False),
        ("asked", False, False),
        ("given", True, True),
        ("given", None, True),
        ("given", False, False),
        ("not_needed", None, True),
        ("not_needed", False, False),
    ],
)
def test_each_purpose_is_read_as_its_consent_permits(need: Any, said: bool | None, permitted: bool) -> None:
    permits = Permits({Purpose.LOCATION: "asked", Purpose.BEHAVIOUR: need})
    told = read(somebody(HOUR, consent=said, tier="gold", points=7), permits=permits)
    assert told["recipient.tier"] == "gold"
    behaviour = {told["recipient.points"], told["last.viewed.sku"], told["count.viewed"]}
    assert (behaviour == {Why.NOT_PERMITTED}) is not permitted


OPENED = Opened(3, NOW - DAY)


@pytest.mark.parametrize(
    ("past", "mailing", "measures", "count", "first_at"),
    [
        (Past(None, OPENED), "m", True, 3, NOW - DAY),
        (Past(None, None), "m", True, 0, EMPTY),
        (Past(None, OPENED), "m", False, Why.NOT_REMEMBERED, Why.NOT_REMEMBERED),
        (Past(None, OPENED), "", True, Why.NOT_IN_URL, Why.NOT_IN_URL),
        (Past(Person(consent={"measurement": False}), OPENED), "m", True, Why.NOT_PERMITTED, Why.NOT_PERMITTED),
    ],
)
def test_a_mail_is_counted_where_opens_are_measured(
    past: Past, mailing: str, measures: bool, count: Any, first_at: Any
) -> None:
    found = Recollection.of(KNOWN, Permits(ASKED.needs, measures), ["open.count", "open.first_at"])
    assert found is not None
    readings = found.readings(past, NOW, mailing=mailing)
    told = {name: reading.why_unknown or reading.value for name, reading in readings.items()}
    assert told == {"open.count": count, "open.first_at": first_at}


@pytest.mark.parametrize(
    ("opened", "certain", "first_at"),
    [(None, True, NOW), (Opened(2, None), True, NOW), (Opened(2, None), False, EMPTY), (OPENED, True, NOW - DAY)],
)
def test_the_first_certain_open_is_this_one_if_there_was_none(
    opened: Opened | None, certain: bool, first_at: Any
) -> None:
    found = Recollection.of(KNOWN, Permits(ASKED.needs, measures_opens=True), ["open.first_at"])
    assert found is not None
    readings = found.readings(Past(None, opened), NOW, mailing="m", certain=certain)
    assert readings["open.first_at"].value == first_at


@pytest.mark.parametrize(
    ("person", "measures", "counts"),
    [
        (Person().saw("advent", NOW - HOUR, NOW).saw("advent", NOW - 5 * DAY, NOW), True, [1, 2, 2, 2]),
        (Person().saw("spring", NOW, NOW), True, [0] * 4),
        (None, True, [0] * 4),
        (Person().saw("advent", NOW, NOW), False, [Why.NOT_REMEMBERED] * 4),
        (Person(consent={"measurement": False}), True, [Why.NOT_PERMITTED] * 4),
    ],
)
def test_what_a_campaign_showed_is_counted_where_opens_are_measured(
    person: Person | None, measures: bool, counts: list[Any]
) -> None:
    found = Recollection.of(KNOWN, Permits(ASKED.needs, measures), SHOWN)
    assert found is not None
    readings = found.readings(Past(person, None), NOW)
    assert [readings[name].why_unknown or readings[name].value for name in SHOWN] == counts


def test_who_only_opened_a_mail_was_never_heard_of() -> None:
    assert set(read(Person().saw("advent", NOW, NOW)).values()) == {Why.NEVER_HEARD_OF}


def test_a_silent_store_is_worth_asking_again_soon() -> None:
    readings = recollection().readings(Past(None, None, Why.STORE_SILENT), NOW)
    assert {reading.why_unknown for reading in readings.values()} == {Why.STORE_SILENT}
    assert all(NOW < reading.until < NOW + 60 for reading in readings.values())


def test_nothing_is_looked_up_that_is_not_read() -> None:
    assert Recollection.of(KNOWN, ASKED, ["time.hour", "param.x"]) is None
    found = Recollection.of(KNOWN, ASKED, ["recipient.tier", "time.hour"])
    assert found is not None
    assert found.readings(Past(somebody(HOUR), None), NOW).keys() == {"recipient.tier"}


@given(st.lists(st.floats(0, 100 * DAY), max_size=6), st.floats(0, 0.999999))
@example([0.0], 0.5)
def test_it_holds_until_its_horizon(ages: list[float], share: float) -> None:
    """“It holds until its horizon”: counts stay, and what is said of an age does not turn."""
    zone, hours = find_zone("UTC"), InSpanRange(HOUR, 30 * HOUR)
    assert zone is not None
    person = somebody(*ages)

    def facts(now: float) -> tuple[dict[str, Any], float]:
        readings = recollection().readings(Past(person, None), now)
        age = readings.pop("last.viewed.age").value
        inside, turns = (False, FOREVER) if age is EMPTY else hours.test_at(age, now, zone)
        until = min(turns, *(reading.until for reading in readings.values()))
        return {"inside": inside, **{name: reading.value for name, reading in readings.items()}}, until

    first, until = facts(NOW)
    assert until > NOW
    later = NOW + share * (min(until, NOW + 200 * DAY) - NOW)
    assert facts(later)[0] == first


def test_a_span_turns_at_its_edges() -> None:
    zone, range = find_zone("UTC"), InSpanRange(60.0, 120.0)
    assert zone is not None
    assert range.test_at(0.0, NOW, zone) == (False, NOW + 60)
    assert range.test_at(60.0, NOW, zone) == (True, NOW + 60)
    assert range.test_at(120.0, NOW, zone) == (False, FOREVER)


@pytest.mark.parametrize(
    ("recipient", "hard"),
    [
        ("4711", False),
        ("jana@shop.example", False),
        ("1" * 28, False),
        ("1" * 29, True),
        ("2d936449-a964-404a-b43c-c929912a9698", True),
        ("efd78282164d5c19e0f609", False),
        ("e676df568ca4ad7fa32f83788d0964a3", True),
        ("aB3" * 5, False),
        ("aB3" * 6, True),
        ("ж" * 40, False),
        ("-" * 150, False),
        ("\ud800" * 40, False),
        ("", False),
    ],
)
def test_an_id_is_hard_to_guess_if_it_has_96_bits(recipient: str, hard: bool) -> None:
    assert is_hard_to_guess(recipient) is hard


CART = Collection("sku", frozenset({"added"}), frozenset({"purchase"}), 30 * DAY)
SELLING = Tellable(
    events={
        "added": EventType(Purpose.BEHAVIOUR, {"sku": Slot(Kind.LIST), "size": Slot(Kind.NUMBER)}),
        "purchase": EventType(Purpose.NONE, {"sku": Slot(Kind.LIST)}),
    },
    collections={"cart": CART},
)
DAY_OLD: Condition = MovingClause("added_at", 1, Age(True, DAY), "added_at older than 1d")
NAMES_OF_THE_LIST = ("list.cart", "list.cart.count", "list.cart.total")


def shopper(*events: tuple[str, float, Any], consent: bool = True) -> Person:
    """Somebody who did these, each so many seconds ago, to that item or those."""
    person = Person(consent={"behaviour": consent})
    for number, (type, age, sku) in enumerate(events):
        event = Event(f"e{number}", "r", type, NOW - age, {"sku": sku, "size": number}, "behaviour")
        person = after(person, event, SELLING.collections, NOW)
    return person


def carted(person: Person | None, now: float = NOW, *, why: Why | None = None, **pick: Any) -> dict[str, Reading]:
    zone = find_zone("UTC")
    assert zone is not None
    one = PersonalList(Pick("cart", "cart", **pick), "cart", zone)
    found = Recollection.of((), ASKED, NAMES_OF_THE_LIST, [(one, holding("cart", SELLING, one.reads))])
    assert found is not None
    assert found.names == set(NAMES_OF_THE_LIST)
    readings = found.readings(Past(person, None, why), now)
    assert readings.keys() == found.names
    assert found.nothing(Why.NOT_BELIEVED).keys() == found.names
    return readings


def test_a_list_holds_what_was_collected_and_not_taken_out() -> None:
    person = shopper(("added", 2 * HOUR, ["A", "B"]), ("added", HOUR, "C"), ("purchase", 0, ["B", "X"]))
    found = carted(person)
    assert [str(one) for one in found["list.cart"].value] == ["C", "A"]
    assert (found["list.cart.count"].value, found["list.cart"].until) == (2, NOW - 2 * HOUR + 30 * DAY)
    assert [str(one) for one in carted(person, by={"size": "ascending"})["list.cart"].value] == ["A", "C"]
    assert carted(person, NOW + 30 * DAY)["list.cart"].value is EMPTY


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (None, Why.NEVER_HEARD_OF),
        (shopper(("added", HOUR, "A"), consent=False), Why.NOT_PERMITTED),
        (shopper(("added", HOUR, "A")), Why.STORE_SILENT),
    ],
)
def test_why_nothing_is_known_of_a_list(person: Person | None, why: Why) -> None:
    found = carted(person, why=why if why.failure else None)
    assert {reading.why_unknown for reading in found.values()} == {why}


def test_who_collected_nothing_has_an_empty_list() -> None:
    assert [reading.value for reading in carted(shopper()).values()] == [EMPTY, 0, 0]


def test_fields_that_were_not_told_are_empty_and_those_that_fit_no_more_unknown() -> None:
    one = holding("cart", SELLING, ["sku", "size", "added_at"])
    cart = {name: Kept(NOW, NOW + DAY, {"sku": name, **told}) for name, told in (("A", {}), ("B", {"size": "XL"}))}
    items = one.find(Person(collections={"cart": cart}), NOW).value
    assert [[item.readings[name].value for name in ("sku", "added_at")] for item in items] == [["A", NOW], ["B", NOW]]
    assert items[0].readings["size"].value is EMPTY
    assert items[1].readings["size"].why_unknown is Why.NOT_OFFERED
    assert holding("cart", SELLING, []).find(Person(collections={"cart": cart}), NOW).value[0].readings == {}


def test_what_is_read_of_a_collection_needs_the_consent_of_what_fills_it() -> None:
    signal = holding("cart", SELLING, ()).signal
    assert (signal.purpose, signal.edge, signal.doubtful) == (Purpose.BEHAVIOUR, Edge.PERSON, True)
    assert "last.purchase.sku" not in [one.signal.name for one in remembered(SELLING)]


@given(st.lists(st.floats(0, 40 * DAY), max_size=6), st.floats(0, 0.999999), st.sampled_from((ALWAYS, DAY_OLD)))
@example([30 * DAY, DAY], 0.5, DAY_OLD)
def test_a_list_holds_until_its_horizon(ages: list[float], share: float, where: Condition) -> None:
    """“It holds until its horizon”: nothing comes into a list or leaves it before."""
    person = shopper(*(("added", age, f"S{number}") for number, age in enumerate(ages)))

    def seen(now: float) -> dict[str, Any]:
        return {name: plain(reading) for name, reading in carted(person, now, where=where).items()}

    until = min(reading.until for reading in carted(person, where=where).values())
    assert until > NOW
    assert seen(NOW + share * (min(until, NOW + 200 * DAY) - NOW)) == seen(NOW)
