"""`onopen recipients`: a table of recipients goes into the store, one is shown, one is erased."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.errors import StoreTrouble
from app.recipients.tellable import CONSENTS, Tellable, Telling
from app.settings import Settings
from app.sites import state_directory
from app.stores.opening import store_at
from app.web.bodies import Agreed
from app.wiring.world import hiders, keyring_for, store_of
from app.workshop.importing.bookmark import Bookmark, Place
from app.workshop.importing.run import BATCH, Import
from app.workshop.importing.sheet import Reading, Sheet
from tests.cli.conftest import Onopen
from tests.support.server import ROOT, environment
from tests.support.sites import small_site
from tests.support.store_claims import OFFER, claimed
from tests.support.waiting import until

RECIPIENTS_YAML = """\
attributes:
  tier: {type: choice, choices: [gold, platinum], purpose: none}
  name: {purpose: none}
  points: {type: number}
  vip: {type: boolean}
  born: {type: date}
"""


@pytest.fixture
def shop(tmp_path: Path, onopen: Onopen, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that we stand in: a site with attributes, and the state beside it."""
    folder = small_site(tmp_path / "site")
    (folder / "rules" / "recipients.yaml").write_text(RECIPIENTS_YAML, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ONOPEN_STATE_DIR", str(tmp_path / "state"))
    return folder


@pytest.fixture
def kept(onopen: Onopen) -> Callable[[str], Any]:
    """What is kept about somebody; None for nothing."""

    def kept(recipient: str) -> Any:
        said = onopen("recipients", "show", recipient)
        return json.loads(said.out) if said.code == 0 else None

    return kept


def test_a_table_is_told_like_the_api_tells(onopen: Onopen, shop: Path, kept: Callable[[str], Any]) -> None:
    table = (
        "\ufeffid;tier;name;points;vip;born;consent.behaviour\r\n"
        'r1;Gold;"Zoë ""Z""; the 2nd";12.5;TRUE;1980-02-29;true\r\n\r\nr2;;;1e3;false;;FALSE'
    )
    (shop / "a.csv").write_text(table, "utf-8")
    assert onopen("recipients", "import", "a.csv").out == "a.csv: 2 recipients told, 0 lines skipped\n"
    first, second = kept("r1"), kept("r2")
    assert first["attributes"] == {
        "tier": "Gold", "name": 'Zoë "Z"; the 2nd', "points": 12.5, "vip": True, "born": "1980-02-29",
    }  # fmt: skip
    assert (first["consent"], second["consent"]) == ({"behaviour": True}, {"behaviour": False})
    (shop / "a.csv").write_text("nr,points,e-mail,consent.location\nr1,7,a@b.example,true\n", "utf-8")
    assert onopen("recipients", "import", "a.csv", "--id-column", "nr", "--ignore", "e-mail").code == 0
    assert kept("r1")["attributes"] == {**first["attributes"], "points": 7}
    assert kept("r1")["consent"] == {"behaviour": True, "location": True}


def test_lines_that_tell_nothing_are_named_and_cost_nobody_else(
    onopen: Onopen, shop: Path, kept: Callable[[str], Any]
) -> None:
    lines = {
        b"r2,silver,Ada,": "“tier” must be one of gold, platinum",
        b'r3,gold,"torn,1': "quotes that do not match",
        b"r4,gold,J\xfcrgen,1": "is not in utf-8; name the encoding of the table, such as --encoding cp1252",
        b"r5,gold": "has 2 cells, and the header 4",
        b",gold,Ada,1": "“id” must have 1 to 200 visible characters",
        b"r7,gold,Ada,twelve": "“points” must be a number",
        b"r8,gold,Ada,null": "“points” must be a number",
    }
    table = [b"id,tier,name,points", b"first,gold,Ada,1", *lines, b"last,gold,Ada,1"]
    (shop / "a.csv").write_bytes(b"\n".join(table))
    said = onopen("recipients", "import", "a.csv", "--json")
    told = json.loads(said.out)
    assert (said.code, told["told"], told["skipped"], told["done"]) == (1, 2, len(lines), True)
    assert [problem["line"] for problem in told["problems"]] == list(range(3, 3 + len(lines)))
    for problem, wrong, line in zip(told["problems"], lines.values(), said.err.splitlines(), strict=True):
        assert wrong in problem["said"]
        assert line == f"a.csv:{problem['line']}: {problem['said']}"
    assert [kept(one) is not None for one in ("first", "r2", "r3", "r4", "last")] == [True, False, False, False, True]
    assert onopen("recipients", "import", "a.csv", "--encoding", "cp1252").code == 1
    assert kept("r4")["attributes"]["name"] == "Jürgen"


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        ("id,teir\nr1,gold\n", [], "no attribute “teir”; did you mean “tier”? declare it, or leave the column out"),
        ("id,consent.everything\nr1,true\n", [], "--ignore consent.everything"),
        ("nr,tier\nr1,gold\n", [], "--id-column nr"),
        ("id,tier,tier\nr1,gold,gold\n", [], "“tier” is there twice"),
        ("", [], "no column is named “id”"),
        ('id,"tier\nr1,gold\n', [], "the header has quotes that do not match"),
        ("id,größe\nr1,1\n".encode("latin-1"), [], "the header is not in utf-8"),
        ("id,tier\nr1,gold\n".encode("utf-16"), ["--encoding", "utf-16"], "save it as UTF-8"),
        ("id,tier\nr1,gold\n", ["--encoding", "klingon"], "klingon is no encoding"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_before_anything_is_written(
    onopen: Onopen, shop: Path, tmp_path: Path, table: str | bytes, options: list[str], words: str
) -> None:
    (shop / "a.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    said = onopen("recipients", "import", "a.csv", *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert not (tmp_path / "state" / "store.db").exists()


def test_somebody_is_erased(onopen: Onopen, shop: Path, kept: Callable[[str], Any]) -> None:
    (shop / "a.csv").write_text("id,tier,consent.location\nr1,gold,true\n", "utf-8")
    onopen("recipients", "import", "a.csv")
    erased = json.loads(onopen("recipients", "erase", "r1").out)["erased"]
    assert (erased["attributes"], erased["consents"]) == (1, 1)
    assert kept("r1") is None
    assert "fine   0 recipients" in onopen("store", "check").out
    for command in ("show", "erase"):
        said = onopen("recipients", command, "x" * 10_000)
        assert (said.code, said.out) == (2, "")


async def take_a_place(state: Path, recipient: str) -> None:
    settings = Settings(state_dir=state)
    keys = hiders(keyring_for(settings, state))
    store = store_of(settings, state, time.time, lost=lambda: None, hiders=keys)
    await store.upkeep.begin()
    assert await claimed(store, recipient) == 1
    await store.upkeep.aclose()


def test_what_is_kept_without_a_name_is_shown_and_erased(
    onopen: Onopen, shop: Path, kept: Callable[[str], Any], tmp_path: Path
) -> None:
    asyncio.run(take_a_place(state_directory(tmp_path / "state"), "r1"))
    assert kept("r1")["places"] == [{"campaign": OFFER.campaign, "rule": OFFER.rule, "number": 1}]
    assert json.loads(onopen("recipients", "erase", "r1").out)["erased"]["places"] == 1
    assert kept("r1") is None


def test_a_store_in_trouble_is_said_with_the_line(
    onopen: Onopen, shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (shop / "a.csv").write_text("id,tier\nr1,gold\n", "utf-8")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "store.db").write_bytes(b"something else entirely" * 1000)
    said = onopen("recipients", "import", "a.csv", "--json")
    assert (said.code, json.loads(said.out)["done"], json.loads(said.out)["told"]) == (1, False, 0)
    assert "nothing from line 2 on was written; the same command goes on there" in said.err


class Shelf:
    """A store in memory that fails when it is told to."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.fails_after = 10**9

    async def tell_each(self, tellings: Sequence[Telling]) -> None:
        if len(self.told) >= self.fails_after:
            raise StoreTrouble("the disk is full")
        self.told += [telling.recipient for telling in tellings]


class Nobody:
    """Looks on and says nothing."""

    def came_to(self, place: Place) -> None: ...
    def skipped(self, line: int, said: str) -> None: ...


def importing(folder: Path, table: Path, purpose: str = "") -> Import:
    sheet = Sheet.of(b"id\n", Reading(), Tellable())
    return Import(table, sheet, Bookmark(folder, table, purpose), Nobody())


def written(table: Path, rows: int) -> Path:
    table.write_text("".join(("id\n", *(f"r{number}\n" for number in range(rows)))), "ascii")
    return table


async def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path: Path) -> None:
    table, shelf = written(tmp_path / "a.csv", 5 * BATCH), Shelf()
    shelf.fails_after = 3 * BATCH
    with pytest.raises(StoreTrouble) as caught:
        await importing(tmp_path, table).run(shelf)
    assert caught.value.operator == f"the disk is full; nothing from line {3 * BATCH + 2:,} on was written"
    shelf.fails_after = 10**9
    place = await importing(tmp_path, table).run(shelf)
    assert (place.told, place.lines) == (5 * BATCH, 5 * BATCH + 1)
    assert shelf.told == [f"r{number}" for number in range(5 * BATCH)]
    assert await importing(tmp_path, table).run(Shelf()) == place  # done once, it begins anew


async def test_another_table_or_another_purpose_begins_at_the_beginning(tmp_path: Path) -> None:
    table, shelf = written(tmp_path / "a.csv", 2 * BATCH), Shelf()
    shelf.fails_after = BATCH
    with pytest.raises(StoreTrouble):
        await importing(tmp_path, table).run(shelf)
    other = Shelf()
    await importing(tmp_path, table, "another store").run(other)
    await importing(tmp_path, written(tmp_path / "b.csv", 2 * BATCH - 1)).run(other)
    assert len(other.told) == 4 * BATCH - 1
    (bookmark,) = (tmp_path / "imports").iterdir()
    assert "r1" not in bookmark.read_text("ascii")
    bookmark.write_text("{", "ascii")
    await importing(tmp_path, table).run(again := Shelf())
    assert len(again.told) == 2 * BATCH


@pytest.mark.parametrize("rows", [30_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_kill_9_in_the_middle_loses_nobody(shop: Path, tmp_path: Path, rows: int) -> None:
    table, state = written(shop / "a.csv", rows), tmp_path / "state"
    command = [str(Path(sys.executable).with_name("onopen")), "recipients", "import", "--json", str(table)]
    given: Mapping[str, str] = environment({"ONOPEN_STATE_DIR": str(state), "ONOPEN_SITE": str(shop)})
    with subprocess.Popen(command, cwd=ROOT, env=given) as process:
        until(lambda: list(state.glob("imports/*.json")))
        process.kill()
    ran = subprocess.run(command, cwd=ROOT, env=given, check=True, capture_output=True, text=True)
    told = json.loads(ran.stdout)
    assert (told["told"], told["done"]) == (rows, True)
    assert told["went_on_after_line"] > BATCH
    assert asyncio.run(_missing(f"sqlite:///{state}/store.db", rows)) == []


async def _missing(address: str, rows: int) -> list[int]:
    store = store_at(address, clock=time.time, lost=lambda: None)
    missing = [number for number in range(0, rows, 97) if await store.account(f"r{number}") is None]
    await store.upkeep.aclose()
    return missing


def test_a_table_and_the_api_know_the_same_purposes() -> None:
    assert Agreed.__struct_fields__ == CONSENTS
