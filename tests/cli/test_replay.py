"""`onopen explain --receipt`: an open once more, to the byte, also after the rules have changed."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.engine.withdrawals import Withdrawal
from app.recall.withdrawn import FILE, Mirror
from app.recipients.events import Collection, Event
from tests.cli.conftest import Onopen
from tests.support.server import GMAIL, Answer, inside
from tests.support.sites import SITE

NOW = datetime(2026, 11, 28, 12, 30, 7, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
SOMEBODY = "0123456789abcdef" * 2
MEASURED = f"{SITE}recipients: {{trust_plain_ids: true}}\n".replace("aggregate", "individual")
CART = {"cart": Collection("sku", frozenset({"added"}), frozenset({"removed"}), 30 * 86_400.0)}
FILES = {
    "rules/site.yaml": MEASURED,
    "rules/recipients.yaml": "attributes: {tier: {purpose: none}, born: {type: date, purpose: none}}\n",
    "rules/events.yaml": """\
events:
  added: {purpose: none, fields: {sku: {type: text}, size: {type: number}}}
  removed: {purpose: none, fields: {sku: {type: text}}}
collections: {cart: {key: sku, add: added, remove: removed, keep: 30d}}
""",
    "rules/feeds/shoes.yaml": "file: shoes.csv\nkey: sku\nfields: {sku: {type: text}, price: {type: money}}\n",
    "assets/shoes.csv": "sku,price\nA1,9.90 EUR\nB2,19.90 EUR\n",
    "placeholders/sale.yaml": """\
size: [200, 80]
format: gif
alt: Ein Angebot
params: {name: {type: text, default: ""}, city: {type: text, default: ""}}
fields:
  ends: {type: moment}
  words: {type: text, default: "", max_length: 80}
  things: {type: list, of: cart, join: feed.shoes}
layers:
  - shape: {box: [0, 0, 200, 80], color: "#203040"}
  - tiles:
      field: things
      box: [150, 0, 50, 10]
      columns: 1
      tile: [{text: {text: "{{ item.price }} {{ item.size }}", box: [0, 0, 50, 10], size: 8, color: white}}]
  - text: {field: words, box: [4, 60, 192, 16], size: 10, min_size: 4, color: white}
  - countdown: {field: ends, box: [10, 10, 180, 44]}
""",
    "rules/sale.yaml": """\
placeholder: sale
phases: {live: 2026-11-27 00:00, over: 2026-12-01 00:00}
splits: {tone: {loud: 50, calm: 50}}
lists:
  cheap: {of: feed.shoes, where: {price: {below: 15}}}
  waiting: {of: cart, join: feed.shoes, sort: {price: descending}}
rules:
  - name: live
    when:
      phase: live
      geo.city: Hamburg
      recipient.tier: gold
      recipient.born: {below: 1990-01-01}
      list.cheap.count: 1
    show:
      ends: over
      things: list.waiting
      words: "{{ geo.city }} {{ weather.temperature | number }}° {{ time.clock | clock }} {{ split.tone }}"
    link: https://shop.example/sale
