"""Lists of what somebody collected, as editors write them: joined with a feed, pinned in examples, told to caches."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.authoring.library import Checked
from app.edge.sharing import BELONGS_TO_ONE, Habits, sharing
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
