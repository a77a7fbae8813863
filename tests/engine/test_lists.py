"""Lists: which items a campaign picks from a table, in which order, until when, and what is counted before the cut."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.clauses import Clause, MovingClause
from app.engine.conditions import ALWAYS, Condition
from app.engine.decide import decide
from app.engine.decision import Decision
from app.engine.explain import plain, shown
from app.engine.lists import Item, ItemList, Order, Pick, in_order
from app.engine.moving import Age
from app.engine.operators import AtLeast, Below
from app.engine.personal import PersonalList
from app.engine.readings import EMPTY, FOREVER, Reading, Why, unknown
from app.engine.rules import Field, Outcome, Rule
from app.engine.signals import Kind
from app.engine.words import NOTHING_SAID, Bound, Words
from tests.support.engine_scenes import clause, item
from tests.support.engine_tables import NOON, ruleset, table, zone

CUP, LAMP, COAT = item("cup", price=9.5, name="Cup"), item("lamp", price=60.1, name="lamp"), item("coat", price=120.2)
CHEAP: Condition = Clause("price", 1, Kind.NUMBER, Below(100), "price below 100")
HOUR_OLD: Condition = MovingClause("added", 1, Age(True, 3600.0), "added older than 1h")


def listing(items: tuple[Item, ...], where: Condition = ALWAYS, summed: str = "", limit: int | None = None) -> ItemList:
    return ItemList(Pick("sale", "feed.products", where, summed=summed, limit=limit), items)


def read(one: ItemList, now: float = NOON) -> dict[str, Reading]:
    return {name.removeprefix("list.sale"): reading for name, reading in one.readings(now, zone()).items()}


def keys(items: tuple[Item, ...]) -> str:
    return " ".join(map(str, items))


def test_a_list_holds_the_items_of_which_its_condition_says_yes() -> None:
    found = read(listing((COAT, LAMP, CUP), CHEAP, "price"))
    assert keys(found[""].value) == "lamp cup"
    assert (found[".count"].value, found[".total"].value, found[""].until) == (2, 69.6, FOREVER)
    assert (shown(found[""].value), plain(found[""])) == ("lamp, cup", ["lamp", "cup"])


def test_what_is_counted_is_counted_before_the_cut() -> None:
    found = read(listing((COAT, LAMP, CUP), summed="price", limit=1))
    assert (keys(found[""].value), found[".count"].value, found[".total"].value) == ("coat", 3, 189.8)


def test_a_list_of_nothing_is_empty_and_counts_nothing() -> None:
    for none in (listing(()), listing((COAT,), CHEAP)):
        assert [read(none)[name].value for name in ("", ".count", ".total")] == [EMPTY, 0, 0]


def test_an_item_in_doubt_is_not_shown_and_leaves_the_counts_in_doubt() -> None:
    lost = item("lost", price=Why.NEVER_HEARD_OF)
    found = read(listing((CUP, lost), CHEAP, "price"))
    assert keys(found[""].value) == "cup"
    assert found[".count"].why_unknown is found[".total"].why_unknown is Why.ITEM_IN_DOUBT


def test_a_list_holds_until_the_first_item_may_come_or_go() -> None:
    early, late = item("early", added=NOON - 3000), item("late", added=NOON - 600)
    aging = listing((early, late), HOUR_OLD)
    seen = [(read(aging, NOON + s)[".count"].value, read(aging, NOON + s)[""].until - NOON) for s in (0, 700, 3100, 0)]
    assert seen == [(0, 600), (1, 3000), (2, FOREVER), (0, 600)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ({}, "lamp cup none Bowl"),
        ({"price": "ascending"}, "cup Bowl lamp none"),
        ({"price": "descending"}, "lamp cup Bowl none"),
        ({"price": "descending", "name": "ascending"}, "lamp Bowl cup none"),
        ({"name": "descending"}, "lamp cup Bowl none"),
    ],
)
def test_items_are_sorted_and_what_they_lack_stands_last(by: dict[str, Order], expected: str) -> None:
    items = (
        item("lamp", price=60, name="lamp"),
        item("cup", price=9, name="Cup"),
        item("none", price=EMPTY, name=EMPTY),
        item("Bowl", price=9, name="bowl"),
    )
    assert keys(in_order(items, by)) == expected


def offers() -> tuple[Rule, Field]:
    """A rule that fires where there are two items, and shows the list."""
    show = Bound(("list.sale",), lambda known: tuple(known.get("list.sale") or ()) or None, "list.sale")
    rule = Rule("offers", clause("list.sale.count", AtLeast(2)), Outcome({"products": Words({"": (show,)})}))
    return rule, Field("products", "list", NOTHING_SAID, required=True)


def test_a_decision_rests_on_its_list_and_ends_with_it() -> None:
    items = (item("early", added=NOON - 3700), item("late", added=NOON - 3650), item("new", added=NOON - 600))
    rule, field = offers()
    rules = ruleset(rule, required=field, lists=(listing(items, HOUR_OLD, limit=1),))
    answer = decide(rules, table({}))
    assert isinstance(answer, Decision)
    assert (answer.rule, keys(dict(answer.fields)["products"])) == ("offers", "early")
    assert (answer.until, answer.reads) == (NOON + 3000, ("list.sale", "list.sale.count"))


def test_an_empty_list_fills_no_required_field_and_can_be_pinned() -> None:
    rule, field = offers()
    rules = ruleset(rule, required=field, lists=(listing((CUP, LAMP)),))
    assert decide(rules, table({})).rule == "offers"
    assert decide(rules, table({"list.sale": EMPTY})).rule == "otherwise"
    assert decide(rules, table({"list.sale": EMPTY, "list.sale.count": 2})).rule == "otherwise"


def test_a_list_that_nobody_reads_is_never_made() -> None:
    assert ruleset(lists=(listing((CUP,)),)).lists_read == ()


SEEN = item("cup", price=8, added=NOON - 7200), item("gone", price=5, added=NOON - 60), item("coat", added=NOON - 60)


def held(*items: Item, until: float = FOREVER) -> Reading:
    return Reading("cart", items or EMPTY, NOON, until, "store")


def personal(rows: tuple[Item, ...] | None = None, where: Condition = ALWAYS, **more: Any) -> PersonalList:
    pick = Pick("sale", "cart", where, **more)
    return PersonalList(pick, "cart", zone(), None if rows is None else {row.key: row for row in rows})


def test_what_somebody_collected_is_shown_as_the_table_has_it_today() -> None:
    found = personal((CUP, COAT, LAMP), summed="price", by={"price": "descending"}).readings(held(*SEEN), NOON)
    assert keys(found["list.sale"].value) == "coat cup"
    assert [dict(one.says) for one in found["list.sale"].value] == [dict(COAT.says), dict(CUP.says)]
    assert (found["list.sale.count"].value, found["list.sale.total"].value) == (2, 129.7)


def test_of_what_was_collected_only_those_fields_are_looked_at_that_no_table_has() -> None:
    assert personal((CUP,), HOUR_OLD, by={"price": "ascending"}, summed="price").reads == {"added"}
    assert personal(None, HOUR_OLD, by={"price": "ascending"}).reads == {"added", "price"}


def test_conditions_ask_what_events_told_and_what_the_table_says_now() -> None:
    nine = Clause("price", 1, Kind.NUMBER, AtLeast(9), "price at least 9")
    assert keys(personal((CUP, COAT), nine).readings(held(*SEEN), NOON)["list.sale"].value) == "cup coat"
    assert personal(None, nine).readings(held(SEEN[0]), NOON)["list.sale"].value is EMPTY
    assert keys(personal((CUP, COAT), HOUR_OLD).readings(held(*SEEN), NOON)["list.sale"].value) == "cup"


@pytest.mark.parametrize(
    ("runs_out", "where", "until"),
    [
        (FOREVER, ALWAYS, FOREVER),
        (NOON + 9, ALWAYS, NOON + 9),
        (FOREVER, HOUR_OLD, NOON + 3540),
        (NOON + 9, HOUR_OLD, NOON + 9),
    ],
)
def test_it_holds_until_an_item_runs_out_or_may_come(runs_out: float, where: Condition, until: float) -> None:
    found = personal(None, where).readings(held(*SEEN, until=runs_out), NOON)
    assert {reading.until for reading in found.values()} == {until}


def test_nothing_is_known_of_a_collection_that_is_unknown_and_nothing_is_in_an_empty_one() -> None:
    silent = unknown("cart", Why.STORE_SILENT, as_of=NOON, until=NOON + 5, source="store")
    found = personal().readings(silent, NOON)
    assert {(one.why_unknown, one.until, one.rung) for one in found.values()} == {
        (Why.STORE_SILENT, NOON + 5, silent.rung)
    }
    assert [one.signal for one in found.values()] == list(found) == ["list.sale", "list.sale.count", "list.sale.total"]
    assert [one.value for one in personal().readings(held(), NOON).values()] == [EMPTY, 0, 0]
