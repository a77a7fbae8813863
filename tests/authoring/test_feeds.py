"""Feeds: from a CSV file, however it was saved, to items; what is wrong with a row costs no other row."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.authoring.feeds import tables
from app.authoring.feeds.tables import read_table
from app.authoring.library import Checked
from app.authoring.problems import Problems
from app.engine.explain import shown
from app.engine.lists import Item
from app.engine.readings import EMPTY, Reading
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import good_site

PLAIN = "sku,name,price\nK1,Cup,9.50\nK2,Lamp,60\n"
FEED = """\
file: tables/products.csv
key: sku
fields:
  sku: {type: text}
  name: {type: text, column: "Name (de)", required: true}
  price: {type: money, currency: EUR}
  old_price: {type: money, currency: EUR, above: price}
  photo: {type: picture, default: hero.png}
  added: {type: moment}
  state: {type: choice, choices: [New, Used]}
  hot: {type: boolean}
  ground: {type: color}
"""
HEADER = "sku;Name (de);price;old_price;photo;added;state;hot;ground\n"


def cells(raw: bytes) -> list[tuple[int, ...]] | list[tuple[str, ...]]:
    problems = Problems()
    found = read_table(raw, "products.csv", ("sku", "name", "price"), problems)
    assert found is not None, problems.render()
    assert not len(problems)
    return [row.cells for row in found.rows]


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").replace("\n", "\r\n").encode(),
        b'"sku", name,price\r\nK1, Cup ,"9.50"\r\n\r\n,,\nK2,Lamp,60',
    ],
    ids=["commas", "a byte order mark", "semicolons", "tabs", "blanks and blank lines"],
)
def test_a_table_is_read_however_it_was_saved(raw: bytes) -> None:
    assert cells(raw) == [("K1", "Cup", "9.50"), ("K2", "Lamp", "60")]


def test_quotes_keep_separators_quotes_and_lines_together() -> None:
    problems = Problems()
    raw = 'sku,name\nK1,"Cup, ""large"",\nblue"\nK2,12" pan\n'
    found = read_table(raw.encode(), "products.csv", ("sku", "name"), problems)
    assert found is not None
    assert [(row.line, row.cells[1]) for row in found.rows] == [(2, 'Cup, "large",\nblue'), (4, '12" pan')]


@pytest.mark.parametrize(
    ("raw", "place", "code", "says"),
    [
        ("sku,name\nK1,Stühle\n".encode("latin-1"), (2, 6), "not-utf8", "“ü” in Windows-1252"),
        ("sku,name\nK1,Cup\n".encode("utf-16"), (1, 1), "not-utf8", "UTF-16"),
        (b'sku,name\nK1,Cup\nK2,"La"mp\nK3,Pan\n', (3, 1), "unclosed-quote", "written twice"),
        (b'sku,name\nK1,Cup\nK2,"Lamp\nK3,Pan\n', (3, 1), "unclosed-quote", "written twice"),
        (b"x" * (tables.LARGEST + 1), (1, 1), "too-large", "bytes"),
        (b"sku,name\n" + b"K,Cup\n" * (tables.MOST_ROWS + 1), (1, 1), "too-large", "10,001 rows"),
    ],
    ids=["Latin-1", "UTF-16", "a quote inside", "a quote never closed", "bytes", "rows"],
)
def test_what_is_no_table_says_why(raw: bytes, place: tuple[int, int], code: str, says: str) -> None:
    problems = Problems()
    assert read_table(raw, "products.csv", ("sku", "name"), problems) is None
    (told,) = problems.mistakes
    assert ((told.line, told.column), told.code) == (place, code)
    assert says in told.render()


def site_with(folder: Path, rows: str, feed: str = FEED) -> Path:
    site = good_site(folder)
    (site / "rules" / "feeds").mkdir()
    (site / "rules" / "feeds" / "products.yaml").write_text(feed, encoding="utf-8")
    (site / "assets" / "tables").mkdir(parents=True, exist_ok=True)
    (site / "assets" / "tables" / "products.csv").write_text(HEADER + rows, encoding="utf-8")
    return site


def items(checked: Checked) -> dict[str, Item]:
    return {item.key: item for item in checked.site.feeds["products"].items}


def values(item: Item) -> dict[str, object]:
    return {name: reading.value for name, reading in item.readings.items()}


def test_cells_become_what_their_columns_say(tmp_path: Path, check_site: CheckSite) -> None:
    site = site_with(
        tmp_path, 'K1;Cup;9.5;12 EUR;;"2026-11-20 18:00";used;TRUE;"#c00"\n', FEED.replace(", default: hero.png", "")
    )
    checked = check_site(site)
    assert checked.passes, checked.problems.render()
    found = values(items(checked)["K1"])
    added = found.pop("added")
    assert isinstance(added, float)
    assert found == {
        "sku": "K1", "name": "Cup", "price": 9.5, "old_price": 12, "photo": EMPTY, "state": "Used", "hot": True,
        "ground": "#c00",
    }  # fmt: skip


def test_an_amount_that_is_not_above_what_it_must_be_is_empty(tmp_path: Path, check_site: CheckSite) -> None:
    feed = FEED.replace(", default: hero.png", "")
    checked = check_site(site_with(tmp_path, "K1;Cup;12;12;;;;;\nK2;Pan;12;12.01;;;;;\nK3;Lid;;9;;;;;\n", feed))
    assert checked.passes
    assert [values(item)["old_price"] for item in items(checked).values()] == [EMPTY, 12.01, 9]


def test_a_bad_row_is_told_of_and_left_out_of_what_is_served(tmp_path: Path, check_site: CheckSite) -> None:
    rows = "K1;Cup;9,50;;;;;;\nK2;Pan;12;;;;;;\n;Lid;3;;;;;;\nK2;Pot;5;;;;;;\nK5;;5;;;soon;;;\n"
    checked = check_site(site_with(tmp_path, rows, FEED.replace(", default: hero.png", "")))
    assert [(one.line, one.code) for one in checked.problems.failures] == [
        (2, "not-a-number"), (4, "empty-value"), (5, "duplicate-name"), (6, "empty-value"), (6, "not-a-moment"),
    ]  # fmt: skip
    assert checked.good
    assert not checked.passes
    assert list(items(checked)) == ["K2"]
    assert checked.site.feeds["products"].left_out == 4


def test_a_picture_that_is_not_there_gives_way_to_the_default(tmp_path: Path, check_site: CheckSite) -> None:
    from PIL import Image

    (tmp_path / "assets").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "assets" / "hero.png")
    checked = check_site(site_with(tmp_path, "K1;Cup;9;;cup.jpg;;;;\nK2;Pan;9;;;;;;\n"))
    assert [one.code for one in checked.problems.failures] == ["asset"]
    assert [values(item)["photo"] for item in items(checked).values()] == ["hero.png", "hero.png"]


def test_what_comes_again_and_again_is_not_told_for_ever(tmp_path: Path, check_site: CheckSite) -> None:
    rows = "".join(f"K{n};Cup;9,50;;;;;;\n" for n in range(200))
    checked = check_site(site_with(tmp_path, rows, FEED.replace(", default: hero.png", "")))
    assert len(checked.problems.failures) == 51
    assert "and 150 more like these" in checked.problems.render()


LISTS = """\
lists:
  late: {of: feed.products, where: {added: {older_than: 24h}}, sort: {price: descending}, limit: 2}
  dear: {of: feed.products, where: {any: [{price: {above: 100}}, {not: {hot: true}}], state: new}}
