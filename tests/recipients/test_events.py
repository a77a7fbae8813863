"""The order in which events arrive does not matter, and what a person comes to stays bounded."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from app.recipients.events import ITEMS, Collection, Event, after, permitted
from app.recipients.person import Person
from tests.support.profiles import law

NOW = 1_800_000_000.0
DAY = 86_400.0
COLLECTIONS = {
    "cart": Collection("sku", frozenset({"added"}), frozenset({"removed", "purchase"}), 30 * DAY),
    "seen": Collection("sku", frozenset({"viewed", "added"}), frozenset(), 7 * DAY),
}
SKUS = st.sampled_from(("A", "B", 3))
EVENTS = st.builds(
    Event,
    id=st.text(max_size=3),
    recipient=st.just("anna"),
    type=st.sampled_from(("added", "removed", "purchase", "viewed")),
    at=st.integers(0, 40).map(lambda days: NOW - days * DAY),
    payload=st.fixed_dictionaries({}, optional={"sku": SKUS | st.lists(SKUS, max_size=3), "price": st.integers(1, 2)}),
)


def person_after(events: list[Event]) -> Person:
    person = Person()
    for event in events:
        person = after(person, event, COLLECTIONS, NOW)
    return person


@law
@given(data=st.data(), events=st.lists(EVENTS, max_size=8))
def test_the_order_in_which_events_arrive_does_not_matter(data: st.DataObject, events: list[Event]) -> None:
    shuffled = data.draw(st.permutations(events))
    assert person_after(shuffled) == person_after(events)


@given(events=st.lists(EVENTS, max_size=8))
def test_an_item_is_in_a_collection_if_the_newest_word_about_it_put_it_in(events: list[Event]) -> None:
    events = [replace(event, at=NOW - number) for number, event in enumerate(events)]  # the newest first
    words: dict[str, bool] = {}
    for event in events:
        sku = event.payload.get("sku")
        for name in sku if isinstance(sku, list) else [sku] if sku else []:
            if event.type != "viewed":
                words.setdefault(str(name), event.type == "added")
    inside = person_after(events).collections.get("cart", {})
    assert {name for name, item in inside.items() if item.payload is not None} == {
        name for name, put_in in words.items() if put_in
    }


def test_a_collection_keeps_the_newest_items() -> None:
    events = [Event("", "anna", "added", NOW - number, {"sku": f"A{number}"}) for number in range(ITEMS + 50)]
    assert set(person_after(events[::-1]).collections["cart"]) == {f"A{number}" for number in range(ITEMS)}


def test_what_a_payload_calls_an_item_may_be_no_name() -> None:
    for key in (None, True, 1.5, {"a": 1}, [None, ["A"]], "", [" "]):
        assert person_after([Event("", "anna", "added", NOW, {"sku": key})]).collections["cart"] == {}


def test_blanks_around_a_name_are_no_part_of_it() -> None:
    assert person_after([Event("", "anna", "added", NOW, {"sku": [" A 1 ", 7]})]).collections["cart"].keys() == {
        "A 1",
        "7",
    }


def test_campaigns_are_forgotten_that_nobody_was_shown_for_ninety_days() -> None:
    person = Person().saw("spring", NOW - 80 * DAY, NOW).saw("summer", NOW, NOW)
    assert set(person.shown) == {"spring", "summer"}
    assert set(person.saw("autumn", NOW + 12 * DAY, NOW + 12 * DAY).shown) == {"summer", "autumn"}


def test_only_a_no_forbids() -> None:
    event = Event("", "anna", "viewed", NOW, purpose="behaviour")
    assert permitted(Person(), event)
    assert permitted(Person(consent={"behaviour": True, "location": False}), event)
    assert not permitted(Person(consent={"behaviour": False}), event)
