"""Lists of what somebody collected, as editors write them: joined with a feed, pinned in examples, told to caches."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.authoring.cases import decided, table
from app.authoring.collected import pinned_items
from app.authoring.library import Checked
from app.authoring.operands import Moments
from app.authoring.yamlsource import read
from app.edge.sharing import BELONGS_TO_ONE, Habits, sharing
from app.engine.decide import Decider
from app.engine.readings import pinned
from app.engine.signals import Purpose
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import good_site, hero

FILES = {
    "rules/events.yaml": """\
events:
  added: {fields: {sku: {type: text}, size: {type: number}, price: {type: number}}}
  purchase: {purpose: none, fields: {sku: {type: list}}}
collections: {cart: {key: sku, add: added, remove: purchase, keep: 30d}}
""",
    "rules/feeds/products.yaml": """\
file: tables/products.csv
key: number
fields: {number: {type: text}, name: {type: text}, price: {type: money, currency: EUR}, stock: {type: number}}
""",
    "assets/tables/products.csv": "number,name,price,stock\nA,Cup,9.50,3\nB,Lamp,60,0\nC,Pan,20,5\nD,Pot,30,5\n",
    "placeholders/hero.yaml": hero(
        fields="  products: {type: list, of: feed.products}\n",
        layers="  - tiles:\n      field: products\n      box: [24, 120, 552, 160]\n      columns: 2\n"
        "      tile:\n        - text: {field: name, box: [0, 0, 200, 30]}\n",
    ),
}
CAMPAIGN = """\
placeholder: hero
lists:
  waiting:
    of: cart
    join: feed.products
    where: {added_at: {older_than: 24h}, stock: {above: 0}}
    sort: {price: descending}
    limit: 2
  large: {of: cart, where: {size: {at_least: 40}}}
parts:
  gift:
    - {when: {list.waiting.total: {at_least: 50}}, show: {headline: {de: Geschenk, en: A gift}}}
    - {show: {headline: {de: Ihr Korb, en: Your cart}}}
rules:
  - {name: waiting, when: {list.waiting: {empty: false}}, with: gift, show: {products: list.waiting}}
  - {name: large, when: {list.large.count: {at_least: 2}}, show: {headline: {de: Groß, en: Large}}}
