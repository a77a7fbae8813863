"""Whose open leaves what: in full, as a trace without a name, or nothing; and whose click finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Reading
from app.ports import Readings
from app.recipients.hiding import Hidden, Hider, Trace
from app.recipients.permits import Permits
from app.recipients.receipts import Lead
from app.recipients.recollection import Recollection
from app.recipients.showings import Mail, Past, Showing
from app.recipients.signals import remembered
from app.recipients.tellable import Tellable
from app.resolve.recalling import Measurement, Recalling
from app.resolve.served import Served
from app.sources.link import UrlLinks
from tests.support.engine_tables import ruleset

NOW = 1_795_000_000.0
HARD = "0123456789abcdef" * 2
DECISION = Decision("hero", "winter", "rain", (), (), "https://shop.example/rain", "", False, (), NOW + 1, "d1")
SERVED = Served.of(Decider(ruleset()), UrlLinks(()), frozenset({"name"}), (), lambda _: None)


@dataclass
class Kept:
    """A memory that only holds what it was handed."""

    found: dict[Mail | Hidden, Showing | Trace] = field(default_factory=dict)

    def at_once(self, mail: Mail) -> Past | None:
        return None

    async def recall(self, mail: Mail) -> Past:
        return Past(None, None)

    async def lead(self, recipient: str, among: Sequence[Mail | Hidden]) -> Lead | None:
        found = next((self.found[one] for one in among if one in self.found), None)
        if found is None:
            return None
        return found.lead if isinstance(found, Trace) else Lead(found.receipt.rule, found.receipt.link)

    def keep(self, shown: Showing | Trace) -> bool:
        self.found[shown.hidden if isinstance(shown, Trace) else shown.mail] = shown
        return True


@dataclass
class Viewer:
    """One viewer, whoever it is."""

    machine: bool = False
    prefetch: bool = False

    def read(self, opening: Open) -> Readings:
        told = {"open.machine": self.machine, "open.prefetch": self.prefetch, "open.certain": not self.prefetch}
        return {name: Reading(name, value, NOW) for name, value in told.items()}


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        ("open.count", Mail(HARD, "m", "hero")),
        ("open.first_at", Mail(HARD, "m", "hero")),
        ("shown.a.count_7d", Mail(HARD)),
    ],
)
def test_a_mail_is_asked_about_only_where_rules_read_how_often_it_was_opened(read: str, asked: Mail) -> None:
    recollection = Recollection.of(remembered(Tellable(), ["a"]), Permits(), {read})
    served = Served.of(Decider(ruleset()), UrlLinks(()), frozenset(), (), lambda _: recollection)
    assert served.recalled(opening()) == asked


def recalling(measured: Measurement, *, trusts: bool = False) -> tuple[Recalling, Kept]:
    memory = Kept()
    return Recalling(memory, trusts, measured, (Hider(b"now"), Hider(b"before"))), memory


def opening(
    recipient: str = HARD, mailing: str = "m", *, vouched: bool = False, test_send: bool = False, **params: str
) -> Open:
    return Open("hero", NOW, mailing=mailing, recipient=recipient, vouched=vouched, test_send=test_send, params=params)


@pytest.mark.parametrize(
    ("measured", "trusts", "opened", "kind"),
    [
        ("none", True, opening(vouched=True), None),
        ("aggregate", True, opening(vouched=True), Trace),
        ("aggregate", False, opening("4711"), Trace),
        ("individual", False, opening(), Trace),
        ("individual", True, opening("4711"), Trace),
        ("individual", True, opening(), Showing),
        ("individual", False, opening("4711", vouched=True), Showing),
        ("individual", True, opening(mailing=""), None),
        ("individual", True, opening(test_send=True), None),
        ("aggregate", True, opening(test_send=True), None),
        ("individual", True, opening(""), None),
    ],
)
def test_what_an_open_leaves(measured: Measurement, trusts: bool, opened: Open, kind: type | None) -> None:
    site, memory = recalling(measured, trusts=trusts)
    site.opened(SERVED, opened, DECISION, Viewer(), followed=True)
    assert [type(one) for one in memory.found.values()] == ([] if kind is None else [kind])


def test_what_no_click_asks_for_is_kept_only_where_each_open_is_measured() -> None:
    for measured, kinds in (("aggregate", []), ("individual", [Showing])):
        site, memory = recalling(measured, trusts=True)  # type: ignore[arg-type]
        site.opened(SERVED, opening(), DECISION, Viewer(), followed=False)
        assert [type(one) for one in memory.found.values()] == kinds


@pytest.mark.parametrize("measured", ["aggregate", "individual"])
async def test_a_stranger_who_knows_an_id_is_not_led_where_its_owner_was(measured: Measurement) -> None:
    site, _ = recalling(measured)
    site.opened(SERVED, opening(vouched=True), DECISION, Viewer(), followed=True)
    assert await site.lead(SERVED, opening(vouched=True)) == Lead("rain", "https://shop.example/rain")
    assert await site.lead(SERVED, opening()) is None


async def test_a_test_send_is_not_led_where_the_mail_itself_was() -> None:
    site, _ = recalling("individual")
    site.opened(SERVED, opening(vouched=True), DECISION, Viewer(), followed=True)
    assert await site.lead(SERVED, opening(vouched=True, test_send=True)) is None


async def test_a_click_belongs_to_the_picture_whose_url_says_the_same() -> None:
    site, _ = recalling("aggregate")
    site.opened(SERVED, opening(name="Anna"), DECISION, Viewer(), followed=True)
    assert await site.lead(SERVED, opening(name="Anna", utm="x")) is not None
    assert await site.lead(SERVED, opening(name="Ben")) is None
    assert await site.lead(SERVED, opening()) is None


def test_machines_leave_nothing_and_what_is_fetched_ahead_counts_nothing() -> None:
    site, memory = recalling("individual", trusts=True)
    site.opened(SERVED, opening(), DECISION, Viewer(machine=True), followed=True)
    assert memory.found == {}
    site.opened(SERVED, opening(), DECISION, Viewer(prefetch=True), followed=True)
    (kept,) = memory.found.values()
    assert isinstance(kept, Showing)
    assert (kept.counted, kept.receipt.certain) == (False, False)
