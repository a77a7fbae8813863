"""Tiles as editors write them: which item's words stand where, in whose language, and what is said of an empty list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.authoring.cases import decided, table
from app.authoring.liquid.names import Names
from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.readings import EMPTY, pinned
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import good_site, hero

LINKED = '"https://shop.example/{{ products }}"'
FEED = """\
file: tables/products.csv
key: sku
fields:
  sku: {type: text}
  name: {type: text}
  price: {type: money, currency: EUR}
  stock: {type: number}
  added: {type: moment}
"""
ROWS = "sku,name,price,stock,added\nK1,Cup,9.50,3,2026-11-20\nK2,,60,0,\nK3,Pan,5,12,\nK4,Pot,7,1,\n"
LAYERS = """\
  - tiles:
      field: products
      box: [24, 120, 552, 160]
      columns: 2
      tile:
        - text: {field: name, box: [0, 0, 200, 30]}
        - text:
            text: "{{ item.name }}: {{ item.price }}{% if item.stock < 5 %}, only {{ item.stock }}{% endif %}"
            box: [0, 40, 200, 40]
        - text: {text: {de: "{{ param.lang }} heute", en: Today}, box: [0, 80, 200, 30]}
      empty:
        - text: {text: "Nothing left for {{ param.lang }}", box: [0, 0, 500, 40]}
"""
CAMPAIGN = """\
placeholder: hero
lists:
  cheap: {of: feed.products, where: {price: {below: 50}}, sort: {price: ascending}}
  none: {of: feed.products, where: {price: {above: 500}}}
rules:
  - {name: offers, when: {time.daypart: evening}, show: {products: [list.none, list.cheap]}}
otherwise: {link: https://shop.example/}
unknown: otherwise
"""
EVENING = {"time.daypart": "evening"}


def decide(site: Path, check_site: CheckSite, given: dict[str, Any]) -> Decision:
    checked = check_site(site)
    assert not checked.problems.mistakes, checked.problems.render()
    placeholder = checked.site.placeholders["hero"]
    ruleset = placeholder.campaigns["advent"].ruleset
    readings = {name: pinned(name, value) for name, value in given.items()}
    return decided(Decider(ruleset), table(checked.site, placeholder, ruleset, readings, None))


def tiles_site(folder: Path, layers: str = LAYERS) -> Path:
    site = good_site(folder)
    for path, text in {
        "rules/feeds/products.yaml": FEED,
        "assets/tables/products.csv": ROWS,
        "rules/advent.yaml": CAMPAIGN,
        "placeholders/hero.yaml": hero(fields="  products: {type: list, of: feed.products}", layers=layers),
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site


def test_a_field_takes_the_first_list_that_has_items_in_the_readers_words(
    tmp_path: Path, check_site: CheckSite
) -> None:
    said = {}
    for language in ("de", "en"):
        decision = decide(tiles_site(tmp_path / language), check_site, {**EVENING, "open.language": language})
        products = dict(decision.fields)["products"]
        assert [entry.key for entry in products] == ["K3", "K4", "K1"]
        said[language] = str(dict(products[0].values)["price"])
    assert said == {"de": "5,00\xa0€", "en": "€5.00"}


def test_each_place_says_the_words_of_its_item(tmp_path: Path, check_site: CheckSite) -> None:
    decision = decide(tiles_site(tmp_path), check_site, EVENING)
    said = dict(decision.captions)
    assert [text for _, text in sorted(said.items())] == [
        "Pan: 5,00\xa0€", "de heute", "Pot: 7,00\xa0€, only 1", "de heute", "Nothing left for de",
    ]  # fmt: skip
    assert set(decision.reads) == {"list.none", "list.cheap", "open.language", "param.lang", "time.daypart"}


def test_words_about_an_item_are_not_said_where_there_is_none(tmp_path: Path, check_site: CheckSite) -> None:
    decision = decide(tiles_site(tmp_path), check_site, {**EVENING, "list.cheap": EMPTY})
    assert "products" not in dict(decision.fields)
    assert sorted(text for _, text in decision.captions) == ["Nothing left for de", "de heute", "de heute"]


SLOTTED = """\
placeholder: hero
lists: {cheap: {of: feed.products, where: {price: {below: 50}}, sort: {price: ascending}}}
rules:
  - name: offers
    show: {products: list.cheap, headline: Offer}
    link: "https://shop.example/{{ headline }}/{{ item.sku }}"
    alt: "{{ item.name }} for {{ item.price }}"
otherwise: {link: https://shop.example/}
"""


@pytest.mark.parametrize(
    ("slot", "link", "alt"),
    [
        (None, "https://shop.example/Offer/K3", "Pan for 5,00\xa0€"),
        ("2", "https://shop.example/Offer/K4", "Pot for 7,00\xa0€"),
        ("4", "https://shop.example/", "Das Angebot zum Abend"),
    ],
)
def test_each_slot_has_the_picture_link_and_alt_of_its_item(
    slot: str | None, link: str, alt: str, tmp_path: Path, check_site: CheckSite
) -> None:
    layers = LAYERS.replace("columns: 2", "columns: 1") + "slots: {list: products, count: 4}\n"
    site = tiles_site(tmp_path, layers)
    (site / "rules/advent.yaml").write_text(SLOTTED, encoding="utf-8")
    decision = decide(site, check_site, {} if slot is None else {"param.slot": slot})
    assert (decision.link, decision.alt) == (link, alt)
    assert len(dict(decision.fields).get("products", ())) == (slot != "4")
    assert "param.slot" in decision.reads


def test_a_link_cannot_read_a_list(tmp_path: Path, check_site: CheckSite) -> None:
    site = tiles_site(tmp_path)
    campaign = (site / "rules/advent.yaml").read_text(encoding="utf-8").replace("https://shop.example/", LINKED)
    (site / "rules/advent.yaml").write_text(campaign, encoding="utf-8")
    assert "nothing is called “products”" in check_site(site).problems.render()


def test_a_design_has_the_layers_of_a_tile_once_a_place(tmp_path: Path, check_site: CheckSite) -> None:
    placeholder = check_site(tiles_site(tmp_path)).site.placeholders["hero"]
    in_tiles = [laid for laid in placeholder.layers if laid.tile is not None]
    assert [(laid.tile.place, laid.path[-2]) for laid in in_tiles if laid.tile] == [
        (place, layer) for place in range(2) for layer in range(3)
    ]
    corners = [layer.box[:2] for layer in placeholder.design.layers if layer.box[1] == 120]
    assert corners == [(24, 120), (306, 120), (24, 120)]


def test_the_fields_of_an_item_are_told_in_their_order() -> None:
    names = Names({}, fields=frozenset(f"item.{letter}" for letter in "edcba"))
    assert names.remedy("item.surname") == "there is item.a, item.b, item.c, item.d, item.e"


def test_every_item_is_tried_in_its_tile_though_no_list_picks_it(tmp_path: Path, check_site: CheckSite) -> None:
    long = "A pot with a very long name of which not all can be seen in such a small tile of forty pixels"
    site = tiles_site(tmp_path, LAYERS.replace("field: name, box: [0, 0, 200, 30]", "field: name, box: [0, 0, 40, 12]"))
    (site / "assets/tables/products.csv").write_text(ROWS + f"K5,{long},900,3,\n", encoding="utf-8")
    told = [one for one in check_site(site).problems if one.code == "overflow"]
    assert ("assets/tables/products.csv", 6) in [(one.file, one.line) for one in told]
