"""What every backend promises of events: each counts once, in any order, and leaves a collection as it should be."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import Clash
from app.recipients.events import Event, Outcome
from app.stores.changes import REMEMBERED_S
from app.stores.store import Store
from tests.stores.conftest import CART, DAY, HOUR, World, event, recalled

STORED, DUPLICATE, DROPPED = Outcome.STORED, Outcome.DUPLICATE, Outcome.NOT_PERMITTED


async def clashing(store: Store, *events: Event) -> list[int]:
    """The positions of those that have the id of another event; none of all these is stored then."""
    with pytest.raises(Clash) as caught:
        await store.record(events, {})
    return list(caught.value.positions)


async def total(store: Store, recipient: str) -> int:
    account = await store.account(recipient)
    return account.person.events["viewed"].tally.total if account else 0


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


async def test_an_id_counts_once(store: Store, world: World) -> None:
    first = event("viewed", world.now, id="one", sku="A1")
    assert await store.record([first], {}) == [STORED]
    assert await world.open().record([first, event("viewed", world.now, id="two"), first], {}) == [
        DUPLICATE, STORED, DUPLICATE,
    ]  # fmt: skip
    assert await total(store, "anna") == 2


async def test_an_id_is_one_events_of_all(store: Store, world: World) -> None:
    anna, ben = event("viewed", world.now, id="one"), event("viewed", world.now, "ben", id="one")
    changed = event("viewed", world.now, id="one", sku="A2")
    assert await store.record([anna], {}) == [STORED]
    for other in (store, world.open()):
        assert await clashing(other, ben) == [0]
        assert await clashing(other, event("viewed", world.now), changed, anna, ben) == [1, 3]
    assert await store.account("ben") is None
    assert await total(store, "anna") == 1


async def test_of_a_list_with_a_clash_nothing_is_stored_and_the_rest_can_be_sent(store: Store, world: World) -> None:
    await store.record([event("viewed", world.now, id="taken")], {})
    sent = [event("viewed", world.now, f"r{number}", id=f"new{number}") for number in range(40)]
    sent[7:7] = [event("viewed", world.now, "ben", id="taken")]
    sent[30:30] = [event("viewed", world.now, "ben", id="new3"), sent[3]]
    assert await clashing(store, *sent) == [7, 30]
    assert [await store.account(name) for name in ("r0", "r39", "ben")] == [None] * 3
    assert await world.open().record([event("viewed", world.now, "carl", id="new0")], {}) == [STORED]
    rest = [one for one in sent if one.recipient not in ("ben", "r0")]
    assert await store.record(rest, {}) == [STORED] * 28 + [DUPLICATE] + [STORED] * 11


async def test_an_id_is_remembered_for_a_week_and_then_anybodys(store: Store, world: World) -> None:
    anna, ben = event("viewed", world.now, id="one"), event("viewed", world.now, "ben", id="one")
    assert await store.record([anna], {}) == [STORED]
    world.now += REMEMBERED_S - 1
    assert await store.record([anna], {}) == [DUPLICATE]
    assert await clashing(store, ben) == [0]
    world.now += 2
    assert await store.record([ben], {}) == [STORED]
    assert await clashing(store, anna) == [0]


async def test_of_two_that_send_an_id_at_once_one_gets_it(store: Store, world: World) -> None:
    stores = (store, world.open(), world.open())
    for number in range(10):
        sent = [event("viewed", world.now, name, id=f"one{number}") for name in ("anna", "ben", "carl")]
        came = await asyncio.gather(
            *(one.record([mine], {}) for one, mine in zip(stores, sent, strict=True)), return_exceptions=True
        )
        assert sum(one == [STORED] for one in came) == 1
        assert sum(isinstance(one, Clash) for one in came) == 2
    assert sum([await total(store, name) for name in ("anna", "ben", "carl")]) == 10


async def test_an_event_that_is_sent_by_several_at_once_counts_once(store: Store, world: World) -> None:
    stores = (store, world.open(), world.open())
    sent = [event("viewed", world.now, f"r{number % 7}") for number in range(60)]
    came = await asyncio.gather(*(one.record(some, {}) for one in stores for some in (sent, sent[::-1])))
    assert sum(one is STORED for outcomes in came for one in outcomes) == 60
    assert sum([await total(store, f"r{number}") for number in range(7)]) == 60


async def test_lists_that_clash_crosswise_are_stored_whole_or_not_at_all(store: Store, world: World) -> None:
    other = world.open()
    for number in range(10):
        ours, theirs = (
            [event("viewed", world.now, f"{name}{number}", id=f"{id}{number}") for id in ids]
            for name, ids in (("anna", "xy"), ("ben", "yx"))
        )
        came = await asyncio.gather(store.record(ours, {}), other.record(theirs, {}), return_exceptions=True)
        assert sum(one == [STORED] * 2 for one in came) <= 1
        totals = [await total(store, f"{name}{number}") for name in ("anna", "ben")]
        assert totals == [2 if one == [STORED] * 2 else 0 for one in came]
        if 2 not in totals:
            assert await store.record(ours, {}) == [STORED] * 2


async def test_an_erasure_makes_the_ids_of_a_recipient_anybodys(store: Store, world: World) -> None:
    ids = [f"id{number}" for number in range(40)]
    await store.record([event("viewed", world.now, id=id) for id in ids], {})
    assert (await world.open().erase("anna")).event_ids == 40
    for name in ("ben", "anna"):
        assert await store.record([event("viewed", world.now, name, id=id, of=name) for id in ids], {}) == [STORED] * 40
        await store.erase(name)


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


async def test_after_a_no_events_are_acknowledged_and_dropped_and_their_ids_remembered(
    store: Store, world: World
) -> None:
    await store.record([event("viewed", world.now)], CART)
    await store.tell("anna", {}, {"behaviour": False})
    refused = event("viewed", world.now, id="refused")
    for _ in "12":
        assert await store.record([refused], CART) == [DROPPED], "an answer may get lost on its way"
    assert await clashing(store, event("viewed", world.now, "ben", id="refused")) == [0]
    await store.tell("anna", {}, {"behaviour": True})
    assert await store.record([refused, event("viewed", world.now)], CART) == [DUPLICATE, STORED]
    assert await total(store, "anna") == 2


async def test_an_id_that_is_kept_for_longer_stays_one_events_for_longer(store: Store, world: World) -> None:
    longer = world.open(event_id=30)
    anna, ben = event("viewed", world.now, id="one"), event("viewed", world.now, "ben", id="one")
    assert await longer.record([anna], {}) == [STORED]
    world.now += 20 * DAY
    assert await clashing(longer, ben) == [0]
    assert await store.record([ben], {}) == [STORED]
