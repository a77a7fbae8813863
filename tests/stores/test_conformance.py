"""What every backend promises: the same suite is run on SQLite, on Redis and on a Redis cluster."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.engine.withdrawals import Withdrawal
from app.recipients.accounts import Erased
from app.recipients.hiding import Hidden
from app.recipients.ids import is_identifier
from app.recipients.person import Person
from app.recipients.receipts import Lead
from app.recipients.showings import KEEP_S, Mail, Opened, Past
from app.recipients.tallies import Tally
from app.recipients.tellable import Telling
from app.stores.changes import REMEMBERED_S
from app.stores.opening import store_at
from app.stores.pages import STRANGER_S
from app.stores.store import Store
from app.stores.withdrawals import PAGE
from tests.stores.conftest import CART, DAY, HIDERS, SHOP, World, event, mail, recalled, showing, trace
from tests.support.store_claims import claimed

HOSTILE = ("", " ", "{", "}", "{}", "a}b{c", "ä@ö.example", "%7B", "a b\nc", "🜨", "'; --", "x" * 500, "onopen:{anna}")


async def eventually(store: Store, opened: int, of: Mail | None = None) -> Past:
    """What was shown is kept soon after the answer: within 100 ms, or a little more on a busy machine."""
    for _ in range(200):
        past = await recalled(store, of)
        if past.opened is not None and past.opened.count == opened:
            return past
        await asyncio.sleep(0.01)
    raise AssertionError(past)


async def led(store: Store, rule: str, *among: Mail | Hidden, whose: str = "anna") -> bool:
    """Whether a click comes to follow this rule; on a busy machine the store may be silent, or late."""
    for _ in range(200):
        if await store.lead(whose, among) == Lead(rule, f"{SHOP}{rule}"):
            return True
        await asyncio.sleep(0.02)
    return False


async def test_of_somebody_who_was_never_heard_of_nothing_is_known(store: Store) -> None:
    assert await recalled(store) == Past(None, None)
    assert await store.account("anna") is None


async def test_what_is_told_is_merged_by_key_and_read_by_the_next_open_of_any_process(
    store: Store, world: World
) -> None:
    await store.tell("anna", {"tier": "gold", "city": "Ulm"}, {"behaviour": True})
    await world.open().tell("anna", {"tier": "silver", "age": 40}, {"location": False})
    person = (await recalled(store)).person
    assert person is not None
    assert person.attributes == {"tier": "silver", "city": "Ulm", "age": 40}
    assert person.consent == {"behaviour": True, "location": False}


async def test_at_once_is_the_same_or_nothing(store: Store) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    assert store.at_once(mail()) in (None, await recalled(store))


async def test_where_no_picture_is_named_the_person_alone_is_read(store: Store) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    assert await store.recall(Mail("anna")) == Past(Person({"tier": "gold"}), None)


async def test_what_was_shown_is_remembered_by_mail_and_counted_by_campaign(store: Store, world: World) -> None:
    now = world.now
    assert store.keep(showing(now - 9, rule="sun"))
    assert store.keep(showing(now, rule="rain"))
    assert store.keep(showing(now, mail(mailing="another")))
    past = await eventually(store, opened=2)
    assert past.opened is not None
    assert past.person is not None
    assert past.opened.first_at == now - 9
    assert await store.lead("anna", [mail()]) == Lead("rain", f"{SHOP}rain")
    assert await store.lead("anna", [mail(mailing="a third")]) is None
    while past.person.shown["weather"].within(7, now).value < 3:
        past = await eventually(store, opened=2)
        assert past.person is not None


async def test_a_click_right_behind_its_picture_is_led_to_it(store: Store, world: World) -> None:
    """It waits for what is being written, though not for long: on a busy machine some may be late."""
    pictures = [f"picture {number}" for number in range(20)]
    leads = []
    for rule in pictures:
        store.keep(showing(world.now, rule=rule))
        leads.append(await store.lead("anna", [mail()]))
    assert sum(lead is not None and lead.rule == rule for lead, rule in zip(leads, pictures, strict=True)) > 15


async def test_uncounted_a_picture_leaves_its_receipt_alone(store: Store, world: World) -> None:
    store.keep(showing(world.now, counted=False))
    assert await led(store, "rain", mail())
    assert await recalled(store) == Past(None, None)
    account = await store.account("anna")
    assert account is not None
    (kept,) = account.mails
    assert (kept.opened, kept.receipt) == (Opened(0, None), showing(world.now).receipt)


async def test_a_mail_was_first_opened_when_somebody_certainly_looked(store: Store, world: World) -> None:
    for age, certain in ((9, False), (3, True), (5, True), (1, True)):  # not in their order, as several processes write
        store.keep(showing(world.now - age, certain=certain))
    past = await eventually(store, opened=4)
    assert past.opened == Opened(4, world.now - 5)


async def test_a_process_that_is_slow_to_write_does_not_bring_back_an_older_picture(store: Store, world: World) -> None:
    store.keep(showing(world.now, rule="new"))
    await eventually(store, opened=1)
    slow = world.open()
    slow.keep(showing(world.now - 2, rule="old"))
    await eventually(store, opened=2)
    assert await led(store, "new", mail())


async def test_pictures_of_one_placeholder_are_told_apart_by_what_their_urls_say(store: Store, world: World) -> None:
    first, second = replace(mail(), variant="a1"), replace(mail(), variant="b2")
    store.keep(showing(world.now, first, "first"))
    store.keep(showing(world.now, second, "second"))
    assert await led(store, "first", first)
    assert await led(store, "second", second)
    account = await store.account("anna")
    assert account is not None
    assert {(kept.placeholder, kept.variant, kept.mailing) for kept in account.mails} == {
        ("hero", "a1", "newyear"), ("hero", "b2", "newyear"),
    }  # fmt: skip


async def test_receipts_and_strangers_are_forgotten_and_who_was_introduced_is_not(store: Store, world: World) -> None:
    await store.tell("ben", {"tier": "gold"}, {})
    store.keep(showing(world.now))
    await eventually(store, opened=1)
    world.now += KEEP_S
    assert await store.lead("anna", [mail()]) is None
    assert (await recalled(store)).opened == Opened(1, world.now - KEEP_S)
    world.now += STRANGER_S
    assert await recalled(store) == Past(None, None)
    assert (await recalled(store, mail("ben"))).person is not None


async def test_a_trace_leads_a_click_and_tells_nothing_else(store: Store, world: World) -> None:
    store.keep(trace(world.now, rule="sun"))
    store.keep(trace(world.now, rule="rain"))
    store.keep(trace(world.now, rule="plain", believed=False))
    believed, plain = (HIDERS[0].hidden(mail(), believed=one) for one in (True, False))
    assert await led(store, "rain", believed)
    assert await led(store, "plain", plain)
    assert await store.lead("ben", [HIDERS[0].hidden(mail("ben"), believed=True)]) is None
    assert await recalled(store) == Past(None, None)
    world.now += KEEP_S + DAY
    assert await store.lead("anna", [believed, plain]) is None


async def test_a_trace_is_found_after_the_key_was_changed(store: Store, world: World) -> None:
    store.keep(trace(world.now, key=1))
    assert await led(store, "rain", *(hider.hidden(mail(), believed=True) for hider in HIDERS))


async def test_who_says_no_to_being_measured_leaves_no_trace_and_is_not_led(store: Store, world: World) -> None:
    hidden = HIDERS[0].hidden(mail(), believed=True)
    store.keep(trace(world.now))
    store.keep(showing(world.now))
    assert await led(store, "rain", hidden)
    assert await led(store, "rain", mail())
    await store.tell("anna", {}, {"measurement": False})
    assert await store.lead("anna", [hidden]) is await store.lead("anna", [mail()]) is None
    store.keep(trace(world.now, rule="later"))
    store.keep(trace(world.now, mail("ben"), rule="ben"))
    assert await led(store, "ben", HIDERS[0].hidden(mail("ben"), believed=True), whose="ben")
    await store.tell("anna", {}, {"measurement": True})
    assert await led(store, "rain", hidden)


async def test_the_export_and_the_erasure_reach_what_is_kept_without_a_name(store: Store, world: World) -> None:
    for key, believed in ((0, True), (0, False), (1, True)):
        store.keep(trace(world.now, rule=f"{key}{believed}", believed=believed, key=key))
    store.keep(trace(world.now, mail("ben"), "ben"))
    assert await led(store, "ben", HIDERS[0].hidden(mail("ben"), believed=True), whose="ben")
    assert await led(store, "1True", HIDERS[1].hidden(mail(), believed=True))
    account = await store.account("anna")
    assert account is not None
    assert sorted(one["rule"] for one in account.as_json()["clicks_lead_to"]) == ["0False", "0True", "1True"]
    assert await store.erase("anna") == Erased(mails=3)
    assert await store.account("anna") is None
    assert await store.account("ben") is not None


async def test_the_job_removes_what_is_too_old(store: Store, world: World) -> None:
    await store.tell("ben", {"tier": "gold"}, {})
    await store.record([event("viewed", world.now, "ben") for _ in range(1_500)], {})
    world.now += REMEMBERED_S
    swept = await store.upkeep.forget(world.now)
    assert swept is not None
    assert swept.forgotten == 1_500
    account = await store.account("ben")
    assert account is not None
    assert (account.event_ids, account.person.events["viewed"].tally.total) == (0, 1_500)


async def test_what_is_left_is_no_older_than_its_kind_is_kept(store: Store, world: World) -> None:
    began = world.now
    await store.tell("introduced", {"tier": "gold"}, {})
    for recipient in ("introduced", "stranger"):
        await store.record([event("viewed", began, recipient)], {})
        store.keep(showing(began, mail(recipient)))
        await eventually(store, opened=1, of=mail(recipient))
    store.keep(trace(began))
    assert await led(store, "rain", HIDERS[0].hidden(mail(), believed=True))
    assert await claimed(store, "stranger") == 1
    world.now += 2 * DAY
    store.keep(showing(world.now, mail("introduced")))
    await eventually(store, opened=2, of=mail("introduced"))
    await store.record([event("viewed", world.now, "introduced")], {})
    swept = await store.upkeep.forget(world.now)
    assert swept is not None
    assert swept.forgotten == 0
    traced = swept.oldest["trace"]
    assert began <= traced <= began + DAY, "a trace ends with a day, and so does not tell its instant"
    kinds = dict.fromkeys(("event_id", "receipt", "mail", "stranger", "place"), began)
    assert swept.oldest == pytest.approx({**kinds, "trace": traced}, abs=1)


async def test_of_what_there_is_none_the_oldest_is_as_of_now(store: Store, world: World) -> None:
    await store.tell("introduced", {"tier": "gold"}, {})
    await store.record([event("viewed", world.now, "introduced")], {})
    store.keep(showing(world.now, mail("introduced")))
    await eventually(store, opened=1, of=mail("introduced"))
    world.now += 401 * DAY
    swept = await store.upkeep.forget(world.now)
    assert swept is not None
    assert swept.forgotten == 3
    assert set(swept.oldest.values()) == {world.now}


async def test_the_export_is_everything_and_after_erasure_there_is_nothing(store: Store, world: World) -> None:
    await store.tell("anna", {"tier": "gold"}, {"behaviour": True})
    await store.tell("ben", {"tier": "gold"}, {})
    await store.record([event("added", world.now, sku="A"), event("viewed", world.now)], CART)
    store.keep(showing(world.now))
    await eventually(store, opened=1)
    account = await store.account("anna")
    assert account is not None
    export = account.as_json()
    assert export["attributes"] == {"tier": "gold"}
    assert export["collections"]["cart"]["A"]["payload"] == {"sku": "A"}
    assert export["mails"][0]["mailing"] == "newyear"
    assert export["mails"][0]["receipt"]["rule"] == "rain"
    erased = Erased(attributes=1, consents=1, events=2, items=1, mails=1, event_ids=2)
    assert await store.erase("anna") == erased
    assert await store.account("anna") is None
    assert await recalled(store) == Past(None, None)
    assert await store.erase("anna") == Erased()
    assert await store.account("ben") is not None


async def test_what_was_shown_before_an_erasure_does_not_come_behind_it(store: Store, world: World) -> None:
    for _ in range(3):
        store.keep(showing(world.now))
    await store.erase("anna")
    store.keep(showing(world.now, mail("ben")))
    await eventually(store, opened=1, of=mail("ben"))
    assert await store.account("anna") is None


async def test_processes_that_write_at_once_lose_nothing(store: Store, world: World) -> None:
    stores = [store, world.open(), world.open()]
    await asyncio.gather(
        *(one.record([event("viewed", world.now) for _ in range(3)], CART) for one in stores for _ in range(8)),
        *(one.tell("anna", {f"key{number}": number}, {}) for number, one in enumerate(stores)),
    )
    account = await store.account("anna")
    assert account is not None
    assert account.person.events["viewed"].tally.total == 72
    assert account.person.attributes == {"key0": 0, "key1": 1, "key2": 2}


@pytest.mark.parametrize("name", HOSTILE)
async def test_an_id_may_be_any_text(store: Store, world: World, name: str) -> None:
    await store.record([event("viewed", world.now, name, id=name)], {})
    store.keep(showing(world.now, mail(name, mailing=name)))
    for _ in range(200):
        account = await store.account(name)
        if account and account.mails:
            break
        await asyncio.sleep(0.01)
    assert account is not None
    (kept,) = account.mails
    assert (kept.mailing, kept.placeholder) == (name, "hero")
    assert (await recalled(store, mail(name, mailing=name))).opened == kept.opened
    assert (await store.erase(name)).events == 1


async def test_what_is_no_text_is_the_trouble_of_whoever_sent_it(store: Store, world: World) -> None:
    bad = [event("viewed", world.now, "\ud800"), event("viewed", world.now, "carl", of="\ud800")]
    results = await asyncio.gather(
        *(store.record([one], {}) for one in bad),
        store.record([event("viewed", world.now, of=2**70)], {}),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [UnicodeEncodeError, UnicodeEncodeError, list]
    assert await store.account("carl") is None
    person = (await recalled(store)).person
    assert person is not None
    assert person.events["viewed"].payload == {"of": 2**70}


async def test_it_is_well_and_says_so(store: Store, world: World) -> None:
    await store.tell("anna", {}, {})
    findings = await store.upkeep.inspect()
    assert findings
    assert all(finding.fine for finding in findings), findings


async def test_a_backup_is_a_store(store: Store, world: World, tmp_path: Path) -> None:
    await store.tell("anna", {"tier": "gold"}, {})
    await store.record([event("viewed", world.now, f"r{number}") for number in range(50)], {})
    file = tmp_path / "copy.db"
    await store.upkeep.backup(file)
    copy = store_at(f"sqlite:///{file}", clock=lambda: world.now, lost=lambda: None)
    assert await copy.account("anna") == await store.account("anna")
    account = await copy.account("r49")
    assert account is not None
    assert account.person.events["viewed"].tally == Tally().plus(world.now, world.now)
    await copy.upkeep.aclose()
    with pytest.raises(Exception, match="trouble"):
        await store.upkeep.backup(file)


async def test_what_is_recalled_is_known_to_every_process_until_it_is_put_back(store: Store, world: World) -> None:
    rule, price = Withdrawal("sale", "wrong"), Withdrawal("sale", "wrong", "price")
    assert await store.withdrawals.read() == {}
    await store.withdrawals.write([rule, price], [])
    began, world.now = world.now, world.now + 2 * STRANGER_S
    await store.withdrawals.write([rule], [])
    await world.open().upkeep.forget(world.now)
    assert await world.open().withdrawals.read() == {rule: began, price: began}
    world.now += 1
    await world.open().withdrawals.write([], [rule])
    for ago in (0, 1):
        world.now -= ago
        assert await store.withdrawals.read() == {price: began}, "also by a clock that is behind"
    assert not is_identifier(PAGE)


async def test_everybodys_account_is_read_page_by_page(store: Store, world: World) -> None:
    people = [*HOSTILE, *(f"r{number}" for number in range(1_100))]
    await store.tell_each([Telling(one, {"tier": "gold"}, {}) for one in people])
    store.keep(showing(world.now))
    store.keep(trace(world.now, mail("ben")))
    await eventually(store, opened=1)
    assert await led(store, "rain", HIDERS[0].hidden(mail("ben"), believed=True), whose="ben")
    await store.withdrawals.write([Withdrawal("sale", "wrong")], [])
    found = [page async for page in store.accounts()]
    accounts = dict(found)
    hidden = HIDERS[0].pages("ben")[0]
    assert sorted(page for page, _ in found) == sorted([*people, "anna", hidden])
    assert accounts["anna"].mails == ((await store.account("anna")) or accounts["r1"]).mails
    assert [lead.rule for lead in accounts[hidden].leads] == ["rain"]
