"""`onopen store`: is it well, a copy of it; without a site."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from app.stores.opening import store_at
from app.stores.sqlite.schema import STEPS
from tests.cli.conftest import Onopen


async def _somebody(address: str) -> None:
    store = store_at(address, clock=time.time, lost=lambda: None)
    await store.tell("anna", {"tier": "gold"}, {})
    await store.upkeep.aclose()


@pytest.fixture
def address(tmp_path: Path, onopen: Onopen, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with somebody in it, as it is set for the command."""
    made = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("ONOPEN_STORE", made)
    monkeypatch.chdir(tmp_path)
    asyncio.run(_somebody(made))
    return made


def test_a_store_that_is_well(onopen: Onopen, address: str) -> None:
    said = onopen("store", "check")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"fine   schema version {len(STEPS)}",
        "fine   pages: ok",
        "fine   1 recipients, 1 entries",
    ]
    assert json.loads(onopen("store", "check", "--json").out)["well"]


def test_a_store_that_is_not(onopen: Onopen, address: str, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"something else entirely" * 1000)
    said = onopen("store", "check", "--json")
    assert said.code == 1
    told = json.loads(said.out)
    assert not told["well"]
    assert "not a database" in told["findings"][0]["said"]


def test_without_a_setting_it_is_the_file_in_the_state_directory(
    onopen: Onopen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONOPEN_STATE_DIR", str(tmp_path))
    said = onopen("store", "check")
    assert said.code == 1
    assert said.out == f"WRONG  {tmp_path}/store.db is not there yet; a server makes it\n"


def test_a_copy_can_be_looked_at_as_a_store(
    onopen: Onopen, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert onopen("store", "backup", "copy.db").out == "copy.db\n"
    again = onopen("store", "backup", "copy.db")
    assert (again.code, again.out, "File exists" in again.err) == (1, "", True)
    monkeypatch.setenv("ONOPEN_STORE", f"sqlite:///{tmp_path}/copy.db")
    assert "fine   1 recipients, 1 entries" in onopen("store", "check").out


def test_a_wrong_address_is_code_2(onopen: Onopen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONOPEN_STORE", "postgres://me:hunter2@db")
    said = onopen("store", "check")
    assert (said.code, said.out, "hunter2" in said.err) == (2, "", False)