rules:
  - name: some
    when: {list.late.total: {at_least: 20}, list.dear: {empty: false}}
    show: {headline: "{{ list.late.count }} left"}
examples:
  - {given: {at: "2026-11-21 17:59"}, expect: {rule: otherwise, until: "2026-11-21 18:00"}}
  - {given: {at: "2026-11-21 18:00"}, expect: {rule: some, fields: {headline: 2 left}, until: "2026-11-23 12:00"}}
  - {given: {at: "2026-11-24 18:00", list.dear: ""}, expect: {rule: otherwise}}
"""


def test_a_campaign_picks_counts_and_ends_with_its_lists(tmp_path: Path, check_site: CheckSite) -> None:
    site = site_with(
        tmp_path,
        "K1;Cup;9;;;2026-11-20 18:00;new;false;\n"
        + "K2;Pan;12;;;2026-11-20;new;true;\nK3;Pot;40;;;2026-11-22 12:00;used;;\n",
        FEED.replace(", default: hero.png", ""),
    )
    campaign = "placeholder: hero\n" + LISTS + "otherwise: {link: https://shop.example/}\nunknown: otherwise\n"
    (site / "rules" / "advent.yaml").write_text(campaign, encoding="utf-8")
    checked = check_site(site)
    assert not checked.problems.mistakes, checked.problems.render()
    late, dear = checked.site.placeholders["hero"].campaigns["advent"].ruleset.lists_read
    readings: dict[str, Reading] = dict(late.readings(2e9, checked.site.zone))
    assert (shown(readings["list.late"].value), readings["list.late.total"].value) == ("K3, K2", 61)
    assert shown(dear.readings(0.0, checked.site.zone)["list.dear"].value) == "K1"
