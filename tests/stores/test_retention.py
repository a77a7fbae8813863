"""How long a kind is kept may be set: it is read, removed and told as is set now, however old it has become by then."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from app.engine.offers import Offer
from app.recipients.events import Outcome
from app.settings import KeepSettings
from app.stores.redis.clients import client_for
from app.stores.redis.nodes import nodes_at
from app.stores.redis.upkeep import TURN
from app.stores.retention import KINDS, Swept
from app.stores.store import Store
from app.wiring.keeping import retention_of
from tests.stores.conftest import DAY, World, event, mail, recalled, showing, trace
from tests.support.store_claims import claimed

ALL = frozenset(kept.kind for kept in KINDS)
OFFER = Offer("winter", "two", 2)


async def filled(store: Store, world: World) -> None:
    """One entry of each kind, all as of now."""
    await store.record([event("viewed", world.now, id="one")], {})
    assert await claimed(store, "anna", OFFER) == 1
    store.keep(showing(world.now))
    store.keep(trace(world.now, mail("ben")))
    for _ in range(200):
        if await kinds_in(store) == ALL:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await kinds_in(store))


async def kinds_in(store: Store) -> frozenset[str]:
    """Which kinds there are for a process, by its accounts of everybody and by what opens read."""
    anna, ben, past = await store.account("anna"), await store.account("ben"), await recalled(store)
    assert [past.opened] == ([kept.opened for kept in anna.mails if kept.opened.count] if anna else []) or [None]
    found = {
        "event_id": anna and anna.event_ids,
        "receipt": anna and any(kept.receipt for kept in anna.mails),
        "mail": past.opened,
        "stranger": past.person,
        "place": anna and anna.places,
        "trace": ben and ben.leads,
    }
    return frozenset(kind for kind, there in found.items() if there)


async def run_of(store: Store, world: World) -> Swept:
    """What comes of the next run of the job; with Redis that would be in some hours."""
    if world.address.startswith("redis"):
        client = client_for(nodes_at(urlsplit(world.address)), quick=False)
        await client.execute_command("DEL", TURN)
        await client.aclose()
    swept = await store.upkeep.forget(world.now)
    assert swept is not None
    return swept


def since(instant: float, **others: float) -> object:
    """Of each kind the oldest is there since then; give or take a day, since a trace does not tell the hour."""
    return pytest.approx({**dict.fromkeys(ALL, instant), **others}, abs=DAY)


@pytest.mark.parametrize("kind", sorted(ALL))
async def test_what_is_kept_for_less_is_read_no_more_and_goes_with_the_next_run(
    store: Store, world: World, kind: str
) -> None:
    await filled(store, world)
    began, world.now = world.now, world.now + 4 * DAY
    less = world.open(**{kind: 2})
    assert await kinds_in(less) == ALL - {kind}
    assert await kinds_in(store) == ALL, "a process that was not told of it yet reads it still"
    run = await run_of(less, world)
    assert (run.forgotten, run.oldest) == (1, since(began, **{kind: world.now}))
    assert await kinds_in(store) == ALL - {kind}


async def test_between_two_runs_it_may_be_set_longer_and_then_shorter(store: Store, world: World) -> None:
    await filled(store, world)
    began, world.now = world.now, world.now + 6 * DAY
    run = await run_of(store, world)
    assert (run.forgotten, run.oldest) == (0, since(began))
    longer, world.now = world.open(**dict.fromkeys(ALL, 600)), world.now + 500 * DAY
    assert await kinds_in(store) == frozenset()
    assert await kinds_in(longer) == ALL
    run = await run_of(longer, world)
    assert (run.forgotten, run.oldest) == (0, since(began)), "the age is the one that it has"
    run = await run_of(world.open(**dict.fromkeys(ALL, 500)), world)
    assert (run.forgotten, run.oldest) == (6, since(world.now))
    assert await kinds_in(longer) == frozenset()


async def test_what_is_kept_for_longer_is_not_lost_to_a_write(store: Store, world: World) -> None:
    longer = world.open(**dict.fromkeys(ALL, 600))
    await filled(longer, world)
    world.now += 500 * DAY
    assert await longer.record([event("viewed", world.now, id="another")], {}) == [Outcome.STORED]
    assert await kinds_in(longer) == ALL
    assert await claimed(longer, "anna", OFFER) == 1
    assert await claimed(store, "anna", OFFER) == 2


def test_by_default_the_ends_are_those_that_are_stored() -> None:
    """Every store that there is was written with these."""
    days = {"event_id": 7, "receipt": 30, "trace": 30, "mail": 400, "stranger": 400, "place": 400}
    assert {kept.kind: kept.keep_s / DAY for kept in KINDS} == days
    assert retention_of(KeepSettings()).at(1.0).later == {}


def test_each_kind_has_a_setting() -> None:
    keep = KeepSettings(event_ids_days=1, shown_days=2, opens_days=3, strangers_days=4, places_days=5)
    now = retention_of(keep).at(0.0)
    days = {kept.kind: (kept.keep_s - now.of(kept.prefix)) / DAY for kept in KINDS}
    assert days == {"event_id": 1, "receipt": 2, "trace": 2, "mail": 3, "stranger": 4, "place": 5}
