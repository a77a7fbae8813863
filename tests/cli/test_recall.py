"""`onopen recall`: names, the table of who saw it, and the way back."""

from __future__ import annotations

import asyncio
import csv
import json
import stat
import time
from pathlib import Path

import pytest

from app.recipients.receipts import Receipt
from app.recipients.showings import Mail, Showing
from app.stores.opening import store_at
from tests.cli.conftest import Onopen
from tests.support.sites import small_site

SALE = """\
placeholder: hello
rules: [{name: wrong, show: {words: "1 €"}}]
otherwise: {link: https://shop.example/}
"""


def receipt(rule: str, *, certain: bool) -> Receipt:
    return Receipt(time.time(), "sale", rule, "", "d1", {"words": "1 €"}, certain=certain)


async def _shown(address: str) -> None:
    store = store_at(address, clock=time.time, lost=lambda: None)
    for somebody, rule, certain in (("anna", "wrong", True), ("ben", "wrong", False), ("eve", "right", True)):
        store.keep(Showing(Mail(somebody, "m, 1", "hello"), receipt(rule, certain=certain)))
    await store.upkeep.aclose()


@pytest.fixture
def shop(tmp_path: Path, onopen: Onopen, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that we stand in: a site with a wrong price, which three have been sent."""
    folder, address = small_site(tmp_path / "site"), f"sqlite:///{tmp_path}/store.db"
    (folder / "rules" / "hello.yaml").unlink()
    (folder / "rules" / "sale.yaml").write_text(SALE, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ONOPEN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ONOPEN_STORE", address)
    asyncio.run(_shown(address))
    return folder


def test_who_saw_it_is_written_to_a_table_that_nobody_else_may_read(onopen: Onopen, shop: Path) -> None:
    said = onopen("recall", "wrong")
    assert (said.code, said.err) == (0, "")
    recalled, caches, exposed = said.out.splitlines()
    assert recalled.startswith("recalled: sale/wrong, since 2")
    assert "ends within 3600 seconds" in caches
    assert exposed.startswith("exposed.csv: 1 mails certainly showed it, 1 possibly; 0 more without a name.")
    with (shop / "exposed.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["recipient"]: row for row in csv.DictReader(lines)}
    assert {name: row["how"] for name, row in rows.items()} == {"anna": "certainly", "ben": "possibly"}
    assert (rows["anna"]["mailing"], rows["anna"]["placeholder"]) == ("m, 1", "hello")
    assert rows["anna"]["shown_at"].endswith("+00:00")
    assert stat.S_IMODE((shop / "exposed.csv").stat().st_mode) == 0o600


def test_there_and_back_for_machines(onopen: Onopen, shop: Path) -> None:
    told = json.loads(onopen("recall", "wrong.words", "-o", "who.csv", "--json").out)
    assert [one["name"] for one in told["recalled"]] == ["sale/wrong.words"]
    assert (told["purged"], told["file"]) == ([], "who.csv")
    assert told["exposed"] == {"certainly": 1, "possibly": 1, "unnamed": 0}
    assert json.loads(onopen("recall", "--list", "--json").out)["recalled"] == told["recalled"]
    assert json.loads(onopen("recall", "--undo", "wrong.words", "--json").out) == {
        "undone": ["sale/wrong.words"], "purged": [],
    }  # fmt: skip
    assert onopen("recall", "--list").out == "nothing is recalled\n"


def test_a_folder_with_mistakes_and_a_rule_that_was_removed_do_not_stand_in_the_way(onopen: Onopen, shop: Path) -> None:
    (shop / "rules" / "sale.yaml").write_text(f"{SALE}nonsense: true\n", "utf-8")
    assert onopen("recall", "wrong").code == 0
    (shop / "rules" / "sale.yaml").write_text("placeholder: hello\notherwise: {}\n", "utf-8")
    assert onopen("recall", "sale/older").code == 2
    assert onopen("recall", "sale/older", "--removed").code == 0
    assert [line.split(",")[0] for line in onopen("recall", "--list").out.splitlines()] == [
        "recalled: sale/older", "recalled: sale/wrong",
    ]  # fmt: skip


def test_what_cannot_work_is_code_2_and_a_store_in_trouble_code_1(
    onopen: Onopen, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, said in (
        ([], "say what to recall"),
        (["worng"], "did you mean “wrong”"),
        (["--undo", "x"], "nothing"),
    ):
        answer = onopen("recall", *arguments)
        assert (answer.code, said in answer.err) == (2, True)
    monkeypatch.setenv("ONOPEN_STORE", "redis://127.0.0.1:1/0")
    answer = onopen("recall", "wrong")
    assert (answer.code, answer.out) == (1, "")
    assert not (shop / "exposed.csv").exists()


def test_a_cdn_that_does_not_do_it_is_told_of_and_stands_in_nothings_way(
    onopen: Onopen, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONOPEN_EDGE__PURGE_URL", "http://127.0.0.1:1/")
    monkeypatch.setenv("ONOPEN_EDGE__DIALECT", "varnish")
    answer = onopen("recall", "wrong")
    assert answer.code == 1
    assert "all servers follow, but not what the CDN keeps" in answer.err
    assert (shop / "exposed.csv").exists()
    assert onopen("recall", "--list").out.startswith("recalled: sale/wrong")
