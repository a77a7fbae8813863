"""A wrong price is recalled: the next open shows another picture, clicks lead elsewhere, and all servers follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.redis_servers import PROGRAM, redis_server
from tests.support.server import THUNDERBIRD, Running, eventually, serving
from tests.support.sites import GREEN, NEUTRAL, PLACEHOLDER, RED, SITE, small_site

KEY = "a-key-that-nobody-guesses"
SOMEBODY = "0123456789abcdef" * 2
SALE = f"""\
placeholder: hello
rules:
  - {{name: wrong, show: {{ground: "{RED}", words: "1 €"}}, link: https://shop.example/wrong}}
otherwise: {{show: {{ground: "{GREEN}"}}, link: https://shop.example/}}
examples:
  - {{expect: {{rule: wrong}}}}
"""


def shop(folder: Path, more: str = "") -> Path:
    site = small_site(folder)
    (site / "rules" / "hello.yaml").unlink()
    (site / "rules" / "sale.yaml").write_text(SALE, "utf-8")
    measured = SITE.replace("aggregate", "individual")
    (site / "rules" / "site.yaml").write_text(f"{measured}recipients: {{trust_plain_ids: true}}\n", "utf-8")
    (site / "placeholders" / "hello.yaml").write_text(PLACEHOLDER + more, "utf-8")
    return site


def look(server: Running, mailing: str = "m1") -> str:
    return server.ask(f"/i/hello.png?m={mailing}&r={SOMEBODY}", user_agent=THUNDERBIRD).ground


def click(server: Running, mailing: str = "m1") -> str:
    answer = server.ask(f"/l/hello?m={mailing}&r={SOMEBODY}", user_agent=THUNDERBIRD)
    return answer.headers["location"].partition("?")[0].removeprefix("https://shop.example/")


def post(server: Running, body: Any, status: int = 200) -> Any:
    answer = httpx.post(f"{server.url}/api/recall", json=body, headers={"Authorization": f"Bearer {KEY}"}, timeout=20)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("recall")
    with serving(shop(folder / "site"), folder / "state", API_KEY=KEY) as running:
        yield running


@pytest.fixture
def opened(server: Running) -> Callable[[], str]:
    """Somebody has seen the wrong price, and a click is sure to find that."""
    assert look(server) == RED
    assert eventually(lambda: click(server) == "wrong")
    return lambda: look(server)


def test_a_rule_is_recalled_and_put_back(server: Running, opened: Callable[[], str]) -> None:
    told = post(server, {"recall": ["wrong"], "exposed": True})
    assert [one["name"] for one in told["recalled"]] == ["sale/wrong"]
    assert (told["purged"], told["exposed"]) == ([], {"certainly": 1, "possibly": 0, "unnamed": 0})
    assert "3600 seconds" in told["note"]
    assert click(server) == ""
    assert opened() == GREEN
    assert post(server, {"undo": ["sale/wrong"]})["recalled"] == []
    assert opened() == RED
    assert eventually(lambda: click(server) == "wrong")


def test_a_field_is_recalled_and_clicks_on_its_rule_are_decided_anew(
    server: Running, opened: Callable[[], str]
) -> None:
    post(server, {"recall": ["wrong.ground"]})
    assert opened() == NEUTRAL
    post(server, {"undo": ["wrong.ground"]})
    assert opened() == RED


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "recall"),
        ({"recall": ["wrogn"]}, "did you mean “wrong”"),
        ({"recall": ["otherwise"]}, "a field of it"),
        ({"undo": ["wrong"]}, "nothing is"),
        ({"recall": "wrong"}, "Expected `array`"),
        ({"recal": ["wrong"]}, "recal"),
    ],
)
def test_what_cannot_be_recalled_is_refused(server: Running, body: Any, said: str) -> None:
    assert said in post(server, body, status=422)["detail"]


def test_strangers_recall_nothing(server: Running) -> None:
    for method in ("GET", "POST"):
        assert httpx.request(method, f"{server.url}/api/recall", timeout=20).status_code == 401
    listed = httpx.get(f"{server.url}/api/recall", headers={"Authorization": f"Bearer {KEY}"}, timeout=20)
    assert listed.json() == {"recalled": []}


def test_where_something_else_is_offered_a_recalled_rule_is_gone(tmp_path: Path) -> None:
    gone = "click: as_shown_unless_gone\ngone: https://shop.example/sorry\n"
    with serving(shop(tmp_path / "site", gone), tmp_path / "state", API_KEY=KEY) as server:
        look(server)
        assert eventually(lambda: click(server) == "wrong")
        post(server, {"recall": ["wrong"]})
        assert click(server) == "sorry"


@pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed")
def test_every_server_of_a_store_follows_and_a_start_without_it_remembers(tmp_path: Path) -> None:
    site = shop(tmp_path / "site")
    with redis_server(tmp_path) as redis:
        store = {"STORE": f"redis://127.0.0.1:{redis.port}/0", "API_KEY": KEY}
        with serving(site, tmp_path / "one", **store) as one, serving(site, tmp_path / "two", **store) as two:
            assert (look(one), look(two)) == (RED, RED)
            post(one, {"recall": ["wrong"]})
            began = time.monotonic()
            assert look(one) == GREEN
            assert eventually(lambda: look(two) == GREEN)
            assert time.monotonic() - began < 4.0  # two seconds on an idle machine
        with serving(site, tmp_path / "three", **store) as newcomer:
            assert look(newcomer) == GREEN
    with serving(site, tmp_path / "two", **store) as two:
        assert (look(two), click(two)) == (GREEN, "")
