"""`first:` over HTTP, with each kind of store and two processes: so many get the offer, no more, and they keep it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.server import GMAIL, IPHONE, THUNDERBIRD, Answer, Running, eventually, serving
from tests.support.shop import KEY, store_of
from tests.support.sites import BLUE, GREEN, PLACEHOLDER, RED, SITE, TEAL, YELLOW

PREFETCH = "Mozilla/5.0"
"""Apple's privacy fetch: nobody knows when it is looked at."""
MACHINE = "curl/8.5.0"
FILES = {
    "rules/site.yaml": f"{SITE}recipients: {{trust_plain_ids: true}}\n",
    "placeholders/hero.yaml": PLACEHOLDER,
    "placeholders/foot.yaml": PLACEHOLDER,
    "placeholders/late.yaml": PLACEHOLDER,
    "rules/early.yaml": f"""\
placeholder: [hero, foot]
rules:
  - {{name: english, when: {{param.lang: en}}, show: {{ground: "{TEAL}"}}}}
  - {{name: early, first: 5, show: {{ground: "{GREEN}"}}, link: "https://shop.example/early"}}
  - {{name: sold-out, when: {{offer.early: false}}, show: {{ground: "{RED}"}}, link: "https://shop.example/late"}}
otherwise: {{show: {{ground: "{BLUE}"}}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}
examples:
  - {{given: {{offer.early: true}}, expect: {{rule: early}}}}
  - {{given: {{offer.early: false}}, expect: {{rule: sold-out}}}}
""",
    "rules/late.yaml": f"""\
placeholder: late
rules:
  - {{name: above, when: {{param.lang: en}}, show: {{ground: "{TEAL}"}}}}
  - {{name: single, first: 1, show: {{ground: "{GREEN}"}}}}
otherwise: {{show: {{ground: "{BLUE}"}}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}
""",
}


def recipient(number: int) -> str:
    return f"{number:08x}" + "f0e1d2c3" * 3


@pytest.fixture(scope="module", params=["sqlite", "redis"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("site")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    with (
        store_of(request.param, tmp_path_factory) as settings,
        serving(folder, tmp_path_factory.mktemp("state"), "--workers", "2", API_KEY=KEY, **settings) as server,
    ):
        yield server


def opened(shop: Running, number: int, placeholder: str = "hero", agent: str = THUNDERBIRD, more: str = "") -> Answer:
    return shop.ask(f"/i/{placeholder}.png?m=newyear&r={recipient(number)}{more}", user_agent=agent)


def shown(shop: Running, number: int, placeholder: str = "hero", agent: str = THUNDERBIRD, more: str = "") -> str:
    """What is seen in the end; on a busy machine the store may be silent, and then it is unknown for a while."""
    grounds: list[str] = []

    def settled() -> bool:
        answer = opened(shop, number, placeholder, agent, more)
        grounds.append(answer.ground)
        return answer.rung == "live"

    assert eventually(settled), grounds
    return grounds[-1]


def test_of_twenty_who_open_at_once_exactly_five_get_it_and_keep_it(shop: Running) -> None:
    with ThreadPoolExecutor(10) as pool:
        seen = dict(zip(range(20), pool.map(lambda number: shown(shop, number), range(20)), strict=True))
    lucky = {number for number, ground in seen.items() if ground == GREEN}
    assert len(lucky) == 5
    assert {ground for number, ground in seen.items() if number not in lucky} == {RED}
    for number in range(20):
        kept = GREEN if number in lucky else RED
        assert shown(shop, number) == shown(shop, number, "foot") == shown(shop, number, agent=IPHONE) == kept
        assert shown(shop, number, agent=PREFETCH) == kept, "what is known for certain is told at every open"
    assert shown(shop, 99) == RED
    assert opened(shop, min(lucky)).headers["cdn-cache-control"] == "no-store"
    why = shop.ask(f"/why/hero?m=newyear&r={recipient(min(lucky))}", user_agent=THUNDERBIRD).body.decode()
    assert "Ihr Platz unter den Ersten: early" in why
    link = shop.ask(f"/l/hero?m=another&r={recipient(min(lucky))}", user_agent=THUNDERBIRD).headers["location"]
    assert link.startswith("https://shop.example/early")


def test_nobody_takes_a_place_who_is_not_looking_or_sees_something_else(shop: Running) -> None:
    assert shown(shop, 101, "late", PREFETCH) == shown(shop, 101, "late", MACHINE) == YELLOW
    assert shown(shop, 102, "late", more="&lang=en") == TEAL
    assert shop.ask("/i/late.png?m=newyear", user_agent=GMAIL).ground == YELLOW
    assert shop.ask("/i/late.png?m=newyear&r=4711", user_agent=GMAIL).ground == YELLOW
    with httpx.Client(base_url=shop.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=20) as api:
        mine = f"/api/recipients/{recipient(104)}"
        assert api.put(mine, json={"consent": {"measurement": False}}).status_code == 204
        assert shown(shop, 104, "late") == YELLOW
        assert shown(shop, 105, "late", GMAIL) == GREEN, "the place was still free"
        assert shown(shop, 104, "late") == YELLOW
        assert shown(shop, 101, "late", PREFETCH) == BLUE
        mine = f"/api/recipients/{recipient(105)}"
        assert api.get(mine).json()["places"] == [{"campaign": "late", "rule": "single", "number": 1}]
        assert api.delete(mine).json()["erased"]["places"] == 1
        assert shown(shop, 105, "late") == BLUE, "an erased place is nobody's"
