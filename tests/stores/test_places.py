"""Places of offers, as every backend keeps them: never more than there are, and whoever has one keeps it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.engine.offers import Offer
from app.engine.readings import Why
from app.recipients.accounts import Erased
from app.recipients.places import Place, Standing
from app.stores.opening import store_at
from app.stores.places import KEPT_S
from app.stores.store import Store
from tests.stores.conftest import HIDERS, World
from tests.support.store_claims import OFFER, RECIPIENTS, claimed

ROOT = Path(__file__).resolve().parents[2]
TWO = Offer("winter", "two", 2)


async def stands(store: Store, recipient: str, *offers: Offer) -> Sequence[Standing] | Why:
    """How it stands; on a busy machine the store may be silent, for it is given 50 ms."""
    found: Sequence[Standing] | Why = Why.STORE_SILENT
    for _ in range(100):
        found = await store.standing(recipient, offers)
        if found is not Why.STORE_SILENT:
            break
        await asyncio.sleep(0.05)
    return found


async def test_places_are_counted_and_the_same_recipient_keeps_theirs(store: Store, world: World) -> None:
    assert await stands(store, "anna", TWO) == [Standing(None, 0)]
    assert [await claimed(store, one, TWO) for one in ("anna", "ben", "anna", "cleo")] == [1, 2, 1, None]
    assert await claimed(world.open(), "ben", TWO) == 2
    assert await stands(store, "anna", TWO, OFFER) == [Standing(1, 2), Standing(None, 0)]
    assert await stands(store, "cleo", TWO) == [Standing(None, 2)]


async def test_processes_that_claim_at_once_never_give_out_more_than_there_are(store: Store, world: World) -> None:
    command = [sys.executable, "-m", "tests.support.store_claims", world.address]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    said = [await asyncio.to_thread(process.communicate) for process in running]
    answers = [dict(line.split() for line in lines.splitlines()) for lines, _ in said]
    assert all(len(answer) == len(RECIPIENTS) for answer in answers)
    held = {(who, number) for answer in answers for who, number in answer.items() if number != "None"}
    assert sorted(int(number) for _, number in held) == list(range(1, OFFER.most + 1))
    assert len({who for who, _ in held}) == OFFER.most
    assert await stands(store, "nobody", OFFER) == [Standing(None, OFFER.most)]


async def test_a_place_is_kept_under_a_new_key(world: World) -> None:
    before = store_at(world.address, clock=lambda: world.now, lost=lambda: None, hiders=HIDERS[1:])
    world.stores.append(before)
    await before.upkeep.begin()
    assert await claimed(before, "anna", TWO) == 1
    assert await claimed(world.open(), "anna", TWO) == 1


async def test_who_said_no_to_being_measured_is_not_asked_about(store: Store) -> None:
    assert await claimed(store, "anna", TWO) == 1
    await store.tell("anna", {}, {"measurement": False})
    assert await stands(store, "anna", TWO) is Why.NOT_PERMITTED


async def test_the_export_shows_a_place_and_an_erasure_frees_it_for_nobody(store: Store, world: World) -> None:
    for one in ("anna", "ben"):
        await claimed(store, one, TWO)
    await claimed(store, "anna", OFFER)
    account = await store.account("anna")
    assert account is not None
    assert set(account.places) == {Place("winter", "two", 1), Place("winter", "early-bird", 1)}
    assert {"campaign": "winter", "rule": "two", "number": 1} in account.as_json()["places"]
    assert await store.erase("anna") == Erased(places=2)
    assert await store.account("anna") is None
    assert await stands(store, "anna", TWO) == [Standing(None, 2)]
    assert [await claimed(world.open(), one, TWO) for one in ("anna", "ben")] == [None, 2]


async def test_who_asked_for_a_place_before_they_were_erased_gets_none(store: Store, world: World) -> None:
    asked_at, world.now = world.now, world.now + 5
    await store.erase("anna")
    assert await world.open().claim("anna", TWO) is Why.STORE_SILENT
    world.now = asked_at
    assert await world.open().claim("anna", TWO) is Why.STORE_SILENT
    assert await store.account("anna") is None
    assert await stands(store, "anna", TWO) == [Standing(None, 0)]
    world.now += 6
    assert await claimed(store, "anna", TWO) == 1


async def test_a_place_ends_at_last_and_the_count_does_not(store: Store, world: World) -> None:
    await claimed(store, "anna", TWO)
    world.now += KEPT_S + 1
    assert await stands(store, "anna", TWO) == [Standing(None, 1)]
    assert await claimed(store, "anna", TWO) == 2
    assert await claimed(store, "ben", TWO) is None


async def test_a_backup_has_the_places(store: Store, world: World, tmp_path: Path) -> None:
    await claimed(store, "anna", TWO)
    await store.upkeep.backup(tmp_path / "copy.db")
    copy = store_at(f"sqlite:///{tmp_path}/copy.db", clock=lambda: world.now, lost=lambda: None, hiders=HIDERS)
    world.stores.append(copy)
    assert await claimed(copy, "anna", TWO) == 1
    assert await claimed(copy, "ben", TWO) == 2