otherwise: {link: https://shop.example/}
unknown: {show: {headline: {de: Hallo, en: Hello}}}
examples:
"""
OLD = "added_at: 2026-11-20 10:00"
CART = f"[{{sku: A, {OLD}}}, {{sku: B, {OLD}}}, {{sku: C, {OLD}}}, {{sku: D, {OLD}}}, {{sku: X, {OLD}}}]"


def site(folder: Path, *examples: str, campaign: str = CAMPAIGN) -> Path:
    for path, text in FILES.items():
        (good_site(folder) / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "rules/advent.yaml").write_text(campaign + "".join(f"  - {one}\n" for one in examples), "utf-8")
    return folder


def told(checked: Checked) -> list[str]:
    return [one.message for one in checked.problems.mistakes]


@pytest.mark.parametrize(
    "example",
    [
        f"{{given: {{at: 2026-11-21 12:00, cart: {CART}}}, expect: {{rule: waiting, fields: {{products: 'D, C'}}}}}}",
        f"{{given: {{at: 2026-11-20 12:00, cart: {CART}}}, expect: {{rule: otherwise, until: 2026-11-21 10:00}}}}",
        f"{{given: {{at: 2026-11-21 12:00, cart: {CART}}}, expect: {{fields: {{headline: Geschenk}}}}}}",
        f"{{given: {{at: 2026-11-21 12:00, cart: [{{sku: A, {OLD}}}]}}, expect: {{fields: {{headline: Ihr Korb}}}}}}",
        "{given: {at: 2026-11-21 12:00, cart: [A]}, expect: {rule: otherwise}}",
        "{given: {at: 2026-11-21 12:00, cart: [X]}, expect: {rule: otherwise}}",
        "{given: {at: 2026-11-21 12:00, cart: [{sku: X, size: 40}, {sku: Y, size: 41}]}, expect: {rule: large}}",
        "{given: {at: 2026-11-21 12:00, cart: [{sku: X, size: 40}, {sku: Y}]}, expect: {rule: otherwise}}",
        '{given: {cart: ""}, expect: {rule: otherwise}}',
        '{given: {list.waiting: "", list.large: ""}, expect: {rule: otherwise}}',
        "{expect: {rule: unknown}}",
    ],
)
def test_examples_say_what_is_in_a_collection(tmp_path: Path, check_site: CheckSite, example: str) -> None:
    assert told(check_site(site(tmp_path, example))) == []


def test_a_list_of_a_collection_belongs_to_one_person(tmp_path: Path, check_site: CheckSite) -> None:
    ruleset = check_site(site(tmp_path)).site.placeholders["hero"].campaigns["advent"].ruleset
    obstacles = dict(sharing(ruleset, ruleset.reads, Habits()).obstacles)
    assert {"list.waiting", "list.waiting.total", "list.large.count"} <= obstacles.keys()
    assert obstacles["list.waiting"] == BELONGS_TO_ONE
    assert ruleset.catalogue["list.waiting"].purpose is Purpose.BEHAVIOUR
    assert ruleset.lists == ()


def test_where_such_a_list_is_in_doubt_something_must_be_said(tmp_path: Path, check_site: CheckSite) -> None:
    silent = CAMPAIGN.replace("unknown: {show: {headline: {de: Hallo, en: Hello}}}\n", "").replace("examples:\n", "")
    assert "no-unknown" in {one.code for one in check_site(site(tmp_path, campaign=silent)).problems}


NAME = "{field: name, box: [0, 0, 99, 30]}"
TOLD = {
    "rules/events.yaml": """\
events:
  added:
    fields:
      sku: {type: text}
      name: {type: text}
      price: {type: money, currency: EUR}
      left: {type: number}
      size: {type: choice, choices: [small, large]}
      gift: {type: boolean}
      due: {type: date}
      photo: {type: picture}
collections: {cart: {key: sku, add: added, keep: 30d}}
""",
    "placeholders/hero.yaml": hero(
        fields="  things: {type: list, of: cart}\n  products: {type: list, of: cart, join: feed.products}\n",
        layers="".join(
            f"  - tiles: {{field: {field}, box: [24, {top}, 552, 80], tile: [{{text: {NAME}}}]}}\n"
            for field, top in (("things", 120), ("products", 200))
        ),
    ),
    "rules/advent.yaml": """\
placeholder: hero
lists:
  all: {of: cart, where: {price: {above: 5}}, sort: {price: descending}, limit: 2}
  today: {of: cart, join: feed.products}
  ours: {of: feed.products}
rules:
  - {name: total, when: {list.all.total: {at_least: 40}}, show: {things: list.all, products: list.today}}
otherwise: {show: {things: list.today, products: list.ours}}
""",
}
THINGS = (
    "{sku: A, name: <b>Tee</b>, price: 39.90, left: 1200, size: large, gift: true, due: 2026-12-24, photo: hero.jpg}",
    "{sku: X, price: 7.5, left: 0.25, photo: ''}",
    "{sku: B, price: 5}",
)


def told_things(checked: Checked, things: str, **given: str) -> dict[str, list[dict[str, str]]]:
    """What the list fields of the hero show of a cart, by field: the words of each item."""
    placeholder, tellable = checked.site.placeholders["hero"], checked.site.tellable
    ruleset = placeholder.campaigns["advent"].ruleset
    pins = {name: pinned(name, value) for name, value in given.items()}
    pins["cart"] = pinned_items("cart", read(things, file="cart").value, tellable, Moments({}, checked.site.zone))
    decision = decided(Decider(ruleset), table(checked.site, placeholder, ruleset, pins, 0.0))
    listed = {name: value for name, value in decision.fields if isinstance(value, tuple)}
    return {name: [{key: str(said) for key, said in one.values} for one in value] for name, value in listed.items()}


def told_site(folder: Path) -> Path:
    site(folder)
    for path, text in TOLD.items():
        (folder / path).write_text(text, "utf-8")
    (folder / "assets/hero.jpg").write_bytes(b"what is in it, painters see")
    return folder


def test_items_say_what_events_told_of_them(tmp_path: Path, check_site: CheckSite) -> None:
    checked = check_site(told_site(tmp_path))
    assert told(checked) == []
    shown = told_things(checked, f"[{', '.join(THINGS)}]", **{"open.language": "de"})
    assert [one["sku"] for one in shown["things"]] == ["A", "X"]
    tea = {"name": "<b>Tee</b>", "price": "39,90\N{NO-BREAK SPACE}€", "left": "1.200", "due": "24.12.2026"}
    assert shown["things"][0] == {"sku": "A", "size": "large", "gift": "true", "photo": "hero.jpg", **tea}
    assert shown["things"][1] == {"sku": "X", "price": "7,50\N{NO-BREAK SPACE}€", "left": "0,25"}


def test_what_a_feed_says_is_shown_before_what_an_event_told(tmp_path: Path, check_site: CheckSite) -> None:
    shown = told_things(check_site(told_site(tmp_path)), f"[{', '.join(THINGS)}]", **{"open.language": "en"})
    assert [one["name"] for one in shown["products"]] == ["Cup", "Lamp"]
    assert shown["products"][0]["price"] == "€9.50"
    assert shown["products"][0]["gift"] == "true"


def test_a_field_joined_with_a_feed_shows_lists_of_that_feed_too(tmp_path: Path, check_site: CheckSite) -> None:
    shown = told_things(check_site(told_site(tmp_path)), "[{sku: A, gift: true, photo: lamp.jpg}]")
    assert [one["number"] for one in shown["products"]] == ["A", "B", "C", "D"]
    assert "gift" not in shown["products"][0]
    assert [one["gift"] for one in shown["things"]] == ["true"]
    assert "photo" not in shown["things"][0], "there is no such picture"


def test_what_examples_put_into_a_cart_must_fit_its_tile(tmp_path: Path, check_site: CheckSite) -> None:
    folder = told_site(tmp_path)
    example = "{given: {cart: [{sku: A, name: Kaffeekannenhalterung aus Kirschbaumholz}]}, expect: {rule: otherwise}}"
    campaign = f"{TOLD['rules/advent.yaml']}examples:\n  - {example}\n"
    (folder / "rules/advent.yaml").write_text(campaign, "utf-8")
    cut = next(one for one in check_site(folder).problems if one.code == "overflow")
    assert "the text of item A is cut" in cut.message
    assert cut.file == "rules/advent.yaml"
    assert "Kaffeekanne" in cut.text
