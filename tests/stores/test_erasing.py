"""Nothing that was asked for before an erasure is written behind it, by whichever process; what comes later is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.recipients.accounts import Erased
from app.recipients.events import Outcome
from app.recipients.hiding import Trace
from app.recipients.showings import Showing
from app.stores.erasures import LATE_S, MARKED_S
from app.stores.opening import store_at
from app.stores.store import Store
from tests.stores.conftest import HIDERS, World, event, mail, showing, trace

Left = Callable[[float], Showing | Trace]
LEFT = {
    "receipt and count": showing,
    "receipt": lambda at: showing(at, counted=False),
    "trace": trace,
    "trace of a plain id": lambda at: trace(at, believed=False),
    "trace under the key before": lambda at: trace(at, key=1),
}


@pytest.fixture(params=LEFT.values(), ids=LEFT)
def left(request: pytest.FixtureRequest) -> Left:
    """Something that an open leaves behind its answer."""
    made: Left = request.param
    return made


async def answered(world: World, *left: Showing | Trace) -> None:
    """Have a process leave this behind its answers, and return when it has written all that it will."""
    process = world.open()
    for one in left:
        assert process.keep(one)
    await process.upkeep.aclose()


async def test_what_another_process_was_asked_for_before_does_not_come_behind(
    store: Store, world: World, left: Left
) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    asked_at, world.now = world.now, world.now + 5
    assert (await store.erase("anna")).attributes == 1
    await answered(world, left(asked_at), left(world.now))
    assert await store.account("anna") is None
    world.now += 0.001
    await answered(world, left(asked_at), left(world.now), left(asked_at))
    assert (await store.erase("anna")).mails == 1


async def test_what_meets_an_erasure_is_gone_with_it(store: Store, world: World) -> None:
    for number in range(10):
        who = f"anna{number}"
        left = [one for _ in range(number) for one in (showing(world.now, mail(who)), trace(world.now, mail(who)))]
        await asyncio.gather(*(answered(world, *left) for _ in range(3)), store.erase(who))
        assert await store.account(who) is None


async def test_what_is_told_and_happens_after_an_erasure_is_new(store: Store, world: World) -> None:
    await store.record([event("viewed", world.now, id="one")], {})
    await store.erase("anna")
    assert await world.open().record([event("viewed", world.now - 60, id="one")], {}) == [Outcome.STORED]
    await world.open().tell("anna", {"tier": "gold"}, {})
    assert await store.erase("anna") == Erased(attributes=1, events=1, event_ids=1)


async def test_an_erasure_is_one_persons(store: Store, world: World) -> None:
    await store.erase("anna")
    await answered(world, showing(world.now, mail("ben")))
    assert await store.account("ben") is not None


async def test_processes_that_have_a_key_in_common_know_of_each_others_erasures(store: Store, world: World) -> None:
    before = store_at(world.address, clock=lambda: world.now, lost=lambda: None, hiders=HIDERS[1:])
    await before.erase("anna")
    await answered(world, showing(world.now))
    assert await store.account("anna") is None
    world.now += 1
    await store.erase("anna")
    before.keep(showing(world.now))
    await before.upkeep.aclose()
    assert await store.account("anna") is None


async def test_an_erasure_leaves_no_account_and_its_mark_goes(store: Store, world: World) -> None:
    asked_at = world.now
    await store.erase("anna")
    assert [page async for page, _ in store.accounts()] == []
    world.now += MARKED_S + 1
    assert await store.upkeep.forget(world.now) is not None
    await answered(world, showing(asked_at))
    assert await store.account("anna") is None, "what is as late as that is not written at all"


async def test_what_had_to_wait_is_written_while_the_mark_of_any_erasure_would_be_left(
    store: Store, world: World
) -> None:
    asked_at, world.now = world.now, world.now + LATE_S
    await answered(world, trace(asked_at), showing(asked_at - 1))
    assert await store.erase("anna") == Erased(mails=1)