otherwise: {link: https://shop.example/}
""",
}


def write(folder: Path, **changed: str) -> Path:
    for path, text in {**FILES, **changed}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


async def _opened(folder: Path, state: Path, *targets: str, now: float) -> list[Answer]:
    async with inside(folder, state, now=now, budget_ms=10_000) as server:
        assert server.world.store is not None
        await server.world.store.tell(SOMEBODY, {"tier": "gold", "born": "1980-02-29"}, {})
        added = [Event(sku, SOMEBODY, "added", NOW - 60, {"sku": sku, "size": 40.5}) for sku in ("A1", "B2", "gone")]
        await server.world.store.record(added, CART)
        return [await server.ask(target, user_agent=GMAIL) for target in targets]


def opened(folder: Path, state: Path, *targets: str, now: float = NOW) -> list[Answer]:
    state.mkdir(exist_ok=True)
    return asyncio.run(_opened(folder, state, *targets, now=now))


@pytest.fixture
def state(tmp_path: Path, onopen: Onopen, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory, set for the command; no site is near."""
    monkeypatch.setenv("ONOPEN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "state"


QUERY = f"m=newyear&r={SOMEBODY}&city=Hamburg&name=Anna"


@pytest.mark.parametrize("format", ["gif", "png", "jpg"])
def test_an_open_is_replayed_to_the_byte_after_the_rules_have_changed(
    onopen: Onopen, tmp_path: Path, state: Path, format: str
) -> None:
    folder = write(tmp_path / "site")
    (sent,) = opened(folder, state, f"/i/sale.{format}?{QUERY}")
    for change in range(4):
        write(folder, **{"rules/sale.yaml": f"placeholder: sale\notherwise: {{link: https://shop.example/{change}}}\n"})
        opened(folder, state, now=NOW + 60 * change)
    picture = tmp_path / f"replayed.{format}"
    said = onopen("explain", "--receipt", "newyear", SOMEBODY, "sale", "--json", "-o", picture)
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["receipt"]["same"]
    assert (told["rule"], told["receipt"]["at"]) == ("live", "2026-11-28T12:30:07+01:00")
    assert told["steps"][0]["truth"] == "yes"
    assert {reading["signal"]: reading["source"] for reading in told["readings"]}["weather.temperature"] == "recorded"
    assert picture.read_bytes() == sent.body


def test_what_was_shown_while_something_was_recalled_is_replayed_so(
    onopen: Onopen, tmp_path: Path, state: Path
) -> None:
    state.mkdir()
    Mirror(state / FILE).show({Withdrawal("sale", "live", "words"): NOW})
    (sent,) = opened(write(tmp_path / "site"), state, f"/i/sale.png?{QUERY}")
    Mirror(state / FILE).show({})
    said = onopen("explain", "--receipt", "newyear", SOMEBODY, "sale", "--json", "-o", tmp_path / "replayed.png")
    told = json.loads(said.out)
    assert (told["rule"], told["receipt"]["same"], "words" in told["fields"]) == ("live", True, False)
    assert (tmp_path / "replayed.png").read_bytes() == sent.body


def test_it_says_what_was_shown_when_and_why(onopen: Onopen, tmp_path: Path, state: Path) -> None:
    folder = write(tmp_path / "site")
    opened(folder, state, f"/i/sale.gif?{QUERY}", f"/i/sale.gif?{QUERY.replace('Anna', 'Ben')}")
    said = onopen("explain", "--receipt", "newyear", SOMEBODY, "sale", "--site", folder)
    assert (said.code, said.err) == (0, "")
    first, second, *_ = said.out.splitlines()
    assert first.startswith("shown at 2026-11-28T12:30:07+01:00, by set ")
    assert second == "sale: rule live, until 2026-11-28T12:31:00+01:00"
    assert "recipient.tier = gold  (store)" in said.out


def test_what_cannot_be_replayed_is_said(onopen: Onopen, tmp_path: Path, state: Path) -> None:
    folder = write(tmp_path / "site")
    opened(folder, state, f"/i/sale.gif?{QUERY}")
    said = onopen("explain", "--receipt", "another", SOMEBODY, "sale")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("there is no receipt of sale in mailing another to this recipient")
    for old in state.glob("site-*/*/rules/sale.yaml"):
        old.write_text("placeholder: sale\n", "utf-8")
    said = onopen("explain", "--receipt", "newyear", SOMEBODY, "sale")
    assert (said.code, "are no longer kept" in said.err) == (1, True)


def test_where_each_open_is_not_measured_there_is_nothing_to_replay(
    onopen: Onopen, tmp_path: Path, state: Path
) -> None:
    plain = MEASURED.replace("individual", "aggregate")
    opened(write(tmp_path / "site", **{"rules/site.yaml": plain}), state, f"/i/sale.gif?{QUERY}")
    said = onopen("explain", "--receipt", "newyear", SOMEBODY, "sale")
    assert said.code == 1
    assert "only rule and link are kept" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "sale", "--receipt", "m", "r", "sale"),
        ("explain", "--receipt", "m", "r", "sale", "--at", "2026-12-24"),
        ("explain", "--receipt", "m", "r", "sale", "-o", "picture.svg"),
        ("explain", "sale", "-o", "picture.png"),
    ],
)
def test_what_has_no_meaning_together_is_refused(onopen: Onopen, state: Path, arguments: tuple[str, ...]) -> None:
    assert onopen(*arguments).code == 2
