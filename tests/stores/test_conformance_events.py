"""What every backend promises of events: each counts once, in any order, and leaves a collection as it should be."""

from __future__ import annotations

from app.recipients.events import Outcome
from app.stores.changes import REMEMBERED_S
from app.stores.store import Store
from tests.stores.conftest import CART, DAY, HOUR, World, event, recalled

STORED, DUPLICATE, CONFLICT, DROPPED = Outcome.STORED, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.NOT_PERMITTED


async def test_events_leave_the_newest_and_their_number_in_any_order(store: Store, world: World) -> None:
    now = world.now
    events = [event("viewed", now - age, sku=f"A{age:.0f}") for age in (10, 2 * HOUR, 3 * DAY, 20 * DAY, 89 * DAY, 0)]
    assert await store.record(events, {}) == [STORED] * 6
    person = (await recalled(store)).person
    assert person is not None
    viewed = person.events["viewed"]
    assert (viewed.at, viewed.payload) == (now, {"sku": "A0"})
    assert viewed.tally.total == 6
    assert [viewed.tally.within(days, now).value for days in (1, 7, 30, 90)] == [3, 4, 5, 6]


async def test_an_id_counts_once_and_is_a_conflict_with_another_body(store: Store, world: World) -> None:
    first = event("viewed", world.now, id="one", sku="A1")
    other = event("viewed", world.now, id="one", sku="A2")
    assert await store.record([first], {}) == [STORED]
    assert await world.open().record([first, other, first], {}) == [DUPLICATE, CONFLICT, DUPLICATE]
    person = (await recalled(store)).person
    assert person is not None
    assert (person.events["viewed"].tally.total, person.events["viewed"].payload) == (1, {"sku": "A1"})


async def test_an_id_is_remembered_for_a_week_and_belongs_to_its_recipient(store: Store, world: World) -> None:
    anna, ben = event("viewed", world.now, id="one"), event("viewed", world.now, "ben", id="one")
    assert await store.record([anna, ben], {}) == [STORED, STORED]
    world.now += REMEMBERED_S - 1
    assert await store.record([anna], {}) == [DUPLICATE]
    world.now += 2
    assert await store.record([anna], {}) == [STORED]


async def test_a_batch_of_a_thousand_is_answered_in_its_order(store: Store, world: World) -> None:
    batch = [
        event("viewed", world.now, f"r{number % 300}", id=f"b{number % 900}-{number % 300}") for number in range(1000)
    ]
    assert await store.record(batch, {}) == [STORED] * 900 + [DUPLICATE] * 100
    totals = [
        account.person.events["viewed"].tally.total
        for number in range(300)
        if (account := await store.account(f"r{number}"))
    ]
    assert totals == [3] * 300


async def test_collections_hold_what_was_added_and_not_taken_out_while_it_is_kept(store: Store, world: World) -> None:
    now = world.now
    events = [
        event("added", now - 50, sku="A", price=1),
        event("removed", now - 10, sku="B"),
        event("added", now - 20, sku="B"),
        event("added", now - 29 * DAY, sku="C"),
        event("added", now - 60, sku="D"),
        event("purchase", now - 5, sku=["D", "E"]),
    ]
    await store.record(events, CART)
    person = (await recalled(store)).person
    assert person is not None
    items, until = person.items("cart", now)
    assert [item.payload for item in items.values()] == [{"sku": "A", "price": 1}, {"sku": "C"}]
    assert until == now + DAY
    assert [item.payload for item in person.items("cart", until)[0].values()] == [{"sku": "A", "price": 1}]


async def test_after_a_no_events_are_acknowledged_and_dropped(store: Store, world: World) -> None:
    await store.record([event("viewed", world.now)], CART)
    await store.tell("anna", {}, {"behaviour": False})
    refused = event("viewed", world.now)
    assert await store.record([refused], CART) == [DROPPED]
    await store.tell("anna", {}, {"behaviour": True})
    assert await store.record([refused, event("viewed", world.now)], CART) == [DUPLICATE, STORED]
    person = (await recalled(store)).person
    assert person is not None
    assert person.events["viewed"].tally.total == 2
